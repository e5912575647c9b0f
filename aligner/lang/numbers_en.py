"""Where English text states a number, and which.

Figures with their scale words (1.2 trillion), words (twenty-five, 21st, two-thirds,
dozen), Roman numerals as list markers and after words such as Chapter, and months as
1 to 12, because Chinese writes 7月. "One" is a number only before a unit; in "one of
the" it is a pronoun. Plurals without a number (millions of, dozens) state none.

Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aligner.lang.digits import (
    CHAIN,
    FIGURES,
    NUMBERED_NAMES,
    ROMAN,
    SIGNS,
    SLASH,
    Found,
    chain_numbers,
    roman_value,
    sign_value,
    slash_value,
    to_decimal,
)
from aligner.lang.en_numerals import (
    CARDINALS,
    MONTHS,
    ORDINALS,
    SCALES,
    WORD,
    any_of,
    read_words,
)

_ILLIONS = [name for name in SCALES if name.endswith("illion")]
_SHORT_SCALES = {"mn": "million", "bn": "billion", "tn": "trillion"}
_DECADES = {"thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
_DECADES |= {"seventies": 70, "eighties": 80, "nineties": 90}
_PARTS = {"quarter": 4} | {word: n for word, n in ORDINALS.items() if 3 <= n <= 20}


_SCALE = any_of({*SCALES, *_SHORT_SCALES})
_ORDINAL = any_of(ORDINALS)
_MONTH = any_of(MONTHS)
_SMALL_MONTH = any_of(name.lower() for name in MONTHS if len(name) > len("March"))  # november
_HEAD = (
    "Chapter|Part|Article|Section|Title|Book|Volume|Phase|Type|Class|Grade|Tier|Level|Annex"
    "|Appendix|Schedule|Table|Figure|Stage|War|Act|Column|Category|Group|Basel|Pillar|Round|Item"
    r"|No\.|Number"
)
_UNIT = (
    "years?|months?|weeks?|days?|hours?|minutes?|per ?cent|percentage|yuan|dollars?"
    r"|kilomet|met(?:er|re)|tons?|tonnes?|kilogram|hectares?|mu\b"
)
# Words with a number that state none, in Chinese as little as in English.
_IDIOMS = (
    "first[- ](?:class|rate|hand)|second[- ](?:hand|to none|thoughts?)|two-way|first and foremost"
    "|(?:per|each|split)[- ]second|(?:first|second) half"
)
_POINTED = r"(?<![\w.,])\.(?:[0-9]{2,}|[0-9](?= ?(?:%|per ?cent|[mb]illion)))"  # .08
_BLANK = "[ \u00a0]"
_GLUE = "[- \u00a0]"
_ROMAN = f"{ROMAN}(?<=[IVX])"
_SMALL_ROMAN = f"{ROMAN.lower()}(?<=[ivx])"

_MASTER = re.compile(
    rf"(?P<name>{NUMBERED_NAMES})"
    rf"|(?P<idiom>\b(?i:{_IDIOMS})\b)"
    rf"|\b(?P<start>(?i:first))(?= (?:few|several|[0-9]+|{any_of(CARDINALS)})\b)"
    rf"|\b(?i:{_HEAD}){_BLANK}(?P<headed>{_ROMAN}|One|ONE)\b"
    rf"|^{_BLANK}*(?P<marker>{_ROMAN})(?=[.)、](?:{_BLANK}|$))"
    rf"|\((?P<boxed>{_ROMAN}|{_SMALL_ROMAN})\)"
    rf"|\b(?P<decade>(?:1[0-9]|20)[0-9]0s|[3-9]0s|(?i:{any_of(_DECADES)}))\b"
    rf"|\b(?P<parts>(?i:(?:an?|{any_of(CARDINALS)}){_GLUE}(?:{any_of(_PARTS)})s?))\b"
    rf"|\b(?P<out_of>(?i:one in (?:every )?(?:{any_of(CARDINALS)})))\b(?!-)"
    rf"|\b(?P<half>(?i:half an? (?:{any_of(_ILLIONS)})))\b"
    rf"|(?P<slash>{SLASH})"
    rf"|(?P<chain>{CHAIN})"
    rf"|(?P<figures>(?:{FIGURES}|{_POINTED})(?:(?:st|nd|rd|th)\b)?(?:{_GLUE}?(?i:{_SCALE})s?\b){{0,2}})"
    rf"|(?P<sign>[{SIGNS}])"
    rf"|\b(?P<fold>(?i:(?:{any_of(CARDINALS)})-?fold|twice))\b"
    rf"|\b(?P<words>(?i:(?:{WORD})(?:(?:{_GLUE}|,? and )(?:{WORD})\b)*))(?i:ly)?\b"
    rf"|\b(?P<month>{_MONTH}|{_MONTH.upper()}|{_SMALL_MONTH})\b",
    re.MULTILINE,
)
_ONE_SCALE = re.compile(_SCALE, re.IGNORECASE)
_PLAIN = re.compile(f"{FIGURES}|{_POINTED}")
_UNIT_AFTER = re.compile(rf"{_GLUE}(?:{_UNIT})", re.IGNORECASE)
_OF_AFTER = re.compile(f"{_BLANK}of\\b")
_ARTICLE = re.compile(rf"\b(?:an?|per|one){_GLUE}$", re.IGNORECASE)
_YEAR = "(?:1[0-9]{3}|20[0-9]{2})"
_DAY = "[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE_AFTER = re.compile(
    rf"\.?(?: ?(?:-|–|to|and|through|until) ?(?:{_MONTH})\b\.?)?,? (?:of |the )?"
    rf"(?:{_DAY}|{_YEAR}|(?i:{_ORDINAL}))\b"
)
_IN_BEFORE = re.compile(
    r"\b(?i:in|since|until|till|by|from|to|of|between|and|during|before|after|early|mid|late|end)"
    r"[- ]$"
)
_VERBS = ("March", "May")  # words that need a preposition or a date to be months
_SHARE_BEFORE = re.compile(
    r"\b(?:by|than|about|nearly|almost|over|roughly|approximately) $", re.IGNORECASE
)
_DATE_BEFORE = re.compile(rf"(?:\b{_DAY}|\b(?i:{_ORDINAL})) (?:day )?(?:of )?$")
_REACH = 24  # characters; enough for "seventeenth day of "


def numbers_en(text: str) -> Iterator[Found]:
    """Yield the numbers of an English text in reading order."""
    for match in _MASTER.finditer(text):
        kind = match.lastgroup or ""
        if kind in _READERS:
            yield from _READERS[kind](text, match)


def _figures(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read figures with their scale words: 25,000, 1.2 trillion, 2.5bn, 3rd."""
    plain = _PLAIN.match(match[0])
    value = to_decimal(plain[0]) if plain else None
    if plain is None or value is None:
        return
    for scale in _ONE_SCALE.findall(match[0], plain.end()):
        value *= SCALES[_SHORT_SCALES.get(scale.lower(), scale.lower())]
    yield *match.span(), float(value)


