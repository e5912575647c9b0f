"""Bitexts in Excel workbooks: two columns of a sheet.

The sheet that is read is the one called `bitext`, as ours is, or the first that has two
columns of text. Formulas count with the value that was stored, and are never worked out.
openpyxl reads the workbook, in a process of its own (see `child_process`). We write the
bitext, and how it was made; see `workbook` for what holds for every spreadsheet.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from aligner.bitext import Bitext
from aligner.errors import AlignerError, ExportError, FormatError, OtherKindError
from aligner.formats.common.bitext_columns import CONFIRMED, Cells
from aligner.formats.common.child_process import child_values
from aligner.formats.common.file_kind import kind_of
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import (
    BitextHead,
    BitextSource,
    RawPair,
    forbidden_reason,
)
from aligner.formats.common.table_pairs import table_pairs
from aligner.formats.common.table_rules import check_table
from aligner.formats.common.text_lines import open_binary
from aligner.formats.common.unit_id import unit_id
from aligner.formats.common.unit_rows import NOTE_COLUMN, TIME_COLUMNS, Units, needless, row, sound
from aligner.formats.common.workbook import CELL, LINES, WHOLE_SHEET, workbook, write_settings
from aligner.formats.common.xml_forbidden import Forbidden
from aligner.formats.xlsx_process import MOST_SHEET_ROWS, Unreadable, workbook_values
from aligner.messages import N_, _

_OURS: Final = "bitext"
_MOST_UNPACKED: Final = 500_000_000  # unpacked
_MOST_RATIO: Final = 200  # unpacked to packed; sheets reach 20 or so
_SMALL: Final = 20_000_000  # bytes: below it any ratio is harmless
_HARMLESS: Final = 300_000  # bytes, unpacked: openpyxl takes seconds at most, whatever they are
_DTD: Final = [
    sign.encode(codec)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for codec in ("ascii", "utf-16-le", "utf-16-be")
]
_BLOCK: Final = 1 << 20
_LONGEST_SIGN: Final = max(map(len, _DTD))
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError,  # a way of packing that is not known
)  # fmt: skip
_SAVE_AGAIN: Final = N_("open it in a spreadsheet program and save it again as .xlsx")
_WIDTHS: Final = {"doc": 14, "src": 60, "tgt": 80, CONFIRMED: 11, NOTE_COLUMN: 36, "src_ids": 9,
                  "tgt_ids": 9, "kind": 7, "p": 8, "src_span": 13, "tgt_span": 13, "id": 20,
                  **dict.fromkeys(TIME_COLUMNS, 27)}  # fmt: skip
_ANSWERS: Final = ["yes", "no"]  # of the column of what is confirmed


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    name: str
    rows: Iterator[tuple[int, list[Any]]]  # their numbers and cells; a date is an object
    spoilt: dict[int, Forbidden]  # what XML forbids in a row that was read, by its number


def read_xlsx(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a workbook.

    Raises:
        FormatError: It is no workbook, is damaged, unpacks to an absurd size, defines
            XML entities or has no sheet with two columns of text.
        LanguageError: The columns are not one Chinese and one English.
        OtherKindError: It is a report or another table that is no bitext.
    """
    with open_binary(source) as file:
        failure: AlignerError | None = None
        for sheet in sheets(source, file, prefer=_OURS):
            try:
                head.counted = "row"
                pairs = table_pairs(_filled(sheet, source, head), source, head)
                first = next(pairs, None)
            except OtherKindError:
                raise  # its other sheets are no bitexts either
            except AlignerError as error:
                failure = failure or error
                continue
            if first is not None:
                yield first
                yield from pairs
                return
        if failure is not None:
            raise failure


