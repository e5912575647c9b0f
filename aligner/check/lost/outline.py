"""Headings and list items of one side: lines of their own that begin or look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from aligner.check.lost.pieces import line_edges, size
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.datelines import is_dateline
from aligner.lang.labels import head_label
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

_MARKS: Final = {"zh": (zh.ITEM, zh.MAYBE_ITEM), "en": (en.ITEM, en.MAYBE_ITEM)}
_HEADING: Final = re.compile(
    r"#{1,6}\s|第[一二三四五六七八九十百零〇0-9]{1,5}[章节節编編篇卷回]|(?:Chapter|Part) [0-9IVX]"
)
_ENDED: Final = re.compile(
    rf"[{re.escape(zh.ENDS + en.ENDS)}.,，；;：:…—][{re.escape(zh.CLOSERS)}\"']*\s*$"
)
_SHORT: Final = {"zh": 20, "en": 12}  # characters, words


def line_kind(text: str, lang: Lang) -> Literal["heading", "list item", ""]:
    """Tell whether a line is a heading or a list item, by its shape.

    >>> line_kind("第二章 借阅", "zh"), line_kind("（三）查阅档案；", "zh")
    ('heading', 'list item')
    """
    if _HEADING.match(text):
        return "heading"
    if head_label(text) or any(mark.match(text) for mark in _MARKS[lang]):
        return "list item"
    if size(text, lang) <= _SHORT[lang] and not _ENDED.search(text) and not is_dateline(text):
        return "heading"
    return ""


def lines(unit: TextUnit, lang: Lang) -> list[Span]:
    """Return the lines of one side of a unit, as they are lines in its document."""
    text, places = (unit.src, unit.src_char) if lang == "zh" else (unit.tgt, unit.tgt_char)
    return [
        Span(a, b) for a, b in pairwise([0, *line_edges(places), len(text)]) if text[a:b].strip()
    ]


def surplus_lines(units: Sequence[TextUnit], lang: Lang) -> set[tuple[int, Span]]:
    """Return the headings and list items in units of which the other side has fewer.

    Each is the number of the unit and the place in its text.
    """
    other: Lang = "en" if lang == "zh" else "zh"
    found: set[tuple[int, Span]] = set()
    for n, unit in enumerate(units):
        mine = lines(unit, lang)
        if len(mine) > 1:
            text, facing = (unit.src, unit.tgt) if lang == "zh" else (unit.tgt, unit.src)
            here = [span for span in mine if line_kind(text[slice(*span)].strip(), lang)]
            there = [
                span
                for span in lines(unit, other)
                if line_kind(facing[slice(*span)].strip(), other)
            ]
            if len(here) > len(there):
                found.update((n, span) for span in here)
    return found
