"""Realign a session: after each correction the links round it are decoded again.

What is held (made or confirmed by a person) stays. The stretch that is decoded reaches to
the next held links; in a long text at most `REACH_LINKS` links beyond the correction, up to a
link that is all but sure, since what lies behind such links is not moved by it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from aligner.align import P_DIGITS
from aligner.align.held_lattice import HeldLattice
from aligner.align.realign import LatticeStep, realign
from aligner.align.weights import load_weights
from aligner.encode.protocol import Encoder
from aligner.review.edits import Group, Mint, with_ids
from aligner.review.values import Hunk, LinkStatus, ReviewLink, Sentence
from aligner.span import Lang, Span

REACH_LINKS: Final = 150  # links to either side of a correction that are decoded at least
SURE_BORDER: Final = 0.99  # p of a link at which a stretch may end


class Realigner:
    """Decodes a session again. `prepare` must have ended before it does anything.

    Args:
        encoder: Turns sentences into vectors.
        weights: Of the model, by name; those of the encoder if None.
        threads: How many threads compute.
    """

    def __init__(
        self, encoder: Encoder, *, weights: str | Path | None = None, threads: int = 2
    ) -> None:
        self._encoder = encoder
        self._weights = load_weights(weights or ("use" if encoder.dim else "length"))
        self._threads = threads
        self._lattice: HeldLattice | None = None
        self._keys: tuple[list[int], list[int]] = ([], [])
        self._lock = threading.Lock()
        self.borders: dict[int, float] = {}  # of the links that `prepare` saw, by their ids

    @property
    def ready(self) -> bool:
        """Whether links are realigned."""
        return self._lattice is not None

    def prepare(self, links: Sequence[ReviewLink]) -> None:
        """Score the whole pair: what takes a few seconds for a thousand sentences."""
        sides = _sides(links)
        if not all(sides):
            return
        texts = [[s.text for s in side] for side in sides]
        lattice = HeldLattice(
            *texts, encoder=self._encoder, weights=self._weights, threads=self._threads
        )
        whole = Span(0, len(sides[0])), Span(0, len(sides[1]))
        ends = {(s.s + s.x, s.t + s.y): s.border for s in realign(lattice, *whole)}
        places = _ends_of(links)
        with self._lock:
            self._keys = _keys(sides)
            self._lattice = lattice
            self.borders = {
                links[n - 1].id: round(ends[end], P_DIGITS)
                for end, n in places.items()
                if end in ends
            }

    def __call__(
        self, links: Sequence[ReviewLink], hunks: Sequence[Hunk], mint: Mint
    ) -> list[Hunk]:
        """Return what changes besides when links have changed (see `session.Realign`)."""
        lattice = self._lattice
        if lattice is None or not hunks:
            return []
        with self._lock:
            self._follow(lattice, links)
            first = min(hunk.at for hunk in hunks)
            last = max(hunk.at + max(1, len(hunk.after)) for hunk in hunks)
            found: list[Hunk] = []
            for start, stop in reversed(list(stretches(links, first, last))):
                found += _decoded(lattice, links, start, stop, mint)
            return found

    def _follow(self, lattice: HeldLattice, links: Sequence[ReviewLink]) -> None:
        """Let the lattice have the sentences that the links have now."""
        sides = _sides(links)
        now = _keys(sides)
        for lang, mine, keys, sentences in zip(get_args(Lang), self._keys, now, sides, strict=True):
            for old, new in reversed(changed_runs(mine, keys)):
                texts = [one.text for one in sentences[slice(*new)]]
                lattice.replace(lang, old.start, old.size, texts)
        self._keys = now


def changed_runs(old: Sequence[int], new: Sequence[int]) -> list[tuple[Span, Span]]:
    """Return which runs of two lists of keys face each other and differ.

    Keys are unique, and those of both lists stand in the same order.

    >>> changed_runs([1, 2, 3, 4], [1, 9, 8, 3, 4])
    [(Span(start=1, stop=2), Span(start=1, stop=3))]

    Cost: linear.
    """
    least = min(len(old), len(new))
    a, b = np.asarray(old, dtype=np.int64), np.asarray(new, dtype=np.int64)
    head = _alike(a[:least] == b[:least])  # what an action leaves alone is most of the text
    tail = _alike(a[::-1][: least - head] == b[::-1][: least - head])
    ends = len(old) - tail, len(new) - tail
    at = {key: n for n, key in enumerate(new[head : ends[1]], start=head)}
    kept = [(n, at[key]) for n, key in enumerate(old[head : ends[0]], start=head) if key in at]
    runs, i, j = [], head, head
    for n, m in [*kept, ends]:
        if n > i or m > j:
            runs.append((Span(i, n), Span(j, m)))
        i, j = n + 1, m + 1
    return runs


def _alike(same: NDArray[np.bool_]) -> int:
    """Return how many are true before the first that is not."""
    return len(same) if same.all() else int(same.argmin())


def _decoded(
    lattice: HeldLattice, links: Sequence[ReviewLink], start: int, stop: int, mint: Mint
) -> list[Hunk]:
    old = links[start:stop]
    before = [sum(len(side(link)) for link in links[:start]) for side in (_src, _tgt)]
    sides = _sides(old)
    src, tgt = (Span(at, at + len(side)) for at, side in zip(before, sides, strict=True))
    held = {s.key: link for link in old if link.held for s in link.sentences}
    alone = [
        [n for n, s in enumerate(side, start=at) if s.key in held]
        for at, side in zip(before, sides, strict=True)
    ]
    steps = realign(lattice, src, tgt, alone_zh=alone[0], alone_en=alone[1])
    new = _links(old, sides, steps, before, held, mint)
    return differing(start, old, new)


def stretches(links: Sequence[ReviewLink], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of links to decode when links first..last-1 have changed.

    Links that are held and have two sides are in none.
    """
    start, stop = first, last
    while start > 0 and not _ends(links[start - 1], first - start):
        start -= 1
    while stop < len(links) and not _ends(links[stop], stop - last):
        stop += 1
    begun = start
    for at in range(start, stop + 1):
        if at == stop or _is_fixed(links[at]):
            if any(not link.held for link in links[begun:at]):
                yield begun, at
            begun = at + 1


