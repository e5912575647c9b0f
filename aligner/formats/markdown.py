"""Markdown: its text without its marks, one paragraph a block.

Headings, list items, paragraphs, quotations, definitions and table cells are blocks.
The number of an ordered item stays, since it is text to the reader. Fenced code, front
matter, comments and boxes of tasks are left out; HTML is rendered as on a web page.
Markdown is that of CommonMark (read by markdown-it-py and its plugins) with tables,
footnotes, definition lists, attribute lists and alerts, and two allowances for Chinese:
text behind four spaces is an indented paragraph, not code; and `**` closes after a
mark before a Han character, as in `**“读书”**是`, where CommonMark leaves it open.

Line ends are as CommonMark has them: a soft one is no more than a blank, a hard one
ends a paragraph (`md_inline` says which soft ones are no more than that). Notes come
last, in the order in which the text refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aligner.bitext import Document
from aligner.formats.common.decode import decode
from aligner.formats.common.file_kind import refuse_binary
from aligner.formats.common.html_blocks import page_blocks
from aligner.formats.common.source import (
    PlacedText,
    Source,
    clean,
    document_from_blocks,
    document_from_text,
)
from aligner.formats.html import parse_tree
from aligner.formats.markdown_inline import block_text
from aligner.formats.mdx import MDX_NOTE, without_code
from aligner.lang.joins import Parted, parts_scripts
from aligner.messages import N_, _

if TYPE_CHECKING:
    from markdown_it.token import Token

# The lines are of kinds that exclude each other, so the search stays linear.
_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\n(?:(?:[\"']?\w[\w.-]*[\"']?[ \t]*:.*|[ \t].*|- .*|#.*|)\n)*?(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?:(?:[\w.\"-]+[ \t]*=.*|\[.*\]|[ \t\]].*|#.*|)\n)*?\+\+\+)[ \t]*\n"
)
_DEEPEST = 60  # levels of nesting; the parser calls itself for each, and drops what is deeper
_MOST_BRACKETS = 20_000  # the parser's time grows with more than their number
_MOST_NOTES = 5_000  # written in the line, which may hold one another
_MOST_MARKS = 150_000  # lines and marks, for each of which there is a token or two
_MARKS = "\n*_`[]<&\\|~!"
_AS_TEXT = N_("nested too deep or too many marks for Markdown: they are kept as text")


def parse_md(source: Source) -> Document:
    r"""Return the text of a Markdown file, paragraphs joined by a blank line.

    A file that no person can have written as Markdown is read as plain text, with
    a note.

    >>> parse_md(Source("# 通知 #\n\n1. 请**按时**到。\n2. 见[附件](a.md)。".encode())).text
    '通知\n\n1. 请按时到。\n\n2. 见附件。'

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: The file is of a known kind that is no text.
        ReadError: There is no text in it.
        SettingError: There is no such encoding.
    """
    if source.encoding is None:
        refuse_binary(source.raw, source.name)
    text, encoding, notes = decode(source.raw, source.name, encoding=source.encoding)
    text = _FRONT_MATTER.sub("", clean(text))
    if source.name.lower().endswith(".mdx"):
        text, notes = without_code(text), (*notes, MDX_NOTE)
    tokens = _tokens(text)
    if tokens is None:
        return document_from_text(source, text, encoding=encoding, notes=(*notes, _(_AS_TEXT)))
    blocks = _blocks(tokens, source.name, parted=parts_scripts(text))
    return document_from_blocks(source, blocks, encoding=encoding, notes=notes)


def _tokens(text: str) -> list[Token] | None:
    """Return the parser's tokens, or None if it would drop text or take too long."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    if sum(map(text.count, _MARKS)) > _MOST_MARKS:
        return None
    if text.count("[") > _MOST_BRACKETS or text.count("^[") > _MOST_NOTES:
        return None
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.use(footnote_plugin, move_to_end=False).use(deflist_plugin)
    parser.enable(["table", "strikethrough"]).disable("code")
    env: dict[str, dict[str, dict[int, dict[str, list[Token]]]]] = {}
    tokens = parser.parse(text, env)
    deepest = max((token.level for token in tokens), default=0)
    if deepest >= _DEEPEST - 2:
        return None
    return _notes_last(tokens, env.get("footnotes", {}).get("list", {}))


def _notes_last(
    tokens: Sequence[Token], referred: dict[int, dict[str, list[Token]]]
) -> list[Token]:
    """Move the notes to the end: those that are referred to in order, then the others."""
    from markdown_it.token import Token

    body: list[Token] = []
    notes: dict[object, list[Token]] = {}
    current = body
    for token in tokens:
        if token.type == "footnote_reference_open":
            current = notes.setdefault(token.meta["label"], [])
        elif token.type == "footnote_reference_close":
            current = body
        else:
            current.append(token)
    for note in referred.values():
        if "tokens" in note:  # written where it is referred to
            body.append(Token("inline", "", 0, children=note["tokens"]))
        else:
            body += notes.pop(note.get("label"), [])
    return [*body, *(token for its in notes.values() for token in its)]


def _blocks(tokens: Sequence[Token], name: str, *, parted: Parted) -> Iterator[PlacedText]:
    """Yield the text of each block."""
    number, owner = "", ""  # of a list's item, and what opened the block
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline":
            text = block_text(token.children or [], owner, parted=parted)
            if text:
                yield PlacedText(number + text, heading=owner == "heading_open")
            number = owner = ""
        elif token.type == "html_block":
            tree = parse_tree(token.content, name)
            for block in page_blocks(tree) if tree is not None else []:
                yield PlacedText(block.text, heading=block.titled)
        if token.type in ("list_item_open", "blockquote_open", "heading_open"):
            owner = token.type
