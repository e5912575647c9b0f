"""A range of characters or segments, and the two languages: what every module may use.

Units: offsets are counted from 0, with `stop` not included.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Span(NamedTuple):
    """A half-open range of characters or of segments."""

    start: int  # counted from 0
    stop: int  # not included

    @property
    def size(self) -> int:
        """How many items the range holds."""
        return self.stop - self.start
