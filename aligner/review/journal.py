"""The journal of a review: every change on the disk before it is acknowledged.

One SQLite file. What the review began with stands in `fact`, `sentence` and `link` and is
never changed; a row of `action` is a change with what it took and what it gave, so that
undoing and redoing work without end, also after a restart. `cursor` says how many
actions are in force; those behind it were undone, and go when something else is done.

Every write is one transaction, synchronised to the disk (`synchronous=FULL`): after a kill
or a power cut the file opens with all that was acknowledged. One process writes, by a lock
beside the file that ends with the process; others may read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from aligner.errors import FormatError, ReviewError
from aligner.filenames import shown
from aligner.messages import _
from aligner.review.values import (
    FindingVerdict,
    Hunk,
    ReviewChange,
    ReviewLink,
    Sentence,
    Settled,
    link_of,
    link_row,
)
from aligner.span import Span

JOURNAL_SUFFIX: Final = ".review"
_LAYOUT: Final = 1
_ID: Final = 0x616C726A  # of our files among those of SQLite
_WAIT: Final = 10.0  # seconds that a reader waits for a write to end
_TABLES: Final = """
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sentence(key INTEGER PRIMARY KEY, id INTEGER, side TEXT, paragraph INTEGER,
    start INTEGER, stop INTEGER, text TEXT, soft TEXT);
CREATE TABLE link(place INTEGER PRIMARY KEY, row TEXT NOT NULL);
CREATE TABLE action(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL,
    who TEXT NOT NULL, change TEXT NOT NULL);
