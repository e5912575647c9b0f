"""Tables of delimited text, and spreadsheets: a file's bytes to rows of cells.

A row's number is that of a spreadsheet: blank rows count, and a cell of several lines
makes one row. A spreadsheet is read with the values that its formulas had when it was
saved. All its sheets are read whose first row names the two languages.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain
from typing import Any, Final

from aligner.bitexts.xlsx import check_workbook
from aligner.errors import FormatError
from aligner.glossary.rows import HEADER_HINT, Row, Table, names_languages, read_rows
from aligner.read.decode import decode
from aligner.read.sniff import kind_of
from aligner.read.source import Source

_DELIMITERS: Final = {".csv": ",;\t", ".tsv": "\t", ".txt": "\t,;", ".tab": "\t"}
_LINE_END: Final = re.compile("\r\n|[\r\n]")
_MOST_ROWS: Final = 1_048_576  # of a sheet, Excel's limit
_MOST_COLUMNS: Final = 100  # that a glossary may need; a sheet has up to 16,384
_SAVE_AGAIN: Final = "open it in a spreadsheet program and save it again as .xlsx"


def read_text_table(source: Source, suffix: str) -> tuple[Table, tuple[str, ...]]:
    """Return what a table of delimited text says, and notes on the reading.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: They are of another kind, quotation marks do not match, or the first
            row does not name both languages.
    """
    kind = kind_of(source.raw)
    if kind is not None:
        raise FormatError(
            f"{source.name}: looks like {kind.what}, not a table of text",
            hint="give it the suffix of what it is, such as .xlsx, or save it as .csv",
        )
    decoded = decode(source.raw, source.name, encoding=source.encoding)
    text = decoded.text.replace("\0", " ")
    delimiter = _delimiter(text, _DELIMITERS.get(suffix, ",;\t"))
    try:
        table = read_rows(_rows(text, source.name, delimiter), source.name)
    except FormatError:
        if delimiter != "\t" or '"' not in text:
            raise
        # many programs write quotation marks into such files as they stand
        table = read_rows(_bare_rows(text), source.name)
    return table, decoded.notes


def _delimiter(text: str, choices: str) -> str:
    """Return the delimiter under which the first row names both languages."""
    first = next((line for line in _lines(text) if line.strip()), "")
    return next(
        (mark for mark in choices if names_languages(Row("", _unquoted(first, mark)))), choices[0]
    )


def _unquoted(line: str, mark: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(mark)]


def _rows(text: str, name: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(f"row {number}", cells)
    except csv.Error as error:
        raise FormatError(
            f"{name}: row {number + 1}: quotation marks do not match: {error}",
            hint='put a cell that holds a quotation mark into " and write it twice inside',
        ) from error


def _bare_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a table whose quotation marks are part of the text."""
    for number, line in enumerate(_lines(text), start=1):
        yield Row(f"row {number}", line.split("\t"))


def _lines(text: str) -> Iterator[str]:
    at = 0
    for end in _LINE_END.finditer(text):
        yield text[at : end.start()]
        at = end.end()
    yield text[at:]


def read_xlsx(source: Source) -> tuple[Table, tuple[str, ...]]:
    """Return what the sheets of a workbook say, and notes on the reading.

    Raises:
        FormatError: The bytes are no workbook, are damaged or unpack to an absurd size,
            or no sheet has a first row that names both languages.
    """
    if not source.raw.startswith(b"PK"):
        kind = kind_of(source.raw)
        what = f"looks like {kind.what}, so it is" if kind else "is"
        raise FormatError(f"{source.name}: {what} no .xlsx", hint=_SAVE_AGAIN)
    try:
        check_workbook(io.BytesIO(source.raw), source.name)
    except FormatError as error:
        raise FormatError(str(error), hint=_SAVE_AGAIN) from error
    found = _workbook(source)
    if not found:
        raise FormatError(f"{source.name}: there is nothing in it", hint=HEADER_HINT)
    named = [(title, rows) for title, rows in found if names_languages(rows[0])]
    notes = tuple(
        f"the sheet {title!r} was not read: its first row does not name both languages"
        for title, rows in found
        if named and not names_languages(rows[0])
    )
    tables = [read_rows(rows, source.name) for _, rows in named or found[:1]]
    return _together(tables), notes


def _workbook(source: Source) -> list[tuple[str, list[Row]]]:
    """Return the name and the rows of each sheet that is not blank."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow, and for spreadsheets alone

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which we do not need
            book = load_workbook(io.BytesIO(source.raw), read_only=True, data_only=True)
            several = len(book.worksheets) > 1
            found = []
            for sheet in book.worksheets:
                start = f"sheet {sheet.title}, row" if several else "row"
                rows = list(_sheet_rows(sheet, start, source.name))
                if rows:
                    found.append((sheet.title, rows))
    except FormatError:
        raise
    except Exception as error:
        # openpyxl has few errors of its own: a damaged workbook may raise anything
        raise FormatError(
            f"{source.name}: is no readable spreadsheet: {error}", hint=_SAVE_AGAIN
        ) from error
    return found


def _sheet_rows(sheet: Any, start: str, name: str) -> Iterator[Row]:  # noqa: ANN401 - untyped
    """Yield the rows that are not blank. What a file says of a sheet's size is not believed."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    for number, values in enumerate(rows, start=1):
        if values.count(None) == len(values):  # fast: a far cell may follow a million blank rows
            continue
        cells = list(values)
        while cells[-1] is None:
            cells.pop()
        yield Row(f"{start} {number}", [_cell(value, f"{start} {number}", name) for value in cells])


def _cell(value: object, place: str, name: str) -> str:
    """Return a cell's value as its text.

    Raises:
        FormatError: It is a date, which spreadsheet programs make of terms such as 3-5.
    """
    if value is None:
        return ""
    if isinstance(value, (date, time, timedelta)):
        raise FormatError(
            f"{name}: {place}: a cell holds a date or a time ({value}), not text",
            hint="format the cell as text and write it again",
        )
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _together(tables: list[Table]) -> Table:
    return Table(
        list(chain.from_iterable(table.statements for table in tables)),
        list(chain.from_iterable(table.problems for table in tables)),
        tuple(dict.fromkeys(chain.from_iterable(table.unread for table in tables))),
    )