def sheet_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the sheet `bitext`, or else of the first, with their numbers.

    Raises:
        FormatError: As in `read_xlsx`.
    """
    with open_binary(source) as file:
        for sheet in sheets(source, file, prefer=_OURS):
            yield from _filled(sheet, source, head)
            return


def sheets(source: BitextSource, file: BinaryIO, *, prefer: str = "") -> Iterator[Sheet]:
    """Yield the sheets of a workbook, each before its rows are read.

    Args:
        source: Names the workbook in messages.
        file: The workbook.
        prefer: If there is a sheet of this name, it alone is yielded.

    Raises:
        FormatError: As in `read_xlsx`.
    """
    unpacked = check_workbook(file, source.name)
    values = _values(source, file, prefer, alone=unpacked > _HARMLESS)
    found = next(values, None)
    while found is not None:
        following: list[Any] = []
        spoilt: dict[int, Forbidden] = {}
        rows = _rows(values, following, spoilt)
        yield Sheet(found["sheet"], rows, spoilt)
        deque(rows, maxlen=0)  # what nobody asked for
        found = following[0] if following else None


def _values(source: BitextSource, file: BinaryIO, prefer: str, *, alone: bool) -> Iterator[Any]:
    """Yield what `xlsx_process` writes, from a process of its own or from here."""
    if alone:
        yield from child_values("aligner.formats.xlsx_process", source, prefer, stdin=file)
        return
    try:
        yield from workbook_values(file.read(), prefer)
    except Unreadable as error:
        raise FormatError(f"{source.name}: {str(error)[:200]}", hint=_(_SAVE_AGAIN)) from error


def _rows(
    values: Iterator[Any], following: list[Any], spoilt: dict[int, Forbidden]
) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of a sheet; put down what says that another one begins, and what is bad."""
    for value in values:
        if isinstance(value, dict):
            following.append(value)
            return
        number, cells, *written = value
        if any(written):
            spoilt[number] = Forbidden(*written)
        yield number, cells


