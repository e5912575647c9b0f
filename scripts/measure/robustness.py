#!/usr/bin/env python3
"""Measure what the aligner makes of text that has no partner.

    python scripts fit.alignment GOLD --without mac-dev/002,... -o unseen.json
    python scripts measure.robustness GOLD --weights unseen.json

The documents are those that the weights were fitted without, as their file says. Of
each, on each side: a random block of 20 % is removed, or foreign text as long as 30 % of
the side is appended. Printed are the share of the orphaned sentences that end in null
links, and the strict F1 (all links) of the untouched part, before and after.
A link lies in the untouched part unless all its sentences are touched ones, so a link
from an orphan to another sentence counts as wrong. Links inside a paragraph of which
only the borders are known are joined first.

Then two documents that have nothing to do with each other: the Chinese of one set and
the English of another, 2,000 sentences each.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aligner import pipeline
from aligner.align import best_steps
from aligner.align.second_pass.clause_weights import SecondWeights, load_second_weights
from aligner.align.weights import Weights, load_weights
from aligner.bitext import Document
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.report.bitext_summary import summarise
from aligner.scoring import Link, LinkCounts, count, scores
from aligner.span import Span
from helpers.gold import PARAGRAPHS, Sample, altered, gold_links, load_set, merged

REMOVED = 0.2  # of the blocks
APPENDED = 0.3  # of the side's sentences
STRANGERS = ("mac-dev", "bible-5k")  # Chinese and English of the unrelated pair
SENTENCES = 2_000  # of each


@dataclass(frozen=True)
class Model:
    """What aligns."""

    encoder: Encoder
    weights: Weights
    second: SecondWeights


@dataclass(frozen=True)
class Change:
    """A changed document, and the blocks that were touched, as numbered before."""

    kind: str
    side: int
    copy: Sample
    origin: list[int | None]
    lost: frozenset[int]


@dataclass(frozen=True)
class Tally:
    """Sums over documents."""

    orphans: int = 0
    null: int = 0
    before: LinkCounts = field(default_factory=LinkCounts)
    after: LinkCounts = field(default_factory=LinkCounts)

    def __add__(self, other: Tally) -> Tally:
        """Return the sums of both together."""
        return Tally(
            self.orphans + other.orphans,
            self.null + other.null,
            self.before + other.before,
            self.after + other.after,
        )


def aligned(sample: Sample, model: Model) -> list[Link]:
    """Return the links that the model finds."""
    steps = best_steps(
        sample.src, sample.tgt, encoder=model.encoder, weights=model.weights, second=model.second
    )
    return [Link(tuple(range(s, s + x)), tuple(range(t, t + y)), p) for s, t, x, y, p in steps]


def removal(sample: Sample, side: int, rng: np.random.Generator) -> Change:
    """Return the document without a block of one side."""
    size = max(1, round(REMOVED * len(sample.blocks)))
    first = int(rng.integers(0, len(sample.blocks) - size + 1))
    lost = frozenset(range(first, first + size))
    return Change("removed", side, *altered(sample, side, lost=lost), lost)


def addition(
    sample: Sample, side: int, others: Sequence[Sample], rng: np.random.Generator
) -> Change:
    """Return the document with text of another one at the end of one side."""
    size = max(1, round(APPENDED * len(sample.tgt if side else sample.src)))
    pools = [other.tgt if side else other.src for other in others]
    pools = [pool for pool in pools if len(pool) >= size]
    pool = pools[int(rng.integers(len(pools)))]
    at = int(rng.integers(0, len(pool) - size + 1))
    strange = pool[at : at + size]
    changed = altered(sample, side, strange=strange, place=len(sample.blocks))
    return Change("appended", side, *changed, frozenset())


def touched(sample: Sample, numbers: Sequence[bool]) -> tuple[set[int], set[int]]:
    """Return the sentences of both sides that lie in the marked blocks."""
    found: tuple[set[int], set[int]] = (set(), set())
    for block, marked in zip(sample.blocks, numbers, strict=True):
        if marked:
            found[0].update(range(*block.src))
            found[1].update(range(*block.tgt))
    return found


def untouched_part(sample: Sample, found: Sequence[Link], marked: Sequence[bool]) -> LinkCounts:
    """Count the links that do not lie wholly in the marked blocks."""
    src, tgt = touched(sample, marked)

    def kept(links: Sequence[Link]) -> list[Link]:
        return [k for k in links if not (set(k.src) <= src and set(k.tgt) <= tgt)]

    return count(kept(gold_links(sample)), kept(merged(sample, found)))


def judged(sample: Sample, change: Change, clean: Sequence[Link], model: Model) -> Tally:
    """Align a changed document and compare it with the whole one."""
    found = aligned(change.copy, model)
    marked = [k is None or k in change.lost for k in change.origin]
    src, tgt = touched(change.copy, marked)
    null = sum(
        len(src & set(link.src)) + len(tgt & set(link.tgt)) for link in found if link.is_null
    )
    return Tally(
        len(src) + len(tgt),
        null,
        untouched_part(sample, clean, [k in change.lost for k in range(len(sample.blocks))]),
        untouched_part(change.copy, found, marked),
    )


def changes(
    sample: Sample, others: Sequence[Sample], rng: np.random.Generator, repeats: int
) -> Iterator[Change]:
    """Yield the changed copies of a document."""
    for _ in range(repeats):
        for side in (0, 1):
            yield removal(sample, side, rng)
            yield addition(sample, side, others, rng)


def row(name: str, kind: str, side: str, tally: Tally) -> str:
    """Return a row of the table."""
    before, after = (scores(c)["all-links"].f1 for c in (tally.before, tally.after))
    share = tally.null / tally.orphans if tally.orphans else 1.0
    return (
        f"{name:55}{kind:10}{side:5}{tally.orphans:8}{share:8.3f}{before:9.4f}{after:9.4f}"
        f"{after - before:9.4f}"
    )


def damage_table(found: list[Sample], model: Model, seed: int, repeats: int) -> None:
    """Print what becomes of each document of the weights' file, and the sums."""
    unseen = set(model.weights.provenance.get("without", ()))
    columns = f"{'change':10}{'side':5}{'orphans':>8}{'null':>8}{'F1':>9}{'then':>9}{'gain':>9}"
    print(f"{'document':55}{columns}")
    sums: dict[str, Tally] = {}
    for sample in (s for s in found if s.name in unseen):
        rng = np.random.default_rng([seed, *sample.name.encode()])
        clean = aligned(sample, model)
        others = [s for s in found if s.group != sample.group]
        own: dict[tuple[str, int], Tally] = {}
        for change in changes(sample, others, rng, repeats):
            key = change.kind, change.side
            own[key] = own.get(key, Tally()) + judged(sample, change, clean, model)
        for (kind, side), tally in sorted(own.items()):
            print(row(sample.name, kind, ("zh", "en")[side], tally), flush=True)
            sums[kind] = sums.get(kind, Tally()) + tally
    for kind, tally in sums.items():
        print(row("all", kind, "", tally), flush=True)


