"""Ordinals that differ: 第三次 and the second time.

Only an ordinal that the other text says in no way counts: neither in a word nor in figures, nor
in a word of order that goes with any number (the last, the next, again). One of each language is
one ordinal that was changed. Quarters of a year are left to `year_parts`, dates to the numbers.
Linear in the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from aligner.lang.claims import Claim
from aligner.lang.en_numerals import CARDINALS, MONTHS, ORDINALS, any_of
from aligner.lang.han_numerals import han_value

_MONTH: Final = rf"(?:{any_of(MONTHS)})"
_TENS: Final = any_of(word for word, n in CARDINALS.items() if n >= 20)
# 第一、二 and 第三至五 are several; 第三季度 is a quarter
_ZH: Final = re.compile(
    r"第 ?([一二三四五六七八九十百]+|[0-9]+) ?"
    r"(?![0-9.一二三四五六七八九十百千万、/和及至到～~–—-]|个?季)"
)
# no ordinals: a date, a fraction, a century (which Chinese has without 第), part of another word
_EN: Final = re.compile(
    rf"(?<!\w)(?<!\w-)(?:(?:({_TENS})[- ])?({any_of(ORDINALS)})|([0-9]+)(?:st|nd|rd|th))\b"
    rf"(?![-/]|[- ](?:fiscal )?quarter| (?:of )?{_MONTH}|[- ,a-z0-9]{{0,20}}centur)",
    re.IGNORECASE,
)
_DATE: Final = re.compile(rf"\b{_MONTH}\.? (?:the )?$")
_FRACTION: Final = re.compile(r"\b(?:one|two|three|four|five|seven|nine)[- ]$", re.IGNORECASE)
_SHARE: Final = re.compile(r"s?\b (?:of|more|less|fewer|higher|lower)\b", re.IGNORECASE)
# what may stand for an ordinal: of any place, of the first, of the second, of the third
_ANY_EN: Final = r"last|final\w*|next|follow\w*|another|again|previous|once"
_ALSO_EN: Final = {
    1.0: r"top|main|major|key|prim\w+|initial\w*|former|opening|best|lead\w*|WWI|I",
    2.0: r"latter|runner\w*|second\w*|twice|WWII|II|other|else",
    3.0: r"third\w*|III",
}
_ALSO_ZH: Final = {
    1.0: re.compile("[首初先始头最起元早]"),
    2.0: re.compile("[又再另副亚双]|其次|次[日年月]"),
}


def changed_ordinals(
    zh: str, en: str, zh_claims: list[Claim], en_claims: list[Claim]
) -> Iterator[tuple[Claim, Claim]]:
    """Yield the only ordinals of two texts that the other one does not say, if they differ.

    Args:
        zh: As numbers are read from it.
        en: The translation.
        zh_claims: All that the Chinese says in numbers.
        en_claims: All that the English does.
    """
    ours = {value: claim for claim in _in_chinese(zh) if (value := claim.value)}
    theirs = {value: claim for claim in _in_english(en) if (value := claim.value)} if ours else {}
    if not theirs:
        return
    lost = _unsaid(ours, theirs, en_claims)
    new = _unsaid(theirs, ours, zh_claims)
    if len(lost) == len(new) == 1 and not _is_meant(lost[0], en, new[0], zh):
        yield ours[lost[0]], theirs[new[0]]


def _is_meant(lost: float, en: str, new: float, zh: str) -> bool:
    """Tell whether one of two ordinals is said in a word of order."""
    words = "|".join(filter(None, (_ANY_EN, _ALSO_EN.get(lost))))
    also = _ALSO_ZH.get(new)
    return bool(re.search(rf"\b(?:{words})\b", en) or (also and also.search(zh)))


def _unsaid(
    own: Mapping[float, Claim], others: Mapping[float, Claim], claims: list[Claim]
) -> list[float]:
    said = {value for claim in claims for value in claim.said | claim.converted}
    return [value for value in own if value not in others and value not in said]


def _in_chinese(text: str) -> Iterator[Claim]:
    for match in _ZH.finditer(text):
        value = int(match[1]) if match[1].isdecimal() else han_value(match[1])
        yield Claim(*match.span(), match[0].rstrip(), float(value or 0))


def _in_english(text: str) -> Iterator[Claim]:
    for match in _EN.finditer(text):
        tens, word, figures = match.groups()
        value = int(figures) if figures else ORDINALS[word.lower()]
        before = text[: match.start()]
        part = _FRACTION.search(before) or _SHARE.match(text, match.end())
        if not (_DATE.search(before) or (value > 2 and part)):
            yield Claim(
                *match.span(), match[0], float(value + CARDINALS.get((tens or "").lower(), 0))
            )
