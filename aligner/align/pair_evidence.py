"""Everything about a pair that the lattice is scored from, computed in blocks.

The vectors of all runs of one to nine sentences would be the largest thing in
memory, so they live only as long as the rows they serve: a block of rows asks for
its runs, a tile of it multiplies them, and only scores stay.

Cost: for a tile, one product of about forty pairs of run sizes. Long runs are left
out where nothing on the other side is long enough to face them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align._features import ABSENT, ClauseCosine
from aligner.align.band import Band
from aligner.align.cues import Cues
from aligner.align.shapes import MAX_X, MAX_Y, needed_pairs
from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import EncodedSide, Floats

BLOCK_ROWS = 512
TILE_ROWS = 48
LONG_RUN = 4  # from this size on, runs are left out where they cannot be of use
FACTOR = 4.0  # by which a run may exceed the longest that it could face

Side = tuple[NDArray[np.bool_], Floats, NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Tile:
    """The cosines of all runs that the edges from some rows need."""

    first: int  # rows first..last-1
    last: int
    s0: int  # sentence of the grids' first row
    t0: int  # sentence of their first column
    grid: Floats  # (pairs, rows, columns)
    clause: Floats  # (clauses, rows, columns), see `ClauseCosine`


def pair_index() -> NDArray[np.int32]:
    """Return which layer of a grid holds a pair of sizes; -1 for none."""
    index = np.full((MAX_X + 1, MAX_Y + 1), -1, dtype=np.int32)
    for k, (x, y) in enumerate(needed_pairs()):
        index[x, y] = k
    return index


def kernel_side(cues: Cues, tokens: NDArray[np.int32], scale: float) -> Side:
    """Return one side as the kernels want it; lengths as prefix sums times `scale`."""
    lengths = np.concatenate([[0.0], np.cumsum(tokens, dtype=np.float64)]) * scale
    return cues.flags, lengths, cues.digits, cues.values, cues.starts  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Runs:
    """Vectors of the runs of a stretch of one side, by size; rows of zeros are absent.

    They are rounded to whole numbers, so that cosines are exact (see `encode.exact`).
    """

    start: int  # the first sentence
    vectors: list[Floats]  # vectors[k]: runs of k + 1 sentences. Shape (sentences, dim)
    absent: list[NDArray[np.bool_]]
    heads: Floats
    tails: Floats


def gather_runs(  # noqa: PLR0913, PLR0917 - a stretch has this many sides
    side: EncodedSide,
    start: int,
    stop: int,
    largest: int,
    useful: Callable[[int], NDArray[np.bool_]],
    pool: Executor,
) -> Runs:
    """Return the runs of up to `largest` sentences that begin at start..stop-1.

    `useful(size)` tells which of these runs are wanted at all.
    """
    n, count = len(side.tokens), stop - start
    absent: list[NDArray[np.bool_]] = []
    tasks: list[tuple[int, int, Future[Floats]]] = []
    for size in range(1, largest + 1):
        wanted = np.zeros(count, dtype=bool)
        wanted[: max(0, min(stop, n - size + 1) - start)] = True
        if size >= LONG_RUN:
            wanted &= useful(size)
        absent.append(~wanted)
        for a, b in _stretches(wanted):
            tasks.append((size, a, pool.submit(_whole_runs, side, size, start + a, start + b)))
    dim = tasks[0][2].result().shape[1]
    vectors: list[Floats] = [np.zeros((count, dim), dtype=np.float32) for _ in range(largest)]
    for size, a, task in tasks:
        part = task.result()
        vectors[size - 1][a : a + len(part)] = part
    heads, tails = side.heads(start, stop), side.tails(start, stop)
    return Runs(start, vectors, absent, whole_vectors(heads), whole_vectors(tails))


def _whole_runs(side: EncodedSide, size: int, start: int, stop: int) -> Floats:
    return whole_vectors(side.runs(size, start, stop))


def _stretches(wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the ranges of true values, joined over small holes."""
    at = np.flatnonzero(wanted)
    if len(at) == 0:
        return []
    breaks = np.flatnonzero(np.diff(at) > 4)
    starts = np.concatenate([[0], breaks + 1])
    stops = np.concatenate([breaks, [len(at) - 1]])
    return [(int(at[a]), int(at[b]) + 1) for a, b in zip(starts, stops, strict=True)]


