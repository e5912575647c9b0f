"""Where the numbers of a text and of its translation do not agree.

`number_sides` matches them. What is left on both sides is held against each other: two
numbers that differ as slips do, or two of one unit, are one number that was changed. What is
left on one side alone is missing or added only if the other text says it in no way at all
(`claims`), and if it may not be left out (`number_lost`).

Cost: linear in the texts but for what is left on both sides; beyond `_MOST_PAIRS` pairs of
that, as in tables that are not each other's translation, no changed numbers are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple

from aligner.lang.changed_ordinals import changed_ordinals
from aligner.lang.claims import Claim, is_slip, plain_figures, unsaid
from aligner.lang.measures import Units, differ, is_money
from aligner.lang.number_lost import is_lost, is_whole
from aligner.lang.number_sides import NumberSide, match_sides, number_side
from aligner.lang.telephone import Telephone, telephones
from aligner.lang.year_parts import changed_parts

SlipKind = Literal["magnitude", "figure", "value", "date", "unit", "missing", "added"]

_SHARE_WORDS: Final = re.compile(
    r"\b(?:percentages|percentage points?|pct|fifty-fifty|50[-/:]50)\b", re.IGNORECASE
)
_TENTHS: Final = re.compile(
    r"\b(?:(?:in|out of) (?:every )?(?:ten|10|a hundred|100)|tenths?|parts?)\b", re.IGNORECASE
)
_MANY: Final = 10  # from which a number that is said of two things has to be said twice
_DATES: Final = frozenset({"month", "day", "year"})
_ORDINALS: Final = ("first", "second", "third", "th", "st", "nd", "rd")
_DAYS_EN: Final = ("sun", "mon", "tues", "wednes", "thurs", "fri", "satur")
_DAYS_ZH: Final = {day: n for n, day in enumerate("日一二三四五六")} | {"天": 0}
_DAY_ZH: Final = re.compile(
    "(?:(?:上|下|本|这)?周|星期|礼拜|週|禮拜)([一二三四五六日天])(?![年岁歲次季期个個级級])"
)
_DAY_EN: Final = re.compile(rf"\b({'|'.join(_DAYS_EN)})days?\b", re.IGNORECASE)
_MOST_PAIRS: Final = 10_000


class NumberSlip(NamedTuple):
    """A number that the two texts do not both say."""

    kind: SlipKind
    zh: Claim | None
    en: Claim | None


class Amount(NamedTuple):
    """A sum of money that both texts give, with what its currency may be in each."""

    zh: Claim
    en: Claim
    zh_units: Units
    en_units: Units


class MatchedNumbers(NamedTuple):
    """What comparing the numbers of two texts gives."""

    slips: list[NumberSlip]
    amounts: list[Amount]
    left_zh: frozenset[float]  # values of the numbers that found no partner
    left_en: frozenset[float]


def match_numbers(zh: str, en: str) -> MatchedNumbers:
    """Compare the numbers of a Chinese text and of its translation.

    >>> [slip.kind for slip in match_numbers("投资412万元", "41.2 million yuan").slips]
    ['magnitude']
    """
    zh, en, called = _telephones(zh, en)
    src, tgt = number_side(zh, "zh"), number_side(en, "en")
    pairs = match_sides(src, tgt)
    miscounted = [
        NumberSlip("unit", src.numbers[a], tgt.numbers[b])
        for a, b in pairs
        if (src.numbers[a].said & tgt.numbers[b].said or src.numbers[a].kind == "hour")
        and _miscounted(src.units[a], src.numbers[a].text, tgt, b)
    ]
    amounts = [
        Amount(src.numbers[a], tgt.numbers[b], src.units[a], tgt.units[b])
        for a, b in pairs
        if is_money(src.units[a]) and is_money(tgt.units[b])
    ]
    unknown = _unknown(src, tgt)
    changed = list(_changed(src, tgt, unknown))
    used = {id(claim) for slip in changed for claim in (slip.zh, slip.en)}
    alone = list(_alone(src, tgt, unknown - used))
    told = [] if changed or alone else list(_in_words(src, tgt, unknown))
    slips = [*miscounted, *changed, *alone, *told, *_apart(src, tgt), *_weekdays(zh, en), *called]
    slips = _with_ordinals(slips, zh, en, src, tgt)
    return MatchedNumbers(slips, amounts, src.values_left(), tgt.values_left())


def _telephones(zh: str, en: str) -> tuple[str, str, list[NumberSlip]]:
    """Return both texts without telephone numbers, and those that differ."""
    ours, theirs = telephones(zh), telephones(en)
    if len(ours) != len(theirs):
        return zh, en, []
    slips = []
    for one, other in zip(ours, theirs, strict=True):
        if not one.figures.endswith(other.figures) and not other.figures.endswith(one.figures):
            here = Claim(one.start, one.stop, zh[one.start : one.stop], None)
            there = Claim(other.start, other.stop, en[other.start : other.stop], None)
            slips.append(NumberSlip("figure", here, there))
    return _without(zh, ours), _without(en, theirs), slips


def _without(text: str, places: Sequence[Telephone]) -> str:
    characters = list(text)
    for place in places:
        characters[place.start : place.stop] = " " * (place.stop - place.start)
    return "".join(characters)


def _miscounted(units: Units, text: str, tgt: NumberSide, b: int) -> bool:
    """Tell whether one number counts two things, or is a percentage in Chinese alone."""
    if "percent" in units and not tgt.units[b]:
        tenths = "成" in text and _TENTHS.search(tgt.text)  # 三成: three in ten
        return not (tenths or _SHARE_WORDS.search(tgt.text))
    ordinal = tgt.numbers[b].text.lower().endswith(_ORDINALS)  # the first month, 一年
    return differ(units, tgt.units[b]) and not ordinal


def _unknown(src: NumberSide, tgt: NumberSide) -> set[int]:
    """Return the ids of the claims that the other text says in no way.

    A number that both 12月 and 12个 say has to be said twice, one for each.
    """
    unknown = {id(c) for c in chain(unsaid(src.claims, tgt.claims), unsaid(tgt.claims, src.claims))}
    alone = set(src.left)
    said = {c.value for n, c in enumerate(src.numbers) if n not in alone and c.kind == "plain"}
    left = (src.numbers[a] for a in src.left)
    twice = [c for c in left if _is_quantity(c) and c.value not in said]
    return unknown | ({id(c) for c in unsaid(twice, tgt.rest())} if twice else set())


def _is_quantity(claim: Claim) -> bool:
    return claim.kind == "plain" and (claim.value or 0.0) >= _MANY and not claim.spare


def _changed(src: NumberSide, tgt: NumberSide, unknown: set[int]) -> Iterator[NumberSlip]:
    """Yield the numbers left on both sides that are one number, the likeliest pairs first."""
    if len(src.left) * len(tgt.left) > _MOST_PAIRS:
        return
    ranked = []
    for a in src.left:
        for b in tgt.left:
            one, other = src.numbers[a], tgt.numbers[b]
            new = (id(one) in unknown) + (id(other) in unknown)
            if (
                new
                and one.counts
                and other.counts
                and (how := _change(one, other, src.units[a] & tgt.units[b], new))
            ):
                ranked.append((how[0], abs(a - b), a, b, how[1]))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, a, b, kind in sorted(ranked):
        if a not in used[0] and b not in used[1]:
            used[0].add(a)
            used[1].add(b)
            yield NumberSlip(kind, src.numbers[a], tgt.numbers[b])


def _change(one: Claim, other: Claim, units: Units, new: int) -> tuple[int, SlipKind] | None:
    """Return how sure it is that two numbers are one that was changed, 0 best, and how.

    `new` tells how many of the two the other text says in no way.
    """
    date = bool(units & _DATES)
    if is_slip(one, other):
        same = _digits(one) == _digits(other)
        return 2 - new, "date" if date else "magnitude" if same else "figure"
    both = new == 2
    if units and (both or date):
        return 3, "date" if date else "value"
    plain = one.kind == other.kind == "plain"
    told = (one.figures and other.figures) or (_is_part(one) and _is_part(other))
    return (4, "value") if both and plain and told else None


def _is_part(claim: Claim) -> bool:
    """Tell whether a number is a fraction: 三分之二, three quarters."""
    return 0 < (claim.value or 0.0) < 1


def _digits(claim: Claim) -> str:
    return plain_figures(claim.value or 0.0).replace(".", "").strip("0")


def _alone(src: NumberSide, tgt: NumberSide, unknown: set[int]) -> Iterator[NumberSlip]:
    """Yield what one side alone says."""
    for a in src.left:
        if id(src.numbers[a]) in unknown and is_lost(src, a, tgt.text):
            yield NumberSlip("missing", src.numbers[a], None)
    for b in tgt.left:
        claim = tgt.numbers[b]
        if id(claim) in unknown and claim.must_appear and not is_whole(claim, src.text, "zh"):
            yield NumberSlip("added", None, tgt.numbers[b])


def _in_words(src: NumberSide, tgt: NumberSide, unknown: set[int]) -> Iterator[NumberSlip]:
    """Yield 四届 and the fifth: the only numbers in words that have no partner."""
    ours, theirs = (
        [side.numbers[n] for n in side.left if id(side.numbers[n]) in unknown]
        for side in (src, tgt)
    )
    if len(ours) == len(theirs) == 1:
        (one,), (other,) = ours, theirs
        if one.kind == other.kind == "plain" and not (one.figures or other.figures):
            yield NumberSlip("value", one, other)


def _weekdays(zh: str, en: str) -> Iterator[NumberSlip]:
    """Yield the only day of the week of each text, if it is not the same day."""
    ours, theirs = list(_DAY_ZH.finditer(zh)), list(_DAY_EN.finditer(en))
    if len(ours) == len(theirs) == 1:
        (one,), (other,) = ours, theirs
        if _DAYS_ZH[one[1]] != _DAYS_EN.index(other[1].lower()):
            yield NumberSlip(
                "date",
                Claim(*one.span(), one[0], None, kind="date"),
                Claim(*other.span(), other[0], None, kind="date"),
            )


def _with_ordinals(
    slips: list[NumberSlip], zh: str, en: str, src: NumberSide, tgt: NumberSide
) -> list[NumberSlip]:
    """Add a half, a quarter and an ordinal that are another one; what is missing may be these."""
    parts = (NumberSlip("date", *pair) for pair in changed_parts(zh, en))
    ordinals = changed_ordinals(src.text, en, src.claims, tgt.claims)
    changed = [*parts, *(NumberSlip("value", *pair) for pair in ordinals)]
    paired = [slip for slip in slips if slip.zh and slip.en]
    changed = [slip for slip in changed if not any(_overlap(slip, other) for other in paired)]
    kept = [slip for slip in slips if not any(_overlap(slip, other) for other in changed)]
    return kept + changed


def _overlap(one: NumberSlip, other: NumberSlip) -> bool:
    """Tell whether two slips are of one number on either side."""
    sides = (one.zh, other.zh), (one.en, other.en)
    return any(a and b and a.start < b.stop and b.start < a.stop for a, b in sides)


def _apart(src: NumberSide, tgt: NumberSide) -> Iterator[NumberSlip]:
    """Yield 几十万 and millions: the only vague numbers of both texts, in two magnitudes."""
    ours, theirs = (
        [c for c in side.claims if c.vague and c.value is None]  # 千万 alone is any number
        for side in (src, tgt)
    )
    if len(ours) == len(theirs) == 1:
        low, high = ours[0].vague or (0.0, 0.0)
        other_low, other_high = theirs[0].vague or (0.0, 0.0)
        if high <= other_low or other_high <= low:
            yield NumberSlip("magnitude", ours[0], theirs[0])
