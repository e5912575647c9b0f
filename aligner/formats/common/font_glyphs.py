"""Characters that only a font knows, and the usual ones for them.

Some programs name the glyph of a Han character by its radical, that of two Latin
letters by a ligature, and a bullet by its place in a symbol font.
"""

from __future__ import annotations

import unicodedata

_RADICALS = range(0x2E80, 0x2FE0)
_LIGATURES = range(0xFB00, 0xFB07)
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06C: "●", 0xF06E: "■", 0xF0D8: "➢", 0xF0FC: "✓"}


def legible(text: str) -> str:
    """Return a text with the usual characters for those that only fonts know.

    >>> legible("⼀、ﬁrst")
    '一、first'
    """
    return text if text.isascii() else "".join(map(_usual, text))


def _usual(character: str) -> str:
    code = ord(character)
    if code in _RADICALS or code in _LIGATURES:
        return unicodedata.normalize("NFKC", character)
    return _BULLETS.get(code, character)
