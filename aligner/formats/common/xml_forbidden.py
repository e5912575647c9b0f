"""Characters that XML forbids, and references that it does not know, in files that hold them.

XML 1.0 has no U+001F, not even as `&#x1F;`, and knows no `&nbsp;`; a parser refuses the
whole file for one. Programs write both into translation memories, and people an `&` as
such; only the unit that holds them should suffer. So before parsing each becomes a sign
that XML allows, followed by what stood there, and the parsed element is asked for signs.
What is meant by a name of HTML, or by an `&` alone, is plain: it is put in and told. A
control character, such as the optional hyphen that Word stores as U+001F, says nothing
that is read: it is taken out and told. Any other reference, and any other character that
XML forbids, makes its unit unreadable.

Source: W3C, "Extensible Markup Language (XML) 1.0", fifth edition, 2.2 and 4.1. Cost:
linear; a block is copied only if it holds such a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, Final, NamedTuple

_SIGN: Final = "\U0010fffe"  # a noncharacter, which no text holds
_WRITTEN: Final = b"&#x10FFFE;"  # as a reference, so that it is the same in any encoding
_REFERENCE: Final = (
    rb"&#(?:x[0-9A-Fa-f]{1,16}|[0-9]{1,16});|&[A-Za-z][A-Za-z0-9]{0,31};"
    rb"|&(?:#[^;<>&\s\x00]{0,16};)?"  # none, or not one that XML reads
)
# ESC, SO and SI switch between character sets in some encodings.
_NARROW: Final = re.compile(_REFERENCE + rb"|[\x00-\x08\x0b\x0c\x10-\x1a\x1c-\x1f]+")
_NUMERIC: Final = re.compile(rb"&#(?:x[0-9A-Fa-f]{1,16}|[0-9]{1,16});")
_WIDE: Final = re.compile(
    rb"&\0#\0(?:x\0(?:[0-9A-Fa-f]\0){1,16}|(?:[0-9]\0){1,16});"  # UTF-16 of either order
    rb"|&\0[A-Za-z]\0(?:[A-Za-z0-9]\0){0,31};"
)
_LONGEST: Final = 80  # bytes of a reference
_KNOWN: Final = frozenset({b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;"})
_WIDE_STARTS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
# The sign, or in CDATA, where a reference is text, its reference; then what stood there:
# a number; a forbidden character; a name of HTML, with which an `&` alone counts; anything
# else. Behind the first letter there is no ampersand.
_FOUND: Final = re.compile(rf"{_SIGN}(?:#([^;]+;)|U([^;]+);|E([^;]*;))|&#x10FFFE;U([^;]+);")
# What control characters are in Word's text, where it is more than nothing: a line break, a
# page break, a hyphen at which no line breaks.
_CONTROLS: Final = {0x0B: " ", 0x0C: " ", 0x1E: "-"}
_FIRST_TEXT: Final = 0x20
_NAMED: Final = re.compile(rf"{_SIGN}N([^;]*);")
_CDATA: Final = re.compile(r"&#x10FFFE;(?:(#x?[0-9A-Fa-f]+;)|N;|[NE](\w+;)|E(#[^;]*;))")


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
        said = _said(text)
        if said is None:
            return raw
        self.used = True
        written = _WRITTEN + said
        if len(text) == len(raw):
            return written
        return b"\0".join(written[at : at + 1] for at in range(len(written)))


def _said(text: bytes) -> bytes | None:
    """Return what stands behind a sign for a reference; None if XML knows it."""
    if text in _KNOWN:
        return None
    if text == b"&":
        return b"N;"
    name = text[1:]
    if not name.startswith(b"#"):
        return (b"N" if name.decode() in html5 else b"E") + name
    if not _NUMERIC.fullmatch(text):
        return b"E" + name
    return None if _is_allowed(text) else name


def _is_allowed(reference: bytes) -> bool:
    code = _number(reference[2:-1].decode())
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
    )


class Forbidden(NamedTuple):
    """What XML forbids in one element, as written: `&#x1F;`, or U+001F."""

    refused: str = ""  # the first that makes it unreadable; empty: none does
    taken_out: str = ""  # the first control character that was taken out; empty: none was


def forbidden_in(node: Any) -> Forbidden:  # noqa: ANN401 - lxml has no types
    """Return what XML forbids in an element, and take out the control characters.

    What stands in CDATA like a reference, and is none, is put back into the element, and
    so is what a name of HTML means.
    """
    refused = taken_out = ""
    for value in _values(node):
        for found in _FOUND.finditer(value):
            if not _is_control(found):
                refused = refused or _shown(found)
            taken_out = taken_out or _shown(found)
    if refused:
        return Forbidden(refused)
    for element in node.iter():
        element.text = _restored(element.text)
        for name, value in element.attrib.items():
            if _SIGN in value:
                element.set(name, _restored(value))
        if element is not node:
            element.tail = _restored(element.tail)
    return Forbidden("", taken_out)


def _values(node: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts of an element that may hold a sign."""
    for element in node.iter():
        yield from filter(None, (element.text, *element.attrib.values()))
        if element is not node and element.tail:
            yield element.tail


