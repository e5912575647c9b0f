"""What Chinese text claims in numbers: values in the ways in which English may give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from aligner.lang.claims import (
    MIDNIGHT,
    Claim,
    about,
    blanked,
    figures_of,
    hours,
    is_year,
    read_claims,
)
from aligner.lang.han_numerals import UNITS, fold_numerals, han_value
from aligner.lang.joint_zh import (
    join_neighbours,
    joint_claims,
    joint_phrases,
    reign_claims,
    share_claims,
)
from aligner.lang.numbers_zh import numbers_zh
from aligner.lang.si_prefixes import KILO_UNIT, PREFIXED, prefix_of
from aligner.lang.variants import simplified

_DIGIT: Final = "[一二两三四五六七八九]"
_NEAR: Final = 10  # characters round a number that are looked at
_HALVES: Final = (1, 12, 24, 60, 100)  # one and a half years, days, hours, centuries
_FACTOR: Final = {name: float(value) for name, value in UNITS.items()}

# 几十, 数百万, 上千, 成千上万, 百余: a range that English has as dozens, millions
_VAGUE: Final = re.compile(
    r"(?:[数几]([十百千万亿]+)|(?:成|上|过|逾|近|约)以?([百千万亿]+)|(?<![\d一二两三四五六七八九十])([百千万亿]+)[多余])"
    r"(?![分\d一二两三四五六七八九])"
)
_WIDE_COMMA: Final = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
_OVER: Final = re.compile(rf"\s*[多余几]\s*([十百千万亿]*)(?<!千(?={KILO_UNIT}))")
_SCALE: Final = re.compile(rf"\s*(?!{PREFIXED})([百千万亿]{{1,2}})(?!分之)(?<!千(?={KILO_UNIT}))")
_RANGE: Final = re.compile(r"\s*(?:至|到|-|－|–|—|~|～|、|或|和)\s*")
_UNITS_AT_END: Final = re.compile(r"[十百千万亿]+$")
# 五六百, 七八成: two neighbours for a rough number
_ROUGH: Final = re.compile(
    rf"((?:{_DIGIT}?[十百千万亿]零?)*)({_DIGIT})({_DIGIT})([十百千万亿]+成?|成)"
)
# 十四五岁: fourteen or fifteen; 十四五规划 is a plan
_TEENS: Final = re.compile(
    rf"({_DIGIT}?十)({_DIGIT})({_DIGIT})(?=[多余来]?(?:[岁个天人名里亩次米斤块户口]|公里|分钟))"
)
_TENTH: Final = re.compile(r"\s*成(?!立|为|员|都)")
_TENTHS: Final = re.compile(
    rf"(?:({_DIGIT})[至到~～—–－-])?({_DIGIT})成(?!立|(?:{_DIGIT}|半)(?!成))"
)
_OFF: Final = re.compile(
    rf"(?:({_DIGIT}|[1-9])[至到~～—–－-])?({_DIGIT}|[1-9])({_DIGIT}|[.]?[1-9])?折(?![扣叠算磨腾射旧])"
)  # 七折: 30% off
_DEGREES: Final = re.compile(r"\s*(?:摄氏度|℃|°C|度)")
_BARE_UNIT: Final = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万亿数几多余])[百千万亿](?![十百千万亿])"
)
_HOUR: Final = re.compile(r"\s*(?:时|点钟?)(?!期|间|候|代|段)")
_MINUTE: Final = re.compile(r"\s*分(?!之|钟|别|点|析|公)")
_CLOCK: Final = re.compile(r"(\d{1,2})[时点](\d{1,2})分")
_DATE: Final = re.compile(r"\s*(?:月|日|号)")
_MONTH: Final = re.compile(r"(?:正|腊|冬|[十一二三四五六七八九\d])\s?月\s?$")  # 八月十五
_DAYS: Final = 31
_YEAR: Final = re.compile(r"\s*(?:年|[-－–/.~至到、)）]|$)")
_SHARE: Final = re.compile(r"\s*(?:%|‰|个?百分点|厘|个?基点)")
_PER: Final = {"‰": 10, "基": 100}  # of one hundredth
_TIMES: Final = re.compile(r"\s*倍")
_AND_HALF: Final = re.compile(
    r"\s*(?:个?小时|个?月|个?世纪|[年天倍个成周米斤吨亩里岁]|公里|星期)半"
)
_EVERY: Final = re.compile(r"每\s*$")
_UNITS: Final[tuple[tuple[re.Pattern[str], tuple[float, ...]], ...]] = tuple(
    (re.compile(rf"\s*[多余来]?\s*(?:{unit})"), factors)
    for unit, factors in (
        ("周?年|载|周?岁", (12.0, 365.0)),
        ("个?月", (30.0,)),
        ("个?季度?", (3.0,)),
        ("周(?!年|岁)|个?星期|个?礼拜", (7.0,)),
        ("天|日|昼夜", (24.0,)),
        ("个?小时|个?钟头", (60.0,)),
        ("个?世纪", (100.0,)),
        ("市?斤", (0.5, 500.0, 1.1023)),
        ("亩", (1 / 15, 666.67, 0.16474)),
        ("华?里(?!面|程|外)", (0.5, 500.0, 0.31069)),
        ("公里|千米", (1000.0, 0.62137)),
        ("公斤|千克", (1000.0, 2.20462)),
        ("公顷", (2.47105, 0.01, 10000.0)),
        ("平方公里", (100.0, 0.38610, 247.105)),
        ("吨", (1000.0,)),
        ("米|公尺", (3.28084, 100.0)),
        ("厘米|公分", (0.393701, 10.0, 0.01)),
        ("尺", (1 / 3,)),
        ("丈(?!夫|量|人|母)", (10 / 3, 10.9361)),
        ("英尺|呎", (0.3048, 30.48)),
        ("英里|哩", (1.609344,)),
        ("英寸|吋", (2.54,)),
        ("英亩", (0.404686,)),
        ("磅", (0.453592,)),
        ("千瓦(?!时)", (0.001, 0.000001)),
        ("兆瓦(?!时)", (1000.0, 0.001)),
        ("兆帕|百万帕", (1000.0, 145.038)),
        ("千帕", (0.001, 0.145038)),
        ("千伏", (1000.0,)),
        ("伏(?=特(?!加)|[，。；、）的]|$)", (0.001,)),
    )
)
# phrases without a numeral, or with one that is no count, and what they say
_PHRASES: Final[tuple[tuple[re.Pattern[str], tuple[float, ...]], ...]] = tuple(
    (re.compile(phrase), values)
    for phrase, values in (
        ("翻了?一?番", (2.0, 100.0)),
        ("翻了?两番", (4.0, 300.0)),
        ("一?倍", (2.0, 100.0)),
        ("半个?世纪", (50.0,)),
        ("半年", (6.0, 0.5)),
        ("半个?小时|半个?钟头", (30.0, 0.5)),
        ("半[天日]", (12.0,)),
        ("一?半", (0.5, 50.0, 30.0)),
        ("一刻", (15.0,)),
        ("[二两]刻", (30.0,)),
        ("三刻", (45.0,)),
        ("正午|中午", (12.0,)),
        ("午夜|子夜|零[时点]", (0.0, 12.0, 24.0)),
        ("世纪", (100.0,)),
        ("十年|旬", (10.0,)),
        ("[一每本上下整][个個]?(?:周|星期|礼拜)", (7.0,)),
        ("[一每整全]年", (12.0, 365.0, 52.0)),
        ("昼夜|[全整一]天|全天候", (24.0,)),
        ("[一整]打", (12.0,)),
        ("双", (2.0,)),
        ("[百万千]分之", (100.0, 1000.0, 10000.0)),
        ("基点", (100.0,)),
    )
)  # fmt: skip
_SIGN: Final = re.compile(r"([〇零一二两三四五六七八九十百])")


def folded_zh(text: str) -> str:
    """Return a text of the same length as numbers and their units are read from it.

    >>> folded_zh("３５公頃")
    '35公顷'
    """
    return fold_numerals("".join(map(simplified, _WIDE_COMMA.sub(",", blanked(text)))))


def claims_zh(text: str) -> list[Claim]:
    """Return the claims of a Chinese text, in no order."""
    text = folded_zh(text)
    claims = read_claims(text, numbers_zh(text))
    rough = list(_rough(text))
    joint = [*joint_claims(text), *reign_claims(text), *share_claims(text)]
    places = [range(r.start, r.stop) for r in (*rough, *joint) if r.stop - r.start > 1]
    claims = [c for c in claims if not any(c.start in place for place in places)]
    for claim in claims:
        _look_round(claim, text)
    join_neighbours(text, claims)
    claims = sorted([*claims, *joint], key=lambda claim: claim.start)
    for one, after in pairwise(claims):
        _share_scale(one, after, text)
    return [*claims, *rough, *joint_phrases(text), *_phrases(text), figures_of(text)]


def _rough(text: str) -> Iterator[Claim]:
    """Yield 五六百 as five or six hundred, and 几十 as a range."""
    for match in _ROUGH.finditer(text):
        low, high = (han_value(match[k]) or 0 for k in (2, 3))
        if high != low + 1:
            continue
        units = match[4].removesuffix("成")
        tenfold = 10.0 if match[4].endswith("成") else 1.0
        both = {(han_value(f"{match[1]}{match[k]}{units}") or 0) * tenfold for k in (2, 3)}
        yield Claim(*match.span(), match[0], None, both)
    for match in _TEENS.finditer(text):
        low, high = (han_value(match[1] + match[k]) or 0 for k in (2, 3))
        if high == low + 1:
            yield Claim(*match.span(), match[0], None, {float(low), float(high)})
    for match in _TENTHS.finditer(text):
        shares = [han_value(digit) or 0 for digit in match.groups() if digit]
        said = {10.0 * n for n in shares} | {n / 10 for n in shares}
        yield Claim(*match.span(), match[0], None, said)
    for match in _OFF.finditer(text):
        least, tenths, ones = (_one(part) for part in match.groups(default="0"))
        paid = {10.0 * tenths + ones} | ({10.0 * least} if least else set())
        yield Claim(*match.span(), match[0], None, paid | {100 - part for part in paid})
    for match in _BARE_UNIT.finditer(text):
        yield Claim(*match.span(), match[0], None, {_factor(match[0])})
    for match in _VAGUE.finditer(text):
        unit = _factor(match[1] or match[2] or match[3])
        yield Claim(*match.span(), match[0], None, {unit}, vague=(unit, 10 * unit))


def _one(figure: str) -> int:
    figure = figure.removeprefix(".")
    return int(figure) if figure.isdecimal() else han_value(figure) or 0


def _factor(units: str) -> float:
    product = 1.0
    for unit in units:
        product *= _FACTOR[unit]
    return product


def _look_round(claim: Claim, text: str) -> None:
    """Add what stands round a number."""
    value = claim.value or 0.0
    before, after = text[max(0, claim.start - _NEAR) : claim.start], text[claim.stop :][:_NEAR]
    if not claim.text.strip("十百千万亿兆"):  # 万亩: a unit by itself
        claim.vague = (value, 10 * value)
    _scale(claim, value, after)
    if "分之" in claim.text:
        _fraction(claim, value)
    if _EVERY.search(before):
        claim.converted |= {1 / value, 100 / value} if value else set()
    _time(claim, value, before, after)
    if share := _SHARE.match(after):
        claim.share = True
        claim.converted |= {value / per for mark, per in _PER.items() if mark in share[0]}
    _units(claim, value, after)


def _scale(claim: Claim, value: float, after: str) -> None:
    """Read 一百多万 as a million, 6成 as 60."""
    if claim.text.endswith("两"):  # 二十两银子: a measure
        claim.readings.add(float(han_value(claim.text[:-1]) or 0))
    prefix, factor = prefix_of(claim.text, claim.text + after, len(claim.text))
    if prefix:  # 四千米: 4 km, or 4,000 m
        claim.readings.add(value / factor)
    if _TENTH.match(after):
        claim.readings.add(10 * value)
    if scale := _OVER.match(after) or _SCALE.match(after):
        claim.readings.add(value * _factor(scale[1]))


def _units(claim: Claim, value: float, after: str) -> None:
    """Add what the number is in other units."""
    if _TIMES.match(after):
        claim.converted |= {value + 1, value - 1, value * 100, (value - 1) * 100}
    if _DEGREES.match(after):
        claim.converted |= about(1.8 * value + 32)  # Fahrenheit
    for pattern, factors in _UNITS:
        if claim.kind == "plain" and pattern.match(after):
            claim.converted |= {one for factor in factors for one in about(value * factor)}
    if after.lstrip().startswith("世纪"):  # the 1900s
        claim.converted.add(100 * (value - 1))
    if _AND_HALF.match(after):
        claim.converted |= {(value + 0.5) * factor for factor in _HALVES}


def _fraction(claim: Claim, value: float) -> None:
    """Add 25 and 4 to 四分之一, 0.05 to 万分之五."""
    claim.share = claim.text.startswith(tuple("百千万"))
    if claim.share:
        tens = {"百": 1.0, "千": 10.0, "万": 100.0}[claim.text[0]]
        claim.converted |= {value / tens, value / tens / 100}
    else:
        claim.converted |= {100 * value, round(100 * value), round(100 * value, 1)}
        claim.converted |= {float(han_value(part) or 0) for part in claim.text.split("分之")}


def _time(claim: Claim, value: float, before: str, after: str) -> None:
    if is_year(value, claim.text) and _YEAR.match(after):
        claim.kind = "year"
    elif _DATE.match(after) or (_MONTH.search(before) and value <= _DAYS):
        claim.kind = "date"
    elif (_HOUR.match(after) and value <= MIDNIGHT) or after.startswith((":", "：")):
        claim.kind = "hour"
        claim.converted |= hours(value)
    elif _MINUTE.match(after):
        claim.kind = "hour"
    elif "年代" in claim.text:
        claim.kind = "year"
        claim.converted |= {value - 1900, value % 100}


def _share_scale(one: Claim, after: Claim, text: str) -> None:
    """Read 2.6 至 3.2 万 as 26,000 and 32,000, 十到二十万 as 100,000."""
    if not _RANGE.fullmatch(text[one.stop : after.start]):
        return
    value, above = one.value or 0.0, after.value or 0.0
    if one.text == "十":
        one.vague = None
    prefix, factor = prefix_of(after.text, text, after.stop)
    if prefix and one.text.endswith(prefix):  # 两千至三千伏
        one.readings.add(value / factor)
    units = _UNITS_AT_END.search(after.text)
    own = max((_FACTOR[unit] for unit in one.text if unit in _FACTOR), default=0.0)
    scales = [units[0][n:] for n in range(len(units[0]))] if units else []
    one.readings |= {
        value * _factor(scale)
        for scale in scales
        if all(_FACTOR[unit] > own for unit in scale) and value * _factor(scale) < above
    }


def _phrases(text: str) -> Iterator[Claim]:
    for told in _CLOCK.finditer(text):  # 23.45, as English may write it
        yield Claim(*told.span(), told[0], None, {float(told[1]) + float(told[2]) / 100})
    for pattern, values in _PHRASES:
        if match := pattern.search(text):
            yield Claim(*match.span(), match[0], None, set(values))
    # a numeral that may be no number, such as 三 in 三会一课, explains one and proves nothing
    plain = {float(han_value(sign) or 0) for sign in _SIGN.findall(text)}
    if plain:
        yield Claim(0, 0, "", 0.0, plain, kind="word")
