"""Of ranges that overlap, keep the longest."""

from __future__ import annotations

from collections.abc import Collection

from aligner.span import Span


def longest_apart(spans: Collection[Span]) -> list[Span]:
    """Return ranges of which none overlap: the longest first, of equal ones the first.

    They come in the order of their places. Cost: that of sorting them, and linear in
    what they cover.

    >>> longest_apart([Span(0, 3), Span(2, 6), Span(5, 7)])
    [Span(start=2, stop=6)]
    """
    taken = bytearray(max((span.stop for span in spans), default=0))
    kept = []
    for span in sorted(spans, key=lambda s: (-s.size, s.start)):
        # what was taken before is as long or longer, so it would cover one of the ends
        if not taken[span.start] and not taken[span.stop - 1]:
            taken[slice(*span)] = b"\1" * span.size
            kept.append(span)
    return sorted(kept)
