"""Glossaries as tables: delimited text and spreadsheets.

Reading: a row's number is that of a spreadsheet: blank rows count, and a cell of several
lines makes one row. A spreadsheet is read with the values that its formulas had when it
was saved. All its sheets are read whose first row names the two languages.

Writing: the columns are zh, en, status, count, consistency and note, one target a row. Nothing in a
spreadsheet is ever a formula, a link or a number by accident, whatever a term begins
with. A CSV file begins with a byte-order mark, without which Excel misreads Chinese.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from aligner.errors import ExportError, FormatError, ReadError
from aligner.formats.common.decode import decode
from aligner.formats.common.delimiter import LOOK, MARKS, delimiter_of
from aligner.formats.common.file_kind import kind_of
from aligner.formats.common.glossary_rows import (
    HEADER_HINT,
    GlossaryRow,
    GlossaryTable,
    names_languages,
    read_rows,
)
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.source import Source
from aligner.formats.common.unit_rows import one_line
from aligner.formats.common.workbook import CELL, LINES, workbook
from aligner.formats.common.writing import write_text
from aligner.formats.common.xml_writing import xml_text
from aligner.formats.xlsx_process import MOST_SHEET_ROWS
from aligner.formats.xlsx_sheets import sheets
from aligner.glossary.entries import Glossary
from aligner.messages import N_, _, library_words, reason_of

_DELIMITERS: Final = {".tsv": "\t", ".txt": "\t,;|", ".tab": "\t"}
_LINE_END: Final = re.compile("\r\n|[\r\n]")
_SAVE_AGAIN: Final = N_("open it in a spreadsheet program and save it again as .xlsx")


def read_glossary_text(source: Source) -> tuple[GlossaryTable, tuple[str, ...]]:
    """Return what a table of delimited text says, and notes on the reading.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: They are of another kind, quotation marks do not match, or the first
            row does not name both languages.
    """
    suffix = Path(source.name).suffix.lower()
    kind = kind_of(source.raw)
    if kind is not None:
        raise FormatError(
            _("{name}: looks like {what}, not a table of text").format(
                name=source.name, what=kind.what
            ),
            hint=_("give it the suffix of what it is, such as .xlsx, or save it as .csv"),
        )
    decoded = decode(source.raw, source.name, encoding=source.encoding)
    text = decoded.text.replace("\0", " ")
    lines = islice(io.StringIO(text, newline=""), LOOK)
    delimiter = delimiter_of(list(lines), _DELIMITERS.get(suffix, MARKS))
    try:
        table = read_rows(_rows(text, source.name, delimiter), source.name)
    except FormatError:
        if delimiter != "\t" or '"' not in text:
            raise
        # many programs write quotation marks into such files as they stand
        table = read_rows(_bare_rows(text), source.name)
    return table, decoded.notes


def _rows(text: str, name: str, delimiter: str) -> Iterator[GlossaryRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield GlossaryRow(_("row {number}").format(number=number), cells)
    except csv.Error as error:
        raise FormatError(
            _("{name}: row {number}: quotation marks do not match: {error}").format(
                name=name, number=number + 1, error=library_words(error)
            ),
            hint=_('put a cell that holds a quotation mark into " and write it twice inside'),
        ) from error


def _bare_rows(text: str) -> Iterator[GlossaryRow]:
    """Yield the rows of a table whose quotation marks are part of the text."""
    for number, line in enumerate(_lines(text), start=1):
        yield GlossaryRow(_("row {number}").format(number=number), line.split("\t"))


def _lines(text: str) -> Iterator[str]:
    at = 0
    for end in _LINE_END.finditer(text):
        yield text[at : end.start()]
        at = end.end()
    yield text[at:]


def read_glossary_xlsx(source: Source) -> tuple[GlossaryTable, tuple[str, ...]]:
    """Return what the sheets of a workbook say, and notes on the reading.

    Raises:
        FormatError: The bytes are no workbook, are damaged or unpack to an absurd size,
            or no sheet has a first row that names both languages.
    """
    if not source.raw.startswith(b"PK"):
        kind = kind_of(source.raw)
        what = _("looks like {what}, so it is").format(what=kind.what) if kind else "is"
        raise FormatError(
            _("{name}: {what} no .xlsx").format(name=source.name, what=what), hint=_(_SAVE_AGAIN)
        )
    told: list[str] = []
    found = _workbook(source, told)
    if not found:
        raise FormatError(
            _("{name}: there is nothing in it").format(name=source.name), hint=_(HEADER_HINT)
        )
    named = [(title, rows) for title, rows in found if names_languages(rows[0])]
    notes = tuple(
        _("the sheet {title!r} was not read: its first row does not name both languages").format(
            title=title
        )
        for title, rows in found
        if named and not names_languages(rows[0])
    )
    tables = [read_rows(rows, source.name) for _other, rows in named or found[:1]]
    return _together(tables), (*notes, *told)


def _workbook(source: Source, told: list[str]) -> list[tuple[str, list[GlossaryRow]]]:
    """Return the name and the rows of each sheet that is not blank; put down what to tell."""
    found: dict[str, list[tuple[int, list[Any]]]] = {}
    with _as_file(source) as file:
        for sheet in sheets(BitextSource(Path(source.name), source.name), file):
            found[sheet.name] = [
                (number, cells)
                for number, cells in sheet.rows
                if number <= MOST_SHEET_ROWS and cells.count(None) < len(cells)
            ]
            told += sheet.valueless.notes()
    start = _("sheet {}, row {}") if len(found) > 1 else _("row {1}")
    return [
        (title, [_sheet_row(cells, start.format(title, n)) for n, cells in rows])
        for title, rows in found.items()
        if rows
    ]


def _as_file(source: Source) -> BinaryIO:
    """Return the bytes as a file that another process can read."""
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who uses it
        file.write(source.raw)
        file.seek(0)
    except OSError as error:
        raise ReadError(
            _("{name}: no room for a temporary file: {reason}").format(
                name=source.name, reason=reason_of(error)
            ),
            hint=_("free some space, or name another folder in TMPDIR"),
        ) from error
    return file


def _sheet_row(cells: list[Any], place: str) -> GlossaryRow:
    while cells[-1] is None:
        cells.pop()
    # spreadsheet programs make dates of terms such as 3-5
    dates = frozenset(k for k, value in enumerate(cells) if isinstance(value, dict))
    return GlossaryRow(place, [_cell(value) for value in cells], dates)


def _cell(value: object) -> str:
    """Return a cell's value as its text."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value["date"])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _together(tables: list[GlossaryTable]) -> GlossaryTable:
    return GlossaryTable(
        list(chain.from_iterable(table.statements for table in tables)),
        list(chain.from_iterable(table.problems for table in tables)),
        tuple(dict.fromkeys(chain.from_iterable(table.unread for table in tables))),
    )


