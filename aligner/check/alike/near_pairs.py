"""Segments that differ in one place, without comparing all with all.

Two sequences that differ in one place share what stands before it or what stands behind it,
and one of the two is at least as long as the place is far from the other end. So among all
sequences sorted, and sorted again from their ends, they stand close to each other: each is
compared with its `_REACH` neighbours in both orders.

Cost: that of sorting, n log n.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.span import Span

_REACH: Final = 2


class NearPair(NamedTuple):
    """Two sequences that are equal but for one place."""

    one: int  # number of the sequence, the smaller one
    other: int
    one_span: Span  # of words that differ; may be empty on one side
    other_span: Span


def near_pairs(sequences: Sequence[tuple[str, ...]], *, most: int, share: float) -> list[NearPair]:
    """Return the pairs that differ in one place, in order.

    Args:
        sequences: Words; each stands only once.
        most: Words that the place may have.
        share: Of the words of the longer one that are equal, at least.

    >>> near_pairs([("a", "b", "c", "d"), ("a", "x", "c", "d")], most=1, share=0.7)
    [NearPair(one=0, other=1, one_span=Span(start=1, stop=2), other_span=Span(start=1, stop=2))]
    """
    found = set()
    for one, other in _neighbours(sequences):
        pair = _compared(one, other, sequences, most)
        longest = max(len(sequences[one]), len(sequences[other]))
        if pair and longest - max(pair.one_span.size, pair.other_span.size) >= share * longest:
            found.add(pair)
    return sorted(found)


def _neighbours(sequences: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    forward = sorted(range(len(sequences)), key=lambda n: (sequences[n], n))
    backward = sorted(range(len(sequences)), key=lambda n: (sequences[n][::-1], n))
    for order in (forward, backward):
        for at, one in enumerate(order):
            for other in order[at + 1 : at + 1 + _REACH]:
                yield min(one, other), max(one, other)


def _compared(
    one: int, other: int, sequences: Sequence[tuple[str, ...]], most: int
) -> NearPair | None:
    a, b = sequences[one], sequences[other]
    if abs(len(a) - len(b)) > most:
        return None
    shorter = min(len(a), len(b))
    head = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if a[-1 - n] != b[-1 - n]), left)
    spans = Span(head, len(a) - tail), Span(head, len(b) - tail)
    if max(span.size for span in spans) > most:
        return None
    return NearPair(one, other, *spans)
