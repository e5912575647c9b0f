"""Places that a sentence cites: 第十八条第二款, Article 18, paragraph 2; 附件二, Annex II.

A Chinese citation has its kind and number, an English one its label and every value that
its number may have: (i) is one or the ninth letter. Which labels render a kind is a matter
of usage in translated statutes (款: paragraph, subsection, clause).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from aligner.lang.en_numerals import CARDINALS, ORDINALS
from aligner.lang.han_numerals import fold_numerals
from aligner.lang.labels import label_values
from aligner.span import Span

_LABELS: Final = {
    "条": "article art section rule clause regulation",
    "款": "paragraph para subsection subparagraph clause section item",
    "项": "item subparagraph paragraph para point clause subsection",
    "目": "item subitem point subparagraph",
    "章": "chapter part",
    "节": "section part",
    "编": "part book division",
    "篇": "part chapter",
    "部分": "part section division",
    "附件": "annex appendix attachment enclosure schedule",
    "附录": "annex appendix schedule",
    "附表": "schedule table annex appendix",
    "表": "table schedule chart",
    "图": "figure fig chart diagram map",
}
_NUMBER: Final = r"[（(]?(?:[一二三四五六七八九十百零〇]{1,5}|[0-9]{1,3})[)）]?"
_LIST: Final = rf"{_NUMBER}(?: ?[、，,和及与至到—-] ?{_NUMBER})*"
# 表一表决心 has no table: characters round it show that the number belongs to it
_CITED_ZH: Final = re.compile(
    rf"第 ?(?P<part>{_LIST}) ?(?P<of>部分|[条款项目章节编篇])"
    rf"|(?P<set>附[件录表]) ?(?P<number>{_LIST})(?![份个件页项张])"
    rf"|(?:(?<![\u4e00-\u9fff])|(?<=[见如在和与及由从据])) ?(?P<shown>[表图]) ?(?P<which>{_NUMBER})"
    r"(?![\u4e00-\u9fff])(?![.．]?\d)"
    rf"|(?<=[见如在和与及由从据])(?P<shown2>[表图]) ?(?P<which2>{_NUMBER})(?=[所中列示和与可])"
)
_SIMPLE: Final = str.maketrans("編錄圖與見據", "编录图与见据")
_ONE_ZH: Final = re.compile("[一二三四五六七八九十百零〇]+|[0-9]+")
_WORDS: Final = sorted({word for words in _LABELS.values() for word in words.split()}, key=len)
_ROMAN: Final = "[IVX]{1,5}|[ivx]{1,5}"
_VALUE: Final = (
    rf"(?:[0-9]{{1,3}}(?![0-9]|[,.][0-9]{{3}})|(?:{_ROMAN})\b|[A-Z]\b"
    rf"|[(（] ?(?:[0-9]{{1,3}}|{_ROMAN}|[A-Za-z]) ?[)）]|(?i:{'|'.join(CARDINALS)})\b)"
)
_CITED_EN: Final = re.compile(
    rf"\b(?P<label>(?i:{'|'.join(reversed(_WORDS))}|appendices))(?:e?s)?\.? (?:[Nn]o\. ?)?"
    rf"(?P<values>{_VALUE}(?:(?:, (?:and |or )?| and | or | to | ?[-–] ?|\.)?{_VALUE})*)"
)
_ONE_EN: Final = re.compile(r"[0-9]+|[A-Za-z]+")
_RANGE: Final = re.compile(" to |[-–]")
_JOINS: Final = frozenset(("and", "or", "to"))
_ORDINAL: Final = re.compile(
    rf"\b(?P<nth>{'|'.join(ORDINALS)}|[0-9]{{1,2}}(?:st|nd|rd|th))\b", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"[0-9]{1,3}")


class Citation(NamedTuple):
    """A place that is cited on one side, with each value that its number may have."""

    span: Span
    kind: str  # 条, 款; article, paragraph
    values: frozenset[int]


class Miscited(NamedTuple):
    """A citation that is another one in the translation."""

    src: Citation
    tgt: Citation


def cited_zh(text: str) -> list[Citation]:
    """Return what a Chinese text cites; each number of a list by itself.

    >>> [(one.kind, set(one.values)) for one in cited_zh("依照第十八条第二款第（三）项")]
    [('条', {18}), ('款', {2}), ('项', {3})]
    """
    found: list[Citation] = []
    for match in _CITED_ZH.finditer(fold_numerals(text).translate(_SIMPLE)):
        kind = match["of"] or match["set"] or match["shown"] or match["shown2"]
        numbers = match["part"] or match["number"] or match["which"] or match["which2"]
        found += [
            Citation(Span(*match.span()), kind, label_values(one[0]))
            for one in _ONE_ZH.finditer(numbers)
        ]
    return [one for one in found if one.values]


def cited_en(text: str) -> list[Citation]:
    """Return what an English text cites; each number of a list by itself, a range as one.

    >>> [(one.kind, sorted(one.values)) for one in cited_en("Article 18, paragraph (c)")]
    [('article', [18]), ('paragraph', [3])]
    """
    found = []
    for match in _CITED_EN.finditer(text):
        values = [
            label_values(one[0])
            for one in _ONE_EN.finditer(match["values"])
            if one[0].lower() not in _JOINS
        ]
        if len(values) == 2 and all(values) and _RANGE.search(match["values"]):
            every = frozenset().union(*values)
            values = [every | frozenset(range(min(every), max(every)))]
        span, kind = Span(*match.span()), _label(match["label"])
        found += [Citation(span, kind, one) for one in values if one]
    return found


def _label(written: str) -> str:
    return "appendix" if written.lower() == "appendices" else written.lower()


def miscited(src: str, tgt: str) -> list[Miscited]:
    """Return the citations of a Chinese text that are others in its translation.

    One is another if its number stands nowhere in the translation, where a label of its
    kind stands with a number that the Chinese does not have.
    """
    ours, theirs = cited_zh(src), cited_en(tgt)
    if not ours or not theirs:
        return []
    here = {value for one in ours for value in one.values} | _figures(fold_numerals(src))
    there = {value for one in theirs for value in one.values} | _figures(tgt) | _ordinals(tgt)
    free = [one for one in theirs if not one.values & here]
    found = []
    for one in ours:
        labels = _LABELS[one.kind].split()
        other = next((each for each in free if each.kind in labels), None)
        if other is not None and not one.values & there:
            free.remove(other)
            found.append(Miscited(one, other))
    return found


def _figures(text: str) -> set[int]:
    return {int(figure) for figure in _DIGITS.findall(text)}


def _ordinals(text: str) -> set[int]:
    words = (match["nth"].lower() for match in _ORDINAL.finditer(text))
    return {ORDINALS[word] if word in ORDINALS else int(word[:-2]) for word in words}
