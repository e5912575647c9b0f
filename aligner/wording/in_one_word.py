"""A compound that is written in one word or in two: ciphertext, cipher text.

The same letters are the same word, so one of the two ways is out of line, whatever the case.
With a hyphen the same letters are no other wording: e-mail, email; the check of form has them.
A capital inside a word is that of a name or of code: softwareName, software name.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.wording.difference import Comparison
from aligner.wording.forms import singular

_PART: Final = 3  # letters of each of two words: fewer are grammar or initials
_ARTICLES: Final = frozenset(("a", "an", "the"))
_INNER_CAPITAL: Final = re.compile(r"[a-z][A-Z]")
_IN_ONE: Final = [1, 2]  # words


def joined_change(dominant: str, text: str) -> Comparison | None:
    """Return how two wordings differ if one alone has a compound in one word.

    >>> joined_change("cipher text", "Ciphertexts")
    Comparison(difference='form', removed=('cipher text',), added=('ciphertexts',))
    >>> joined_change("the database server", "data base server").removed
    ('database',)
    >>> joined_change("open source", "open-source"), joined_change("dataBase", "data base")
    (None, None)
    """
    if _INNER_CAPITAL.search(f"{dominant} {text}"):
        return None
    one, two = _words(dominant), _words(text)
    while one and two and one[0] == two[0]:
        one, two = one[1:], two[1:]
    while one and two and singular(one[-1]) == singular(two[-1]):
        one, two = one[:-1], two[:-1]
    (together, *_none), apart = sorted((one, two), key=len) if one and two else ([""], [])
    if sorted(map(len, (one, two))) != _IN_ONE or not together.isalpha():
        return None
    if min(map(len, apart)) < _PART or singular("".join(apart)) != singular(together):
        return None
    return Comparison("form", (" ".join(one),), (" ".join(two),))


def _words(text: str) -> list[str]:
    return [word for word in text.lower().split() if word not in _ARTICLES]
