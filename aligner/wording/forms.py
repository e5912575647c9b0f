"""Forms of one English word: number, British and American spelling, abbreviation.

Lemmas and parts of speech come from LemmInflect, whose table is the SPECIALIST
lexicon of the US National Library of Medicine; spellings from Breame. Both are
imported on first use, so importing this module does no work. All functions take
and give words in lower case.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, cast

# Shortened words that are read as the whole word.
_ABBREVIATIONS: Final = {
    "admin": "administration",
    "app": "application",
    "approx": "approximately",
    "apps": "application",
    "assn": "association",
    "biotech": "biotechnology",
    "cnty": "county",
    "co": "company",
    "corp": "corporation",
    "dept": "department",
    "dr": "doctor",
    "exam": "examination",
    "exams": "examination",
    "flu": "influenza",
    "gov": "government",
    "govt": "government",
    "ha": "hectare",
    "hi": "high",
    "inc": "incorporated",
    "info": "information",
    "intl": "international",
    "kg": "kilogram",
    "km": "kilometer",
    "lab": "laboratory",
    "labs": "laboratory",
    "ltd": "limited",
    "mgmt": "management",
    "mt": "mount",
    "natl": "national",
    "prof": "professor",
    "tech": "technology",
    "univ": "university",
    "usa": "us",
    "vs": "versus",
    "yr": "year",
}
# Spellings that Breame has not, or that meet in one American word although they mean
# two things: a tonne is no ton.
_SPELLINGS: Final = {
    "adviser": "advisor",
    "cheque": "check",
    "afterwards": "afterward",
    "amongst": "among",
    "enquiry": "inquiry",
    "focussed": "focused",
    "kerb": "curb",
    "practise": "practice",
    "skilful": "skillful",
    "tonne": "tonne",
    "towards": "toward",
    "upwards": "upward",
    "whilst": "while",
}
_ISE: Final = re.compile(r"(..+)is(ation|ational|e|ed|er|es|ing|able)\Z")
# What stands before -ise where it is no ending and never written -ize.
_NO_ENDING: Final = frozenset(
    """adv advert appr ar chast circumc compr comprom dem desp dev disenfranch disgu enfranch
    enterpr exc exerc expert franch improv inc merchand parad prec prem prom repr rev superv surm
    surpr telev treat""".split()  # noqa: SIM905 - reads best as words
)


@lru_cache(maxsize=1 << 15)
def parts_of_speech(word: str) -> dict[str, tuple[str, ...]]:
    """Return the lemmas of a word by part of speech; empty for an unknown word.

    >>> parts_of_speech("calling")
    {'VERB': ('call',)}
    """
    from lemminflect import getAllLemmas

    return cast("dict[str, tuple[str, ...]]", getAllLemmas(word))


def is_lemma(word: str, part_of_speech: str) -> bool:
    """Tell whether a word is the dictionary form of such a part of speech."""
    return word in parts_of_speech(word).get(part_of_speech, ())


def is_word(word: str) -> bool:
    """Tell whether the lexicon has a word, in whatever form."""
    return bool(parts_of_speech(word))


def singular(word: str) -> str:
    """Return the singular of a noun, any other word as it is.

    >>> [singular(word) for word in ("criteria", "businesses", "series", "supervises")]
    ['criterion', 'business', 'series', 'supervises']
    """
    known = parts_of_speech(word)
    lemmas = known.get("NOUN", ())
    if lemmas:
        if not word.endswith("s"):
            return word if word in lemmas else lemmas[0]
        word = min(
            (lemma for lemma in lemmas if word.startswith(lemma)), key=len, default=lemmas[0]
        )
        return word.removesuffix("s") if word.endswith("ings") else word
    if known or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("uses", "xes", "ches", "shes", "sses")) and len(word) > 6:  # viruses
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]


@cache
def _american() -> dict[str, str]:
    from breame.data.spelling_constants import (
        BRITISH_ENGLISH_SPELLINGS,
    )

    return {**BRITISH_ENGLISH_SPELLINGS, **_SPELLINGS}


def american(word: str) -> str:
    """Return the American spelling of a word.

    >>> [american(word) for word in ("programme", "organisation", "tonne", "advise")]
    ['program', 'organization', 'tonne', 'advise']
    """
    found = _american().get(word)
    if found is not None and found != word:
        return found
    ise = _ISE.match(word)
    if ise and ise[1] not in _NO_ENDING:
        ize = f"{ise[1]}iz{ise[2]}"
        made_up = not is_word(word) and is_word(ise[1])  # digital-ise
        if ise[2].startswith("ation") or made_up or is_word(ize):
            return ize
    return word


@lru_cache(maxsize=1 << 16)
def base_form(word: str) -> str:
    """Return the word that all forms and spellings of one noun share.

    >>> [base_form(word) for word in ("programmes", "Centres".lower(), "govt", "banking")]
    ['program', 'center', 'government', 'banking']
    """
    word = _ABBREVIATIONS.get(word, word)
    return american(singular(word))
