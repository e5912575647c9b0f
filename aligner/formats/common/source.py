r"""What every reader starts from and ends with: a `Source` in, a `Document` out.

A document's text is not the file's bytes: line ends of every kind become `\n`,
control characters become spaces, byte-order marks and soft hyphens go (with the line
end behind them, if a word goes on), and lone surrogates become U+FFFD. All offsets of
the package are characters of this text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import NamedTuple

from aligner.bitext import Document
from aligner.errors import ReadError
from aligner.filenames import legible
from aligner.lang.seams import only_closes, only_opens
from aligner.messages import _
from aligner.span import PlaceParts, Shown, Span

# Vertical tab, form feed and the line ends of Unicode: each ends a line for
# `str.splitlines`, so no later stage should meet them inside one.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SOFT_HYPHEN = re.compile("\xad+(?:\n[ \t]*(?=[a-z]))?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060]")
_ZERO_WIDTH_LINE = re.compile(
    "^[^\\S\n]*[\u200b-\u200f\u2060][\\s\u200b-\u200f\u2060]*$", re.MULTILINE
)
_UNSAFE = re.compile(r"[^\w.-]+")
_MOST_CHARACTERS = 24_000_000  # 60,000 long sentences, and some; the Bible in English has 4 million
_MOST_LINES = 300_000
_LONGEST_MARKS = 8  # characters of a block that holds only marks
_LONGEST_ID = 80  # characters; 240 bytes of Han, within the 255 of a file name


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, and what the user said of them."""

    raw: bytes
    name: str = "text"  # the path as the user wrote it
    encoding: str | None = None  # as told; None: find out
    keep_furniture: bool = False  # keep menus and footers of a web page


class PlacedText(NamedTuple):
    """A block of a file's text, with what the file says of its place."""

    text: str
    parts: PlaceParts = ()  # such as page 3; empty: it is a paragraph like any other
    heading: bool = False
    shown: tuple[Shown, ...] = ()  # when its pieces are shown, their ranges in this text


def clean(text: str) -> str:
    r"""Return the text as a `Document` holds it: one kind of line end, no control characters.

    Zero-width characters stay, except in a line that holds nothing else: such a
    line is blank to the reader's eye.

    >>> clean("\ufeff第一章\r\n\x00正文")
    '第一章\n 正文'
    """
    text = _LINE_END.sub("\n", text.replace("\ufeff", ""))
    if "\xad" in text:
        text = _SOFT_HYPHEN.sub("", text)
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))
    if _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH_LINE.sub(lambda line: _ZERO_WIDTH.sub("", line[0]), text)
    return text


def paragraph_spans(text: str) -> tuple[Span, ...]:
    r"""Return the blocks between blank lines, without the white space around them.

    A line of white space alone, U+3000 included, is blank. A block of nothing but a mark
    that opens or closes a quotation is part of the next or the last one. Cost: linear.

    >>> paragraph_spans("  一\n二 \n\u3000\n三")
    (Span(start=2, stop=5), Span(start=9, stop=10))
    >>> paragraph_spans("“\n\n来吧。\n\n”\n\n他走了。")
    (Span(start=0, stop=9), Span(start=11, stop=15))
    """
    found: list[Span] = []
    opened = False  # whether the last block holds only opening marks
    for span in _block_spans(text):
        block = text[slice(*span)]
        closes = len(block) <= _LONGEST_MARKS and only_closes(block)
        if found and (opened or closes):
            found[-1] = Span(found[-1].start, span.stop)
        else:
            found.append(span)
        opened = len(block) <= _LONGEST_MARKS and only_opens(block)
    return tuple(found)


def _block_spans(text: str) -> Iterator[Span]:
    """Yield the blocks between blank lines."""
    start, stop, at = -1, 0, 0
    for line in text.split("\n"):
        if bare := line.strip():
            left = at + line.index(bare[0])
            start = left if start < 0 else start
            stop = left + len(bare)
        elif start >= 0:
            yield Span(start, stop)
            start = -1
        at += len(line) + 1
    if start >= 0:
        yield Span(start, stop)


