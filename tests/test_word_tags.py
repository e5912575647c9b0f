"""Parts of speech of unlisted words: the same as HanTa finds them itself."""

from __future__ import annotations

import pytest
from HanTa import HanoverTagger as hanta  # noqa: N813 - a module

from aligner.lexicon.word_tags import WordTags

WORDS = (
    "",
    "q",
    "ab",
    "x-ray-like",
    "unquaylike",
    "quayside-based",
    "berthings",
    "lighthousekeeperships",
    "3,407.5",
    "b2b",
    "o’hara’s",
    "港口",
    "nonrenavigabilities",
)


@pytest.fixture(scope="module")
def tagger() -> hanta.HanoverTagger:
    """HanTa with its English model."""
    return hanta.HanoverTagger("morphmodel_en.pgz")


@pytest.mark.parametrize("word", WORDS)
def test_same_as_the_tagger(tagger: hanta.HanoverTagger, word: str) -> None:
    """Tags, their order and their numbers are those of the tagger, to the last bit."""
    ours = WordTags(tagger, (hanta.EMPTY, hanta.START, hanta.UNKNOWN))
    assert ours.analyse(word) == tagger.analyze_forward(word)
