"""Web pages: the main text, or all visible text, one paragraph a block.

lxml parses the page and `page_blocks` renders it; trafilatura decides which of
the blocks are the main text (see `main_text`). Nothing is fetched, and HTML has
no entities of its own making.
"""

from __future__ import annotations

import re
from typing import Any

from aligner.bitext import Document
from aligner.errors import EncodingError, FormatError, SettingError
from aligner.formats.common.decode import Decoded, as_told, by_mark, canonical, decode
from aligner.formats.common.file_kind import refuse_binary
from aligner.formats.common.html_blocks import hidden_size, page_blocks
from aligner.formats.common.source import PlacedText, Source, clean, document_from_blocks
from aligner.formats.html_main_text import main_blocks
from aligner.likelihood import fit
from aligner.messages import _

_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_HEAD_BYTES = 8192  # where a charset declaration is looked for
_MOST_TAGS = 150_000  # ends of tags; a long novel on one page has 60,000
_MOST_CHARACTERS = 8_000_000
# The time of a parser grows with the square of a tag's attributes. A page of 150,000 tags
# with ten each comes to 15 million.
_MOST_SQUARES = 200_000_000
# A tag and one of its attributes, as browsers read them. Possessive, so each character is
# looked at once.
_TAG = re.compile(r"<[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+|(?=>)))?+"""
)
_BAD_SHARE = 0.001  # of a page's characters that may be damaged
# Servers declare these whatever the page holds.
_DECLARED_IN_VAIN = {"ascii", "iso8859-1", "cp1252"}


def parse_html(source: Source) -> Document:
    """Return the main text of a web page, or with `keep_furniture` all visible text.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: The file is of another kind, or nested too deep to be a page.
        ReadError: There is no visible text in it.
        SettingError: There is no such encoding.
    """
    if source.encoding is None:
        refuse_binary(source.raw, source.name)
    text, encoding, notes = page_text(source)
    tree = parse_tree(text, source.name)
    blocks = page_blocks(tree) if tree is not None else []
    if blocks and not source.keep_furniture:
        chosen, reasons = main_blocks(tree, blocks)
        blocks, notes = chosen, (*notes, *reasons)
    if hidden := hidden_size(tree) if tree is not None else 0:
        told = _("left out: text that the page does not show ({count} characters)")
        notes = (*notes, told.format(count=hidden))
    texts = (PlacedText(block.text, heading=block.titled) for block in blocks)
    return document_from_blocks(source, texts, encoding=encoding, notes=notes)


def parse_tree(text: str, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the element tree of a page, or None if it has no element.

    Raises:
        FormatError: It is nested deeper than any page (2,048 levels), far too long, or
            has far too many attributes.
    """
    import lxml.html
    from lxml import etree

    if text.count(">") > _MOST_TAGS or len(text) > _MOST_CHARACTERS:
        raise FormatError(
            _("{name}: has more than {most_tags:,} tags or {most_characters:,} characters").format(
                name=name, most_tags=_MOST_TAGS, most_characters=_MOST_CHARACTERS
            ),
            hint=_("this is more than one document: split it, or save it as plain text"),
        )
    if attribute_squares(text) > _MOST_SQUARES:
        raise FormatError(
            _("{name}: has tags with more attributes than any page").format(name=name),
            hint=_("open the page in a browser and save it as plain text"),
        )
    # huge_tree: the default parser drops what lies deeper than 256 levels, in silence
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(clean(text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None  # nothing but comments or white space
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise FormatError(
            _("{name}: elements are nested more than 2,048 deep").format(name=name),
            hint=_("open the page in a browser and save it as plain text"),
        )
    return tree


def attribute_squares(text: str) -> int:
    """Return the sum of the squares of the attributes of each tag. Cost: linear."""
    total = at = 0
    while (tag := _TAG.search(text, at)) and total <= _MOST_SQUARES:
        count, at = 0, tag.end()
        while found := _ATTRIBUTE.match(text, at):
            count, at = count + 1, found.end()
        total += count * count
    return total


def page_text(source: Source) -> Decoded:
    """Decode by the user's word, a byte-order mark, UTF-8, the declaration, or by likelihood.

    Valid UTF-8 goes before the declaration: other text hardly ever is valid, while
    pages are often saved in UTF-8 under an old declaration.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        SettingError: There is no such encoding.
    """
    raw, name = source.raw, source.name
    if source.encoding is not None:
        return as_told(raw, name, source.encoding)
    label = declared_encoding(raw)
    if label is None or by_mark(raw, name) is not None or _is_utf8(raw):
        return decode(raw, name)
    declared = _as_declared(raw, label)
    if declared is not None and fit(declared.text).plausible:
        return declared
    try:
        return decode(raw, name)
    except EncodingError:
        if declared is None:
            raise
        return declared


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that a page declares, by our name for it.

    >>> declared_encoding(b'<meta http-equiv=x content="text/html; charset=GB2312">')
    'gb18030'
    """
    head = raw[:_HEAD_BYTES]
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    if found is None:
        return None
    try:
        label = canonical(found[1].decode("ascii", "replace"))
    except SettingError:
        return None
    return None if label in _DECLARED_IN_VAIN or label.startswith("utf-16") else label


def _as_declared(raw: bytes, label: str) -> Decoded | None:
    """Decode as declared; a few damaged characters are replaced and counted, as browsers do."""
    note = _("read as {label}, as the page declares").format(label=label)
    try:
        return as_told(raw, "", label)._replace(notes=(note,))
    except EncodingError:
        text = raw.decode("cp950" if label == "big5" else label, "replace")
    bad = text.count("\ufffd")
    if bad > max(1, _BAD_SHARE * len(text)):
        return None
    return Decoded(
        text, label, (_("{note}; damaged characters: {bad}").format(note=note, bad=bad),)
    )


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
