"""How a run stands to the others: held by longer ones, crossed, filled by shorter ones.

A piece of a name (金融管理 of 金融管理局) has the company of a term, but wherever it stands
a better run holds it; 长期发 in 长期|发展 is crossed by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.terms.candidates._follow import Trail
from aligner.terms.candidates._nesting import around
from aligner.terms.candidates.company import Company
from aligner.terms.candidates.flat_words import Longs
from aligner.terms.candidates.repeated_runs import LONGEST, RepeatedRuns

Doubles = NDArray[np.float64]

_MOST: Final = 6.0  # by which two logits are taken to differ at most


class Nest(IntEnum):
    """Columns of a run."""

    SCORE = 0  # its own logit
    RANK = 1  # place among all runs by it, log of the share
    FREE = 2  # share of places that no better run holds
    HOLDER = 3  # by how much the best holder is better, mean over places
    HOLDER_LEAST = 4  # where it is least better
    CROSSING = 5
    CROSSED = 6  # share of places crossed by a better run
    FILLED = 7  # by how much the best run inside is better
    HELD_BESIDE = 8  # share held by a better run and the neighbour's English close by
    COUNT = 9  # log


NEST_NAMES: Final = tuple(each.name.lower() for each in Nest)


@dataclass(frozen=True, slots=True)
class Nesting:
    """What stands around each place. Shapes (places,) and (places, 3)."""

    holder: Longs  # the best run that holds the place, -1 for none
    best: Doubles  # scores of the best holder, crossing run and filling run


def nesting(runs: RepeatedRuns, score: Doubles, size: int, wanted: NDArray[np.bool_]) -> Nesting:
    """Find what holds, crosses and fills each place.

    Args:
        runs: With their places.
        score: Of each run.
        size: Characters of the flat text.
        wanted: The runs that count as neighbours of others. Shape (runs,).
    """
    table = np.full((size + 1, LONGEST + 1), -1, dtype=np.int32)
    kept = wanted[runs.run]
    table[runs.start[kept], (runs.stop - runs.start)[kept]] = runs.run[kept]
    holder = np.full(len(runs.run), -1, dtype=np.int64)
    best = np.zeros((len(runs.run), 3))
    around(runs.start, runs.stop, runs.run, score, table, LONGEST, holder, best)
    return Nesting(holder, best)


def beside(company: Company) -> NDArray[np.bool_]:
    """Whether the English of a Chinese neighbour of each place is inside or close by."""
    columns = [Trail.LEFT_INSIDE, Trail.LEFT_ADJACENT, Trail.RIGHT_INSIDE, Trail.RIGHT_ADJACENT]
    return np.asarray(company.reach[:, columns].max(axis=1, initial=0) > 0, dtype=np.bool_)


def describe_nesting(runs: RepeatedRuns, company: Company, score: Doubles, size: int) -> Doubles:
    """Describe how each run stands to the others. Shape (runs, len(Nest))."""
    found = nesting(runs, score, size, np.ones(runs.size, dtype=bool))
    first, count = runs.first[:-1], np.diff(runs.first)
    more = np.clip(found.best - score[runs.run][:, None], -_MOST, _MOST)
    better = more > 0
    out = np.zeros((runs.size, len(Nest)))
    out[:, Nest.SCORE] = score
    order = np.argsort(-score, kind="stable")
    rank = np.empty(runs.size)
    rank[order] = np.arange(1, runs.size + 1)
    out[:, Nest.RANK] = np.log(rank / max(runs.size, 1))
    means = np.add.reduceat(more, first, axis=0) / count[:, None]
    shares = np.add.reduceat(better.astype(np.float64), first, axis=0) / count[:, None]
    out[:, Nest.FREE] = 1 - shares[:, 0]
    out[:, Nest.HOLDER] = means[:, 0]
    out[:, Nest.HOLDER_LEAST] = np.minimum.reduceat(more[:, 0], first)
    out[:, Nest.CROSSING] = means[:, 1]
    out[:, Nest.CROSSED] = shares[:, 1]
    out[:, Nest.FILLED] = means[:, 2]
    held = (better[:, 0] & beside(company)).astype(np.float64)
    out[:, Nest.HELD_BESIDE] = np.add.reduceat(held, first) / count
    out[:, Nest.COUNT] = np.log(count)
    return out
