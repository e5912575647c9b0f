"""A lone exception: a settled term that has plainly other words in one place.

The model of trust is fitted on what readers called real, which is mostly a term with two or
three usual renderings. A slip in a term that is settled everywhere else is rare in such a
pool, so the model hardly knows it. It is plain by what it is, though: nearly all places say
one thing, one or two say another, and that other wording stands nowhere else in the texts,
so it names no other thing. Two kinds count:

- one word of a compound is another one of its class: pilot zone, pilot area
- the whole compound is in other words: pilot zone, trial district

A wording that differs in any other way (words added, left out, in another form) has other
explanations, and so has a single common word: a manager is a boss in one sentence for style.
But what a text defines is no matter of style: a lender is no creditor once the contract has
said who the lender is.
"""

from __future__ import annotations

from typing import Final

from aligner.check.judging.suspicion import Suspicion
from aligner.check.judging.term_facts import TermFacts
from aligner.check.judging.traits import doubts
from aligner.terms.located import Grouped

# Of 73 that were judged in five genres .67 were real and .06 errors of extraction; all but a
# few of them differ in one word. With a share of .5 it was less, with .75 hardly more.
RULE_PLACES: Final = 3
RULE_SHARE: Final = 0.6
LONE_PLACES: Final = 2
PLAINLY_FOUND: Final = 0.85  # P(rendered); below, half of the whole ones were errors
WHOLE_WORDS: Final = 2  # that have gone, and that have come, where the whole compound differs
# Share of units with a word from which it may have come from anywhere. The real share of
# exceptions of one word was the same for .02 to .04.
COMMON_WORD: Final = 0.03
_CAPITALS: Final = 2  # of an acronym
# What the model must say of it alone. Of 27 that it gave less .41 were real and .22 errors of
# extraction, of 51 others .76 and .02; one in thirteen planted slips of one word is lost by it.
# The same holds for a name in another wording: of 6 that it gave less 3 were real and one an
# error, of 18 others all and none; one of 88 planted ones is lost.
PLAUSIBLE: Final = 0.4


def is_exception(suspicion: Suspicion, term: Grouped, facts: TermFacts) -> bool:
    """Tell whether a settled term has plainly other words in one place alone."""
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    return (
        suspicion.group > 0
        and len(dominant.places) >= max(RULE_PLACES, RULE_SHARE * facts.places)
        and len(mine.places) <= LONE_PLACES
        and suspicion.seen.found >= PLAINLY_FOUND
        and not suspicion.elsewhere
        and (_is_one_word(suspicion, term, facts) or _is_whole(suspicion, term))
    )


def _is_one_word(suspicion: Suspicion, term: Grouped, facts: TermFacts) -> bool:
    change = suspicion.change
    return (
        change.is_one_for_one
        and change.kept > 0
        and not change.is_name_form
        and suspicion.commonness[1] < COMMON_WORD
        and not doubts(suspicion, term, facts)
    )


def _is_whole(suspicion: Suspicion, term: Grouped) -> bool:
    change, usual = suspicion.change, term.groups[0].text
    least = 1 if term.wanted.defined else WHOLE_WORDS
    return (
        change.one_slot
        and not change.kept
        and min(len(change.removed), len(change.added)) >= least
        and not (suspicion.claimed or suspicion.covered)
        and not any(map(_is_acronym, (*usual.split(), *suspicion.seen.text.split())))
    )


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) >= _CAPITALS