CREATE TABLE cursor(number INTEGER NOT NULL);
INSERT INTO cursor VALUES (0);
"""


class Journal:
    """An open journal; `close` gives up its lock.

    Args:
        path: The file; it must exist (see `begin_journal`).
        read_only: Do not try to be the one that writes.

    Raises:
        FormatError: It is not a journal, or is damaged, or of a newer version.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._lock = _lock_of(path)
        self.read_only = read_only
        self._version = 0
        if not read_only:
            try:
                self._lock.acquire(timeout=0)
            except (Timeout, OSError):
                self.read_only = True
        self._base = _connect(path, read_only=self.read_only)
        try:
            with self._errors():
                self._check()
            self.has_changed()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file and let another process write."""
        self._base.close()
        self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that is read inside be of one moment, whatever another process writes."""
        with self._errors():
            self._base.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._base.execute("COMMIT")

    def facts(self) -> dict[str, Any]:
        """Return what the review began with beside sentences and links."""
        with self._errors():
            return {n: json.loads(v) for n, v in self._base.execute("SELECT * FROM fact")}

    def sentences(self) -> dict[int, Sentence]:
        """Return every version of every sentence by its key."""
        with self._errors():
            rows = self._base.execute("SELECT * FROM sentence").fetchall()
        return {
            key: Sentence(
                key, number, side, paragraph, Span(start, stop), text, tuple(json.loads(soft))
            )
            for key, number, side, paragraph, start, stop, text, soft in rows
        }

    def links(self, sentences: dict[int, Sentence]) -> list[ReviewLink]:
        """Return the links that the review began with."""
        with self._errors():
            rows = self._base.execute("SELECT row FROM link ORDER BY place").fetchall()
        return [link_of(json.loads(row), sentences) for (row,) in rows]

    def changes(self, sentences: dict[int, Sentence]) -> list[ReviewChange]:
        """Return all changes, undone ones too, in order."""
        with self._errors():
            query = "SELECT kind, change FROM action ORDER BY number"
            rows = self._base.execute(query).fetchall()
        return [_change_of(kind, json.loads(text), sentences) for kind, text in rows]

    def done(self) -> int:
        """Return how many changes are in force."""
        with self._errors():
            return int(self._base.execute("SELECT number FROM cursor").fetchone()[0])

    def has_changed(self) -> bool:
        """Tell whether another process has written since this was last asked."""
        with self._errors():
            version = int(self._base.execute("PRAGMA data_version").fetchone()[0])
        changed, self._version = version != self._version, version
        return changed

    def people(self) -> dict[str, int]:
        """Return who has done how many of the actions in force."""
        query = "SELECT who, count(*) FROM action WHERE number <= ? GROUP BY who ORDER BY who"
        with self._errors():
            return dict(self._base.execute(query, (self.done(),)).fetchall())

    def add(self, change: ReviewChange, number: int, who: str) -> None:
        """Write a change as the one of that number, counted from 1; later ones are dropped.

        Raises:
            ReviewError: The journal cannot be written: nothing has changed.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = (number, change.kind, at, who, json.dumps(_change_row(change), ensure_ascii=False))
        with self._writing() as base:
            base.execute("DELETE FROM action WHERE number >= ?", (number,))
            base.executemany(_NEW_SENTENCE, map(_sentence_row, change.new))
            base.execute("INSERT INTO action VALUES (?, ?, ?, ?, ?)", row)
            base.execute("UPDATE cursor SET number = ?", (number,))

    def move(self, number: int) -> None:
        """Write down how many changes are in force after undoing or redoing.

        Raises:
            ReviewError: The journal cannot be written: nothing has changed.
        """
        with self._writing() as base:
            base.execute("UPDATE cursor SET number = ?", (number,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise ReviewError(
                _("{path}: another process is reviewing this document").format(
                    path=shown(self.path)
                ),
                hint=_("end that one to change the document here; it can be read meanwhile"),
            )
        try:
            self._base.execute("BEGIN IMMEDIATE")
            yield self._base
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise ReviewError(
                _("{path}: the change cannot be written ({error})").format(
                    path=shown(self.path), error=error
                ),
                hint=_("nothing has changed: free some space on the disk and do it again"),
            ) from error

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            raise FormatError(
                _("{path}: is not a journal of a review, or is damaged: {error}").format(
                    path=shown(self.path), error=error
                ),
                hint=_(
                    "it keeps what was done in the review: rename it to begin anew from the bitext"
                    " of your last export, restore it from a copy, or name another journal with"
                    " --journal"
                ),
            ) from error

    def _check(self) -> None:
        found = self._base.execute("PRAGMA application_id").fetchone()[0]
        layout = self._base.execute("PRAGMA user_version").fetchone()[0]
        if found != _ID:
            raise ValueError(_("it is another kind of file"))
        if layout > _LAYOUT:
            raise ReviewError(
                _("{path}: was written by a newer version of aligner").format(
                    path=shown(self.path)
                ),
                hint="pip install -U aligner",
            )


_NEW_SENTENCE: Final = "INSERT OR REPLACE INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def begin_journal(path: Path, facts: Mapping[str, Any], links: Sequence[ReviewLink]) -> None:
    """Write a new journal; it takes its name when it is complete.

    Args:
        path: The file, which must not exist.
        facts: What the review begins with, as JSON values by name.
        links: In reading order; their sentences are the document's.

    Raises:
        ReviewError: It exists, or another process is beginning it.
        ExportError: The folder takes no file.
    """
    from aligner.formats.common.writing import replacing

    with suppress(Timeout), _lock_of(path).acquire(timeout=0):
        if not path.exists():
            with replacing(path) as temporary:
                _fill(temporary, facts, links)
            return
    raise ReviewError(
        _("{path}: another process has just begun this review").format(path=shown(path)),
        hint=_("run the command again"),
    )


def _fill(path: Path, facts: Mapping[str, Any], links: Sequence[ReviewLink]) -> None:
    """Write the tables into an empty file."""
    sentences = (s for link in links for s in link.sentences)
    rows = ((n, json.dumps(link_row(link))) for n, link in enumerate(links))
    values = ((name, json.dumps(value, ensure_ascii=False)) for name, value in facts.items())
    base = _connect(path, read_only=False)
    try:
        base.executescript(
            f"{_TABLES} PRAGMA application_id = {_ID}; PRAGMA user_version = {_LAYOUT};"
        )
        base.execute("BEGIN")
        base.executemany("INSERT INTO fact VALUES (?, ?)", values)
        base.executemany(_NEW_SENTENCE, map(_sentence_row, sentences))
        base.executemany("INSERT INTO link VALUES (?, ?)", rows)
        base.execute("COMMIT")
    finally:
        base.close()


def _lock_of(path: Path) -> FileLock:
    return FileLock(path.with_name(f".{path.name}.lock"), thread_local=False)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    try:
        base = sqlite3.connect(
            uri, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        if not read_only:
            base.execute("PRAGMA synchronous = FULL")
    except (sqlite3.Error, UnicodeEncodeError) as error:
        raise FormatError(
            _("{path}: cannot be opened as a journal of a review ({error})").format(
                path=shown(path), error=error
            ),
            hint=_("check that the file is there and that you may write to it"),
        ) from error
    return base


def _sentence_row(s: Sentence) -> tuple[Any, ...]:
    text = s.text.encode("utf-8", "replace").decode("utf-8")
    return s.key, s.id, s.side, s.paragraph, *s.span, text, json.dumps(s.soft)


def _change_row(change: ReviewChange) -> dict[str, Any]:
    row: dict[str, Any] = {
        "hunks": [
            [hunk.at, list(map(link_row, hunk.before)), list(map(link_row, hunk.after))]
            for hunk in change.hunks
        ]
    }
    return {**row, "settled": change.settled} if change.settled else row


def _change_of(kind: str, row: dict[str, Any], sentences: dict[int, Sentence]) -> ReviewChange:
    def side(rows: list[Any]) -> tuple[ReviewLink, ...]:
        return tuple(link_of(one, sentences) for one in rows)

    hunks = tuple(Hunk(at, side(before), side(after)) for at, before, after in row["hunks"])
    settled = None
    if found := row.get("settled"):
        before, after = (FindingVerdict(*one) if one else None for one in found[1:])
        settled = Settled(found[0], before, after)
    return ReviewChange(kind, hunks, settled)
