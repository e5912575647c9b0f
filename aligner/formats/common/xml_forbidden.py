"""Characters that XML forbids, in files that hold them all the same.

XML 1.0 has no U+001F, not even as `&#x1F;`, and a parser refuses the whole file for one.
Programs write such characters into translation memories; only the unit that holds them
should suffer. So before parsing each becomes a sign that XML allows, followed by what
stood there, and the parsed element is asked for signs.

Source: W3C, "Extensible Markup Language (XML) 1.0", fifth edition, 2.2 and 4.1. Cost:
linear; a block is copied only if it holds such a character.
"""

from __future__ import annotations

import re
from typing import Any, Final

_SIGN: Final = "\U0010fffe"  # a noncharacter, which no text holds
_WRITTEN: Final = b"&#x10FFFE;"  # as a reference, so that it is the same in any encoding
_REFERENCE: Final = rb"&#(?:x[0-9A-Fa-f]{1,16}|[0-9]{1,16});"
# ESC, SO and SI switch between character sets in some encodings.
_NARROW: Final = re.compile(_REFERENCE + rb"|[\x00-\x08\x0b\x0c\x10-\x1a\x1c-\x1f]+")
_WIDE: Final = re.compile(
    rb"&\0#\0(?:x\0(?:[0-9A-Fa-f]\0){1,16}|(?:[0-9]\0){1,16});"  # UTF-16 of either order
)
_LONGEST: Final = 40  # bytes of a reference
_WIDE_STARTS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
# The sign, or in CDATA, where a reference is text, its reference; then what stood there.
_FOUND: Final = re.compile(rf"{_SIGN}(?:#([^;]+;)|U([^;]+);)|&#x10FFFE;U([^;]+);")
_CDATA: Final = re.compile(r"&#x10FFFE;(#x?[0-9A-Fa-f]+;)")


class Signs:
    """Puts signs into the blocks of one file."""

    def __init__(self) -> None:
        self.used = False  # whether there was anything to replace
        self._pattern: re.Pattern[bytes] | None = None
        self._kept = b""  # the beginning of a reference that may go on in the next block

    def put(self, block: bytes) -> bytes:
        """Return a block in which forbidden characters are signs."""
        block = self._kept + block
        if self._pattern is None:
            wide = block.startswith(_WIDE_STARTS)
            self._pattern = _WIDE if wide else _NARROW
        start = block.rfind(b"&", -_LONGEST)
        whole = start < 0 or b";" in block[start:] or block.endswith(b"\n")
        self._kept = b"" if whole else block[start:]
        return self._pattern.sub(self._sign, block if whole else block[:start])

    def rest(self) -> bytes:
        """Return what the last block was kept for."""
        kept, self._kept = self._kept, b""
        return kept

    def _sign(self, found: re.Match[bytes]) -> bytes:
        raw = found[0]
        if not raw.startswith(b"&"):
            self.used = True
            return _WRITTEN + b"U%04X;" % raw[0]  # the first of a run is enough
        text = raw.replace(b"\0", b"")
        if _is_allowed(text):
            return raw
        self.used = True
        written = _WRITTEN + text[1:]
        if len(text) == len(raw):
            return written
        return b"\0".join(written[at : at + 1] for at in range(len(written)))


def _is_allowed(reference: bytes) -> bool:
    digits = reference[2:-1]
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
    )


def forbidden_in(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the first forbidden character of an element, as `&#x1F;` or U+001F; or nothing.

    What stands in CDATA like a reference, and is none, is put back into the element.
    """
    for element in node.iter():
        for value in (element.text, *element.attrib.values()):
            if value and (found := _FOUND.search(value)):
                return _shown(found)
        if element is not node and element.tail and (found := _FOUND.search(element.tail)):
            return _shown(found)
    for element in node.iter():
        element.text = _restored(element.text)
        if element is not node:
            element.tail = _restored(element.tail)
    return ""


def _shown(found: re.Match[str]) -> str:
    return f"&#{found[1]}" if found[1] else f"U+{found[2] or found[3]}"


def _restored(text: str | None) -> str | None:
    return _CDATA.sub(r"&\1", text) if text and "&#x10FFFE;" in text else text


def replace_signs(node: Any) -> None:  # noqa: ANN401
    """Put U+FFFD for each forbidden character in the attributes of an element."""
    for name, value in list(node.attrib.items()):
        node.set(name, _FOUND.sub("\ufffd", value))
