"""What speaks against words that were picked for a term, and by how much.

A factor is P(a violation) to P(these words), where something speaks against them: they are
a piece of a clause or of a longer name, they render another Chinese word, or what a target
has more stands elsewhere. All are from reading what was so reported over yearly reports,
medical texts and a manual, and over planted slips (`scripts/measure/glossary.py`).
"""

from __future__ import annotations

import re
from typing import Final

from aligner.check.against.glossary_verdicts import CLEARLY_FOUND
from aligner.check.against.in_compound import CAPITALS
from aligner.check.against.likely_words import LikelyWords, is_defined
from aligner.check.against.part_or_kin import stands_apart
from aligner.check.judging.cut_names import name_goes_on
from aligner.glossary.entries import Entry
from aligner.span import Span
from aligner.terms.located import Grouped, Seen
from aligner.terms.units import english_words
from aligner.wording.content_words import PREPOSITIONS, content_key

NAME_FACTOR: Final = 0.3  # P(a violation | inside a capitalised name) to that outside
_FUNCTION: Final = PREPOSITIONS | frozenset({"and", "or", "the", "a", "an", "to"})
_LATIN: Final = re.compile(r"[A-Za-z]+")
_CUT_OFF: Final = re.compile(r"(\w+)[-\u2010\u2011]$")
# P(a violation) to P(these words), where they are an acronym that no target spells: a body's
# earlier or short name may have it.
ACRONYM_FACTOR: Final = 0.5
# P(a violation) to P(these words), behind a negation: 无症状 is asymptomatic.
NEGATED_FACTOR: Final = 0.3
# P(a violation) to P(rendered), where the words picked are not sure: they are the target
# but for one word; or a word beside them stands in its place.
ONE_WORD_FACTOR: Final = 0.7
NEIGHBOUR_FACTOR: Final = 0.6
# P(a violation) to P(these words), where one of them renders another Chinese word.
MODIFIED_FACTOR: Final = 0.3
# P(a violation) to P(these words), where they have a function word and no target has one:
# the words picked are a piece of the clause.
CLAUSE_FACTOR: Final = 0.4
# P(a violation) to P(these words), where they only modify what the target is: `auditing` for
# an audit board. What stands behind them may have been cut off.
MODIFIER_FACTOR: Final = 0.5
# P(a violation) to P(these words), where they are a piece of what renders a compound: what
# stands before its noun, and the noun itself.
COMPOUND_FACTOR: Final = 0.3
COMPOUND_NOUN_FACTOR: Final = 0.5
# P(a violation) to P(these words), where what the target has more stands elsewhere in the
# sentence: `stability of the banking and monetary systems`.
APART_FACTOR: Final = 0.6
# P(a violation) to P(these words), where nothing joins them to the term: no dictionary, no
# word of a target, not their use elsewhere in the text. They are what is left over.
LEFT_OVER_FACTOR: Final = 0.7
LEFT_OVER: Final = 0.9  # P(rendered) from which what is left over can hardly be another's
LEAST_LINK: Final = 0.1  # mean P(from the term) from which the text itself joins the words to it
# P(a violation) to P(these words), where they begin inside a word with hyphens, or go with
# another Chinese word of the sentence wherever they stand.
CUT_FACTOR: Final = 0.25


def weighed(  # noqa: PLR0913 - all that is known of a place
    seen: Seen, span: Span, term: Grouped, likely: LikelyWords, *, sentence: str, expected: str
) -> tuple[float, bool]:
    """Return P(a violation) of other words, and whether nothing speaks against them.

    Args: as for `factor_of`.
    """
    factor = factor_of(seen, span, term, likely, sentence=sentence, expected=expected)
    p = seen.p * seen.found * factor
    if factor == 1 and is_one_word_off(expected, seen.text):
        p = max(p, seen.found * ONE_WORD_FACTOR)
    return p, factor != CUT_FACTOR and seen.found >= CLEARLY_FOUND


def factor_of(  # noqa: PLR0913, PLR0911 - all that is known of a place, one answer a kind
    seen: Seen, span: Span, term: Grouped, likely: LikelyWords, *, sentence: str, expected: str
) -> float:
    """Return P(a violation) to P(these words); 1 where nothing speaks against it.

    Args:
        seen: What was picked.
        span: Its place in the English text.
        term: The term, with its entry.
        likely: What stands in the texts.
        sentence: The English text.
        expected: The target that is nearest.
    """
    entry = term.wanted.entry
    if entry is None:
        return 1.0
    stops = english_words(sentence).stop.tolist()
    inside = {stop for stop in stops if span.start < stop <= span.stop}
    if inside & likely.explained(seen.place.unit, term, near=True):
        return MODIFIED_FACTOR
    if has_other_acronym(expected, seen.text):
        return MODIFIED_FACTOR
    if cuts_a_word(sentence, span, expected) or likely.goes_with_another(seen, term, span):
        return CUT_FACTOR
    if is_in_name(entry, sentence, span):
        return NAME_FACTOR
    if is_clause(entry, seen.text):
        return CLAUSE_FACTOR
    if stands_apart(expected, seen.text, sentence, span):
        return APART_FACTOR
    left_over = is_left_over(expected, seen, term.wanted.text) and not likely.recurs(
        seen.text, term
    )
    return LEFT_OVER_FACTOR if left_over else 1.0


