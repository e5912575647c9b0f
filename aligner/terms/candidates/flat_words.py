"""All Chinese texts end to end, in their simplified shadow, with the words that jieba cuts.

Everything is a flat array, so that repeated runs are counted without a loop over texts.
Between two texts stands a newline, which is in no word. Document numbers such as
国科发区〔2020〕187号 and 第二十一条 are cut out: their characters are an office's initials or
a place in the document, no words. A number is not parted from what it counts in: 万名工人 in
20万名工人 begins no run, since its English is another number each time; nor is it cut itself:
百分之二十 in 百分之二十七 is none either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.lang.han_numerals import NUMERALS, PLACE_DIGITS
from aligner.lang.shadow import Shadow, shadow
from aligner.lexicon import Lexicon
from aligner.lexicon.words import cut_shadow, word_cutter

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{1,6}\s?[〔\[(【]\s?(?:19|20)\d\d\s?[〕\])】]\s?第?\s?\d+\s?号"
    r"|第[一二三四五六七八九十百千零〇两\d]+[章节条款项编届次期批号页]"
)
IN_NUMBER = re.compile(r"(?<=\d)[百千万亿兆]|(?<=\d)月(?=\d)")  # 20万名, 10月16日
# 二十七, 四十六点八亿, 百分之六点三: no run begins or ends inside.
NUMERAL = re.compile(
    rf"(?:[百千万]分之)?[{NUMERALS}]{{2,}}(?:点[{PLACE_DIGITS}]+[万亿]*)?"
    rf"|(?:[百千万]分之)?[{NUMERALS}]点[{PLACE_DIGITS}]+[万亿]*"
    rf"|[百千万]分之[{NUMERALS}]"
)
# Figures, scales and fractions: no ordinal or plan, as 十四五 or 二十大 is.
AMOUNT = re.compile(rf"\d|[百千万]分之|[{NUMERALS}]+点[{PLACE_DIGITS}]|[{NUMERALS}]*[百千万亿]")
_JOINS = frozenset(" -‐‑·•・&/_'")  # may stand between two words of a term: SARS-CoV-2, 约翰·史密斯
_ENTRY_WORDS = 4  # words that may be one word of a dictionary together
_ENTRY_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class FlatWords:
    """The words of some texts."""

    shadows: tuple[Shadow, ...]
    text: str  # all shadows, a newline behind each
    first: Longs  # where each text begins in it. Shape (texts + 1,)
    word_first: Longs  # first word of each text. Shape (texts + 1,)
    start: Longs  # of each word, in `text`
    stop: Longs
    kind: Longs  # its number in `kinds`
    kinds: tuple[str, ...]
    parted: Bools  # whether a mark stands before the word
    barred: Bools  # whether it is part of a number of a document or section
    at: Longs  # word of each character, -1 for none. Shape (characters + 1,)
    inside: Bools  # whether a place is in the middle of a word that a dictionary has, or a number
    glued: Bools  # whether it is between words that are one in the dictionary


def flat_words(texts: Sequence[str], lexicon: Lexicon) -> FlatWords:
    """Cut texts into words. Cost: linear; jieba takes most of it."""
    shadows = tuple(shadow(text) for text in texts)
    whole = "".join(f"{copy.text}\n" for copy in shadows)
    first = np.cumsum([0, *(len(copy.text) + 1 for copy in shadows)])
    kinds: dict[str, int] = {}
    rows: list[tuple[int, int, int]] = []
    counts = [0]
    for base, copy in zip(first.tolist(), shadows, strict=False):  # the last is the end
        at_word = base
        for word in cut_shadow(copy.text):
            if any(map(str.isalnum, word)):
                end = at_word + len(word)
                rows.append((at_word, end, kinds.setdefault(word, len(kinds))))
            at_word += len(word)
        counts.append(len(rows))
    start, stop, kind = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    known = np.array([_known(word, lexicon) for word in kinds], dtype=bool)
    at = np.full(len(whole) + 1, -1, dtype=np.int64)
    sizes = stop - start
    at[_ranges(start, sizes)] = np.repeat(np.arange(len(start)), sizes)
    inner = np.zeros(len(whole) + 1, dtype=bool)
    cut = known[kind] if len(kind) else np.zeros(0, dtype=bool)
    inner[_ranges(start[cut] + 1, sizes[cut] - 1)] = True
    inner[[match.start() for match in IN_NUMBER.finditer(whole)]] = True
    spans = np.array([m.span() for m in NUMERAL.finditer(whole)], dtype=np.int64).reshape(-1, 2)
    inner[_ranges(spans[:, 0] + 1, spans[:, 1] - spans[:, 0] - 1)] = True
    return FlatWords(
        shadows=shadows,
        text=whole,
        first=first,
        word_first=np.array(counts, dtype=np.int64),
        start=start,
        stop=stop,
        kind=kind,
        kinds=tuple(kinds),
        parted=_parted(whole, start, stop),
        barred=_barred(whole, start, stop),
        at=at,
        inside=inner,
        glued=_glued(whole, start, stop, lexicon),
    )


def _known(word: str, lexicon: Lexicon) -> bool:
    """Whether a dictionary has a word: what the cutter made up may be cut again."""
    return bool(word_cutter().FREQ.get(word)) or word in lexicon or word.isascii()


def _ranges(start: Longs, size: Longs) -> Longs:
    """Return all numbers of some ranges, one behind the other."""
    size = np.maximum(size, 0)
    first = np.cumsum(size) - size
    numbers: Longs = np.arange(int(size.sum())) - np.repeat(first, size) + np.repeat(start, size)
    return numbers


def _parted(whole: str, start: Longs, stop: Longs) -> Bools:
    """Whether each word has a mark or the end of a text before it, or nothing."""
    ends = [0, *stop.tolist()]
    return np.array(
        [
            number == 0 or not _JOINS.issuperset(whole[end:begin])
            for number, (end, begin) in enumerate(zip(ends, start.tolist(), strict=False))
        ],
        dtype=bool,
    )


def _barred(whole: str, start: Longs, stop: Longs) -> Bools:
    found = np.zeros(len(whole) + 1, dtype=bool)
    for match in _NUMBERED.finditer(whole):
        found[match.start() : match.end()] = True
    barred: Bools = found[start] | found[np.maximum(stop - 1, 0)]
    return barred


def _glued(whole: str, start: Longs, stop: Longs, lexicon: Lexicon) -> Bools:
    """Whether each place is inside a dictionary word that the cutter does not know."""
    glued = np.zeros(len(whole) + 1, dtype=bool)
    begins, ends = start.tolist(), stop.tolist()
    for number, begin in enumerate(begins):
        for last in range(number + 1, min(number + _ENTRY_WORDS, len(begins))):
            if ends[last] - begin > _ENTRY_CHARACTERS or begins[last] != ends[last - 1]:
                break
            if whole[begin : ends[last]] in lexicon:
                glued[begins[number + 1 : last + 1]] = True
    return glued
