"""Bitexts in TSV and CSV: one unit a line.

In TSV a cell is what stands between tabs. One that is in quotation marks, with each `"`
inside doubled, loses them; any other `"` is part of the text, as many programs write
it. CSV has quotation marks as in RFC 4180, with commas, semicolons, tabs or bars between
cells.

Both are written with the columns of `unit_rows.UnitRow`. In TSV a tab or a line end inside
a text is a blank; CSV keeps them. In both, a text with a quotation mark in it stands in
quotation marks, as readers of tables want it. Numbers of sentences stand in brackets, `[3,4]`, so
that no program takes a column of them for numbers, or `3,4` for 34. CSV begins with a
byte-order mark, from which Excel sees that it is UTF-8. Units are taken a batch at a time.

A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written as it
stands: a parallel corpus must be exact, and a mark put before it, such as `'`, would be
part of the text for every other program. So it is in all our tables of text, lists of
units without partner, manifests and glossaries too. A spreadsheet program may take such
a cell of a CSV or TSV file for a formula: open it as text, or write XLSX, where no cell
is ever a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.bitext import Unit
from aligner.errors import FormatError
from aligner.formats.common.bitext_columns import Cells
from aligner.formats.common.delimiter import LOOK, delimiter_of
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.table_pairs import table_pairs
from aligner.formats.common.table_rules import check_table
from aligner.formats.common.text_lines import LONGEST_LINE, open_text
from aligner.formats.common.unit_rows import (
    NOTE_COLUMN,
    UnitRow,
    Units,
    batches,
    needless,
    row,
    tsv_cell,
    unquoted,
)
from aligner.formats.common.writing import writing_bytes
from aligner.messages import _, library_words

if TYPE_CHECKING:
    import polars as pl


def read_tsv(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a table with tabs."""
    return table_pairs(tsv_rows(source, head), source, head)


def read_csv(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a table with commas or semicolons."""
    return table_pairs(csv_rows(source, head), source, head)


def tsv_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each line, with its number."""
    text = open_text(source)
    head.encoding, head.notes, head.counted = text.encoding, text.notes, "line"
    for number, line in enumerate(text.lines, start=1):
        yield number, [unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]


def csv_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each row, with the number of its last line."""
    text = open_text(source, newline="")
    head.encoding, head.notes, head.counted = text.encoding, text.notes, "line"
    first = list(islice(text.lines, LOOK))
    mark = delimiter_of(first)
    # the limit holds for the whole process; only its default is too small for a text
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    reader = csv.reader(chain(first, text.lines), delimiter=mark, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FormatError(
                _("{name}:{line_num}: is not CSV: {error}").format(
                    name=source.name, line_num=reader.line_num, error=library_words(error)
                ),
                hint=_('put texts with commas or quotation marks into "...", with "" for a mark'),
            ) from error
        if row is None:
            return
        yield reader.line_num, row


def write_tsv(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write a table with tabs, in whose cells is no tab and no line end."""
    import polars as pl

    with writing_bytes(path) as file:
        for number, table in enumerate(_frames(bitext)):
            texts = {NOTE_COLUMN} & set(table.columns)
            cells = table.with_columns(
                pl.col("doc", "src", "tgt", *texts).map_elements(tsv_cell, return_dtype=pl.String)
            ).write_csv(
                include_header=not number,
                separator="\t",
                quote_style="never",
                float_precision=4,
            )
            file.write(cells.encode())  # by ourselves: polars is silent about a full disk
    return (path,)


def write_csv(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write a table with commas; texts are in quotation marks where they need it."""
    with writing_bytes(path) as file:
        for number, table in enumerate(_frames(bitext)):
            cells = table.write_csv(
                include_header=not number,
                include_bom=not number,  # so that Excel sees UTF-8
                float_precision=4,
            )
            file.write(cells.encode())
    return (path,)


def _frames(bitext: Units) -> Iterator[pl.DataFrame]:
    """Yield the units as text columns and p as a number."""
    import polars as pl

    schema = dict.fromkeys(UnitRow._fields, pl.String()) | {"p": pl.Float64()}
    empty = needless(bitext)
    for units in batches(bitext):
        table = pl.DataFrame([_row(unit) for unit in units], schema=schema, orient="row")
        yield table.drop(empty)


def _row(unit: Unit) -> UnitRow:
    """Return a unit as a row, the numbers of its sentences in brackets."""
    plain = row(unit)
    return plain._replace(src_ids=f"[{plain.src_ids}]", tgt_ids=f"[{plain.tgt_ids}]")


def check_tsv(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a table with tabs (see `check_table`)."""
    return check_table(source, tsv_rows)


def check_csv(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a table with commas (see `check_table`)."""
    return check_table(source, csv_rows)
