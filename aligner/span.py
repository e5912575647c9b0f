"""A range of characters or segments, a place in a file, the two languages: for every module.

Units: offsets are counted from 0, with `stop` not included; what a user counts (pages,
paragraphs, rows) from 1.
"""

from __future__ import annotations

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


class Span(NamedTuple):
    """A half-open range of characters or of segments."""

    start: int  # counted from 0
    stop: int  # not included

    @property
    def size(self) -> int:
        """How many items the range holds."""
        return self.stop - self.start
