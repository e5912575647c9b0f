"""What a text claims in numbers, and where a translation contradicts it.

`numbers` gives each number one value, as features and counts need it. Two languages often
state one quantity in different ways: 下午十五时 and 3 p.m., 万分之五 and 0.05%, 三十年 and
three decades, 2.6 至 3.2 万 and 26 to 32 thousand. So a claim has every value that another
way of saying it may have, and a vague one (几十, dozens) has a range. Two texts contradict
each other only where no doubt is left: in a number in figures that the other side says in
no way, or in two numbers that differ as slips do. Translators add and leave out dates,
hours, small counts and what stands in brackets; that alone proves nothing.

`claims_zh` and `claims_en` say what each language writes. Linear in the texts; each claim
is held against all those of the other side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from aligner.lang.digits import NUMBERED_NAMES

Kind = Literal["plain", "date", "year", "hour", "ordinal", "word"]

# what is no text: tags, addresses; and names with a figure that Chinese has without it
_MARKUP: Final = re.compile(
    rf"<[^<>]{{1,2000}}>|(?:https?://|www\.)[!-'*-~]+|[\w.]+@[\w.]+\w|{NUMBERED_NAMES}",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(r"[十百千万亿兆]|illion|thousand|hundred|dozen", re.IGNORECASE)
_FIGURES: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_CLOSED: Final = "([（［"
_LONGEST: Final = 30  # figures
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2100
_ROUNDING: Final = 0.03
_DOZEN: Final = 12
NOON: Final = 12.0
MIDNIGHT: Final = 24.0


@dataclass(slots=True)
class Claim:
    """A number and what it may be in the other language, or a phrase that says one."""

    start: int
    stop: int
    text: str
    value: float | None  # as read; None for a phrase
    readings: set[float] = field(default_factory=set)  # of the same words: 2.6 as 26,000
    converted: set[float] = field(default_factory=set)  # to another unit: 48 hours, two days
    kind: Kind = "plain"
    vague: tuple[float, float] | None = None  # from the first to below the second
    share: bool = False  # a percentage
    spare: bool = False  # may be left out: in brackets, part of a name

    @property
    def said(self) -> set[float]:
        """Return the number as its words may be read."""
        return self.readings if self.value is None else self.readings | {self.value}

    @property
    def figures(self) -> str:
        """Return its figures, without separators."""
        return "".join(c for c in self.text if c.isdecimal())

    @property
    def counts(self) -> bool:
        """Tell whether it says a number that may not be changed.

        One and two in words are too often written for other things, in both languages.
        """
        value = self.value or 0.0
        told = self.figures or self.kind == "date" or value < 1
        return value > (0 if told else 2) and not self.vague

    @property
    def is_exact(self) -> bool:
        """Tell whether it is in figures, or in several words or characters, as 三十五."""
        return bool(self.figures) or max(self.said, default=0.0) > _DOZEN

    @property
    def must_appear(self) -> bool:
        """Tell whether the other side has to say it: a quantity in figures."""
        if not self.counts or self.spare or self.kind != "plain" or not self.figures:
            return False
        return len(self.figures) > 1 or self.share or bool(_SCALED.search(self.text))


def contradictions(zh: Sequence[Claim], en: Sequence[Claim]) -> list[Claim]:
    """Return the claims of either side that the other one contradicts or lacks."""
    left, right = list(unsaid(zh, en)), list(unsaid(en, zh))
    found = [claim for claim in (*left, *right) if claim.must_appear]
    # a number that was changed in one place of two is still said in the other
    slips = [(one, other) for one in left for other in right if is_slip(one, other)]
    for ones, others in ((left, _left_over(en, zh)), (right, _left_over(zh, en))):
        slips += [(a, b) for a in ones for b in others if a.figures and is_slip(a, b)]
    found += [claim for slip in slips for claim in slip]
    return list({id(claim): claim for claim in found}.values())


def _left_over(claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Return the numbers in figures that one side says more often than the other."""
    times = Counter(value_key(other.value) for other in others if other.value is not None)
    own = Counter(value_key(claim.value) for claim in claims if claim.value is not None)
    return [
        claim
        for claim in claims
        if claim.counts and claim.kind != "year" and claim.figures
        and own[value_key(claim.value or 0.0)] > times[value_key(claim.value or 0.0)]
    ]  # fmt: skip


