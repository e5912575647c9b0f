"""Word documents: paragraphs and table cells in document order, then the notes.

Only the parts that hold text are unpacked and read, as a stream, so that memory does
not grow with what stands between. Tracked changes are read as accepted. Footnotes and
endnotes come after the body, in their order: in their place they would stand in the
middle of a sentence. Left out are headers and footers, comments, hidden text and the
numbers that Word counts by itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.package import Package
from aligner.formats.common.source import Source, document_from_blocks
from aligner.formats.docx_text import WordText

_MAIN = "word/document.xml"
_MOST_ELEMENTS = 300_000  # and one more for each byte of the file, of which each takes five or so
_NOTES = ("footnotes", "endnotes")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


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
                for part in dict.fromkeys(_targets(package, main, kind)):  # each once
                    text.read(BytesIO(package.read(part)))
        except etree.LxmlError as error:
            raise package.unreadable() from error
        except ValueError as error:
            hint = "split it into chapters, or save it as plain text"
            raise FormatError(f"{source.name}: {error}", hint=hint) from error
    return document_from_blocks(source, text.paragraphs, notes=text.notes)


def _main_part(package: Package) -> str:
    """Return the part that the package names as its document."""
    for part in _targets(package, "", "officeDocument"):
        if part in package:
            return part
    return _MAIN


def _targets(package: Package, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part is related to in one way; those outside are left alone."""
    from lxml import etree

    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return
    root = etree.fromstring(package.read(relations), _parser())
    for relation in root.iter(_RELATION):
        of_kind = relation.get("Type", "").rpartition("/")[2] == kind
        if of_kind and relation.get("TargetMode", "Internal") == "Internal":
            target = posixpath.join("/", folder, relation.get("Target", ""))
            yield posixpath.normpath(target).lstrip("/")


def _parser() -> object:
    """Return a parser that neither expands entities nor opens files or addresses."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
