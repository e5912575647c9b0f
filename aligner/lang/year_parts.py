"""Halves and quarters that a text names: 上半年 and the second half, 三季度 and Q2.

Only what names one part by its place counts: 前三季度 are the first three quarters, 上季度 is
the one before. A part that one text names and the other does not mean in any way, and one that
the other text alone names or names more often, one of each, are one part that was changed.
Halves of other things (上半场, 下半叶) are held against each other in the same way. Linear in
the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.lang.claims import Claim
from aligner.lang.claims_zh import folded_zh


class _Part(NamedTuple):
    """How a part is named by its place, and how else a text may mean it."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    meant_zh: re.Pattern[str]
    meant_en: re.Pattern[str]


_LIST_ZH: Final = "[^。！？；]{0,8}?"  # 第一、二和三季度
_LIST_EN: Final = "[^.!?;]{0,30}?"  # the first, second and third quarters
_NOT_SEVERAL: Final = "(?<![第前首头上下近续去每十百至到、和及与0-9–-])"  # 前三季度, 一、二季度
_HALVED: Final = "(?:年|[场时叶段程夜旬部期赛生区截]|个?月|学[期年]|财年|个?世纪)"
_NOT_BEFORE: Final = "(?<![以之此今然最])"  # 之前半年: the half of a year before it
_NO_QUARTER: Final = r"(?![- ](?:century|finals?|hours?|miles?))"
_NO_HALF: Final = r"(?![- ](?:hours?|dozens?|miles?|days?|millions?|billions?|an?\b))"


_ANY: Final = re.compile(r"half|quarter|[QH][1-4]|[1-4][QH]", re.IGNORECASE)


def _part(zh: str, en: str, meant_zh: str, meant_en: str) -> _Part:
    return _Part(*(re.compile(one, re.IGNORECASE) for one in (zh, en, meant_zh, meant_en)))


def _symbol(letter: str, n: int) -> str:
    """Return the pattern of Q3 and 3Q, also before a year: 3Q19."""
    return rf"(?<![A-Z0-9])(?:{letter}{n}(?![A-Z0-9])|{n}{letter}(?![A-Z]))"


def _quarter(n: int, sign: str, ordinals: str, also: str = "(?!)") -> _Part:
    symbol = _symbol("Q", n)
    alone = rf"(?<![\d.])[{sign}{n}](?![\d.%年月日个])"
    return _part(
        rf"第 ?[{sign}{n}] ?季度?|{_NOT_SEVERAL}[{sign}{n}]季度|{also}季度?|{symbol}",
        rf"\b(?:{ordinals})[- ](?:fiscal )?quarter\b{_NO_QUARTER}|{symbol}",
        rf"(?:{alone}|{also}){_LIST_ZH}季|{symbol}",
        rf"\b(?:{ordinals}|last|final|closing|latest|previous){_LIST_EN}\bquarters?\b|{symbol}",
    )


def _half(n: int, signs: str, ordinals: str, meant_zh: str, meant_en: str) -> _Part:
    symbol = _symbol("H", n)
    return _part(
        rf"{_NOT_BEFORE}[{signs}]半{_HALVED}|{symbol}",
        rf"\b(?:{ordinals})[- ]half\b{_NO_HALF}|{symbol}",
        rf"[{signs}]半|{meant_zh}|{symbol}",
        rf"\b(?:{ordinals}|{meant_en}){_LIST_EN}\b(?:half|halves|(?:six|6) months)\b|{symbol}",
    )


_QUARTERS: Final = (
    _quarter(1, "一", "first|1st", also="首"),
    _quarter(2, "二", "second|2nd"),
    _quarter(3, "三", "third|3rd"),
    _quarter(4, "四", "fourth|4th", also="末"),
)
_HALVES: Final = (
    _half(1, "上前", "first|1st", "首半|[首头] ?[六6] ?个?月|中期", "earl(?:y|ier)|former|opening"),
    _half(2, "下后", "second|2nd|latter", "后 ?[六6] ?个?月", "later?|last|other|lower|remaining"),
)


def changed_parts(zh: str, en: str) -> Iterator[tuple[Claim, Claim]]:
    """Yield the half and the quarter that a translation takes for another, each at most once.

    >>> [(one.text, other.text) for one, other in changed_parts("三季度增长", "growth in Q2")]
    [('三季度', 'Q2')]
    """
    if not _ANY.search(en):
        return
    zh = folded_zh(zh)
    for parts in (_QUARTERS, _HALVES):
        ours = [list(part.zh.finditer(zh)) for part in parts]
        theirs = [list(part.en.finditer(en)) for part in parts]
        lost = [n for n, part in enumerate(parts) if ours[n] and not part.meant_en.search(en)]
        new = [n for n, part in enumerate(parts) if theirs[n] and not part.meant_zh.search(zh)]
        lost = lost or (_oftener(ours, theirs) if new else [])
        new = new or (_oftener(theirs, ours) if lost else [])
        if len(lost) == len(new) == 1 and lost != new:
            yield _nearest(ours[lost[0]], theirs[new[0]], zh, en)


_Named = Sequence[re.Match[str]]


def _oftener(named: Sequence[_Named], others: Sequence[_Named]) -> list[int]:
    """Return the parts that one text names more often than the other, which names them too."""
    return [n for n, own in enumerate(named) if len(own) > len(others[n]) > 0]


def _nearest(ours: _Named, theirs: _Named, zh: str, en: str) -> tuple[Claim, Claim]:
    """Return the names that stand at the same place of their texts, by the lengths of these."""
    one, other = min(
        ((a, b) for a in ours for b in theirs),
        key=lambda pair: abs(pair[0].start() / len(zh) - pair[1].start() / len(en)),
    )
    return _claim(one), _claim(other)


def _claim(match: re.Match[str]) -> Claim:
    return Claim(*match.span(), match[0], None, kind="date")
