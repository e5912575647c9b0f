"""The list of the units that a format has no place for, NAME.unpaired.tsv beside NAME.tmx.

Columns: doc, side, ids, kind, p, span, text, of; where a person wrote notes, `note` stands
before the last. `of` is the mark of the list, a digest
of its rows, which the file that the list belongs to says in its head too. So a list of
another run is never taken for its own, and both may be moved or renamed together. Files
of one bitext, such as NAME.tmx and NAME.xlf, have one list.

A list is never lost: one that a person changed, that is of something else or that
another file needs is not replaced. If there is nothing to list, an unchanged list of
an earlier run is removed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, NamedTuple

from aligner.bitext import Unit
from aligner.errors import ExportError
from aligner.formats.common.unit_rows import NOTE_COLUMN, ids_text, span_text, tsv_cell
from aligner.formats.common.writing import NAME_BYTES, Files, is_special
from aligner.messages import _

ENDING: Final = ".unpaired.tsv"
LIST_COLUMNS: Final = ("doc", "side", "ids", "kind", "p", "span", "text")
OF_COLUMN: Final = "of"  # the last column; older versions did not have it
NOTED: Final = (*LIST_COLUMNS, NOTE_COLUMN)  # of a list with notes of a person
LIST_HEADS: Final = tuple([*columns, OF_COLUMN] for columns in (LIST_COLUMNS, NOTED))
UNPAIRED: Final = "unpaired"  # under which a file says the mark of its list
NO_LIST: Final = "0" * 16  # the mark of a file without a list
HOLDERS: Final = frozenset({".tmx", ".xlf", ".xliff", ".xml"})  # suffixes of files with a list
_PLACE: Final = re.compile(f'{UNPAIRED}(?: |">)({NO_LIST})'.encode())  # in XLIFF 1.2, TMX, XLIFF 2
_SPOOL: Final = 1_000_000  # bytes that wait in memory
_HEAD: Final = 1 << 20  # bytes in which a file says its mark


def beside(path: Path) -> Path:
    """Return where the units without partner of a file stand.

    A name of more than 255 bytes is cut, with a digest of the whole in its place.

    >>> beside(Path("law.tmx")).name, len(beside(Path("l" * 250 + ".tmx")).name)
    ('law.unpaired.tsv', 255)
    """
    return named(path, path.stem)


def named(path: Path, stem: str) -> Path:
    """Return the path of the list of that stem in the folder of `path`."""
    raw = os.fsencode(stem)
    if len(raw) + len(ENDING) <= NAME_BYTES:
        return path.with_name(stem + ENDING)
    digest = "~" + hashlib.sha256(raw).hexdigest()[:8]
    while len(os.fsencode(stem)) + len(digest) + len(ENDING) > NAME_BYTES:
        stem = stem[:-1]
    return path.with_name(stem + digest + ENDING)


def two_sided(unit: Unit) -> bool:
    """Tell whether both sides have text to show; white space alone is none."""
    return bool(unit.src.strip() and unit.tgt.strip())


class Aside:
    """The units that a format has no place for. Their rows wait on disk if they are many.

    Args:
        path: The output.
        where: Of its list; beside it if None.
    """

    def __init__(self, path: Path, where: Path | None = None) -> None:
        self._output = path
        self._path = where or beside(path)
        self._rows = SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - closed by `add_to`
        self._notes: dict[int, str] = {}  # by the number of the row
        self._count = 0

    def two_sided(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield the units with text on both sides, and keep the rows of the others."""
        for unit in units:
            if two_sided(unit):
                yield unit
                continue
            for row in _rows(unit):
                self._rows.write(row.encode("utf-8", errors="replace") + b"\n")
                if unit.note:
                    self._notes[self._count] = tsv_cell(unit.note)
                self._count += 1

    @cached_property
    def mark(self) -> str:
        """The mark of the rows, once they are all there."""
        digest = hashlib.sha256()
        for row in self._lines():
            digest.update(row + b"\n")
        return digest.hexdigest()[: len(NO_LIST)] if self._count else NO_LIST

    def _lines(self) -> Iterator[bytes]:
        """Yield the rows as the list has them, all but their mark."""
        self._rows.seek(0)
        for number, row in enumerate(self._rows):
            note = "\t" + self._notes.get(number, "") if self._notes else ""
            yield row[:-1] + note.encode("utf-8", errors="replace")

    def sign(self, file: BinaryIO, start: int) -> None:
        """Write the mark into the head of the output, which begins at `start`."""
        file.seek(start)
        place = _PLACE.search(file.read(_HEAD))
        if place:
            file.seek(start + place.start(1))
            file.write(self.mark.encode())

    def add_to(self, files: Files) -> tuple[Path, ...]:
        """Add the list to the files, if there is anything to list; return its path if so.

        Raises:
            ExportError: It would replace what must not be lost, or has no place.
        """
        with self._rows:
            mark, old = self.mark, look_at(self._path)
            if mark == NO_LIST:
                if old and old.mark and old.whole and not self._owner(old.mark):
                    files.drop(self._path)
                return ()
            if is_special(self._output):
                raise ExportError(
                    _("{output}: some units have no partner, which need a second file").format(
                        output=self._output
                    ),
                    hint=_("name a file with -o, or choose tsv, jsonl or another format with room"),
                )
            if old == Old(mark, whole=True):
                return (self._path,)
            self._check(old)
            file = files.open(self._path)
            file.write(("\t".join(LIST_HEADS[bool(self._notes)]) + "\n").encode())
            file.writelines(row + f"\t{mark}\n".encode() for row in self._lines())
            return (self._path,)

    def _check(self, old: Old | None) -> None:
        """Check that the list that is there may be replaced."""
        if old is None or (old.mark == "" and old.whole):  # of an older version
            return
        if not old.whole:
            raise ExportError(
                _("{path}: is in the way: it was changed, or is not one of our lists").format(
                    path=self._path
                ),
                hint=_("move it to another place, or choose another name"),
            )
        owner = self._owner(old.mark)
        if owner:
            raise ExportError(
                _("{path}: holds the units without partner of {name}").format(
                    path=self._path, name=owner.name
                ),
                hint=_("choose another name"),
            )

    def _owner(self, mark: str) -> Path | None:
        """Return another file that has the mark of a list in its head."""
        for path in sorted(self._path.parent.iterdir()):
            if path.suffix.lower() not in HOLDERS or beside(path) != self._path:
                continue
            if path.name != self._output.name and mark and _says(path, mark):
                return path
        return None


