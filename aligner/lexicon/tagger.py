"""Parts of speech of English words in their sentence.

A hidden Markov model (HanTa, its model lies in its package) reads a sentence word by
word; its C5 tags are brought together in the twelve classes that matter for terms. Titles
in capitals are read as common words, since there the capitals say nothing.

Source: C. Wartena, "The Hanover Tagger (Version 1.1.0)", Hochschule Hannover, 2023,
https://doi.org/10.25968/opus-2457. Tags: the CLAWS C5 set of the British National Corpus.

Cost: linear, about 120,000 words a second; loading takes a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aligner.lexicon.tag_path import TagPath

SENTENCES_KEPT: Final = 1 << 15  # a text is read by several stages


class Tag(IntEnum):
    """A part of speech."""

    NOUN = 0
    NAME = 1
    ADJECTIVE = 2
    VERB = 3  # finite, infinitive or modal
    ING = 4
    PARTICIPLE = 5
    ADVERB = 6
    NUMBER = 7
    PREPOSITION = 8  # "of" too
    DETERMINER = 9
    CONJUNCTION = 10
    OTHER = 11  # pronoun, "to" before a verb, "not", letter, unknown


_BY_PREFIX: Final = (
    ("NP", Tag.NAME),
    ("NN", Tag.NOUN),
    ("AJ", Tag.ADJECTIVE),
    ("AV", Tag.ADVERB),
    ("CRD", Tag.NUMBER),
    ("ORD", Tag.NUMBER),
    ("PR", Tag.PREPOSITION),
    ("AT", Tag.DETERMINER),
    ("DP", Tag.DETERMINER),
    ("DT", Tag.DETERMINER),
    ("CJ", Tag.CONJUNCTION),
)


def tag_words(words: Sequence[str]) -> tuple[Tag, ...]:
    """Return the part of speech of each word of a sentence.

    Args:
        words: In order, without marks.

    >>> [tag.name for tag in tag_words(["The", "zone", "opened", "in", "May"])]
    ['DETERMINER', 'NOUN', 'VERB', 'PREPOSITION', 'NAME']
    """
    return _tagged(tuple(words))


@lru_cache(maxsize=SENTENCES_KEPT)
def _tagged(words: tuple[str, ...]) -> tuple[Tag, ...]:
    if not words:
        return ()
    shouted = sum(word.isupper() for word in words) > len(words) / 2
    read = [word.lower() for word in words] if shouted else list(words)
    return tuple(_class(tag) for tag in _tag_path().tags(read))


@cache
def _class(tag: str) -> Tag:
    if tag.startswith("V"):
        return {"G": Tag.ING, "N": Tag.PARTICIPLE}.get(tag[-1], Tag.VERB)
    return next((found for prefix, found in _BY_PREFIX if tag.startswith(prefix)), Tag.OTHER)


@cache
def _tag_path() -> TagPath:
    # On first use: a loop is compiled there.
    from HanTa import HanoverTagger as hanta  # noqa: N813 - a module

    from aligner.lexicon.tag_path import TagPath

    edges = hanta.EMPTY, hanta.START, hanta.END, hanta.UNKNOWN
    return TagPath(hanta.HanoverTagger("morphmodel_en.pgz"), edges)
