"""Where Chinese text states a number, and which.

A Han numeral is more often part of a word (统一, 十分, 千方百计) than a number, so
one alone counts only where grammar makes it one: before a measure or unit (五个,
三年), after 第, as a list marker, in 百分之. A well-formed run of several (三十五)
counts by itself. 一 is as often an article, and counts only before units of time,
money, rank and the like, as does the English "one". The first numeral of a range
(三至五年, 十到二十万元) counts where the second does, and one before a unit with an SI prefix
(零点六百万帕) ends before the prefix.

Traditional characters, full-width figures and figures set apart by blanks (2 0 1 5
年, an artefact of PDF files) are folded one to one first, so that offsets stay those
of the text. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

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
from aligner.lang.han_numerals import NUMERALS, UNITS, fold_numerals, han_value
from aligner.lang.si_prefixes import KILO_UNIT, MEASURES, PREFIXED, prefix_of

_CLASSIFIER = (
    "[个条项次家人种类章节款目届名位倍级期批座所件份本部篇句段张片只支辆艘架台套场轮层栋幢间点"
    "步例代国省市县区镇村户口起大号元亩吨米克斤度时秒楼页线极册卷集门制会]"
)
_UNIT_WORD = (
    rf"{MEASURES}|年|月|日|天|周(?!围|边|密)|周?岁|个?小时|分钟|秒钟|季度|世纪|年代|星期|[美欧日港]元|英镑|港币|公里"
    "|公斤|公顷|[千厘毫]米|[千毫]克|平方|立方|百分点|中全会|方面|环节|维(?!码)|摄氏|等[奖功]|[%℃]"
)
# Words that begin like a classifier: 三点心得, 十大家族, 四大地区 stay; these do not count.
_NO_CLASSIFIER = "点[心缀]|大[地家街洲学]|度过|制[度造定]|极[分化端]|会[议员上在长见面]|线索|时期"
_MEASURE = rf"(?:{_UNIT_WORD}|(?!{_NO_CLASSIFIER}){_CLASSIFIER})"
_ONE_UNIT = (
    r"(?:年(?!一|来|前|到头|多|之计|四季)|个?月|日(?!千)|个?小时|分钟|个工作日|个百分点|周(?!围|边|密)|星期"
    r"|周?岁|级(?!市)|号|期(?!间)|季度|等[奖功]|审|[美欧日港]?元(?!化|论|素)|公里|[千厘毫]?米|吨|公?斤"
    r"|[千毫]克|亩|公顷|[%℃])"
)
_HAN = f"[{NUMERALS}]"
_BLANK = "[ \u3000\u00a0]"
_SCALE = rf"(?:[十亿]|百(?!万?帕|[货姓科分])|千(?!{KILO_UNIT})|万(?![科达])|兆(?=[元美港日]))"
_TENTHS = r"成(?=[以左多上的、，。；）]|$)"
_ALONE = r"(?=[、，,和及至到与]|条|章|节|款|项|个|产业|季度|批|届|期|编|目)"

_MASTER = re.compile(
    rf"(?P<name>{NUMBERED_NAMES})"
    rf"|(?P<spaced>(?<![0-9.])[0-9](?:{_BLANK}[0-9.]){{1,11}}(?={_BLANK}?{_MEASURE}))"
    rf"|(?P<grouped>(?<![0-9.])[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}}){{1,4}}(?={_BLANK}?{_MEASURE}))"
    rf"|(?P<decade>(?:(?:[0-9]{{1,2}}|{_HAN}{{1,3}}){_BLANK}?世纪{_BLANK}?)?(?:[1-9]0{_BLANK}?|[一二三四五六七八九]?十)年代)"
    rf"|(?P<share>[百千万]分之(?:{FIGURES}|{_HAN}+(?:点{_HAN}+)?))"
    rf"|(?P<fraction>(?:[0-9]{{1,3}}|{_HAN}+)分之(?:[0-9]{{1,3}}|{_HAN}+))"
    rf"|(?P<slash>{SLASH})"
    rf"|(?P<chain>{CHAIN})"
    rf"|(?P<figures>{FIGURES})"
    rf"|(?P<sign>[{SIGNS}])"
    rf"|(?P<roman>(?<![A-Za-z])(?:{ROMAN}(?<=[IVX][IVX])|[IVX](?={_BLANK}?[期级类型章]))(?![A-Za-z]))"
    rf"|(?P<marker>^{_BLANK}*{_HAN}+(?=[、．.](?![0-9]))|[（(〔【]{_BLANK}?{_HAN}+(?={_BLANK}?[）)〕】]))"
    rf"|(?P<ordinal>第{_BLANK}?{_HAN}+(?!时间|手资料|手信息)(?:[、和至到]{_HAN}+{_ALONE})*)"
    r"|(?P<told>(?<![^。；，：;,:\s“])[一二三四五六七八九十]{1,2}(?=[是要])|其[一二三四五](?=[，,是]))"
    r"|(?P<first>首(?=[次个届批家例任轮台套座条位名先]))"
    r"|(?P<plan>十[一二三四五六]五(?![百千万亿]))"
    rf"|(?P<tenths>[一二两三四五六七八九](?:{_TENTHS}))"
    rf"|(?P<decimal>{_HAN}+点[〇零一二三四五六七八九]+"
    rf"(?:(?={PREFIXED})|(?:(?:[百千](?=[万亿]))?[万亿]+)?(?![十百千时分刻])))"
    rf"|(?P<han>{_HAN}+)",
    re.MULTILINE,
)
_SCALES = re.compile(rf"{_BLANK}?[余多几]?{_BLANK}?((?:{_SCALE})+)|{_TENTHS}")
_PIECE = re.compile(rf"{_BLANK}?({FIGURES}){_BLANK}?((?:{_SCALE})+)")
_MEASURE_HERE = re.compile(rf"[余多来]?{_BLANK}?{_MEASURE}")
_ONE_HERE = re.compile(_ONE_UNIT)
_HOLIDAY = re.compile("”?(?:黄金周|假期|长假|国庆)")
_RUN = re.compile(f"{_HAN}+")
_TO = rf"{_BLANK}?(?:[至到~～—–－-]|——|或){_BLANK}?"
_SECOND = re.compile(
    rf"{_TO}({_HAN}+)(?:(?=[余多来]?{_BLANK}?{_MEASURE})|(?={_TENTHS})|(?<=[万亿]))"
)
_NEIGHBOUR = re.compile(rf"、([一二三四五六七八九])[十百千万亿]*{_MEASURE}")  # 三、四万元
_SECOND_BARE = re.compile(rf"[到至]({_HAN}+)(?=[^\w\s]|$|的|之间)")  # 从一到十
_DATE_HERE = re.compile("[月日号点时]")
_SECOND_SHARE = re.compile(rf"{_TO}({_HAN}+(?:点{_HAN}+)?)(?!{_HAN}|分之)")
_BARE_DIGITS = re.compile("[一二三四五六七八九]{2,3}")
_BARE = "〇零百千万亿"  # alone or in front they make a word more often than a number
_NOT_ONE = "这那每某哪同统唯逐之任进专划合归单不新另万"  # 统一级别, 这一年
_TEN = 10
_NOT_COUNTED = "数几好"  # 数十, 几百万: dozens, millions
_FACTORS = {name: Decimal(value) for name, value in UNITS.items()} | {"兆": Decimal(10**12)}


def numbers_zh(text: str) -> Iterator[Found]:
    """Yield the numbers of a Chinese text in reading order."""
    folded = fold_numerals(text)
    at = 0
    while match := _MASTER.search(folded, at):
        at = match.end()
        read = _READERS.get(match.lastgroup or "")
        for found in read(folded, match) if read else ():
            at = max(at, found[1])
            yield found


def _factor(units: str) -> Decimal:
    product = Decimal(1)
    for unit in units:
        product *= _FACTORS[unit]
    return product


def _figures(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read figures with what follows: 2.5万, 3亿5000万, 10余万, 3成."""
    value, stop = to_decimal(match[0]), match.end()
    if value is None:
        return
    if scales := _SCALES.match(text, stop):
        factor = _factor(scales[1]) if scales[1] else Decimal(10)
        value, stop = value * factor, scales.end()
        while (piece := _PIECE.match(text, stop)) and _factor(piece[2]) < factor:
            factor = _factor(piece[2])
            value, stop = value + (to_decimal(piece[1]) or 0) * factor, piece.end()
    yield match.start(), stop, float(value)


