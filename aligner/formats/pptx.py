"""PowerPoint presentations: slide by slide, what stands on it; then the speaker's notes.

The shapes of a slide are read in the order of the file, which is that in which programs
read them aloud: as a rule the title comes first. A paragraph of a shape or of a cell is
one of ours. Left out are slides that are hidden, dates, footers and slide numbers,
comments, and what is drawn in charts.
Source: ECMA-376, part 1, "Office Open XML File Formats", 5th edition, 2016, 19 to 21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.font_glyphs import legible
from aligner.formats.common.office_relations import Relation, related, relations
from aligner.formats.common.review_table import Place, Placed, in_table, without_remarks
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.common.xml_target import ElementRoom, stream
from aligner.formats.common.zip_package import Package
from aligner.messages import _

_MAIN: Final = "ppt/presentation.xml"
_OOXML: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_SPACES: Final = {
    f"{_OOXML}presentationml/2006/main": "p",
    f"{_STRICT}presentationml/main": "p",
    f"{_OOXML}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OOXML}markup-compatibility/2006": "mc",
}
_IDS: Final = (
    f"{{{_OOXML}officeDocument/2006/relationships}}id",
    f"{{{_STRICT}officeDocument/relationships}}id",
)
_FURNITURE: Final = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_DIAGRAM: Final = "diagramData"
_MOST_SLIDES: Final = 5_000
_ROOM: Final = 300_000  # elements, and one more for each byte of the file
_MOST_PARAGRAPHS: Final = 500_000


@dataclass(slots=True)
class _Contents:
    """Which slides a presentation has, by the ids of their relations."""

    slides: list[str] = field(default_factory=list)
    is_presentation: bool = False

    def start(self, name: str, values: Mapping[str, str]) -> None:
        self.is_presentation |= name == "p:presentation"
        if name == "p:sldId":
            self.slides += [values[key] for key in _IDS if key in values]
        if len(self.slides) > _MOST_SLIDES:
            raise ValueError(
                _("has more than {most_slides:,} slides").format(most_slides=_MOST_SLIDES)
            )

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


@dataclass(slots=True)
class _SlideText:
    """Gathers the paragraphs of slides; takes what a part holds (see `XmlTarget`)."""

    paragraphs: list[Placed] = field(default_factory=list)
    hidden: bool = False  # the slide that was read last
    _pieces: list[str] | None = None  # of the open paragraph
    _in_text: bool = False
    _skipped: int = 0
    _is_furniture: bool = False  # the open shape
    _tables: int = 0
    _row: int = -1
    _column: int = -1
    _in_table: bool = False
    _merged: bool = False  # the open cell

    def start(self, name: str, values: Mapping[str, str]) -> None:
        if self._skipped or name == "mc:Fallback":
            self._skipped += 1
        elif name in {"p:sld", "p:notes"}:
            self.hidden = values.get("show", "1") in {"0", "false"}
        elif name == "p:sp":
            self._is_furniture = False
        elif name == "p:ph":
            self._is_furniture = values.get("type") in _FURNITURE
        elif name == "a:p":
            self._pieces = []
        elif name == "a:br":
            self._add("\n")
        elif name == "a:t":
            self._in_text = True
        else:
            self._move(name, values)

    def _move(self, name: str, values: Mapping[str, str]) -> None:
        """Take note of where in a table the walk stands."""
        if name == "a:tbl":
            self._in_table, self._row = True, -1
            self._tables += 1
        elif name == "a:tr":
            self._row, self._column = self._row + 1, -1
        elif name == "a:tc":
            self._column += 1
            merged = (values.get("hMerge", "0"), values.get("vMerge", "0"))
            self._merged = not {"1", "true"}.isdisjoint(merged)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "a:t":
            self._in_text = False
        elif name == "a:p" and self._pieces is not None:
            if len(self.paragraphs) >= _MOST_PARAGRAPHS:
                raise ValueError(_("has more paragraphs than one document"))
            place = Place(self._tables, self._row, self._column) if self._in_table else None
            if not (self._is_furniture or self._merged):
                self.paragraphs.append(Placed(legible("".join(self._pieces)), place))
            self._pieces = None
        elif name == "a:tbl":
            self._in_table = False
        elif name == "a:tc":
            self._merged = False
        elif name in {"p:sp", "p:graphicFrame"}:
            self._is_furniture = False

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)


def parse_pptx(source: Source) -> Document:
    """Return the text of a presentation, one paragraph of ours for each of its own.

    Raises:
        FormatError: The bytes are no .pptx, are damaged, unpack to an absurd size, hold
            entries with a path, or define XML entities.
        ReadError: There is no text in it.
    """
    from lxml import etree

    with Package(source.raw, source.name, kind=".pptx", main=_MAIN) as package:
        try:
            paragraphs, told = _paragraphs(package, ElementRoom(_ROOM + len(source.raw)))
        except etree.LxmlError as error:
            raise package.unreadable() from error
        except ValueError as error:
            hint = _("split it, or save its outline as plain text")
            raise FormatError(f"{source.name}: {error}", hint=hint) from error
    blocks, notes = without_remarks(paragraphs)
    return document_from_blocks(source, blocks, notes=(*told, *notes))


def _paragraphs(package: Package, room: ElementRoom) -> tuple[list[Placed], tuple[str, ...]]:
    """Return the paragraphs of all slides, then of their notes, and what to tell of them."""
    contents, body, spoken = _Contents(), _SlideText(), _SlideText()
    main = next(related(package, "", "officeDocument"), _MAIN)
    stream(package.read(main), contents, _SPACES, room)
    if not contents.is_presentation:
        raise package.unreadable()
    hidden = comments = 0
    seen: set[str] = set()  # many slides may name one part
    for number, slide in enumerate(_slides(package, main, contents.slides), start=1):
        beside = list(relations(package, slide))
        before, heard = len(body.paragraphs), len(spoken.paragraphs)
        stream(package.read(slide), body, _SPACES, room)
        if body.hidden:
            hidden += 1
            del body.paragraphs[before:]
            continue
        comments += any(relation.kind == "comments" for relation in beside)
        for part in _parts(beside, _DIAGRAM, seen):
            stream(package.read(part), body, _SPACES, room)
        for part in _parts(beside, "notesSlide", seen):
            stream(package.read(part), spoken, _SPACES, room)
        for paragraphs, first in ((body.paragraphs, before), (spoken.paragraphs, heard)):
            paragraphs[first:] = [_on_slide(one, number) for one in paragraphs[first:]]
    told = {
        _("slides that are hidden are not read: {hidden}").format(hidden=hidden): hidden,
        _("comments are not read"): comments,
        _("speaker's notes come after the slides"): any(
            one.text.strip() for one in spoken.paragraphs
        ),
    }
    paragraphs = [*body.paragraphs, *(one._replace(place=None) for one in spoken.paragraphs)]
    return paragraphs, tuple(note for note, holds in told.items() if holds)


def _on_slide(paragraph: Placed, number: int) -> Placed:
    place = paragraph.place
    return paragraph._replace(parts=(("slide", number), *(in_table(place) if place else ())))


def _slides(package: Package, main: str, ids: list[str]) -> Iterator[str]:
    """Yield the parts of the slides in their order, each once."""
    parts = {relation.id: relation.part for relation in relations(package, main)}
    yield from dict.fromkeys(parts[name] for name in ids if name in parts)


def _parts(beside: list[Relation], kind: str, seen: set[str]) -> Iterator[str]:
    """Yield the parts that were not seen yet."""
    for relation in beside:
        if relation.kind == kind and relation.part not in seen:
            seen.add(relation.part)
            yield relation.part