def _roman(_: str, match: re.Match[str]) -> Iterator[Found]:
    numeral = match[match.lastgroup or 0]
    value = 1 if numeral.lower() == "one" else roman_value(numeral)
    yield *match.span(match.lastgroup or 0), float(value)


def _decade(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 1980s, 80s and eighties as the year 1980."""
    word = match[0].lower()
    value = _DECADES.get(word) or int(word.removesuffix("s"))
    yield *match.span(), float(value + 1900 if value < 100 else value)


def _parts(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read two-thirds and a fifth of as fractions; a third party is an ordinal."""
    above, below = re.split(_GLUE, match[0].lower())
    plural = below.endswith("s")
    before = text[max(0, match.start() - _REACH) : match.start()]
    of = bool(_OF_AFTER.match(text, match.end()) or _SHARE_BEFORE.search(before))
    count = CARDINALS.get(above, 1)
    fits = plural == (count > 1) and (
        of or (above in CARDINALS and not below.startswith("quarter"))
    )
    fits = fits or (below == "quarters" and "-" in match[0] and count > 1)
    value = count / _PARTS[below.removesuffix("s")]
    if fits and value < 1:
        yield *match.span(), value
    else:
        yield from _words(text, match)


def _out_of(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read one in five as a fifth."""
    count = CARDINALS[match[0].lower().split()[-1]]
    if count > 1:
        yield *match.span(), 1 / count


def _half(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield *match.span(), SCALES[match[0].lower().split()[-1]] / 2


def _slash(_: str, match: re.Match[str]) -> Iterator[Found]:
    value = slash_value(match[0])
    if value is not None:
        yield *match.span(), value
    else:
        yield from chain_numbers(match[0], match.start())


def _chain(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield from chain_numbers(match[0], match.start())


def _sign(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield *match.span(), sign_value(match[0])


def _fold(_: str, match: re.Match[str]) -> Iterator[Found]:
    word = match[0].lower().removesuffix("fold").removesuffix("-")
    yield *match.span(), float(CARDINALS.get(word, 2))


def _month(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read a month; one that is also a word only beside a date or a preposition."""
    start, stop = match.span()
    before, name = text[max(0, start - _REACH) : start], match[0].capitalize()
    if (
        name not in _VERBS
        or _IN_BEFORE.search(before)
        or _DATE_AFTER.match(text, stop)
        or _DATE_BEFORE.search(before)
    ):
        yield start, stop, float(MONTHS[name])


def _words(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read a run of number words, except a scale without a count (several hundred)."""
    start = match.start()
    counted = bool(_ARTICLE.search(text[max(0, start - len(" one ")) : start]))
    for number in read_words(match[0].lower(), counted=counted):
        stop = start + number.stop
        if number.words > 1 or number.last != "one" or _UNIT_AFTER.match(text, stop):
            yield start + number.start, stop, float(number.total + number.group)


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Found]]] = {
    "headed": _roman,
    "marker": _roman,
    "boxed": _roman,
    "decade": _decade,
    "parts": _parts,
    "out_of": _out_of,
    "half": _half,
    "slash": _slash,
    "chain": _chain,
    "figures": _figures,
    "sign": _sign,
    "fold": _fold,
    "words": _words,
    "month": _month,
}
