"""How many warnings are real, and how much of what readers listed is found.

    python scripts measure.warnings ../shared [--inputs NAME...] [--weights FOLDER]
        [--sensitivity quiet] [--unread unread.jsonl]

Each input (helpers/judged.py) is checked as a user would check it, and its groups are laid
beside what revisers read: R real, r real with the span off, L legitimate, E extraction
error. `unread` is the share of warnings that no label fits; --unread writes those for a
reader, without a probability. Of what readers listed as must or should, the table has the
share told by a warning, and by a warning or a remark. Calibration: of the warnings of a
range of p, mean p and the share that is real.

--weights FOLDER has a folder for each genre with weights that were fitted without it (see
the option --without of the scripts in scripts/fit). Without it the shipped weights are
used, which have seen all of these texts: such figures are in sample.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from pebble import ProcessPool

from aligner.fitted import WEIGHTS_FOLDER
from helpers.judged import GENRE_OF, GENRES, INPUTS, Judged, Listed, judged, listed, texts_of
from helpers.warned import Warned, groups, is_told, label_of, shown

REAL = frozenset("Rr")
FIRST = 20  # findings of a document that are looked at first
RANGES = ((0.0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01))
SEED = 7  # of the order in which groups are given to a reader


@dataclass(frozen=True)
class Measured:
    """An input with what is reported and what was read."""

    name: str
    warnings: list[Warned]
    remarks: list[Warned]
    labels: list[Judged]
    listed: list[Listed]

    def label(self, group: Warned) -> str:
        """Return a group's label, or a question mark."""
        found = label_of(group, self.labels)
        return found.label if found else "?"


def measure(name: str, data: Path, weights: Path | None, sensitivity: str) -> Measured:
    """Check one input."""
    if weights is not None:
        os.environ[WEIGHTS_FOLDER] = str(weights / GENRE_OF[name])
    from aligner.check.find_terms import find_terms

    texts = texts_of(name, data)
    found = find_terms(texts, sensitivity=sensitivity)  # type: ignore[arg-type]
    made = groups(name, texts, found.findings)
    return Measured(
        name=name,
        warnings=[group for group in made if group.severity in {"warning", "error"}],
        remarks=[group for group in made if group.severity == "info"],
        labels=[label for label in judged(data) if label.input == name],
        listed=[each for each in listed(data) if each.input == name and not each.added],
    )


def row(name: str, measured: Sequence[Measured]) -> str:
    """Return the table's row of some inputs."""
    labels = [each.label(group) for each in measured for group in each.warnings]
    first = [each.label(group) for each in measured for group in each.warnings[:FIRST]]
    real = [(each, real) for each in measured for real in each.listed]
    wanted = [(each, r) for each, r in real if r.verdict in {"must", "should"}]
    musts = [(each, r) for each, r in wanted if r.verdict == "must"]
    read = [label for label in labels if label != "?"]
    by = Counter(read)
    return (
        f"{name:17}{len(labels):9}{share(map('?'.__eq__, labels)):>8}"
        f"{share(label in REAL for label in read):>8}{by['L'] / max(1, len(read)):8.2f}"
        f"{by['E'] / max(1, len(read)):8.2f}"
        f"{share(label in REAL for label in first if label != '?'):>8}"
        f"{sum(len(each.remarks) for each in measured):9}{len(wanted):8}"
        f"{share(is_told(r, each.warnings) for each, r in wanted):>8}"
        f"{share(is_told(r, each.warnings + each.remarks) for each, r in wanted):>8}"
        f"{share(is_told(r, each.warnings) for each, r in musts):>8}"
    )


def share(values: Iterable[bool]) -> str:
    """Return a share as it is shown."""
    found = list(values)
    return f"{sum(found) / len(found):.2f}" if found else "-"


def calibration(measured: Sequence[Measured]) -> None:
    """Print how often the warnings of a range of p are real."""
    print("\np of warnings that were read, and the share that is real")
    pairs = [(group.p, each.label(group)) for each in measured for group in each.warnings]
    for low, high in RANGES:
        here = [(p, label in REAL) for p, label in pairs if label != "?" and low <= p < high]
        if here:
            p, real = np.array(here).mean(axis=0)
            print(f"  [{low:.1f}, {min(high, 1):.1f}]  {len(here):4}  {p:.2f} -> {real:.2f}")


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("--inputs", nargs="+", choices=INPUTS, default=INPUTS)
    parser.add_argument("--weights", type=Path, help="a folder with one for each genre")
    parser.add_argument("--sensitivity", choices=("quiet", "high"), default="quiet")
    parser.add_argument("--unread", type=Path, help="write the groups that nobody read")
    parser.add_argument("--remarks", action="store_true", help="and the remarks nobody read")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    with ProcessPool(args.processes, max_tasks=1, context=get_context("spawn")) as pool:
        calls = [
            pool.schedule(measure, (name, args.data, args.weights, args.sensitivity))
            for name in args.inputs
        ]
        measured = [call.result() for call in calls]
    print(
        f"{'':17}{'warnings':>9}{'unread':>8}{'R+r':>8}{'L':>8}{'E':>8}{'first':>8}{'remarks':>9}"
        f"{'listed':>8}{'warned':>8}{'told':>8}{'must':>8}"
    )
    by_name = {each.name: each for each in measured}
    for genre, names in GENRES.items():
        mine = [by_name[name] for name in names if name in by_name]
        for each in mine if len(mine) > 1 else ():
            print(row(each.name, [each]))
        if mine:
            print(row(f"= {genre}", mine))
    print(row("= all", measured))
    calibration(measured)
    if args.unread:
        write_unread(args.unread, measured, args.data, remarks=args.remarks)


def write_unread(out: Path, measured: Sequence[Measured], data: Path, *, remarks: bool) -> None:
    """Write the groups that no label fits, in an order that says nothing."""
    by_input: defaultdict[str, list[Warned]] = defaultdict(list)
    for each in measured:
        for group in each.warnings + (each.remarks if remarks else []):
            if each.label(group) == "?":
                by_input[each.name].append(group)
    lines: list[dict[str, object]] = []
    for name, found in by_input.items():
        texts = texts_of(name, data)
        for number in np.random.default_rng(SEED).permutation(len(found)).tolist():
            lines.append(shown(found[number], texts, len(lines)))
    out.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
