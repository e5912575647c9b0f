"""A glossary as a table: CSV, TSV or a spreadsheet, with one target a row.

The columns are zh, en, status and note, as `read_glossary` reads them. Nothing in a
spreadsheet is ever a formula, a link or a number by accident, whatever a term begins
with. A CSV file begins with a byte-order mark, without which Excel misreads Chinese.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from aligner.errors import ExportError
from aligner.formats.common.unit_rows import one_line
from aligner.formats.common.workbook import CELL, LINES, workbook
from aligner.formats.common.writing import write_text
from aligner.formats.common.xml_writing import xml_text
from aligner.glossary.entries import Glossary


class TargetLine(NamedTuple):
    """One target of a term; the names are those of the columns."""

    zh: str
    en: str
    status: str
    note: str


_WIDTHS: Final = (28, 52, 12, 60)  # of the columns, in characters


def lines(glossary: Glossary) -> Iterator[TargetLine]:
    """Yield every target of every entry, each text on one line, without control characters."""
    for entry in glossary.entries:
        for target in entry.targets:
            texts = (entry.src, target.text, target.status, target.note)
            yield TargetLine(*(one_line(xml_text(text)) for text in texts))


def write_csv(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write commas, quotation marks where they are needed, and a byte-order mark."""
    return _write_text(glossary, path, ",", "\ufeff")


def write_tsv(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write tabs, and quotation marks where they are needed."""
    return _write_text(glossary, path, "\t", "")


def _write_text(glossary: Glossary, path: Path, delimiter: str, mark: str) -> tuple[Path, ...]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(TargetLine._fields)
    writer.writerows(lines(glossary))
    return (write_text(path, mark + text.getvalue()),)


def write_xlsx(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write one sheet, `glossary`.

    Raises:
        ExportError: A text is longer than a cell may be, or there are too many targets.
    """
    if (size := sum(len(entry.targets) for entry in glossary.entries)) > LINES:
        raise ExportError(f"{path}: {size} targets, a sheet holds {LINES}", hint="write csv")
    with workbook(path) as book:
        sheet = book.add_worksheet("glossary")
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, wrap)
            sheet.write_string(0, column, TargetLine._fields[column], head)
        for number, line in enumerate(lines(glossary), start=1):
            for column, text in enumerate(line):
                if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL:
                    raise ExportError(
                        f"{path}: {line.zh}: {len(text)} characters, a cell holds {CELL}",
                        hint="write csv",
                    )
                sheet.write_string(number, column, text, wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(size, 1), len(TargetLine._fields) - 1)
    return (path,)
