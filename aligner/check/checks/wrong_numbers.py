"""A number, unit or date that the translation does not give as the original has it.

What it does: it compares the numbers of each sentence with those of its translation, by
value: 2.5万 and 25,000, 六成 and 60%, 下午三点半 and 3:30 p.m., 半年 and six months are the
same. It reports another magnitude, another figure, another unit or currency, per cent for
percentage points, another date, half or quarter of a year, another ordinal (第三次: the second
time), and a number that only one side has. A vague number (一百多万) is held against no exact one.

Why that is bad: nobody who reads the translation alone can see it, and a wrong number is
what a client forgives least.

Example:
    这个项目投资412万元。 | The project cost 41.2 million yuan.
    两地相距8公里。 | The two places are 8 metres apart.
    会议于5月6日举行。 | The meeting was held on 7 May.
    第三季度利润下降。 | Profits fell in the second quarter.
    失业率下降0.3个百分点。 | The unemployment rate fell by 0.3 per cent.
    有37人参加。 | Many people took part.
    演出于晚上十九时四十五分开始。 | The show began at 7:45 p.m.
    -> ‘412万’, ‘41.2 million’ (magnitude, error)
    -> ‘8公里’, ‘8 metres’ (unit, error)
    -> ‘6’, ‘7’ (date, error)
    -> ‘第三季度’, ‘second quarter’ (date, error)
    -> ‘0.3个百分点’, ‘0.3 per cent’ (unit, error)
    -> ‘37’ (missing, warning)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.

Nothing is reported of links that are likelier wrong than right, nor of a number that the
sentence before or after has on the other side: translators move what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.money.other_money import in_other_money
from aligner.check.noticed import Noticed, notice
from aligner.findings import Severity
from aligner.lang.claims import Claim, value_key
from aligner.lang.claims_zh import folded_zh
from aligner.lang.en_numerals import SCALES
from aligner.lang.measures import span_with_unit
from aligner.lang.number_match import MatchedNumbers, NumberSlip, match_numbers
from aligner.messages import N_, _
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

_CHECK: Final = "numbers"
_LEAST_P: Final = 0.5  # of a link
_AROUND: Final = 2  # units before and after
# how many of each kind a reviser would change, as read in clean development texts
_P: Final[dict[str, tuple[Severity, float]]] = {
    "magnitude": ("error", 0.95),
    "figure": ("error", 0.95),
    "value": ("error", 0.9),
    "date": ("error", 0.9),
    "unit": ("error", 0.9),
    "currency": ("error", 0.9),
    "missing": ("warning", 0.8),
    "added": ("warning", 0.6),
}
_WHY: Final = {
    "magnitude": N_("The figures are the same, the magnitude is not: {zh} and {en}."),
    "figure": N_("The numbers differ in one figure: {zh} and {en}."),
    "value": N_("The numbers differ: {zh} and {en}."),
    "date": N_("The dates differ."),
    "unit": N_("The number is the same, what it counts is not."),
    "currency": N_("{zh_words} is rendered in another currency than 元 is in this text."),
    "missing": N_("The translation does not give this number."),
    "added": N_("The original does not give this number."),
}
_YEARS: Final = (1000, 2100)
_LARGE: Final = sorted(
    ((name, size) for name, size in SCALES.items() if size >= SCALES["million"]),
    key=lambda scale: -scale[1],
)


def wrong_numbers(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield a finding for each number that the two sides do not both give, in order."""
    matched = [match_numbers(u.src, u.tgt) if u.src and u.tgt else None for u in units]
    foreign = in_other_money(units, matched, least_p=_LEAST_P)
    for n, (unit, found) in enumerate(zip(units, matched, strict=True)):
        if found is None or unit.p < _LEAST_P:
            continue
        near = [
            other
            for at in range(max(0, n - _AROUND), min(len(units), n + _AROUND + 1))
            if at != n and units[at].doc == unit.doc and (other := matched[at]) is not None
        ]
        for slip in found.slips:
            if not _is_moved(slip, near):
                yield _as_noticed(unit, slip.kind, slip.zh, slip.en)
        for amount in foreign.get(n, ()):
            yield _as_noticed(unit, "currency", amount.zh, amount.en)


def _is_moved(slip: NumberSlip, near: Sequence[MatchedNumbers]) -> bool:
    """Tell whether a neighbour has, on the other side alone, the number that is alone here."""
    claim = slip.zh or slip.en
    if claim is None or (slip.zh and slip.en):
        return False
    key = value_key(claim.value or 0.0)
    return any(key in (other.left_en if slip.zh else other.left_zh) for other in near)


def _as_noticed(unit: TextUnit, kind: str, zh: Claim | None, en: Claim | None) -> Noticed:
    severity, p = _P[kind]
    src = _span(folded_zh(unit.src), zh, "zh", kind) if zh else None
    words = unit.src[slice(*src)] if src else ""
    text = _(_WHY[kind]).format(
        zh=_told(zh), en=_told(en), zh_words=_("‘{words}’").format(words=words)
    )
    return notice(
        unit,
        check=_CHECK,
        kind=kind,
        severity=severity,
        why=text,
        p=p * unit.p,
        src=src,
        tgt=_span(unit.tgt, en, "en", kind) if en else None,
        suggestion=_told(zh) if kind in ("magnitude", "figure", "value") else "",
    )


def _span(text: str, claim: Claim, lang: Lang, kind: str) -> Span:
    """Return the place of a number, with its unit where that is what is wrong."""
    if kind in ("unit", "currency"):
        return span_with_unit(text, claim, lang)
    return Span(claim.start, claim.stop)


def _told(claim: Claim | None) -> str:
    """Return a number as English text gives it.

    >>> _told(Claim(0, 4, "412万", 4_120_000.0)), _told(Claim(0, 4, "1998", 1998.0))
    ('4.12 million', '1998')
    """
    if claim is None or claim.value is None:
        return claim.text if claim else ""
    value = claim.value
    for name, size in _LARGE:
        if value >= size:
            return f"{value / size:.10g} {name}"
    if _YEARS[0] <= value <= _YEARS[1] and len(claim.text) == len("1998"):
        return f"{value:.0f}"
    whole, point, part = f"{value:.10g}".partition(".")
    return f"{int(whole):,}{point}{part}"
