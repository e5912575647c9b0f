"""Bitexts in Parquet, read by polars in slices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from aligner.bitexts.columns import Row
from aligner.bitexts.pairs import Head, Pair, Source
from aligner.bitexts.tables import table_pairs
from aligner.bitexts.textfile import open_binary
from aligner.errors import FormatError

MOST_ROWS: Final = 20_000_000  # a few bytes of Parquet can promise any number
_SLICE: Final = 20_000  # rows


def read_parquet(source: Source, head: Head) -> Iterator[Pair]:
    """Yield the units of a Parquet file."""
    return table_pairs(parquet_rows(source, head), source)


def parquet_rows(source: Source, head: Head) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a Parquet file as objects, with their numbers.

    Raises:
        FormatError: It is no Parquet, or damaged.
    """
    import polars as pl  # noqa: PLC0415 - not every bitext is Parquet

    with open_binary(source) as file:
        if file.read(4) != b"PAR1":
            raise _damaged(source, "it does not begin as one")
    try:
        head.signature = pl.read_parquet_metadata(source.path).get("signature", "")
        rows = int(pl.scan_parquet(source.path).select(pl.len()).collect().item())
    except BaseException as error:  # a panic of polars is no Exception
        raise _failure(source, error) from error
    if rows > MOST_ROWS:
        raise FormatError(
            f"{source.name}: says that it has {rows:,} rows", hint="split it into several files"
        )
    for start in range(0, rows, _SLICE):
        yield from enumerate(_slice(source, start), start=start + 1)


def _slice(source: Source, start: int) -> list[dict[str, Any]]:
    import polars as pl  # noqa: PLC0415 - see read_parquet

    try:
        return pl.scan_parquet(source.path).slice(start, _SLICE).collect().to_dicts()
    except BaseException as error:
        raise _failure(source, error) from error


def _failure(source: Source, error: BaseException) -> BaseException:
    """Return our error for one of polars; any that is not its own as it is."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        return error
    return _damaged(source, str(error).strip().partition("\n")[0][:200])


def _damaged(source: Source, reason: str) -> FormatError:
    return FormatError(
        f"{source.name}: is no readable Parquet file: {reason}", hint="write the file again"
    )
