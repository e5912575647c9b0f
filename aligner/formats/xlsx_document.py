"""A workbook as a document: the texts of its cells, row by row, a cell a paragraph.

So two workbooks, one in each language, are a pair of documents, and one with a column in
each is a document in two languages, whose rows need not match. A workbook whose rows do
match is read as a bitext (see `xlsx`). Numbers and dates are no text. Where the first row
names the columns, only those of the texts are read: of both sides, or of the one there is.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from aligner.bitext import Document
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.review_table import Place, Placed, without_remarks
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.xlsx import sheets
from aligner.lang.column_names import role_of

_OURS: Final = "bitext"  # the sheet of texts in what we write
_SIDES: Final = frozenset({"zh", "en", "first", "second"})


def parse_xlsx(source: Source) -> Document:
    """Return the texts of a workbook.

    Raises:
        FormatError: It is no workbook, is damaged, unpacks to an absurd size or defines
            XML entities.
        ReadError: No cell holds text.
    """
    named = BitextSource(Path(source.name), source.name)
    blocks: list[str] = []
    told: dict[str, None] = {}
    with tempfile.TemporaryFile() as file:  # a process of its own reads it
        file.write(source.raw)
        file.seek(0)
        for sheet in sheets(named, file, prefer=_OURS):
            cells = list(_cells(sheet.rows))
            texts, notes = without_remarks(cells)
            if not notes:
                texts, notes = _one_column(cells, texts)
            blocks += texts
            told |= dict.fromkeys(notes)
    return document_from_blocks(source, blocks, notes=tuple(told))


def _cells(rows: Iterator[tuple[int, list[object]]]) -> Iterator[Placed]:
    """Yield the cells that hold text; rows are numbered from the first that does."""
    number = 0
    for _, cells in rows:
        texts = [(at, cell) for at, cell in enumerate(cells) if isinstance(cell, str)]
        filled = [(at, text) for at, text in texts if text.strip()]
        yield from (Placed(text, Place(0, number, at)) for at, text in filled)
        number += bool(filled)


def _one_column(cells: Sequence[Placed], texts: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Keep the one column that the first row calls a text, if it holds most of the text."""
    head = {one.place.column: one.text for one in cells if one.place and not one.place.row}
    named = [column for column, name in head.items() if role_of(name) in _SIDES]
    size: Counter[int] = Counter()
    for text, place in cells:
        if place and place.row:
            size[place.column] += len(text)
    if len(named) != 1 or not size or size.most_common(1)[0][0] != named[0]:
        return texts, ()
    kept = [t for t, place in cells if place and place.row and place.column == named[0]]
    others = [name for column, name in head.items() if column != named[0]]
    note = f"of the columns only {head[named[0]]} is read, without its head"
    return kept, (note + (f"; left out: {', '.join(others)}" if others else ""),)
