"""The numbers that Word counts by itself: 1., (a), 第一条, 一、 before a paragraph.

It reads what styles say of a paragraph, so it also knows which are those of headings.

A paragraph, or its style, names a list and a level of it; the list says how the numbers of
each level are written and what stands around them. They are part of the text to a reader,
and laws are quoted by them, so they are written out. Bullets are not.
Source: ECMA-376, part 1, 5th edition, 2016, 17.9 (numbering) and 17.18.59 (formats).

Cost: linear in the parts read; a number takes as long as its level is deep.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from aligner.formats.word_numerals import numeral

_LEVELS: Final = 9
OUTLINE: Final = frozenset(map(str, range(_LEVELS)))  # of headings; 9 is a text's
_LONGEST: Final = 40  # characters around the numbers of a level
_MOST_STYLES: Final = 20  # based on one another
_PLACE: Final = re.compile("%([1-9])")
_TEXTS: Final = {"w:numFmt": "kind", "w:lvlText": "text", "w:pStyle": "style"}
_STYLES: Final = {"w:basedOn": "base", "w:numId": "list"}
_OFF: Final = frozenset({"0", "false", "off"})
_WIDE_END: Final = re.compile(r"[、．。，：）】〕]\Z")


@dataclass(slots=True)
class _Level:
    """How the numbers of a level are written."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    is_legal: bool = False  # all numbers in it are written as decimal ones
    parted: bool = True
    restarts: bool = True
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)  # by level, for the first paragraph
    levels: dict[int, _Level] = field(default_factory=dict)  # that differ


@dataclass(slots=True)
class _Style:
    """What a style says of the number of its paragraphs."""

    base: str = ""
    list: str = ""
    level: int | None = None
    heading: bool | None = None  # None: as the one that it is based on


@dataclass(slots=True)
class WordNumbers:
    """Reads the lists and styles of a document (see `XmlTarget`), then counts."""

    _abstracts: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, _List] = field(default_factory=dict)
    _styles: dict[str, _Style] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _levels: dict[int, _Level] = field(default_factory=dict)  # under way
    _level: _Level = field(default_factory=_Level)
    _list: _List | None = None
    _style: _Style = field(default_factory=_Style)
    _at: int = 0
    _skipped: int = 0

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """Take the beginning of an element of a part on lists or styles."""
        if self._skipped or name == "mc:Fallback":
            self._skipped += 1
            return
        own = {key.rpartition("}")[2]: value for key, value in values.items()}
        value = own.get("val", "")
        if name == "w:abstractNum":
            self._levels = self._abstracts.setdefault(own.get("abstractNumId", ""), {})
        elif name == "w:num":
            self._list = self._lists.setdefault(own.get("numId", ""), _List(""))
            self._levels = self._list.levels
        elif name == "w:abstractNumId" and self._list:
            self._list.abstract = value
        elif name in {"w:lvl", "w:lvlOverride"}:
            self._at = _number(own.get("ilvl", ""), 0)
            if name == "w:lvl" and 0 <= self._at < _LEVELS:
                self._level = self._levels.setdefault(self._at, _Level())
        elif name == "w:startOverride" and self._list:
            self._list.starts[self._at] = _number(value, 1)
        elif name == "w:style":
            self._style = self._styles.setdefault(own.get("styleId", ""), _Style())
        else:
            self._property(name, value)

    def _property(self, name: str, value: str) -> None:
        level, style = self._level, self._style
        if name in _TEXTS:
            setattr(level, _TEXTS[name], value)
        elif name in _STYLES:
            setattr(style, _STYLES[name], value)
        elif name == "w:start":
            level.start = _number(value, 1)
        elif name == "w:isLgl":
            level.is_legal = value not in _OFF
        elif name == "w:suff":
            level.parted = value != "nothing"
        elif name == "w:lvlRestart":
            level.restarts = value != "0"
        elif name == "w:ilvl":
            style.level = _number(value, 0)
        elif name == "w:outlineLvl":
            style.heading = value in OUTLINE

    def end(self, name: str) -> None:
        """Take its end."""
        if self._skipped:
            self._skipped -= 1
        elif name == "w:num":
            self._list = None

    def data(self, text: str) -> None:
        """Take a text, of which these parts have none."""

    def next(self, style: str, number: str, level: str) -> str | None:
        """Return what Word writes before the next paragraph; None if that is not known.

        Args:
            style: The id of its style.
            number: The id of its list, if it names one itself.
            level: The same of its level, from 0.
        """
        at = int(level) if level.isdecimal() else None
        if not number:
            number, at = self._of_style(style, at)
        if number in {"", "0"}:
            return ""
        one = self._lists.get(number)
        at = at or 0
        levels = (self._abstracts.get(one.abstract, {}) | one.levels) if one else {}
        if one is None or at not in levels:
            return None
        counts = self._counts.setdefault(one.abstract, [None] * _LEVELS)
        self._count(number, one, levels, counts, at)
        return _written(levels, counts, at)

    def _of_style(self, style: str, level: int | None) -> tuple[str, int | None]:
        """Return the list and the level of a style, or of one that it is based on."""
        name = style
        for _ in range(_MOST_STYLES):
            found = self._styles.get(name)
            if found is None:
                break
            level = found.level if level is None else level
            if found.list:
                return found.list, self._level_of(found.list, style) if level is None else level
            name = found.base
        return "", None

    def is_heading(self, style: str) -> bool:
        """Tell whether a style is one of headings: whether it has a place in the outline."""
        for _ in range(_MOST_STYLES):
            found = self._styles.get(style)
            if found is None:
                return False
            if found.heading is not None:
                return found.heading
            style = found.base
        return False

    def _level_of(self, number: str, style: str) -> int:
        """Return the level that a list keeps for a style."""
        one = self._lists.get(number)
        levels = self._abstracts.get(one.abstract, {}) if one else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def _count(
        self,
        number: str,
        one: _List,
        levels: Mapping[int, _Level],
        counts: list[int | None],
        at: int,
    ) -> None:
        before = counts[at]
        first = (number, at) not in self._begun
        self._begun.add((number, at))
        if first and at in one.starts:
            counts[at] = one.starts[at]
        else:
            counts[at] = levels[at].start if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            if deeper not in levels or levels[deeper].restarts:
                counts[deeper] = None


def _written(levels: Mapping[int, _Level], counts: list[int | None], at: int) -> str:
    level = levels[at]
    if level.kind in {"bullet", "none"} and "%" not in level.text:
        return ""

    def place(found: re.Match[str]) -> str:
        number = int(found[1]) - 1
        other = levels.get(number, _Level())
        count = counts[number]
        kind = "decimal" if level.is_legal else other.kind
        return numeral(other.start if count is None else count, kind)

    text = _PLACE.sub(place, level.text[:_LONGEST], count=_LEVELS).strip()
    return f"{text} " if text and level.parted and not _WIDE_END.search(text) else text


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else default
