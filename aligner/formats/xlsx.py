"""Bitexts in Excel workbooks: two columns of a sheet.

The sheet that is read is the one called `bitext`, as ours is, or else every one that has two
columns of text; what is not read is named. See `xlsx_sheets` for how a workbook is read. We
write the bitext, and how it was made; see `workbook` for what holds for every spreadsheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from aligner.bitext import Bitext
from aligner.errors import AlignerError, ExportError, FormatError, OtherKindError
from aligner.formats.common.bitext_columns import CONFIRMED, Cells
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
from aligner.formats.xlsx_process import MOST_SHEET_ROWS
from aligner.formats.xlsx_sheets import SAVE_AGAIN, Sheet, sheets
from aligner.messages import N_, _

_OURS: Final = "bitext"
_SETTINGS: Final = "settings"
_NOT_READ: Final = N_("the sheet {title!r} is not read: {reason}")
_WIDTHS: Final = {"doc": 14, "src": 60, "tgt": 80, CONFIRMED: 11, NOTE_COLUMN: 36, "src_ids": 9,
                  "tgt_ids": 9, "kind": 7, "p": 8, "src_span": 13, "tgt_span": 13, "id": 20,
                  **dict.fromkeys(TIME_COLUMNS, 27)}  # fmt: skip
_ANSWERS: Final = ["yes", "no"]  # of the column of what is confirmed


def read_xlsx(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a workbook, those of every sheet that has two columns of text.

    A sheet with text that is not read, since its columns are not known, is named in a note.

    Raises:
        FormatError: It is no workbook, is damaged, unpacks to an absurd size, defines
            XML entities or has no sheet with two columns of text.
        LanguageError: The columns are not one Chinese and one English.
        OtherKindError: It is a report or another table that is no bitext.
    """
    read: Counter[str] = Counter()
    unread: dict[str, AlignerError] = {}
    with open_binary(source) as file:
        for sheet in sheets(source, file, prefer=_OURS):
            try:
                for pair in _sheet_pairs(sheet, source, head):
                    read[sheet.name] += 1
                    yield pair
            except AlignerError as error:
                if read[sheet.name] or (isinstance(error, OtherKindError) and not read.total()):
                    raise  # in the midst of a sheet; or its other sheets are no bitexts either
                unread[sheet.name] = error
            _tell_beside(sheet, head)
            head.tell(*sheet.valueless.notes())
    if unread and not read.total():
        raise next(iter(unread.values()))
    for name, trouble in unread.items():
        reason = str(trouble).removeprefix(f"{source.name}: ")
        head.tell(_(_NOT_READ).format(title=name, reason=reason))
    _tell_read(+read, head)


def _sheet_pairs(sheet: Sheet, source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a sheet, which is named in each if the workbook has several."""
    head.counted = "row"
    others = head.other_columns
    for pair in table_pairs(_filled(sheet, source, head), source, head):
        if sheet.several:
            head.other_columns = tuple(dict.fromkeys((*others, *head.other_columns)))
            head.may_have_notes = True  # another sheet may
        yield pair._replace(sheet=sheet.name if sheet.several else "")


def _tell_beside(sheet: Sheet, head: BitextHead) -> None:
    """Name the sheets that stand beside one of ours and are not read."""
    for name in sheet.beside:
        if name != _SETTINGS:
            reason = _("the units are those of the sheet {ours!r}").format(ours=_OURS)
            head.tell(_(_NOT_READ).format(title=name, reason=reason))


def _tell_read(read: Counter[str], head: BitextHead) -> None:
    """Name the sheets that units come from, if there are several."""
    if len(read) > 1:
        counted = ", ".join(f"{name!r} ({count})" for name, count in read.items())
        head.tell(
            _("the units are those of {count} sheets: {sheets}").format(
                count=len(read), sheets=counted
            )
        )


def sheet_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the sheet `bitext`, or else of the first, with their numbers.

    Raises:
        FormatError: As in `read_xlsx`.
    """
    return _named_rows(_OURS, source, head)


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
                hint=_(SAVE_AGAIN),
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


def write_xlsx(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the sheets `bitext` and `settings`.

    Raises:
        ExportError: A text is longer than a cell may be, or there are too many units.
    """
    with workbook(path) as book:
        _bitext_sheet(book, bitext, path)
        write_settings(book, _SETTINGS, _settings(bitext))
    return (path,)


def _bitext_sheet(book: Any, bitext: Units, path: Path) -> None:  # noqa: ANN401 - untyped
    sheet = book.add_worksheet(_OURS)
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
    """Yield what is wrong with the sheets of a workbook that are read (see `check_table`)."""
    names = list(dict.fromkeys(pair.sheet for pair in read_xlsx(source, BitextHead())))
    for name in names or [""]:
        for problem in check_table(source, partial(_named_rows, name or _OURS)):
            sheet = _("sheet {value}").format(value=name) + ": " if len(names) > 1 else ""
            yield replace(problem, message=sheet + problem.message)


def _named_rows(name: str, source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the sheet of a name, or else of the first."""
    with open_binary(source) as file:
        for sheet in sheets(source, file, prefer=name):
            yield from _filled(sheet, source, head)
            return
