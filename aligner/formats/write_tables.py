"""The tables: TSV, CSV and Parquet, by polars.

TSV and CSV have the columns of `unit_rows.UnitRow`. In TSV a tab or a line end inside a text
is a blank; CSV keeps them. In both, a text with a quotation mark in it stands in
quotation marks, as readers of tables want it. Parquet has lists of numbers for the
sentence numbers and spans, and the signature in its metadata. Units are taken a batch
at a time; Parquet holds its columns until the end.

A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written as it
stands: a parallel corpus must be exact, and a mark put before it, such as `'`, would be
part of the text for every other program. So it is in all our tables of text, lists of
units without partner, manifests and glossaries too. A spreadsheet program may take such
a cell of a CSV or TSV file for a formula: open it as text, or write XLSX, where no cell
is ever a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from aligner.bitext import Unit
from aligner.formats.common.parquet_bytes import parquet_bytes
from aligner.formats.common.unit_rows import UnitRow, Units, row, sound, tsv_cell
from aligner.formats.common.writing import write_bytes, writing_bytes

_BATCH = 20_000  # units


def write_tsv(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write a table with tabs, in whose cells is no tab and no line end."""
    with writing_bytes(path) as file:
        for number, table in enumerate(_frames(bitext)):
            table.with_columns(
                pl.col("doc", "src", "tgt").map_elements(tsv_cell, return_dtype=pl.String)
            ).write_csv(
                file,
                include_header=not number,
                separator="\t",
                quote_style="never",
                float_precision=4,
            )
    return (path,)


def write_csv(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write a table with commas; texts are in quotation marks where they need it."""
    with writing_bytes(path) as file:
        for number, table in enumerate(_frames(bitext)):
            table.write_csv(file, include_header=not number, float_precision=4)
    return (path,)


def write_parquet(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write Parquet: numbers as numbers, spans as two of them, null for none."""
    whole = pl.List(pl.Int64)
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "doc": pl.String, "src": pl.String, "tgt": pl.String,
        "src_ids": whole, "tgt_ids": whole, "kind": pl.String, "p": pl.Float64,
        "src_span": whole, "tgt_span": whole,
    }  # fmt: skip
    frames = [
        pl.DataFrame([_numbers(unit) for unit in units], schema=schema, orient="row")
        for units in _batches(bitext)
    ]
    raw = parquet_bytes(pl.concat(frames), metadata={"signature": bitext.signature})
    return (write_bytes(path, raw),)


def _batches(bitext: Units) -> Iterator[list[Unit]]:
    """Yield the units in lists; one empty list if there are none."""
    units = bitext.units()
    batch = list(islice(units, _BATCH))
    yield batch
    while batch := list(islice(units, _BATCH)):
        yield batch


def _frames(bitext: Units) -> Iterator[pl.DataFrame]:
    """Yield the units as text columns and p as a number."""
    schema = dict.fromkeys(UnitRow._fields, pl.String()) | {"p": pl.Float64()}
    for units in _batches(bitext):
        yield pl.DataFrame([row(unit) for unit in units], schema=schema, orient="row")


def _numbers(unit: Unit) -> tuple[object, ...]:
    return (
        sound(unit.doc), sound(unit.src), sound(unit.tgt),
        list(unit.src_ids), list(unit.tgt_ids), unit.kind, unit.p,
        list(unit.src_span) if unit.src_span else None,
        list(unit.tgt_span) if unit.tgt_span else None,
    )  # fmt: skip
