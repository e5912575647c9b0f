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

_SPACES = {
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
_BREAKS_MERGE = _tags("tbl tc tr txbxContent footnote endnote")
_CHANGES = _tags("ins del moveFrom moveTo")
_OFF = frozenset({"0", "false", "off"})
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


@dataclass(slots=True)
class WordText:
    """Gathers the paragraphs of one part after the other."""

    most: int  # elements that all parts together may still have
    is_word: bool = False  # whether a part was the document itself
    _texts: list[list[str]] = field(default_factory=list)
    _open: list[_Paragraph] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _properties: list[str] = field(default_factory=list)
    _codes: list[bool] = field(default_factory=list)  # of open fields: still in the code
    _last: _Paragraph | None = None  # which the next one may go on
    _found: set[str] = field(default_factory=set)

    @property
    def paragraphs(self) -> list[str]:
        """The text of each paragraph, in the order of their beginnings."""
        return [legible("".join(pieces)) for pieces in self._texts]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the reading."""
        known = {
            "changes": "tracked changes are read as accepted",
            "numbers": "numbers that Word counts by itself are not part of the text",
            "files": "files inside the document are not read",
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
                    raise ValueError("has more elements than a document of its size")
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
        if tag in _BREAKS_MERGE:
            self._last = None
        if tag == "w:p":
            self._begin_paragraph()
        elif tag in _FRAMES:
            self._frames.append(_Frame(tag))
        elif tag == "w:fldChar":
            self._field(_value(element, "fldCharType", ""))
        elif tag == "w:altChunk":
            self._found.add("files")
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == "w:sym":
            self._add(_symbol(_value(element, "char", "")))

    def _end(self, tag: str, element: Any) -> None:  # noqa: ANN401
        if self._properties:
            if self._properties[-1] == tag:
                self._properties.pop()
        elif tag in _TEXT:
            self._add(element.text or "")
        elif tag == "w:p" and self._open:
            ended = self._open.pop()
            self._last = ended if ended.joined else None
            if not ended.pieces and not ended.joined and self._texts[-1:] == [ended.pieces]:
                self._texts.pop()  # empty ones are not kept
            if not self._open:
                self._codes = [False] * len(self._codes)  # no code goes beyond a paragraph
        elif tag in _FRAMES and self._frames:
            self._frames.pop()

    def _begin_paragraph(self) -> None:
        if self._last is not None:
            self._open.append(_Paragraph(self._last.pieces))
            self._last = None
        elif len(self._texts) < _MOST_PARAGRAPHS:
            self._texts.append([])
            self._open.append(_Paragraph(self._texts[-1]))
        else:
            raise ValueError("has more paragraphs than one document")

    def _add(self, text: str) -> None:
        if self._open and not any(self._codes) and not any(f.unseen for f in self._frames):
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
            if tag == "w:numPr":
                self._found.add("numbers")
            elif tag == "w:del" and self._open and "w:rPr" in self._properties:
                self._open[-1].joined = True
        elif tag == "w:vanish" and frame.tag == "w:r":
            frame.unseen = value not in _OFF
        elif tag in {"w:vMerge", "w:hMerge"} and frame.tag == "w:tc":
            frame.unseen = value != "restart"
        elif tag == "w:del" and frame.tag == "w:tr":
            frame.unseen = True


def _name(element: Any) -> str:  # noqa: ANN401
    """Return an element's name with the usual prefix of its namespace."""
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    return f"{_SPACES.get(space, '')}:{name}"


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


def _symbol(code: str) -> str:
    """Return the character that a symbol element names by its code, if Unicode has it."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    character = legible(chr(number)) if 0 < number <= 0xFFFF else ""
    return "" if character and ord(character[0]) in _PRIVATE else character
