"""Which words may stand at the head, in the middle and at the end of a Chinese term.

A term is a noun phrase, so its words are judged by their part of speech (see `tags`)
and, where that says too little, by the tables of `facts`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from aligner.terms.candidates import word_lists
from aligner.terms.candidates.tags import LATIN_TAG, NOUN, PERSON, PLACE, UNKNOWN, tag_of


class Role(NamedTuple):
    """What a word may be in a term. All false: nothing."""

    first: bool = False  # may open a term
    inner: bool = False  # may stand between two other words of a term
    last: bool = False  # may be the head noun
    before: bool = False  # as the word before a term, it makes a longer compound with it
    after: bool = False  # the same, as the word after a term
    verb: bool = False  # opens a term only where the text shows it to be no verb
    act: bool = False  # opens one unless the text shows it to be a verb
    place: bool = False  # name of a country, a city, a river
    adjective: bool = False  # classes a term that is whole without it
    cost: float = 0.0  # off the score of a term that has it in the middle


_NOTHING: Final = Role()
_NOUN: Final = Role(first=True, inner=True, last=True, before=True, after=True)
_JOIN_COST: Final = 1.0
_VERB_COST: Final = 1.0
_NEVER: Final = frozenset(
    "w u uj ul uz ug ud uv p c d ad y e o q r m mq z vg vd vi vq f t df g k h zg".split()  # noqa: SIM905 - a table
)
_PHRASE: Final = "l"  # a set phrase of several words
_IDIOM: Final = "i"
_CHARACTER_TAGS: Final = frozenset({NOUN, "ns", "s", "an", "ng", "vn", PERSON, LATIN_TAG})


@lru_cache(maxsize=1 << 15)
def role(word: str) -> Role:
    """Return what a word of the simplified shadow may be in a term."""
    tag = tag_of(word)
    if word in word_lists.JOINS_INSIDE:
        return Role(inner=True, cost=_JOIN_COST)
    if tag == LATIN_TAG:
        return _NOUN
    if len(word) == 1:
        return _character(word, tag)
    if tag == UNKNOWN:
        return _unknown(word)
    return _listed(word, tag) or _by_tag(word, tag)


def _character(word: str, tag: str) -> Role:
    """Return the role of a single character."""
    if not word.isalpha():
        return _NOTHING
    first = word in word_lists.FIRST_CHARACTERS or tag == PERSON
    last = word in word_lists.LAST_CHARACTERS
    return Role(
        first=first,
        inner=first or last or tag in _CHARACTER_TAGS,
        last=last,
        before=word in word_lists.HAN_PREFIXES or (first and word != "新"),
        after=word in word_lists.HAN_SUFFIXES or (last and tag in {NOUN, "k", "ng", "zg"}),
    )


def _unknown(word: str) -> Role:
    """Return the role of a word that the cutter made up: a name, a term or an accident."""
    opens = word[0] not in word_lists.OPENS_BADLY
    closes = word[-1] not in word_lists.CLOSES_BADLY
    sound = not word_lists.CUT_WRONGLY.search(word)
    return Role(
        first=opens and sound,
        inner=opens and sound,
        last=closes and sound,
        before=closes,
        after=opens,
    )


def _listed(word: str, tag: str) -> Role | None:
    """Return the role of a word that a table has."""
    if word in word_lists.IN_BODIES:
        return Role(inner=True, cost=_VERB_COST)
    if word in word_lists.PLAIN_VERBS or word in word_lists.NEVER_NAMED:
        return _NOTHING
    if word in word_lists.FIRST_TOO or word in word_lists.LAST_TOO:
        last = word in word_lists.LAST_TOO or (
            tag in {NOUN, "an"} and word not in word_lists.NO_HEAD
        )
        return _NOUN._replace(last=last, after=last)
    if word in word_lists.BESIDE_PERSONS:
        return _NOUN._replace(before=False, after=False)
    if word in word_lists.ACTS and tag not in {NOUN, "vn"}:
        return _NOUN._replace(before=False, after=False, act=True)
    return None


def _by_tag(word: str, tag: str) -> Role:
    """Return the role of a longer word that no table has."""
    if tag in {"a", "b"}:
        return _adjective(word, tag)
    if tag == "v":
        noun = len(word) > 2 and word[-1] in word_lists.LAST_CHARACTERS  # 审计署, 加油站
        return _NOUN if noun else Role(first=True, inner=True, verb=True, cost=_VERB_COST)
    if tag in {_PHRASE, _IDIOM}:
        return _phrase(word, tag)
    if tag == "vn":
        verb = word in word_lists.MOSTLY_VERBS
        return _NOUN._replace(
            before=word not in word_lists.VERBAL, after=False, verb=verb, act=True
        )
    if tag == PLACE:
        return _NOUN._replace(before=False, place=True)  # 香港|银行业 is no compound
    return _NOTHING if tag in _NEVER else _NOUN


def _adjective(word: str, tag: str) -> Role:
    """Return the role of an adjective or an attributive."""
    classing = word in word_lists.CLASSING or (tag == "b" and word not in word_lists.NO_ATTRIBUTE)
    naming = word in word_lists.NAMING
    return Role(
        first=classing,
        inner=classing or naming,
        last=naming,
        before=classing,
        after=naming,
        adjective=True,
    )


def _phrase(word: str, tag: str) -> Role:
    """Return the role of a set phrase: 高等院校 names something, 身体力行 does not."""
    named = word[-1] in word_lists.LAST_CHARACTERS
    if len(word) == 4:
        head, end = word[:2], word[2:]
        noun = end in word_lists.ACTS or end in word_lists.NAMING or tag_of(end) == NOUN
        named |= noun and role(head).first
    elif tag == _PHRASE:
        named |= len(word) < 4
    return _NOUN if named else _NOTHING._replace(before=True, after=True)
