"""The process that reads a Parquet file: rows as JSON lines on standard output.

Run as `python -m aligner.bitexts.parquet_process FILE`. The first line is an object
with the file's signature and its number of rows, then comes a line a row, and at the
end `null`, so that the other side knows that nothing is missing. An error that polars
reports is a line of text.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

MOST_ROWS: Final = 20_000_000  # a few bytes of Parquet can promise any number
_SLICE: Final = 20_000  # rows


def main(path: str) -> None:
    """Write the rows of a file to standard output."""
    import polars as pl  # noqa: PLC0415 - the parent takes its constants from here

    write = sys.stdout.write
    try:
        path = _openable(path)
        table = pl.scan_parquet(path, glob=False)
        rows = int(table.select(pl.len()).collect().item())
        signature = pl.read_parquet_metadata(path).get("signature", "")
        write(json.dumps({"rows": rows, "signature": signature}) + "\n")
        for start in range(0, min(rows, MOST_ROWS), _SLICE):
            for row in table.slice(start, _SLICE).collect().iter_rows(named=True):
                write(json.dumps(row, default=str) + "\n")
    except Exception as error:  # noqa: BLE001 - it is for the parent to say what is wrong
        write(json.dumps(str(error)) + "\n")
    else:
        write("null\n")


def _openable(path: str) -> str:
    """Return a name that polars takes: one that is not UTF-8 by the number of its open file."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return f"/dev/fd/{os.open(path, os.O_RDONLY)}"
    return path


if __name__ == "__main__":
    main(sys.argv[1])
