"""Decode a stretch of a pair again, between what is known to be right.

A link that a person has confirmed is a step that every path takes, so what is before it
and what is behind it are two lattices that know nothing of each other: each is decoded by
itself, from the end of one confirmed link to the begin of the next. A sentence that is
known to have no partner loses all edges that would link it. Where that leaves links unsure,
their clauses are asked, as `align` does, and under the same conditions. The probabilities
are then those of the model under everything that was confirmed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from aligner.align.band import Band
from aligner.align.facing import SEEN_AROUND, without_strangers
from aligner.align.held_lattice import HeldLattice
from aligner.align.lattice import Scores, Step, border_chances, decode, sums
from aligner.align.second_pass.clause_memory import ClauseMemory
from aligner.align.second_pass.redecode import FirstPass, redecoded
from aligner.align.second_pass.stretches import SURE_BEAD, SideFlags, bar_alone
from aligner.align.surplus_copies import surplus_copies
from aligner.encode.protocol import Bools
from aligner.span import Span


class LatticeStep(NamedTuple):
    """One link of a stretch; x or y is 0 for a sentence without partner."""

    s: int  # its first Chinese sentence
    t: int
    x: int  # how many
    y: int
    p: float  # posterior
    border: float = 1.0  # posterior of its end: that both sides are parted there


@dataclass(frozen=True, slots=True)
class StretchLattice:
    """The first pass of a stretch by itself; its borders are counted from its begin."""

    band: Band
    scores: Scores


def realign(  # noqa: PLR0913 - what is known of the stretch
    lattice: HeldLattice,
    src: Span,
    tgt: Span,
    *,
    alone_zh: Collection[int] = (),
    alone_en: Collection[int] = (),
    begins: bool = False,
) -> list[LatticeStep]:
    """Return the best links of a stretch, with their probabilities.

    Args:
        lattice: Of the whole pair. Its band is widened where the stretch leaves it.
        src: The stretch's Chinese sentences.
        tgt: Its English sentences.
        alone_zh: Of these, what is known to have no partner.
        alone_en: The same of the English ones.
        begins: Nothing is confirmed yet. Sentences that are in an unsure link now have their
            clauses asked ever after, since a correction near by makes the first pass surer of
            them than it should be.

    Cost: linear in the stretch; nothing else is touched.
    """
    if not src.size or not tgt.size:
        lone = [LatticeStep(s, tgt.start, 1, 0, 1.0) for s in range(*src)]
        return lone + [LatticeStep(src.stop, t, 0, 1, 1.0) for t in range(*tgt)]
    if not _holds(lattice, src, tgt):
        lattice.widen(src.start, src.stop, tgt.start, tgt.stop)
    alone = (_flags(alone_zh, src), _flags(alone_en, tgt)) if alone_zh or alone_en else None
    steps, borders = _decoded(lattice, src, tgt, alone, begins=begins)
    texts = lattice.src.texts[slice(*src)], lattice.tgt.texts[slice(*tgt)]
    if surplus := surplus_copies(texts, steps, alone):
        more = (surplus[0] | alone[0], surplus[1] | alone[1]) if alone else surplus
        barred, ends = _decoded(lattice, src, tgt, more, begins=begins)
        # else the band does not hold all borders of the copy that is left
        if _linked(barred, surplus) >= _linked(steps, surplus):
            steps, borders = barred, ends
    steps, borders = _without_strangers(lattice, src, tgt, steps, borders)
    return [
        LatticeStep(s + src.start, t + tgt.start, x, y, p, border)
        for (s, t, x, y, p), border in zip(steps, borders, strict=True)
    ]


def _decoded(
    lattice: HeldLattice, src: Span, tgt: Span, alone: SideFlags | None, *, begins: bool
) -> tuple[list[Step], list[float]]:
    """Return the steps of a stretch after both passes, and how likely the ends of each are."""
    part = stretch_lattice(lattice, src, tgt, alone)
    totals = sums(part.band, part.scores)
    steps = decode(part.band, part.scores, totals)
    borders = border_chances(part.band, totals, steps)
    if not lattice.clauses:
        return steps, borders
    texts = lattice.src.texts[slice(*src)], lattice.tgt.texts[slice(*tgt)]
    kinds = lattice.src.kinds[slice(*src)], lattice.tgt.kinds[slice(*tgt)]
    doubted = lattice.src.unsure[slice(*src)], lattice.tgt.unsure[slice(*tgt)]
    if begins:
        _flag_unsure(doubted, steps)
    first = FirstPass(
        part.band, lattice.scale, part.scores, totals, steps, texts, kinds, alone, doubted
    )
    return _looked_at_again(first, borders, lattice.clauses)


def _looked_at_again(
    first: FirstPass, borders: list[float], clauses: ClauseMemory
) -> tuple[list[Step], list[float]]:
    """Return the steps after the second pass, and how likely the ends of each are.

    The ends of a stretch of the second pass are as likely as the first one found them.
    """
    steps: list[Step] = []
    found: list[float] = []
    done = 0
    for start, stop, inner, ends in redecoded(first, clauses):
        steps += [*first.steps[done:start], *inner]
        found += [*borders[done:start], *ends[:-1], borders[stop - 1]]
        done = stop
    return [*steps, *first.steps[done:]], [*found, *borders[done:]]


def _without_strangers(
    lattice: HeldLattice, src: Span, tgt: Span, steps: list[Step], borders: list[float]
) -> tuple[list[Step], list[float]]:
    """Return the steps of a stretch with doubtful links of one to one doubted, as `align` does.

    Where such a link is taken apart, its inner end is as likely as that its sides are alone.
    """
    around = lattice.around(src, tgt, SEEN_AROUND)
    if around is None:
        return steps, borders
    text, (s0, t0) = around
    moved = [(s + s0, t + t0, x, y, p) for s, t, x, y, p in steps]
    found = [(s - s0, t - t0, x, y, p) for s, t, x, y, p in without_strangers(moved, text)]
    ends = {(s + x, t + y): at for (s, t, x, y, _), at in zip(steps, borders, strict=True)}
    return found, [ends.get((s + x, t + y), p) for s, t, x, y, p in found]


def _linked(steps: Sequence[Step], surplus: SideFlags) -> int:
    """Return how many sentences that are no surplus copy have a partner."""
    found = 0
    for s, t, x, y, _ in steps:
        if x and y:
            found += x + y - int(surplus[0][s : s + x].sum()) - int(surplus[1][t : t + y].sum())
    return found


def _flag_unsure(flags: SideFlags, steps: Sequence[Step]) -> None:
    """Set the flags of the sentences whose step is not sure."""
    for s, t, x, y, p in steps:
        if p < SURE_BEAD:
            flags[0][s : s + x] = True
            flags[1][t : t + y] = True


def stretch_lattice(
    lattice: HeldLattice, src: Span, tgt: Span, alone: SideFlags | None = None
) -> StretchLattice:
    """Return the part of a lattice between borders (src.start, tgt.start) and the stops.

    `alone` are its sentences that have no partner: none of their links is left.
    """
    own_low = lattice.low[src.start : src.stop + 1]
    low = np.maximum(own_low, tgt.start)
    high = np.minimum(lattice.high[src.start : src.stop + 1], tgt.stop)
    starts, stops = (low - own_low).tolist(), (high - own_low + 1).tolist()
    edges = np.concatenate(
        [
            row[a:b]
            for row, a, b in zip(lattice.rows[src.start : src.stop + 1], starts, stops, strict=True)
        ]
    )
    low, high = low - tgt.start, high - tgt.start
    offset = np.concatenate([[0], np.cumsum((high - low + 1)[:-1])])
    scores = Scores(
        edges,
        np.ascontiguousarray(lattice.src.skip[slice(*src)]),
        np.ascontiguousarray(lattice.tgt.skip[slice(*tgt)]),
        lattice.opening,
        medians=(float(lattice.src.median), float(lattice.tgt.median)),
    )
    band = Band(low, high, offset)
    if alone:
        bar_alone(band, edges, *alone)
    return StretchLattice(band, scores)


def _holds(lattice: HeldLattice, src: Span, tgt: Span) -> bool:
    """Tell whether the band has both ends of a stretch and a way between them."""
    low = np.maximum(lattice.low[src.start : src.stop + 1], tgt.start)
    high = np.minimum(lattice.high[src.start : src.stop + 1], tgt.stop)
    return bool(
        low[0] == tgt.start
        and high[-1] == tgt.stop
        and (low <= high).all()
        and (low[1:] <= high[:-1]).all()
    )


def _flags(alone: Collection[int], span: Span) -> Bools:
    flags = np.zeros(span.size, dtype=bool)
    flags[[at - span.start for at in alone]] = True
    return flags
