"""Ids of units in a spreadsheet, by which an edited row is known again.

An id is the number of the unit in its file and a digest of its texts, such as
`u000012-3f9a2c81d0`. The digest alone leads back to the unit in any format that holds the
texts; the number tells units of the same texts apart, and sorts rows back into order.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

from aligner.bitext import Unit
from aligner.formats.common.xml_writing import NOT_XML

_ID: Final = re.compile(r"u(\d{6,})-([0-9a-f]{10})")
_DIGITS: Final = 10  # of the digest


class UnitId(NamedTuple):
    """An id, taken apart."""

    number: int  # of the unit in its file, from 1
    digest: str  # of its texts


def unit_id(number: int, unit: Unit) -> str:
    """Return the id of a unit.

    >>> unit_id(12, Unit("a", "你好。", "Hello.", (0,), (0,), "1-1", 1.0, None, None))
    'u000012-3ef3f8ff4f'
    """
    return f"u{number:06}-{digest_of(unit.src, unit.tgt)}"


def digest_of(src: str, tgt: str) -> str:
    """Return the digest of a unit's texts, whose white space and odd characters do not count."""
    plain = "\0".join(
        "".join(NOT_XML.sub("", text).split()).replace("\ufffd", "") for text in (src, tgt)
    )
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def taken_apart(text: str) -> UnitId | None:
    """Return the parts of an id; None if it is none.

    >>> taken_apart("u000012-3f9a2c81d0"), taken_apart("12")
    (UnitId(number=12, digest='3f9a2c81d0'), None)
    """
    found = _ID.fullmatch(text.strip().lower())
    return UnitId(int(found[1]), found[2]) if found else None
