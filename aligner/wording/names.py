"""Names and titles, whose spelling is fixed down to the letter.

Elsewhere centre and centres, and and &, co-ordination and coordination are forms of one
wording. A body, an act or a programme has one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from aligner.wording.content_words import PREFIXES, PREPOSITIONS
from aligner.wording.difference import Comparison
from aligner.wording.forms import is_word, singular
from aligner.wording.in_one_word import joined_change
from aligner.wording.slot import letter_likeness

_MARKS: Final = ".,;:()[]\"'\u201c\u201d\u2018\u2019"
_ARTICLES: Final = frozenset(("a", "an", "the"))
_AND: Final = frozenset(("&", "and"))
_TITLE_WORDS: Final = 2  # capitalised content words that make a name or a title
_SMALL: Final = frozenset(("a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to"))
_NOTED: Final = re.compile(r"\A([A-Z]?[a-z]{3,})\d{1,2}\Z")  # Board1
_PLAIN_MARKS: Final = str.maketrans("\u2010\u2011\u2019", "--'")
_GAP: Final = re.compile(r"[-' ]")  # what may stand or not stand between parts of a name
_LIKE: Final = 0.7  # share of letters of two spellings of one word: acceleration, accelerator


def is_title(rendering: str) -> bool:
    """Tell whether a rendering is capitalised like a title or a name.

    What follows a hyphen may be small: Follow-up Office, Shen Ruo-chuan.

    >>> is_title("Pilot Demonstration Zone"), is_title("Pilot demonstration zone")
    (True, False)
    >>> is_title("Follow-up Office"), is_title("Follow-up")
    (True, False)
    """
    words = [word for word in rendering.split() if word.lower() not in _SMALL]
    capitals = sum(part[:1].isupper() for word in words for part in word.split("-"))
    return capitals >= _TITLE_WORDS and all(word[0].isupper() for word in words)


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


def spelling_change(
    dominant: str, text: str, *, is_heard: Callable[[str], bool] = lambda _letters: False
) -> Comparison | None:
    """Return how a name is spelt with other hyphens, blanks or apostrophes; None if it is not.

    All its words have capitals, and the part that differs is no word of the language written
    in two ways (Night School, Night-School). A compound that one has in one word and
    the other in two is another spelling of any wording (`joined_change`).

    Args:
        dominant: The usual wording.
        text: The other one.
        is_heard: Tells whether the term's Chinese characters sound as some letters read.

    >>> spelling_change("Changting Bridge", "Chang Ting Bridge")
    Comparison(difference='form', removed=('changting',), added=('chang ting',))
    >>> spelling_change("Shen Ruochuan", "Shen Ruo-chuan").added
    ('ruo-chuan',)
    >>> spelling_change("Night School", "Night-School") is None
    True
    >>> spelling_change("Xi'an", "Xian", is_heard="xian".__eq__).added
    ('xian',)
    """
    if found := joined_change(dominant, text):
        return found
    if not (_is_capitalised(dominant) and _is_capitalised(text)):
        return None
    one, two = (_with_plain_marks(_spelled(wording)) for wording in (dominant, text))
    if one == two or _letters(one) != _letters(two):
        return None
    while one and two and one[0] == two[0]:
        one, two = one[1:], two[1:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    together = _letters(one)
    parts = max((_GAP.split(" ".join(words)) for words in (one, two)), key=len)
    common = parts[0] in PREFIXES or is_word(together) or all(map(is_word, parts))
    if not together.isalpha() or (common and not is_heard(together)):
        return None
    return Comparison("form", (" ".join(one),), (" ".join(two),))


def is_respelt(comparison: Comparison) -> bool:
    """Tell whether what differs has the same letters: the words are surely the same name.

    >>> is_respelt(Comparison("form", ("changting",), ("chang ting",)))
    True
    """
    gone, new = _letters(comparison.removed), _letters(comparison.added)
    return comparison.difference == "form" and bool(gone) and gone == new


def _is_capitalised(text: str) -> bool:
    return all(word[0].isupper() for word in text.split() if word.lower() not in _SMALL)


def _with_plain_marks(words: Sequence[str]) -> list[str]:
    """Return words with one kind of hyphen and of apostrophe."""
    return [word.translate(_PLAIN_MARKS) for word in words]


def _letters(words: Sequence[str]) -> str:
    return _GAP.sub("", "".join(words))


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
