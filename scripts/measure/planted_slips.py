"""Plant slips in good translations and count how many are found without a glossary.

    python scripts measure.planted_slips ../shared [--sets NAME...] [--terms 20] [--names 10]
        [--seed 1] [--weights FOLDER]

Sets are inputs (helpers/judged.py), such as the yearly report hkma-2015. In each, terms that
have one rendering in at least four units are chosen, of `terms/hkma-2015-2019.tsv`, of
`terms/tico19-merged.tsv`, or in other genres of those that readers marked. In one half of
them a content word is replaced in one or two places, in the other half the whole rendering
by a paraphrase; names and titles that are left get a slip of one word, or of two letters
(see helpers/slips.py).

--weights FOLDER has a folder for each genre with weights that were fitted without it (see
fit.trust). Without it the shipped weights are used, which have seen all of these texts.

A slip is found if a warning or an error overlaps the new words. `rest` counts the warnings
and errors that overlap none, for 100 units of two sides. With --json all slips are written,
and where those not found were lost:

    no candidate    nothing that overlaps the Chinese term was looked at as a term
    no rendering    it was taken for not rendered
    wrong span      other English words were taken for its rendering
    harmless        the difference to the dominant rendering does not matter
    only a remark   reported, but not as a warning
    not trusted     none of these: judged too unlikely, or merged with another finding

Takes about two minutes a set on one core, besides the alignment of all documents.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Literal, Self, get_args

from pebble import ProcessPool

from aligner.bitext import Bitext
from aligner.check.find_terms import find_terms
from aligner.check.judging.trust import Sensitivity
from aligner.check.severity import is_harmless
from aligner.encode.spans import SpanEncoder
from aligner.errors import AlignerError
from aligner.findings import Finding, Terms
from aligner.fitted import WEIGHTS_FOLDER
from helpers.judged import GENRE_OF, INPUTS
from helpers.planting import hits, overlap, planted
from helpers.slips import Kind, Slip
from helpers.terms_gold import both_sided

Stage = Literal[
    "found",
    "only a remark",
    "no candidate",
    "no rendering",
    "wrong span",
    "harmless",
    "not trusted",
]

SENSITIVITIES: Final[tuple[Sensitivity, ...]] = get_args(Sensitivity)


@dataclass
class Result:
    """What became of the slips of one set, or of all."""

    name: str
    units: int = 0
    rest: Counter[Sensitivity] = field(default_factory=Counter)
    slips: list[tuple[Slip, dict[Sensitivity, Stage]]] = field(default_factory=list)

    def count(self, kind: Kind) -> int:
        """Return how many slips of a kind were planted."""
        return sum(slip.kind == kind for slip, _ in self.slips)

    def recall(self, kind: Kind, sensitivity: Sensitivity) -> float:
        """Return the share of them that was found; 0 if there are none."""
        found = sum(s.kind == kind and at[sensitivity] == "found" for s, at in self.slips)
        return found / max(1, self.count(kind))

    def __iadd__(self, other: Result) -> Self:
        """Add the figures of another set."""
        self.units += other.units
        self.rest += other.rest
        self.slips += other.slips
        return self


def measured(name: str, args: argparse.Namespace) -> Result:
    """Plant slips in a set and look for them, in a process of its own."""
    if args.weights is not None:
        os.environ[WEIGHTS_FOLDER] = str(args.weights / GENRE_OF[name])
    texts, slips = planted(name, args.shared, terms=args.terms, names=args.names, seed=args.seed)
    return measure(name, texts, slips)


def measure(name: str, texts: Sequence[Bitext], slips: Sequence[Slip]) -> Result:
    """Look for the slips with each sensitivity. Cost: linear in the text."""
    encoder = SpanEncoder()
    result = Result(name, sum(len(both_sided(bitext)) for bitext in texts))
    stages: list[dict[Sensitivity, Stage]] = [{} for _ in slips]
    for sensitivity in SENSITIVITIES:
        terms = find_terms(texts, sensitivity=sensitivity, encoder=encoder)
        for slip, stage in zip(slips, stages, strict=True):
            stage[sensitivity] = stage_of(slip, terms)
        severe = [each for each in terms.findings if is_severe(each)]
        rest = [each for each in severe if not any(hits(each, slip) for slip in slips)]
        result.rest[sensitivity] = len(rest)
    result.slips = list(zip(slips, stages, strict=True))
    return result


def stage_of(slip: Slip, terms: Terms) -> Stage:
    """Tell whether a slip was found, and if not, how far it came."""
    hitting = [finding for finding in terms.findings if hits(finding, slip)]
    if hitting:
        return "found" if any(is_severe(each) for each in hitting) else "only a remark"
    places = [
        (rendering.difference, place)
        for term in terms.terms
        for rendering in term.renderings
        for place in rendering.occurrences
        if place.doc == slip.doc and overlap(place.src_span, slip.src_span)
    ]
    there = [each for each, place in places if overlap(place.tgt_span, slip.tgt_span)]
    if there:
        return "harmless" if all(is_harmless(each) for each in there) else "not trusted"
    if places:
        return "wrong span"
    unrendered = (place for term in terms.terms for place in term.unrendered)
    looked = any(p.doc == slip.doc and overlap(p.src_span, slip.src_span) for p in unrendered)
    return "no rendering" if looked else "no candidate"


def is_severe(finding: Finding) -> bool:
    """Tell whether a finding is more than a remark."""
    return finding.severity in {"warning", "error"}


def head() -> str:
    """Return the table's head lines."""
    columns = f"{'slips':>8}{'high':>8}{'quiet':>8}"
    return (
        f"{'':24}{'one word':>24}{'paraphrase':>24}{'name':>24}{'rest, 100 units':>20}\n"
        f"{'set':16}{'units':>8}{columns}{columns}{columns}{'high':>12}{'quiet':>8}"
    )


