"""The ledger: what became of every pair, in a file that survives any kill.

A line is added when a pair ends, as one write and flushed to the disk; nothing else in
the file is touched while a batch runs. A kill leaves at most a last line without its
end, which is passed over: its pair runs again. Of several lines of a pair the last one
holds. At the end of a run the file is written anew, one line a pair.

The ledger alone knows times, so it differs from run to run. `index.jsonl`, made from it,
does not: it lists the parts of the corpus with the digests of documents and parts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aligner.batch.values import Facts, Status, Trouble
from aligner.errors import FormatError
from aligner.export.files import write_lines


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger."""

    id: str
    original: str  # as the manifest names it
    translation: str
    original_sha256: str  # of its bytes; empty if it could not be read
    translation_sha256: str
    settings: str  # signature of all that changes a part
    status: Status
    seconds: float
    part_sha256: str = ""
    facts: Facts | None = None
    trouble: Trouble | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What the part depends on; while it is the same, there is nothing to do."""
        return (self.original, self.translation, self.original_sha256,
                self.translation_sha256, self.settings)  # fmt: skip

    def line(self) -> str:
        """Return the entry as JSON on a line."""
        row = asdict(self)
        row["trouble"] = self.trouble and self.trouble._asdict()
        return json.dumps(row, ensure_ascii=False) + "\n"

    def index_line(self) -> str:
        """Return what of the entry is the same in every run, as JSON on a line."""
        facts = self.facts
        row = {
            "id": self.id,
            "part": part_name(self.id),
            "original": self.original,
            "translation": self.translation,
            "beads": sum(facts.kinds.values()) if facts else 0,
            "original_sha256": self.original_sha256,
            "translation_sha256": self.translation_sha256,
            "part_sha256": self.part_sha256,
            "settings": self.settings,
        }
        return json.dumps(row, ensure_ascii=False) + "\n"


def part_name(name: str) -> str:
    """Return the file name of a pair's part."""
    return f"{name}.parquet"


class Ledger:
    """The entries of a corpus folder, by the id of the pair."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries = {entry.id: entry for entry in _entries(path)}

    def add(self, entry: Entry) -> None:
        """Note what became of a pair; on disk when this returns."""
        with self.path.open("ab") as file:
            # a line that a kill cut off is ended first, so that it spoils no other
            start = b"" if _ends_whole(self.path) else b"\n"
            file.write(start + entry.line().encode())
            file.flush()
            os.fsync(file.fileno())
        self.entries[entry.id] = entry

    def forget(self, ids: Iterable[str]) -> None:
        """Drop pairs; they are gone from the file after `compact`."""
        for name in ids:
            self.entries.pop(name, None)

    def compact(self) -> None:
        """Write the file anew with one line a pair, in the order of the ids."""
        write_lines(self.path, (self.entries[name].line() for name in sorted(self.entries)))


def _entries(path: Path) -> Iterator[Entry]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            continue  # cut off by a kill
        yield _entry(row, f"{path}:{number}")


def _entry(row: Any, where: str) -> Entry:  # noqa: ANN401 - whatever the file holds
    try:
        facts, trouble = row.pop("facts"), row.pop("trouble")
        return Entry(
            **row,
            facts=facts and Facts.of(facts),
            trouble=trouble and Trouble(**trouble),
        )
    except (TypeError, AttributeError, KeyError) as error:
        raise FormatError(
            f"{where}: is no line of a ledger of this version: {error}",
            hint="delete the ledger: every pair is then aligned again",
        ) from error


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
