"""A web page as a reader sees it: blocks of text in reading order.

One pass over the tree, without recursion. A block ends where an element begins or
ends that a browser sets on lines of its own; `<br>` is a line end inside a block,
or begins a paragraph if the next line is indented, as on many Chinese pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCK_TAGS = _tags(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main"
    " menu nav ol p pre search section summary table tbody td tfoot th thead tr ul"
)
# Not seen on the page, or no text of it. `rt` is the reading above a character.
_DROPPED_TAGS = _tags(
    "applet audio button canvas datalist embed head iframe noframes noscript object option rp rt"
    " script select style svg template textarea title video"
)
_FURNITURE_TAGS = _tags("aside dialog footer form menu nav")
_HEADINGS = _tags("h1 h2")
_TITLES = _tags("h1 h2 h3 h4 h5 h6")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# Raised figures stay raised: they are no part of the number or sentence before them.
_FIGURES = re.compile(r"\s*-?[0-9]+(?:[,–-][0-9]+)*\s*")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
_WRAP = "\x1f"  # stands for white space with a line end in it until the block is whole
# The looks behind keep the search linear: a long run of blanks is gone through once.
_SOURCE_WRAP = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
_WIDE_WRAP = re.compile(f"(?<=[{_WIDE}]) *{_WRAP}+ *(?=[{_WIDE}])")
_INDENTED = re.compile(f"\n[ {_WRAP}]*(?=\u3000|\xa0\xa0)")
_SPACES = re.compile(f"[ \t\xa0{_WRAP}]+")
_LINE_EDGES = re.compile(r"(?<! ) *\n *")


class Block(NamedTuple):
    """One block of a page."""

    text: str
    linked: float  # share of its characters that are links
    furniture: bool  # inside a menu, footer or the like
    heading: bool  # of the first or second level
    titled: bool = False  # a heading of any level


@dataclass(slots=True)
class _Builder:
    """The block under way, and in what the walk stands."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    heading: bool = False
    titled: bool = False
    links: int = 0  # how many elements of the kind are open
    furniture: int = 0
    preformatted: int = 0
    raised: int = 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        if not self.preformatted:
            text = _SOURCE_WRAP.sub(_WRAP, text)
        if self.raised and _FIGURES.fullmatch(text):
            text = text.translate(_RAISED)
        self.pieces.append(text)
        if self.links:
            self.linked += len(text.strip())

    def flush(self) -> None:
        text = _tidy("".join(self.pieces))
        if text:
            share = min(1.0, self.linked / len(text))
            self.blocks.append(Block(text, share, self.furniture > 0, self.heading, self.titled))
        self.pieces.clear()
        self.linked, self.heading, self.titled = 0, False, False

    def enter(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.flush()
        if tag == "br":
            self.pieces.append("\n")
        self.heading |= tag in _HEADINGS
        self.titled |= tag in _TITLES
        self._count(tag, 1)

    def leave(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.flush()
        self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self.links += step * (tag == "a")
        self.preformatted += step * (tag == "pre")
        self.raised += step * (tag == "sup")
        self.furniture += step * (tag in _FURNITURE_TAGS)


def page_blocks(tree: Any) -> list[Block]:  # noqa: ANN401 - lxml has no types
    """Return the visible blocks of an lxml tree in reading order. Cost: linear."""
    from lxml import etree

    builder = _Builder()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        dropped = not tag or tag in _DROPPED_TAGS or _is_hidden(element)
        if event == "start" and dropped:
            walk.skip_subtree()
        elif event == "start":
            builder.enter(tag)
            builder.add(element.text)
        else:
            if not dropped:
                builder.leave(tag)
            if element is not tree:
                builder.add(element.tail)
    builder.flush()
    return builder.blocks


def hidden_size(tree: Any) -> int:  # noqa: ANN401
    """Return how many characters of text a page holds in elements that are not shown."""
    from lxml import etree

    size, inside = 0, 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (not tag or tag in _DROPPED_TAGS):
            walk.skip_subtree()
            size += len((element.tail or "").strip()) if inside else 0
            continue
        if tag in _DROPPED_TAGS or not tag:
            continue
        inside += (1 if event == "start" else -1) * _is_hidden(element)
        if inside:
            text = element.text if event == "start" else element.tail
            size += len((text or "").strip())
    return size


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN_STYLE.search(style))


def _tidy(text: str) -> str:
    """Close up wraps between Han characters; make one space of other white space.

    An indented line after `<br>` begins a paragraph.
    """
    text = _INDENTED.sub("\n\n", _WIDE_WRAP.sub("", text))
    text = _SPACES.sub(" ", text)
    return _LINE_EDGES.sub("\n", text).strip()
