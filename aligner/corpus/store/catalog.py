"""What a corpus holds, for those who read it: its files, and what their bytes must be.

Of a finished corpus the stamp is believed, whose seal vouches for it; the stamp vouches
for the index and the table, the index for the parts. Of one whose batch has not ended
there are the parts that the ledger names. Files that are named nowhere are not read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.corpus.store.joined import INDEX, Stamp, read_stamp
from aligner.corpus.store.ledger import LEDGER, Ledger, LedgerEntry, part_name
from aligner.corpus.store.mark import check_mark, is_corpus
from aligner.corpus.store.seal import PARTS, TABLE, Checked, damaged, is_file_name
from aligner.messages import _

_TEXTS = ("original", "translation", "original_sha256", "translation_sha256", "part_sha256",
          "settings")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalog:
    """The files of a corpus."""

    folder: Path
    stamp: Stamp | None  # None: its batch has not ended
    entries: tuple[LedgerEntry, ...] = ()  # of the ledger then, in the order of their ids

    def tables(self) -> tuple[Checked, ...]:
        """Return the files that hold all rows, in order: shards, or parts."""
        return self.stamp.files(self.folder) if self.stamp else self.parts()

    def parts(self) -> tuple[Checked, ...]:
        """Return the parts, in the order of their ids.

        Raises:
            FormatError: The index is damaged.
        """
        if self.stamp is None:
            return tuple(entry.part(self.folder) for entry in self.entries)
        return tuple(
            Checked(self.folder / PARTS / row["part"], row["part_sha256"])
            for row in index_rows(self.folder, self.stamp)
        )

    def settings(self) -> list[str]:
        """Return what parts were made with, each once.

        Raises:
            FormatError: The index is damaged.
        """
        if self.stamp is None:
            return sorted({entry.settings for entry in self.entries})
        return sorted({row["settings"] for row in index_rows(self.folder, self.stamp)})


def open_catalog(corpus: str | Path) -> Catalog:
    """Return what a corpus holds.

    Raises:
        FormatError: What says so is damaged.
        SettingError: The folder is not a corpus, or one of another version.
    """
    folder = check_mark(corpus)
    stamp = read_stamp(folder)
    if stamp is not None:
        return Catalog(folder, stamp)
    ledger = Ledger(folder / LEDGER)
    if ledger.damaged:
        raise damaged(
            ledger.path,
            _("line {damaged} is not what the batch wrote").format(damaged=ledger.damaged[0]),
        )
    done = sorted((e for e in ledger.entries.values() if e.status == "done"), key=lambda e: e.id)
    return Catalog(folder, None, tuple(done))


def index_rows(folder: Path, stamp: Stamp) -> list[dict[str, Any]]:
    """Return the lines of the index, one a part.

    Raises:
        FormatError: It is not what the stamp says, or names files outside the corpus.
    """
    path = folder / INDEX
    raw = Checked(path, stamp.index_sha256).read()
    try:
        rows = [json.loads(line) for line in raw.decode().split("\n") if line]
        sound = all(map(_is_row, rows))
    except (ValueError, TypeError, KeyError, RecursionError):
        rows, sound = [], False
    if not sound:
        raise damaged(path, _("it names a file that is not a part"))
    return rows


def check_file(path: Path) -> None:
    """Check a file if it is a part or a shard of a corpus; any other one passes.

    Raises:
        FormatError: It is not what the batch wrote.
        SettingError: Its corpus is one of another version.
    """
    folder = path.absolute().parent.parent
    if path.absolute().parent.name not in {PARTS, TABLE} or not is_corpus(folder):
        return
    catalog = open_catalog(folder)
    for file in catalog.tables() if path.absolute().parent.name == TABLE else catalog.parts():
        if file.path.name == path.name:
            Checked(path, file.sha256).read()


def _is_row(row: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    return (
        is_file_name(row["id"])
        and row["part"] == part_name(row["id"])
        and all(isinstance(row[name], str) for name in _TEXTS)
    )
