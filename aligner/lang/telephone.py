"""Telephone numbers: what two ways of writing one have in common.

A run of figures is one only behind a word that says so (电话, hotline); by its shape alone
it may be anything. The country's prefix and the zero before the area are written or left
out (ITU-T E.123), so numbers are compared without them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SAID: Final = (
    r"(?:电话|電話|热线|熱線|传真|傳真|手机|手機|查询|查詢|致电|致電"
    r"|\b(?:tel(?:ephone)?|phone|hotline|fax|mobile|call|whatsapp))"
)
_NUMBER: Final = re.compile(
    rf"{_SAID}[^\d+(（]{{0,16}}([+(（]?\d[\d()（）\- ]{{5,20}}\d)(?!\d|[.,]\d)", re.IGNORECASE
)
_PREFIX: Final = re.compile(r"^(?:00)?(?:86|852|853|886)(?=\d{8})|^0+")
_FEWEST: Final = 7  # figures


class Telephone(NamedTuple):
    """A telephone number and where it stands."""

    start: int
    stop: int
    figures: str  # without the country's prefix and the zero of the area


def telephones(text: str) -> list[Telephone]:
    """Return the telephone numbers of a text in either language.

    >>> [found.figures for found in telephones("咨询电话：010-5550 1234")]
    ['1055501234']
    >>> [found.figures for found in telephones("Please call +86 (10) 5550-1234.")]
    ['1055501234']
    """
    found = []
    for match in _NUMBER.finditer(text):
        figures = _PREFIX.sub("", "".join(c for c in match[1] if c.isdecimal()))
        figures = figures.removeprefix("0")
        if len(figures) >= _FEWEST:
            found.append(Telephone(*match.span(1), figures))
    return found
