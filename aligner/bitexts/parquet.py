"""Bitexts in Parquet, read by polars in a process of its own.

A damaged Parquet file can end the process that reads it: polars then asks for more
memory than there is, which no exception handler survives. What happens to the other
process is an error message here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from aligner.bitexts.columns import Row
from aligner.bitexts.pairs import Head, Pair, Source
from aligner.bitexts.parquet_process import MOST_ROWS
from aligner.bitexts.tables import table_pairs
from aligner.bitexts.textfile import open_binary
from aligner.errors import FormatError

_COMMAND: Final = (sys.executable, "-P", "-m", "aligner.bitexts.parquet_process")
_MAGIC: Final = b"PAR1"
_MOST_RATIO: Final = 200  # characters of text to bytes of the file
_SMALL: Final = 100_000_000  # characters: below it any ratio is harmless


def read_parquet(source: Source, head: Head) -> Iterator[Pair]:
    """Yield the units of a Parquet file."""
    return table_pairs(parquet_rows(source, head), source)


def parquet_rows(source: Source, head: Head) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a Parquet file as objects, with their numbers.

    Raises:
        FormatError: It is no Parquet, is damaged, or has more than MOST_ROWS rows.
        SettingError: It is a part of a corpus of another version.
    """
    from aligner.batch.catalog import check_file  # noqa: PLC0415 - above this stage

    check_file(source.path)
    with open_binary(source) as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise _damaged(source, "it does not begin as one")
        room = max(_SMALL, _MOST_RATIO * file.seek(0, os.SEEK_END))
    lines = _lines(source)
    first = _value(next(lines, ""), source)
    head.signature = str(first["signature"])
    if first["rows"] > MOST_ROWS:
        raise FormatError(
            f"{source.name}: says that it has {first['rows']:,} rows",
            hint="split it into several files",
        )
    for number, line in enumerate(lines, start=1):
        if line == "null\n":
            return
        room -= len(line)
        if room < 0:
            raise FormatError(
                f"{source.name}: unpacks to far more text than it has bytes",
                hint="check that this is the right file",
            )
        yield number, _value(line, source)
    raise _damaged(source, "what reads it broke down")


def _lines(source: Source) -> Iterator[str]:
    """Yield the lines of the other process, which ends with this generator."""
    with subprocess.Popen(  # noqa: S603 - our own module, and a path that is no option
        (*_COMMAND, str(source.path.absolute())),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        try:
            yield from process.stdout or ()
        finally:
            process.kill()


def _value(line: str, source: Source) -> dict[str, Any]:
    """Return the object of a line.

    Raises:
        FormatError: It is a message, or was cut off.
    """
    try:
        value = json.loads(line)
    except ValueError as error:
        raise _damaged(source, "what reads it broke down") from error
    if not isinstance(value, dict):
        raise _damaged(source, str(value).strip().partition("\n")[0][:200])
    return value


def _damaged(source: Source, reason: str) -> FormatError:
    return FormatError(
        f"{source.name}: is no readable Parquet file: {reason}", hint="write the file again"
    )
