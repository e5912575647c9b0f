"""Symbols of units and the words that they stand for: h, km, m², sq m, °C, pp.

Sources: International Bureau of Weights and Measures, "The International System of Units",
9th edition, 2019, tables 2 to 8, and the abbreviations of ISO 80000 that are in common use in
English.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.wording.content_words import Atom

SYMBOLS: Final = {
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "s": "second", "sec": "second", "secs": "second", "d": "day", "yr": "year", "yrs": "year",
    "mo": "month", "wk": "week", "wks": "week",
    "m": "meter", "cm": "centimeter", "mm": "millimeter", "km": "kilometer", "nm": "nanometer",
    "μm": "micrometer", "µm": "micrometer", "ft": "foot", "in": "inch", "mi": "mile",
    "g": "gram", "kg": "kilogram", "mg": "milligram", "t": "tonne", "lb": "pound", "oz": "ounce",
    "l": "liter", "ml": "milliliter", "ha": "hectare",
    "w": "watt", "kw": "kilowatt", "mw": "megawatt", "v": "volt", "kv": "kilovolt",
    "a": "ampere", "ma": "milliampere", "j": "joule", "kj": "kilojoule", "k": "kelvin",
    "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz",
    "pa": "pascal", "kpa": "kilopascal", "mpa": "megapascal", "n": "newton",
    "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte", "tb": "terabyte", "db": "decibel",
    "kwh": "kilowatthour", "mol": "mole", "rpm": "revolution", "sq": "square", "cu": "cubic",
    "p": "page", "pp": "page", "pg": "page",
}  # fmt: skip
# Symbols that stand for two words; ℂ and ππ are those of `with_symbols`.
_TWO_WORDS: Final = {
    "ℂ": ("degree", "celsius"), "ππ": ("percentage", "point"),
    "sqm": ("square", "meter"), "sqkm": ("square", "kilometer"), "sqft": ("square", "foot"),
}  # fmt: skip
_POWERS: Final = {"2": "square", "²": "square", "3": "cubic", "³": "cubic"}
_POWER: Final = re.compile(r"([kcdmnμµ]?m|ft|in|yd|mi)([23²³])")
_COUNTED: Final = re.compile(r"(\d[\d.,]*)([^\W\d_].*)")  # 24h, 5m²
_DEGREES: Final = re.compile("℃|(?<=[°º])C\\b|(?<=[°º] )C\\b")
_POINTS: Final = re.compile(r"(?<=\d)pp\b|(?<=\d )pp\b")


def unit_atoms(word: str, atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
    """Return 24h as 24 and h, and a symbol that stands for two words as these: m².

    >>> [atom.key for atom in unit_atoms("5m²", ())]
    ['5', 'square', 'meter']
    """
    counted = _COUNTED.fullmatch(word)
    number = (Atom(counted[1], counted[1]),) if counted else ()
    symbol = (counted[2] if counted else word).lower()
    if power := _POWER.fullmatch(symbol):
        name = SYMBOLS.get(power[1], power[1])
        return (*number, *(Atom(each, each) for each in (_POWERS[power[2]], name)))
    if symbol in _TWO_WORDS:
        return (*number, *(Atom(each, each) for each in _TWO_WORDS[symbol]))
    return (*number, Atom(symbol, symbol)) if counted and symbol in SYMBOLS else atoms


def with_symbols(sentence: str, target: str) -> str:
    """Return a text of the same length with letters for signs that a target may spell out.

    >>> with_symbols("at 20 °C or 5℃, 2 pp more", "percentage point")
    'at 20 °ℂ or 5ℂ, 2 ππ more'
    """
    sentence = _DEGREES.sub("ℂ", sentence)
    return _POINTS.sub("ππ", sentence) if "point" in target.lower() else sentence
