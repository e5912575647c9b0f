"""Simplified and traditional forms of single characters, by OpenCC's tables.

OpenCC (https://github.com/BYVoid/OpenCC) also knows whole words, for which one character
has several forms; here every character is converted by itself, so that a text keeps its
length. opencc is imported on first use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from aligner.lang import marks_zh as zh

_HAN = re.compile(f"[{zh.HAN}]")


@cache
def simplified(character: str) -> str:
    """Return the simplified form of a character, or the character itself."""
    return _converted("t2s", character)


@cache
def traditional(character: str) -> str:
    """Return the commonest traditional form of a character, or the character itself."""
    return _converted("s2t", character)


def _converted(table: str, character: str) -> str:
    if not _HAN.match(character):
        return character
    form = _converter(table)(character)
    return form if len(form) == 1 else character


@cache
def _converter(name: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert
