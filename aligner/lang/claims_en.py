"""What English text claims in numbers: values in the ways in which Chinese may give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from aligner.lang.claims import Claim, about, blanked, figures_of, hours, is_year, read_claims
from aligner.lang.en_numerals import CARDINALS, MONTHS, ORDINALS, SCALES, any_of
from aligner.lang.numbers_en import numbers_en

_DAYS: Final = 31
_MINUTES: Final = 60
_CENTURY: Final = 100
_FIRST_DECADE: Final = 1000
_HALVES: Final = (1, 12, 24, 60, 100)  # one and a half years, days, hours, centuries
_NEAR: Final = 24  # characters round a number that are looked at
_PREFIXES: Final = {name: float(value) for name, value in SCALES.items()} | {
    "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12,
    "kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18,
}  # fmt: skip
_PREFIX: Final = re.compile(
    rf"\+?[- ]?(?:(k|m|mn|b|bn|tn|{any_of(SCALES)})s?\b|(kilo|mega|giga|tera|peta|exa))",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(rf"({any_of(SCALES)}|mn|bn|tn)s?()$", re.IGNORECASE)
_RANGE: Final = re.compile(r"[ ,]*(?:-|–|—|to|and|or|but|~)[ ]*(?:[A-Z]{0,3}[$€£¥] ?)?")
_TENS: Final = re.compile(
    r"\b(tens|hundreds|dozens|thousands|millions|billions|trillions|quadrillions|quintillions"
    r"|scores|decades|centuries"
    r"|several (?:dozen|hundred|thousand|million)|a few (?:dozen|hundred|thousand|million))"
    r"(?: of (thousands|millions|billions))?\b",
    re.IGNORECASE,
)
_SIZES: Final = {"tens": 10.0, "scores": 20.0, "decades": 10.0, "centuries": 100.0}
_HOUR_AFTER: Final = re.compile(
    r"(?:[:.][0-5]\d)?\s*(?:[ap]\.?\s?m\b|o['’]clock|hours\b|hrs?\b)|:[0-5]\d(?!\d)", re.IGNORECASE
)
_CLOCK_BEFORE: Final = re.compile(r"[\d]:$|(?:past|before|after|until|till|at|to) $", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\b(\d{1,2})[.:]([0-5]\d) ?[ap]\.?m\b", re.IGNORECASE)
# at 23.45: a time of the day rather than a quantity
_DOTTED_CLOCK: Final = re.compile(r"(?<=\bat )([01]?\d|2[0-3])\.([0-5]\d)(?!\d|\.\d|\s?%)")
_PAST: Final = re.compile(r"\b(half|quarter)[- ](?:past|to)\b", re.IGNORECASE)
_BOUND: Final = re.compile(r"\b(?:between|from|of) $", re.IGNORECASE)
# Scheme 2.0, which the other language may call by another name
_VERSION: Final = re.compile(r"\d\.\d")
_NAME_BEFORE: Final = re.compile(r"\b[A-Z]\w* $")
# 19943: a year and the number of a note
_NOTED_YEAR: Final = re.compile(r"(?:19|20)\d\d[1-9]")
_YEAR_BEFORE: Final = re.compile(r"\b(?:in|since|from|until|by|of|and) $", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\d{1,3}\.\d{3}")
_MONTH: Final = rf"(?:{any_of(MONTHS)})"
_ORDINAL: Final = "(?:st|nd|rd|th)?"
_DAY_BEFORE: Final = re.compile(
    rf"\b{_MONTH}\.? (?:the )?(?:\d+{_ORDINAL}(?:-|–|,| and | to | or ))*$"
)
_DAY_AFTER: Final = re.compile(
    rf"(?:(?:-|–|,? and | to )\d+{_ORDINAL})? (?:of )?{_MONTH}\b", re.IGNORECASE
)
_SHARE: Final = re.compile(r"\s*(?:%|‰|per ?cent|percentage|pct|basis points?)", re.IGNORECASE)
_PER: Final = {"‰": 10, "basis": 100}  # of one hundredth
_TIMES: Final = re.compile(r"[- ]?(?:times|fold)\b", re.IGNORECASE)
_AND_HALF: Final = re.compile(r"(?:[- ][a-z]+)?[- ]and[- ]a[- ]half", re.IGNORECASE)
_OUT_OF: Final = re.compile(r"[a-z ]{0,30}?\b(?:in|out of|of)(?: every| the)? ", re.IGNORECASE)
_UNITS: Final[tuple[tuple[re.Pattern[str], tuple[float, ...]], ...]] = tuple(
    (re.compile(rf"[- ]?(?:[a-z]+ )?(?:{unit})\b", re.IGNORECASE), factors)
    for unit, factors in (
        ("decades?", (10.0,)),
        ("centur(?:y|ies)", (100.0,)),
        ("years?", (12.0, 365.0)),
        ("months?", (30.0,)),
        ("quarters?", (3.0,)),
        ("weeks?", (7.0,)),
        ("fortnights?", (14.0, 2.0)),
        ("days?", (24.0,)),
        ("hours?", (60.0,)),
        ("dozens?", (12.0, 10.0)),
        ("pounds?|lbs?", (0.453592,)),
        ("miles?", (1.609344, 3.21869)),
        ("feet|foot|ft", (0.3048, 30.48)),
        ("inch(?:es)?", (2.54,)),
        ("acres?", (0.404686, 6.07)),
        ("kilograms?|kilos?|kg|kgs", (2.0, 1000.0)),
        ("km|kilomet(?:er|re)s?", (2.0, 1000.0)),
        ("hectares?|ha", (15.0, 0.01)),
        ("cm|centimet(?:er|re)s?", (0.01, 10.0)),
        ("m|met(?:er|re)s?", (3.0, 100.0)),
        ("fen|(?<!per )cents?", (0.01,)),
        ("jiao|mao", (0.1, 10.0)),
    )
)
_PHRASES: Final[tuple[tuple[re.Pattern[str], tuple[float, ...]], ...]] = tuple(
    (re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE), values)
    for phrase, values in (
        ("twice|doubl(?:e|ed|es|ing)|two-?fold|twin|both|couple|pairs?", (2.0, 100.0)),
        ("trip(?:le|led|les|ling)|treb(?:le|led|les|ling)|thrice|tripartite", (3.0, 200.0)),
        ("quadrupl(?:e|ed|es|ing)", (4.0, 300.0)),
        ("halv(?:e|ed|es|ing)|half|halves|midway", (0.5, 50.0, 30.0)),
        ("half[- ](?:an?[- ])?(?:year|yearly)|semi-?annual(?:ly)?|mid-year", (6.0, 0.5)),
        ("half[- ]a[- ]century", (50.0,)),
        ("half[- ]a[- ]day|half[- ]day", (12.0,)),
        ("quarters?", (0.25, 0.75, 25.0, 15.0, 45.0, 75.0)),
        ("(?<!one[- ])third", (1 / 3,)),
        ("(?<!two[- ])thirds", (2 / 3,)),
        ("noon|midday|noontime", (12.0,)),
        ("midnight", (0.0, 12.0, 24.0)),
        ("(?:an?|the|this|last|past|next|each|per|every|first)[- ](?:\\w+ )?decade", (10.0,)),
        ("centur(?:y|ies)|centenary|centennial", (100.0,)),
        ("fortnight(?:ly)?", (14.0, 2.0)),
        ("bienn(?:ial(?:ly)?|ium)|bi-?(?:annual|monthly|weekly)", (2.0,)),
        ("trienn(?:ial(?:ly)?|ium)|trilogy|trio|triplets?", (3.0,)),
        ("quadrennial(?:ly)?|quartet", (4.0,)),
        ("(?:a|one|full|every|each|per|this|last|next) week|weekly", (7.0,)),
        ("(?:a|one|full|every|per) year|year-round", (12.0, 365.0, 52.0)),
        ("year and a half", (1.5, 18.0)),
        ("(?:a|one|full|whole|all) day|a?round[- ]the[- ]clock|daily|overnight", (24.0,)),
        ("(?:an|one) hour|hourly", (60.0,)),
        ("dozen", (12.0,)),
        ("bicentenar(?:y|ies)|bicentennial", (200.0,)),
        ("basis points?", (100.0,)),
    )
)  # fmt: skip
_WORD: Final = re.compile(rf"\b(?:{any_of({*CARDINALS, *ORDINALS})})\b|\b[IVX]+\b", re.IGNORECASE)


def claims_en(text: str) -> list[Claim]:
    """Return the claims of an English text, in no order."""
    text = blanked(text)
    claims = _old_style(read_claims(text, numbers_en(text)), text)
    for claim in claims:
        _look_round(claim, text)
    for one, after in pairwise(claims):
        _with_next(one, after, text)
    return [*claims, *_ranges(text), *_phrases(text), *_clocks(text), figures_of(text)]


def _old_style(claims: list[Claim], text: str) -> list[Claim]:
    """Read sixty and five, and five and sixty, as one number, as older English writes it."""
    kept: list[Claim] = []
    for claim in claims:
        last = kept[-1] if kept else None
        if last is not None and _are_one(last, claim, text):
            value = (last.value or 0.0) + (claim.value or 0.0)
            whole = text[last.start : claim.stop]
            kept[-1] = Claim(last.start, claim.stop, whole, value, spare=last.spare)
        else:
            kept.append(claim)
    return kept


def _are_one(one: Claim, after: Claim, text: str) -> bool:
    if one.figures or after.figures or text[one.stop : after.start] != " and ":
        return False
    if _BOUND.search(text[max(0, one.start - _NEAR) : one.start]):  # between five and twenty
        return False
    below, value = (one.value or 0.0) % 100, after.value or 0.0
    tens, units = range(20, 100, 10), range(1, 10)
    return (below in tens and value in units) or (below in units and value in tens)


def _look_round(claim: Claim, text: str) -> None:
    """Add what stands round a number."""
    value = claim.value or 0.0
    before, after = text[max(0, claim.start - _NEAR) : claim.start], text[claim.stop :][:_NEAR]
    if scale := _PREFIX.match(after):
        claim.readings.add(value * _PREFIXES[(scale[1] or scale[2]).lower()])
    _time(claim, value, before, after)
    if share := _SHARE.match(after):
        claim.share = True
        claim.converted |= {value / per for mark, per in _PER.items() if mark in share[0].lower()}
    if 0 < value < 1 and "." not in claim.text:  # two-thirds, 2/3
        claim.converted |= {100 * value, round(100 * value), round(100 * value, 1)}
    if _VERSION.fullmatch(claim.text) and _NAME_BEFORE.search(before):
        claim.spare = True
    if _NOTED_YEAR.fullmatch(claim.text) and _YEAR_BEFORE.search(before):
        claim.readings.add(float(claim.text[:4]))
    _units(claim, value, after)


def _units(claim: Claim, value: float, after: str) -> None:
    """Add what the number is in other units."""
    if _TIMES.match(after) or "fold" in claim.text.lower():
        claim.converted |= {value + 1, value - 1, 100 * value, 100 * (value - 1)}
    for pattern, factors in _UNITS:
        if claim.kind == "plain" and pattern.match(after):
            claim.converted |= {one for factor in factors for one in about(value * factor)}
    if _AND_HALF.match(after):
        claim.converted |= {(value + 0.5) * factor for factor in _HALVES}


def _time(claim: Claim, value: float, before: str, after: str) -> None:
    if is_year(value, claim.text) and not _PREFIX.match(after):
        claim.kind = "year"
    elif _is_date(claim, value, before, after):
        claim.kind = "date"
    elif claim.text.endswith("s") and value >= _FIRST_DECADE:  # the 1980s
        claim.kind = "year"
        claim.converted |= {value - 1900, value % 100, value % 100 + 10}  # aged 50 to 60
    elif value <= _MINUTES:
        told = _HOUR_AFTER.match(after) or before.endswith(":")
        if told or _CLOCK_BEFORE.search(before):
            claim.converted |= hours(value)
        if told:
            claim.kind = "hour"
    if _DOTTED.fullmatch(claim.text):  # 10.700, as in German
        claim.readings.add(value * _PREFIXES["k"])


def _is_date(claim: Claim, value: float, before: str, after: str) -> bool:
    """Tell whether a number is a month, a day or an ordinal in figures."""
    if claim.text.capitalize() in MONTHS:
        return True
    if value <= _DAYS and (_DAY_BEFORE.search(before) or _DAY_AFTER.match(after)):
        return True
    return bool(claim.figures) and claim.text.endswith(("st", "nd", "rd", "th"))


def _with_next(one: Claim, after: Claim, text: str) -> None:
    """Read 2 to 3 million as two and three million, and 4 in 10 as 40 per cent."""
    gap, value, other = text[one.stop : after.start], one.value or 0.0, after.value or 0.0
    unit = _SCALED.search(after.text) or _PREFIX.match(text[after.stop :][:_NEAR])
    if _RANGE.fullmatch(gap):
        if unit and not _SCALED.search(one.text):
            one.readings.add(value * _PREFIXES[(unit[1] or unit[2]).lower()])
        if one.kind == "year" and other < _CENTURY and after.kind == "plain":
            after.readings.add(value - value % 100 + other)  # 2010-11
            after.kind = "year"
    elif _OUT_OF.fullmatch(gap) and 0 < value < other:
        one.converted |= {value / other, round(100 * value / other, 1)}


def _clocks(text: str) -> Iterator[Claim]:
    """Yield the hour and the minute of 7.55am, and the minute of half past nine."""
    for match in _CLOCK.finditer(text):
        told = hours(float(match[1])) | {float(match[2])}
        yield Claim(*match.span(), match[0], None, told)
    for match in _DOTTED_CLOCK.finditer(text):
        yield Claim(*match.span(), match[0], None, {*hours(float(match[1])), float(match[2])})
    for match in _PAST.finditer(text):
        minutes = {"half": {30.0}, "quarter": {15.0, 45.0}}.get(match[1].lower(), set())
        yield Claim(*match.span(), match[0], None, set(minutes))


def _ranges(text: str) -> Iterator[Claim]:
    for match in _TENS.finditer(text):
        size = 1.0
        for word in filter(None, match.groups()):
            name = word.lower().split()[-1]
            size *= _SIZES.get(name) or SCALES[name.removesuffix("s")]
        yield Claim(*match.span(), match[0], None, {size}, vague=(size, 10 * size))


def _phrases(text: str) -> Iterator[Claim]:
    for pattern, values in _PHRASES:
        if match := pattern.search(text):
            yield Claim(*match.span(), match[0], None, set(values))
    # a number word that may be no number explains one and proves nothing
    words = {match[0].lower() for match in _WORD.finditer(text)}
    plain = {float(CARDINALS.get(word) or ORDINALS.get(word) or 0) for word in words}
    roman = {"iii": 3.0, "iv": 4.0, "v": 5.0, "vi": 6.0, "vii": 7.0, "viii": 8.0}
    yield Claim(
        0, 0, "", 0.0, plain | {roman[word] for word in words if word in roman}, kind="word"
    )
