"""How likely each sentence of some stretches has no partner, by its clauses.

A bead says of its sentences that all of them are translated. Where every clause of one is left
out on nearly all paths of the clauses, the bead has taken in a sentence that faces nothing:
the cosine of a bead hardly falls for it, since the rest of the bead is still translated.

Source: the posterior of a step in a linear chain, read off the sums over the paths (see
`aligner.align.lattice`); a sentence is as likely lost as the clause of it that is least so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.align.band import Band
from aligner.align.lattice import Scores, Step, Sums
from aligner.encode.protocol import Bools

SUSPECTED = 0.05  # chance to be lost from which a sentence is looked at again
SUSPECT_DIGITS = 6  # of such a chance: the last ones differ between processors

Chances = NDArray[np.float64]
Longs = NDArray[np.int64]


def lost_units(
    band: Band, scores: Scores, found: Sums, starts: tuple[Longs, Longs], digits: int
) -> tuple[Chances, Chances]:
    """Return how likely each sentence of either side is lost. Shapes (n,), (m,).

    Args:
        band: Of the clauses.
        scores: Of their steps.
        found: The sums over their paths.
        starts: The first clause of each sentence, and their number, by side.
        digits: To which the chances are rounded, since the last ones differ between processors.

    Cost: linear in the band.
    """
    zh, en = (
        np.minimum.reduceat(chances, at[:-1]).round(digits)
        for chances, at in zip(skip_chances(band, scores, found), starts, strict=True)
    )
    return zh, en


def skip_chances(band: Band, scores: Scores, found: Sums) -> tuple[Chances, Chances]:
    """Return how likely each unit of either side is left out. Shapes (n,), (m,)."""
    n, m = len(band.low) - 1, int(band.high[-1])
    rows = np.repeat(np.arange(n + 1), band.high - band.low + 1)
    columns = np.arange(len(rows)) - band.offset[rows] + band.low[rows]
    come = np.logaddexp(found.before[:, 0] + scores.opening, found.before[:, 1]) - found.total

    below = np.minimum(rows + 1, n)
    down = (rows < n) & (columns >= band.low[below]) & (columns <= band.high[below])
    tail = np.flatnonzero(down)
    head = (band.offset[below] + columns - band.low[below])[tail]
    zh = _summed(rows[tail], come[tail] + scores.skip_zh[rows[tail]] + found.after[head, 1], n)

    tail = np.flatnonzero(columns < band.high[rows])
    part = columns[tail]
    en = _summed(part, come[tail] + scores.skip_en[part] + found.after[tail + 1, 1], m)
    return zh, en


def maybe_lost(steps: Sequence[Step], chances: tuple[Chances, Chances]) -> Bools:
    """Return which links of several sentences hold one that may be lost, however likely.

    A link that has taken in a sentence too many is often likely: the sentences alone seldom
    tell, while its clauses do.

    Args:
        steps: The links, in order.
        chances: Of each sentence, to be lost (see `skip_chances`), by side.
    """
    s, t, x, y = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4).T
    found: Bools = np.zeros(len(steps), dtype=bool)
    for side, first, size in ((chances[0], s, x), (chances[1], t, y)):
        suspected = side.round(SUSPECT_DIGITS) > SUSPECTED
        before = np.concatenate([[0], np.cumsum(suspected)])
        found |= before[first + size] > before[first]
    return found & (x > 0) & (y > 0) & (x + y > 2)


def _summed(units: Longs, masses: Chances, count: int) -> Chances:
    """Return the sum of the probabilities of the steps over each unit; masses are logarithms."""
    chances = np.exp(np.minimum(masses, 0.0))
    total: Chances = np.bincount(units, chances, minlength=count).clip(max=1.0)
    return total
