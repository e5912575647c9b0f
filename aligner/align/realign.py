"""Decode a stretch of a pair again, between what is known to be right.

A link that a person has confirmed is a step that every path takes, so what is before it
and what is behind it are two lattices that know nothing of each other: each is decoded by
itself, from the end of one confirmed link to the begin of the next. A sentence that is
known to have no partner loses all edges that would link it. The probabilities are then
those of the model under everything that was confirmed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.align import _paths
from aligner.align._features import NO_EDGE
from aligner.align.held_lattice import HeldLattice
from aligner.align.shapes import shape_array
from aligner.encode.protocol import Bools, Floats, Ints
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
    """The lattice of a stretch by itself; its borders are counted from the stretch's begin."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    offset: NDArray[np.int64]
    shapes: Ints
    edges: Floats
    skip_zh: Floats
    skip_en: Floats
    opening: float

    @property
    def arguments(self) -> tuple[object, ...]:
        """What the loops of `_paths` take."""
        return (
            self.low, self.high, self.offset, self.shapes,
            self.edges, self.skip_zh, self.skip_en, self.opening,
        )  # fmt: skip


def realign(
    lattice: HeldLattice,
    src: Span,
    tgt: Span,
    *,
    alone_zh: Collection[int] = (),
    alone_en: Collection[int] = (),
) -> list[LatticeStep]:
    """Return the best links of a stretch, with their probabilities.

    Args:
        lattice: Of the whole pair. Its band is widened where the stretch leaves it.
        src: The stretch's Chinese sentences.
        tgt: Its English sentences.
        alone_zh: Of these, what is known to have no partner.
        alone_en: The same of the English ones.

    Cost: linear in the stretch; nothing else is touched.
    """
    if not src.size or not tgt.size:
        steps = [LatticeStep(s, tgt.start, 1, 0, 1.0) for s in range(*src)]
        return steps + [LatticeStep(src.stop, t, 0, 1, 1.0) for t in range(*tgt)]
    if not _holds(lattice, src, tgt):
        lattice.widen(src.start, src.stop, tgt.start, tgt.stop)
    part = stretch_lattice(lattice, src, tgt, alone_zh=alone_zh, alone_en=alone_en)
    found = decode_stretch(part)
    return [step._replace(s=step.s + src.start, t=step.t + tgt.start) for step in found]


def stretch_lattice(
    lattice: HeldLattice,
    src: Span,
    tgt: Span,
    *,
    alone_zh: Collection[int] = (),
    alone_en: Collection[int] = (),
) -> StretchLattice:
    """Return the part of a lattice between borders (src.start, tgt.start) and the stops."""
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
    part = StretchLattice(
        low,
        high,
        offset,
        shape_array(),
        edges,
        np.ascontiguousarray(lattice.src.skip[slice(*src)]),
        np.ascontiguousarray(lattice.tgt.skip[slice(*tgt)]),
        lattice.opening,
    )
    if alone_zh or alone_en:
        _bar(part, _flags(alone_zh, src), _flags(alone_en, tgt))
    return part


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


def _bar(part: StretchLattice, zh: Bools, en: Bools) -> None:
    """Take away the edges that would link sentences without partner."""
    rows = np.repeat(np.arange(len(part.low)), part.high - part.low + 1)
    columns = np.arange(len(rows)) - part.offset[rows] + part.low[rows]
    before_zh, before_en = (np.concatenate([[0], np.cumsum(side)]) for side in (zh, en))
    for kind, (x, y) in enumerate(part.shapes.tolist()):
        i, j = np.minimum(rows + x, len(zh)), np.minimum(columns + y, len(en))
        barred = before_zh[i] > before_zh[rows]
        barred |= before_en[j] > before_en[columns]
        part.edges[barred, kind] = NO_EDGE


def decode_stretch(part: StretchLattice) -> list[LatticeStep]:
    """Return the best path of a stretch, its probabilities by sums over all paths."""
    arguments = part.arguments
    path = _paths.viterbi(*arguments)
    before, after = _paths.forward(*arguments), _paths.backward(*arguments)
    total = float(np.logaddexp(*before[-1]))
    kind = {tuple(shape): k for k, shape in enumerate(part.shapes.tolist())}
    steps = []
    for s, t, x, y in path.tolist():
        here = part.offset[s] + t - part.low[s]
        there = part.offset[s + x] + t + y - part.low[s + x]
        if x and y:
            mass = np.logaddexp(*before[here]) + part.edges[here, kind[x, y]] + after[there, 0]
        else:
            price = part.skip_zh[s] if x else part.skip_en[t]
            come = np.logaddexp(before[here, 0] + part.opening, before[here, 1])
            mass = come + price + after[there, 1]
        parted = np.logaddexp(*(before[there] + after[there]))
        p, border = (float(min(1.0, np.exp(one - total))) for one in (mass, parted))
        steps.append(LatticeStep(s, t, x, y, p, border))
    return steps
