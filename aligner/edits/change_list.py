"""The list of changes as a file: TSV, CSV, JSON Lines or a workbook, by its suffix."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aligner.edits.change import Change
from aligner.errors import SettingError
from aligner.filenames import shown
from aligner.formats.common.unit_rows import sound, tsv_cell
from aligner.formats.common.workbook import CELL, workbook
from aligner.formats.common.writing import write_lines, write_text
from aligner.messages import _

LIST_SUFFIXES: Final = (".tsv", ".csv", ".jsonl", ".xlsx")
_COLUMNS: Final = {
    "conflict": 10, "change": 20, "rows": 10, "units": 10, "doc": 14, "before": 60, "after": 60,
    "why": 50,
}  # fmt: skip


def check_list(path: str | Path) -> Path:
    """Return the path of a list.

    Raises:
        SettingError: Its suffix is none of `LIST_SUFFIXES`.
    """
    path = Path(path)
    if path.suffix.lower() not in LIST_SUFFIXES:
        raise SettingError(
            _("{path}: is no list of changes").format(path=shown(path)),
            hint=_("name it ") + ", ".join(LIST_SUFFIXES),
        )
    return path


def write_changes(changes: Sequence[Change], path: str | Path) -> Path:
    """Write a list of changes, a change a row.

    Raises:
        SettingError: The suffix is none of `LIST_SUFFIXES`.
        ExportError: It cannot be written.
    """
    path = check_list(path)
    rows = [_cells(change) for change in changes]
    match path.suffix.lower():
        case ".jsonl":
            return write_lines(path, (_line(change) for change in changes))
        case ".tsv":
            return write_lines(
                path, ("\t".join(map(tsv_cell, row)) + "\n" for row in (list(_COLUMNS), *rows))
            )
        case ".csv":
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows([list(_COLUMNS), *rows])
            return write_text(path, "\ufeff" + text.getvalue())
    _write_sheet(rows, path)
    return path


def _cells(change: Change) -> list[str]:
    numbers = [",".join(map(str, some)) for some in (change.rows, change.units)]
    conflict = "yes" if change.is_conflict else ""
    texts = (change.doc, change.before, change.after, change.why)
    return [conflict, change.kind, *numbers, *map(sound, texts)]


def _line(change: Change) -> str:
    value = {"conflict": change.is_conflict, "change": change.kind} | change._asdict()
    del value["kind"]
    return sound(json.dumps(value, ensure_ascii=False)) + "\n"


def _write_sheet(rows: Sequence[Sequence[str]], path: Path) -> None:
    with workbook(path) as book:
        sheet = book.add_worksheet("changes")
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text[:CELL], wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
