"""The numbers that LibreOffice counts by itself, as those of Word (see `docx_numbers`).

A list names a style, which says for each level how its numbers are written. A list begins
anew unless it says that it goes on. Headings are counted by the outline. Numbers that come
by the style of a paragraph alone, which is not in a list, are not known here.
Source: OASIS, "Open Document Format for Office Applications", version 1.3, 2021, part 3, 5.3
and 16.30.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from aligner.formats.word_numerals import numeral

_LEVELS: Final = 10
_OUTLINE: Final = "\0outline"  # no style is called so
_LONGEST: Final = 40  # characters around a number
_WIDE_END: Final = re.compile(r"[、．。，：）】〕]\Z")
_STYLES: Final = frozenset({"text:list-style", "text:outline-style"})
_KINDS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "甲": "ideographTraditional", "子": "ideographZodiac",
    "①": "decimalEnclosedCircle", "１": "decimalFullWidth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the numbers of a level are written."""

    kind: str = ""  # none
    before: str = ""
    behind: str = ""
    start: int = 1
    shown: int = 1  # levels


@dataclass(slots=True)
class OdtNumbers:
    """Learns the styles of lists, then counts."""

    _shapes: dict[str, dict[int, _Shape]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _learnt: dict[int, _Shape] = field(default_factory=dict)  # the style under way
    _open: list[str] = field(default_factory=list)  # styles of the open lists
    _next: str = ""  # what the next paragraph begins with

    def learn(self, name: str, values: Mapping[str, str]) -> None:
        """Take an element that may say how numbers are written."""
        own = {key.rpartition("}")[2]: value for key, value in values.items()}
        if name in _STYLES:
            style = _OUTLINE if name == "text:outline-style" else own.get("name", "")
            self._learnt = self._shapes.setdefault(style, {})
        elif name in {"text:list-level-style-number", "text:outline-level-style"}:
            self._learnt[_number(own.get("level"), 1)] = _Shape(
                _KINDS.get(own.get("num-format", "")[:1], ""),
                own.get("num-prefix", "")[:_LONGEST],
                own.get("num-suffix", "")[:_LONGEST],
                _number(own.get("start-value"), 1),
                _number(own.get("display-levels"), 1),
            )

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """Take the beginning of a list, of an item or of a heading."""
        own = {key.rpartition("}")[2]: value for key, value in values.items()}
        if name == "text:list":
            style = own.get("style-name") or (self._open[-1] if self._open else "")
            goes_on = own.get("continue-numbering") == "true" or "continue-list" in own
            if not (self._open or goes_on):
                self._counts.pop(style, None)
            self._open.append(style)
        elif name == "text:list-item" and self._open:
            start = _number(own.get("start-value"), 0)
            self._next = self._count(self._open[-1], len(self._open), start)
        elif name == "text:list-header":
            self._next = ""
        elif name == "text:h" and not self._open and own.get("is-list-header") != "true":
            self._next = self._count(_OUTLINE, _number(own.get("outline-level"), 1), 0)

    def end(self, name: str) -> None:
        """Take the end of a list."""
        if name == "text:list" and self._open:
            self._open.pop()
            self._next = ""

    def take(self) -> str:
        """Return the number of the paragraph that begins, if it is the first of its item."""
        text, self._next = self._next, ""
        return text

    def _count(self, style: str, level: int, start: int) -> str:
        shapes = self._shapes.get(style, {})
        if not 0 < level <= _LEVELS or level not in shapes:
            return ""
        counts = self._counts.setdefault(style, [None] * (_LEVELS + 1))
        before = counts[level]
        counts[level] = start or (shapes[level].start if before is None else before + 1)
        counts[level + 1 :] = [None] * (_LEVELS - level)
        shape = shapes[level]
        if not shape.kind:
            return ""
        first = max(1, level - shape.shown + 1)
        numbers = [
            numeral(_counted(counts[at], shapes[at]), shapes[at].kind)
            for at in range(first, level + 1)
            if at in shapes and shapes[at].kind
        ]
        text = (shape.before + ".".join(numbers) + shape.behind).strip()
        return text if _WIDE_END.search(text) else f"{text} "


def _counted(count: int | None, shape: _Shape) -> int:
    return shape.start if count is None else count


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text) else default
