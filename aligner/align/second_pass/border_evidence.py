"""What clauses and headings say of each step between sentences, as numbers with weights.

A step is worth more where it leads to a border that the clauses pass, and a bead of several
sentences on both sides is worth less where they pass a border inside it. Where they pass one
at its edge, or leave all clauses of a sentence of it out, one of its sentences has no partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aligner.align.lattice import Step
from aligner.align.second_pass.clause_scores import DIGITS, FLOOR, ClauseEvidence
from aligner.align.second_pass.stretches import Laid, Longs
from aligner.align.second_pass.unit_kinds import UnitKind
from aligner.align.shapes import SHAPES
from aligner.encode.protocol import Bools, Floats

BORDER_NAMES = (
    "visit log", "visit", "visit inside", "visit beside",
    "headings merged", "heading alone", "lists merged", "headings joined",
    "lost inside", "lost alone",
)  # fmt: skip
GAP_NAMES = ("one", "visit log", "visit", "heading", "listed", "lost")  # of a skip

Visits = NDArray[np.float64]
Kinds = tuple[Bools, Bools]


def bead_borders(laid: Laid, said: ClauseEvidence, kinds: Kinds) -> Floats:
    """Return the evidence for every bead. Shape (nodes, shapes, names).

    Args:
        laid: The stretches.
        said: What the clauses say of them.
        kinds: Of the units of the stretches, by side (`unit_kinds`).
    """
    rows = laid.node_rows
    places = rows, laid.node_columns(rows)
    found = np.zeros((len(rows), len(SHAPES), len(BORDER_NAMES)), dtype=np.float32)
    padded = np.append(said.visits, FLOOR)  # the last is that of a border outside the band
    chance = chances(padded)
    lost = [np.append(side, 0.0) for side in said.lost]

    @cache
    def ahead(p: int, q: int) -> Visits:
        """Return the probability of the border so far ahead of each one."""
        there: Visits = chance[laid.find(rows + p, places[1] + q)]
        return there

    @cache
    def held(side: int, kind: UnitKind, size: int) -> Longs:
        """Return how many of the next units are of a kind."""
        sums = np.concatenate([[0], np.cumsum(kinds[side][:, kind])])
        count: Longs = sums[np.minimum(places[side] + size, len(sums) - 1)] - sums[places[side]]
        return count

    @cache
    def most_lost(side: int, size: int) -> Visits:
        """Return the largest chance to be lost among the next units."""
        last: Visits = lost[side][np.minimum(places[side] + size - 1, len(lost[side]) - 1)]
        if size > 1:
            last = np.maximum(most_lost(side, size - 1), last)
        return last

    for k, (x, y) in enumerate(SHAPES):
        found[:, k, 0] = padded[laid.find(rows + x, places[1] + y)]
        found[:, k, 1] = ahead(x, y)
        if x > 1 and y > 1:
            inner = [ahead(p, q) for p in range(1, x) for q in range(1, y)]
            found[:, k, 2] = np.max(inner, axis=0)
        edge = [(p, 0) for p in range(1, x + 1)] + [(p, y) for p in range(x)]
        edge += [(0, q) for q in range(1, y)] + [(x, q) for q in range(1, y)]
        found[:, k, 3] = np.max([ahead(*place) for place in edge], axis=0)
        heads, labels = ((held(0, kind, x), held(1, kind, y)) for kind in UnitKind)
        more = np.minimum(np.abs(heads[0] - heads[1]), 2)
        swallowed = np.maximum(most_lost(0, x), most_lost(1, y))
        if x == y == 1:
            found[:, k, 5] = more
            found[:, k, 9] = swallowed
        else:
            found[:, k, 4] = more
            found[:, k, 8] = swallowed
            found[:, k, 6] = np.minimum(np.abs(labels[0] - labels[1]), 2)
            found[:, k, 7] = (heads[0] == x) & (heads[1] == y)
    return found


def chances(visits: Visits) -> Visits:
    """Return probabilities, rounded, since their last digits differ between processors."""
    rounded: Visits = np.exp(visits).round(DIGITS).astype(np.float64)
    return rounded


def skip_borders(laid: Laid, said: ClauseEvidence, kinds: Kinds) -> tuple[Floats, Floats]:
    """Return the evidence for a skip that leads to each border, by side.

    Shapes (nodes, names).
    """
    rows = laid.node_rows
    sides = rows, laid.node_columns(rows)
    common = [np.ones_like(said.visits), said.visits, chances(said.visits)]
    found = []
    for at, flags, lost in zip(sides, kinds, said.lost, strict=True):
        before = np.maximum(at - 1, 0)
        own = flags[before] & (at > 0)[:, None]
        left_out = np.where(at > 0, lost[before], 0.0)
        found.append(np.stack([*common, *own.T, left_out], axis=1).astype(np.float32))
    return found[0], found[1]


def lone_headings(steps: Sequence[Step], kinds: Kinds) -> Bools:
    """Return which steps take a heading into a bead in which no heading faces it."""
    sums = [np.concatenate([[0], np.cumsum(side[:, UnitKind.HEADING])]) for side in kinds]
    s, t, x, y = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4).T
    heads = sums[0][s + x] - sums[0][s], sums[1][t + y] - sums[1][t]
    found: Bools = (x > 0) & (y > 0) & (x + y > 2) & (heads[0] != heads[1])
    return found
