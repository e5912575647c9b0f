"""Where links are decoded again after a correction, and what comes of it.

What is held (made or confirmed by a person) stays. The stretch that is decoded reaches to
the next held links; in a long text at most `REACH_LINKS` links beyond the correction, up to a
link that is all but sure, since what lies behind such links is not moved by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from aligner.review.values import Hunk, ReviewLink

REACH_LINKS: Final = 150  # links to either side of a correction that are decoded at least
SURE_BORDER: Final = 0.99  # p of a link at which a stretch may end


def stretches(
    links: Sequence[ReviewLink], first: int, last: int, *, most: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the runs of links to decode when links first..last-1 have changed.

    Links that are held and have two sides are in none. No run reaches more than `most` links
    beyond what has changed, if that is given.
    """
    start, stop = first, last
    least = 0 if most is None else max(0, first - most)
    end = len(links) if most is None else min(len(links), last + most)
    while start > least and not is_end(links[start - 1], first - start):
        start -= 1
    while stop < end and not is_end(links[stop], stop - last):
        stop += 1
    begun = start
    for at in range(start, stop + 1):
        if at == stop or _is_fixed(links[at]):
            if any(not link.held for link in links[begun:at]):
                yield begun, at
            begun = at + 1


def is_end(link: ReviewLink, away: int) -> bool:
    """Tell whether a stretch may end before a link that is so far from what changed."""
    if _is_fixed(link):
        return True
    sure = bool(link.src and link.tgt and link.p is not None and link.p >= SURE_BORDER)
    return away >= REACH_LINKS and sure


def _is_fixed(link: ReviewLink) -> bool:
    return link.held and bool(link.src and link.tgt)


def differing(at: int, old: Sequence[ReviewLink], new: Sequence[ReviewLink]) -> list[Hunk]:
    """Return where two lists of links of the same sentences differ, the last place first.

    >>> differing(0, [], [])
    []
    """
    ends_old, ends_new = ends_of(old), ends_of(new)
    common = sorted(ends_old.keys() & ends_new.keys())
    hunks: list[Hunk] = []
    a = b = 0
    start: tuple[int, int] | None = None
    for border in common:
        i, j = ends_old[border], ends_new[border]
        same = tuple(old[a:i]) == tuple(new[b:j])
        if same and start is not None:
            hunks.append(Hunk(at + start[0], tuple(old[start[0] : a]), tuple(new[start[1] : b])))
            start = None
        elif not same and start is None:
            start = a, b
        a, b = i, j
    if start is not None:
        hunks.append(Hunk(at + start[0], tuple(old[start[0] : a]), tuple(new[start[1] : b])))
    return hunks[::-1]


def ends_of(links: Sequence[ReviewLink]) -> dict[tuple[int, int], int]:
    """Return how many links end at each border, in sentences of both sides."""
    src = accumulate(len(link.src) for link in links)
    tgt = accumulate(len(link.tgt) for link in links)
    return {border: n for n, border in enumerate(zip(src, tgt, strict=True), start=1)}