class TargetLine(NamedTuple):
    """One target of a term, as text."""

    zh: str
    en: str
    status: str
    places: str
    consistency: str
    note: str


_COLUMNS: Final = ("zh", "en", "status", "count", "consistency", "note")

_WIDTHS: Final = (28, 52, 12, 8, 12, 60)  # of the columns, in characters
_NUMBERS: Final = frozenset({3, 4})  # columns that a spreadsheet sorts and sums


def _target_lines(glossary: Glossary) -> Iterator[TargetLine]:
    """Yield every target of every entry, each text on one line, without control characters."""
    for entry in glossary.entries:
        for target in entry.targets:
            figures = (target.count, target.consistency)
            counted = ("" if figure is None else f"{figure:g}" for figure in figures)
            texts = (entry.src, target.text, target.status, *counted, target.note)
            yield TargetLine(*(one_line(xml_text(text)) for text in texts))


def write_glossary_csv(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write commas, quotation marks where they are needed, and a byte-order mark."""
    return _write_text(glossary, path, ",", "\ufeff")


def write_glossary_tsv(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write tabs, and quotation marks where they are needed."""
    return _write_text(glossary, path, "\t", "")


def _write_text(glossary: Glossary, path: Path, delimiter: str, mark: str) -> tuple[Path, ...]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_target_lines(glossary))
    return (write_text(path, mark + text.getvalue()),)


def write_glossary_xlsx(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write one sheet, `glossary`.

    Raises:
        ExportError: A text is longer than a cell may be, or there are too many targets.
    """
    if (size := sum(len(entry.targets) for entry in glossary.entries)) > LINES:
        raise ExportError(
            _("{path}: {size} targets, a sheet holds {lines}").format(
                path=path, size=size, lines=LINES
            ),
            hint=_("write csv"),
        )
    with workbook(path) as book:
        sheet = book.add_worksheet("glossary")
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        figure = book.add_format({"valign": "top"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, figure if column in _NUMBERS else wrap)
            sheet.write_string(0, column, _COLUMNS[column], head)
        for number, line in enumerate(_target_lines(glossary), start=1):
            for column, text in enumerate(line):
                if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL:
                    raise ExportError(
                        _("{path}: {zh}: {count} characters, a cell holds {cell}").format(
                            path=path, zh=line.zh, count=len(text), cell=CELL
                        ),
                        hint=_("write csv"),
                    )
                if text and column in _NUMBERS:
                    sheet.write_number(number, column, float(text), figure)
                else:
                    sheet.write_string(number, column, text, wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(size, 1), len(_COLUMNS) - 1)
    return (path,)