def blocks(
    src: EncodedSide, tgt: EncodedSide, band: Band, lengths: tuple[Floats, Floats], pool: Executor
) -> Iterator[tuple[list[Tile], Callable[[Tile], Tile]]]:
    """Yield, for each block of rows, its empty tiles and the function that fills one.

    Args:
        src: The Chinese side.
        tgt: The English side.
        band: Where edges may lie.
        lengths: Prefix sums of both sides' lengths, in the same unit.
        pool: Computes the runs, several sizes at a time.
    """
    n, m = len(src.tokens), len(tgt.tokens)
    for first in range(0, n, BLOCK_ROWS):
        last = min(first + BLOCK_ROWS, n)
        s0, s1 = max(0, first - 1), min(n, last + MAX_X + 1)
        t0 = max(0, int(band.low[first]) - 1)
        t1 = max(t0 + 1, min(m, int(band.high[last]) + MAX_Y + 1))
        zh, en = lengths
        longest_z = _longest(zh, s0, s1, MAX_X)
        longest_e = _longest(en, t0, t1, MAX_Y)
        useful_z = _usefulness(zh, s0, s1, longest_e, src=True)
        useful_e = _usefulness(en, t0, t1, longest_z, src=False)
        runs_z = gather_runs(src, s0, s1, MAX_X, useful_z, pool)
        runs_e = gather_runs(tgt, t0, t1, MAX_Y, useful_e, pool)
        tiles = [
            _empty_tile(band, a, min(a + TILE_ROWS, last), n, m)
            for a in range(first, last, TILE_ROWS)
        ]
        yield tiles, lambda tile, z=runs_z, e=runs_e: fill(tile, z, e)  # type: ignore[misc]


def _longest(sums: Floats, start: int, stop: int, largest: int) -> list[float]:
    """Return the longest run of each size from 1 that begins in a stretch."""
    found = [0.0]
    for size in range(1, largest + 1):
        last = max(start, min(stop, len(sums) - size))
        spans = sums[start + size : last + size] - sums[start:last]
        found.append(float(spans.max()) if len(spans) else found[-1])
    return found


def _usefulness(
    sums: Floats, start: int, stop: int, facing: list[float], *, src: bool
) -> Callable[[int], NDArray[np.bool_]]:
    def useful(size: int) -> NDArray[np.bool_]:
        partners = [(y if src else x) for x, y in needed_pairs() if (x if src else y) == size]
        limit = FACTOR * facing[max(partners)] + 10.0
        ends = np.minimum(np.arange(start, stop) + size, len(sums) - 1)
        fits: NDArray[np.bool_] = (sums[ends] - sums[start:stop]) <= limit
        return fits

    return useful


def _empty_tile(band: Band, first: int, last: int, n: int, m: int) -> Tile:
    s0, s1 = max(0, first - 1), min(n, last + MAX_X + 1)
    t0 = max(0, int(band.low[first]) - 1)
    t1 = max(t0 + 1, min(m, int(band.high[last]) + MAX_Y + 1))
    shape = (s1 - s0, t1 - t0)
    return Tile(
        first, last, s0, t0, np.empty((0, *shape), np.float32), np.empty((0, *shape), np.float32)
    )


def fill(tile: Tile, zh: Runs, en: Runs) -> Tile:
    """Return the tile with its cosines computed."""
    rows, cols = tile.grid.shape[1:]
    a, b = tile.s0 - zh.start, tile.t0 - en.start
    pairs = needed_pairs()
    grid = np.empty((len(pairs), rows, cols), dtype=np.float32)
    for k, (x, y) in enumerate(pairs):
        left, right = zh.vectors[x - 1][a : a + rows], en.vectors[y - 1][b : b + cols]
        cosines(left, right, out=grid[k])
        grid[k][zh.absent[x - 1][a : a + rows]] = ABSENT
        grid[k][:, en.absent[y - 1][b : b + cols]] = ABSENT
    one_z, one_e = zh.vectors[0][a : a + rows], en.vectors[0][b : b + cols]
    clause = np.empty((len(ClauseCosine), rows, cols), dtype=np.float32)
    for which, left, right in (
        (ClauseCosine.ZH_TAIL, zh.tails[a : a + rows], one_e),
        (ClauseCosine.ZH_HEAD, zh.heads[a : a + rows], one_e),
        (ClauseCosine.EN_TAIL, one_z, en.tails[b : b + cols]),
        (ClauseCosine.EN_HEAD, one_z, en.heads[b : b + cols]),
    ):
        cosines(left, right, out=clause[which])
    return Tile(tile.first, tile.last, tile.s0, tile.t0, grid, clause)
