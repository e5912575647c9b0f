"""The text of one block of Markdown: without marks, on one line where it runs on.

Attribute lists are those of kramdown (`{: .note}`, `{:toc}`) and of Pandoc (`{#id .class
key=value}`). They are left out where these programs read them: at the end of a heading,
on a line of their own, at the head of a list item, behind a link, an image, code or
emphasis; and where people write them beside: at the end of a line, if they begin with a
name or a class. Braces anywhere else are text: `{name}` in a template, `{.5, .7}` in prose.

A soft line end is a blank, or nothing between Han characters. It stays a line end where
a reader of the source sees lines: each begins with a label (`电话：…`), the next one
with a number or a bullet that Markdown does not know, one is the tag of a template or an
image alone, or the first is a heading in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import Parted, across

if TYPE_CHECKING:
    from markdown_it.token import Token

# Whatever may follow an attribute is looked at, so that there is one way to read a list.
_ATTRIBUTE: Final = (
    r"(?:[#.]\w[\w:-]*+(?=[\s}#.])"
    r"|[A-Za-z_][\w:-]*+=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}=]++)(?=[\s}]))"
)
_BEGIN: Final = rf"(?::[:/]?(?:\w++(?=[\s\}}]))?\s*+|\s*+(?={_ATTRIBUTE}))"
_LIST: Final = rf"(?:\{{{_BEGIN}(?:{_ATTRIBUTE}\s*+)*+\}}|\{{-\}})"
_ATTRIBUTES: Final = re.compile(_LIST)
_ATTRIBUTES_LAST: Final = re.compile(rf"{_LIST}\Z")
# The look behind keeps the search linear: a long run of blanks is gone through once.
_ATTRIBUTES_BEHIND: Final = re.compile(
    r"(?<![ \t{])[ \t]*\{(?::[ \t]*)?[#.][A-Za-z\u3400-\u9fff][^{}\n\f]{0,200}\}[ \t]*(?=[\n\f]|\Z)"
)
_ATTRIBUTES_FIRST: Final = re.compile(r"\{:[^{}\n]*\}\s*")
_TASK: Final = re.compile(r"\[[ xX]\]\s+")
_ALERT: Final = re.compile(r"\[![A-Za-z]+\][+-]?[ \t]*")
_CONTAINER: Final = re.compile(
    r"(?::{3,}\s*|(?:!!!|\?\?\?\+?)\s+)(?:[A-Za-z][\w-]*)?\s*"
)  # `::: tip`
# A mark whose note is not in the file; `[^a-z]` is one in a pattern for texts.
_NO_NOTE: Final = re.compile(rf"\[\^(?:[A-Za-z]{{0,20}}-?\d{{1,3}}|[{zh.HAN}]{{1,10}}\d{{0,3}})\]")
_TAKES_ATTRIBUTES: Final = frozenset(
    ("link_close", "image", "code_inline", "em_close", "strong_close", "s_close")
)
_PICTURE: Final = frozenset(("image", "link_open", "link_close"))
_BREAK_TAG: Final = re.compile(r"<br\b", re.IGNORECASE)
_LEFT_OPEN: Final = re.compile(r"\*\*(?=\S)([^\n*]+)(?<=\S)\*\*")
_LABEL: Final = re.compile(r"[^\s\d，。：:,.]{1,12}(?: [^\s\d，。：:,.]{1,12}){0,2}[：:](?!//)")
_ITEM: Final = re.compile(rf"(?:{zh.ITEM.pattern}|{en.ITEM.pattern})")
_CONTENTS: Final = re.compile(r"\[TOC\]|\[\[_?TOC_?\]\]", re.IGNORECASE)
_TEMPLATE: Final = re.compile(r"\{\{.*\}\}|\{%.*%\}|\[TOC\]|\[\[.*\]\]")
_GOES_ON: Final = re.compile(r"[，、,—–-]\Z")
_HAN: Final = re.compile(f"[{zh.HAN}]")
_LETTER: Final = re.compile(r"[A-Za-z]")
_LETTERS_A_HAN: Final = 4  # an English block may hold a Chinese word
# In the making: line ends of three kinds, and brackets of code. No text that was read
# holds any of these but the first.
_SOFT, _HARD, _TAGGED = "\n", "\f", "\x05"
_IN_CODE: Final = str.maketrans("{[!:", "\x01\x02\x03\x04")
_OUT_OF_CODE: Final = str.maketrans("\x01\x02\x03\x04\x05", "{[!:\n")


def block_text(children: Sequence[Token], owner: str, *, parted: Parted) -> str:
    """Return the text of a block without marks; images are their descriptions.

    Args:
        children: The tokens of its inline text.
        owner: The kind of token that opened what the block is the first of.
        parted: Whether the text sets blanks between scripts.
    """
    text = _bare(_LEFT_OPEN.sub(r"\1", "".join(_pieces(children))), owner)
    if _CONTENTS.fullmatch(text):
        return ""
    text = _ATTRIBUTES_BEHIND.sub("", text)
    is_chinese = _LETTERS_A_HAN * len(_HAN.findall(text)) >= len(_LETTER.findall(text))
    joiner = zh.JOINER if is_chinese else en.JOINER
    titled = _begins_with_title(children)
    found = []
    for number, lines in enumerate(text.split(_HARD)):
        first = titled and not number
        found.append(_joined(lines.split(_SOFT), joiner, titled=first, parted=parted))
    return "\n\n".join(filter(None, found)).translate(_OUT_OF_CODE)


def _bare(text: str, owner: str) -> str:
    """Return a block's text without what only the block's kind explains."""
    if owner == "heading_open":
        return _ATTRIBUTES_LAST.sub("", text.rstrip()).rstrip()
    if owner == "list_item_open":
        text = text.removeprefix(_first(_ATTRIBUTES_FIRST, text))
        text = text.removeprefix(_first(_TASK, text))
    alert = _first(_ALERT, text) if owner == "blockquote_open" else ""
    rest = text[len(alert) :]
    is_titled = alert and rest[:1] not in {_SOFT, _HARD}  # behind the kind of an alert
    return rest.replace(_SOFT, _HARD, 1) if is_titled else rest


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found.group() if found else ""


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    """Yield the text of each token, line ends as such."""
    before = ""
    pictured = _beside_pictures(children)
    for number, token in enumerate(children):
        if token.type == "text" and not token.content:
            continue
        if token.type == "softbreak":
            yield _HARD if number in pictured else _SOFT
        elif token.type == "hardbreak":
            yield _HARD
        elif token.type == "html_inline":
            yield _TAGGED if _BREAK_TAG.match(token.content) else ""
        elif token.type == "image":
            yield "".join(_pieces(token.children or []))
        elif token.type == "text":
            yield _without_marks(token.content, behind=before)
        else:
            yield token.content.translate(_IN_CODE)
        before = token.type


def _beside_pictures(children: Sequence[Token]) -> set[int]:
    """Return which soft line ends stand before or behind a line that holds only images."""
    breaks = [n for n, token in enumerate(children) if token.type == "softbreak"]
    found: set[int] = set()
    for start, stop in pairwise([-1, *breaks, len(children)]):
        kinds = {
            t.type for t in children[start + 1 : stop] if t.type != "text" or t.content.strip()
        }
        if "image" in kinds and kinds <= _PICTURE:
            found |= {start, stop}
    return found


def _without_marks(text: str, *, behind: str) -> str:
    """Return plain text without the attributes of the token before it."""
    if behind in _TAKES_ATTRIBUTES:
        text = text.removeprefix(_first(_ATTRIBUTES, text))
    return _NO_NOTE.sub("", text)


def _begins_with_title(children: Sequence[Token]) -> bool:
    """Tell whether a block's first line is all bold, and nothing else is."""
    kinds = [token.type for token in children if token.type != "text" or token.content]
    line = kinds[: kinds.index("softbreak")] if "softbreak" in kinds else []
    return line[:1] == ["strong_open"] and line.index("strong_close") == len(line) - 1


