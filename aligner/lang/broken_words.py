"""Words that a printer broke at the end of a line: `un-` and `til` are until, `low-carbon` stays.

A soft hyphen has no other use than to be such a place. Of a plain one the lexicon of English
tells: what both halves make is a word, and they are no compound of two words of which the
first is a usual first part (`high-speed`, `under-stand` too, which so keeps its hyphen).
"""

from __future__ import annotations

import re
from typing import Final

from aligner.lang.known_words import is_english_word

SOFT_HYPHEN: Final = "\u00ad"
HYPHENS: Final = "-\u2010" + SOFT_HYPHEN
# First parts that stay apart from any word in the spelling of most houses.
FIRST_PARTS: Final = frozenset(
    """all anti co cross decision double ex far first five four full half hard high ill large long
    low many medium mid multi near non off one open own part post pre pro quasi second self semi
    short single six small so state ten third three top two ultra under vice well world year
    zero""".split()  # noqa: SIM905 - reads best as words
)
_FIRST: Final = re.compile(rf"(?<![^\W_])([^\W\d_]+)[{HYPHENS}]\Z")
_REST: Final = re.compile(r"[^\W\d_]+(?!['’\-])")
_AT_END: Final = re.compile(rf"[{HYPHENS}][^\S\n\r\v\u2028\u2029]*[\n\r\v\u2028\u2029]")
_NEAR: Final = 40  # characters before a line's end in which its last word begins


def halves(above: str, below: str) -> tuple[str, str] | None:
    """Return both halves of a word that a hyphen breaks at a line's end, in lower case.

    >>> halves("not un-", "til May"), halves("Anglo-", "American trade")
    (('un', 'til'), None)
    """
    first, rest = _FIRST.search(above[-_NEAR:]), _REST.match(below)
    if first is None or rest is None or not rest[0][0].islower():
        return None
    return first[1].lower(), rest[0].lower()


def is_one_word(left: str, right: str) -> bool:
    """Tell whether two halves are a word of English that has no hyphen.

    >>> [is_one_word(*pair) for pair in (("un", "til"), ("so", "ciety"), ("low", "carbon"))]
    [True, True, False]
    """
    if not is_english_word(left + right):
        return False
    return left not in FIRST_PARTS or not is_english_word(right)


def is_broken(above: str, below: str) -> bool:
    """Tell whether the hyphen at the end of a line is the printer's, and no part of the word.

    >>> is_broken("not un-", "til May"), is_broken("long-", "term"), is_broken("rein\u00ad", "dex")
    (True, False, True)
    """
    found = halves(above, below)
    return found is not None and (above.endswith(SOFT_HYPHEN) or is_one_word(*found))


def is_same_text(text: str, joined: str) -> bool:
    r"""Tell whether a text on one line is a text of several lines but for their ends.

    >>> is_same_text("closed un-\ntil May", "closed until May"), is_same_text("a-b", "ab")
    (True, False)
    """
    loose = HYPHENS if _AT_END.search(text) else ""
    return _bare(text, loose) == _bare(joined, loose)


def _bare(text: str, loose: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in loose)
