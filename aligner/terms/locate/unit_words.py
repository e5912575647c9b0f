"""All units of an input, with their words as numbers, for statistics over the whole.

Words of all units stand end to end in flat arrays; `zh_first[u] : zh_first[u + 1]` are
those of unit u. An English word's number is that of its stem, so that `zone` and
`zones` are one; a Chinese word's that of its simplified form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.terms.locate import word_flags as facts
from aligner.terms.units import EnglishWords, TextUnit, english_words, word_key

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Units with their words."""

    units: tuple[TextUnit, ...]
    english: tuple[EnglishWords, ...]
    zh_first: Ints  # Shape (units + 1,)
    zh_start: Ints  # first character of each Chinese word, in its unit. Shape (words,)
    zh_stop: Ints
    zh_word: Ints  # its number in `zh_types`
    zh_types: tuple[str, ...]
    en_first: Ints
    en_word: Ints
    en_types: tuple[str, ...]  # a surface form of each stem
    en_flags: Ints  # see `aligner.terms.locate.score.word_flags`


def prepare(units: Sequence[TextUnit]) -> Corpus:
    """Cut the texts of all units into words.

    Cost: linear in the text; jieba takes most of it.
    """
    zh_ids: dict[str, int] = {}
    en_ids: dict[str, int] = {}
    en_types: list[str] = []
    zh_rows: list[tuple[int, int, int]] = []
    en_words: list[int] = []
    en_flags: list[int] = []
    zh_first, en_first = [0], [0]
    english = []
    for unit in units:
        for start, stop, word in chinese_words(unit.src):
            zh_rows.append((start, stop, zh_ids.setdefault(word, len(zh_ids))))
        found = english_words(unit.tgt)
        english.append(found)
        for word in found.words:
            key = word_key(word)
            if key not in en_ids:
                en_ids[key] = len(en_ids)
                en_types.append(word)
            en_words.append(en_ids[key])
        en_flags += facts.flags(found)
        zh_first.append(len(zh_rows))
        en_first.append(len(en_words))
    zh = np.array(zh_rows, dtype=np.int32).reshape(-1, 3)
    return Corpus(
        units=tuple(units),
        english=tuple(english),
        zh_first=np.array(zh_first, dtype=np.int32),
        zh_start=zh[:, 0].copy(),
        zh_stop=zh[:, 1].copy(),
        zh_word=zh[:, 2].copy(),
        zh_types=tuple(zh_ids),
        en_first=np.array(en_first, dtype=np.int32),
        en_word=np.array(en_words, dtype=np.int32),
        en_types=tuple(en_types),
        en_flags=np.array(en_flags, dtype=np.int32),
    )


def chinese_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a Chinese text with their places, without punctuation."""
    from aligner.lexicon import cut_words  # noqa: PLC0415 - loads jieba

    return tuple(
        (word.span.start, word.span.stop, word.text)
        for word in cut_words(text)
        if any(map(str.isalnum, word.text))
    )
