"""Rows that changed, with the units of the original in their place: what each row holds now.

A stretch lies between two rows that nobody changed. On each side the sentences of its
units are looked for in its rows (`passages`); rows and units that share a sentence are
told of together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from aligner.bitext import Bitext, Segment, Unit
from aligner.edits.passages import HeldPiece, Passages, likeness, passages, words
from aligner.edits.placing import PlacedRow
from aligner.span import Span

_LONG: Final = 3_000  # words of a side, from which a stretch is cut at rows that are alike
_ALIKE: Final = 0.8


@dataclass(frozen=True, slots=True)
class OriginalDocument:
    """A document of the original, and its units as they are counted in its file."""

    bitext: Bitext
    units: Sequence[Unit]
    first: int  # number of the first of them

    def unit(self, number: int) -> Unit:
        """Return the unit that has this number in the file."""
        return self.units[number - self.first]

    def segments(self, name: str, numbers: range) -> Sequence[Segment]:
        """Return the sentences of some units that follow each other, on a side."""
        if not numbers:
            return ()
        beads = self.bitext.alignment.beads
        start = getattr(beads[numbers[0] - self.first], name).start
        stop = getattr(beads[numbers[-1] - self.first], name).stop
        found: Sequence[Segment] = getattr(self.bitext, name)[start:stop]
        return found


class Stretch(NamedTuple):
    """Some rows and the units that stand in their place, both perhaps none."""

    units: range  # numbers in the file of the original
    rows: tuple[PlacedRow, ...]
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class HeldSide:
    """One side of a stretch."""

    segments: Sequence[Segment]
    owners: Sequence[int]  # the unit of each sentence
    found: Passages

    def text(self, pieces: Sequence[HeldPiece]) -> str:
        """Return what pieces hold, one behind the other."""
        return " ".join(self.segments[p.segment].text[p.start : p.stop] for p in pieces)

    def is_cut(self, piece: HeldPiece) -> bool:
        """Tell whether a piece is a part of its sentence."""
        return piece.stop - piece.start < len(self.segments[piece.segment].text)

    def span(self, pieces: Sequence[HeldPiece]) -> Span | None:
        """Return where pieces stand in the document; None if they do not follow each other."""
        numbers = [piece.segment for piece in pieces]
        if not numbers or numbers != sorted(numbers):
            return None
        first, last = pieces[0], pieces[-1]
        head, tail = self.segments[first.segment], self.segments[last.segment]
        start = min(head.span.start + first.start, head.span.stop)
        stop = tail.span.stop if last.stop == len(tail.text) else tail.span.start + last.stop
        return Span(start, max(start, min(stop, tail.span.stop)))


def stretches(document: OriginalDocument, rows: Sequence[PlacedRow]) -> Iterator[Stretch]:
    """Yield a document in stretches; one that is unchanged is a row and its unit."""
    whole = Stretch(range(document.first, document.first + len(document.units)), tuple(rows))
    same = {at for at, row in enumerate(rows) if _is_alone(rows, at) and _is_same(document, row)}
    for part, at in _divided(whole, same):
        if at is not None:
            yield part._replace(is_unchanged=True)
        elif not part.rows or _words(document, part.units) <= _LONG:
            yield part
        else:
            alike = {
                k
                for k, row in enumerate(part.rows)
                if _is_alone(part.rows, k) and _is_alike(document, row)
            }
            yield from (piece for piece, _ in _divided(part, alike))


def held_side(document: OriginalDocument, stretch: Stretch, name: str) -> HeldSide:
    """Return what the rows of a stretch hold of one side, `src` or `tgt`."""
    segments = document.segments(name, stretch.units)
    owners = [
        n for n in stretch.units for _ in range(len(getattr(document.unit(n), f"{name}_ids")))
    ]
    row_of = {row.unit: k for k, row in reversed(list(enumerate(stretch.rows)))}
    found = passages(
        [segment.text for segment in segments],
        [getattr(row.pair, name).text for row in stretch.rows],
        [row_of.get(owner) for owner in owners],
    )
    return HeldSide(segments, owners, found)


def _divided(whole: Stretch, marks: set[int]) -> Iterator[tuple[Stretch, int | None]]:
    """Yield marked rows, each with its unit, and the stretches between them.

    Args:
        whole: What is divided.
        marks: Places of rows that have a unit which is theirs alone.
    """
    begin, unit = 0, whole.units.start
    for at in sorted(marks):
        number = whole.rows[at].after
        between = Stretch(range(unit, number), whole.rows[begin:at])
        if between.units or between.rows:
            yield between, None
        yield Stretch(range(number, number + 1), (whole.rows[at],)), at
        begin, unit = at + 1, number + 1
    rest = Stretch(range(unit, whole.units.stop), whole.rows[begin:])
    if rest.units or rest.rows:
        yield rest, None


def _is_alone(rows: Sequence[PlacedRow], at: int) -> bool:
    """Tell whether a row has a unit, which no row next to it has; such rows stand together."""
    near = (*rows[max(at - 1, 0) : at], *rows[at + 1 : at + 2])
    unit = rows[at].unit
    return unit is not None and all(row.unit != unit for row in near)


def _sides(document: OriginalDocument, row: PlacedRow) -> list[tuple[str, str]]:
    unit = document.unit(row.after)
    return [(row.pair.src.text, unit.src), (row.pair.tgt.text, unit.tgt)]


def _is_same(document: OriginalDocument, row: PlacedRow) -> bool:
    return all(new == old for new, old in _sides(document, row))


def _is_alike(document: OriginalDocument, row: PlacedRow) -> bool:
    return all(new == old or likeness(new, old) >= _ALIKE for new, old in _sides(document, row))


def _words(document: OriginalDocument, units: range) -> int:
    """Return how many words the units have on the longer side."""
    return max(
        sum(len(words(segment.text)) for segment in document.segments(name, units))
        for name in ("src", "tgt")
    )