def unsaid(claims: Sequence[Claim], others: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims that count and of which no other one has a value."""
    numbers = [other for other in others if other.value is not None and other.kind != "word"]
    told = [other for other in others if other.value is None]
    phrases = {value_key(value) for other in told for value in other.readings}
    plain = [other for other in others if other.kind == "word"]
    words = {value_key(value) for other in plain for value in other.readings}
    said = {value_key(value) for other in numbers for value in other.said}
    meant = said | {value_key(value) for other in numbers for value in other.converted}
    ranges = [other.vague for other in others if other.vague]
    for claim in claims:
        if not claim.counts:
            continue
        own = {value_key(value) for value in claim.said}
        known = bool(own & meant or {value_key(value) for value in claim.converted} & said)
        if not known and claim.kind in ("plain", "hour"):
            known = bool((own | set(map(value_key, claim.converted))) & phrases)
        small = len(claim.figures) <= 1 and claim.kind != "date"  # 3年: year III
        if not known and small:
            known = bool(own & words)
        if not known and claim.kind == "plain" and _is_round(claim.value or 0.0):
            known = any(low <= value < high for low, high in ranges for value in claim.said)
        if not known:
            yield claim


def _is_round(value: float) -> bool:
    return len(f"{value:.0f}".strip("0")) == 1


def is_slip(one: Claim, other: Claim) -> bool:
    """Tell whether two numbers differ as slips do: in one figure, or in the magnitude."""
    if one.kind != other.kind or not (one.is_exact and other.is_exact):
        return False
    a, b = (plain_figures(claim.value or 0.0) for claim in (one, other))
    if a.replace(".", "").strip("0") == b.replace(".", "").strip("0"):
        return True
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def plain_figures(value: float) -> str:
    """Return a number in figures, however large, without an exponent.

    >>> plain_figures(0.5), plain_figures(1.2e16)
    ('0.5', '12000000000000000')
    """
    return f"{Decimal(f'{value:.10g}'):f}"


def value_key(value: float) -> float:
    """Return what two values have in common that are the same but for rounding."""
    return float(f"{value:.6g}")


def read_claims(text: str, found: Iterable[tuple[int, int, float]]) -> list[Claim]:
    """Return numbers as claims; those in brackets or stuck to Latin letters are spare."""
    claims = []
    for start, stop, value in found:
        before = text[:start].rstrip()[-1:]
        stuck = text[max(0, start - 1) : start]
        part = stuck.isascii() and (stuck.isalpha() or stuck in ("/", "_", "+", "#"))
        spare = (bool(stuck) and part) or (bool(before) and before in _CLOSED)
        claims.append(Claim(start, stop, text[start:stop], value, spare=spare))
    return claims


def figures_of(text: str) -> Claim:
    """Return all runs of figures as what a text may say, whatever they stand for."""
    runs = {run.replace(",", "") for run in _FIGURES.findall(text) if len(run) < _LONGEST}
    return Claim(0, 0, "", None, {float(run) for run in runs if run.count(".") < 2})


def blanked(text: str) -> str:
    """Return a text of the same length without tags, addresses and such names."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)


def is_year(value: float | None, text: str) -> bool:
    """Tell whether a number written as four digits can be a year."""
    return value is not None and _FIRST_YEAR <= value <= _LAST_YEAR and len(text.strip()) == 4


def hours(value: float) -> set[float]:
    """Return how an hour may be told: of twelve or of twenty-four.

    >>> sorted(hours(15.0)), sorted(hours(24.0))
    ([3.0, 15.0], [0.0, 12.0, 24.0])
    """
    found = {value, value + NOON, value - NOON} | ({0.0} if value == MIDNIGHT else set())
    return {hour for hour in found if 0 <= hour <= MIDNIGHT}


def about(value: float) -> set[float]:
    """Return a converted measure as it may be rounded.

    >>> sorted(about(400.02)), sorted(about(1.58))
    ([400.0, 400.02], [1.58, 1.6])
    """
    rounded = {round(value, 1), round(value), float(f"{value:.2g}"), value}
    return {one for one in rounded if abs(one - value) <= _ROUNDING * value}
