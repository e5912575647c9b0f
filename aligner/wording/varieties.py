"""British and American spellings: which variety a word shows, and its form in the other.

The pairs are those of breame (https://pypi.org/project/breame/, MIT) that follow a rule:
-our and -or, -re and -er, -ence and -ense, ll and l, ae and e, -yse and -yze, -ise and -ize.
Left out are words that both varieties have, each for its own thing (meter, practice, check,
program), and those that both write either way (dialogue, judgment, install) or alike (fetal,
which is British medical usage too; glamour). -ize stands
apart: it is American, but British too (Oxford spelling), so it is held only against -ise.

That one word is spelt in two ways says more: it is told of dialogue and dialog too, of all
pairs but those whose American spelling is another word in British English, or the other way
round (check, tire, practice, license, tons).
"""

from __future__ import annotations

import re
from collections.abc import Container
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


# one of the two is another word too: a disk of a computer, 5 tons, an analogue of a drug
_TWO_WORDS: Final = re.compile(
    r"^(?:tyres?$|draught|(?:video)?discs?$|practis|licen[cs]|tonnes?$|axe$|battleaxe|analogue|(?:mini)?buses$"
    r"|busing$|gases$|philtre|groyne|bevv|gaug|bingeing$|analyses$|pummell|tranquilly$|snowploughs$"
    r"|waggon|bannister|gryphon|instals?$)"
)
# pairs that breame lacks
_MORE: Final = {
    "adviser": "advisor",
    "advisers": "advisors",
    "enrolment": "enrollment",
    "enrolments": "enrollments",
    "focussed": "focused",
    "focussing": "focusing",
    "per cent": "percent",
    "skilful": "skillful",
    "skilfully": "skillfully",
    "wilful": "willful",
    "wilfully": "willfully",
}
# words of any length, so long as both spellings stand in the text: digitalise, fuelled
_ANY_ISE: Final = re.compile(r"([a-z]{3,})is(e[drs]?|ers|es|ing|ations?|ational|able)")
_ANY_LL: Final = re.compile(r"([a-z]*[aeiou][a-z]*[aeiou])ll(ed|ing|ers?)")
_ANY_IZE: Final = re.compile(_ANY_ISE.pattern.replace("is(", "iz("))
_ANY_L: Final = re.compile(_ANY_LL.pattern.replace("ll(", "l("))
_INFLECTED: Final = re.compile(
    r"(?<=iz)(?:e[drs]?|ers|es|ing|ations?|ational|able)$|(?:e|es|s|ed|d|ing)$"
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


class Spelling(NamedTuple):
    """One of the two spellings of a word."""

    american: bool
    other: str
    word: str  # what all its forms share in either spelling: color of colours


def spelling(word: str, words: Container[str]) -> Spelling | None:
    """Return which of its two spellings a word in lower case has; None if it has but one.

    Args:
        word: In lower case; "per cent" is one.
        words: All words of the text. Pairs that no table has are found by their endings,
            if both are there.

    >>> spelling("dialogues", ())
    Spelling(american=False, other='dialogs', word='dialog')
    >>> spelling("tyres", ()), spelling("exercise", {"exercise", "exercises"})
    (None, None)
    """
    found = _pairs().get(word)
    if found is None:
        found = _by_ending(word, words)
    if found is None:
        return None
    american, other = found
    return Spelling(american, other, _INFLECTED.sub("", word if american else other))


def _by_ending(word: str, words: Container[str]) -> tuple[bool, str] | None:
    for ending, american, theirs in (
        (_ANY_ISE, False, "iz"),
        (_ANY_LL, False, "l"),
        (_ANY_IZE, True, "is"),
        (_ANY_L, True, "ll"),
    ):
        match = ending.fullmatch(word)
        if match and (other := f"{match[1]}{theirs}{match[2]}") in words:
            return american, other
    return None


@cache
def _pairs() -> dict[str, tuple[bool, str]]:
    """Return each word that has two spellings: whether it is the American one, and the other."""
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    found: dict[str, tuple[bool, str]] = {}
    for british, american in (BRITISH_ENGLISH_SPELLINGS | _MORE).items():
        if british != american and not _TWO_WORDS.match(british):
            found[british] = False, american
            found.setdefault(american, (True, british))
    return found


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
