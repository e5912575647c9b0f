"""The table of a corpus: the rows of all its parts, joined into a few large files.

Opening ten thousand small files takes longer than looking through their rows. So, when
a batch ends, the parts are joined in the order of their ids, without the columns that
only serve to make bitexts again, into shards of about `SHARD_ROWS` rows. A shard whose
parts have not changed is kept. `stamp.json`, written last and removed before anything
changes, says that the table is whole; without it a reader takes the parts themselves.

polars is imported on first use.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from aligner.batch.ledger import Entry, part_name
from aligner.export.files import write_bytes, write_text
from aligner.export.parquet import parquet_bytes

PARTS: Final = "parts"
TABLE: Final = "table"
STAMP: Final = "stamp.json"
SHARD_ROWS: Final = 100_000  # about 40 MB in memory


def corpus_files(folder: Path) -> list[Path]:
    """Return the Parquet files that hold the rows of a corpus, in order.

    They have at least the columns `part.TEXT_COLUMNS`.
    """
    table = folder / TABLE
    try:
        names = json.loads((table / STAMP).read_bytes())["shards"]
    except (OSError, ValueError, KeyError, TypeError):
        return sorted((folder / PARTS).glob("[!.]*.parquet"))
    return [table / _shard_name(number) for number in range(len(names))]


def begin_change(folder: Path) -> None:
    """Say that the table does not hold any more: parts are about to change."""
    (folder / TABLE / STAMP).unlink(missing_ok=True)


def join_parts(folder: Path, entries: Sequence[Entry]) -> None:
    """Join the parts into the table.

    Args:
        folder: The corpus.
        entries: Of the pairs that have a part, in the order of their ids.

    Cost: linear in the rows that changed; one shard in memory.
    """
    table = folder / TABLE
    table.mkdir(exist_ok=True)
    digests = []
    for number, members in enumerate(_shards(entries)):
        digests.append(_digest(members))
        path = table / _shard_name(number)
        if _digest_of(path) != digests[-1]:
            _write_shard(path, [folder / PARTS / part_name(e.id) for e in members], digests[-1])
    for path in table.glob("*.parquet"):
        if int(path.stem) >= len(digests):
            path.unlink()
    write_text(table / STAMP, json.dumps({"shards": digests}) + "\n")


def _shard_name(number: int) -> str:
    return f"{number:05}.parquet"


def _shards(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Divide entries into runs of about `SHARD_ROWS` rows."""
    members: list[Entry] = []
    rows = 0
    for entry in entries:
        members.append(entry)
        rows += sum(entry.facts.kinds.values()) if entry.facts else 0
        if rows >= SHARD_ROWS:
            yield members
            members, rows = [], 0
    if members:
        yield members


def _digest(members: Sequence[Entry]) -> str:
    lines = "".join(f"{e.id} {e.part_sha256}\n" for e in members)
    return hashlib.sha256(lines.encode()).hexdigest()


def _digest_of(path: Path) -> str:
    """Return what a shard was made of; nothing if there is none or it is damaged."""
    import polars as pl  # noqa: PLC0415 - slow to import

    try:
        return pl.read_parquet_metadata(path).get("parts", "")
    except (OSError, pl.exceptions.PolarsError):
        return ""


def _write_shard(path: Path, parts: Sequence[Path], digest: str) -> None:
    import polars as pl  # noqa: PLC0415 - slow to import

    from aligner.batch.part import TEXT_COLUMNS  # noqa: PLC0415

    rows = pl.concat([pl.read_parquet(part, columns=list(TEXT_COLUMNS)) for part in parts])
    raw = parquet_bytes(
        rows, compression="zstd", row_group_size=SHARD_ROWS // 4, metadata={"parts": digest}
    )
    write_bytes(path, raw)