def _spaced(_: str, match: re.Match[str]) -> Iterator[Found]:
    figures = "".join(match[0].split())
    if re.fullmatch(FIGURES, figures) and (value := to_decimal(figures)) is not None:
        yield *match.span(), float(value)


def _decade(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 20世纪80年代 as the year 1980, and 80年代 too."""
    head, _sep, tail = match[0].removesuffix("年代").rpartition("世纪")
    decade = _numeral(tail.strip())
    century = _numeral(head.strip()) if head else (20 if decade >= 30 else 1)
    yield *match.span(), float((century - 1) * 100 + decade)


def _share(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 百分之三十五 as 35, the figure before a percent sign."""
    part = match[0][3:]
    value = to_decimal(part) if part[0].isascii() else _han_decimal(part)
    if value is None:
        return
    yield *match.span(), float(value)
    second = _SECOND_SHARE.match(text, match.end())  # 百分之三至五
    if second and (above := _han_decimal(second[1])) is not None and above > value:
        yield *second.span(1), float(above)


def _fraction(_: str, match: re.Match[str]) -> Iterator[Found]:
    below, above = (_numeral(part) for part in match[0].split("分之"))
    if 0 < above < below:
        yield *match.span(), above / below


def _slash(_: str, match: re.Match[str]) -> Iterator[Found]:
    value = slash_value(match[0])
    if value is not None:
        yield *match.span(), value
        return
    yield from chain_numbers(match[0], match.start())


def _runs(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read every run of numerals in a match that needs no further proof."""
    for run in _RUN.finditer(match[0]):
        value = han_value(run[0])
        if value is not None and run[0] not in _BARE:
            yield match.start() + run.start(), match.start() + run.end(), float(value)


def _plan(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 十四五 as the 14th five-year plan: 14 and 5."""
    start, stop = match.span()
    yield start, stop - 1, float(_numeral(match[0][:-1]))
    yield stop - 1, stop, 5.0


def _decimal(_: str, match: re.Match[str]) -> Iterator[Found]:
    figures = match[0].rstrip("百千万亿")
    value = _han_decimal(figures)
    if value is not None:
        yield *match.span(), float(value * _factor(match[0][len(figures) :]))


def _han(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read a run of numerals if what stands round it makes it a number."""
    run, (start, stop) = match[0], match.span()
    prefix, _factor_of_it = prefix_of(run, text, stop)
    if run.endswith("千") and text.startswith(("吨", "升"), stop):
        prefix = "千"
    if prefix and han_value(run) is None and stop - start > 1:  # 二百二十千伏, 二十千吨
        run, stop = run.removesuffix(prefix), stop - len(prefix)
    before = text[max(0, start - 2) : start]
    if before.endswith(tuple(_NOT_COUNTED)) or text.startswith("几", stop):
        return
    if len(run) == 1:
        counts = _single_counts(run, before, text, stop) or _opens_range(run, before, text, stop)
    elif _BARE_DIGITS.fullmatch(run):
        yield from _bare_digits(run, start, text, stop)
        return
    elif run == "十一" and _HOLIDAY.match(text, stop):
        return
    else:
        counts = (
            run[0] not in _BARE or before.endswith("每") or bool(_MEASURE_HERE.match(text, stop))
        )
    value = han_value(run) if counts else None
    if value is None:
        return
    yield start, stop, float(value)
    if (second := _bare_second(before, text, stop)) and value < (han_value(second[1]) or 0):
        yield *second.span(1), float(han_value(second[1]) or 0)


def _single_counts(run: str, before: str, text: str, stop: int) -> bool:
    if run == "一":
        return not before.endswith(tuple(_NOT_ONE)) and bool(_ONE_HERE.match(text, stop))
    weekday = before.endswith(("星期", "礼拜")) or (
        before.endswith("周") and not text.startswith("次", stop)
    )
    return run not in _BARE and not weekday and bool(_MEASURE_HERE.match(text, stop))


def _opens_range(run: str, before: str, text: str, stop: int) -> bool:
    """Tell whether a numeral is the first of a range whose second has a measure: 三至五年."""
    low = han_value(run)
    if run in _BARE or low is None or before.endswith(("周", "星期", "礼拜")):
        return False
    second = _SECOND.match(text, stop)
    if run == "一" and second:  # 统一至三年; 一到三月, as soon as March comes
        soon = text[stop : stop + 1] == "到" and _DATE_HERE.match(text, second.end())
        if soon or before.endswith(tuple(_NOT_ONE)):
            return False
    if low and low < _TEN and (neighbour := _NEIGHBOUR.match(text, stop)):
        return han_value(neighbour[1]) == low + 1
    second = second or _bare_second(before, text, stop)
    return second is not None and low < (han_value(second[1]) or 0)


def _bare_second(before: str, text: str, stop: int) -> re.Match[str] | None:
    """Find the second numeral of 从一到十, which has no measure."""
    return _SECOND_BARE.match(text, stop) if before.endswith(("从", "由", "自")) else None


def _bare_digits(run: str, start: int, text: str, stop: int) -> Iterator[Found]:
    """Read 九八年 as a year and 三四个 as three or four; 一二三产业 is neither."""
    values = [_numeral(char) for char in run]
    if values == list(range(values[0], values[0] + len(run))):
        if _MEASURE_HERE.match(text, stop):
            yield from ((start + n, start + n + 1, float(v)) for n, v in enumerate(values))
    elif text.startswith("年", stop):
        yield start, stop, float(_numeral(run))


def _numeral(numeral: str) -> int:
    if numeral[0].isascii():
        return int(numeral)
    return han_value(numeral) or 0


def _han_decimal(numeral: str) -> Decimal | None:
    """Return the value of 三点五 or of a numeral without a point."""
    whole, _, part = numeral.partition("点")
    value = 0 if whole in "〇零" else han_value(whole)
    places = han_value("〇" + part) if part else 0
    if value is None or places is None:
        return None
    return Decimal(value) + Decimal(places).scaleb(-len(part))


def _chain(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield from chain_numbers(match[0], match.start())


def _sign(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield *match.span(), sign_value(match[0])


def _roman(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield *match.span(), float(roman_value(match[0]))


def _tenths(_: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 三成 as 30, the figure before a percent sign."""
    yield *match.span(), 10.0 * _numeral(match[0][0])


def _first(_: str, match: re.Match[str]) -> Iterator[Found]:
    yield *match.span(), 1.0


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Found]]] = {
    "spaced": _spaced,
    "grouped": _spaced,
    "decade": _decade,
    "share": _share,
    "fraction": _fraction,
    "slash": _slash,
    "chain": _chain,
    "figures": _figures,
    "sign": _sign,
    "roman": _roman,
    "marker": _runs,
    "ordinal": _runs,
    "told": _runs,
    "first": _first,
    "plan": _plan,
    "tenths": _tenths,
    "decimal": _decimal,
    "han": _han,
}
