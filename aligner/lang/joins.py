"""What stands between two pieces of text that are put on one line.

Two sentences are joined with their language's joiner, which for Chinese is nothing. Nor
may a line end that is gone leave more than that. But words of scripts that part words
with blanks would run together: `2023` and `2024`, `string` and `Default`. So a blank
stands between two pieces wherever neither of the characters that meet is of Chinese
width, and between full-width letters or digits of two sentences. A mark of Chinese
width parts them itself: `Windows 10。iOS`.

Everything that joins texts asks here, so that what an encoder reads, an output shows and
an offset counts is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from aligner.lang import marks_zh as zh

# Characters that nobody sees. Inside a word they may have a use, at its ends none.
ZERO_WIDTH: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# What is no part of a text at its ends: these, and all white space.
EDGES: Final = ZERO_WIDTH + "".join(filter(str.isspace, map(chr, range(0x3001))))

_WIDE: Final = re.compile(f"[{zh.WIDE_HERE}]")
_SURELY_WIDE: Final = re.compile(f"[{zh.WIDE}]")  # where text is English, “ and — are narrow
_FULL_WIDTH: Final = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
# Each is looked at from its Han character's side, so that none is counted twice.
_MIXED: Final = re.compile(
    rf"(?<=[{zh.HAN}])(?P<gap> ?)(?P<sign>[A-Za-z0-9])"
    rf"|(?P<sign2>[A-Za-z0-9])(?P<gap2> ?)(?=[{zh.HAN}])"
)
_HYPHENATED: Final = re.compile(r"[^\W\d_]-\Z")
_HAN: Final = re.compile(f"[{zh.HAN}]")
_OPENING: Final = ("(", "[", "{", "“", "‘")  # no blank stands behind these
_CLOSING: Final = (")", "]", "}", "”", ",", ";")  # nor before these
_MOSTLY: Final = 0.5  # of the borders that blanks must stand at


class Parted(NamedTuple):
    """Whether a text sets blanks between Han characters and signs of another script."""

    letters: bool = False
    digits: bool = False

    def between(self, before: str, behind: str) -> bool:
        """Tell whether a blank stands between two characters, of which one is Chinese.

        >>> Parted(letters=True).between("在", "L"), Parted(letters=True).between("3", "年")
        (True, False)
        """
        if not (before.isalnum() and behind.isalnum()):
            return False
        return self.digits if before.isdecimal() or behind.isdecimal() else self.letters


NOT_PARTED: Final = Parted()


def gap(left: str, right: str, joiner: str) -> str:
    """Return what stands between two sentences, or blocks of any kind.

    Args:
        left: The text before, or its end.
        right: The text behind, or its head.
        joiner: Of the language. Where it is not empty, it always stands.

    >>> [gap(*pair, "") for pair in (("在 2023", "2024 年"), ("10。", "iOS"), ("电话", "010"))]
    [' ', '', '']
    """
    if joiner or not left or not right or left[-1].isspace() or right[0].isspace():
        return joiner
    if _FULL_WIDTH.match(left[-1]) and _is_word(right[0]):
        return " "
    if _FULL_WIDTH.match(right[0]) and _is_word(left[-1]):
        return " "
    return "" if _WIDE.match(left[-1]) or _WIDE.match(right[0]) else " "


def joined(texts: Iterable[str], joiner: str) -> str:
    """Return sentences as one text.

    >>> joined(["类型: string", "Default: none"], "")
    '类型: string Default: none'
    """
    found = list(texts)
    if len(found) < 2:
        return "".join(found)
    pieces = found[:1]
    for left, right in pairwise(found):
        pieces += gap(left, right, joiner), right
    return "".join(pieces)


def across(left: str, right: str, joiner: str, *, parted: Parted = NOT_PARTED) -> str:
    """Return what stands between two lines of one sentence for the line end.

    Args:
        left: The line before, or its last two characters; no white space behind it.
        right: The line behind, or its first two characters; no white space before it.
        joiner: Of the language.
        parted: Whether the text sets blanks between scripts.

    >>> across("送到", "财务科", ""), across("the low-", "carbon", " "), across("Go", "Java", "")
    ('', '', ' ')
    >>> across("在 Linux", "节点上", "", parted=Parted(letters=True))
    ' '
    """
    before, behind = left[-1:], right[:1]
    if _opens(left) or _closes(right):
        return ""
    if _HYPHENATED.search(left[-2:]) or before in _OPENING or behind in _CLOSING:
        return ""
    wide = [bool((_SURELY_WIDE if joiner else _WIDE).match(one)) for one in (before, behind)]
    if all(wide):
        return ""
    if not any(wide) or joiner:
        return " "
    return " " if parted.between(before, behind) else ""


def parts_scripts(text: str) -> Parted:
    """Tell whether a text sets blanks between Han characters and letters, or digits.

    Many texts part letters and not digits: 在 Linux 上, 2023年. Where one of the two never
    stands beside a Han character, it is taken to be like the other.

    >>> parts_scripts("在 Linux 上运行3台"), parts_scripts("在Linux上运行")
    (Parted(letters=True, digits=False), Parted(letters=False, digits=False))
    """
    parted, total = [0, 0], [0, 0]
    for found in _MIXED.finditer(text):
        kind = int((found["sign"] or found["sign2"]).isdecimal())
        total[kind] += 1
        parted[kind] += bool(found["gap"] or found["gap2"])
    mostly = [parted[kind] > _MOSTLY * total[kind] for kind in (0, 1)]
    return Parted(*(mostly[kind if total[kind] else 1 - kind] for kind in (0, 1)))


def _opens(left: str) -> bool:
    """Tell whether a straight quotation mark at a line's end opens."""
    return left[-1:] == '"' and not left[-2:-1].strip()


def _closes(right: str) -> bool:
    """Tell whether one at a line's head closes."""
    return right[:1] == '"' and not right[1:2].strip()


def _is_word(character: str) -> bool:
    return character.isalnum() and not _HAN.match(character)
