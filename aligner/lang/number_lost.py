"""Which numbers of a Chinese text a translation may not leave out.

Translators leave out dates and small counts, or say them in another way: on Wednesday, the
four of them, the last quarter. What they may not leave out is a quantity in figures, and a
date, an hour, a measure, an article's number or a table's of which no word is left.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.lang.claims import MIDNIGHT, Claim
from aligner.lang.number_sides import NumberSide
from aligner.span import Lang

_LIST: Final = 80  # characters before a number in which what it counts may be listed
_SUMMING: Final = ("第", "这", "该", "其", "以上", "上述", "等", "首", "前")  # these 4, the 4th
_COUNTED: Final = re.compile(
    r" ?[个名家项次人位件所座条处户辆艘架起宗例套批支间款台头只张](?!省|外)"
)
_MONTH_WORDS: Final = re.compile(r"\b(?:months?|monthly|may|march)\b", re.IGNORECASE)
_MONTH_BEFORE: Final = re.compile(r"[0-9] ?月 ?$")
_DAY_WORDS: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day|tomorrow|daily|eve|that day"
    r"|the (?:next|same|following|previous|first|last) day|week of)\b",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile("周[一二三四五六日]|星期|礼拜|今[天日]|昨[天日]|明[天日]")
_HOUR_WORDS: Final = re.compile(r"\b(?:noon|midday|midnight|hours?)\b", re.IGNORECASE)
_VAGUE: Final = re.compile(" ?[多余来几]")
_FAR: Final = "十万八千"  # 里: as far as the Monkey King leaps, and no distance
_ARTICLE: Final = re.compile(" ?[条章节款号]")
_ALL: Final = 100.0
# 100 per cent in a word. A growth of 100 per cent (增长百分之百) is another thing.
_WHOLE: Final = {
    "en": re.compile(
        r"\b(?:all|every(?:one|body|thing|where)?|each|both|none|no"
        r"|entire(?:ly|ty)?|full(?:y)?|(?:in|the) whole|whol(?:e|ly)|complete(?:ly)?|total(?:ly)?"
        r"|absolute(?:ly)?|perfect(?:ly)?|pur(?:e|ely)|utter(?:ly)?|thorough(?:ly)?|always"
        r"|certain(?:ly)?|sure(?:ly)?|universal(?:ly)?|exclusively|sole(?:ly)?|nothing|nobody|outright"
        r"|without exception|guaranteed?)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "(?<![安健])全(?![球国市省县区年面])|所有|一切|都|均|皆|一律|无一|每|满|整|凡|纯|彻底|绝对|独资|一定|肯定"
    ),
}
_GROWS: Final = re.compile(r"[增长升涨高加大多降减跌少低快][^，。；、\d]{0,5}(?<![到至达为])$")
_LABELS: Final = ("图", "表", "附件", "附录")


def is_lost(src: NumberSide, n: int, en: str) -> bool:
    """Tell whether a number that an English text says in no way is missed there."""
    claim = src.numbers[n]
    if is_whole(claim, en, "en") and not _GROWS.search(_before(src, claim)):
        return False
    if claim.must_appear or _is_label(src, n):
        return True
    if claim.spare or not claim.figures:
        return _is_measure(src, n)
    if claim.kind == "date":
        return _is_lost_date(src, n, en)
    if claim.kind == "hour":
        return (claim.value or 0.0) not in (0.0, MIDNIGHT) and not _HOUR_WORDS.search(en)
    counts = claim.kind == "plain" and claim.counts and claim.value != 1
    return counts and (bool(src.units[n]) or _is_count(src, claim))


def is_whole(claim: Claim, other: str, lang: Lang) -> bool:
    """Tell whether a number is 100 per cent, and the other text says as much in a word.

    >>> is_whole(Claim(0, 4, "百分之百", 100.0, share=True), "All of them passed.", "en")
    True
    """
    return claim.share and claim.value == _ALL and bool(_WHOLE[lang].search(other))


def _before(src: NumberSide, claim: Claim) -> str:
    return src.text[max(0, claim.start - _LIST) : claim.start].rstrip()


def _is_label(src: NumberSide, n: int) -> bool:
    """Tell whether a number names an article or a table, or is a percentage in brackets."""
    claim = src.numbers[n]
    before = _before(src, claim)
    if before.endswith("第") and _ARTICLE.match(src.text, claim.stop):
        return True
    closed = claim.share and before[-1:] in ("(", "（")
    return bool(claim.figures) and (closed or before.endswith(_LABELS))


def _is_measure(src: NumberSide, n: int) -> bool:
    """Tell whether a number in characters is a measure: 十五日, 两千余元."""
    claim = src.numbers[n]
    dated = claim.kind == "date" and _before(src, claim).endswith("月")
    vague = claim.vague or _VAGUE.match(src.text, claim.stop) or claim.text == _FAR
    return claim.is_exact and bool(src.units[n]) and not (claim.spare or vague or dated)


def _is_lost_date(src: NumberSide, n: int, en: str) -> bool:
    if "month" in src.units[n]:
        return not _MONTH_WORDS.search(en)
    told = _DAY_WORDS.search(en) and not _WEEKDAY.search(src.text)
    return bool(_MONTH_BEFORE.search(_before(src, src.numbers[n]))) and not told


def _is_count(src: NumberSide, claim: Claim) -> bool:
    """Tell whether a figure counts what follows, and nothing before it says as much."""
    before = _before(src, claim)
    if before.endswith(_SUMMING) or before.count("、") + 1 >= (claim.value or 0.0):
        return False
    return bool(_COUNTED.match(src.text, claim.stop))