def _filled(sheet: Sheet, source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield rows in which a date is a text, with those that are blank or left out.

    Raises:
        FormatError: There are more rows than a sheet can have.
    """
    last = 0
    for number, cells in sheet.rows:
        if number > MOST_SHEET_ROWS:
            raise FormatError(
                _("{name}: a sheet has more than {most_sheet_rows:,} rows").format(
                    name=source.name, most_sheet_rows=MOST_SHEET_ROWS
                ),
                hint=_(_SAVE_AGAIN),
            )
        yield from ((blank, []) for blank in range(last + 1, number))
        forbidden = sheet.spoilt.pop(number, Forbidden())
        head.take_out(number, forbidden.taken_out)
        if forbidden.refused:
            head.leave_out(number, forbidden_reason(forbidden.refused))
            yield number, []
        else:
            yield number, [cell["date"] if isinstance(cell, dict) else cell for cell in cells]
        last = number


def check_workbook(file: BinaryIO, name: str) -> int:
    """Refuse a ZIP archive that is none, is damaged, is a bomb or has a DTD.

    Returns:
        How many bytes it unpacks to.

    Raises:
        FormatError: Says which of these.
    """
    start = file.read(8)
    packed = file.seek(0, 2)
    file.seek(0)
    if not start.startswith(b"PK"):
        kind = kind_of(start)
        what = _("looks like {what}").format(what=kind.what) if kind else _("is not a ZIP archive")
        raise FormatError(
            _("{name}: {what}, so it is not an .xlsx").format(name=name, what=what),
            hint=_(_SAVE_AGAIN),
        )
    try:
        with zipfile.ZipFile(file) as package:
            unpacked = _check_size(package, packed, name)
            _check_parts(package, name)
    except _DAMAGE as error:
        raise FormatError(
            _("{name}: the ZIP archive is damaged: {error}").format(name=name, error=error),
            hint=_(_SAVE_AGAIN),
        ) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FormatError(
            _("{name}: is locked: {error}").format(name=name, error=error),
            hint=_("remove the password"),
        ) from error
    file.seek(0)
    return unpacked


def _check_size(package: zipfile.ZipFile, packed: int, name: str) -> int:
    # zipfile never unpacks more of a part than its entry declares
    unpacked = sum(entry.file_size for entry in package.infolist())
    if unpacked > _MOST_UNPACKED or unpacked > max(_SMALL, _MOST_RATIO * packed):
        raise FormatError(
            _(
                "{name}: unpacks from {packed:,} to {unpacked:,} bytes, more than a sheet does"
            ).format(name=name, packed=packed, unpacked=unpacked),
            hint=_(_SAVE_AGAIN),
        )
    return unpacked


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    if "xl/workbook.xml" not in package.namelist():
        raise FormatError(
            _("{name}: is a ZIP archive but not an .xlsx").format(name=name), hint=_(_SAVE_AGAIN)
        )
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with package.open(entry) as part:
                if _has_dtd(part):
                    raise FormatError(
                        _("{name}: {filename} defines XML entities, which no workbook does").format(
                            name=name, filename=entry.filename
                        ),
                        hint=_(_SAVE_AGAIN),
                    )


def _has_dtd(part: Any) -> bool:  # noqa: ANN401 - zipfile's own kind of file
    kept = b""
    while block := part.read(_BLOCK):
        window = kept + block
        if any(sign in window for sign in _DTD):
            return True
        kept = window[-_LONGEST_SIGN:]
    return False


def write_xlsx(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the sheets `bitext` and `settings`.

    Raises:
        ExportError: A text is longer than a cell may be, or there are too many units.
    """
    with workbook(path) as book:
        _bitext_sheet(book, bitext, path)
        write_settings(book, "settings", _settings(bitext))
    return (path,)


def _bitext_sheet(book: Any, bitext: Units, path: Path) -> None:  # noqa: ANN401 - untyped
    sheet = book.add_worksheet("bitext")
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.00", "valign": "top"})
    empty = needless(bitext)
    widths = {name: width for name, width in _WIDTHS.items() if name not in empty}
    for column, (name, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    last = 0
    for last, unit in enumerate(bitext.units(), start=1):
        if last > LINES:
            raise ExportError(
                _("{path}: more than {lines} units, which is what a sheet holds").format(
                    path=path, lines=LINES
                ),
                hint=_("write tsv, jsonl or parquet instead"),
            )
        values = row(unit)._asdict()
        values |= {CONFIRMED: _ANSWERS[0] if unit.confirmed else "", "id": unit_id(last, unit)}
        for column, name in enumerate(widths):
            if name == "p":
                sheet.write_number(last, column, values[name], number)
                continue
            text = str(values[name])
            if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL:
                raise ExportError(
                    _("{path}: unit {last} has {count} characters, a cell holds {cell}").format(
                        path=path, last=last, count=len(text), cell=CELL
                    ),
                    hint=_("write tsv, jsonl or parquet instead"),
                )
            sheet.write_string(last, column, text, wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": WHOLE_SHEET})  # ids of sentences: 3 or 3,4
    p, confirmed = (list(widths).index(name) for name in ("p", CONFIRMED))
    choice = {"validate": "list", "source": _ANSWERS}
    sheet.data_validation(1, confirmed, max(last, 1), confirmed, choice)
    scale = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
             "min_value": 0.3, "mid_value": 0.8, "max_value": 1.0,
             "min_color": "#F4A6A0", "mid_color": "#FFF2B3", "max_color": "#FFFFFF"}  # fmt: skip
    sheet.conditional_format(1, p, max(last, 1), p, scale)


def _settings(bitext: Units) -> Iterator[tuple[str, str | int]]:
    values: Iterator[tuple[str, str | int]] = chain(
        (
            (_("bitext"), bitext.id),
            (_("made with"), bitext.signature),
            (_("language of src"), bitext.src_lang),
            (_("language of tgt"), bitext.tgt_lang),
        ),
        _documents(bitext) if isinstance(bitext, Bitext) else (),
    )
    for name, value in values:
        yield name, sound(value)[:CELL] if isinstance(value, str) else value


def _documents(bitext: Bitext) -> Iterator[tuple[str, str | int]]:
    for name, document, segments in (
        (_("Chinese document"), bitext.src_doc, bitext.src),
        (_("English document"), bitext.tgt_doc, bitext.tgt),
    ):
        yield name, document.source or document.id
        yield _("its encoding"), document.encoding
        yield _("its sentences"), len(segments)
    yield _("units"), len(bitext.alignment.beads)


def check_xlsx(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with the sheet of a workbook that is read (see `check_table`)."""
    return check_table(source, sheet_rows)
