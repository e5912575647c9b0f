"""What to ask a person next, and what is left.

The expected number of wrong links is the sum of what their posteriors leave open. An answer
lowers it only where something is wrong: it mends the link, and with it the neighbour that
shares a wrong border. So an answer at a link is expected to mend as many links as the link
is in doubt, and each of its two borders. Answers that find the link right cost doubt too,
by decoding again; that shows in the posteriors, not here.

Units: numbers of links; `p` is a posterior.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.review.values import ReviewLink

ENOUGH: Final = 1.0  # wrong links that may be left
WORTH_ASKING: Final = 0.1  # links that an answer mends; below it what was skipped comes first

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


def border_doubts(
    links: Sequence[ReviewLink], borders: Mapping[int, float], doubt: Doubt | None = None
) -> Doubt:
    """Return the probability that each border between links is wrong. Shape (n + 1,).

    Args:
        links: In reading order.
        borders: Posteriors of the ends of links that were not decoded since, by id.
        doubt: That of the links, if it is at hand.
    """
    doubt = doubts(links) if doubt is None else doubt
    found = np.zeros(len(links) + 1)
    if len(links) < 2:
        return found
    known = [borders.get(link.id) if link.border is None else link.border for link in links]
    # a wrong border makes both links wrong, so it is in no more doubt than either is
    most = np.minimum(doubt[:-1], doubt[1:])
    wrong = np.array([np.inf if one is None else 1.0 - one for one in known[:-1]])
    found[1:-1] = np.minimum(most, wrong)
    return found


def gains(
    links: Sequence[ReviewLink],
    borders: Mapping[int, float] | None = None,
    doubt: Doubt | None = None,
) -> Doubt:
    """Return how many links an answer at each link is expected to mend. Shape (n,)."""
    doubt = doubts(links) if doubt is None else doubt
    border = border_doubts(links, borders or {}, doubt)
    return np.where(doubt > 0, doubt + border[:-1] + border[1:], 0.0)


def next_place(
    links: Sequence[ReviewLink], borders: Mapping[int, float] | None = None
) -> int | None:
    """Return the place of the link to ask about; None if there is no doubt."""
    return best_place(gains(links, borders))


def best_place(gain: Doubt) -> int | None:
    """Return the place with the largest of `gains`; None if there is no doubt."""
    if not len(gain) or gain.max() <= 0:
        return None
    return int(np.argmax(gain.round(9)))  # the first among equals


class NextQuestion(NamedTuple):
    """A place to ask about."""

    place: int | None  # None: there is no doubt
    skipped: int  # places in doubt that were skipped and not come back to
    again: bool = False  # whether all others were asked, and those skipped begin anew


def next_asked(gain: Doubt, skipped: Collection[int]) -> NextQuestion:
    """Return the place to ask about, those that were skipped after all that are worth asking.

    Args:
        gain: Of each link, from `gains`.
        skipped: Places that a person passed over.
    """
    waiting = [place for place in skipped if gain[place] > 0]
    others = gain.copy()
    others[waiting] = 0.0
    place = best_place(others)
    if waiting and (place is None or others[place] < WORTH_ASKING):
        return NextQuestion(best_place(gain), 0, again=True)
    return NextQuestion(place, len(waiting))


def left(links: Sequence[ReviewLink], borders: Mapping[int, float] | None = None) -> Left:
    """Return what is left to do."""
    doubt = doubts(links)
    return Left(
        links=len(links),
        confirmed=sum(link.status == "confirmed" for link in links),
        wrong=round(float(doubt.sum()), 3),
        answers=_answers(doubt, gains(links, borders, doubt)),
    )


def answers_needed(links: Sequence[ReviewLink], borders: Mapping[int, float] | None = None) -> int:
    """Return about how many answers bring the expected number of wrong links below 1.

    Each answer is taken to settle the doubt of its link, and of its two borders on both
    sides, until all doubt is shared out.
    """
    doubt = doubts(links)
    return _answers(doubt, gains(links, borders, doubt))


def _answers(doubt: Doubt, gain: Doubt) -> int:
    total = float(doubt.sum())
    if total < ENOUGH:
        return 0
    settled = np.cumsum(-np.sort(-gain))
    return int(np.searchsorted(settled, total - ENOUGH, side="right")) + 1
