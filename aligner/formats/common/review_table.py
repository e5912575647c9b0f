"""Tables in which a translation is reviewed: 序号, 原文, 译文, 备注 in a document.

Of such a table only the two columns of text are read: the head, the numbers and the
remarks are no part of either text. A table is one if its first row names both sides (see
`lang.column_names`) and the columns hold what it says: one Chinese, the other not. Any
other table is left as it is, whatever its first row says.

Cost: linear in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from aligner.formats.common.source import PlacedText
from aligner.lang.column_names import role_of, sides
from aligner.lang.marks_zh import HAN
from aligner.messages import N_, _
from aligner.span import PlaceParts

_NOTE: Final = N_("of a table with both texts, the columns {} and {} are read, without their head")
_HAN_HERE: Final = re.compile(f"[{HAN}]")
_MOST_COLUMNS: Final = 30
_LONGEST: Final = 60  # characters of a name
_MANY_HAN: Final = 0.2  # share of Han characters in a column, from which it is Chinese


class Place(NamedTuple):
    """Where a paragraph stands."""

    table: int  # a number of its own for each table
    row: int  # from 0
    column: int


class Placed(NamedTuple):
    """A paragraph, in a table or not."""

    text: str
    place: Place | None = None
    parts: PlaceParts = ()  # what a user is told of its place, if it is in no table
    heading: bool = False

    def told(self) -> PlacedText:
        """Return the paragraph as a document takes it."""
        parts = self.parts or (in_table(self.place) if self.place else ())
        return PlacedText(self.text, parts, self.heading)


def in_table(place: Place) -> PlaceParts:
    """Return a place in a table as a user counts it."""
    return ("table", place.table), ("row", place.row + 1), ("column", place.column + 1)


def without_remarks(paragraphs: Iterable[Placed]) -> tuple[list[PlacedText], tuple[str, ...]]:
    """Return the paragraphs, of review tables only the two texts, and notes of what is left out."""
    every = list(paragraphs)
    tables: dict[int, list[Placed]] = defaultdict(list)
    for one in every:
        if one.place is not None:
            tables[one.place.table].append(one)
    kept: dict[int, tuple[int, int]] = {}
    notes: dict[str, None] = {}
    for number, cells in tables.items():
        if found := _columns(cells):
            kept[number], note = found
            notes.setdefault(note)
    texts = [one.told() for one in every if _is_text(one.place, kept)]
    return texts, tuple(notes)


def _is_text(place: Place | None, kept: dict[int, tuple[int, int]]) -> bool:
    if place is None or place.table not in kept:
        return True
    return place.row > 0 and place.column in kept[place.table]


def _columns(cells: Sequence[Placed]) -> tuple[tuple[int, int], str] | None:
    """Return the two columns of a review table, and what to tell of it."""
    head: dict[int, str] = {}
    for cell in cells:
        text, place = cell.text.strip(), cell.place
        if place and not place.row and text:
            name = head.get(place.column, "")
            head[place.column] = name + text if len(name) <= _LONGEST else name
    if not 2 <= len(head) <= _MOST_COLUMNS:
        return None
    found, pair = sides([(role_of(name), column) for column, name in head.items()])
    first, second = pair or (found.get("zh", -1), found.get("en", -1))
    if first < 0 or _is_chinese(cells, first) == _is_chinese(cells, second):
        return None
    others = [name for column, name in head.items() if column not in {first, second}]
    note = _(_NOTE).format(head[first], head[second])
    note += _("; left out: {others}").format(others=", ".join(others)) if others else ""
    return (first, second), note


def _is_chinese(cells: Sequence[Placed], column: int) -> bool:
    text = "".join(c.text for c in cells if c.place and c.place.row and c.place.column == column)
    return len(_HAN_HERE.findall(text)) > _MANY_HAN * len(text)
