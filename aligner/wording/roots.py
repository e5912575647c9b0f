"""Tell whether two English words are derived from one root: innovation, innovative.

A word is followed down to the words that it may be built on: endings are taken off
and what is left must be a word of the part of speech to which the ending is added
(-ation to a verb, -ity to an adjective). So `university` does not lead to the noun
`universe`, nor `community` to `commune`. Two words are of one root if their ways
meet. Words whose senses parted long ago (station, state) are in `root_facts`.

A negative or other prefix changes the meaning and is no matter of derivation:
`legal` and `illegal` are of two roots here.

Words are in lower case, singular and in American spelling (`english_forms`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from os.path import commonprefix
from typing import Final

from aligner.wording.forms import american, is_lemma, is_word, parts_of_speech
from aligner.wording.root_facts import (
    ENDINGS,
    FALSE_STEPS,
    FAMILIES,
    PERSONS,
    SHORT_ROOTS,
    UNKNOWN_FAMILIES,
    Ending,
)

_DEPTH: Final = 4  # endings on one word: nation-al-iz-ation
_SHORTEST: Final = 4  # letters of a root; shorter ones meet by chance
_SHARED: Final = 6  # letters that a word and its kin have in common
_OPEN_ENDINGS: Final = frozenset(
    ("", "al", "an", "e", "ed", "ian", "ic", "ical", "ism", "ity", "ly", "n", "ous", "y")
)
_NAMES: Final = {"N": "NOUN", "V": "VERB", "A": "ADJ", "R": "ADV"}


@lru_cache(maxsize=1 << 14)
def same_root(one: str, other: str) -> bool:
    """Tell whether two different words are derived from one root.

    >>> same_root("innovation", "innovative"), same_root("industry", "industrial")
    (True, True)
    >>> same_root("police", "policy"), same_root("community", "communication")
    (False, False)
    """
    if _two_persons(one, other) or _changed_by_ism(one, other) or _changed_by_ism(other, one):
        return False
    return not origins(one).isdisjoint(origins(other)) or _unknown_kin(one, other)


def _unknown_kin(one: str, other: str) -> bool:
    """Tell whether a word that the lexicon lacks has the root of another: Singaporean.

    What they share must be long, and what is left of each an ending; of a technical word
    (cytolysis, cytolytic; contraindicated, contraindication) endings of one family.

    >>> _unknown_kin("lymphocyte", "lymphocytic"), _unknown_kin("lymphocyte", "lymphoma")
    (True, False)
    >>> _unknown_kin("photoactivated", "photoactivation")
    True
    """
    if is_word(one) and is_word(other):
        return False
    for family in UNKNOWN_FAMILIES:
        first, second = (_stems(word, family) for word in (one, other))
        if not first.isdisjoint(second):
            return True
    shared = len(commonprefix([one, other]))  # noqa: RUF071 - letters, not folders
    rests = {one[shared:], other[shared:]}
    return shared >= _SHARED and len(rests) == 2 and rests <= _OPEN_ENDINGS


def _stems(word: str, family: tuple[str, ...]) -> frozenset[str]:
    """Return what stands before each ending of a family that a word has, if that is long."""
    found = (word.removesuffix(ending) for ending in family if word.endswith(ending))
    return frozenset(stem for stem in found if len(stem) >= _SHARED)


def _two_persons(one: str, other: str) -> bool:
    return one.endswith(PERSONS) and other.endswith(PERSONS) and one[-2:] != other[-2:]


def _changed_by_ism(word: str, made: str) -> bool:
    """Tell whether -ist or -ism makes a doctrine of an adjective: national, nationalist."""
    return word.endswith("al") and made.startswith((f"{word}ist", f"{word}ism"))


@lru_cache(maxsize=1 << 14)
def origins(word: str) -> frozenset[str]:
    """Return a word and all that it may be built on."""
    found = {word}
    edge = [word]
    for _ in range(_DEPTH):
        edge = [base for step in edge for base in _steps(step) if base not in found]
        found.update(edge)
    return frozenset(found)


def _steps(word: str) -> Iterator[str]:
    known = parts_of_speech(word)
    for part in ("VERB", "ADJ"):
        lemmas = (american(lemma) for lemma in known.get(part, ()) if len(lemma) >= 3)
        yield from (lemma for lemma in lemmas if (word, lemma) not in FALSE_STEPS)
    yield from (min(family) for family in FAMILIES if word in family)
    for rule in ENDINGS:
        if word.endswith(rule.ending) and _may_be(word, rule.makes):
            yield from _bases(word, rule)


def _may_be(word: str, parts: str) -> bool:
    return not is_word(word) or _is_any(word, parts)


def _is_any(word: str, parts: str) -> bool:
    """Tell whether a word is of one of the parts of speech, or looks so to a gap of the lexicon."""
    if any(is_lemma(word, _NAMES[part]) for part in parts):
        return True
    new_verb = "V" in parts and word.endswith("ize") and not is_word(word)
    return new_verb or ("A" in parts and word.endswith("ible"))


def _bases(word: str, rule: Ending) -> Iterator[str]:
    stem = word.removesuffix(rule.ending)
    for restored in rule.restored:
        base = stem + restored
        long_enough = len(base) >= _SHORTEST or base in SHORT_ROOTS
        if long_enough and (word, base) not in FALSE_STEPS and _is_any(base, rule.of):
            yield base
    if len(stem) > 3 and stem[-1] == stem[-2]:  # plan-n-er
        base = stem[:-1]
        if "" in rule.restored and (word, base) not in FALSE_STEPS and is_lemma(base, "VERB"):
            yield base
