"""Word documents: paragraphs and table cells in document order, then the notes.

Only the parts that hold text are unpacked and read, as a stream, so that memory does
not grow with what stands between. Tracked changes are read as accepted. Footnotes and
endnotes come after the body, in their order: in their place they would stand in the
middle of a sentence. The numbers that Word counts by itself are written out. Of a table
in which a translation is reviewed, only the two texts are read. Left out are headers and
footers, comments and hidden text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.office_relations import related
from aligner.formats.common.review_table import without_remarks
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.common.xml_target import ElementRoom, stream
from aligner.formats.common.zip_package import Package
from aligner.formats.docx_numbers import WordNumbers
from aligner.formats.docx_text import SPACES, WordText
from aligner.messages import _, ngettext

_MAIN = "word/document.xml"
_MOST_ELEMENTS = 300_000  # and one more for each byte of the file, of which each takes five or so
_NOTES = ("footnotes", "endnotes")
_ASIDE = "comments"
_EDGES = ("header", "footer")
_COMMENT = re.compile(rb"<(?:\w+:)?comment[\s/>]")


def parse_docx(source: Source) -> Document:
    """Return the text of a Word document, one paragraph of ours for each of its own.

    Raises:
        FormatError: The bytes are no .docx, are damaged, unpack to an absurd size,
            hold entries with a path, or define XML entities.
        ReadError: There is no text in it.
    """
    from lxml import etree

    with Package(source.raw, source.name, kind=".docx", main=_MAIN) as package:
        most = _MOST_ELEMENTS + len(source.raw)
        text = WordText(most, WordNumbers())
        try:
            main = _main_part(package)
            _read_numbers(package, main, text.numbers, ElementRoom(most))
            text.read(BytesIO(package.read(main)))
            if not text.is_word:
                raise package.unreadable()
            for kind in _NOTES:
                for part in dict.fromkeys(related(package, main, kind)):  # each once
                    text.read(BytesIO(package.read(part)))
            commented = any(_has_comments(package, part) for part in related(package, main, _ASIDE))
            edges = _edge_texts(package, main, text.most)
        except etree.LxmlError as error:
            raise package.unreadable() from error
        except ValueError as error:
            hint = _("split it into chapters, or save it as plain text")
            raise FormatError(f"{source.name}: {error}", hint=hint) from error
    blocks, notes = without_remarks(text.paragraphs)
    told = (*_left_out(text.hidden, edges), *((_("comments are not read"),) if commented else ()))
    return document_from_blocks(source, blocks, notes=(*text.notes, *told, *notes))


def _edge_texts(package: Package, main: str, most: int) -> tuple[str, ...]:
    """Return the texts of page headers and footers, which are not read; each once."""
    edges = WordText(most, WordNumbers())
    for kind in _EDGES:
        for part in dict.fromkeys(related(package, main, kind)):
            if part in package:
                edges.read(BytesIO(package.read(part)))
    texts = (paragraph.text.strip() for paragraph in edges.paragraphs)
    return tuple(dict.fromkeys(text for text in texts if any(map(str.isalpha, text))))


def _left_out(hidden: int, edges: Sequence[str]) -> tuple[str, ...]:
    """Return one note on hidden text, and on page headers and footers, if there are any."""
    parts = []
    if hidden:
        parts.append(_("hidden text ({count} characters)").format(count=hidden))
    if edges:
        size = sum(map(len, edges))
        parts.append(
            ngettext(
                "page headers and footers ({count} text of {size} characters)",
                "page headers and footers ({count} texts of {size} characters)",
                len(edges),
            ).format(count=len(edges), size=size)
        )
    return (_("left out: {parts}").format(parts="; ".join(parts)),) if parts else ()


def _read_numbers(package: Package, main: str, numbers: WordNumbers, room: ElementRoom) -> None:
    """Read the lists and the styles, which say what Word counts."""
    for kind in ("numbering", "styles"):
        for part in dict.fromkeys(related(package, main, kind)):
            if part in package:
                stream(package.read(part), numbers, SPACES, room)


def _has_comments(package: Package, part: str) -> bool:
    return part in package and bool(_COMMENT.search(package.read(part)))


def _main_part(package: Package) -> str:
    """Return the part that the package names as its document."""
    for part in related(package, "", "officeDocument"):
        if part in package:
            return part
    return _MAIN
