"""What clauses and headings say of each step between sentences, as numbers with weights.

A step is worth more where it leads to a border that the clauses pass, and a bead of several
sentences on both sides is worth less where they pass a border inside it. Where they pass one
at its edge, one of its sentences has no partner among the clauses of the other side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.align.lattice import Step
from aligner.align.second_pass.clause_scores import FLOOR
from aligner.align.second_pass.stretches import Laid, Longs
from aligner.align.second_pass.unit_kinds import UnitKind
from aligner.align.shapes import SHAPES
from aligner.encode.protocol import Bools, Floats

BORDER_NAMES = (
    "visit log", "visit", "visit inside", "visit beside",
    "headings merged", "heading alone", "lists merged", "headings joined",
)  # fmt: skip
GAP_NAMES = ("one", "visit log", "visit", "heading", "listed")  # of a skip

Visits = NDArray[np.float64]
Kinds = tuple[Bools, Bools]


def bead_borders(laid: Laid, visits: Visits, kinds: Kinds) -> Floats:
    """Return the evidence for every bead. Shape (nodes, shapes, names).

    Args:
        laid: The stretches.
        visits: The log probability that the clauses pass each border (`border_visits`).
        kinds: Of the units of the stretches, by side (`unit_kinds`).
    """
    rows = laid.node_rows
    columns = laid.node_columns(rows)
    found = np.zeros((len(rows), len(SHAPES), len(BORDER_NAMES)), dtype=np.float32)
    padded = np.append(visits, FLOOR)  # the last is that of a border outside the band

    def passed(places: list[tuple[int, int]]) -> Visits:
        each = [padded[laid.find(rows + p, columns + q)] for p, q in places]
        most: Visits = np.exp(np.max(each, axis=0))
        return most

    for k, (x, y) in enumerate(SHAPES):
        there = padded[laid.find(rows + x, columns + y)]
        found[:, k, 0] = there
        found[:, k, 1] = np.exp(there)
        if x > 1 and y > 1:
            found[:, k, 2] = passed([(p, q) for p in range(1, x) for q in range(1, y)])
        edge = [(p, 0) for p in range(1, x + 1)] + [(p, y) for p in range(x)]
        edge += [(0, q) for q in range(1, y)] + [(x, q) for q in range(1, y)]
        found[:, k, 3] = passed(edge)
        heads, lists = (_more(kinds, kind, rows, columns, (x, y)) for kind in UnitKind)
        found[:, k, 5 if x == y == 1 else 4] = heads
        found[:, k, 6] = lists if x + y > 2 else 0
        found[:, k, 7] = _all_headings(kinds, rows, columns, (x, y)) if x + y > 2 else 0
    return found


def skip_borders(laid: Laid, visits: Visits, kinds: Kinds) -> tuple[Floats, Floats]:
    """Return the evidence for a skip that leads to each border, by side.

    Shapes (nodes, names).
    """
    rows = laid.node_rows
    sides = rows, laid.node_columns(rows)
    common = [np.ones_like(visits), visits, np.exp(visits)]
    found = []
    for at, flags in zip(sides, kinds, strict=True):
        own = flags[np.maximum(at - 1, 0)] & (at > 0)[:, None]
        found.append(np.stack([*common, *own.T], axis=1).astype(np.float32))
    return found[0], found[1]


def lone_headings(steps: Sequence[Step], kinds: Kinds) -> Bools:
    """Return which steps take a heading into a bead in which no heading faces it."""
    sums = [np.concatenate([[0], np.cumsum(side[:, UnitKind.HEADING])]) for side in kinds]
    s, t, x, y = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4).T
    heads = sums[0][s + x] - sums[0][s], sums[1][t + y] - sums[1][t]
    found: Bools = (x > 0) & (y > 0) & (x + y > 2) & (heads[0] != heads[1])
    return found


def _more(
    kinds: Kinds, kind: UnitKind, rows: Longs, columns: Longs, shape: tuple[int, int]
) -> Floats:
    """Return how many units of a kind one side of each bead has more than the other.

    At most 2; a bead that leaves the stretches has none.
    """
    here, there = _counts(kinds, kind, rows, columns, shape)
    more: Floats = np.minimum(np.abs(here - there), 2).astype(np.float32)
    return more


def _all_headings(kinds: Kinds, rows: Longs, columns: Longs, shape: tuple[int, int]) -> Bools:
    """Return whether all units of each bead are headings."""
    here, there = _counts(kinds, UnitKind.HEADING, rows, columns, shape)
    found: Bools = (here == shape[0]) & (there == shape[1])
    return found


def _counts(
    kinds: Kinds, kind: UnitKind, rows: Longs, columns: Longs, shape: tuple[int, int]
) -> tuple[Longs, Longs]:
    """Return how many units of a kind each bead has on both sides."""
    counts = []
    for flags, at, size in zip(kinds, (rows, columns), shape, strict=True):
        sums = np.concatenate([[0], np.cumsum(flags[:, kind])])
        counts.append(sums[np.minimum(at + size, len(sums) - 1)] - sums[at])
    return counts[0], counts[1]
