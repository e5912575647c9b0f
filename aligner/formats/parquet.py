"""Bitexts in Parquet, read by polars in a process of its own.

A damaged Parquet file can end the process that reads it: polars then asks for more
memory than there is, which no exception handler survives (see `child_process`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aligner.errors import FormatError
from aligner.formats.common.bitext_columns import Cells
from aligner.formats.common.child_process import broken, child_values
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.text_lines import open_binary
from aligner.formats.parquet_process import MOST_ROWS
from aligner.formats.tables import table_pairs

_MAGIC: Final = b"PAR1"


def read_parquet(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a Parquet file."""
    return table_pairs(parquet_rows(source, head), source)


def parquet_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a Parquet file as objects, with their numbers.

    Raises:
        FormatError: It is no Parquet, is damaged, or has more than MOST_ROWS rows.
    """
    with open_binary(source) as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise FormatError(
                f"{source.name}: is no readable Parquet file: it does not begin as one",
                hint="write the file again",
            )
    values = child_values("aligner.formats.parquet_process", source, str(source.path.absolute()))
    first = next(values, None)
    if not isinstance(first, dict):
        raise broken(source)
    head.signature = str(first["signature"])
    if first["rows"] > MOST_ROWS:
        raise FormatError(
            f"{source.name}: says that it has {first['rows']:,} rows",
            hint="split it into several files",
        )
    yield from enumerate(values, start=1)
