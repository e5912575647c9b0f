"""Numbers by which a text refers: of articles and list items, of documents, of notes.

A label at the head of a unit has every value that it may have: (i) is one or the ninth
letter, c is three. Document numbers are those of GB/T 9704-2012: 沪文发〔2019〕35号.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from aligner.lang.digits import roman_value
from aligner.lang.en_numerals import CARDINALS
from aligner.lang.han_numerals import fold_numerals, han_value
from aligner.span import Span

_HAN: Final = "[一二三四五六七八九十百零〇]{1,5}|[0-9]{1,3}"
_HEAD_ZH: Final = re.compile(
    rf"\s*(?:第 ?(?P<part>{_HAN}) ?[条章节篇编款]|[（(] ?(?P<boxed>{_HAN}) ?[）)]"
    rf"|(?P<listed>{_HAN})(?:、|[.．](?![0-9]))|(?P<sign>[①-⑳]))"
)
_ROMAN: Final = r"[IVXivx]{1,5}"
_HEAD_EN: Final = re.compile(
    rf"\s*(?:(?:Article|Chapter|Section|Part|Clause|Rule|Art\.) (?P<part>[0-9]{{1,3}}|{_ROMAN}"
    rf"|[A-Z][a-z]+)\b|[（(] ?(?P<boxed>[0-9]{{1,3}}|{_ROMAN}|[A-Za-z]) ?[）)]"
    rf"|(?P<listed>[0-9]{{1,3}}|{_ROMAN}|[A-Za-z])(?:\)|[.．](?= ))|(?P<sign>[①-⑳]))",
)
_ROMAN_ONLY: Final = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_DOCUMENT: Final = re.compile(
    r"(?:(?:根据|依据|依照|按照|按|据|依|经|见|和|及|与)(?=[\u4e00-\u9fff]))?"
    r"(?P<body>[\u4e00-\u9fff]{1,12})[〔\[［【（(](?P<year>(?:19|20)[0-9]{2})[〕\]］】）)]"
    r" ?第? ?(?P<number>[0-9]{1,5}) ?[号號]"
)
_NOTE: Final = re.compile(r"(?<=\S)(?:\[([0-9]{1,3})\]|([¹²³⁰⁴-⁹]{1,3})|([①-⑳]))(?![、.\d])")


class DocumentNumber(NamedTuple):
    """The number of an official document, and where it stands."""

    span: Span
    year: int
    number: int


def head_label(text: str) -> tuple[Span, frozenset[int]] | None:
    """Return the label at the head of a Chinese or English text, with what it may stand for.

    >>> head_label("第十二条 本法自公布之日起施行。")
    (Span(start=0, stop=4), frozenset({12}))
    >>> head_label("(c) places of interest"), head_label("2015 was a good year")
    ((Span(start=0, stop=3), frozenset({3})), None)
    """
    folded = fold_numerals(text)
    match = _HEAD_ZH.match(folded) or _HEAD_EN.match(text)
    if match is None:
        return None
    values = label_values(match[match.lastgroup or 0])
    return (Span(*match.span()), values) if values else None


def label_values(label: str) -> frozenset[int]:
    """Return every value that a label without its brackets may have; none if it has none.

    >>> sorted(label_values("v")), sorted(label_values("十二")), sorted(label_values("Two"))
    ([5, 22], [12], [2])
    """
    if label.isascii() and label.isdecimal():
        return frozenset({int(label)})
    if not label.isascii():
        value = han_value(label)
        number = unicodedata.numeric(label, 0) if len(label) == 1 else 0
        return frozenset({value or int(number)} - {0})
    found = {CARDINALS.get(label.lower(), 0)}
    if _ROMAN_ONLY.fullmatch(label.upper()):
        found.add(roman_value(label))
    if len(label) == 1:
        found.add(ord(label.lower()) - ord("a") + 1)
    return frozenset(found - {0})


def document_numbers(text: str) -> list[DocumentNumber]:
    """Return the numbers of official documents in a Chinese text.

    >>> document_numbers("依据沪文发〔2019〕35号文件")[0][1:]
    (2019, 35)
    """
    return [
        DocumentNumber(
            Span(match.start("body"), match.end()), int(match["year"]), int(match["number"])
        )
        for match in _DOCUMENT.finditer(text)
    ]


def note_marks(text: str) -> dict[int, Span]:
    """Return the marks of notes in a text, [3], ³ and ③, by their numbers.

    >>> note_marks("增长了一成[2]，高于去年³。")
    {2: Span(start=5, stop=8), 3: Span(start=13, stop=14)}
    """
    found = {}
    for match in _NOTE.finditer(text):
        bracketed, raised, circled = match.groups()
        if circled:
            number = int(unicodedata.numeric(circled))
        else:
            number = int(bracketed or unicodedata.normalize("NFKC", raised))
        found[number] = Span(*match.span())
    return found
