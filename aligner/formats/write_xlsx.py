"""A spreadsheet: the bitext, and how it was made.

See `workbook` for what holds for every spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.bitext import Bitext
from aligner.errors import ExportError
from aligner.formats.common.unit_rows import UnitRow, Units, rows, sound
from aligner.formats.common.workbook import CELL, LINES, workbook

WIDTHS = {"doc": 14, "src": 60, "tgt": 80, "src_ids": 9, "tgt_ids": 9, "kind": 7, "p": 8,
          "src_span": 13, "tgt_span": 13}  # fmt: skip


def write_xlsx(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the sheets `bitext` and `settings`.

    Raises:
        ExportError: A text is longer than a cell may be, or there are too many units.
    """
    with workbook(path) as book:
        _bitext_sheet(book, bitext, path)
        _settings_sheet(book, bitext)
    return (path,)


def _bitext_sheet(book: Any, bitext: Units, path: Path) -> None:  # noqa: ANN401 - untyped
    sheet = book.add_worksheet("bitext")
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.00", "valign": "top"})
    for column, name in enumerate(UnitRow._fields):
        sheet.set_column(column, column, WIDTHS[name])
        sheet.write_string(0, column, name, head)
    last = 0
    for last, row in enumerate(rows(bitext), start=1):
        if last > LINES:
            raise ExportError(
                f"{path}: more than {LINES} units, which is what a sheet holds",
                hint="write tsv, jsonl or parquet instead",
            )
        for column, (name, value) in enumerate(zip(UnitRow._fields, row, strict=True)):
            if name == "p":
                sheet.write_number(last, column, row.p, number)
                continue
            text = str(value)
            if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL:
                raise ExportError(
                    f"{path}: unit {last} has {len(text)} characters, a cell holds {CELL}",
                    hint="write tsv, jsonl or parquet instead",
                )
            sheet.write_string(last, column, text, wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(UnitRow._fields) - 1)
    p = UnitRow._fields.index("p")
    scale = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
             "min_value": 0.3, "mid_value": 0.8, "max_value": 1.0,
             "min_color": "#F4A6A0", "mid_color": "#FFF2B3", "max_color": "#FFFFFF"}  # fmt: skip
    sheet.conditional_format(1, p, max(last, 1), p, scale)


def _settings_sheet(book: Any, bitext: Units) -> None:  # noqa: ANN401 - untyped
    sheet = book.add_worksheet("settings")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    values = [
        ("bitext", bitext.id),
        ("made with", bitext.signature),
        ("language of src", bitext.src_lang),
        ("language of tgt", bitext.tgt_lang),
        *(_documents(bitext) if isinstance(bitext, Bitext) else ()),
    ]
    for line, (name, value) in enumerate(values):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, sound(value)[:CELL])


def _documents(bitext: Bitext) -> Iterator[tuple[str, str]]:
    for name, document, segments in (
        ("Chinese", bitext.src_doc, bitext.src),
        ("English", bitext.tgt_doc, bitext.tgt),
    ):
        yield f"{name} document", document.source or document.id
        yield "its encoding", document.encoding
        yield "its sentences", str(len(segments))
    yield "units", str(len(bitext.alignment.beads))
