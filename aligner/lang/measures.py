"""In what a number counts: units, currencies, percentages and parts of a date.

Each number gets the set of units that its words may mean: 元 is the yuan or any dollar, a
pound is money or a weight, 7日 a date or seven days. Two numbers of one value differ in
unit only where the sets have nothing in common and both are of one dimension: 5 hours and
5分钟, but not 5 hours and 5个. A number without a known unit has an empty set.

The units are those of GB 3100-1993 and GB/T 12406 (ISO 4217) that running texts use, and
the Chinese and English ones that no standard has (亩, 斤, feet).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from aligner.lang.claims import NOON, Claim
from aligner.lang.en_numerals import MONTHS
from aligner.lang.joint_zh import joint_unit
from aligner.lang.si_prefixes import prefix_of
from aligner.span import Lang, Span

Units = frozenset[str]

_NO_UNIT: Final[Units] = frozenset()
_NEAR: Final = 24  # characters round a number that are looked at
_DOLLARS: Final = "USD HKD TWD AUD CAD SGD NZD"
# the units' dimension, the units, what Chinese writes after the number, what English does;
# of two that begin alike the longer one first
_TABLE: Final = (
    ("share", "point", "个?百分点", "percentage[- ]points?|pc points?|ppts?|pp"),
    ("share", "bp", "个?基点", "basis[- ]points?|bps?"),
    ("share", "percent", "%", "%|per ?cent|pct|percentage"),
    ("share", "times", "倍", "times|fold"),
    ("share", "permille", "‰", "‰|per mille|per thousand"),
    ("time", "seconds", "秒钟?", "seconds?|secs?"),
    ("time", "minutes", "分钟", "minutes?|mins?"),
    ("time", "hours", "个?小时|个?钟头", "hours?|hrs?"),
    ("time", "days day", "日(?!元|圆)|号(?!楼|线|文|令|院)", ""),
    ("time", "days", "天|昼夜", "days?"),
    ("time", "weeks", "周(?!年|岁)|个?星期|个?礼拜", "weeks?"),
    ("time", "months", "个月", "months?"),
    ("date", "month", "月", ""),
    ("time", "quarters", "个季度", ""),
    ("time", "years", "年(?!代|级)|周年|周?岁|载", "years?|yrs?"),
    ("time", "decades", "", "decades?"),
    ("time", "centuries", "个世纪", ""),
    ("size", "km2", "平方公里|平方千米", r"(?:square|sq\.?) ?(?:kilomet(?:er|re)s?|km)|km2|km²"),
    ("size", "m2", "平方米|平米", r"(?:square|sq\.?) ?(?:met(?:er|re)s?|m)|sqm|m2|m²"),
    ("size", "sqmi", "平方英里", r"(?:square|sq\.?) miles?"),
    ("size", "sqft", "平方英尺|平方呎", r"(?:square|sq\.?) ?(?:feet|foot|ft)"),
    ("size", "ha", "公顷", "hectares?|ha"),
    ("size", "mu", "亩", "mu"),
    ("size", "acre", "英亩", "acres?"),
    ("size", "m3", "立方米|方(?!面|案|法|式|向|针|位)", "cubic met(?:er|re)s?|m3|m³"),
    ("size", "l", "公?升(?!级|至|到|为)", "lit(?:er|re)s?"),
    ("size", "ml", "毫升", "millilit(?:er|re)s?|ml"),
    ("size", "km", "公里|千米", "kilomet(?:er|re)s?|kms?"),
    ("size", "cm", "厘米|公分", "centimet(?:er|re)s?|cm"),
    ("size", "mm", "毫米", "millimet(?:er|re)s?|mm"),
    ("size", "m", "米(?!粒|饭)|公尺", "met(?:er|re)s?|m"),
    ("size", "mile", "英里|哩", "miles?"),
    ("size", "nmi", "海里", "nautical miles?"),
    ("size", "foot", "英尺|呎", "feet|foot|ft"),
    ("size", "inch", "英寸|吋", "inch(?:es)?"),
    ("size", "li", "华里|里(?!面|程|外|约|斯|亚|拉|氏)", "li"),
    ("mass", "kg", "公斤|千克", "kilograms?|kilos?|kgs?"),
    ("mass", "mg", "毫克", "milligrams?|mg"),
    ("mass", "g", "克(?!拉|服|隆|里|莱|罗|林)", "grams?|g"),
    ("mass", "t", "吨", "(?:metric )?(?:tons?|tonnes?)"),
    ("mass", "jin", "斤", "jin|catt(?:y|ies)"),
    ("mass", "lb", "磅", "lbs?"),
    ("temperature", "C", "摄氏度|℃|°C", "(?:degrees? )?(?:celsius|centigrade)|° ?C|℃"),
    ("temperature", "F", "华氏度|℉|°F", "(?:degrees? )?fahrenheit|° ?F|℉"),
    ("power", "kWh", "千瓦时|千瓦小时", "kWh|kilowatt[- ]hours?"),
    ("power", "kW", "千瓦", "kW|kilowatts?"),
    ("power", "MW", "兆瓦", "MW|megawatts?"),
    ("power", "GW", "吉瓦", "GW|gigawatts?"),
    ("pressure", "MPa", "兆帕|百万帕", "MPa|megapascals?"),
    ("pressure", "kPa", "千帕", "kPa|kilopascals?"),
    ("pressure", "hPa", "百帕", "hPa|hectopascals?"),
    ("pressure", "Pa", "帕(?![米尔特斯劳拉])|帕斯卡", "(?-i:Pa)|pascals?"),
    ("voltage", "kV", "千伏", "kV|kilovolts?"),
    ("voltage", "V", "伏(?=特|[，。、；）的])", "volts?"),
    ("money", "USD", "美元|美金|元美金", r"U\.?S\.? dollars?|USD"),
    ("money", "HKD", "港元|港币|港圆", "Hong Kong dollars?|HKD"),
    ("money", "CNY", "元人民币|人民币", "yuan|RMB|renminbi|CNY|Chinese yuan"),
    ("money", "EUR", "欧元", "euros?|EUR"),
    ("money", "GBP", "英镑", "(?:British )?pounds? sterling|British pounds?|GBP"),
    ("money", "GBP lb", "", "pounds?"),
    ("money", "JPY", "日元|日圆", "(?:Japanese )?yen|JPY"),
    ("money", "TWD", "新?台币|元新台币", "(?:New )?Taiwan dollars?|TWD"),
    ("money", "AUD", "澳元|澳大利亚元", "Australian dollars?|AUD"),
    ("money", "CAD", "加元|加拿大元", "Canadian dollars?|CAD"),
    ("money", "SGD", "新加坡元|新元|坡币", "Singapore dollars?|SGD"),
    ("money", "KRW", "韩元|韩圆", "(?:Korean )?won|KRW"),
    ("money", "RUB", "卢布", "(?:Russian )?r(?:o?u)bles?|RUB"),
    ("money", "INR", "卢比", "(?:Indian )?rupees?|INR"),
    ("money", "CHF", "瑞士法郎|瑞郎", "Swiss francs?|CHF"),
    ("money", "MOP", "澳门元|澳门币", "patacas?|MOP"),
    ("money", "THB", "泰铢|铢", "(?:Thai )?baht|THB"),
    ("money", f"CNY MOP {_DOLLARS}", "元(?!素|旦|件|月|首|年)|圆|块钱|块(?!$|[^，。；钱])", ""),
    ("money", _DOLLARS, "", "dollars?|bucks?"),
    ("money", "CNY", "", "fen|jiao"),
)  # fmt: skip
_BEFORE: Final = (
    (re.compile(r"(?:US|U\.S\.) ?\$ ?$|USD ?$"), "USD"),
    (re.compile(r"HK ?\$ ?$|HKD ?$|港[币元] ?$"), "HKD"),
    (re.compile(r"(?:RMB|CNY) ?[¥￥]? ?$|人民币 ?$"), "CNY"),
    (re.compile(r"NT ?\$ ?$|新?台币 ?$"), "TWD"),
    (re.compile(r"(?<![A-Z])(?:A|AU) ?\$ ?$"), "AUD"),
    (re.compile(r"(?<![A-Z])(?:C|CA|CAD) ?\$ ?$"), "CAD"),
    (re.compile(r"(?<![A-Z])(?:S|SG) ?\$ ?$"), "SGD"),
    (re.compile(r"(?:€|EUR) ?$"), "EUR"),
    (re.compile(r"(?:£|GBP) ?$"), "GBP"),
    (re.compile(r"[¥￥] ?$"), "CNY JPY"),
    (re.compile(r"(?<![A-Z])\$ ?$"), _DOLLARS),
)
DOLLARS: Final[Units] = frozenset(_DOLLARS.split())
_DATE: Final = ("month", "day", "year", "hour")
_DIMENSION: Final = (
    {unit: dimension for dimension, units, *_ in reversed(_TABLE) for unit in units.split()}
    | dict.fromkeys(_DATE, "date")
    | {"am": "half of the day", "pm": "half of the day", "label": "label", "permyriad": "share"}
)
TIMES: Final = frozenset(unit for unit, dimension in _DIMENSION.items() if dimension == "time")
_FILL: Final = r"(?:consecutive |full |whole |calendar |more |additional |other )?"
_ZH: Final = tuple(
    (re.compile(rf"[ 多余来几]{{0,2}}(?:{zh})"), frozenset(units.split()))
    for _, units, zh, _en in _TABLE
    if zh
)
_EN: Final = tuple(
    (re.compile(rf"[- ]?{_FILL}(?:{en})(?![A-Za-z])", re.IGNORECASE), frozenset(units.split()))
    for _, units, _zh, en in _TABLE
    if en
)
_RANGE: Final = re.compile(
    r" ?(?:%|°|℃)? ?(?:[-－–—~～、]|至|到|或|和|及|与|to|and|or|, and|, or) ?"
    r"(?:[A-Z]{0,3}[$€£¥] ?)?"
)
_MONEY: Final = tuple("$€£¥￥")
_PREFIXED: Final = {  # 四千米: 4 km, or 4,000 m
    "千米": frozenset({"m", "km"}),
    "千克": frozenset({"g", "kg"}),
    "千瓦": frozenset({"kW"}),
    "千帕": frozenset({"Pa", "kPa"}),
    "百帕": frozenset({"Pa", "hPa"}),
    "百万帕": frozenset({"Pa", "MPa"}),
    "千伏": frozenset({"V", "kV"}),
}
_OF_JOINT: Final = {"成": frozenset({"percent"}), "刻": frozenset({"minutes"})}
_SHARES: Final = {"百": "percent", "千": "permille", "万": "permyriad"}
_LABEL_ZH: Final = re.compile("[图表] ?$|附[件录] ?$")
_ARTICLE: Final = re.compile(" ?(?:条(?!件|例|款|约|线|路)|章(?!程)|节(?!目|日|约))")
_LABEL_EN: Final = re.compile(
    r"\b(?:chart|table|figure|fig\.|article|section|chapter|annex|appendix|box)s? $", re.IGNORECASE
)
_AFTERNOON: Final = re.compile("(?:下午|傍晚|晚上|当晚|今晚|昨晚)$")
_MORNING: Final = re.compile("(?:上午|早上|清晨|凌晨|早晨)$")
_AM_PM: Final = re.compile(r"(?:[:.]\d\d)? ?([ap])\.? ?m\b", re.IGNORECASE)
_MONTH_NEAR: Final = re.compile("|".join(sorted(MONTHS)))


def units_zh(text: str, claims: Sequence[Claim]) -> list[Units]:
    """Return the units of the numbers of a Chinese text, in simplified characters."""
    return _shared(text, claims, [_unit_zh(text, claim) for claim in claims])


def units_en(text: str, claims: Sequence[Claim]) -> list[Units]:
    """Return the units of the numbers of an English text."""
    return _shared(text, claims, [_unit_en(text, claim) for claim in claims])


def differ(one: Units, other: Units) -> bool:
    """Tell whether a number counts one thing in one text and another in the other.

    >>> differ(frozenset({"km"}), frozenset({"m"})), differ(frozenset({"km"}), frozenset({"kg"}))
    (True, False)
    """
    if not one or not other or one & other:
        return False
    dimensions = {_DIMENSION[unit] for unit in one} & {_DIMENSION[unit] for unit in other}
    return bool(dimensions - {"date"})  # which number of a date is the day, order tells


def is_money(units: Units) -> bool:
    """Tell whether a number is a sum of money.

    >>> is_money(frozenset({"CNY"})), is_money(frozenset({"GBP", "lb"}))
    (True, False)
    """
    return bool(units) and all(_DIMENSION[unit] == "money" for unit in units)


def span_with_unit(text: str, claim: Claim, lang: Lang) -> Span:
    """Return where a number stands together with its unit or its sign of money.

    >>> span_with_unit("about US$5 million", Claim(9, 18, "5 million", 5e6), "en")
    Span(start=6, stop=18)
    """
    before = text[max(0, claim.start - _NEAR) : claim.start]
    after = text[claim.stop : claim.stop + _NEAR]
    signs = (found for sign, _ in _BEFORE if (found := sign.search(before)))
    words = (found for word, _ in (_ZH if lang == "zh" else _EN) if (found := word.match(after)))
    sign, word = next(signs, None), next(words, None)
    return Span(
        claim.start - (len(sign[0]) if sign else 0), claim.stop + (word.end() if word else 0)
    )


def _unit_zh(text: str, claim: Claim) -> Units:
    before, after = (
        text[max(0, claim.start - _NEAR) : claim.start],
        text[claim.stop : claim.stop + _NEAR],
    )
    if "分之" in claim.text:
        share = _SHARES.get(claim.text[0])
        return frozenset({share}) if share else _NO_UNIT
    if claim.kind == "year":
        return frozenset({"year"})
    if _LABEL_ZH.search(before) or _ARTICLE.match(after):
        return frozenset({"label"})
    if claim.kind == "hour":
        return _half_of_day(claim, before, after)
    return _money_before(text, claim) or _measure_zh(claim, after)


def _measure_zh(claim: Claim, after: str) -> Units:
    if joint := joint_unit(claim.text):
        return _OF_JOINT.get(joint) or _first(_ZH, joint)
    if claim.text.endswith("成") or after.lstrip().startswith("厘"):
        return frozenset({"percent"})
    prefix, _factor = prefix_of(claim.text, claim.text + after, len(claim.text))
    return _PREFIXED.get(f"{prefix}{after[:1]}") or _first(_ZH, after)


def _unit_en(text: str, claim: Claim) -> Units:
    after = text[claim.stop : claim.stop + _NEAR]
    if claim.kind == "year":
        return frozenset({"year"})
    if claim.kind == "date":
        if claim.text.capitalize() in MONTHS:
            return frozenset({"month"})
        near = text[max(0, claim.start - _NEAR) : claim.stop + _NEAR]
        return frozenset({"day"}) if _MONTH_NEAR.search(near) else _NO_UNIT
    if _LABEL_EN.search(text[max(0, claim.start - _NEAR) : claim.start]):
        return frozenset({"label"})
    minutes = text[max(0, claim.start - 1) : claim.start] == ":"
    if not minutes and (half := _AM_PM.match(after)):
        return frozenset({"hour" if claim.value == NOON else f"{half[1].lower()}m"})
    return _money_before(text, claim) or _first(_EN, after)


def _half_of_day(claim: Claim, before: str, after: str) -> Units:
    """Return whether a Chinese hour is one of the morning or not, where it says so."""
    value = claim.value or 0.0
    if value == NOON or not after.lstrip().startswith(("时", "点")):
        return frozenset({"hour"})
    if value > NOON or _AFTERNOON.search(before):
        return frozenset({"pm"})
    return frozenset({"am"}) if _MORNING.search(before) else frozenset({"hour"})


def _money_before(text: str, claim: Claim) -> Units:
    before = text[max(0, claim.start - _NEAR) : claim.start]
    return next((frozenset(u.split()) for sign, u in _BEFORE if sign.search(before)), _NO_UNIT)


def _first(table: Sequence[tuple[re.Pattern[str], Units]], after: str) -> Units:
    return next((units for pattern, units in table if pattern.match(after)), _NO_UNIT)


def _shared(text: str, claims: Sequence[Claim], units: list[Units]) -> list[Units]:
    """Give each number of 3 to 5 km, of 3 and 5 km and of $3-5 the unit that one has."""
    gaps = [text[one.stop : other.start] for one, other in pairwise(claims)]
    for n, gap in enumerate(gaps):
        sign = text[max(0, claims[n].start - 1) : claims[n].start]
        if not units[n + 1] and sign in _MONEY and _RANGE.fullmatch(gap):
            units[n + 1] = units[n]
    for n, gap in reversed(list(enumerate(gaps))):
        if not units[n] and _RANGE.fullmatch(gap):
            units[n] = units[n + 1]
    return units
