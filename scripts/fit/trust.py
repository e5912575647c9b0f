"""Fit how far a suspicion is trusted, on findings that were read and slips that were planted.

    python scripts fit.trust ../shared -o aligner/data/weights-trust.json

`trust_labels.jsonl` beside this script has the verdicts of a reading of 560 warnings on
clean text, by their places: R, a difference of wording that a reviser would want to see;
L, a legitimate one; E, no rendering of the term. Slips are planted with other seeds than
measure/planted_slips.py measures with. What was read is cross-validated over terms.

The report of 2019 and one half of tico19 (`tico19-b`) are not looked at here: they are
for reading the findings of the fitted model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.checks.consistency import as_finding
from aligner.check.severity import severity_of
from aligner.check.suspicion import suspicions
from aligner.check.trust import TRUST_DECLARED, describe
from aligner.encode.spans import SpanEncoder
from aligner.fitted import Fitted, dump, sources
from aligner.span import Span
from aligner.terms.look import look
from fit._logistic import Doubles, area, fit_logistic
from helpers.planting import folder_of, hits, of_set, planted
from helpers.terms_gold import bitexts

LABELS = Path(__file__).with_name("trust_labels.jsonl")
SETS = ("hkma-2015", "hkma-2016", "hkma-2017", "hkma-2018", "tico19-a")
SEEDS = (101, 102)
SLIP_WEIGHT = 0.25  # of a planted slip; a finding that was read weighs 1
L2 = 30.0
FOLDS = 10
LEAST = {"high": 0.24, "quiet": 0.65}  # chosen by the table that is printed


Place = tuple[str, int, tuple[int, int], tuple[int, int]]  # document, bead, both spans


@dataclass(frozen=True)
class Row:
    """One suspicion."""

    place: Place
    term: str
    warning: bool
    slip: bool
    values: np.ndarray[tuple[int], np.dtype[np.float32]]


def rows(texts: Sequence[Bitext], slips: Sequence[object], encoder: SpanEncoder) -> Iterator[Row]:
    """Describe every suspicion in some texts; with slips, those that overlap one."""
    looked = look(texts, glossary=None, candidates=True, encoder=encoder, progress=silent)
    for each in suspicions(looked):
        term, unit = looked.terms[each.term], looked.units[each.seen.place.unit]
        found = as_finding(each, 1.0, looked)
        slip = any(hits(found, s) for s in slips)  # type: ignore[arg-type]
        if each.seen.span is None or (slips and not slip):
            continue
        yield Row(
            place=(unit.doc, unit.bead, each.seen.place.span, each.seen.span),
            term=term.wanted.key,
            warning=severity_of(each.comparison.difference, title=each.title) == "warning",
            slip=slip,
            values=describe(each, term),
        )


def silent(_stage: str) -> None:
    """Say nothing of the stages."""


def read_labels() -> dict[Place, bool]:
    """Return which of the places that were read are real."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    found = map(json.loads, lines)
    return {
        (d["doc"], d["bead"], Span(*d["src_span"]), Span(*d["tgt_span"])): d["label"] == "R"
        for d in found
    }


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("-o", "--out", type=Path, help="write the weights here")
    args = parser.parse_args()
    encoder = SpanEncoder()
    aligned = {
        folder: list(bitexts(args.data / "gold" / folder)) for folder in ("hkma-dev", "tico19")
    }
    labels = read_labels()
    clean: list[Row] = []
    slips: list[Row] = []
    for name in SETS:
        whole = "tico19" if name.startswith("tico19") else name
        documents = aligned[folder_of(whole)]
        clean += rows(of_set(documents, name), (), encoder)
        for seed in SEEDS:
            texts, planted_here = planted(whole, args.data, seed=seed, documents=documents)
            mine = of_set(texts, name)
            ids = {bitext.id for bitext in mine}
            wanted = [slip for slip in planted_here if slip.doc in ids]
            slips += rows(mine, wanted, encoder)
        print(name, len(clean), "suspicions,", len(slips), "at slips", flush=True)
    read = [row for row in clean if row.place in labels]
    label = np.array([labels[row.place] for row in read])
    x = np.stack([row.values for row in read])
    extra = np.stack([row.values for row in slips])
    fold = np.array([crc32(row.term.encode()) % FOLDS for row in read])
    p = np.zeros(len(read))
    for k in range(FOLDS):
        here = fold == k
        model = fit_logistic(*mixed(x[~here], label[~here], extra), l2=L2)
        p[here] = 1 / (1 + np.exp(-model(x[here])))
    print(f"{len(read)} of {len(labels)} that were read: area {area(p, label):.3f}")
    for n in (40, 80, 120, 160, 220):
        best = np.argsort(-p)[:n]
        print(f"  best {n}: {label[best].mean():.2f} real, p >= {p[best[-1]]:.3f}")
    model = fit_logistic(*mixed(x, label, extra), l2=L2)
    warned = np.array([row.warning for row in slips])
    at_slips = 1 / (1 + np.exp(-model(extra)))
    for name, value in LEAST.items():
        print(
            f"{name}: p >= {value}: {label[p >= value].mean():.2f} of those read are real,"
            f" {(at_slips[warned] >= value).mean():.2f} of the suspicions at slips are reported"
        )
    if args.out:
        gold, terms = args.data / "gold", args.data / "terms"
        tables = [terms / name for name in ("hkma-2015-2019.tsv", "tico19-merged.tsv")]
        provenance = {
            "script": "scripts/fit/trust.py",
            "version": __version__,
            "data": {name: sources((gold / name).iterdir()) for name in aligned}
            | {table.name: sources([table]) for table in tables},
            "labels": {"count": len(labels)} | sources([LABELS]),
            "items": {"read": len(read), "at slips": len(slips)},
            "settings": {"sets": list(SETS), "seeds": list(SEEDS)},
        }
        least = {f"least, {name}": value for name, value in LEAST.items()}
        fitted = Fitted(TRUST_DECLARED, {"trust": model}, least, provenance)
        args.out.write_text(dump(fitted), encoding="utf-8")


def mixed(
    x: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    label: np.ndarray[tuple[int], np.dtype[np.bool_]],
    extra: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> tuple[
    np.ndarray[tuple[int, int], np.dtype[np.float32]],
    np.ndarray[tuple[int], np.dtype[np.bool_]],
    Doubles,
]:
    """Return what was read and what was planted, with labels and weights."""
    return (
        np.concatenate([x, extra]),
        np.concatenate([label, np.ones(len(extra), dtype=bool)]),
        np.concatenate([np.ones(len(x)), np.full(len(extra), SLIP_WEIGHT)]),
    )


if __name__ == "__main__":
    main()