def long_document(name: str, texts: Sequence[str]) -> Document:
    """Return a document with a text a line, repeated or cut to the wanted length."""
    wanted = [texts[k % len(texts)] for k in range(SENTENCES)]
    text = "\n".join(wanted)
    return Document(name, text, (Span(0, len(text)),))


def unrelated_pair(found: list[Sample], model: Model, weights: Path | None) -> None:
    """Align two documents that have nothing in common; print what came of it."""
    src = [t for s in found if s.group == STRANGERS[0] for t in s.src]
    tgt = [t for s in found if s.group == STRANGERS[1] for t in s.tgt]
    if not src or not tgt:
        return
    begun = time.perf_counter()
    bitext = pipeline.align_documents(
        long_document("zh", src), long_document("en", tgt),
        pre_split=True, encoder=model.encoder, weights=weights,
    )  # fmt: skip
    seconds = time.perf_counter() - begun
    summary = summarise(bitext)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"unrelated, {SENTENCES} sentences each: {summary.src.alone_share:.1%} of the Chinese and"
        f" {summary.tgt.alone_share:.1%} of the English null, {summary.links} links of which"
        f" {summary.unlikely} below .5; {seconds:.0f} s, process peak {peak:.0f} MiB"
    )
    print("\n".join(f"  {warning}" for warning in summary.warnings) or "  no warning")


def main() -> int:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--weights", type=Path, metavar="FILE", help="other than the shipped ones")
    parser.add_argument("--clauses", type=Path, metavar="FILE", help="of the second pass, likewise")
    parser.add_argument("--repeats", type=int, default=3, help="draws for a document and side")
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    second = load_second_weights(a.clauses or "clauses")
    model = Model(load_encoder(), load_weights(a.weights or "use"), second)
    found = [
        sample
        for folder in sorted(a.gold.iterdir())
        if any(folder.glob("*.align"))
        for sample in load_set(folder, paragraphs=folder.name in PARAGRAPHS)
    ]
    damage_table(found, model, a.seed, a.repeats)
    unrelated_pair(found, model, a.weights)
    return 0


if __name__ == "__main__":
    sys.exit(main())
