"""The scores of a stretch of a document under review, from which it is decoded again.

The sentences of a window are scored as a text of their own; that is the whole document where
it is short. A window knows its first and last sentences by their ids, so that it finds
itself again whatever was done before it, and follows what was done inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from aligner.align import P_DIGITS
from aligner.align.held_lattice import HeldLattice
from aligner.align.realign import LatticeStep, realign
from aligner.align.second_pass.clause_weights import SecondWeights
from aligner.align.weights import Weights
from aligner.encode.protocol import Encoder
from aligner.review.edits import Group, Mint, with_ids
from aligner.review.stretches_again import differing, ends_of
from aligner.review.values import Hunk, LinkStatus, ReviewLink, Sentence
from aligner.span import Lang, Span

FAR_WINDOWS: Final = 3  # times its own size that a window is looked for round an edit

Sides = tuple[list[Sentence], list[Sentence]]
GroupKeys = tuple[tuple[int, ...], tuple[int, ...]]
FirstChances = dict[GroupKeys, float]  # of links, by the keys of their sentences


class LatticeWindow:
    """Scores of some links that follow each other.

    Args:
        links: The links; both sides have a sentence.
        encoder: Turns sentences into vectors.
        weights: Of the model.
        second: Of the second pass; those that ship if None.
        whole: Whether they are all links of the document, whatever becomes of them.
        threads: How many threads compute.

    Cost: that of aligning the sentences.
    """

    def __init__(  # noqa: PLR0913 - two models of weights
        self,
        links: Sequence[ReviewLink],
        encoder: Encoder,
        weights: Weights,
        *,
        second: SecondWeights | None = None,
        whole: bool,
        threads: int,
    ) -> None:
        sides = sides_of(links)
        texts = [[s.text for s in side] for side in sides]
        self._lattice = HeldLattice(
            *texts, encoder=encoder, weights=weights, second=second, threads=threads
        )
        self._size, self._whole = len(links), whole
        self._keys = _keys(sides)
        self._ends = _ends(sides)
        self._at_first: FirstChances = {}
        self.borders = self._borders(links, sides)

    def _borders(self, links: Sequence[ReviewLink], sides: Sides) -> dict[int, float]:
        """Return the posteriors of the ends of the links, by their ids."""
        whole = Span(0, len(sides[0])), Span(0, len(sides[1]))
        steps = realign(self._lattice, *whole, begins=True)
        self._at_first = {_group_keys(_group(step, sides)): step.p for step in steps}
        ends = {(s.s + s.x, s.t + s.y): s.border for s in steps}
        return {
            links[n - 1].id: round(ends[end], P_DIGITS)
            for end, n in ends_of(links).items()
            if end in ends
        }

    def find(self, links: Sequence[ReviewLink], at: int) -> tuple[int, int] | None:
        """Return which links near a place the window has now; None if not near, or not whole.

        Cost: that of a few windows; of a whole document nothing.
        """
        if self._whole:
            return 0, len(links)
        start = max(0, at - FAR_WINDOWS * self._size)
        near = links[start : at + FAR_WINDOWS * self._size]
        firsts, lasts = set(self._ends[0]), set(self._ends[1])
        touched = [n for n, one in enumerate(near) for s in one.sentences if s.id in firsts | lasts]
        if not touched:
            return None
        found = near[touched[0] : touched[-1] + 1]
        if _ends(sides_of(found)) != self._ends:
            return None
        return start + touched[0], start + touched[-1] + 1

    def follow(self, links: Sequence[ReviewLink]) -> None:
        """Let the lattice have the sentences that its links have now."""
        sides = sides_of(links)
        now = _keys(sides)
        for lang, mine, keys, sentences in zip(get_args(Lang), self._keys, now, sides, strict=True):
            for old, new in reversed(changed_runs(mine, keys)):
                texts = [one.text for one in sentences[slice(*new)]]
                self._lattice.replace(lang, old.start, old.size, texts)
        self._keys = now

    def decoded(self, links: Sequence[ReviewLink], start: int, stop: int, mint: Mint) -> list[Hunk]:
        """Return what changes where links start..stop-1 of the window are decoded again."""
        old = links[start:stop]
        before = [sum(len(side(link)) for link in links[:start]) for side in (_src, _tgt)]
        sides = sides_of(old)
        src, tgt = (Span(at, at + len(side)) for at, side in zip(before, sides, strict=True))
        held = {s.key: link for link in old if link.held for s in link.sentences}
        alone = [
            [n for n, s in enumerate(side, start=at) if s.key in held]
            for at, side in zip(before, sides, strict=True)
        ]
        steps = realign(self._lattice, src, tgt, alone_zh=alone[0], alone_en=alone[1])
        steps = [step._replace(s=step.s - src.start, t=step.t - tgt.start) for step in steps]
        new = _links(old, sides, [self._raised(step, sides) for step in steps], held, mint)
        return differing(start, old, new)

    def _raised(self, step: LatticeStep, sides: Sides) -> LatticeStep:
        """Return a step, with what to say of it if corrections round it made it likelier."""
        first = self._at_first.get(_group_keys(_group(step, sides)))
        return step._replace(p=raised(first, step.p))


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


def _links(
    old: Sequence[ReviewLink],
    sides: Sides,
    steps: Sequence[LatticeStep],
    held: dict[int, ReviewLink],
    mint: Mint,
) -> tuple[ReviewLink, ...]:
    """Return the steps of a stretch as links, with the ids of those that they come from."""
    order: list[tuple[Group, LinkStatus]] = []
    known: list[tuple[float, float]] = []
    for step in steps:
        group = _group(step, sides)
        kept = held.get((group[0] or group[1])[0].key)
        order.append((group, kept.status if kept else "auto"))
        p = 1.0 if kept else round(step.p, P_DIGITS)
        known.append((p, round(step.border, P_DIGITS)))
    return with_ids(old, order, mint, known)


def raised(first: float | None, now: float) -> float:
    """Return what to say of a link that corrections round it have made likelier.

    The model takes its own evidence for independent of what a person confirms beside it, and
    is surer than it should be: of links raised to .9 to .99, 13 in 100 were wrong on novels
    (scripts/measure/review.py). So the logit goes half the way.

    Args:
        first: The link's posterior before any correction; None if it was not there.
        now: Its posterior under all that is confirmed.

    >>> round(raised(0.5, 0.9), 2), raised(0.5, 0.4), raised(None, 0.9)
    (0.75, 0.4, 0.9)
    """
    if first is None or now <= first or first <= 0.0 or now >= 1.0:
        return now
    odds = math.sqrt(first / (1.0 - first) * now / (1.0 - now))  # the mean of both logits
    return odds / (1.0 + odds)


def _group(step: LatticeStep, sides: Sides) -> Group:
    """Return the sentences of a step that is counted from the begin of both sides."""
    src, tgt = sides
    return tuple(src[step.s : step.s + step.x]), tuple(tgt[step.t : step.t + step.y])


def _group_keys(group: Group) -> GroupKeys:
    return tuple(s.key for s in group[0]), tuple(s.key for s in group[1])


def sides_of(links: Sequence[ReviewLink]) -> Sides:
    """Return the sentences of both sides."""
    return [s for link in links for s in link.src], [s for link in links for s in link.tgt]


def _keys(sides: Sides) -> tuple[list[int], list[int]]:
    return [s.key for s in sides[0]], [s.key for s in sides[1]]


def _ends(sides: Sides) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ids of the first sentences of both sides, and of the last ones."""
    if not all(sides):
        return (), ()
    return tuple(side[0].id for side in sides), tuple(side[-1].id for side in sides)


def _src(link: ReviewLink) -> tuple[Sentence, ...]:
    return link.src


def _tgt(link: ReviewLink) -> tuple[Sentence, ...]:
    return link.tgt
