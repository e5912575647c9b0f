"""Which mark stands between the cells of a CSV file: a comma, a semicolon, a tab or a bar.

Cells are taken apart by the rules of CSV, so that a mark in a quoted cell counts for
nothing. A first row that names the two languages settles it; else the mark under which
the first rows have the same number of cells, or that the first row has most of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from aligner.lang.column_names import role_of, sides

MARKS: Final = ",;\t|"
LOOK: Final = 20  # lines that are enough
_LONGEST: Final = 100_000  # characters of a line


def delimiter_of(lines: Sequence[str], marks: str = MARKS) -> str:
    """Return the delimiter of a table of text.

    >>> delimiter_of(['"术语";"对应, 英语"', '"滤芯";"filter, element"'])
    ';'

    Args:
        lines: The first ones of the file, with their line ends.
        marks: Those that may be it; the first one is, if nothing speaks for another.
    """
    first = [line[:_LONGEST] for line in lines if line.strip()][:LOOK]
    tables = {mark: list(islice(_rows(first, mark), LOOK)) for mark in marks}
    return max(marks, key=lambda mark: (_weight(tables[mark]), -marks.index(mark)))


def names_sides(cells: Sequence[str]) -> bool:
    """Tell whether a row names the columns of two languages or of two sides."""
    known, pair = sides([(role_of(cell), number) for number, cell in enumerate(cells)])
    return bool(known) or pair is not None


def _weight(rows: Sequence[list[str]]) -> tuple[bool, bool, int]:
    widths = {len(row) for row in rows}
    first = rows[0] if rows else []
    return names_sides(first), len(widths) == 1 and widths != {1} and len(rows) > 1, len(first)


def _rows(lines: Sequence[str], mark: str) -> Iterator[list[str]]:
    """Yield the rows as far as quotation marks match; the last line may be half a row."""
    reader = csv.reader(lines, delimiter=mark, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            return
        if row is None:
            return
        yield row