def _joined(lines: Sequence[str], joiner: str, *, titled: bool, parted: Parted) -> str:
    """Return lines between hard line ends as one text."""
    pieces: list[str] = []
    alone = False  # whether the next line begins something new
    for line in map(str.strip, lines):
        opened = _first(_CONTAINER, line)
        shown = _title(line.removeprefix(opened)) if opened else line
        if not shown or _ATTRIBUTES.fullmatch(line):
            alone |= bool(opened)
            continue
        if pieces:
            above = pieces[-1]
            alone |= titled and len(pieces) == 1 and _is_title(above, line)
            is_line = alone or opened or _are_lines(above, line)
            pieces.append("\n" if is_line else across(above, line, joiner, parted=parted))
        pieces.append(shown)
        alone = bool(opened)
    return "".join(pieces)


def _title(text: str) -> str:
    """Return the title of a container, which some write in brackets or quotation marks."""
    bare = _ATTRIBUTES_BEHIND.sub("", text).strip('"')
    return bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare


def _is_title(line: str, below: str) -> bool:
    return not _GOES_ON.search(line) and not below[0].islower()


def _are_lines(line: str, below: str) -> bool:
    """Tell whether a reader of the source sees two lines, not one text."""
    if _ITEM.match(below) or _TEMPLATE.fullmatch(line) or _TEMPLATE.fullmatch(below):
        return True
    return bool(_LABEL.match(line) and _LABEL.match(below)) and not _GOES_ON.search(line)
