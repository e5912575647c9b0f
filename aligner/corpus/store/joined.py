"""The table of a corpus: the rows of all its parts, joined into a few large files.

Opening ten thousand small files takes longer than looking through their rows. So, when
a batch ends, the parts are joined in the order of their ids, without the columns that
only serve to make bitexts again, into shards of about `SHARD_ROWS` rows.

`stamp.json`, written last and removed before anything changes, says that the table is
whole, and holds the digests of the index and of each shard. Without it a reader takes
the parts that the ledger names. A shard whose parts and whose bytes have not changed
is kept; after a kill all are joined again.

polars is imported on first use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from aligner.corpus.store.ledger import LedgerEntry
from aligner.corpus.store.seal import (
    TABLE,
    Checked,
    damaged,
    digest,
    file_bytes,
    is_digest,
    make_way,
    sealed,
    unsealed,
)
from aligner.errors import AlignerError
from aligner.formats.common.parquet_bytes import parquet_bytes
from aligner.formats.common.writing import write_bytes, write_text
from aligner.messages import _

INDEX: Final = "index.jsonl"
STAMP: Final = "stamp.json"
SHARD_ROWS: Final = 100_000  # about 40 MB in memory
_SHARD: Final = re.compile(r"(\d{5,})\.parquet")


class Shard(NamedTuple):
    """What the stamp says of a shard."""

    parts: str  # digest of the ids and digests of its parts
    sha256: str  # of its bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the files of a finished corpus must be."""

    index_sha256: str
    shards: tuple[Shard, ...]

    def files(self, folder: Path) -> tuple[Checked, ...]:
        """Return the shards of a corpus folder, in order."""
        table = folder / TABLE
        return tuple(
            Checked(table / _shard_name(number), shard.sha256)
            for number, shard in enumerate(self.shards)
        )

    def line(self) -> str:
        """Return the stamp as a sealed line."""
        return sealed(
            {"index_sha256": self.index_sha256, "shards": [s._asdict() for s in self.shards]}
        )


def read_stamp(folder: Path) -> Stamp | None:
    """Return the stamp of a corpus; None if there is none.

    Raises:
        FormatError: It is damaged.
    """
    path = folder / TABLE / STAMP
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return _stamp(unsealed(file_bytes(path)))
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(path, str(error)) from error


def begin_change(folder: Path) -> None:
    """Say that index and table do not hold any more: parts are about to change."""
    (folder / TABLE / STAMP).unlink(missing_ok=True)


def join_parts(
    folder: Path, entries: Sequence[LedgerEntry], known: Stamp | None, index_sha256: str
) -> list[str]:
    """Join the parts into the table.

    Args:
        folder: The corpus.
        entries: Of the pairs that have a part, in the order of their ids.
        known: The stamp before the run.
        index_sha256: Digest of the index of these entries.

    Returns:
        What was found to be damaged, and was made again.

    Raises:
        FormatError: A part is damaged.

    Cost: linear in the rows that changed; one shard in memory.
    """
    table = folder / TABLE
    table.mkdir(exist_ok=True)
    before = known.shards if known else ()
    shards: list[Shard] = []
    notes: list[str] = []
    for number, members in enumerate(_shards(entries)):
        parts = _digest(members)
        path = table / _shard_name(number)
        if number < len(before) and before[number].parts == parts:
            if _is_whole(path, before[number]):
                shards.append(before[number])
                continue
            notes.append(_("{path}: was damaged: rebuilt").format(path=path))
        shards.append(Shard(parts, _write_shard(path, [e.part(folder) for e in members])))
    for path in table.iterdir():
        found = _SHARD.fullmatch(path.name)
        if found and int(found[1]) >= len(shards) and path.is_file():
            path.unlink()
    make_way(table / STAMP)
    write_text(table / STAMP, Stamp(index_sha256, tuple(shards)).line())
    return notes


def is_of_table(name: str) -> bool:
    """Tell whether a file of the table is one that `join_parts` makes."""
    return name == STAMP or _SHARD.fullmatch(name) is not None


def _stamp(row: dict[str, Any]) -> Stamp:
    shards = tuple(Shard(**shard) for shard in row["shards"])
    digests = [row["index_sha256"], *(one for shard in shards for one in shard)]
    if not all(map(is_digest, digests)):
        raise ValueError(_("it contains something other than digests"))
    return Stamp(digests[0], shards)


def _is_whole(path: Path, shard: Shard) -> bool:
    try:
        return digest(file_bytes(path)) == shard.sha256
    except AlignerError:
        return False


def _shard_name(number: int) -> str:
    return f"{number:05}.parquet"


def _shards(entries: Iterable[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    """Divide entries into runs of about `SHARD_ROWS` rows."""
    members: list[LedgerEntry] = []
    rows = 0
    for entry in entries:
        members.append(entry)
        rows += sum(entry.facts.kinds.values()) if entry.facts else 0
        if rows >= SHARD_ROWS:
            yield members
            members, rows = [], 0
    if members:
        yield members


def _digest(members: Sequence[LedgerEntry]) -> str:
    lines = "".join(f"{e.id} {e.part_sha256}\n" for e in members)
    return hashlib.sha256(lines.encode()).hexdigest()


def _write_shard(path: Path, parts: Sequence[Checked]) -> str:
    """Write a shard; return the digest of its bytes."""
    import polars as pl

    from aligner.corpus.store.part import TEXT_COLUMNS, part_rows

    rows = pl.concat([part_rows(part, TEXT_COLUMNS) for part in parts])
    raw = parquet_bytes(rows, compression="zstd", row_group_size=SHARD_ROWS // 4)
    make_way(path)
    write_bytes(path, raw)
    return digest(raw)
