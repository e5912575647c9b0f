"""Texts as a reader may safely see them, and counted words.

A document may hold characters that a page, a sheet or a terminal would act on. What is
markup is escaped by whoever writes the format; here, what is no text at all is made
visible as U+FFFD, one for one, so that offsets stay.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from aligner.findings import Rendering
from aligner.formats.common.unit_rows import one_line

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # turns what follows


def clean(text: str) -> str:
    r"""Return a text in which every character that is none is U+FFFD.

    >>> clean("a\x1b[31mb\tc")
    'a\ufffd[31mb\tc'
    """
    return NO_TEXT.sub("\ufffd", text)


def plain(text: str) -> str:
    r"""Return a text for one line of a terminal: clean, and nothing turns its direction.

    >>> plain("to\n\u202eneerg")
    'to \ufffdneerg'
    """
    return DIRECTION.sub("\ufffd", clean(one_line(text)))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "place"), counted(1200, "place")
    ('1 place', '1,200 places')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def cell_width(text: str) -> int:
    """Return how many columns a text takes; wide characters take two (UAX #11).

    >>> cell_width("ab"), cell_width("中文")
    (2, 4)
    """
    return len(text) + sum(east_asian_width(c) in "WF" for c in text if c > "\u10ff")


def changed_words(rendering: Rendering) -> str:
    """Return the content words by which a rendering differs, such as `−zone +area`."""
    return " ".join([f"\N{MINUS SIGN}{w}" for w in rendering.removed]
                    + [f"+{w}" for w in rendering.added])  # fmt: skip
