"""A pairing as a table for a person: CSV, TSV or XLSX, which `batch` reads again.

Columns: original, translation, id, score, how, note. Paths are relative to the table's
folder. Pairs come first, then doubtful ones, then files without a partner, whose row
has nothing under `translation`. Names are written as they are, also those that begin
with `=` or `-` (see `aligner.export.tables`). `batch` takes a doubtful pair once the
word `doubtful` is deleted, and a file once its partner is filled in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from aligner.batch.manifest import COLUMNS
from aligner.errors import SettingError
from aligner.export.check import Output, check_files
from aligner.export.files import writing
from aligner.export.rows import one_line
from aligner.export.workbook import workbook
from aligner.pairing.values import Pairing

FORMATS: Final = (".csv", ".tsv", ".xlsx")


def write_manifest(pairing: Pairing, path: str | Path) -> tuple[Path, ...]:
    """Write the table.

    Raises:
        SettingError: The suffix is none of `FORMATS`.
        ExportError: The file cannot be written, or would replace a document.
    """
    path = Path(path)
    form = path.suffix.lower()
    if form not in FORMATS:
        raise SettingError(f"{path}: is no table", hint="name it " + ", ".join(FORMATS))
    check_files([Output((path,))], _documents(pairing))
    rows = list(_rows(pairing, path.parent))
    if form == ".xlsx":
        _write_sheet(rows, path)
    else:
        _write_text(rows, path, "," if form == ".csv" else "\t")
    return (path,)


def _documents(pairing: Pairing) -> list[Path]:
    pairs = (*pairing.pairs, *pairing.doubtful)
    names = chain.from_iterable((pair.original, pair.translation) for pair in pairs)
    return [pairing.folder / name for name in (*names, *(one.name for one in pairing.loose))]


def _rows(pairing: Pairing, folder: Path) -> Iterator[tuple[str, ...]]:
    ids = {pair.names: pair.id for pair in pairing.manifest().pairs}

    def place(name: str) -> str:
        path = pairing.folder / name
        try:
            return Path(os.path.relpath(path, folder)).as_posix()
        except ValueError:  # on another drive
            return path.absolute().as_posix()

    for pair in (*pairing.pairs, *pairing.doubtful):
        names = (pair.original, pair.translation)
        score = f"{pair.score:.4f}"
        yield (*map(place, names), ids.get(names, ""), score, pair.how, pair.note)
    for one in pairing.loose:
        yield place(one.name), "", "", "", one.why, one.note


def _write_text(rows: list[tuple[str, ...]], path: Path, mark: str) -> None:
    import csv  # noqa: PLC0415

    if mark == "\t":  # a cell of a TSV file holds no tab and no line end
        rows = [tuple(map(one_line, row)) for row in rows]
    with writing(path) as file:
        file.write("\ufeff")  # so that Excel sees UTF-8
        writer = csv.writer(file, delimiter=mark, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def _write_sheet(rows: list[tuple[str, ...]], path: Path) -> None:
    with workbook(path) as book:
        sheet = book.add_worksheet("manifest")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, COLUMNS, bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.set_column(0, 1, 40)
        sheet.set_column(2, 4, 14)
        sheet.set_column(5, 5, 50)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
