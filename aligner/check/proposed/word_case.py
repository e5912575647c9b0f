"""Which capitals of a rendering are its own, and which those of headings and sentences.

A name keeps its capitals inside sentences, a term loses those that it has in a heading or at
the head of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.units import english_words
from aligner.wording.content_words import STOP_WORDS
from aligner.wording.forms import parts_of_speech

NAME_SHARE: Final = 0.7  # of the places inside sentences that have a capital
_LONG_ACRONYM: Final = 5  # letters from which capitals may be those of a heading


def in_case(counted: Counter[str], known: Counter[str], *, heading: bool) -> list[str]:
    """Return the words of the commonest form; in small letters unless it is a name."""
    small = {form: n for form, n in counted.items() if _is_lower(form)}
    if sum(small.values()) > (1 - NAME_SHARE) * counted.total():
        best = max(sorted(small), key=lambda form: small[form]).casefold()
        same = (form for form in sorted(small) if form.casefold() == best)
        return _bare(min(same, key=lambda form: sum(map(str.isupper, form))).split())
    words = _bare(max(sorted(counted), key=lambda form: counted[form]).split())
    return without_heading(words, known) if heading else words


def without_heading(words: list[str], known: Counter[str]) -> list[str]:
    """Write a form in small letters that stands at the heads of sentences and titles only.

    Where names stand behind its first word, the whole is one: North Bay Port Authority.
    """
    tags = word_tags([word.lower() for word in words])
    kept = [
        is_acronym(word) or (not known[word.lower()] and (tag == Tag.NAME or not _is_common(word)))
        for word, tag in zip(words, tags, strict=True)
    ]
    named = [
        yes and word.isalpha() and not is_acronym(word) and word[0].isupper()
        for word, yes in zip(words, kept, strict=True)
    ]
    titled = all(word[0].isupper() for word in words if word.lower() not in STOP_WORDS)
    if titled and (sum(named) > 1 or (named[0] and not _is_common(words[0]))):
        return words
    return [word if yes else word.lower() for word, yes in zip(words, kept, strict=True)]


def without_opening(form: str) -> str:
    """Return a form at the head of a sentence as it is inside one; nothing if that is unknown.

    >>> without_opening("Tidal locks"), without_opening("Haisheng Energy"), without_opening("Tide")
    ('tidal locks', 'Haisheng Energy', '')
    """
    first, *others = form.split()
    counted = [word for word in others if word.lower() not in STOP_WORDS]
    if not counted:
        return ""
    if any(word[:1].isupper() for word in counted) or is_acronym(first):
        return form
    return " ".join([first.lower(), *others]) if _is_common(first) else ""


def is_inside(sentence: str, span: Span) -> bool:
    """Tell whether a place lies inside a sentence that is written as one, not as a heading."""
    before = sentence[: span.start].rstrip(" \"'“‘(")
    if not before or before[-1] in ".!?:;•-":
        return False
    return _has_small_words(sentence[: span.start] + sentence[span.stop :])


def opens_sentence(sentence: str, span: Span) -> bool:
    """Tell whether a place opens a sentence in which only names have capitals."""
    return not sentence[: span.start].strip(" \"'“‘(") and _has_small_words(sentence[span.stop :])


def _has_small_words(text: str) -> bool:
    """Tell whether a text is written as a sentence: a heading has capitals."""
    words = (word.strip(".,;:!?") for word in text.split())
    return any(word.isalpha() and word.islower() and len(word) > 3 for word in words)


def is_acronym(word: str) -> bool:
    """Tell whether capitals are letters of other words; those of a heading are none.

    >>> [is_acronym(word) for word in ("GDP", "NGOs", "ADVISORY", "Port")]
    [True, True, False, False]
    """
    shouted = word.isupper() and len(word) > _LONG_ACRONYM and bool(parts_of_speech(word.lower()))
    return sum(map(str.isupper, word)) > 1 and not shouted


def _is_common(word: str) -> bool:
    """Tell whether the lexicon has a word, or all parts of one with hyphens."""
    return all(parts_of_speech(part) for part in re.split("[-‐‑’']", word.lower()) if part)


def _is_lower(form: str) -> bool:
    """Tell whether some word that could have a capital has none."""
    words = [word for word in form.split() if word.lower() not in STOP_WORDS]
    return any(word[:1].islower() for word in words)


def _bare(words: list[str]) -> list[str]:
    """Take articles and other stop words off both ends."""
    while words and words[0].lower() in STOP_WORDS:
        words = words[1:]
    while words and words[-1].lower() in STOP_WORDS and words[-1] != "A":
        words = words[:-1]
    return words


def word_tags(words: Sequence[str]) -> list[Tag]:
    """Return a part of speech for each word; one with a hyphen is read by its last part.

    Before another word that is an attribute, whatever its parts are: read-only access.
    """
    parts = [english_words(word).words for word in words]
    tags = iter(tag_words([part for each in parts for part in each]))
    found = []
    for number, each in enumerate(parts):
        *_, last = [Tag.OTHER, *(next(tags) for _part in each)]
        attribute = len(each) > 1 and number < len(words) - 1
        found.append(Tag.ADJECTIVE if attribute else last)
    return found
