"""OpenDocument texts, as LibreOffice writes them: paragraphs and cells, then the notes.

The one part that holds the text is read as a stream, as of a Word document. Deleted text
is kept apart in the file, so that what is read is as accepted. Footnotes and endnotes come
after the body. The numbers of lists and headings are written out. Left out are headers
and footers, comments, hidden text and what stands above a character.
Source: OASIS, "Open Document Format for Office Applications", version 1.3, 2021, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.font_glyphs import legible
from aligner.formats.common.review_table import Place, Placed, without_remarks
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.common.xml_target import ElementRoom, stream
from aligner.formats.common.zip_package import Package
from aligner.formats.odt_numbers import OdtNumbers
from aligner.messages import N_, _


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MAIN: Final = "content.xml"
_STYLES: Final = "styles.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES: Final = {
    f"{_ODF}{name}:1.0": name for name in ("office", "text", "table", "manifest", "style")
} | {"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg"}
_PARAGRAPHS: Final = frozenset({"text:p", "text:h"})
_SKIPPED: Final = _names(
    "office:annotation text:tracked-changes text:note-citation text:ruby-text text:hidden-text"
    " text:hidden-paragraph table:covered-table-cell svg:title svg:desc office:scripts"
    " office:forms office:settings office:styles office:master-styles"
)
_TOLD: Final = {
    "office:annotation": N_("comments are not read"),
    "text:tracked-changes": N_("tracked changes are read as accepted"),
}
_SIGNS: Final = {"text:tab": "\t", "text:line-break": "\n"}
_BLANKS: Final = re.compile("[ \t\r\n]+")
_MOST_BLANKS: Final = 100  # of one element that stands for several
_ROOM: Final = 300_000  # elements, and one more for each byte of the file
_MOST_PARAGRAPHS: Final = 500_000


@dataclass(slots=True)
class _Table:
    """An open table, and where in it the walk stands."""

    number: int
    row: int = -1
    column: int = -1


@dataclass(slots=True)
class _OdtStyles:
    """Takes the part of the styles."""

    numbers: OdtNumbers

    def start(self, name: str, values: Mapping[str, str]) -> None:
        self.numbers.learn(name, values)

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


@dataclass(slots=True)
class _OdtText:
    """Gathers the paragraphs of a text; takes what a part holds (see `XmlTarget`)."""

    is_text: bool = False
    found: dict[str, None] = field(default_factory=dict)  # notes for the user
    numbers: OdtNumbers = field(default_factory=OdtNumbers)
    _body: list[tuple[list[str], Place | None]] = field(default_factory=list)
    _notes: list[tuple[list[str], Place | None]] = field(default_factory=list)
    _open: list[list[str]] = field(default_factory=list)
    _numbered: list[bool] = field(default_factory=list)  # of the open paragraphs
    _tables: list[_Table] = field(default_factory=list)
    _count: int = 0
    _skipped: int = 0
    _in_note: int = 0

    def placed(self) -> list[Placed]:
        """Return the paragraphs of the body, then those of the notes."""
        every = (*self._body, *self._notes)
        return [Placed(legible("".join(pieces).strip()), place) for pieces, place in every]

    def start(self, name: str, values: Mapping[str, str]) -> None:
        if _TOLD.get(name):
            self.found.setdefault(_(_TOLD[name]))
        self.numbers.learn(name, values)
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        self.numbers.start(name, values)
        if name in _PARAGRAPHS:
            self._begin()
        elif name == "text:note":
            self._in_note += 1
        elif name == "text:s":
            count = values.get(f"{{{_ODF}text:1.0}}c", "1")
            self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "office:text":
            self.is_text = True
        else:
            self._move(name)

    def _move(self, name: str) -> None:
        """Take note of where in a table the walk stands."""
        if name == "table:table":
            self._count += 1
            self._tables.append(_Table(self._count))
        elif name == "table:table-row" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = -1
        elif name == "table:table-cell" and self._tables:
            self._tables[-1].column += 1

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if name == "table:covered-table-cell" and not self._skipped and self._tables:
                self._tables[-1].column += 1
        elif name in _PARAGRAPHS and self._open:
            self._end_paragraph(self._open.pop())
        elif name == "text:note":
            self._in_note -= 1
        elif name == "table:table" and self._tables:
            self._tables.pop()
        else:
            self.numbers.end(name)

    def data(self, text: str) -> None:
        if self._open and not self._skipped:
            text = _BLANKS.sub(" ", text)
            pieces = self._open[-1]
            self._add(text.lstrip(" ") if not pieces or pieces[-1].endswith((" ", "\n")) else text)

    def _begin(self) -> None:
        if len(self._body) + len(self._notes) >= _MOST_PARAGRAPHS:
            raise ValueError(_("has more paragraphs than one document"))
        pieces: list[str] = []
        table = self._tables[-1] if self._tables else None
        place = Place(table.number, table.row, table.column) if table else None
        (self._notes if self._in_note else self._body).append((pieces, place))
        self._open.append(pieces)
        number = self.numbers.take()
        self._numbered.append(bool(number))
        self._add(number)

    def _end_paragraph(self, pieces: list[str]) -> None:
        if self._numbered.pop() and len(pieces) == 1:
            pieces.clear()  # a number alone

    def _add(self, text: str) -> None:
        if self._open and text:
            self._open[-1].append(text)


def parse_odt(source: Source) -> Document:
    """Return the text of an OpenDocument text, one paragraph of ours for each of its own.

    Raises:
        FormatError: The bytes are no .odt, are damaged, locked, unpack to an absurd size,
            hold entries with a path, or define XML entities.
        ReadError: There is no text in it.
    """
    from lxml import etree

    text = _OdtText()
    with Package(source.raw, source.name, kind=".odt", main=_MAIN, foreign=True) as package:
        if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST, is_page=True):
            raise package.locked()
        try:
            room = ElementRoom(_ROOM + len(source.raw))
            if _STYLES in package:
                stream(package.read(_STYLES), _OdtStyles(text.numbers), _SPACES, room)
            stream(package.read(_MAIN), text, _SPACES, room)
        except etree.LxmlError as error:
            raise package.unreadable() from error
        except ValueError as error:
            hint = _("split it into chapters, or save it as plain text")
            raise FormatError(f"{source.name}: {error}", hint=hint) from error
        if not text.is_text:
            raise package.unreadable()
    blocks, notes = without_remarks(text.placed())
    return document_from_blocks(source, blocks, notes=(*text.found, *notes))
