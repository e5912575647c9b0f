"""Whether a string is a word of English: what the inflection lexicon of lemminflect says.

Its lexicon is NIH's SPECIALIST, https://lhncbc.nlm.nih.gov/LSG. It is loaded on the first
question (under a second), so ask only where it decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from aligner.lang import marks_en as en


def is_english_word(word: str) -> bool:
    """Tell whether a string is an English word, in whatever form and case.

    >>> [is_english_word(word) for word in ("delegates", "closed", "readme", "gmbh")]
    [True, True, False, False]
    """
    return word.capitalize() in en.STARTERS or bool(_lemmas(word.lower()))


def is_base_form(word: str) -> bool:
    """Tell whether a word is a singular noun or the plain form of a verb.

    >>> [is_base_form(word) for word in ("Buffer", "Delegates", "Recently", "Speaking")]
    [True, False, False, False]
    """
    known = _lemmas(word.lower())
    return any(word.lower() in known.get(kind, ()) for kind in ("NOUN", "VERB"))


def word_classes(word: str) -> frozenset[str]:
    """Return the parts of speech that a word may have: `NOUN`, `VERB`, `ADJ`, `ADV`, `AUX`.

    >>> sorted(word_classes("Sales")), sorted(word_classes("follows"))
    (['NOUN'], ['VERB'])
    """
    return frozenset(_lemmas(word.lower()))


def is_inflected_verb(word: str) -> bool:
    """Tell whether a word may be a form of a verb other than the plain one.

    >>> [is_inflected_verb(word) for word in ("rose", "follows", "arrive")]
    [True, True, False]
    """
    return any(lemma != word.lower() for lemma in _lemmas(word.lower()).get("VERB", ()))


@lru_cache(maxsize=1 << 12)
def _lemmas(word: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllLemmas

    return cast("dict[str, tuple[str, ...]]", getAllLemmas(word))