def undefined_in(node: Any) -> str:  # noqa: ANN401
    """Return the first reference of an element that XML does not know but whose sense is plain.

    To be asked before `forbidden_in`, which puts in what is meant.
    """
    for element in node.iter():
        for value in (element.text, element.tail, *element.attrib.values()):
            if value and _SIGN in value and (found := _NAMED.search(value)):
                return f"&{found[1]};" if found[1] else "&"
    return ""


def cleared(text: str) -> tuple[str, Forbidden]:
    r"""Return a text of a parsed file without signs, and what XML forbids in it.

    >>> cleared("R\U0010fffeN;D\U0010fffeNnbsp;a")
    ('R&D\xa0a', Forbidden(refused='', taken_out=''))
    >>> cleared("a\U0010fffe#xD800;b\U0010fffe#x1F;")
    ('a\ufffdb', Forbidden(refused='&#xD800;', taken_out='&#x1F;'))
    """
    if _SIGN not in text and "&#x10FFFE;" not in text:
        return text, Forbidden()
    first = {True: "", False: ""}
    for found in _FOUND.finditer(text):
        is_control = _is_control(found)
        first[is_control] = first[is_control] or _shown(found)
    return _restored(text) or "", Forbidden(first[False], first[True])


def _is_control(found: re.Match[str]) -> bool:
    return _code(found) in range(_FIRST_TEXT)


def _code(found: re.Match[str]) -> int:
    """Return the number of a forbidden character; -1 for a reference without sense."""
    if found[1]:
        return _number(found[1][:-1])
    return int(found[2] or found[4], 16) if found[2] or found[4] else -1


def _number(digits: str) -> int:
    return int(digits[1:], 16) if digits.startswith("x") else int(digits)


def _instead(found: re.Match[str]) -> str:
    return _CONTROLS.get(_code(found), "") if _is_control(found) else "\ufffd"


def _shown(found: re.Match[str]) -> str:
    if found[1] or found[3]:
        return f"&#{found[1]}" if found[1] else f"&{found[3]}"
    return f"U+{found[2] or found[4]}"


def _restored(text: str | None) -> str | None:
    if not text or (_SIGN not in text and "&#x10FFFE;" not in text):
        return text
    text = _FOUND.sub(_instead, text)
    text = _NAMED.sub(lambda found: html5.get(f"{found[1]};", "&"), text)
    return _CDATA.sub(lambda found: "&" + (found[1] or found[2] or found[3] or ""), text)


def replace_signs(node: Any) -> None:  # noqa: ANN401
    """Put what can be read for each forbidden character in the attributes of an element."""
    for name, value in list(node.attrib.items()):
        node.set(name, cleared(value)[0])
