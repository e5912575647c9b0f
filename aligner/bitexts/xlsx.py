"""Bitexts in Excel workbooks: two columns of a sheet, read by openpyxl.

The sheet is the one called `bitext`, as ours is, or the first that has two columns of
text. Formulas count with the value that was stored, and are never worked out.
"""

from __future__ import annotations

import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from aligner.bitexts.columns import Row
from aligner.bitexts.pairs import Head, Pair, Source
from aligner.bitexts.tables import table_pairs
from aligner.bitexts.textfile import open_binary
from aligner.errors import AlignerError, FormatError
from aligner.read.sniff import kind_of

_OURS: Final = "bitext"
MOST_BYTES: Final = 500_000_000  # unpacked
MOST_RATIO: Final = 200  # unpacked to packed; sheets reach 20 or so
SMALL: Final = 20_000_000  # bytes: below it any ratio is harmless
MOST_ROWS: Final = 1_048_576  # of a sheet; a file can promise more with a few bytes
MOST_COLUMNS: Final = 100
_DTD: Final = [
    sign.encode(codec)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for codec in ("ascii", "utf-16-le", "utf-16-be")
]
_BLOCK: Final = 1 << 20
_LONGEST_SIGN: Final = max(map(len, _DTD))
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError,  # a way of packing that is not known
)  # fmt: skip
_SAVE_AGAIN: Final = "open it in a spreadsheet program and save it again as .xlsx"


def read_xlsx(source: Source, head: Head) -> Iterator[Pair]:
    """Yield the units of a workbook.

    Raises:
        FormatError: It is no workbook, is damaged, unpacks to an absurd size, defines
            XML entities or has no sheet with two columns of text.
        LanguageError: The columns are not one Chinese and one English.
    """
    del head  # a workbook says nothing of itself
    with open_binary(source) as file:
        check_workbook(file, source.name)
        yield from _bitext(source, file)


def sheet_rows(source: Source, head: Head) -> Iterator[tuple[int, Row]]:
    """Yield the rows of the sheet `bitext`, or else of the first, with their numbers.

    Raises:
        FormatError: As in `read_xlsx`.
    """
    del head
    with open_binary(source) as file:
        check_workbook(file, source.name)
        book = _opened(source, file)
        names: list[str] = book.sheetnames
        if names:
            yield from _rows(source, book, _OURS if _OURS in names else names[0])


def _bitext(source: Source, file: BinaryIO) -> Iterator[Pair]:
    book = _opened(source, file)
    names: list[str] = book.sheetnames
    failure: AlignerError | None = None
    for name in [_OURS] if _OURS in names else names:
        try:
            pairs = table_pairs(_rows(source, book, name), source)
            first = next(pairs, None)
        except AlignerError as error:
            failure = failure or error
            continue
        if first is not None:
            yield first
            yield from pairs
            return
    if failure is not None:
        raise failure


def _opened(source: Source, file: BinaryIO) -> Any:  # noqa: ANN401 - a workbook or a chart sheet
    import openpyxl  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():  # of what it leaves out, which is no concern of ours
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # a damaged workbook may raise anything
        raise _damaged(source, error) from error


def _rows(source: Source, book: Any, name: str) -> Iterator[tuple[int, Row]]:  # noqa: ANN401
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # a file may promise more cells than it has
        rows = sheet.iter_rows(values_only=True)
    except Exception as error:
        raise _damaged(source, error) from error
    for number in range(1, MOST_ROWS + 2):
        try:
            row = next(rows, None)
        except Exception as error:
            raise _damaged(source, error) from error
        if row is None:
            return
        if number > MOST_ROWS:
            raise FormatError(
                f"{source.name}: sheet {name!r} has more than {MOST_ROWS:,} rows",
                hint=_SAVE_AGAIN,
            )
        yield number, [_unescaped(value) for value in row[:MOST_COLUMNS]]


def _unescaped(value: object) -> object:
    """Return a cell with the characters that a workbook writes as `_x0007_`."""
    if not isinstance(value, str):
        return value if value is None or isinstance(value, (int, float)) else str(value)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value) if "_x" in value else value


def check_workbook(file: BinaryIO, name: str) -> None:
    """Refuse a ZIP archive that is none, is damaged, is a bomb or has a DTD.

    Raises:
        FormatError: Says which of these.
    """
    start = file.read(8)
    packed = file.seek(0, 2)
    file.seek(0)
    if not start.startswith(b"PK"):
        kind = kind_of(start)
        what = f"looks like {kind.what}" if kind else "is no ZIP archive"
        raise FormatError(f"{name}: {what}, so it is no .xlsx", hint=_SAVE_AGAIN)
    try:
        with zipfile.ZipFile(file) as package:
            _check_size(package, packed, name)
            _check_parts(package, name)
    except _DAMAGE as error:
        raise FormatError(
            f"{name}: the ZIP archive is damaged: {error}", hint=_SAVE_AGAIN
        ) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FormatError(f"{name}: is locked: {error}", hint="remove the password") from error
    file.seek(0)


def _check_size(package: zipfile.ZipFile, packed: int, name: str) -> None:
    # zipfile never unpacks more of a part than its entry declares
    unpacked = sum(entry.file_size for entry in package.infolist())
    if unpacked > MOST_BYTES or unpacked > max(SMALL, MOST_RATIO * packed):
        raise FormatError(
            f"{name}: unpacks from {packed:,} to {unpacked:,} bytes, more than a sheet does",
            hint=_SAVE_AGAIN,
        )


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    if "xl/workbook.xml" not in package.namelist():
        raise FormatError(f"{name}: is a ZIP archive but no .xlsx", hint=_SAVE_AGAIN)
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with package.open(entry) as part:
                if _has_dtd(part):
                    raise FormatError(
                        f"{name}: {entry.filename} defines XML entities, which no workbook does",
                        hint=_SAVE_AGAIN,
                    )


def _has_dtd(part: Any) -> bool:  # noqa: ANN401 - zipfile's own kind of file
    kept = b""
    while block := part.read(_BLOCK):
        window = kept + block
        if any(sign in window for sign in _DTD):
            return True
        kept = window[-_LONGEST_SIGN:]
    return False


def _damaged(source: Source, error: Exception) -> FormatError:
    return FormatError(
        f"{source.name}: is no readable workbook: {str(error)[:200]}", hint=_SAVE_AGAIN
    )
