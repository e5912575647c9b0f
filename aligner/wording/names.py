"""Names and titles, whose spelling is fixed down to the letter.

Elsewhere centre and centres, and and &, co-ordination and coordination are forms of one
wording. A body, an act or a programme has one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aligner.wording.content_words import PREPOSITIONS
from aligner.wording.difference import Comparison
from aligner.wording.forms import singular
from aligner.wording.slot import letter_likeness

_MARKS: Final = ".,;:()[]\"'\u201c\u201d\u2018\u2019"
_ARTICLES: Final = frozenset(("a", "an", "the"))
_AND: Final = frozenset(("&", "and"))
_TITLE_WORDS: Final = 2  # capitalised content words that make a name or a title
_SMALL: Final = frozenset(("a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to"))
_NOTED: Final = re.compile(r"\A([A-Z]?[a-z]{3,})\d{1,2}\Z")  # Board1
_LIKE: Final = 0.7  # share of letters of two spellings of one word: acceleration, accelerator


def is_title(rendering: str) -> bool:
    """Tell whether a rendering is capitalised like a title or a name.

    >>> is_title("Pilot Demonstration Zone"), is_title("Pilot demonstration zone")
    (True, False)
    """
    words = [word for word in rendering.replace("-", " ").split() if word.lower() not in _SMALL]
    return len(words) >= _TITLE_WORDS and all(word[0].isupper() for word in words)


def name_change(dominant: str, text: str) -> Comparison | None:
    """Return how two spellings of one name differ; None if only by what grammar asks for.

    Capitals, articles, a possessive and the number of the head are grammar, and the number of
    a note behind a word is none of the name's. Names that differ in more than the spelling of
    a word, or an "and", are no spellings of one.

    >>> name_change("Harbour Operations Office", "the Harbour Operation Office")
    Comparison(difference='form', removed=('operations',), added=('operation',))
    >>> name_change("Harbour Operations Office", "Harbour Operations Offices") is None
    True
    >>> name_change("Office of Harbours", "Offices of Harbours2") is None
    True
    """
    one, two = _spelled(dominant), _spelled(text)
    if _with_one_head(one) == _with_one_head(two):
        return None
    removed = tuple(word for word in one if word not in two)
    added = tuple(word for word in two if word not in one)
    gone, new = ([w for w in words if w not in _AND] for words in (removed, added))
    alike = len(gone) == len(new) and all(
        min(len(a), len(b)) > 2 and letter_likeness(a, b) >= _LIKE
        for a, b in zip(gone, new, strict=True)
    )
    return Comparison("form", removed, added) if alike and (removed or added) else None


def _with_one_head(words: Sequence[str]) -> list[str]:
    """Return the words of a name with its head in the singular, before a preposition or last."""
    found = list(words)
    head = next((n for n, word in enumerate(found) if n and word in PREPOSITIONS), len(found)) - 1
    found[head] = singular(found[head])
    return found


def _spelled(text: str) -> list[str]:
    """Return the words of a name as they are spelled, in lower case, without numbers of notes."""
    found = [_NOTED.sub(r"\1", word.strip(_MARKS)).lower() for word in text.split()]
    found = [word.removesuffix("'s").removesuffix("\u2019s") for word in found]
    return [word for word in found if word and word not in _ARTICLES] or [""]
