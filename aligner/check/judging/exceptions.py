"""A lone exception: a settled term that has plainly other words in one place.

The model of trust is fitted on what readers called real, which is mostly a term with two or
three usual renderings. A slip in a term that is settled everywhere else is rare in such a
pool, so the model hardly knows it. It is plain by what it is, though: nearly all places say
one thing, one or two say another, and that other wording stands nowhere else in the texts,
so it names no other thing. Three kinds count:

- one word of a compound is another one of its class: pilot zone, pilot area
- the whole compound is in other words: pilot zone, trial district
- one word of a name or a title is another one: Harbour Council, Harbour Board

A wording that differs in any other way (words added, left out, in another form) has other
explanations, and so has a single common word: a manager is a boss in one sentence for style.
But what a text defines is no matter of style: a lender is no creditor once the contract has
said who the lender is.
"""

from __future__ import annotations

from typing import Final

from aligner.check.judging.suspicion import Suspicion
from aligner.check.judging.term_facts import TermFacts
from aligner.terms.located import Grouped
from aligner.wording.forms import parts_of_speech
from aligner.wording.slot import WordChange

# Of those that were judged in five genres all but a few differ in one word. With a share of .5
# fewer were real, with .75 hardly more.
RULE_PLACES: Final = 3
RULE_SHARE: Final = 0.6
LONE_PLACES: Final = 2
PLAINLY_FOUND: Final = 0.85  # P(rendered) of a whole one; below, half were errors
WHOLE_WORDS: Final = 2  # that have gone, and that have come, where the whole compound differs
# Share of units with a word from which it may have come from anywhere. The real share of
# exceptions of one word was the same for .02 to .04.
COMMON_WORD: Final = 0.03
_CAPITALS: Final = 2  # of an acronym
# What the models must say of it, in a text with no less than the usual share of slips
# (`trust.LEAST_LOG_SHARE`). Of 49 of one word that they gave less 19 were real and 12 errors of
# extraction, of 48 others 36 and none. Of 15 in names that they gave more all were real, of 3
# others one.
PLAUSIBLE: Final = 0.4
PLAUSIBLE_WORD: Final = 0.45  # of one word that is no name: style explains it sooner
NO_EXCEPTION: Final = 2.0  # more than any probability


def exception_from(suspicion: Suspicion, term: Grouped, facts: TermFacts) -> float:
    """Return the probability from which a place is an exception of a settled term.

    Args:
        suspicion: Of the place.
        term: Its term.
        facts: Of the term.

    Returns:
        `NO_EXCEPTION` if it is none, whatever its probability.
    """
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    if not suspicion.group or len(mine.places) > min(LONE_PLACES, len(dominant.places) - 1):
        return NO_EXCEPTION
    if len(dominant.places) < RULE_PLACES:
        return NO_EXCEPTION
    if _is_name(suspicion):
        return PLAUSIBLE
    if len(dominant.places) < RULE_SHARE * facts.places or suspicion.elsewhere:
        return NO_EXCEPTION
    if _is_one_word(suspicion):
        return PLAUSIBLE_WORD
    return PLAUSIBLE if _is_whole(suspicion, term) else NO_EXCEPTION


def _is_name(suspicion: Suspicion) -> bool:
    """Tell whether one word of a name or a title is another one, or another of its root.

    The name is known by its other words, so it does not matter how sure the models are of
    the span, nor where else the new word stands.
    """
    change = suspicion.change
    return (
        suspicion.title
        and change.one_slot
        and len(change.replaced) + len(change.derived) == 1
        and max(len(change.removed), len(change.added)) <= 1
        and change.kept > 0
        and not (change.moved or change.inflected or change.is_name_form)
    )


def _is_one_word(suspicion: Suspicion) -> bool:
    change = suspicion.change
    return (
        (change.is_one_for_one or _may_be_one_class(change))
        and change.kept > 0
        and not change.is_name_form
        and suspicion.commonness[1] < COMMON_WORD
    )


def _may_be_one_class(change: WordChange) -> bool:
    """Tell whether one word stands for one that may be of its class, were it read otherwise.

    An auditor's report is read as a verb where a sentence misleads the tagger.
    """
    pairs = change.replaced
    if not change.one_slot or len(pairs) != 1 or change.moved:
        return False
    one, two = ({*parts_of_speech(word.surface)} for word in pairs[0])
    return not one.isdisjoint(two)


def _is_whole(suspicion: Suspicion, term: Grouped) -> bool:
    change, usual = suspicion.change, term.groups[0].text
    if suspicion.seen.found < PLAINLY_FOUND:
        return False
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
