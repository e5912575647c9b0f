"""Read a bitext that a person edited, against the bitext that it was made from.

The result has every row of the edited file, in the order of the original. What is other
than in the original is listed, so that each of its units is in the result or in the list
of what was deleted. Rows keep the places of their sentences in the documents; where a
text grew, what follows is moved by as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aligner.bitext import Bitext
from aligner.edits.change import Change
from aligner.edits.placing import PlacedRow, documents, moved_rows, placed_rows
from aligner.edits.stretch import OriginalDocument, stretches
from aligner.edits.told_changes import NewRow, NewSide, Told
from aligner.filenames import shown
from aligner.formats.bitexts import open_bitext, read_bitexts
from aligner.formats.common.bitext_file import BitextFile
from aligner.formats.common.raw_pairs import BitextHead, RawPair, RawSide
from aligner.messages import N_, _
from aligner.span import Shown, Span, times_of

_SORTED: Final = 0.3  # share of the rows that stand elsewhere, from which the table was sorted,
_FEW: Final = 3  # if they are so many
_MOVED: Final = N_("the order of the original is kept")
_LEFT: Final = N_("columns that are not carried over: {}")


@dataclass(frozen=True, slots=True)
class EditedBitext:
    """An edited bitext, which can be written in any format, and what changed."""

    bitext: BitextFile
    changes: tuple[Change, ...]  # in the order of the original
    notes: tuple[str, ...]  # what a user should know about the reading

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The changes that a person should look at."""
        return tuple(change for change in self.changes if change.is_conflict)


def read_edits(
    path: str | Path,
    against: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
) -> EditedBitext:
    """Return an edited bitext with its changes against the original.

    Args:
        path: The edited file, as a rule a spreadsheet.
        against: The bitext that it was made from, in any format.
        from_: The format of `path`; that of its suffix if None.
        encoding: Of `path`; found from its bytes if None.
        langs: The languages of its two columns of text, in order.

    Raises:
        ReadError: One of them cannot be read.
        SettingError: A format, a language or an encoding does not exist.

    Cost: both are held; n log n in their units, and the square of the words of a stretch
    of changed rows.
    """
    originals = list(read_bitexts(against))
    edited = open_bitext(path, from_=from_, encoding=encoding, langs=langs)
    pairs = [p for p in _pairs(edited) if p.src.text.strip() or p.tgt.text.strip()]
    numbered = list(_numbered(originals))
    units = [unit for document in numbered for unit in document.units]
    rows = placed_rows(pairs, units)
    result, changes = list[RawPair](), list[Change]()
    by_name = {document.bitext.id: document for document in numbered}
    for name, its in documents(rows, units):
        told = Told()
        for stretch in stretches(by_name[name], its):
            told.add(by_name[name], stretch)
        result += _raw_pairs(by_name[name].bitext, told.rows)
        changes += told.changes
    return EditedBitext(
        _file(edited, path, originals[0], result),
        (*changes, *_moves(rows)),
        _notes(edited),
    )


def _numbered(originals: Iterable[Bitext]) -> Iterator[OriginalDocument]:
    first = 0
    for bitext in originals:
        units = list(bitext.units())
        yield OriginalDocument(bitext, units, first)
        first += len(units)


def _pairs(edited: BitextFile | Bitext) -> Iterator[RawPair]:
    """Yield the rows of the edited file."""
    if isinstance(edited, BitextFile):
        yield from edited.pairs()
        return
    for unit in edited.units():
        src = RawSide(unit.src, len(unit.src_ids))
        yield RawPair(src, RawSide(unit.tgt, len(unit.tgt_ids)), unit.p, unit.doc)


def _raw_pairs(bitext: Bitext, rows: Iterable[NewRow]) -> Iterator[RawPair]:
    src, tgt = _EditedPlaces(bitext.src_doc.shown), _EditedPlaces(bitext.tgt_doc.shown)
    for row in rows:
        sides = src.put(row.src), tgt.put(row.tgt)
        pair = RawPair(*sides, row.p, bitext.id, confirmed=row.confirmed, note=row.note)
        if pair.src.size or pair.tgt.size:
            yield pair


@dataclass(slots=True)
class _EditedPlaces:
    """Where the texts of one side stand, one behind the other."""

    shown: Sequence[Shown] = ()  # of the original
    at: int = 0  # where the last one ends
    moved: int = 0  # by how much what follows is moved
    begun: bool = field(default=False)

    def put(self, side: NewSide) -> RawSide:
        """Return a side with its place: that in the original if it is behind the last one."""
        if not side.size:
            return RawSide("", 0)
        start = self.at + self.begun
        if side.span is not None and side.span.start + self.moved >= self.at:
            start = side.span.start + self.moved
            stop = max(side.span.stop + self.moved, start + len(side.text))
            self.moved += stop - side.span.stop - self.moved
        else:
            stop = start + len(side.text)
            self.moved += stop - self.at
        self.at, self.begun = stop, True
        times = times_of(self.shown, side.span)
        return RawSide(side.text, side.size, None, Span(start, stop), times)


def _file(
    edited: BitextFile | Bitext, path: str | Path, original: Bitext, pairs: Sequence[RawPair]
) -> BitextFile:
    def read(_head: BitextHead) -> Iterator[RawPair]:
        return iter(pairs)

    return BitextFile(
        id=original.id,
        src_lang=original.src_lang,
        tgt_lang=original.tgt_lang,
        signature=original.signature,
        encoding="utf-8",
        name=edited.name if isinstance(edited, BitextFile) else shown(Path(path)),
        head=BitextHead(),
        read=read,
        source=original.source,
        timed=original.timed,
    )


def _moves(rows: Sequence[PlacedRow]) -> Iterator[Change]:
    """Yield the rows that stood elsewhere; one change for all if the table was sorted."""
    moved = moved_rows(rows)
    if len(moved) >= max(_FEW, _SORTED * len(rows)):
        lines = len(moved)
        yield Change(
            "moved",
            (),
            (),
            "",
            "",
            "",
            _("{lines} rows, as if sorted: {moved}").format(lines=lines, moved=_(_MOVED)),
        )
        return
    for row in moved:
        numbers = () if row.unit is None else (row.unit + 1,)
        yield Change("moved", (row.line,), numbers, "", "", row.pair.src.text, _(_MOVED))


def _notes(edited: BitextFile | Bitext) -> tuple[str, ...]:
    if isinstance(edited, Bitext):
        return edited.src_doc.notes
    others = ", ".join(edited.head.other_columns)
    return (*edited.notes, *((_(_LEFT).format(others),) if others else ()))
