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
from aligner.formats.common.source import PlacedText, Source, document_from_blocks
from aligner.formats.xlsx_sheets import column_letters, sheets
from aligner.lang.column_names import role_of
from aligner.messages import _
from aligner.span import PlaceParts

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
    blocks: list[PlacedText] = []
    told: dict[str, None] = {}
    with tempfile.TemporaryFile() as file:  # a process of its own reads it
        file.write(source.raw)
        file.seek(0)
        for sheet in sheets(named, file, prefer=_OURS):
            cells = list(_cells(sheet.name, sheet.rows))
            texts, notes = without_remarks(cells)
            if not notes:
                texts, notes = _one_column(cells, texts)
            blocks += texts
            told |= dict.fromkeys((*notes, *sheet.valueless.notes()))
    return document_from_blocks(source, blocks, notes=tuple(told))


def _cells(sheet: str, rows: Iterator[tuple[int, list[object]]]) -> Iterator[Placed]:
    """Yield the cells that hold text; rows are numbered from the first that does."""
    number = 0
    for line, cells in rows:
        texts = [(at, cell) for at, cell in enumerate(cells) if isinstance(cell, str)]
        filled = [(at, text) for at, text in texts if text.strip()]
        for at, text in filled:
            parts: PlaceParts = ("sheet", sheet), ("cell", f"{column_letters(at)}{line}")
            yield Placed(text, Place(0, number, at), parts)
        number += bool(filled)


def _one_column(
    cells: Sequence[Placed], texts: list[PlacedText]
) -> tuple[list[PlacedText], tuple[str, ...]]:
    """Keep the one column that the first row calls a text, if it holds most of the text."""
    head = {one.place.column: one.text for one in cells if one.place and not one.place.row}
    named = [column for column, name in head.items() if role_of(name) in _SIDES]
    size: Counter[int] = Counter()
    for cell in cells:
        if cell.place and cell.place.row:
            size[cell.place.column] += len(cell.text)
    if len(named) != 1 or not size or size.most_common(1)[0][0] != named[0]:
        return texts, ()
    kept = [c.told() for c in cells if c.place and c.place.row and c.place.column == named[0]]
    others = [name for column, name in head.items() if column != named[0]]
    note = _("of the columns only {head} is read, without its head").format(head=head[named[0]])
    return kept, (
        note + (_("; left out: {others}").format(others=", ".join(others)) if others else ""),
    )
