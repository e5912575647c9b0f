"""Decode the stretches that are unsure a second time, with what their clauses say.

Outside the stretches nothing changes. Inside, the scores of sentences count for a part, since
clauses say some of the same again, and the evidence of `border_evidence` is added to them; the
path and its probabilities are read off anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from aligner.align._features import NO_EDGE
from aligner.align.band import Band
from aligner.align.lattice import Scale, Scores, Step, Sums, border_chances, decode, sums
from aligner.align.second_pass.border_evidence import (
    Kinds,
    bead_borders,
    lone_headings,
    skip_borders,
)
from aligner.align.second_pass.clause_scores import (
    ClauseEvidence,
    ClauseText,
    clause_evidence,
    clause_scores,
    clause_text,
)
from aligner.align.second_pass.clause_weights import BorderWeights, SecondWeights
from aligner.align.second_pass.lost_units import maybe_lost, skip_chances
from aligner.align.second_pass.stretches import (
    Laid,
    Reach,
    SideFlags,
    Stretch,
    alive,
    bar,
    joined_parts,
    lay,
    rectangle,
    touching,
    unsure,
)
from aligner.encode.protocol import Encoder

TOO_LARGE = 12_000  # borders of a stretch that is left as it is: two texts without likeness
TOGETHER = 12_000  # borders of sentences that are scored at once; memory: 1.5 kB each


Ranges = list[tuple[int, int]]  # of steps


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the sentences alone gave."""

    band: Band
    scale: Scale
    scores: Scores
    sums: Sums
    steps: Sequence[Step]
    texts: tuple[Sequence[str], Sequence[str]]
    kinds: Kinds  # of the units (see `unit_kinds`)
    alone: SideFlags | None = None  # which sentences are known to have no partner
    doubted: SideFlags | None = None  # whose clauses are asked, however likely their bead is


@dataclass(frozen=True)
class ClauseReader:
    """Reads what the clauses of some stretches say."""

    weights: SecondWeights
    encoder: Encoder
    threads: int = 2

    def clauses(self, laid: Laid, first: FirstPass) -> ClauseText:
        """Return the clauses of some stretches, ready for scoring."""
        return clause_text(laid, first.texts, first.scale, self.encoder)

    def read(self, laid: Laid, first: FirstPass) -> ClauseEvidence:
        """Return what they say of the sentences (see `clause_evidence`)."""
        text = self.clauses(laid, first)
        alone = first.alone and flags_in(laid, first.alone)
        medians = first.scores.medians
        scored = clause_scores(
            text, self.weights.clauses, medians, alone=alone, threads=self.threads
        )
        return clause_evidence(laid, text, scored)


class Redecoded(NamedTuple):
    """What takes the place of steps start..stop-1 of the first pass."""

    start: int
    stop: int
    steps: list[Step]
    borders: list[float]  # how likely it is that both sides are parted where each one ends


def decode_again(first: FirstPass, reader: ClauseReader) -> list[Step]:
    """Return the steps of a pair, those of unsure stretches found anew.

    Cost: linear in the sentences of the stretches, of which the first pass had the same
    and more.
    """
    return put_in(first.steps, redecoded(first, reader))


def put_in(steps: Sequence[Step], parts: Iterable[Redecoded]) -> list[Step]:
    """Return some steps with parts of them found anew; these come in their order."""
    found: list[Step] = []
    done = 0
    for part in parts:
        found += steps[done : part.start]
        found += part.steps
        done = part.stop
    return [*found, *steps[done:]]


def redecoded(
    first: FirstPass, reader: ClauseReader, ranges: Ranges | None = None
) -> Iterator[Redecoded]:
    """Yield stretches of a pair, found anew, in their order.

    `ranges` are the steps of the stretches, if not all that are unsure.
    """
    for ranges_now, laid in groups(first, ranges):
        said = reader.read(laid, first)
        inner = sentence_scores(laid, first.scores, first.band)
        kinds = flags_in(laid, first.kinds)
        inner = with_borders(inner, laid, said, kinds, reader.weights.borders)
        found = sums(laid.band, inner)
        steps = decode(laid.band, inner, found)
        borders = iter(border_chances(laid.band, found, steps))
        for (start, stop), part in zip(ranges_now, _by_stretch(laid, steps), strict=True):
            yield Redecoded(start, stop, part, list(islice(borders, len(part))))