def is_in_name(entry: Entry, sentence: str, span: Span) -> bool:
    """Tell whether a rendering is a part of a longer name, while the target is none.

    If the target is a name itself, only a single word without anything of the target counts.

    >>> from aligner.glossary.entries import Target
    >>> text = "under the Harbour Dredging Scheme"
    >>> is_in_name(Entry("疏浚", (Target("excavation"),)), text, Span(18, 26))
    True
    >>> is_in_name(Entry("港口", (Target("Port"),)), text, Span(10, 17))
    True
    """
    if any(target.text != target.text.lower() for target in entry.preferred):
        words = set(content_key(sentence[slice(*span)]))
        other = all(words.isdisjoint(content_key(target.text)) for target in entry.targets)
        return len(words) == 1 and other and name_goes_on(sentence, span)
    before = re.search(r"[A-Z]\S*[ -]$", sentence[: span.start])
    after = re.match(r"s?[ -][A-Z]\S*", sentence[span.stop :])
    return sentence[span.start].isupper() and bool(before or after)


def lacks_head(target: str, text: str) -> bool:
    """Tell whether a rendering has not the last content word of a target.

    >>> lacks_head("pilot zone", "pilot"), lacks_head("pilot zone", "the zones")
    (True, False)
    """
    asked, found = content_key(target), content_key(text)
    return bool(asked) and asked[-1] not in found[-1:]


def is_one_word_off(target: str, text: str) -> bool:
    """Tell whether a rendering has as many content words as a target, and all but one of them.

    >>> is_one_word_off("pilot zone", "pilot area"), is_one_word_off("zone", "area")
    (True, False)
    """
    asked, found = content_key(target), content_key(text)
    same = sum(a == b for a, b in zip(asked, found, strict=False))
    return len(asked) == len(found) > 1 and same == len(asked) - 1


def cuts_a_word(sentence: str, span: Span, expected: str) -> bool:
    """Tell whether a range begins inside a word with hyphens, of which a target has no more.

    It may end inside one, as `zone` does in `zone-wide`.

    >>> text = "an off-site review"
    >>> cuts_a_word(text, Span(7, 18), "site visit"), cuts_a_word(text, Span(3, 18), "site visit")
    (True, False)
    """
    before = _CUT_OFF.search(sentence[: span.start])
    return before is not None and before[1].lower() not in re.split(r"\W+", expected.lower())


def is_left_over(expected: str, seen: Seen, term: str) -> bool:
    """Tell whether nothing but a place in the sentence joins words to the term.

    A name in place of a name is joined to it by that: Lessor, Party A. Letters that both
    sides have, as in GPS接收机, say where the term is, and nothing of the other words.
    """
    if is_defined(seen.text) and is_defined(expected):
        return False
    copied = set(content_key(" ".join(_LATIN.findall(term))))
    links = [link for link in seen.links if copied.isdisjoint(content_key(link.word))]
    return (
        (seen.found < LEFT_OVER or bool(copied))
        and bool(links)
        and all(link.gloss == 0 for link in links)
        and sum(link.term for link in links) < LEAST_LINK * len(links)
        and (set(content_key(expected)) - copied).isdisjoint(content_key(seen.text))
    )


def has_other_acronym(target: str, text: str) -> bool:
    """Tell whether a rendering has an acronym that a target lacks: that of a longer name.

    >>> has_other_acronym("exchange rate", "CU rate"), has_other_acronym("ICU bed", "ICU cot")
    (True, False)
    """
    shorts = {word for word in text.split() if sum(map(str.isupper, word)) >= CAPITALS}
    return not shorts <= set(target.split())


def is_clause(entry: Entry, text: str) -> bool:
    """Tell whether a rendering has a function word inside, while no target has one.

    >>> from aligner.glossary.entries import Target
    >>> is_clause(Entry("先导区", (Target("pilot zone"),)), "role in the zone")
    True
    """

    def has_function_word(words: str) -> bool:
        return not _FUNCTION.isdisjoint(words.lower().split()[1:-1])

    return has_function_word(text) and not any(has_function_word(t.text) for t in entry.targets)