def row(result: Result) -> str:
    """Return the table's row of one set."""
    text = f"{result.name:16}{result.units:8}"
    for kind in get_args(Kind):
        text += f"{result.count(kind):8}"
        text += "".join(f"{result.recall(kind, each):8.3f}" for each in SENSITIVITIES)
    high, quiet = (100 * result.rest[each] / max(1, result.units) for each in SENSITIVITIES)
    return f"{text}{high:12.2f}{quiet:8.2f}"


def stages(result: Result) -> str:
    """Return a line for each kind and sensitivity that counts where slips were lost."""
    lines = []
    for kind in get_args(Kind):
        for each in SENSITIVITIES:
            counts = Counter(at[each] for slip, at in result.slips if slip.kind == kind)
            parts = ", ".join(f"{stage} {n}" for stage, n in counts.most_common())
            lines.append(f"{kind}, {each}: {parts}")
    return "\n".join(lines)


def as_json(results: Iterable[Result]) -> str:
    """Return all slips, one a line."""
    lines = (
        json.dumps({"set": result.name, **asdict(slip), **stage}, ensure_ascii=False)
        for result in results
        for slip, stage in result.slips
    )
    return "".join(f"{line}\n" for line in lines)


def parse_args() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, metavar="FOLDER", help="has gold and terms")
    parser.add_argument("--sets", nargs="+", choices=INPUTS, default=INPUTS, metavar="NAME")
    parser.add_argument("--terms", type=int, default=20, help="in each set (default: 20)")
    parser.add_argument("--names", type=int, default=10, help="in each set (default: 10)")
    parser.add_argument("--seed", type=int, default=1, help="(default: 1)")
    parser.add_argument("--weights", type=Path, help="a folder with one for each genre")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the slips, one a line")
    return parser.parse_args()


def main() -> int:
    """Measure all sets; return the exit status."""
    args = parse_args()
    print(head(), flush=True)
    total, results = Result("all"), []
    with ProcessPool(args.processes, max_tasks=1, context=get_context("spawn")) as pool:
        calls = [pool.schedule(measured, (name, args)) for name in args.sets]
        for call in calls:
            results.append(call.result())
            total += results[-1]
            print(row(results[-1]), flush=True)
    print(f"{row(total)}\n\n{stages(total)}")
    if args.json:
        args.json.write_text(as_json(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AlignerError as error:
        sys.exit(f"error: {error}")
