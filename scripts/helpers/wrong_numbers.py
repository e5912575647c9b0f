"""Plant one wrong number in an English sentence: six kinds of errors that translators make.

figure      one figure of a number is another one
magnitude   ten or a thousand times as much; million for billion
unit        metres for kilometres, minutes for hours, dollars for yuan
date        another month, day or year
dropped     a number in figures is not there
percentage  points for per cent, the point of a decimal lost, the sign lost
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from typing import Final

from aligner.lang.en_numerals import MONTHS

KINDS: Final = ("figure", "magnitude", "unit", "date", "dropped", "percentage")
_FIGURES: Final = re.compile(
    r"(?<![\w.,/:-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/:]|[.,]\d)", re.ASCII
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SCALES: Final = {
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
}
_UNITS: Final = {
    "kilometers": "meters",
    "kilometres": "metres",
    "km": "m",
    "meters": "kilometers",
    "metres": "kilometres",
    "hours": "minutes",
    "minutes": "hours",
    "days": "weeks",
    "weeks": "months",
    "months": "years",
    "years": "months",
    "yuan": "US dollars",
    "euros": "dollars",
    "tons": "kilograms",
    "tonnes": "kilograms",
    "kg": "g",
    "mu": "hectares",
    "hectares": "mu",
    "acres": "hectares",
    "feet": "meters",
    "miles": "kilometers",
    "degrees Celsius": "degrees Fahrenheit",
    "US$": "HK$",
    "HK$": "RMB",
}
_UNIT: Final = re.compile(
    r"(?:(?<=\d )|(?<=illion )|(?<=ousand ))(?:"
    + "|".join(u for u in _UNITS if "$" not in u)
    + r")\b|(?:US|HK)\$"
)
_MONTHS: Final = tuple(
    name for name in MONTHS if len(name) > len("Sept") or name in ("May", "June", "July")
)
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?= \d)|(?<=\d )(?:{'|'.join(_MONTHS)})\b")
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)( percentage points?|%| per ?cent)")


def wrong_texts(en: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield kinds of errors with the text that has one of them."""
    numbers = [m for m in _FIGURES.finditer(en) if not _YEAR.fullmatch(m[0]) and m[0] != "1"]
    if numbers:
        yield "figure", _with(en, match := chance.choice(numbers), _other_figure(match[0], chance))
        yield "dropped", re.sub(" {2,}", " ", _with(en, chance.choice(numbers), ""))
        match = chance.choice(numbers)
        if "." not in match[0]:
            yield "magnitude", _with(en, match, match[0] + (",000" if "," in match[0] else "0"))
    yield from _replaced("magnitude", en, re.compile(rf"\b(?:{'|'.join(_SCALES)})\b"), _SCALES)
    yield from _replaced("unit", en, _UNIT, _UNITS)
    yield from _dates(en, chance)
    if share := _SHARE.search(en):
        sign = "%" if "point" in share[2] else " percentage points"
        yield "percentage", en[: share.start(2)] + sign + en[share.end(2) :]
        yield "percentage", en[: share.start(2)] + en[share.end(2) :]
        figures = share[1].replace(".", "") if "." in share[1] else share[1] + "0"
        yield "percentage", en[: share.start(1)] + figures + en[share.end(1) :]


def _dates(en: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    if month := _MONTH.search(en):
        others = [name for name in _MONTHS if name != month[0]]
        yield "date", _with(en, month, chance.choice(others))
        if day := re.compile(r" (\d{1,2})(?!\d)").match(en, month.end()):
            other = (int(day[1]) + chance.randrange(1, 20)) % 28 + 1
            yield "date", en[: day.start(1)] + str(other) + en[day.end(1) :]
    if year := _YEAR.search(en):
        yield "date", _with(en, year, str(int(year[0]) + chance.choice([-10, -1, 1, 2])))


def _replaced(
    kind: str, en: str, pattern: re.Pattern[str], others: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if match := pattern.search(en):
        yield kind, _with(en, match, others[match[0]])


def _other_figure(number: str, chance: random.Random) -> str:
    at = chance.choice([n for n, c in enumerate(number) if c.isdigit()])
    return (
        number[:at] + chance.choice([c for c in "123456789" if c != number[at]]) + number[at + 1 :]
    )


def _with(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]
