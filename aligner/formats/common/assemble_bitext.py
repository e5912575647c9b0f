"""Units to a bitext: two documents that hold every text at its place.

A unit's side is a paragraph. What lies between two texts is line ends; what a place
has more than its text (a unit whose lines were joined) is blanks behind it, or
between its sentences if it has several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment, Unit
from aligner.errors import ReadError
from aligner.formats.common.unit_segments import pieces
from aligner.messages import _
from aligner.span import Lang, PlaceKind, PlaceParts, Shown, Span, Times

MOST_UNITS: Final = 500_000  # of a bitext that is held: half a GB of memory
_MOST_CHARACTERS: Final = 100_000_000  # of both sides


@dataclass(slots=True)
class _Text:
    """One side under way."""

    doc: str
    lang: Lang
    at: int = 0
    parts: list[str] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    places: list[PlaceParts] = field(default_factory=list)  # of the paragraphs
    placed: bool = False  # whether the file tells any
    shown: list[Shown] = field(default_factory=list)

    def add(
        self, text: str, size: int, span: Span | None, place: PlaceParts, times: Times | None
    ) -> Span:
        """Add the side of a unit; return its segments."""
        if span is None:
            return Span(len(self.segments), len(self.segments))
        self.parts.append("\n" * (span.start - self.at))
        number = len(self.paragraphs) if span.size else max(0, len(self.paragraphs) - 1)
        if span.size:
            self.paragraphs.append(span)
            self.places.append(place or (("paragraph", len(self.paragraphs)),))
            self.placed |= bool(place)
        if times is not None:
            self.shown.append(Shown(span, *times))
        first, room = len(self.segments), " " * (span.size - len(text))
        if size == 1:
            self.segments.append(Segment(self.doc, number, span, text))
            self.parts += text, room
        else:
            self._add_pieces(text, size, span, number, room)
        self.at = span.stop
        return Span(first, len(self.segments))

    def _add_pieces(self, text: str, size: int, span: Span, number: int, room: str) -> None:
        ranges = pieces(text, size, self.lang)
        for k, piece in enumerate(ranges):
            moved = len(room) if k == len(ranges) - 1 else 0  # the last one ends the place
            place = Span(span.start + piece.start + moved, span.start + piece.stop + moved)
            self.segments.append(Segment(self.doc, number, place, text[slice(*piece)]))
        last = ranges[-1].start
        self.parts += text[:last], room, text[last:]

    def document(self, source: str, encoding: str, notes: tuple[str, ...]) -> Document:
        """Return the document; the parts are given up."""
        text = "".join(self.parts)
        self.parts.clear()
        places = tuple(self.places) if self.placed else ()
        return Document(
            self.doc, text, tuple(self.paragraphs), source, encoding, notes, places,
            shown=tuple(self.shown),
        )  # fmt: skip


def assemble(  # noqa: PLR0913 - what a bitext holds
    units: Iterable[Unit],
    *,
    name: str,
    source: str = "",
    src_lang: str = "zh-CN",
    tgt_lang: str = "en-US",
    signature: str = "",
    encoding: str = "utf-8",
    notes: Callable[[], tuple[str, ...]] = tuple,
    counted: Callable[[], PlaceKind] = lambda: "unit",
    original: Lang = "zh",
) -> Bitext:
    """Make a bitext of units that are numbered and placed without a break.

    Args:
        units: As `unit_numbers.numbered` yields them for one document.
        name: The id of the bitext.
        source: The file that they came from, as the user wrote it.
        src_lang: BCP 47 code of the Chinese side.
        tgt_lang: That of the English side.
        signature: What the bitext was made with.
        encoding: Of the file.
        notes: Is asked what a user should know about the reading, when it is done.
        counted: Is asked what the numbers of the units count in the file.
        original: The language of the original.

    Raises:
        ReadError: There are too many units, or characters, to be held.

    Cost: linear; the texts are held once in the segments and once in the documents.
    """
    src, tgt = _Text(f"{name}.zh", "zh"), _Text(f"{name}.en", "en")
    beads: list[Bead] = []
    for unit in _bounded(units, source or name):
        place: PlaceParts = ((counted(), unit.number),) if unit.number else ()
        if unit.sheet:
            place = (("sheet", unit.sheet), *place)
        one = src.add(unit.src, len(unit.src_ids), unit.src_span, place, unit.src_times)
        other = tgt.add(unit.tgt, len(unit.tgt_ids), unit.tgt_span, place, unit.tgt_times)
        beads.append(Bead(one, other, unit.p, unit.confirmed, unit.note))
    return Bitext(
        id=name,
        src_doc=src.document(source, encoding, notes()),
        tgt_doc=tgt.document(source, encoding, notes()),
        src=tuple(src.segments),
        tgt=tuple(tgt.segments),
        alignment=Alignment(tuple(beads), len(src.segments), len(tgt.segments)),
        src_lang=src_lang,
        tgt_lang=tgt_lang,
        signature=signature,
        source=original,
    )


def _bounded(units: Iterable[Unit], name: str) -> Iterator[Unit]:
    """Yield units as long as they can all be held."""
    characters = 0
    for number, unit in enumerate(units, start=1):
        characters += len(unit.src) + len(unit.tgt)
        if number > MOST_UNITS or characters > _MOST_CHARACTERS:
            raise ReadError(
                _(
                    "{name}: holds more than {most_units:,} units or {most_characters:,}"
                    " characters, too many to be looked at together"
                ).format(name=name, most_units=MOST_UNITS, most_characters=_MOST_CHARACTERS),
                hint=_("split it; convert and validate read a file of any size"),
            )
        yield unit