def unsure_ranges(first: FirstPass) -> Ranges:
    """Return the ranges of steps that are looked at again."""
    suspects = lone_headings(first.steps, first.kinds)
    if first.doubted:
        suspects |= touching(first.steps, first.doubted)
    full = maybe_lost(first.steps, skip_chances(first.band, first.scores, first.sums))
    return list(unsure(first.steps, suspects, full))


def flags_in(laid: Laid, flags: SideFlags) -> SideFlags:
    """Return the flags, or rows of flags, of the sentences that some stretches hold."""
    return joined_parts(laid, flags[0], src=True), joined_parts(laid, flags[1], src=False)


def groups(first: FirstPass, ranges: Ranges | None = None) -> Iterator[tuple[Ranges, Laid]]:
    """Yield unsure stretches that are worked on together, with their ranges of steps.

    `ranges` are the steps of the stretches, if not all that are unsure.
    """
    ranges = unsure_ranges(first) if ranges is None else ranges
    if not ranges:
        return
    stretches = [rectangle(first.steps, *each) for each in ranges]
    reach = alive(first.band, first.sums.visits, stretches)
    group: list[int] = []
    size = 0
    for k, rect in enumerate(stretches):
        rows = slice(rect.s0 + 1, rect.s1)
        area = int((reach.high[rows] - reach.low[rows] + 1).clip(0).sum())
        if area > TOO_LARGE:
            continue
        if group and size + area > TOGETHER:
            yield [ranges[i] for i in group], _laid(stretches, group, reach)
            group, size = [], 0
        group.append(k)
        size += area
    if group:
        yield [ranges[i] for i in group], _laid(stretches, group, reach)


def _laid(stretches: Sequence[Stretch], group: list[int], reach: Reach) -> Laid:
    ends = reach.first_high[group], reach.last_low[group]
    return lay([stretches[i] for i in group], Reach(reach.low, reach.high, *ends))


def sentence_scores(laid: Laid, scores: Scores, band: Band) -> Scores:
    """Return the first pass's scores of the steps inside some stretches."""
    s, t = laid.places()
    inside = (t >= band.low[s]) & (t <= band.high[s])
    node = np.where(inside, band.offset[s] + t - band.low[s], 0)
    edges = scores.edges[node]
    edges[~inside] = NO_EDGE
    bar(laid, edges)
    return replace(
        scores,
        edges=edges,
        skip_zh=joined_parts(laid, scores.skip_zh, src=True),
        skip_en=joined_parts(laid, scores.skip_en, src=False),
    )


def with_borders(
    scores: Scores, laid: Laid, said: ClauseEvidence, kinds: Kinds, weights: BorderWeights
) -> Scores:
    """Return a part of the scores, with the evidence of clauses and headings added."""
    share = np.float32(weights.first_share)
    edges = scores.edges.copy()
    added = (bead_borders(laid, said, kinds) * weights.border).sum(axis=2, dtype=np.float64)
    there = edges > NO_EDGE
    edges[there] = edges[there] * share + added[there].astype(np.float32)
    skips = skip_borders(laid, said, kinds)
    gaps = weights.gap_zh, weights.gap_en
    lift = [(s * w).sum(axis=1, dtype=np.float64) for s, w in zip(skips, gaps, strict=True)]
    return replace(
        scores,
        edges=edges,
        skip_zh=scores.skip_zh * share,
        skip_en=scores.skip_en * share,
        lift=np.stack(lift, axis=1).astype(np.float32),
        opening=scores.opening + weights.gap_opening,
    )


def _by_stretch(laid: Laid, found: Iterable[Step]) -> list[list[Step]]:
    """Return the steps of each stretch, in sentences of the text."""
    parts: list[list[Step]] = [[] for _ in laid.stretches]
    k = 0
    for s, t, x, y, p in found:
        while s >= laid.pins[k + 1] and t >= laid.pin_columns[k + 1]:
            k += 1
        rect: Stretch = laid.stretches[k]
        shift_s, shift_t = rect.s0 - int(laid.pins[k]), rect.t0 - int(laid.pin_columns[k])
        parts[k].append((s + shift_s, t + shift_t, x, y, p))
    return parts
