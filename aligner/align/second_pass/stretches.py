"""The stretches of an alignment that are unsure, and their borders laid end to end.

A stretch is a rectangle of sentences: the beads of which one is less likely than `SURE_BEAD`,
and one bead more on either side; or one bead that may hold a sentence too many. Its corners
are pins: whatever is found inside, the path passes through them. Several stretches are laid
end to end, so that one call of the loops over the lattice serves them all; no step leads over
a pin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.align._features import NO_EDGE
from aligner.align.band import Band
from aligner.align.lattice import Step
from aligner.align.shapes import shape_array
from aligner.encode.protocol import Bools, Floats

SURE_BEAD = 0.85  # probability from which on a bead is left as it is
BEADS_BESIDE = 1  # beads on either side of an unsure one that are looked at again
ALIVE = -14.0  # log probability from which on a border is looked at again

Longs = NDArray[np.int64]
SideFlags = tuple[Bools, Bools]  # of the sentences of both sides


class Stretch(NamedTuple):
    """Sentences src[s0:s1] and tgt[t0:t1]."""

    s0: int
    s1: int
    t0: int
    t1: int


@dataclass(frozen=True, slots=True)
class Laid:
    """Some stretches end to end: their rows and columns of borders, and the band.

    The last row of a stretch is the first one of the next. Its columns up to the pin belong to
    the former, those from the pin on to the latter.
    """

    stretches: tuple[Stretch, ...]
    band: Band
    pins: Longs  # rows of the pins, first and last included. Shape (stretches + 1,)
    pin_columns: Longs

    @property
    def node_rows(self) -> Longs:
        """The row of each node, counted end to end. Shape (nodes,)."""
        return np.repeat(np.arange(len(self.band.low)), self.band.high - self.band.low + 1)

    def node_columns(self, rows: Longs) -> Longs:
        """The column of each node, counted end to end, given their rows."""
        found: Longs = np.arange(len(rows)) - self.band.offset[rows] + self.band.low[rows]
        return found

    def places(self) -> tuple[Longs, Longs]:
        """Return which border of either side of the text each node is. Shape (nodes,)."""
        rows = self.node_rows
        k = self.node_stretches(rows)
        shifts = np.array(self.stretches, dtype=np.int64)
        src = rows - self.pins[k] + shifts[k, 0]
        return src, self.node_columns(rows) - self.pin_columns[k] + shifts[k, 2]

    def node_stretches(self, rows: Longs) -> Longs:
        """Return the stretch whose steps leave each node, given the nodes' rows.

        Left of a pin that is the former, out of which no step but a skip can lead.
        """
        found: Longs = np.searchsorted(self.pins, rows, side="right") - 1
        left = self.node_columns(rows) < self.pin_columns[found]
        return np.minimum(found - left, len(self.stretches) - 1)

    def find(self, rows: Longs, columns: Longs) -> Longs:
        """Return the nodes of borders, counted end to end; -1 for one outside the band."""
        band = self.band
        kept = np.minimum(rows, len(band.low) - 1)
        inside = (rows == kept) & (columns >= band.low[kept]) & (columns <= band.high[kept])
        return np.where(inside, band.offset[kept] + columns - band.low[kept], -1)


def unsure(
    steps: Sequence[Step], suspects: Bools | None = None, full: Bools | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of steps that are looked at again.

    Args:
        steps: All of them, in order.
        suspects: Which ones are, however likely. Shape (steps,).
        full: Which ones are as well, but without those beside them: where what is asked is
            only whether they hold too much.
    """
    weak = np.array([step[4] < SURE_BEAD for step in steps], dtype=bool)
    if suspects is not None:
        weak |= suspects
    near = weak.copy()
    for step in range(1, BEADS_BESIDE + 1):
        near[step:] |= weak[:-step]
        near[:-step] |= weak[step:]
    if full is not None:
        near |= full
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]])))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        rect = rectangle(steps, first, last)
        if rect.s1 > rect.s0 and rect.t1 > rect.t0:
            yield first, last


def touching(steps: Sequence[Step], flags: SideFlags) -> Bools:
    """Return which steps hold a sentence that has a flag. Shape (steps,)."""
    sums = [np.concatenate([[0], np.cumsum(side)]) for side in flags]
    s, t, x, y = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4).T
    found: Bools = (sums[0][s + x] > sums[0][s]) | (sums[1][t + y] > sums[1][t])
    return found


def rectangle(steps: Sequence[Step], first: int, last: int) -> Stretch:
    """Return the stretch of steps first..last-1."""
    s0, t0 = steps[first][:2]
    s, t, x, y, _ = steps[last - 1]
    return Stretch(s0, s + x, t0, t + y)


@dataclass(frozen=True, slots=True)
class Reach:
    """What of each row is looked at: columns low..high, both included.

    The first row of a stretch begins at its pin and the last one ends there, so of these
    only the other end is told.
    """

    low: Longs  # (rows of the text,); meaningless outside of stretches
    high: Longs
    first_high: Longs  # (stretches,)
    last_low: Longs