def document_from_text(
    source: Source,
    text: str,
    *,
    encoding: str = "utf-8",
    notes: Sequence[str] = (),
    by_line: bool = False,
) -> Document:
    """Make a document whose paragraphs are the blocks between blank lines.

    With `by_line` the text is the file's, line by line, and places are told by lines.

    Raises:
        ReadError: The text is empty, only white space, or far too long for one document.
    """
    text = clean(text)
    if len(text) > _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise ReadError(
            _("{name}: has {count:,} characters in {count2:,} lines").format(
                name=source.name, count=len(text), count2=text.count(chr(10))
            ),
            hint=_("this is more than one document: split it into chapters and align these"),
        )
    spans = paragraph_spans(text)
    if not spans:
        raise ReadError(
            _("{name}: holds no text").format(name=source.name),
            hint=_("check that this is the right file and that it was saved in full"),
        )
    return Document(
        id=document_id(source.name),
        text=text,
        paragraphs=spans,
        source=source.name,
        encoding=encoding,
        notes=tuple(notes),
        by_line=by_line,
    )


def document_from_blocks(
    source: Source,
    blocks: Iterable[str | PlacedText],
    *,
    encoding: str = "utf-8",
    notes: Sequence[str] = (),
) -> Document:
    """Make a document with one paragraph a block and a blank line between two.

    A block that holds a blank line becomes two paragraphs.

    Raises:
        ReadError: All blocks are empty.
    """
    placed = (PlacedText(block) if isinstance(block, str) else block for block in blocks)
    filled = [
        block._replace(text=bare, shown=block.shown if bare == block.text else _as_one(block, bare))
        for block in placed
        if (bare := clean(block.text).strip())
    ]
    text = "\n\n".join(block.text for block in filled)
    document = document_from_text(source, text, encoding=encoding, notes=notes)
    return with_places(document, filled) if document.text == text else document


def _as_one(block: PlacedText, text: str) -> tuple[Shown, ...]:
    """Return when a block is shown as a whole, since its text is another one."""
    if not block.shown:
        return ()
    start, end = min(s.start for s in block.shown), max(s.end for s in block.shown)
    return (Shown(Span(0, len(text)), start, end),)


def with_places(document: Document, blocks: Sequence[PlacedText]) -> Document:
    """Return a document with what its blocks say of the places of its paragraphs.

    Args:
        document: Its text is that of the blocks, with a blank line between two.
        blocks: Stripped, and none of them empty.
    """
    starts, at = [], 0
    for block in blocks:
        starts.append(at)
        at += len(block.text) + len("\n\n")
    owners = [bisect_right(starts, span.start) - 1 for span in document.paragraphs]
    headings = tuple(number for number, owner in enumerate(owners) if blocks[owner].heading)
    shown = tuple(
        piece._replace(span=Span(at + piece.span.start, at + piece.span.stop))
        for at, block in zip(starts, blocks, strict=True)
        for piece in block.shown
    )
    document = replace(document, shown=shown) if shown else document
    if not any(block.parts for block in blocks):
        return replace(document, headings=headings) if headings else document
    places = tuple(
        blocks[owner].parts or (("paragraph", number),)
        for number, owner in enumerate(owners, start=1)
    )
    return replace(document, places=places, headings=headings)


def document_id(name: str) -> str:
    """Return a name for outputs: letters, digits, Han, `.`, `_` and `-`, no last suffix.

    >>> document_id("译文/第一章 (定稿).docx")
    '第一章_定稿'
    """
    stem = unicodedata.normalize("NFC", legible(PurePath(name).stem))
    safe = _UNSAFE.sub("_", stem)[:_LONGEST_ID].strip("._-")
    return safe or "document"
