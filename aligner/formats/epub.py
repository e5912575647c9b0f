"""Books in EPUB 2 and 3: their pages in reading order, each as a web page is read.

The order is that of the book's spine. All visible text of a page is kept: a book has no
menus to look for, and its page of contents is left out by its mark. Pages that the spine
names as aside from the reading (notes, mostly) come where it has them.
Sources: W3C, "EPUB 3.3", 2023, 5 and 6; IDPF, "Open Packaging Format 2.0.1", 2010.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

from aligner.bitext import Document
from aligner.formats.common.html_blocks import page_blocks
from aligner.formats.common.source import PlacedText, Source, document_from_blocks
from aligner.formats.common.zip_package import Package
from aligner.formats.html import page_text, parse_tree
from aligner.messages import N_, _

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml"})
_MOST_PAGES: Final = 5_000
_MOST_BYTES: Final = 80_000_000  # of all pages; the text of a long novel takes 10 MB
_MOST_LISTED: Final = 10_000_000  # bytes of a part that lists others
_MOST_NOTES: Final = 5
_CONTENTS: Final = N_("the page of contents is not read")


def parse_epub(source: Source) -> Document:
    """Return the text of a book, one paragraph a block of its pages.

    Raises:
        FormatError: The bytes are no .epub, are damaged or locked, unpack to an absurd size,
            or hold entries with a path.
        ReadError: There is no text in it.
    """
    with Package(source.raw, source.name, kind=".epub", main=_CONTAINER, foreign=True) as package:
        pages, notes = _spine(package, _book(package))
        locked = _locked(package)
        texts: list[PlacedText] = []
        left = _MOST_BYTES
        for page in pages:
            if page in locked:  # fonts may be encrypted, which is no matter
                raise package.locked()
            raw = package.read(page, is_page=True)
            left -= len(raw)
            if left < 0:
                raise package.too_large(_("its pages are larger than those of a book"))
            texts += _blocks(raw, f"{source.name}: {page}", source.encoding)
    return document_from_blocks(source, texts, notes=notes)


def _blocks(raw: bytes, name: str, encoding: str | None) -> Iterator[PlacedText]:
    """Yield the blocks of a page.

    Raises:
        ReadError: It is text in no encoding, or nested too deep; the page is named.
    """
    text = page_text(Source(raw, name, encoding)).text if raw.strip() else ""
    tree = parse_tree(text, name) if text else None
    for block in page_blocks(tree) if tree is not None else ():
        yield PlacedText(block.text, heading=block.titled)


def _locked(package: Package) -> set[str]:
    """Return the parts that are encrypted."""
    if _ENCRYPTION not in package:
        return set()
    nodes = _tree(package, _ENCRYPTION).iter("{*}CipherReference")
    return {_inside("", node.get("URI", "")) for node in nodes}


def _book(package: Package) -> str:
    """Return the part that says what the book is made of."""
    for node in _tree(package, _CONTAINER).iter("{*}rootfile"):
        path = _inside("", node.get("full-path", ""))
        if path in package:
            return path
    raise package.unreadable()


def _spine(package: Package, book: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the pages in reading order, each once, and what to tell of them."""
    root = _tree(package, book)
    folder = posixpath.dirname(book)
    items = {node.get("id", ""): node for node in root.iter("{*}item")}
    pages: dict[str, None] = {}
    notes: dict[str, None] = {}
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type", "") not in _PAGES:
            continue
        page = _inside(folder, item.get("href", ""))
        if "nav" in item.get("properties", "").split():
            notes.setdefault(_(_CONTENTS))
        elif page in package:
            pages.setdefault(page)
        else:
            notes.setdefault(_("the book lacks its page {page}").format(page=page))
    if len(pages) > _MOST_PAGES:
        raise package.too_large(
            _("has more than {most_pages:,} pages").format(most_pages=_MOST_PAGES)
        )
    return list(pages), tuple(notes)[:_MOST_NOTES]


def _tree(package: Package, part: str) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    raw = package.read(part)
    if len(raw) > _MOST_LISTED:
        raise package.too_large(_("{part} is larger than that of a book").format(part=part))
    try:
        return etree.fromstring(raw, parser)
    except etree.LxmlError as error:
        raise package.unreadable() from error


def _inside(folder: str, target: str) -> str:
    """Return a part by its address, relative to a folder of the package."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
