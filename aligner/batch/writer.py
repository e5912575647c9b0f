"""The folder of a corpus while a batch writes it: what is done, what is to do.

All files are written by the one process that holds the lock. The order of steps is such
that a kill between any two of them leaves a folder from which the next run resumes: a
part is in its place before the ledger says so, and what the ledger does not say is made
again.

Nothing in the folder is believed that its digest does not vouch for. A part that is
damaged or gone is made again from its documents, index and table from the parts. Files
that no batch has put there are left alone, and reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from aligner.batch.engine_protocol import Outcome, Settings, Work
from aligner.batch.meter import Meter
from aligner.corpus.store.catalog import index_rows
from aligner.corpus.store.folder import LOCK, OTHER_FILES, foreign_files, is_ours, refuse_links
from aligner.corpus.store.joined import INDEX, Stamp, begin_change, join_parts, read_stamp
from aligner.corpus.store.ledger import LEDGER, Ledger, LedgerEntry, part_name
from aligner.corpus.store.mark import MARK_FILE, check_name, mark_layout, write_mark
from aligner.corpus.store.pair_facts import Trouble
from aligner.corpus.store.seal import PARTS, digest, make_way
from aligner.errors import AlignerError, ExportError, FormatError, ReadError, SettingError
from aligner.formats.common.writing import write_bytes, write_text
from aligner.formats.documents import document_bytes
from aligner.messages import _, reason_of
from aligner.pairing.manifest_row import ManifestRow


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Make a corpus folder, or check one, and keep other runs out of it.

    A corpus of an older version is upgraded: its parts are kept.

    Raises:
        SettingError: The folder holds something else, or another run works in it.
        ExportError: It cannot be written.
    """
    from filelock import FileLock, Timeout

    check_name(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_ours(folder):
            raise SettingError(
                _("{folder}: is neither empty nor a corpus").format(folder=folder),
                hint=_("name a new folder with -o"),
            )
        refuse_links(folder)
        with FileLock(folder / LOCK, blocking=False):
            if mark_layout(folder) == 1:
                begin_change(folder)
                Ledger(folder / LEDGER, sealed=False).compact()
            for name in (MARK_FILE, INDEX, *OTHER_FILES):
                make_way(folder / name)
            write_mark(folder)
            (folder / PARTS).mkdir(exist_ok=True)
            yield
    except Timeout as error:
        raise SettingError(
            _("{folder}: another batch is using this folder").format(folder=folder),
            hint=_("wait until it has finished"),
        ) from error
    except OSError as error:
        raise ExportError(
            _("{filename}: cannot be written: {reason}").format(
                filename=error.filename or folder, reason=reason_of(error)
            ),
            hint=_("choose a folder that you may write to"),
        ) from error


class CorpusWriter:
    """Finds what is to do, and keeps what was done.

    Args:
        folder: The corpus.
        pairs: All pairs of the source.
        settings: Of the run.
        signature: Of the settings and versions, see `work.settings_signature`.
        retry_failed: Also rerun pairs that failed because of their documents.
    """

    def __init__(
        self,
        folder: Path,
        pairs: Sequence[ManifestRow],
        settings: Settings,
        signature: str,
        *,
        retry_failed: bool = False,
    ) -> None:
        self.folder, self.pairs = folder, pairs
        self.ledger = Ledger(folder / LEDGER)
        self.notes: list[str] = []  # what was damaged, or is not of the corpus
        self._settings, self._signature = settings, signature
        self._named = {pair.id for pair in pairs}
        self._begun: dict[str, LedgerEntry] = {}  # in flight
        self._known = self._read_stamp()
        # a line that is lost may have said that a pair that failed before was done since
        self._retry_failed = retry_failed or bool(self.ledger.damaged)
        self._take_stock()

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

    def begin(self, pair: ManifestRow, raw: Sequence[bytes]) -> None:
        """Note that a pair is in flight; `raw` is empty if its files cannot be read."""
        self._begun[pair.id] = self._entry(pair, raw)

    def record(self, outcome: Outcome) -> None:
        """Keep what became of a pair: first its part, then its line in the ledger."""
        entry = self._begun.pop(outcome.id)
        begin_change(self.folder)
        path = self.folder / PARTS / part_name(outcome.id)
        make_way(path)
        if outcome.trouble is None:
            write_bytes(path, outcome.part)
        self.ledger.add(
            replace(
                entry,
                status="failed" if outcome.trouble else "done",
                seconds=round(outcome.seconds, 3),
                part_sha256=digest(outcome.part) if outcome.part else "",
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
        begin_change(self.folder)
        failed = [e for e in self.ledger.entries.values() if e.status == "failed"]
        for entry in [*failed, *(self._others() if prune else ())]:
            entry.part(self.folder).path.unlink(missing_ok=True)
        self.ledger.forget(e.id for e in self._others() if prune or e.status == "failed")
        for entry in self._others():
            if not self._has_part(entry, _("left out, because the source does not name its pair")):
                self.ledger.forget([entry.id])
        done = self.done()
        self.ledger.compact()
        index = "".join(entry.index_line() for entry in done)
        write_text(self.folder / INDEX, index)
        self.notes += join_parts(self.folder, done, self._known, digest(index.encode()))
        self.notes += foreign_files(self.folder, {part_name(entry.id) for entry in done})

    def done(self) -> list[LedgerEntry]:
        """Return the entries that have a part, in the order of their ids."""
        return sorted(
            (e for e in self.ledger.entries.values() if e.status == "done"), key=lambda e: e.id
        )

    def _others(self) -> list[LedgerEntry]:
        """Return the entries of pairs that the source does not name."""
        return [e for e in self.ledger.entries.values() if e.id not in self._named]

    def _read_stamp(self) -> Stamp | None:
        try:
            return read_stamp(self.folder)
        except FormatError as error:
            self.notes.append(_("{error}: rewritten").format(error=error))
            return None

    def _take_stock(self) -> None:
        """Replace a ledger that is damaged.

        Pairs that it has lost and that the source does not name are taken from the index.
        """
        ledger = self.ledger
        if ledger.damaged:
            lines = ", ".join(map(str, ledger.damaged[:5]))
            more = ", ..." if len(ledger.damaged) > 5 else ""
            self.notes.append(
                _("{path}: damaged in line {lines}{more}: lost pairs are aligned again").format(
                    path=ledger.path, lines=lines, more=more
                )
            )
        lost = self._lost()
        if ledger.damaged or ledger.cut_off or lost or ledger.path.is_symlink():
            ledger.entries.update((entry.id, entry) for entry in lost)
            ledger.compact()

    def _lost(self) -> list[LedgerEntry]:
        """Return the pairs of the index that neither the ledger nor the source names."""
        if self._known is None:
            return []
        try:
            rows = index_rows(self.folder, self._known)
        except FormatError as error:
            self.notes.append(_("{error}: rewritten").format(error=error))
            return []
        kept = self._named | self.ledger.entries.keys()
        found = []
        for row in rows:
            if row["id"] not in kept:
                entry = _entry_of(self.folder, row)
                found += [entry] if entry else []
        return found

    def _entry(self, pair: ManifestRow, raw: Sequence[bytes]) -> LedgerEntry:
        """Return the entry of a pair as it stands before it is aligned."""
        original, translation = map(digest, raw) if raw else ("", "")
        return LedgerEntry(
            id=pair.id,
            original=pair.names[0],
            translation=pair.names[1],
            original_sha256=original,
            translation_sha256=translation,
            settings=self._signature,
            status="failed",
            seconds=0.0,
        )

    def _is_kept(self, entry: LedgerEntry) -> bool:
        known = self.ledger.entries.get(entry.id)
        if known is None or known.key != entry.key:
            return False
        if known.trouble is not None:
            return known.trouble.reason == "document" and not self._retry_failed
        return self._has_part(known, "aligned again")

    def _has_part(self, entry: LedgerEntry, otherwise: str) -> bool:
        """Tell whether a pair's part is what the ledger says; note what is done if not."""
        try:
            entry.part(self.folder).read()
        except FormatError as error:
            self.notes.append(f"{error}: {otherwise}")
            return False
        return True


def _entry_of(folder: Path, row: dict[str, str]) -> LedgerEntry | None:
    """Return the entry of a pair of the index; None if its part is damaged."""
    from aligner.batch.work import facts_of
    from aligner.corpus.store.part import part_bitext

    entry = LedgerEntry(
        id=row["id"],
        original=row["original"],
        translation=row["translation"],
        original_sha256=row["original_sha256"],
        translation_sha256=row["translation_sha256"],
        settings=row["settings"],
        status="done",
        seconds=0.0,
        part_sha256=row["part_sha256"],
    )
    part = entry.part(folder)
    try:
        return replace(entry, facts=facts_of(part_bitext(part.read(), part.path)))
    except AlignerError:
        return None


def _documents(pair: ManifestRow) -> tuple[tuple[bytes, ...], Trouble | None]:
    """Read the files of a pair; nothing and a reason if one cannot be read."""
    try:
        return tuple(
            document_bytes(path, name)
            for path, name in zip((pair.original, pair.translation), pair.names, strict=True)
        ), None
    except ReadError as error:
        return (), Trouble("document", str(error), error.hint)
