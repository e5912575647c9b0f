"""British and American spellings: which variety a word shows, and its form in the other.

The pairs are those of breame (https://pypi.org/project/breame/, MIT) that follow a rule:
-our and -or, -re and -er, -ence and -ense, ll and l, ae and e, -yse and -yze, -ise and -ize.
Left out are words that both varieties have, each for its own thing (meter, practice, check,
program), and those that both write either way (dialogue, judgment, install) or alike (fetal,
which is British medical usage too; glamour). -ize stands
apart: it is American, but British too (Oxford spelling), so it is held only against -ise.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, NamedTuple

Rule = Literal["nation", "ise"]

_ISE: Final = re.compile(r"is(e[drs]?|ers|es|ing|ations?|ational|able)$")
_ENDS: Final = re.compile(r"re(s|d)?$")
_STEMS: Final = ("mould", "plough", "sceptic", "sulph", "alumini", "grey", "smoulder", "ageing")
_NEITHER: Final = re.compile(
    r"^(?:metre|litre|licen[cs]|practi[cs]|analyses$|aesthet|archaeolog|cancellation|mediaeval"
    r"|instals?$|f(?:oe|e)t(?:al|us)|glamou?r)"
)


class Variety(NamedTuple):
    """What the spelling of a word shows."""

    rule: Rule
    american: bool
    other: str  # the word as the other variety has it


def variety(word: str) -> Variety | None:
    """Return what a word in lower case shows, or None for a word that shows nothing.

    >>> variety("colour"), variety("organize")
    (Variety(rule='nation', american=False, other='color'), Variety(rule='ise', american=True, \
other='organise'))
    >>> variety("meter"), variety("dialogue"), variety("install")
    (None, None, None)
    """
    return _varieties().get(word)


@cache
def _varieties() -> dict[str, Variety]:
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    found: dict[str, Variety] = {}
    for british, american in BRITISH_ENGLISH_SPELLINGS.items():
        rule = _rule(british, american)
        if rule:
            found[british] = Variety(rule, american=False, other=american)
            found[american] = Variety(rule, american=True, other=british)
    return found


def _rule(british: str, american: str) -> Rule | None:
    """Return the rule by which two spellings differ, if it is one of ours."""
    if _NEITHER.match(british):
        return None
    if _ISE.sub(r"iz\1", british) == american != british:
        return "ise"
    forms = {
        british.replace("our", "or", 1),
        _ENDS.sub(r"er\1", british),
        british.replace("ence", "ense", 1),
        british.replace("ys", "yz", 1),
        british.replace("ll", "l", 1),
        british.replace("ae", "e", 1),
        british.replace("oe", "e", 1),
    }
    follows = american in forms or american.replace("ll", "l", 1) == british
    return "nation" if american != british and (follows or british.startswith(_STEMS)) else None
