"""Numbers as the lists of Word write them: 1, iv, (b), 十二, 丙, ③.

Source: ECMA-376, part 1, 5th edition, 2016, 17.18.59.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_LARGEST: Final = 9_999
_MOST_LETTERS: Final = 780  # 30 of a letter, as in Word
_ROMAN: Final = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True)
)  # fmt: skip
_HAN: Final = ("〇一二三四五六七八九", "十百千", "零")
_SERIES: Final = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedCircleChinese": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
}


def numeral(number: int, kind: str) -> str:
    """Return a number as a format of Word writes it; unknown ones are decimal.

    >>> [numeral(12, kind) for kind in ("upperRoman", "lowerLetter", "chineseCounting")]
    ['XII', 'l', '十二']
    >>> [numeral(3, kind) for kind in ("ideographTraditional", "decimalFullWidth", "ordinal")]
    ['丙', '３', '3rd']
    """
    if kind in {"none", "bullet"}:
        return ""
    if not 0 < number <= _LARGEST or number > len(_SERIES.get(kind, "")) > 0:
        return str(number)
    return _in_series(number, kind) or _WRITTEN.get(kind, str)(number)


def _in_series(number: int, kind: str) -> str:
    return _SERIES[kind][number - 1] if kind in _SERIES else ""


def _letters(number: int) -> str:
    if number > _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _ordinal(number: int) -> str:
    plain = str(number)
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(plain[-1], "th")
    return plain + ("th" if plain[-2:] in {"11", "12", "13"} else ending)


def _roman(number: int) -> str:
    pieces = []
    for value, sign in _ROMAN:
        pieces.append(sign * (number // value))
        number %= value
    return "".join(pieces)


def _in_han(number: int) -> str:
    """Return a number below 10,000 in Chinese: 十二, 一百零五."""
    digits, ranks, zero = _HAN
    found = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            found = digits[int(digit)] + (ranks[place - 1] if place else "") + found
        elif found and not found.startswith(zero):
            found = zero + found
    return found.removeprefix("一") if found.startswith("一十") else found


_WRITTEN: Final[Mapping[str, Callable[[int], str]]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": _ordinal,
    "chineseCounting": _in_han,
    "chineseCountingThousand": _in_han,
    "japaneseCounting": _in_han,
    "taiwaneseCounting": _in_han,
    "taiwaneseCountingThousand": _in_han,
}
