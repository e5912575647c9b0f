"""The numbers of a text with their units, and which of two texts' numbers belong together.

Numbers are matched one to one: those of one value and one unit first, then those of one
value, then those that another way of saying it or another unit makes equal. What finds no
partner is `left`. Linear in the texts but for numbers of one value.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import Final

from aligner.lang.claims import Claim, figures_of, value_key
from aligner.lang.claims_en import claims_en
from aligner.lang.claims_zh import claims_zh, folded_zh
from aligner.lang.measures import TIMES, Units, differ, units_en, units_zh
from aligner.span import Lang

_DATE_UNITS: Final = frozenset({"month", "months", "day", "days", "year", "hour"})
# same unit or any, own value or every reading
_PASSES: Final = ((True, False), (False, False), (True, True), (False, True))


@dataclass(slots=True)
class NumberSide:
    """The numbers of a text with their units, in reading order."""

    text: str  # as numbers are read from it
    claims: list[Claim]  # with phrases
    numbers: list[Claim]
    units: list[Units]
    left: list[int]  # the numbers that found no partner

    def rest(self) -> list[Claim]:
        """Return what the text says beside the numbers that found a partner."""
        alone = set(self.left)
        left = [c for n, c in enumerate(self.numbers) if n in alone or c.kind == "year"]
        text = list(self.text)
        for n, claim in enumerate(self.numbers):
            if n not in alone:
                text[claim.start : claim.stop] = " " * (claim.stop - claim.start)
        said = [c for c in self.claims if (c.value is None and c.text) or c.kind == "word"]
        return [*left, *said, figures_of("".join(text))]

    def values_left(self) -> frozenset[float]:
        """Return what the numbers that found no partner may say."""
        return frozenset(value_key(v) for n in self.left for v in self.numbers[n].said)


def number_side(text: str, lang: Lang) -> NumberSide:
    """Return the numbers of a text, none of them matched."""
    claims = claims_zh(text) if lang == "zh" else claims_en(text)
    numbers = [c for c in claims if c.value is not None and c.kind != "word"]
    numbers.sort(key=lambda claim: claim.start)
    if lang == "zh":
        text = folded_zh(text)
    units = units_zh(text, numbers) if lang == "zh" else units_en(text, numbers)
    return NumberSide(text, claims, numbers, units, list(range(len(numbers))))


def match_sides(src: NumberSide, tgt: NumberSide) -> list[tuple[int, int]]:
    """Take matched numbers out of `left`; return the pairs, by their place on each side."""
    pairs = []
    for same_unit, any_reading in _PASSES:
        free: defaultdict[float, list[int]] = defaultdict(list)
        for b in tgt.left:
            for key in _keys(tgt.numbers[b], any_reading=any_reading):
                free[key].append(b)
        taken: set[int] = set()
        rest = []
        for a in src.left:
            keys = _keys(src.numbers[a], any_reading=any_reading)
            found = [
                b
                for b in chain.from_iterable(free.get(key, ()) for key in keys)
                if b not in taken
                and (not same_unit or src.units[a] & tgt.units[b])
                and _may_match(src, a, tgt, b)
            ]
            if found:
                best = min(found, key=lambda b: differ(src.units[a], tgt.units[b]))
                taken.add(best)
                pairs.append((a, best))
            else:
                rest.append(a)
        src.left, tgt.left = rest, [b for b in tgt.left if b not in taken]
    return pairs


def _keys(claim: Claim, *, any_reading: bool) -> list[float]:
    values = claim.said | claim.converted if any_reading else {claim.value or 0.0}
    return sorted({value_key(value) for value in values})


def _may_match(src: NumberSide, a: int, tgt: NumberSide, b: int) -> bool:
    """Tell whether one number may render the other: no month or day is rendered by a count."""
    one, other = src.numbers[a], tgt.numbers[b]
    own = (src.units[a], tgt.units[b])
    for dated, plain, units in ((one, other, own), (other, one, own[::-1])):
        if dated.kind == "date" and plain.kind == "plain":
            days = "days" in units[0] and units[1] and units[1] <= TIMES  # 14日 may be no date
            counted = bool(units[1] - _DATE_UNITS)
            if not days and (counted or not (plain.figures or plain.text.endswith("th"))):
                return False
    return True
