"""The text of a part of a Word document, as a stream of elements.

A paragraph's own text property leaves out what stands in content controls, in text
boxes and in insertions, so the XML is read. A text box stands after the paragraph
that holds it, a merged cell is read once, a field by its result, and of two paragraphs
whose mark between them was deleted one is made. Both namespaces of the standard, the
transitional and the strict one, are known.

Cost: linear in the size of the part, without recursion; elements are dropped as soon
as they end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, Any

from aligner.formats.common.font_glyphs import legible
from aligner.formats.common.review_table import Place, Placed, in_table
from aligner.formats.docx_numbers import OUTLINE, WordNumbers
from aligner.messages import _
from aligner.span import PlaceParts

SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}


def _tags(names: str) -> frozenset[str]:
    return frozenset(f"w:{name}" for name in names.split())


_TEXT = frozenset({"w:t", "m:t"})
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
# Field codes, deletions, the reading above a character, the second copy of a text box
# for old programs, and how properties were before a change.
_SKIPPED = _tags(
    "instrText delInstrText delText moveFrom rt pPrChange rPrChange tblPrChange trPrChange"
    " tcPrChange sectPrChange tblGrid tblGridChange sdtPr sdtEndPr"
) | {"mc:Fallback"}
_PROPERTIES = _tags("pPr rPr tblPr tblPrEx trPr tcPr sectPr")
_FRAMES = _tags("r tc tr")
_ASIDE = _tags("footnotes endnotes")
_BREAKS_MERGE = _tags("tbl tc tr txbxContent footnote endnote")
_CHANGES = _tags("ins del moveFrom moveTo")
_OFF = frozenset({"0", "false", "off"})
_NAMED = "pStyle style numId list ilvl level outlineLvl outline".split()  # noqa: SIM905 - in pairs
_NUMBERING = {f"w:{tag}": name for tag, name in zip(_NAMED[::2], _NAMED[1::2], strict=True)}
_SPANS = frozenset(map(str, range(1, 64)))  # columns of a cell; Word has 63 at most
_MOST_FIELDS = 50  # inside each other
_MOST_PARAGRAPHS = 500_000
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class _Frame:
    """An open run, cell or row."""

    tag: str
    unseen: bool = False


@dataclass(slots=True)
class _Paragraph:
    """An open paragraph."""

    pieces: list[str]
    joined: bool = False  # its mark was deleted
    style: str = ""
    list: str = ""  # that it names itself
    level: str = ""
    numbered: bool = True  # or it goes on another one
    number: int = 0  # how many of the pieces are its number
    at: int = -1  # which of the texts it is
    outline: str = ""  # level that it names itself


@dataclass(slots=True)
class _OpenTable:
    """A table, and where in it the walk stands."""

    number: int
    row: int = -1
    column: int = -1
    span: int = 1  # of the cell


@dataclass(slots=True)
class WordText:
    """Gathers the paragraphs of one part after the other."""

    most: int  # elements that all parts together may still have
    numbers: WordNumbers
    hidden: int = 0  # characters of runs that Word does not show
    is_word: bool = False  # whether a part was the document itself
    _texts: list[list[str]] = field(default_factory=list)
    _places: list[Place | None] = field(default_factory=list)  # of the texts
    _pages: list[int] = field(default_factory=list)  # of the texts
    _headings: set[int] = field(default_factory=set)  # numbers of texts
    _page: int = 1
    _paged: bool = False  # the file says where pages ended when it was last saved
    _aside: bool = False  # in notes, whose pages are not told
    _tables: list[_OpenTable] = field(default_factory=list)
    _count: int = 0  # of tables
    _open: list[_Paragraph] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _properties: list[str] = field(default_factory=list)
    _codes: list[bool] = field(default_factory=list)  # of open fields: still in the code
    _last: _Paragraph | None = None  # which the next one may go on
    _found: set[str] = field(default_factory=set)

    @property
    def paragraphs(self) -> list[Placed]:
        """Each paragraph with its place, in the order of their beginnings."""
        texts = (legible("".join(pieces)) for pieces in self._texts)
        return [
            Placed(text, place, self._parts(number, place), number in self._headings)
            for number, (text, place) in enumerate(zip(texts, self._places, strict=True))
        ]

    def _parts(self, number: int, place: Place | None) -> PlaceParts:
        """Return what to tell of a paragraph's place, if there is more than its number."""
        if not self._paged or not self._pages[number]:
            return ()
        page: PlaceParts = (("page", self._pages[number]),)
        return *page, *(in_table(place) if place else (("paragraph", number + 1),))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the reading."""
        known = {
            "changes": _("tracked changes are read as accepted"),
            "numbers": _("some numbers that Word counts by itself are not part of the text"),
            "files": _("files inside the document are not read"),
        }
        return tuple(note for key, note in known.items() if key in self._found)

    def read(self, part: IO[bytes]) -> None:
        """Add the paragraphs of a part.

        Raises:
            lxml.etree.XMLSyntaxError: It is not well-formed XML.
            ValueError: It has more elements than may be, or far too many paragraphs.
        """
        from lxml import etree

        skipped = 0  # how many open elements are in what is left out
        walk = etree.iterparse(
            part,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in walk:
            tag = _name(element)
            if event == "start":
                self.most -= 1
                if self.most < 0:
                    raise ValueError(_("has more elements than a document of its size"))
                skipped += bool(skipped or self._is_skipped(tag, element))
                if not skipped:
                    self._start(tag, element)
                continue
            if skipped:
                skipped -= 1
            else:
                self._end(tag, element)
            _drop(element)
        self._open.clear()
        self._frames.clear()
        self._tables.clear()
        self._properties.clear()

    def _is_skipped(self, tag: str, element: Any) -> bool:  # noqa: ANN401 - lxml has no types
        if tag in {"w:footnote", "w:endnote"}:
            return _value(element, "type", "normal") != "normal"  # rules between text and notes
        if tag in _CHANGES:
            self._found.add("changes")
        return tag in _SKIPPED or (tag == "w:del" and not self._properties)

    def _start(self, tag: str, element: Any) -> None:  # noqa: ANN401
        if self._properties or tag in _PROPERTIES:
            if tag in _PROPERTIES:
                self._properties.append(tag)
            self._property(tag, element)
            return
        self.is_word |= tag == "w:document"
        self._aside |= tag in _ASIDE
        if tag in _BREAKS_MERGE:
            self._last = None
        if tag == "w:p":
            self._begin_paragraph()
        elif tag == "w:tbl":
            self._count += 1
            self._tables.append(_OpenTable(self._count))
        elif tag == "w:lastRenderedPageBreak":
            self._turn_page()
        elif tag in _FRAMES:
            self._frames.append(_Frame(tag))
            self._move(tag)
        elif tag == "w:fldChar":
            self._field(_value(element, "fldCharType", ""))
        elif tag == "w:altChunk":
            self._found.add("files")
        else:
            self._add(_SIGNS.get(tag) or _symbol(tag, element))

    def _end(self, tag: str, element: Any) -> None:  # noqa: ANN401
        if self._properties:
            if self._properties[-1] == tag:
                self._properties.pop()
                if tag == "w:pPr" and not self._properties:
                    self._write_number()
        elif tag in _TEXT:
            self._add(element.text or "")
        elif tag == "w:p" and self._open:
            self._end_paragraph(self._open.pop())
        elif tag in _FRAMES and self._frames:
            self._frames.pop()
        elif tag == "w:tbl" and self._tables:
            self._tables.pop()

    def _end_paragraph(self, ended: _Paragraph) -> None:
        if len(ended.pieces) == ended.number:
            ended.pieces.clear()  # a number alone
        self._last = ended if ended.joined else None
        if not ended.pieces and not ended.joined and self._texts[-1:] == [ended.pieces]:
            self._texts.pop()  # empty ones are not kept
            self._places.pop()
            self._pages.pop()
        if not self._open:
            self._codes = [False] * len(self._codes)  # no code goes beyond a paragraph

    def _move(self, tag: str) -> None:
        """Take note of where in a table the walk stands."""
        if self._tables and tag != "w:r":
            table = self._tables[-1]
            if tag == "w:tr":
                table.row, table.column, table.span = table.row + 1, -1, 1
            else:
                table.column, table.span = table.column + table.span, 1

    def _write_number(self) -> None:
        """Begin the open paragraph with the number that Word counts for it."""
        if not self._open or self._open[-1].pieces or not self._open[-1].numbered:
            return
        paragraph = self._open[-1]
        paragraph.numbered = False
        if (paragraph.outline or "9") in OUTLINE or self.numbers.is_heading(paragraph.style):
            self._headings.add(paragraph.at)
        number = self.numbers.next(paragraph.style, paragraph.list, paragraph.level)
        if number is None:
            self._found.add("numbers")
        elif number:
            self._add(number)
            paragraph.number = len(paragraph.pieces)

    def _begin_paragraph(self) -> None:
        if self._last is not None:
            self._open.append(_Paragraph(self._last.pieces, numbered=False, at=self._last.at))
            self._last = None
        elif len(self._texts) < _MOST_PARAGRAPHS:
            table = self._tables[-1] if self._tables else None
            place = Place(table.number, table.row, max(0, table.column)) if table else None
            self._texts.append([])
            self._places.append(place)
            self._pages.append(0 if self._aside else self._page)
            self._open.append(_Paragraph(self._texts[-1], at=len(self._texts) - 1))
        else:
            raise ValueError(_("has more paragraphs than one document"))

    def _turn_page(self) -> None:
        """Begin a page; a paragraph without text so far stands on it."""
        self._page, self._paged = self._page + 1, True
        if self._open and len(self._open[-1].pieces) == self._open[-1].number and not self._aside:
            self._pages[self._open[-1].at] = self._page

    def _add(self, text: str) -> None:
        if not text or not self._open or any(self._codes):
            return
        if any(f.unseen for f in self._frames):
            self.hidden += len(text) * self._frames[-1].unseen * (self._frames[-1].tag == "w:r")
            return
        self._open[-1].pieces.append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin" and len(self._codes) < _MOST_FIELDS:
            self._codes.append(True)
        elif kind == "separate" and self._codes:
            self._codes[-1] = False
        elif kind == "end" and self._codes:
            self._codes.pop()

    def _property(self, tag: str, element: Any) -> None:  # noqa: ANN401
        """Take note of what makes a run, cell or row unseen, or joins two paragraphs."""
        inside, value = self._properties[0], _value(element, "val", "")
        frame = self._frames[-1] if self._frames else _Frame("")
        if inside == "w:pPr":
            if self._open and tag in _NUMBERING:
                setattr(self._open[-1], _NUMBERING[tag], value)
            elif tag == "w:del" and self._open and "w:rPr" in self._properties:
                self._open[-1].joined = True
        elif tag == "w:gridSpan" and self._tables:
            self._tables[-1].span = int(value) if value in _SPANS else 1
        elif tag == "w:vanish" and frame.tag == "w:r":
            frame.unseen = value not in _OFF
        elif tag in {"w:vMerge", "w:hMerge"} and frame.tag == "w:tc":
            frame.unseen = value != "restart"
        elif tag == "w:del" and frame.tag == "w:tr":
            frame.unseen = True


def _name(element: Any) -> str:  # noqa: ANN401
    """Return an element's name with the usual prefix of its namespace."""
    space, _other, name = element.tag.removeprefix("{").rpartition("}")
    return f"{SPACES.get(space, '')}:{name}"


def _value(element: Any, name: str, default: str) -> str:  # noqa: ANN401
    """Return an attribute in the element's own namespace."""
    space = element.tag.rpartition("}")[0]
    value: str = element.get(f"{space}}}{name}", default)
    return value


def _drop(element: Any) -> None:  # noqa: ANN401
    """Free an element that has ended, and the one before it."""
    element.clear()
    before = element.getprevious()
    if before is not None:
        element.getparent().remove(before)


def _symbol(tag: str, element: Any) -> str:  # noqa: ANN401
    """Return the character that a symbol element names by its code, if Unicode has it."""
    if tag != "w:sym":
        return ""
    try:
        number = int(_value(element, "char", ""), 16)
    except ValueError:
        return ""
    character = legible(chr(number)) if 0 < number <= 0xFFFF else ""
    return "" if character and ord(character[0]) in _PRIVATE else character