def alive(band: Band, visits: NDArray[np.float64], stretches: Sequence[Stretch]) -> Reach:
    """Return the borders inside some stretches that have some probability.

    Args:
        band: Of the text.
        visits: Log probability of each of its nodes.
        stretches: In their order.
    """
    n = len(band.low) - 1
    table = np.array(stretches, dtype=np.int64).reshape(-1, 4)
    owner = np.full(n + 1, -1, dtype=np.int64)
    for k, rect in enumerate(stretches):
        owner[rect.s0 + 1 : rect.s1] = k
    node = np.flatnonzero(np.round(visits, 6) > ALIVE)
    s = np.searchsorted(band.offset, node, side="right") - 1
    t = node - band.offset[s] + band.low[s]
    kept = (owner[s] >= 0) & (t >= table[owner[s], 2]) & (t <= table[owner[s], 3])
    low = np.full(n + 1, np.iinfo(np.int64).max)
    high = np.full(n + 1, -1, dtype=np.int64)
    np.minimum.at(low, s[kept], t[kept])
    np.maximum.at(high, s[kept], t[kept])
    first_high, last_low = table[:, 2].copy(), table[:, 3].copy()
    starts = np.searchsorted(s, table[:, 0]), np.searchsorted(s, table[:, 0], side="right")
    ends = np.searchsorted(s, table[:, 1]), np.searchsorted(s, table[:, 1], side="right")
    for k, (_, _, t0, t1) in enumerate(stretches):
        first, last = t[starts[0][k] : starts[1][k]], t[ends[0][k] : ends[1][k]]
        first_high[k] = max(t0, *first[first <= t1].tolist(), t0)
        last_low[k] = min(t1, *last[last >= t0].tolist(), t1)
    return Reach(low, high, first_high, last_low)


def lay(stretches: Sequence[Stretch], reach: Reach) -> Laid:
    """Lay stretches end to end; what reaches out of a stretch is cut off."""
    lows, highs = [], []
    pins, columns = [0], [0]
    before = 0  # the first column of the row that this stretch shares with the one before
    for k, (s0, s1, t0, t1) in enumerate(stretches):
        shift = columns[-1] - t0
        a, b = (side[s0:s1].clip(t0, t1) + shift for side in (reach.low, reach.high))
        a[0], b[0] = columns[-1], int(np.clip(reach.first_high[k], t0, t1)) + shift
        b = np.maximum.accumulate(b)
        last = int(np.clip(reach.last_low[k], t0, t1)) + shift
        a = np.minimum(np.minimum.accumulate(np.append(a, last)[::-1])[::-1][:-1], b)
        a[0] = before
        before = last
        lows.append(a)
        highs.append(b)
        pins.append(pins[-1] + s1 - s0)
        columns.append(columns[-1] + t1 - t0)
    bottom = np.append(np.concatenate(lows), before)
    top = np.append(np.concatenate(highs), columns[-1])
    offset = np.concatenate([[0], np.cumsum(top - bottom + 1)[:-1]])
    band = Band(bottom, top, offset)
    return Laid(tuple(stretches), band, np.array(pins), np.array(columns))


def bar(laid: Laid, edges: Floats) -> None:
    """Take the edges away that lead past a pin. Shape of `edges`: (nodes, shapes)."""
    rows = laid.node_rows
    following = laid.node_stretches(rows) + 1
    pin, column = laid.pins[following][:, None], laid.pin_columns[following][:, None]
    to_row = rows[:, None] + shape_array()[:, 0]
    to_column = laid.node_columns(rows)[:, None] + shape_array()[:, 1]
    edges[(to_row > pin) | (to_column > column)] = NO_EDGE


def bar_alone(band: Band, edges: Floats, zh: Bools, en: Bools) -> None:
    """Take the edges away that would link units without partner. Shape: (nodes, shapes)."""
    rows = np.repeat(np.arange(len(band.low)), band.high - band.low + 1)
    columns = np.arange(len(rows)) - band.offset[rows] + band.low[rows]
    before_zh, before_en = (np.concatenate([[0], np.cumsum(side)]) for side in (zh, en))
    for kind, (x, y) in enumerate(shape_array().tolist()):
        i, j = np.minimum(rows + x, len(zh)), np.minimum(columns + y, len(en))
        barred = before_zh[i] > before_zh[rows]
        barred |= before_en[j] > before_en[columns]
        edges[barred, kind] = NO_EDGE


def parted(laid: Laid, chosen: Sequence[int]) -> Laid:
    """Return some of the stretches by themselves, with the borders that they have there."""
    rows = max(rect.s1 for rect in laid.stretches) + 1
    low, high = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    shifts = [int(at) - rect.t0 for at, rect in zip(laid.pin_columns, laid.stretches, strict=False)]
    for k in chosen:
        rect, inner = laid.stretches[k], slice(laid.pins[k], laid.pins[k + 1])
        low[rect.s0 : rect.s1] = laid.band.low[inner] - shifts[k]
        high[rect.s0 : rect.s1] = laid.band.high[inner] - shifts[k]
    first_high = np.array([laid.band.high[laid.pins[k]] - shifts[k] for k in chosen])
    last_low = np.array([laid.band.low[laid.pins[k + 1]] - shifts[k] for k in chosen])
    return lay([laid.stretches[k] for k in chosen], Reach(low, high, first_high, last_low))


def nodes_inside(laid: Laid) -> Iterator[Longs]:
    """Yield the nodes of each stretch, both pins among them."""
    rows = laid.node_rows
    columns = laid.node_columns(rows)
    ends = zip(pairwise(laid.pins.tolist()), pairwise(laid.pin_columns.tolist()), strict=True)
    for (first, last), (left, right) in ends:
        start = int(laid.band.offset[first])
        stop = int(laid.band.offset[last] + laid.band.high[last] - laid.band.low[last]) + 1
        here = columns[start:stop]
        yield start + np.flatnonzero((here >= left) & (here <= right))


def joined_parts(laid: Laid, values: NDArray[Any], *, src: bool) -> NDArray[Any]:
    """Return the values of the sentences of one side that the stretches hold."""
    cut = [slice(r.s0, r.s1) if src else slice(r.t0, r.t1) for r in laid.stretches]
    return np.concatenate([values[part] for part in cut])
