"""Whether a full stop behind an abbreviation also ends the sentence.

`It opens at 8 a.m. Staff come early.` but `the U.S. Navy`, `Apex Inc. Chairman Low`. Few
words begin sentences only (`STARTERS`); of the others what follows tells. A sentence has a
verb soon: `Staff come`, `Late fees apply`, `Bring a hat`. How much of that is asked depends
on what the abbreviation is: names follow countries and persons, hardly ever hours.

The forms of words come from the lexicon that `known_words` reads.
Cost: three words behind each abbreviation before a capital.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.lang.known_words import (
    is_base_form,
    is_english_word,
    is_inflected_verb,
    word_classes,
)

_SHORT: Final = re.compile(r"(?:\A|(?<=[\s(\[]))(?<!\d\s)([a-z]|[A-Za-z][a-z]{1,4})\Z")
_NUMBER: Final = re.compile(r"\d")
_ONLY_NUMBER: Final = re.compile(r"\d+[a-z]?(?:\(\w{1,4}\))*(?:[,;)]|\.?\Z)")  # begins nothing
_LETTERED: Final = re.compile(r"\b(?:plan|option|part|group|grade|class|type) \w\Z", re.IGNORECASE)
_HOURS: Final = frozenset({"a.m", "p.m", "A.M", "P.M", "A.D", "B.C", "B.C.E", "C.E"})
_DATES: Final = frozenset(
    """Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs
    Fri""".split()  # noqa: SIM905 - reads best as words
)
_FIRMS: Final = frozenset({"Co", "Cos", "Corp", "Inc", "Ltd", "Bros", "Plc", "plc", "al"})
_DEGREES: Final = frozenset({"Ph.D", "M.D", "B.A", "M.A", "B.Sc", "M.Sc", "LL.B", "LL.M"})
_NOBODY: Final = re.compile(r"(?:Every|Some|Any|No)(?:body|one|thing)\b|No one\b|None\b")
_WORDS: Final = re.compile(r"([A-Z][a-z]+) ([a-z]+)\b(?: ([a-z]+)\b)?")
_TIME_NAME: Final = re.compile(
    r"(?:\w+day|Eastern|Central|Mountain|Pacific|Atlantic|Greenwich|January|February|March|April"
    r"|May|June|July|August|September|October|November|December)\b"
)
# `the 6 p.m. News`: such a time belongs to what follows.
_MODIFIES: Final = re.compile(
    r"\b(?:the|an?|this|that|each|every|his|her|our|their|[\w-]+-century)\s+[\d:.]*\s*[\w.]+\Z",
    re.IGNORECASE,
)
_HOLDS: Final = re.compile(r"\b(?:an?|his|her|their|my|your)\s+[\w.]+\Z", re.IGNORECASE)
_PLACED: Final = re.compile(
    r"\b(?:in|to|for|at|from|within|across|outside|throughout)\s+(?:the\s+)?[\w.]+\Z"
)
# `In 400 A.D. Rome was old.`: the sentence has only begun.
_BEGUN: Final = re.compile(
    r"\W*(?:In|On|At|By|From|Since|Until|Before|After|Around|About)(?: [\w.:,-]+){1,3}\Z"
)
_DETERMINERS: Final = frozenset({"a", "an", "the", "your", "his", "her", "our", "their", "this"})
_NO_VERBS: Final = frozenset({"like", "to", "down", "out", "over", "off", "up", "then", "so"})


def begins_behind(before: str, after: str) -> bool:
    """Tell whether a sentence begins behind the full stop of an abbreviation.

    Args:
        before: The text up to the full stop.
        after: The text behind it, without white space at its head.

    >>> begins_behind("It opens at 8 a.m", "Staff arrive earlier.")
    True
    >>> begins_behind("in the U.S", "Navy ships arrived.")
    False
    """
    found = _WORDS.match(after)
    if not found or _TIME_NAME.match(after):
        return begins_with_nobody(after)
    word = before.rsplit(maxsplit=1)[-1].lstrip("(\"'“‘")
    return begins_with_nobody(after) or _goes_with(before, word, found)


def begins_with_nobody(text: str) -> bool:
    """Tell whether a text begins with `Nobody`, `Everyone` or their like: these are no names."""
    return bool(_NOBODY.match(text))


def _goes_with(before: str, word: str, found: re.Match[str]) -> bool:
    """Tell whether the words behind an abbreviation are a clause, and no name that it has.

    Args:
        before: The text up to the full stop.
        word: The abbreviation.
        found: The words behind it.
    """
    if (word in _HOURS or word in _DATES) and _BEGUN.match(before):
        return False
    first, second, third = found[1], found[2], found[3] or ""
    is_clause = _is_clause(first, second, third)
    if word in _HOURS:
        longer = _is_longer(first, second, third)
        return (is_clause or longer) and not _MODIFIES.search(before)
    if word in _DEGREES and _HOLDS.search(before):
        return is_clause
    if not is_english_word(first):
        return False
    if word in _DATES:
        return is_clause or _is_longer(first, second, third)
    plural = not is_base_form(first) and "NOUN" in word_classes(first)
    placed = _PLACED.search(before) or "." not in word
    return is_clause and (word in _FIRMS or bool(plural and placed))


def announces_number(before: str, after: str) -> bool:
    """Tell whether a word that no list holds is short for one before a number.

    One letter is, and a short word that English does not have: `d. 1502`, `fn. 2`.

    >>> announces_number("b. 1450, d", "1502."), announces_number("The dog ran", "12 others")
    (True, False)
    """
    found = _SHORT.search(before)
    if not found or not _NUMBER.match(after) or _LETTERED.search(before):
        return False
    word, is_only = found[1], found.start(1) == 0
    short = len(word) == 1 or not is_english_word(word)
    return short and (word.islower() or is_only or bool(_ONLY_NUMBER.match(after)))


def _is_clause(first: str, second: str, third: str) -> bool:
    """Tell whether a capitalised word is a subject or an order: `Staff arrive`, `Bring a`."""
    if second in _DETERMINERS:
        return "VERB" in word_classes(first) and not is_inflected_verb(first)
    if "VERB" in word_classes(first) and "NOUN" not in word_classes(first):
        return False
    return _is_verb(second, third, plural=not is_base_form(first))


def _is_longer(first: str, second: str, third: str) -> bool:
    """Tell whether two words are a subject: `Late fees apply`."""
    described = word_classes(first) & {"ADJ", "NOUN"} and "NOUN" in word_classes(second)
    return bool(described) and _is_verb(third, "", plural=not is_base_form(second))


def _is_verb(word: str, following: str, *, plural: bool) -> bool:
    """Tell whether a word is a verb in a form that goes with its subject.

    Args:
        word: In lower case.
        following: The next word; a verb there shows that this one is none.
        plural: Whether the subject may be plural.
    """
    classes = word_classes(word)
    if "AUX" in classes:
        return True
    if "VERB" not in classes or (word in _NO_VERBS and not plural):
        return False
    if word.endswith("ing"):
        return False
    if "NOUN" in classes and word_classes(following) & {"AUX", "VERB"}:
        return False
    return is_inflected_verb(word) or "NOUN" not in classes
