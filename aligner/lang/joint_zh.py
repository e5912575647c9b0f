"""Quantities that Chinese gives in two units or two parts, and English in one number.

三元五角 is 3.5 yuan, 一成五 is 15 %, 一亩三分 is 1.3 mu, 一米七五 is 1.75 m, 三斤二两 is 3.2 jin;
民国二十六年 is 1937. The second unit is a tenth of the first and often left out (三块八).
Such a word may also be none: 五角大楼 (the Pentagon), 珠三角 (a delta), 八角 (a spice). So 角
alone counts only where the sentence goes on as behind an amount, and 三角, 八角 only with 钱.

Sources: the divisions of the yuan, of the mu (10 分), the jin (10 两) and the zhang (10 尺, a third
of a metre each) as in GB 3100-1993 and 《国务院关于在我国统一实行法定计量单位的命令》 (1984); the
reigns as in the table of eras (中国历史纪年表) that dictionaries print.

Linear in the text, which is folded as `claims_zh.folded_zh` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from aligner.lang.claims import Claim
from aligner.lang.digits import FIGURES
from aligner.lang.han_numerals import NUMERALS, han_value

_ONE: Final = "[一二两三四五六七八九1-9]"
_ANY: Final = rf"(?:{FIGURES}|[{NUMERALS}]+(?:点[{NUMERALS}]+)?)"
_BEFORE: Final = NUMERALS.replace("零", "")  # 找零七角
_ALONE: Final = rf"(?<![{_BEFORE}0-9.,第])"  # no numeral and no ordinal goes on here
_END: Final = r"(?=$|[^\w]|[的左以至到一每])"  # how a sentence goes on behind an amount
_JOINT: Final = re.compile(
    rf"{_ALONE}(?:"
    rf"(?P<yuan>{_ANY})[元块圆](?:零?(?P<jiao>{_ONE})[角毛](?!度)(?:(?P<fen>{_ONE})(?:分|{_END}))?"
    rf"|零(?P<only_fen>{_ONE})分(?![钟之]))钱?"
    rf"|(?P<kuai>{_ANY})块(?P<tenth>{_ONE})(?:钱|{_END})"
    rf"|(?P<small>{_ONE})(?:[角毛](?:(?P<below>{_ONE})分(?!钟)钱?|钱)|(?:(?<![三八38])[角毛]|(?<=八)角(?=[以左])){_END})"
    rf"|(?P<cent>{_ONE})分钱"
    rf"|(?P<tens>{_ONE})成(?P<ones>{_ONE}|半)(?![{NUMERALS}0-9成个名家人点])"
    rf"|(?P<field>{_ONE})分(?=[地田](?![方区势位里]))"
    rf"|(?P<mu>{_ANY})亩(?P<mu_fen>{_ONE})分(?![钟之])"
    rf"|(?P<jin>{_ANY})斤(?P<liang>{_ONE})两"
    rf"|(?P<zhang>{_ANY})丈(?P<zhang_chi>{_ONE})(?:尺|{_END})"
    rf"|(?P<chi>{_ANY})尺(?P<cun>{_ONE})(?:寸|{_END})"
    rf"|(?P<metre>{_ANY})米(?P<cm>[零〇]?{_ONE}[零〇一二三四五六七八九0-9]?)(?:{_END}|(?=[高长宽深多]))"
    rf"|(?P<degree>{_ANY})度(?P<tenth_degree>{_ONE}){_END}"
    r")"
)
# two numbers, and English may have one: 两小时三十分 is 150 minutes
_TWO: Final = tuple(
    (re.compile(rf"{_ALONE}({_ANY})(?:{first})[零又加]?({_ANY})(?:{second})"), parts)
    for first, second, parts in (
        ("个?小时|个?钟头", "分钟?", 60),
        ("分钟?", "秒", 60),
        ("年|周?岁", "个月", 12),
    )
)
_LIANG: Final = re.compile(
    rf"{_ALONE}([一二三四五六七八九十]|[0-9]+)两(?![{NUMERALS}个位名天年月次])"
)
_LIANG_GRAMS: Final = 50
_LIANG_OUNCES: Final = 1.7637
_SPLIT: Final = re.compile("([一二三四六七八九])([一二三四六七八九])开")  # 三七开: 30 to 70
_DOUBLED: Final = re.compile("翻了?([三四五六七八九3-9])番")
_REIGNS: Final = {  # the year before the first; 乾 is folded to 干
    "民国": 1911, "宣统": 1908, "光绪": 1874, "同治": 1861, "咸丰": 1850, "道光": 1820,
    "嘉庆": 1795, "干隆": 1735, "雍正": 1722, "康熙": 1661, "顺治": 1643, "崇祯": 1627,
    "万历": 1572, "嘉靖": 1521, "正德": 1505, "弘治": 1487, "成化": 1464, "永乐": 1402,
    "洪武": 1367, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
}  # fmt: skip
_REIGN: Final = re.compile(rf"({'|'.join(_REIGNS)})({_ANY}|元)年")
_TENTHS: Final = re.compile(rf"{_ALONE}(?<![统合])({_ONE})成(?![立为员都了不{NUMERALS}半])")
_COUNTS: Final = re.compile("[以左多上的、，。；）]|$")  # behind 三成, which is a share then
_QUARTERS: Final = re.compile(r"(?:(?<=[点时])|(?=.刻钟))([一二两三])刻(钟)?")
_YUAN: Final = re.compile("[元块圆角毛]|分钱$")

Read = Callable[..., tuple[Decimal, ...]]  # the quantity, then its parts and other units


def joint_claims(text: str) -> Iterator[Claim]:
    """Yield quantities in two parts as one number each; its parts are conversions of it."""
    for match in _JOINT.finditer(text):
        parts = {
            name: part if name == "cm" else _value(part)
            for name, part in match.groupdict().items()
            if part
        }
        value, *others = _READ[next(iter(parts))](**parts)
        claim = Claim(*match.span(), match[0], float(value), share="tens" in parts)
        claim.converted = {float(other) for other in others}
        yield claim


def join_neighbours(text: str, claims: Sequence[Claim]) -> None:
    """Add to the two numbers of 两小时三十分 that together they are 150 minutes, or 2.5 hours."""
    by_end = {claim.stop: claim for claim in claims}
    for pattern, parts in _TWO:
        for match in pattern.finditer(text):
            whole = parts * float(_value(match[1])) + float(_value(match[2]))
            for claim in (by_end.get(match.end(1)), by_end.get(match.end(2))):
                if claim is not None:
                    claim.converted |= {whole, whole / parts, round(whole / parts, 1)}


def reign_claims(text: str) -> Iterator[Claim]:
    """Yield 民国二十六年 and 光绪廿四年 as years of the common era."""
    for match in _REIGN.finditer(text):
        number = float(1 if match[2] == "元" else _value(match[2]))
        year = number + _REIGNS[match[1]]
        yield Claim(*match.span(), match[0], year, converted={number}, kind="year")


def share_claims(text: str) -> Iterator[Claim]:
    """Yield 三成 wherever it stands, and 六点三刻: a translation may not change what they say.

    It may leave them out, since they may be words without a number: 八成, most likely.
    """
    for match in _TENTHS.finditer(text):
        value = 10 * float(_value(match[1]))
        spare = not _COUNTS.match(text, match.end())
        yield Claim(*match.span(), match[0], value, {value / 10}, share=True, spare=spare)
    for match in _QUARTERS.finditer(text):
        number = float(_value(match[1]))
        claim = Claim(*match.span(), match[0], 15 * number, {number, number / 4}, spare=True)
        claim.kind = "plain" if match[2] else "hour"
        yield claim


def joint_phrases(text: str) -> Iterator[Claim]:
    """Yield what may be a measure or a multiple: 三两 (of rice), 翻三番, 三七开."""
    for match in _LIANG.finditer(text):
        value = float(_value(match[1]))
        grams = {_LIANG_GRAMS * value, _LIANG_GRAMS * value / 1000}
        yield Claim(*match.span(), match[0], None, grams | {round(_LIANG_OUNCES * value, 1)})
    for match in _DOUBLED.finditer(text):
        times = 2.0 ** float(_value(match[1]))
        yield Claim(*match.span(), match[0], None, {times, 100 * times, 100 * (times - 1)})
    for match in _SPLIT.finditer(text):
        yield Claim(
            *match.span(), match[0], None, {10.0 * float(_value(one)) for one in match[0][:2]}
        )


def joint_unit(words: str) -> str:
    """Return what a joint quantity counts, or nothing.

    >>> joint_unit("三元五角"), joint_unit("一亩三分"), joint_unit("三十五")
    ('元', '亩', '')
    """
    if _YUAN.search(words):
        return "元"
    if words.endswith("分"):
        return "亩"
    return next((unit for unit in "成亩斤米刻" if unit in words[1:]), "")


def _value(part: str) -> Decimal:
    if part == "半":
        return Decimal(5)
    if part[0].isascii():
        return Decimal(part.replace(",", ""))
    whole, _, places = part.partition("点")
    below = Decimal(han_value("〇" + places) or 0).scaleb(-len(places)) if places else Decimal(0)
    return Decimal(han_value(whole) or 0) + below


def _money(
    yuan: Decimal = Decimal(0),
    jiao: Decimal = Decimal(0),
    fen: Decimal = Decimal(0),
    only_fen: Decimal = Decimal(0),
) -> tuple[Decimal, ...]:
    below = 10 * jiao + fen + only_fen
    parts = (part for part in (yuan, below, jiao, fen) if part)
    return yuan + below / 100, *parts


def _metres(metre: Decimal, cm: str) -> tuple[Decimal, ...]:
    below = _value(cm).scaleb(-len(cm))  # 七五, 六, 零六
    return metre + below, 100 * (metre + below), metre, 100 * below


def _tenths(whole: Decimal, part: Decimal, *units: Decimal) -> tuple[Decimal, ...]:
    """Return a quantity in the first unit, then times each of the others, and its parts."""
    value = whole + part / 10
    return value, *(round(value * unit, 2) for unit in units), whole, part


_THIRD: Final = Decimal(1) / 3  # of a metre: 1 尺
_READ: Final[dict[str, Read]] = {
    "yuan": _money,
    "kuai": lambda kuai, tenth: _money(kuai, tenth),  # noqa: PLW0108 - names of groups
    "small": lambda small, below=Decimal(0): _money(jiao=small, fen=below),
    "cent": lambda cent: _money(only_fen=cent),
    "tens": lambda tens, ones: (10 * tens + ones, (10 * tens + ones) / 100),
    "field": lambda field: (field / 10, field),
    "mu": lambda mu, mu_fen: _tenths(mu, mu_fen, Decimal(1) / 15),
    "jin": lambda jin, liang: _tenths(jin, liang, Decimal("0.5"), Decimal(500)),
    "zhang": lambda zhang, zhang_chi: _tenths(zhang, zhang_chi, Decimal(10), 10 * _THIRD),
    "chi": lambda chi, cun: _tenths(chi, cun, _THIRD),
    "metre": _metres,
    "degree": lambda degree, tenth_degree: _tenths(degree, tenth_degree),  # noqa: PLW0108
}
