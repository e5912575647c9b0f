"""A pairing as a table for a person: CSV, TSV or XLSX, which `batch` reads again.

Columns: original, translation, id, score, how, note. Paths are relative to the table's
folder. Pairs come first, then doubtful ones, then files without a partner, whose row
has nothing under `translation`. `batch` takes a doubtful pair once the word `doubtful`
is deleted, and a file once its partner is filled in. Names stand as `filenames.shown`
writes them, so that one that is not UTF-8 leads back to its file.

A table is for a person to edit, so one that is there is never replaced unasked, unless
its cells are the very ones that would be written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from aligner.errors import AlignerError, ExportError, SettingError
from aligner.filenames import named, shown
from aligner.formats.common.check_outputs import Output, check_files
from aligner.formats.common.unit_rows import one_line
from aligner.formats.common.workbook import workbook
from aligner.formats.common.writing import writing
from aligner.messages import _, reason_of
from aligner.pairing.found import Pairing
from aligner.pairing.manifest import MANIFEST_COLUMNS

MANIFEST_SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
_SCORE: Final = MANIFEST_COLUMNS.index("score")


def check_manifest(path: str | Path) -> str:
    """Return the suffix of a table to be written, before the work of finding begins.

    Raises:
        SettingError: It is none of `MANIFEST_SUFFIXES`.
        ExportError: There is no such folder, or the name is a folder's.
    """
    path = Path(path)
    form = path.suffix.lower()
    if form not in MANIFEST_SUFFIXES:
        raise SettingError(
            _("{path}: is not a table").format(path=shown(path)),
            hint=_("name it ") + ", ".join(MANIFEST_SUFFIXES),
        )
    try:
        if path.is_dir():
            raise ExportError(
                _("{path}: is a folder").format(path=shown(path)), hint=_("name a file in it")
            )
        if not path.parent.is_dir():
            raise ExportError(
                _("{parent}: no such folder").format(parent=shown(path.parent)),
                hint=_("make it first"),
            )
    except OSError as error:
        raise ExportError(
            f"{shown(path)}: {reason_of(error)}", hint=_("choose another name")
        ) from error
    return form


def write_manifest(pairing: Pairing, path: str | Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write the table.

    Args:
        pairing: What was found.
        path: Of the table.
        force: Replace a file that is there, whatever is in it.

    Raises:
        SettingError: The suffix is none of `MANIFEST_SUFFIXES`.
        ExportError: The file cannot be written, would replace a document, or is there
            with other cells.
    """
    form, path = check_manifest(path), Path(path)
    others = (one for one in pairing.loose if not _is(named(pairing.folder, one.name), path))
    pairing = replace(pairing, loose=tuple(others))  # an old manifest is no document
    check_files([Output((path,))], _documents(pairing))
    rows = list(_rows(pairing, path.parent))
    if path.exists() and not force:
        if _cells(path) == [_filled(row) for row in (MANIFEST_COLUMNS, *rows)]:
            return (path,)
        raise ExportError(
            _("{path}: already exists with other contents").format(path=shown(path)),
            hint=_("it may have been edited: choose another name, or replace it with --force"),
        )
    if form == ".xlsx":
        _write_sheet(rows, path)
    else:
        _write_text(rows, path, "," if form == ".csv" else "\t")
    return (path,)


def _is(one: Path, other: Path) -> bool:
    return other.exists() and one.exists() and one.samefile(other)


def _documents(pairing: Pairing) -> list[Path]:
    pairs = (*pairing.pairs, *pairing.doubtful)
    names = chain.from_iterable((pair.original, pair.translation) for pair in pairs)
    return [named(pairing.folder, n) for n in (*names, *(one.name for one in pairing.loose))]


def _cells(path: Path) -> list[list[str]]:
    """Return the cells of a table that is there; none if it cannot be read."""
    from aligner.pairing.manifest import cells

    try:
        return [_filled(_scored(row)) for row in cells(path)]
    except AlignerError:
        return []


def _scored(row: list[str]) -> list[str]:
    """Return a row with its score as it is written, which a workbook keeps as a number."""
    if len(row) > _SCORE:
        with suppress(ValueError):
            return [*row[:_SCORE], f"{float(row[_SCORE]):.4f}", *row[_SCORE + 1 :]]
    return row


def _filled(row: Sequence[str]) -> list[str]:
    """Return a row without the empty cells at its end, which workbooks leave out."""
    stop = max((n for n, cell in enumerate(row, start=1) if cell), default=0)
    return list(row[:stop])


def _rows(pairing: Pairing, folder: Path) -> Iterator[tuple[str, ...]]:
    ids = {pair.names: pair.id for pair in pairing.manifest().pairs}

    def place(name: str) -> str:
        path = named(pairing.folder, name)
        try:
            return shown(Path(os.path.relpath(path, folder)).as_posix())
        except ValueError:  # on another drive
            return shown(path.absolute().as_posix())

    for pair in (*pairing.pairs, *pairing.doubtful):
        names = (pair.original, pair.translation)
        score = f"{pair.score:.4f}"
        yield (*map(place, names), ids.get(names, ""), score, pair.how, pair.note)
    for one in pairing.loose:
        yield place(one.name), "", "", "", one.why, one.note


def _write_text(rows: list[tuple[str, ...]], path: Path, mark: str) -> None:
    import csv

    if mark == "\t":  # a cell of a TSV file holds no tab and no line end
        rows = [tuple(map(one_line, row)) for row in rows]
    with writing(path) as file:
        file.write("\ufeff")  # so that Excel sees UTF-8
        writer = csv.writer(file, delimiter=mark, lineterminator="\n")
        writer.writerow(MANIFEST_COLUMNS)
        writer.writerows(rows)


def _write_sheet(rows: list[tuple[str, ...]], path: Path) -> None:
    with workbook(path) as book:
        sheet = book.add_worksheet("manifest")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, MANIFEST_COLUMNS, bold)
        score = book.add_format({"num_format": "0.00"})
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
            if row[_SCORE]:
                sheet.write_number(number, _SCORE, float(row[_SCORE]), score)
        sheet.set_column(0, 1, 40)
        sheet.set_column(2, 4, 14)
        sheet.set_column(5, 5, 50)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(MANIFEST_COLUMNS) - 1)
