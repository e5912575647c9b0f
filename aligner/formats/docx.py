"""Word documents: paragraphs and table cells in document order, then the notes.

Only the parts that hold text are unpacked and read, as a stream, so that memory does
not grow with what stands between. Tracked changes are read as accepted. Footnotes and
endnotes come after the body, in their order: in their place they would stand in the
middle of a sentence. Left out are headers and footers, comments, hidden text and the
numbers that Word counts by itself.
"""

from __future__ import annotations

from io import BytesIO

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.office_relations import related
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.common.zip_package import Package
from aligner.formats.docx_text import WordText

_MAIN = "word/document.xml"
_MOST_ELEMENTS = 300_000  # and one more for each byte of the file, of which each takes five or so
_NOTES = ("footnotes", "endnotes")


def parse_docx(source: Source) -> Document:
    """Return the text of a Word document, one paragraph of ours for each of its own.

    Raises:
        FormatError: The bytes are no .docx, are damaged, unpack to an absurd size,
            hold entries with a path, or define XML entities.
        ReadError: There is no text in it.
    """
    from lxml import etree

    with Package(source.raw, source.name, kind=".docx", main=_MAIN) as package:
        text = WordText(_MOST_ELEMENTS + len(source.raw))
        try:
            main = _main_part(package)
            text.read(BytesIO(package.read(main)))
            if not text.is_word:
                raise package.unreadable()
            for kind in _NOTES:
                for part in dict.fromkeys(related(package, main, kind)):  # each once
                    text.read(BytesIO(package.read(part)))
        except etree.LxmlError as error:
            raise package.unreadable() from error
        except ValueError as error:
            hint = "split it into chapters, or save it as plain text"
            raise FormatError(f"{source.name}: {error}", hint=hint) from error
    return document_from_blocks(source, text.paragraphs, notes=text.notes)


def _main_part(package: Package) -> str:
    """Return the part that the package names as its document."""
    for part in related(package, "", "officeDocument"):
        if part in package:
            return part
    return _MAIN
