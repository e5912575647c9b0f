"""Find the copies of a block that have no partner, where the other side has fewer of them.

A block that was pasted twice has one translation, and that fits both copies alike. So a path
that leaves the first copy in its middle for the second one is as good as one that links a whole
copy, and there are many more of these. Where links cover a block about once in all, by length,
the first copy of those that stand together is linked and the others have no partner. Where
linked text stands between the copies, its order has told which one is linked; what is left of
the other, if that is little, was taken in by its neighbours.

Both sides may repeat a block as often: then every copy is covered, and nothing is changed.

Cost: linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.align.lattice import Step
from aligner.align.second_pass.stretches import SideFlags
from aligner.encode.length import estimate_tokens
from aligner.encode.protocol import Bools
from aligner.lang.copied_blocks import Copies, copied_blocks, same_lines

_CONCISE: Final = 1.25  # a translation may be so many times shorter than most, and yet whole
_SEAM: Final = 1  # sentence of a surplus copy that its neighbours take in
_LEAST_SEAM, _MOST_SEAM = 0.1, 0.3  # of a copy
_COVERED: Final = 0.9  # of a copy that is linked
_DECIMALS: Final = 4  # of what is covered, so that it is the same on every processor

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _CopiedBlock:
    """The copies of a block, and which of its lines are the same in all of them."""

    copies: Copies
    same: NDArray[np.int64]

    @classmethod
    def of(cls, copies: Copies, keys: Sequence[str]) -> _CopiedBlock:
        lines = zip(*(keys[slice(*copy)] for copy in copies), strict=True)
        same = [n for n, line in enumerate(lines) if len(set(line)) == 1]
        return cls(copies, np.array(same, dtype=np.int64))


def surplus_copies(
    texts: tuple[Sequence[str], Sequence[str]],
    steps: Sequence[Step],
    known: SideFlags | None = None,
) -> SideFlags | None:
    """Return which sentences of both sides are a copy without partner; None if none is.

    Args:
        texts: The Chinese and the English sentences.
        steps: Their best path.
        known: Which sentences are known to have no partner.
    """
    keys = [same_lines(side) for side in texts]
    blocks = [[_CopiedBlock.of(copies, own) for copies in copied_blocks(own)] for own in keys]
    if not any(blocks):
        return None
    flags = tuple(np.zeros(len(side), dtype=bool) for side in texts)
    lengths = tuple(np.array(list(map(estimate_tokens, side)), dtype=np.float64) for side in texts)
    shares = _shares(steps, (lengths[0], lengths[1]))
    for side in range(2):
        own = None if known is None else known[side]
        for block in blocks[side]:
            if not len(block.same):
                continue
            for number in _surplus(block, shares[side], lengths[side], own):
                flags[side][block.copies[number].start + block.same] = True
    return (flags[0], flags[1]) if flags[0].any() or flags[1].any() else None


def _shares(steps: Sequence[Step], lengths: tuple[Doubles, Doubles]) -> tuple[Doubles, Doubles]:
    """Return what part of each sentence is translated, as far as the lengths of its link tell."""
    shares = np.zeros(len(lengths[0])), np.zeros(len(lengths[1]))
    table = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4)
    s, t, x, y = table[(table[:, 2] > 0) & (table[:, 3] > 0)].T
    before = [np.concatenate([[0.0], np.cumsum(side)]) for side in lengths]
    zh, en = before[0][s + x] - before[0][s], before[1][t + y] - before[1][t]
    longer = (en / zh) * (zh.sum() / max(1.0, en.sum()))  # than a translation mostly is
    for share, at, size, part in ((shares[0], s, x, longer), (shares[1], t, y, 1.0 / longer)):
        first = np.repeat(at - np.cumsum(size) + size, size)
        own = (_CONCISE * part).clip(max=1.0)
        share[first + np.arange(len(first))] = np.repeat(own, size)
    return shares


def _surplus(
    block: _CopiedBlock, share: Doubles, length: Doubles, known: Bools | None
) -> Iterator[int]:
    """Yield the numbers of the copies that have no partner."""
    copies = block.copies
    cover = _covers(block, share, length)
    seam = min(_MOST_SEAM, max(_LEAST_SEAM, _SEAM / len(block.same)))
    for group in _groups(copies, share):
        free = [k for k in group if known is None or not known[slice(*copies[k])].any()]
        total = float(cover[free].sum())
        kept = ceil(round(total - seam, _DECIMALS))
        remains = total > 0.0 and (np.delete(cover, group) >= _COVERED).any()
        if kept > 0 or remains:
            yield from free[max(0, kept) :]


def _covers(block: _CopiedBlock, share: Doubles, length: Doubles) -> Doubles:
    """Return how much of each copy is translated, from 0 to 1. Shape (copies,)."""
    weights = length[block.copies[0].start + block.same]
    weights /= weights.sum()
    return np.array([share[copy.start + block.same] @ weights for copy in block.copies])


def _groups(copies: Copies, share: Doubles) -> Iterator[list[int]]:
    """Yield the numbers of the copies between which nothing is linked."""
    group = [0]
    for number in range(1, len(copies)):
        between = slice(copies[number - 1].stop, copies[number].start)
        if share[between].any():
            yield group
            group = []
        group.append(number)
    yield group
