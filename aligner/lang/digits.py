"""Numbers in figures, which Chinese and English write alike.

Regular expression sources that both languages build on, and the step from the
matched figures to a value. Values are computed in decimal arithmetic and turned
into a float at the end: 12.345亿 and 1,234.5 million must be equal, and they are
not in binary arithmetic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

Found = tuple[int, int, float]  # where a number starts and stops, and its value

LONGEST_NUMBER = 30  # figures; a longer run is an identifier, not a quantity

# Names that contain figures: the other language has the name without them (新冠).
NUMBERED_NAMES = r"COVID-?19|2019-nCoV|SARS-CoV-2"

FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"

# 3.1.2 is a section, a version or a date: three numbers, and no decimal fraction.
CHAIN = r"[0-9]+(?:\.[0-9]+){2,}"

# 2/3 as a fraction; 24/7 and 12/31/2020 are none.
SLASH = r"(?<![0-9/.])[0-9]{1,2}/(?:10{2,3}|10|[2-9])(?![0-9/])"

# ① ⑵ ㈢ Ⅳ ½: one character that Unicode gives a value. Superscripts are note marks.
SIGNS = "".join(
    chr(code)
    for first, last in ((0xBC, 0xBE), (0x2150, 0x217F), (0x2460, 0x2793), (0x3220, 0x32BF))
    for code in range(first, last + 1)
    if unicodedata.numeric(chr(code), None) is not None
)

# Roman numerals up to 39; larger ones are letters of a list or of a name.
ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ONE = re.compile(r"[0-9]+")


def to_decimal(figures: str) -> Decimal | None:
    """Return the value of figures with separators, or None for an identifier.

    >>> to_decimal("25,000.5")
    Decimal('25000.5')
    """
    return Decimal(figures.replace(",", "")) if len(figures) <= LONGEST_NUMBER else None


def chain_numbers(chain: str, start: int) -> Iterator[Found]:
    """Yield each number of a dotted chain such as 2015.04.12 by itself."""
    for match in _ONE.finditer(chain):
        if match.end() - match.start() <= LONGEST_NUMBER:
            yield start + match.start(), start + match.end(), float(match[0])


def slash_value(fraction: str) -> float | None:
    """Return the value of 2/3, or None if it is more than 1 and so no fraction."""
    above, below = (int(part) for part in fraction.split("/"))
    return above / below if 0 < above < below else None


def sign_value(sign: str) -> float:
    """Return the value of one character that stands for a number.

    >>> sign_value("③"), sign_value("㈡"), sign_value("Ⅳ")
    (3.0, 2.0, 4.0)
    """
    return float(unicodedata.numeric(sign))


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral up to 39.

    >>> roman_value("XIV")
    14
    """
    digits = [_ROMAN_DIGITS[char] for char in numeral.upper()]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs)
