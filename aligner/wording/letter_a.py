"""Tell the letter A, as in Party A, hepatitis A and A shares, from the article.

Read as an article it is no content, and then Party A is Party. Only a capital is ever
meant: behind a noun or a name, in quotation marks, joined by a hyphen, or before a plural,
which no article may stand before. At the head of a sentence and in a title whose small
words are capitalised it stays the article unless one of these speaks for the letter. Before
a full stop it is the letter if the sentence ends there; else it is an initial. With a
possessive it is always the letter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from aligner.lang.marks_en import starts_sentence
from aligner.wording.forms import parts_of_speech, singular

_LETTER: Final = re.compile(r"(?<![\w.&'\u2019])A(?![\w&]|['\u2019](?!s\b)\w|\.\w)")
_POSSESSIVE: Final = re.compile(r"['\u2019]s\b")
_STOP: Final = re.compile(r"\.[\"'\u2019\u201d)\]]*\s*")
_BEFORE: Final = re.compile(r"([^\W\d_][\w\u2019'-]*) +\Z")
_AFTER: Final = re.compile(r"\s*(-?)([^\W\d_]+)?(?:\s+([^\W\d_]+))?")
_PAIRED: Final = re.compile(r"(?: and | or |/| ?& ?|, ?)[B-Z](?![\w.&'\u2019])")  # A and B
_QUOTES: Final = frozenset("\"'\u201c\u2018\u300c")
_CLOSING: Final = frozenset("\"'\u201d\u2019\u300d")
_SMALL: Final = frozenset(
    """a an and as at but by for from if in into nor of on or over than that the then to under
    upon when where with without""".split()  # noqa: SIM905 - reads best as words
)
_HYPHENS: Final = frozenset("-\u2010\u2011")
# Nouns in form that take an object, and so an article behind them in a capitalised title.
_VERBAL: Final = ("ing", "ize", "ise")


@lru_cache(maxsize=1 << 14)
def letters_a(text: str) -> frozenset[int]:
    """Return where a capital A is a letter and no article.

    >>> sorted(letters_a("Party A pays; A tenant and the A shares of Party A do not."))
    [6, 31, 49]
    >>> sorted(letters_a("Party A's duties are in A's annex."))
    [6, 24]
    """
    if "A" not in text or text.isupper():  # where all is in capitals, they say nothing
        return frozenset()
    return frozenset(m.start() for m in _LETTER.finditer(text) if _is_letter(text, m.start()))


def _is_letter(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before in _HYPHENS or after in _HYPHENS or (before in _QUOTES and after in _CLOSING):
        return True
    # A and B; and no article has a possessive, as in Party A's duties
    if _PAIRED.match(text, at + 1) or _POSSESSIVE.match(text, at + 1):
        return True
    if stop := _STOP.match(text, at + 1):
        ends = stop.end() == len(text) or starts_sentence(text[stop.end() :])
        named = _BEFORE.search(text[:at])
        return bool(ends and named and _is_noun(named[1]))
    found = _AFTER.match(text, at + 1)
    first, second = (found[2] or "", found[3] or "") if found else ("", "")
    if _is_plural(first) and not (second and _is_noun(second) and not _is_inflected(second)):
        return True
    named = _BEFORE.search(text[:at])
    if not named:
        return False
    word = named[1].lower()
    titled = first[:1].isupper() and (word.endswith(_VERBAL) or not _is_noun(word))
    return not titled and _is_noun(word)


def _is_noun(word: str) -> bool:
    """Tell whether a word may be a noun or a name: the lexicon has it so, or not at all."""
    known = parts_of_speech(word.lower())
    return "NOUN" in known or "PROPN" in known or not (known or word.lower() in _SMALL)


def _is_inflected(word: str) -> bool:
    """Tell whether a word is a form of a verb that cannot be its infinitive: rose, fell."""
    verbs = parts_of_speech(word.lower()).get("VERB", ())
    return bool(verbs) and word.lower() not in verbs


def _is_plural(word: str) -> bool:
    low = word.lower()
    return bool(low) and low.endswith("s") and singular(low) != low
