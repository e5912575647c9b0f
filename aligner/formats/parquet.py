"""Bitexts in Parquet, read by polars in a process of its own.

A damaged Parquet file can end the process that reads it: polars then asks for more
memory than there is, which no exception handler survives (see `child_process`).

What we write has lists of numbers for the sentence numbers and spans, and the signature
in its metadata; the columns are held until the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from aligner.bitext import Unit
from aligner.errors import FormatError
from aligner.formats.common.bitext_columns import Cells
from aligner.formats.common.child_process import broken, child_values
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.parquet_bytes import parquet_bytes
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.table_pairs import table_pairs
from aligner.formats.common.table_rules import check_table
from aligner.formats.common.text_lines import open_binary
from aligner.formats.common.unit_rows import NOTE_COLUMN, TIME_COLUMNS, Units, batches, sound
from aligner.formats.common.writing import write_bytes
from aligner.formats.parquet_process import MOST_PARQUET_ROWS
from aligner.messages import _

_MAGIC: Final = b"PAR1"


def read_parquet(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a Parquet file."""
    return table_pairs(parquet_rows(source, head), source, head)


def parquet_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a Parquet file as objects, with their numbers.

    Raises:
        FormatError: It is no Parquet, is damaged, or has more than MOST_PARQUET_ROWS rows.
    """
    with open_binary(source) as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise FormatError(
                _("{name}: is not a readable Parquet file: it does not begin as one").format(
                    name=source.name
                ),
                hint=_("write the file again"),
            )
    values = child_values("aligner.formats.parquet_process", source, str(source.path.absolute()))
    first = next(values, None)
    if not isinstance(first, dict):
        raise broken(source)
    head.signature = str(first["signature"])
    if first["rows"] > MOST_PARQUET_ROWS:
        raise FormatError(
            _("{name}: says that it has {first:,} rows").format(
                name=source.name, first=first["rows"]
            ),
            hint=_("split it into several files"),
        )
    head.counted = "row"
    yield from enumerate(values, start=1)


def write_parquet(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write Parquet: numbers as numbers, spans and times as two of them, null for none."""
    import polars as pl

    whole = pl.List(pl.Int64)
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "doc": pl.String, "src": pl.String, "tgt": pl.String,
        "src_ids": whole, "tgt_ids": whole, "kind": pl.String, "p": pl.Float64,
        "src_span": whole, "tgt_span": whole, **dict.fromkeys(TIME_COLUMNS, pl.List(pl.Float64)),
        NOTE_COLUMN: pl.String,
    }  # fmt: skip
    frames = [
        pl.DataFrame([_numbers(unit) for unit in units], schema=schema, orient="row")
        for units in batches(bitext)
    ]
    table = pl.concat(frames)
    if not bitext.timed:
        table = table.drop(TIME_COLUMNS)
    if table[NOTE_COLUMN].null_count() == table.height:
        table = table.drop(NOTE_COLUMN)
    raw = parquet_bytes(table, metadata={"signature": bitext.signature})
    return (write_bytes(path, raw),)


def _numbers(unit: Unit) -> tuple[object, ...]:
    return (
        sound(unit.doc), sound(unit.src), sound(unit.tgt),
        list(unit.src_ids), list(unit.tgt_ids), unit.kind, unit.p,
        list(unit.src_span) if unit.src_span else None,
        list(unit.tgt_span) if unit.tgt_span else None,
        list(unit.src_times) if unit.src_times else None,
        list(unit.tgt_times) if unit.tgt_times else None,
        sound(unit.note) or None,
    )  # fmt: skip


def check_parquet(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a Parquet file (see `check_table`)."""
    return check_table(source, parquet_rows)
