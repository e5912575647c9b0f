"""A range of characters or segments, its place in a file or a film, the two languages.

Units: offsets are counted from 0, with `stop` not included; what a user counts (pages,
paragraphs, rows) from 1; times are seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
PlaceKind = Literal[
    "page",
    "slide",
    "sheet",
    "table",
    "row",
    "column",
    "cell",  # as a spreadsheet names it, such as B12
    "cue",  # of subtitles
    "time",  # of a cue, as the file writes it
    "line",
    "unit",  # of a bitext that has no lines, such as TMX
    "paragraph",
]
PlacePart = tuple[PlaceKind, int | str]
PlaceParts = tuple[PlacePart, ...]  # from the whole to the part, such as page, then paragraph
Times = tuple[float, float]  # from when to when something is shown


class Span(NamedTuple):
    """A half-open range of characters or of segments."""

    start: int  # counted from 0
    stop: int  # not included

    @property
    def size(self) -> int:
        """How many items the range holds."""
        return self.stop - self.start


class Shown(NamedTuple):
    """A range of a text, and when it is shown: a cue of subtitles."""

    span: Span
    start: float  # seconds
    end: float


def times_of(shown: Sequence[Shown], span: Span | None) -> Times | None:
    """Return from when to when a range of a text is shown; None if that is not known.

    Args:
        shown: Ranges of the text, rising and apart.
        span: The range asked for.

    Cost: the ranges that it touches, and the logarithm of their number.

    >>> cues = Shown(Span(0, 4), 1.0, 2.5), Shown(Span(4, 9), 2.5, 4.0)
    >>> times_of(cues, Span(2, 6)), times_of(cues, Span(9, 9))
    ((1.0, 4.0), None)
    """
    within = shown_within(shown, span) if span is not None and shown else ()
    return (min(s.start for s in within), max(s.end for s in within)) if within else None


def shown_within(shown: Sequence[Shown], span: Span) -> Sequence[Shown]:
    """Return the pieces that a range of a text touches (see `times_of`)."""
    first = last = bisect_right(shown, span.start, key=lambda each: each.span.stop)
    while last < len(shown) and shown[last].span.start < span.stop:
        last += 1
    return shown[first:last]
