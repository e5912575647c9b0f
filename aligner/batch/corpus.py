"""The folder of a corpus while a batch writes it: what is done, what is to do.

All files are written by the one process that holds the lock. The order of steps is such
that a kill between any two of them leaves a folder from which the next run goes on: a
part is in its place before the ledger says so, and what the ledger does not say is made
again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from aligner.batch.joined import PARTS, begin_change, join_parts
from aligner.batch.ledger import Entry, Ledger, part_name
from aligner.batch.meter import Meter
from aligner.batch.values import Outcome, Pair, Settings, Trouble, Work
from aligner.errors import ExportError, ReadError, SettingError
from aligner.export.files import write_bytes, write_lines, write_text
from aligner.read import document_bytes

MARK: Final = "corpus.json"
LEDGER: Final = "ledger.jsonl"
INDEX: Final = "index.jsonl"
LAYOUT: Final = 1
_LOCK: Final = ".lock"


def is_corpus(folder: str | Path) -> bool:
    """Tell whether a folder is a corpus that `batch` made."""
    return (Path(folder) / MARK).is_file()


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Make a corpus folder, or check one, and keep other runs out of it.

    Raises:
        SettingError: The folder holds something else, or another run works in it.
        ExportError: It cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only when writing

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_corpus(folder) and any(p.name != _LOCK for p in folder.iterdir()):
            raise SettingError(
                f"{folder}: is neither empty nor a corpus", hint="name a new folder with -o"
            )
        with FileLock(folder / _LOCK, blocking=False):
            write_text(folder / MARK, json.dumps({"layout": LAYOUT}) + "\n")
            (folder / PARTS).mkdir(exist_ok=True)
            yield
    except Timeout as error:
        raise SettingError(
            f"{folder}: another batch works in this folder", hint="wait until it has ended"
        ) from error
    except OSError as error:
        raise ExportError(
            f"{folder}: cannot be written: {error.strerror or error}",
            hint="choose a folder that you may write to",
        ) from error


class CorpusWriter:
    """Finds what is to do, and keeps what was done.

    Args:
        folder: The corpus.
        pairs: All pairs of the source.
        settings: Of the run.
        signature: Of the settings and versions, see `work.settings_signature`.
        retry_failed: Run again too what failed because of its documents.
    """

    def __init__(
        self,
        folder: Path,
        pairs: Sequence[Pair],
        settings: Settings,
        signature: str,
        *,
        retry_failed: bool = False,
    ) -> None:
        self.folder, self.pairs = folder, pairs
        self.ledger = Ledger(folder / LEDGER)
        self._settings, self._signature = settings, signature
        self._retry_failed = retry_failed
        self._begun: dict[str, Entry] = {}  # in flight
        for leftover in (folder / PARTS).glob(".*"):  # of a write that a kill broke off
            leftover.unlink()

    def works(self, meter: Meter) -> Iterator[Work]:
        """Yield the work there is, reading each pair's files when its turn comes."""
        for pair in self.pairs:
            raw, trouble = _documents(pair)
            if trouble is None and self._is_kept(self._entry(pair, raw)):
                meter.keep(pair.id)
                continue
            meter.begin()
            self.begin(pair, raw)
            if trouble is not None:
                self.record(Outcome(pair.id, 0.0, trouble=trouble))
                meter.end(pair.id, trouble)
                continue
            original, translation = raw
            yield Work(pair.id, pair.names, original, translation, self._settings)

    def begin(self, pair: Pair, raw: Sequence[bytes]) -> None:
        """Note that a pair is in flight; `raw` is empty if its files cannot be read."""
        self._begun[pair.id] = self._entry(pair, raw)

    def record(self, outcome: Outcome) -> None:
        """Keep what became of a pair: first its part, then its line in the ledger."""
        entry = self._begun.pop(outcome.id)
        begin_change(self.folder)
        path = self.folder / PARTS / part_name(outcome.id)
        if outcome.trouble is None:
            write_bytes(path, outcome.part)
        self.ledger.add(
            replace(
                entry,
                status="failed" if outcome.trouble else "done",
                seconds=round(outcome.seconds, 3),
                part_sha256=_digest(outcome.part) if outcome.part else "",
                facts=outcome.facts,
                trouble=outcome.trouble,
            )
        )
        if outcome.trouble is not None:
            path.unlink(missing_ok=True)

    def finish(self, *, prune: bool = False) -> None:
        """Put index, table and ledger in order.

        Args:
            prune: Drop the pairs that the source no longer names; they are kept otherwise.
        """
        named = {pair.id for pair in self.pairs}
        others = [e for e in self.ledger.entries.values() if e.id not in named]
        self.ledger.forget(e.id for e in others if prune or e.status == "failed")
        done = self.done()
        wanted = {part_name(entry.id) for entry in done}
        for path in (self.folder / PARTS).iterdir():
            if path.name not in wanted:
                begin_change(self.folder)
                path.unlink()
        self.ledger.compact()
        write_lines(self.folder / INDEX, (entry.index_line() for entry in done))
        join_parts(self.folder, done)

    def done(self) -> list[Entry]:
        """Return the entries that have a part, in the order of their ids."""
        return sorted(
            (e for e in self.ledger.entries.values() if e.status == "done"), key=lambda e: e.id
        )

    def _entry(self, pair: Pair, raw: Sequence[bytes]) -> Entry:
        """Return the entry of a pair as it stands before it is aligned."""
        original, translation = map(_digest, raw) if raw else ("", "")
        return Entry(
            id=pair.id,
            original=pair.names[0],
            translation=pair.names[1],
            original_sha256=original,
            translation_sha256=translation,
            settings=self._signature,
            status="failed",
            seconds=0.0,
        )

    def _is_kept(self, entry: Entry) -> bool:
        known = self.ledger.entries.get(entry.id)
        if known is None or known.key != entry.key:
            return False
        if known.trouble is not None:
            return known.trouble.reason == "document" and not self._retry_failed
        try:
            part = (self.folder / PARTS / part_name(entry.id)).read_bytes()
        except OSError:
            return False
        return _digest(part) == known.part_sha256


def _documents(pair: Pair) -> tuple[tuple[bytes, ...], Trouble | None]:
    """Read the files of a pair; nothing and a reason if one cannot be read."""
    try:
        return tuple(
            document_bytes(path, name)
            for path, name in zip((pair.original, pair.translation), pair.names, strict=True)
        ), None
    except ReadError as error:
        return (), Trouble("document", str(error), error.hint)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
