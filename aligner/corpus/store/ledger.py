"""The ledger: what became of every pair, in a file that survives any kill.

A line is added when a pair ends, as one write and flushed to the disk; nothing else in
the file is touched while a batch runs. A kill leaves at most a last line without its
end, which is passed over: its pair runs again. Of several lines of a pair the last one
holds. At the end of a run the file is written anew, one line a pair.

Each line is sealed (see `seal`). One that was changed, or that is not a line of ours, is
passed over and counted: nothing is believed of its pair, which is aligned again.

The ledger alone knows times, so it differs from run to run. `index.jsonl`, made from it,
does not: it lists the parts of the corpus with the digests of documents and parts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from aligner.corpus.store.pair_facts import REASONS, Facts, PairStatus, Trouble
from aligner.corpus.store.seal import (
    PARTS,
    Checked,
    is_cut_off,
    is_file_name,
    json_line,
    make_way,
    sealed,
    unsealed,
)
from aligner.errors import FormatError
from aligner.formats.common.writing import write_lines
from aligner.messages import _, reason_of

LEDGER: Final = "ledger.jsonl"
_LONGEST: Final = 16_000_000  # bytes of a line
_TEXTS: Final = ("original", "translation", "original_sha256", "translation_sha256", "settings",
                 "part_sha256")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the ledger."""

    id: str
    original: str  # as the manifest names it
    translation: str
    original_sha256: str  # of its bytes; empty if it could not be read
    translation_sha256: str
    settings: str  # signature of all that changes a part
    status: PairStatus
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
        """Return the entry as a sealed line."""
        row = asdict(self)
        row["trouble"] = self.trouble and self.trouble._asdict()
        return sealed(row)

    @classmethod
    def of(cls, row: dict[str, Any]) -> LedgerEntry:
        """Return the entry that a line holds.

        Raises:
            ValueError: It holds something else, or an id that is not a file name.
        """
        try:
            facts, trouble = row.pop("facts"), row.pop("trouble")
            entry = cls(
                **row,
                facts=facts and Facts.of(facts),
                trouble=trouble and Trouble(**trouble),
            )
            sound = (
                is_file_name(entry.id)
                and all(isinstance(getattr(entry, name), str) for name in _TEXTS)
                and isinstance(entry.seconds, (int, float))
                and (entry.trouble is None or entry.trouble.reason in REASONS)
                and entry.status == ("failed" if entry.trouble else "done")
            )
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(
                _("is not a line of a ledger of this version: {error}").format(error=error)
            ) from error
        if not sound:
            raise ValueError(_("is not a line of a ledger of this version"))
        return entry

    def part(self, folder: Path) -> Checked:
        """Return the pair's part in a corpus folder."""
        return Checked(folder / PARTS / part_name(self.id), self.part_sha256)

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
        return json_line(row)


def part_name(name: str) -> str:
    """Return the file name of a pair's part."""
    return f"{name}.parquet"


class Ledger:
    """The entries of a corpus folder, by the id of the pair.

    Args:
        path: The file; it need not be there.
        sealed: Whether its lines are; those of the first layout were not.

    Raises:
        FormatError: It cannot be read.
    """

    def __init__(self, path: Path, *, sealed: bool = True) -> None:
        self.path = path
        self.entries: dict[str, LedgerEntry] = {}
        self.damaged: list[int] = []  # numbers of the lines that tell nothing
        self.cut_off = False  # the last line has no end, as a kill leaves it
        read = unsealed if sealed else json.loads
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            try:
                entry = LedgerEntry.of(read(line))
            except (ValueError, TypeError, RecursionError):
                if is_cut_off(line):
                    self.cut_off = True
                else:
                    self.damaged.append(number)
            else:
                self.entries[entry.id] = entry

    def add(self, entry: LedgerEntry) -> None:
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
        make_way(self.path)
        write_lines(self.path, (self.entries[name].line() for name in sorted(self.entries)))


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a ledger that are not blank, each bounded in length."""
    try:
        if not path.exists() and not path.is_symlink():
            return
        if not path.is_file():
            raise FormatError(
                _("{path}: is not a file").format(path=path),
                hint=_("move it away, and rerun the batch"),
            )
        with path.open("rb") as file:
            while line := file.readline(_LONGEST):
                yield line
    except OSError as error:
        raise FormatError(
            _("{path}: cannot be read: {reason}").format(path=path, reason=reason_of(error)),
            hint=_("check that it is there and that you may read it"),
        ) from error


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
