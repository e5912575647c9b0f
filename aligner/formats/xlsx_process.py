"""The process that reads a workbook: rows as JSON lines on standard output.

Run as `python -m aligner.formats.xlsx_process NAME`, the workbook on standard input. The
sheet of this name is read, or all if there is none. For each comes an object with its
name, whether there are more and the names of those that are not read, then a list a row,
of its number, its cells and the first character in it that XML forbids (U+FFFD in the
cell), and at the end `null`. A date or a time is an object, and so is a formula without a
stored value. An error is a line of text.
"""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain, repeat
from typing import IO, Any, Final

from aligner.formats.common.child_process import Room, end, limit, send
from aligner.formats.common.xml_forbidden import Forbidden, Signs, cleared
from aligner.messages import _, library_words

MOST_SHEET_ROWS: Final = 1_048_576  # of a sheet; a file can promise more with a few bytes
MOST_COLUMNS: Final = 100
_BLOCK: Final = 1 << 20  # bytes
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_LONGEST_TAG: Final = 64  # bytes of the beginning of a formula
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def main(prefer: str) -> None:
    """Write the rows of a workbook to standard output."""
    raw = sys.stdin.buffer.read(os.fstat(sys.stdin.fileno()).st_size)
    limit(len(raw))
    try:
        for value in workbook_values(raw, prefer):
            send(value)
    except Unreadable as error:
        send(str(error))
    else:
        end()


class Unreadable(Exception):  # noqa: N818 - what the message says
    """The workbook is damaged, or a bomb."""


def workbook_values(raw: bytes, prefer: str) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield what `main` writes, but for the end.

    Args:
        raw: The workbook.
        prefer: If there is a sheet of this name, it alone is read.

    Raises:
        Unreadable: Says why.
    """
    room = Room(len(raw))
    try:
        book = _opened(raw)
        sheets: list[str] = book.sheetnames
        names = [prefer] if prefer in sheets else list(dict.fromkeys(sheets))
        beside = [name for name in sheets if name not in names]
        formulas = _opened(raw, stored=False) if _has_formulas(raw) else None
        for name in names:
            yield {"sheet": name, "several": len(names) > 1, "beside": beside}
            for number, row in _rows(book, name, formulas):
                cells, forbidden = _cleared(row)
                room.take(cells)
                yield [number, cells, *forbidden]
    except Exception as error:  # a damaged workbook may raise anything
        raise Unreadable(
            _("is not a readable workbook: {error}").format(error=library_words(error))
        ) from error


def _opened(raw: bytes, *, stored: bool = True) -> Any:  # noqa: ANN401 - it has no types
    """Return the workbook, with the stored values of its formulas or with these themselves."""
    import openpyxl

    with warnings.catch_warnings():  # of what it leaves out, which is no concern of ours
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(
            io.BytesIO(_sound(raw)), read_only=True, data_only=stored, keep_links=False
        )


def _sound(raw: bytes) -> bytes:
    """Return a workbook in whose sheets signs stand for what XML forbids (see `Signs`)."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = package.namelist()
        texts = {name for name in names if name.startswith("xl/") and name.endswith(".xml")}
        if not any(_is_spoilt(package, name) for name in texts):
            return raw
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for name in dict.fromkeys(names):
                with package.open(name) as part, new.open(name, "w", force_zip64=True) as copy:
                    signs = Signs()
                    for block in _blocks(part):
                        copy.write(signs.put(block) if name in texts else block)
                    copy.write(signs.rest())
    return out.getvalue()


def _is_spoilt(package: zipfile.ZipFile, name: str) -> bool:
    signs = Signs()
    with package.open(name) as part:
        return any(signs.put(block) and signs.used for block in _blocks(part))


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """Yield a part in pieces: a sheet may be larger than the memory that there is."""
    return iter(lambda: part.read(_BLOCK), b"")


def _cleared(cells: list[object]) -> tuple[list[object], Forbidden]:
    """Return the cells without signs, and what XML forbids in a row."""
    found: list[object] = []
    first = Forbidden()
    for cell in cells:
        text, forbidden = cleared(cell) if isinstance(cell, str) else (cell, Forbidden())
        found.append(text)
        first = Forbidden(*(old or new for old, new in zip(first, forbidden, strict=True)))
    return found, first


def _has_formulas(raw: bytes) -> bool:
    """Tell whether a sheet may hold a formula. Cost: the sheets are unpacked once more."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return any(
            _may_have_formula(package, name)
            for name in package.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )


def _may_have_formula(package: zipfile.ZipFile, name: str) -> bool:
    with package.open(name) as part:
        kept = b""
        for block in _blocks(part):
            if _FORMULA.search(kept + block):
                return True
            kept = block[-_LONGEST_TAG:]
    return False


def _rows(
    book: Any,  # noqa: ANN401
    name: str,
    formulas: Any,  # noqa: ANN401
) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows of a sheet that have cells, with their numbers.

    Args:
        book: The workbook with stored values.
        name: That of the sheet.
        formulas: The workbook with its formulas; None if it has none.

    Of the rows that a sheet cannot have, at most one is yielded.
    """
    with_formulas = chain(_cells(formulas[name]) if formulas else (), repeat(()))
    rows = zip(_values(book[name]), with_formulas, strict=False)
    for number, (row, others) in enumerate(rows, start=1):
        if row or number > MOST_SHEET_ROWS:
            cells = [_cell(value) for value in row[:MOST_COLUMNS]]
            for at, other in enumerate(others[: len(cells)]):
                if cells[at] is None and other.data_type == "f":
                    cells[at] = {"formula": str(other.value)}
            yield number, cells
        if number > MOST_SHEET_ROWS:
            return


def _values(sheet: Any) -> Iterator[tuple[object, ...]]:  # noqa: ANN401
    sheet.reset_dimensions()  # a file may promise more cells than it has
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
    return rows


def _cell(value: object) -> object:
    """Return a cell, in a text the characters that a workbook writes as `_x0007_`."""
    if isinstance(value, str):
        if "_x" not in value:
            return value
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, (date, time, timedelta)):
        return {"date": str(value)}
    return value if value is None or isinstance(value, (int, float)) else str(value)


if __name__ == "__main__":
    main(sys.argv[1])