def _ends(link: ReviewLink, away: int) -> bool:
    """Tell whether a stretch may end before a link that is so far from what changed."""
    if _is_fixed(link):
        return True
    sure = bool(link.src and link.tgt and link.p is not None and link.p >= SURE_BORDER)
    return away >= REACH_LINKS and sure


def _is_fixed(link: ReviewLink) -> bool:
    return link.held and bool(link.src and link.tgt)


def _links(  # noqa: PLR0913, PLR0917 - a stretch, before and after
    old: Sequence[ReviewLink],
    sides: Sequence[Sequence[Sentence]],
    steps: Sequence[LatticeStep],
    before: Sequence[int],
    held: dict[int, ReviewLink],
    mint: Mint,
) -> tuple[ReviewLink, ...]:
    """Return the steps of a stretch as links, with the ids of those that they come from."""
    order: list[tuple[Group, LinkStatus]] = []
    known: list[tuple[float, float]] = []
    for step in steps:
        s, t = step.s - before[0], step.t - before[1]
        group = tuple(sides[0][s : s + step.x]), tuple(sides[1][t : t + step.y])
        kept = held.get((group[0] or group[1])[0].key)
        order.append((group, kept.status if kept else "auto"))
        p = 1.0 if kept else round(step.p, P_DIGITS)
        known.append((p, round(step.border, P_DIGITS)))
    return with_ids(old, order, mint, known)


def differing(at: int, old: Sequence[ReviewLink], new: Sequence[ReviewLink]) -> list[Hunk]:
    """Return where two lists of links of the same sentences differ, the last place first.

    >>> differing(0, [], [])
    []
    """
    ends_old, ends_new = _ends_of(old), _ends_of(new)
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


def _ends_of(links: Sequence[ReviewLink]) -> dict[tuple[int, int], int]:
    """Return how many links end at each border, in sentences of both sides."""
    src = accumulate(len(link.src) for link in links)
    tgt = accumulate(len(link.tgt) for link in links)
    return {border: n for n, border in enumerate(zip(src, tgt, strict=True), start=1)}


def _sides(links: Sequence[ReviewLink]) -> tuple[list[Sentence], list[Sentence]]:
    return [s for link in links for s in link.src], [s for link in links for s in link.tgt]


def _keys(sides: tuple[list[Sentence], list[Sentence]]) -> tuple[list[int], list[int]]:
    return [s.key for s in sides[0]], [s.key for s in sides[1]]


def _src(link: ReviewLink) -> tuple[Sentence, ...]:
    return link.src


def _tgt(link: ReviewLink) -> tuple[Sentence, ...]:
    return link.tgt