class Old(NamedTuple):
    """A list that is there."""

    mark: str  # empty for a list of an older version, and for another file
    whole: bool  # it is a list of ours, and as it was written as far as can be told


def look_at(path: Path) -> Old | None:
    """Return what is known of a list; None if there is none."""
    digest, marks = hashlib.sha256(), set()
    try:
        with path.open("rb") as file:
            head = file.readline(_HEAD).decode("utf-8", errors="replace").rstrip("\n").split("\t")
            if head == [*LIST_COLUMNS]:
                return Old("", whole=True)
            if head not in LIST_HEADS:
                return Old("", whole=False)
            for line in file:
                row, _other, last = line.rstrip(b"\n").rpartition(b"\t")
                digest.update(row + b"\n")
                marks.add(last.decode("utf-8", errors="replace"))
    except FileNotFoundError:
        return None
    except OSError:
        return Old("", whole=False)
    mark = marks.pop() if len(marks) == 1 else ""
    return Old(mark, whole=mark == digest.hexdigest()[: len(NO_LIST)])


def _says(path: Path, mark: str) -> bool:
    try:
        with path.open("rb") as file:
            return mark.encode() in file.read(_HEAD)
    except OSError:
        return False


def _rows(unit: Unit) -> Iterator[str]:
    sides = (
        ("zh", unit.src_ids, unit.src_span, unit.src),
        ("en", unit.tgt_ids, unit.tgt_span, unit.tgt),
    )
    for side, ids, span, text in sides:
        if ids:
            place = (ids_text(ids), unit.kind, f"{unit.p:.4f}", span_text(span))
            yield "\t".join((tsv_cell(unit.doc), side, *place, tsv_cell(text)))
