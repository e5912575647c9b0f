"""Stand in for the fonts that a PDF names and does not hold.

PDFium looks for such a font on the machine, takes another where there is none, and
leaves out a character that has no outline there and is set by itself: without Chinese
fonts, text is lost. Here, whatever the machine has, it gets a font in which every
character is a box, since for text no more is needed: the file says how wide the
characters are, and which. Fonts in the file are not touched. Neither are Helvetica,
Times, Courier and Symbol: PDFium brings them along, and a file need not give their
widths.

The font is TrueType, as in https://learn.microsoft.com/typography/opentype/spec: the
tables that FreeType needs, and of the `cmap` formats number 13, "many to one". It has
as many glyphs as can be, for files that name glyphs by the number in a font of theirs.

Not in `read`, so that the process that takes text out of a PDF loads nothing else.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any, Final

_BUILT_IN: Final = frozenset(  # PDFium asks for them by these names, whatever the file says
    b"Courier Courier-Bold Courier-BoldOblique Courier-Oblique"
    b" Helvetica Helvetica-Bold Helvetica-BoldOblique Helvetica-Oblique"
    b" Times-Roman Times-Bold Times-BoldItalic Times-Italic Symbol".split()
)
_NAME: Final = b"Standin\0"  # the same for all, so that it is loaded once
_HANDLE: Final = 1  # of our only font; anything but none
_GLYPHS: Final = 0xFFFF
_EM, _HEIGHT = 1000, 800

# A glyph's box is less wide than the characters are in most fonts, since PDFium takes the
# wider of the box and what the file says; and not much less, since it tells by the boxes
# whether a page is set in lines or in columns. Advances serve where the file is silent.
_BLANK, _SLIM, _WIDE, _NARROW = 1, 2, 3, 4
_BOXES: Final = (400, 0, 200, 900, 400)
_ADVANCES: Final = (500, 500, 300, _EM, 500)  # the last one holds for all glyphs after it
_SLIM_LETTERS: Final = frozenset("!'(),-./:;I[]`fijlrt{|}")
_CHARACTERS: Final = (  # the first and the last of a group, and their glyph
    (0x00, 0x20, _BLANK),
    *((code, code, _SLIM if chr(code) in _SLIM_LETTERS else _NARROW) for code in range(0x21, 0x7F)),
    (0x7F, 0xA0, _BLANK),
    (0xA1, 0x1FFF, _NARROW),
    (0x2000, 0x200F, _BLANK),
    (0x2010, 0x206F, _SLIM),  # dashes, quotation marks
    (0x2070, 0x2E7F, _NARROW),
    (0x2E80, 0x2FFF, _WIDE),  # here the CJK scripts begin
    (0x3000, 0x3000, _BLANK),
    (0x3001, 0x303F, _NARROW),  # punctuation marks
    (0x3040, 0xFEFE, _WIDE),
    (0xFEFF, 0xFEFF, _BLANK),
    (0xFF00, 0xFFFF, _NARROW),
    (0x10000, 0x10FFFF, _WIDE),
)
_kept: list[object] = []  # what the library calls, to the end of the process


def install(pdfium: Any) -> None:  # noqa: ANN401 - a module of ctypes
    """Make the library take our font for any that is not in a file."""

    def map_font(*request: Any) -> int | None:  # noqa: ANN401 - as ctypes gives them
        face = ctypes.cast(request[5], ctypes.c_char_p).value
        return None if face in _BUILT_IN else _HANDLE

    def font_data(*request: Any) -> int:  # noqa: ANN401
        _, _, table, buffer, size = request
        return 0 if table else _copy(standin_font(), buffer, size)

    def face_name(*request: Any) -> int:  # noqa: ANN401
        return _copy(_NAME, *request[2:])

    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    calls: dict[str, Callable[..., int | None]] = {
        "MapFont": map_font,
        "GetFontData": font_data,
        "GetFaceName": face_name,
    }
    info = pdfium.FPDF_SYSFONTINFO(1, **{name: kinds[name](call) for name, call in calls.items()})
    _kept.append(info)
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))


def _copy(data: bytes, buffer: Any, size: int) -> int:  # noqa: ANN401 - a pointer
    """Fill a buffer, if it is large enough, and return how large it must be."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def standin_font() -> bytes:
    """Return the bytes of the font."""
    first = [_box(width) for width in _BOXES]
    others = _GLYPHS - len(first)
    sizes = [len(glyph) for glyph in first] + [len(first[-1])] * others
    advances = b"".join(struct.pack(">Hh", advance, 0) for advance in _ADVANCES)
    return _sfnt(
        {
            b"cmap": _cmap(),
            b"glyf": b"".join(first) + first[-1] * others,
            b"head": struct.pack(
                ">4I2H2q4h2H3h",
                *(0x10000, 0x10000, 0, 0x5F0F3CF5),  # versions, checksum, magic number
                *(0, _EM, 0, 0),  # flags, units, created, modified
                *(0, 0, max(_BOXES), _HEIGHT),  # the largest box
                *(0, 8, 2, 1, 0),  # style, smallest size, direction, long offsets, format
            ),
            b"hhea": struct.pack(
                ">I3hH11hH",
                *(0x10000, _HEIGHT, _HEIGHT - _EM, 0),  # version, ascent, descent, line gap
                *(_EM, 0, 0, max(_BOXES)),  # the widest advance, the least bearings, the extent
                *(1, *(0,) * 7, len(_ADVANCES)),  # upright
            ),
            b"hmtx": advances + bytes(2 * others),
            b"loca": struct.pack(f">{_GLYPHS + 1}I", *accumulate(sizes, initial=0)),
            b"maxp": struct.pack(">I14H", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *(0,) * 8),
        }
    )


def _box(width: int) -> bytes:
    """Return a glyph: how many outlines, its bounds, the last point, no program, the points."""
    if not width:
        return b""
    head = struct.pack(">5h2H", 1, 0, 0, width, _HEIGHT, 3, 0)
    # Of each point: on the curve, and no step from the one before in x (0x10), in y (0x20)
    flags = bytes([0x31, 0x21, 0x11, 0x21])
    return head + flags + struct.pack(">3h", width, -width, _HEIGHT)


def _cmap() -> bytes:
    """Return the table that gives each character a glyph."""
    groups = b"".join(struct.pack(">3I", *group) for group in _CHARACTERS)
    many = struct.pack(">2H3I", 13, 0, 16 + len(groups), 0, len(_CHARACTERS)) + groups
    # One table for Macintosh Roman, which serves fonts without an encoding, and for Unicode
    start = 4 + 2 * 8
    return struct.pack(">2H2HI2HI", 0, 2, 1, 0, start, 3, 1, start) + many


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """Return a font of tables, which are in order; PDFium looks at no checksums."""
    power = len(tables).bit_length() - 1
    rest = 16 * (len(tables) - (1 << power))
    head = struct.pack(">I4H", 0x10000, len(tables), 16 << power, power, rest)
    place = len(head) + 16 * len(tables)
    body = b""
    for tag, data in tables.items():
        head += struct.pack(">4s3I", tag, 0, place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body
