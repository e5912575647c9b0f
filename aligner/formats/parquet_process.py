"""The process that reads a Parquet file: rows as JSON lines on standard output.

Run as `python -m aligner.formats.parquet_process FILE`. The first line is an object
with the file's signature and its number of rows, then comes a line a row, and at the
end `null`, so that the other side knows that nothing is missing. An error that polars
reports is a line of text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from aligner.formats.common.child_process import Room, end, limit, send
from aligner.messages import _

MOST_PARQUET_ROWS: Final = 20_000_000  # a few bytes of Parquet can promise any number
_SLICE: Final = 20_000  # rows


def main(path: str) -> None:
    """Write the rows of a file to standard output."""
    import polars as pl

    try:
        path = _openable(path)
        size = Path(path).stat().st_size
        limit(size)
        room = Room(size)
        table = pl.scan_parquet(path, glob=False)
        rows = int(table.select(pl.len()).collect().item())
        signature = pl.read_parquet_metadata(path).get("signature", "")
        send({"rows": rows, "signature": signature})
        for start in range(0, min(rows, MOST_PARQUET_ROWS), _SLICE):
            for row in table.slice(start, _SLICE).collect().iter_rows(named=True):
                room.take(_texts(row))
                send(row)
    except ValueError as error:
        send(str(error))
    except Exception as error:  # noqa: BLE001 - it is for the parent to say what is wrong
        send(_("is not a readable Parquet file: {error}").format(error=error))
    else:
        end()


def _texts(row: dict[str, Any]) -> Iterator[object]:
    """Yield what in a row may be long; of a list or a structure, the way it is written."""
    for name, value in row.items():
        yield name
        yield value if isinstance(value, (str, int, float)) else str(value)


def _openable(path: str) -> str:
    """Return a name that polars takes: one that is not UTF-8 by the number of its open file."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return f"/dev/fd/{os.open(path, os.O_RDONLY)}"
    return path


if __name__ == "__main__":
    main(sys.argv[1])
