"""How likely a reviser accepts a row of a proposed glossary.

That the run is a term, as both languages say, counts most (`Wanted.score`). It says little
of common words: 医院 is a term of a text on hospitals and a word of any other. So a word of
the dictionary counts by how much commoner it is here than in the language, and one English
word for a Chinese term less than two. With more English words than Chinese ones the
rendering is rather a piece of its sentence.

A logistic model, its weights rounded. It was fitted on 595 rows that were read one by one, of
six short texts (a law, a guideline, a work report, a manual, an impact report, a feature) and
ten of the development inputs; out of the text that is asked about, the area under the curve
is .81, that of the score alone .75.
"""

from __future__ import annotations

from math import log
from typing import Final

from aligner.lang.shadow import shadow
from aligner.lexicon.words import cut_words, word_cutter

LEAST_WORTH: Final = 0.5  # log odds: P .62
_TERM: Final = 0.66  # a unit of `Wanted.score`
_PLACES: Final = 0.3  # a unit of the natural logarithm of the number of places
_KEEN: Final = 0.29  # the same of how much commoner a word of the dictionary is here
_COMMON: Final = -0.5  # a word of the dictionary
_MORE: Final = -0.7  # each English word more than Chinese ones
_SINGLE: Final = -1.6  # one English word alone
_NAME: Final = 0.8  # two words or more with capitals
_LATIN: Final = 3.0  # a name or identifier in Latin letters, which the score does not know
_BASE: Final = 2.0
_FLOOR: Final = 0.5  # of a count that is none
_CHARACTERS: Final = 1.7  # of a Chinese word on average
_DIGITS: Final = 6  # the last ones differ between processors


def row_worth(src: str, text: str, *, score: float, places: int, size: int) -> float:
    """Return the log odds that a reviser accepts a row.

    Args:
        src: The Chinese term.
        text: Its English citation form.
        score: Log odds that it is a term.
        places: Where it stands.
        size: Characters of the Chinese texts.
    """
    words, plain = text.split(), shadow(src).text
    worth = _BASE + _TERM * score + _PLACES * log(places)
    worth += _MORE * max(0, len(words) - len(cut_words(plain))) + _SINGLE * (len(words) == 1)
    worth += _NAME * (sum(word[:1].isupper() for word in words) > 1)
    if plain.isascii():
        worth += _LATIN
    elif usual := _share_in_language(plain):
        here = (places + _FLOOR) * _CHARACTERS / size
        worth += _COMMON + _KEEN * log(here / usual)
    return round(worth, _DIGITS)


def _share_in_language(word: str) -> float:
    """Return how common the segmenter's dictionary has a word; 0 if it lacks it."""
    cutter = word_cutter()
    cutter.check_initialized()
    count = cutter.FREQ.get(word, 0) or 0
    return (count + _FLOOR) / cutter.total if count else 0.0
