"""What to ask a person next, and what is left.

The expected number of wrong links is the sum of what their posteriors leave open. An answer
at one place settles its link and, by decoding again, most of what is doubtful beside it,
since a wrong border makes two links wrong. So the place to ask about is the one with the
most doubt in and next to it; its neighbours count by half.

Units: numbers of links; `p` is a posterior.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.review.values import ReviewLink

NEIGHBOUR: Final = 0.5  # how much of its neighbours' doubt an answer settles
ENOUGH: Final = 1.0  # wrong links that may be left

Doubt = NDArray[np.float64]


class Left(NamedTuple):
    """What is still to do."""

    links: int
    confirmed: int
    wrong: float  # expected number of wrong links
    answers: int  # about so many more bring it below 1


def doubts(links: Sequence[ReviewLink]) -> Doubt:
    """Return the probability of each link to be wrong; 0 for what a person made. Shape (n,)."""
    return np.array(
        [0.0 if link.held else 1.0 if link.p is None else 1.0 - link.p for link in links],
        dtype=np.float64,
    )


def gains(doubt: Doubt) -> Doubt:
    """Return by how much an answer at each link is expected to lower the doubt. Shape (n,)."""
    around = np.zeros_like(doubt)
    around[1:] += doubt[:-1]
    around[:-1] += doubt[1:]
    return np.where(doubt > 0, doubt + NEIGHBOUR * around, 0.0)


def next_place(links: Sequence[ReviewLink]) -> int | None:
    """Return the place of the link to ask about; None if there is no doubt."""
    gain = gains(doubts(links))
    if not len(gain) or gain.max() <= 0:
        return None
    return int(np.argmax(gain.round(9)))  # the first among equals


def left(links: Sequence[ReviewLink]) -> Left:
    """Return what is left to do."""
    doubt = doubts(links)
    return Left(
        links=len(links),
        confirmed=sum(link.status == "confirmed" for link in links),
        wrong=round(float(doubt.sum()), 3),
        answers=answers_needed(doubt),
    )


def answers_needed(doubt: Doubt) -> int:
    """Return about how many answers bring the expected number of wrong links below 1."""
    total = float(doubt.sum())
    if total < ENOUGH:
        return 0
    settled = np.cumsum(-np.sort(-gains(doubt)))
    # doubts that two answers share are counted for both, so the sum may exceed the total
    settled *= total / max(total, float(settled[-1]))
    return int(np.searchsorted(settled, total - ENOUGH, side="left")) + 1
