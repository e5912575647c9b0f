"""What a rendering is worth beside an entry of the glossary, and in which words that is said."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final, NamedTuple

from aligner.check.against.in_compound import InCompound
from aligner.check.against.likely_words import is_defined
from aligner.check.against.part_or_kin import are_kin, is_in_another_part, is_phrase
from aligner.check.severity import (
    WRONG_STATUS,
    is_harmless,
    severity_beside_glossary,
    severity_of_status,
)
from aligner.findings import Difference, Severity
from aligner.glossary.entries import Entry, Target
from aligner.messages import N_, _
from aligner.span import Span
from aligner.terms.alternatives import wordings
from aligner.terms.located import Seen, WordLink
from aligner.terms.target_forms import lettered_span, with_letters
from aligner.terms.targets import accepts
from aligner.terms.units import TextUnit, english_words
from aligner.wording.content_words import content_key
from aligner.wording.difference import Comparison, compare_at, compare_once
from aligner.wording.forms import parts_of_speech, singular

# P(a violation | no form of any target, nothing sure was picked), from reading what was so
# reported over yearly reports and over planted paraphrases (scripts/measure/glossary.py).
LIKELY_WORDS: Final = 0.5  # and free words of the sentence resemble the term
NO_WORDS: Final = 0.2  # and none do: mostly the translator left the term out
RESEMBLING: Final = 0.6  # sum of P(rendered) and the cosine from which words resemble a term
DEFINED: Final = 0.1  # more, where both are written as names: Party B, Lessee
SHORT_OF: Final = 0.2  # P(rendered) that is credited at most where other words were picked
OMISSIONS: Final = 3  # places without any rendering from which a term is one that is left out
WEAK_LINK: Final = 0.5  # P(the sentences are partners) under which nothing can be asked for
_FOREIGN: Final = 0.5  # share of a gloss from which an edge word is another Chinese word's
_PRONOUN: Final = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|he|she|him|her|his|this|that|these|those|such"
    r"|which|who|whom|whose|one|ones|former|latter|the same|do so|does so|did so)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = tuple(".!?;:。！？；：”\"'’")
_HOW: Final[dict[Difference, str]] = {
    "preposition": N_(", with another preposition"),
    "order": N_(", the same words in another order"),
    "derivation": N_(", another word of the same root"),
    "expansion": N_(", with words added"),
}

# Of what was reported over ten clean texts at p of .6 and more, two of three were other words
# than the glossary's; from .3 to .6, one of five: a reviser is asked, not told.
SURE_ERROR: Final = 0.6
LEAST_WARNING: Final = 0.3  # under it a finding is a remark
# Under that, a noun with another word is a phrase of its own, hardly a piece of the clause:
# 45 of 331 planted slips were told by a remark only for so low a p, and each of ten clean
# texts has one more warning.
LEAST_PHRASE: Final = 0.1
CLEARLY_FOUND: Final = 0.6  # P(rendered) from which words are clear enough for `LEAST_PHRASE`


class GlossaryVerdict(NamedTuple):
    """How a place differs from what the glossary asks for."""

    difference: Difference
    severity: Severity
    why: str
    expected: str


def by_status(entry: Entry, target: Target) -> GlossaryVerdict:
    """Judge a rendering that the glossary has as forbidden or deprecated, or in other letters."""
    if target.status not in WRONG_STATUS:
        why = _("The glossary has ‘{text}’ with these capitals and small letters alone.").format(
            text=target.text
        )
        return GlossaryVerdict("form", "warning", why, target.text)
    note = f" ({target.note})" if target.note else ""
    wanted = _all_wanted(entry)
    use = _("; use {wanted}").format(wanted=wanted) if wanted else ""
    why = _("The glossary has ‘{text}’ as {status}{note}{use}.").format(
        text=target.text, status=_(target.status), note=note, use=use
    )
    return GlossaryVerdict(
        "status", severity_of_status(target.status), why, closest(entry, target.text)
    )


def by_words(
    entry: Entry, seen: Seen, unit: TextUnit, *, explained: Collection[int] = ()
) -> GlossaryVerdict:
    """Judge a rendering that is no target of the entry; `none` if it is harmless.

    A word at its edge that surely renders another Chinese word near the term is left out of
    the comparison: in `lending rate` for 利率 beside 贷款 only `rate` is the term's.

    Args:
        entry: What the glossary says of the term.
        seen: The rendering.
        unit: The sentences in which it stands.
        explained: Where English words end that the dictionary joins to the words nearby.
    """
    allowed = [target for target in entry.targets if target.status not in WRONG_STATUS]
    if seen.span is None or not allowed or accepts(entry, seen.text):
        return GlossaryVerdict("same", "none", "", "")
    sentence = with_letters(unit.tgt)
    spans = {lettered_span(sentence, seen.span): None}
    spans.setdefault(own_words(sentence, seen.span, seen.links, explained))
    compared = [
        (_compared(with_letters(target.text), sentence, span), target)
        for span in spans
        for target in allowed
    ]
    best, target = min(compared, key=lambda pair: _weight(pair[0]))
    if is_harmless(best.difference):
        return GlossaryVerdict(best.difference, "none", "", target.text)
    if best.difference == "substitution" and are_kin(best.removed, best.added):
        best = replace(best, difference="derivation")
    severity = _severity(best.difference)
    if best.difference == "substitution" and is_in_another_part(
        entry.src, target.text, unit.tgt, seen.span
    ):
        severity = "info"
    preferred = closest(entry, seen.text)
    how = _(_HOW.get(best.difference, ""))
    why = _("The glossary asks for {all_wanted}; the text has ‘{text}’{how}.").format(
        all_wanted=_all_wanted(entry), text=seen.text, how=how
    )
    return GlossaryVerdict(best.difference, severity, why, preferred)


def _compared(target: str, sentence: str, span: Span) -> Comparison:
    """Compare words with a target; an acronym in brackets behind them does not mend them."""
    text = one_line(sentence, span)
    found = compare_at(target, text, sentence, span)
    bracketed = sentence[span.stop :].lstrip().startswith(("(", "（"))
    if found.difference == "acronym" and bracketed and not has_acronym(target):
        return compare_once(target, text)
    return found


def _has_words(text: str) -> bool:
    """Tell whether a name has a word of the language: Lessee, but not Okonkwo."""
    return any(parts_of_speech(word.lower()) for word in text.split())


def has_acronym(text: str) -> bool:
    """Tell whether some word of a text is written with two capitals or more.

    >>> has_acronym("the PZ grew"), has_acronym("the Pilot Zone")
    (True, False)
    """
    return any(sum(map(str.isupper, word)) > 1 for word in text.split())


def graded(verdict: GlossaryVerdict, text: str, p: float, *, clear: bool = True) -> Severity:
    """Return how much a finding matters that has a probability.

    Args:
        verdict: What it says.
        text: The words that it is about.
        p: P(a violation).
        clear: Whether the words were found surely, and nothing speaks against them.
    """
    if verdict.severity not in {"error", "warning"}:
        return verdict.severity
    phrase = verdict.difference == "substitution" and is_phrase(text)
    # Lessee for Party B is no style; an acronym's full name is a matter of course
    acronym = " " not in verdict.expected and has_acronym(verdict.expected)
    names = all(is_defined(each) and _has_words(each) for each in (text, verdict.expected))
    names = names and not acronym
    told = phrase and not acronym and (clear or names)
    if p < (LEAST_PHRASE if told else LEAST_WARNING):
        return "info"
    return verdict.severity if p >= (LEAST_WARNING if names else SURE_ERROR) else "warning"


def not_rendered(entry: Entry, term: str, text: str = "", *, times: int = 1) -> GlossaryVerdict:
    """Judge a place without a target, with the words that may stand there instead."""
    wanted = _all_wanted(entry)
    if text:
        why = _(
            "The glossary asks for {wanted}, which is not in the sentence; perhaps ‘{text}’."
        ).format(wanted=wanted, text=text)
        return GlossaryVerdict("substitution", "error", why, closest(entry, text))
    said = (
        _(
            "The glossary asks for {wanted}; no words for {term} were found here, nor at {times}"
            " other places."
        )
        if times > 1
        else _("The glossary asks for {wanted}; no words for {term} were found here.")
    )
    why = said.format(wanted=wanted, term=term, times=times - 1)
    return GlossaryVerdict("not rendered", "info", why, closest(entry, ""))


def only_part(entry: Entry, expected: str, text: str) -> GlossaryVerdict:
    """Judge a mere modifier of a target, of which the noun is nowhere."""
    why = _("The glossary asks for {wanted}; the text has only ‘{text}’.").format(
        wanted=_all_wanted(entry), text=text
    )
    return GlossaryVerdict("short form", "warning", why, expected)


def as_whole(
    verdict: GlossaryVerdict, entry: Entry, text: str, compound: InCompound, english: str
) -> GlossaryVerdict:
    """Judge words that are a piece of what renders a compound: a remark before its noun.

    The noun of the compound is what the term is, so that other words for it are a warning.
    """
    said = (
        _("The glossary asks for {wanted}; the text has ‘{text}’, which may render {compound}.")
        if english == text
        else _(
            "The glossary asks for {wanted}; the text has ‘{text}’ in ‘{english}’, which may render"
            " {compound} as a whole."
        )
    )
    why = said.format(wanted=_all_wanted(entry), text=text, english=english, compound=compound.text)
    severity: Severity = "info" if compound.modifies else "warning"
    return verdict._replace(severity=severity, why=why)


def of_another(entry: Entry, mine: str, target: Target, term: str) -> GlossaryVerdict:
    """Judge a target of another entry, that of `term`, which stands where `mine` does."""
    wanted = closest(entry, target.text)
    why = _(
        "‘{text}’ is the glossary's word for {term}; for {mine} it asks for ‘{wanted}’."
    ).format(text=target.text, term=term, mine=mine, wanted=wanted)
    return GlossaryVerdict("substitution", "error", why, wanted)


def recurring(entry: Entry, text: str, count: int) -> GlossaryVerdict:
    """Judge a short form that comes back."""
    wanted = closest(entry, text)
    why = _(
        "‘{text}’ stands for ‘{wanted}’ in {count} places"
        " where the full form is not near, and the text does not announce it."
    ).format(text=text, wanted=wanted, count=count)
    return GlossaryVerdict("short form", "warning", why, wanted)


def one_line(sentence: str, span: Span) -> str:
    """Return a range of a text with single blanks."""
    return " ".join(sentence[slice(*span)].split())


def _severity(difference: Difference) -> Severity:
    if difference in {"derivation", "expansion"}:
        return "info"  # the target's words are there
    return severity_beside_glossary(difference)


def _weight(comparison: Comparison) -> tuple[bool, bool, int]:
    return (
        not is_harmless(comparison.difference),
        comparison.difference == "substitution",
        len(comparison.removed) + len(comparison.added),
    )


def has_han(text: str) -> bool:
    """Tell whether a term has a Chinese character."""
    return any("\u3400" <= char <= "\u9fff" for char in text)


def closest(entry: Entry, text: str) -> str:
    """Return the preferred wording with the most words of a rendering, the first of equals.

    A target with a slash or brackets is none that can be written: one of the wordings that it
    stands for is, in the plural where the rendering is.

    >>> closest(Entry("泊位", (Target("berth(s)"),)), "many docks")
    'berths'
    """
    words = set(content_key(text))
    plural = _is_plural(text)
    return max(
        (each for target in entry.preferred for each in wordings(entry, target.text)),
        key=lambda each: (len(words.intersection(content_key(each))), _is_plural(each) == plural),
        default="",
    )


def _is_plural(text: str) -> bool:
    last = text.lower().split()[-1:]
    return last != [singular(word) for word in last]


def _all_wanted(entry: Entry) -> str:
    return _(" or ").join(_("‘{words}’").format(words=target.text) for target in entry.preferred)


def own_words(
    sentence: str, span: Span, links: tuple[WordLink, ...], explained: Collection[int]
) -> Span:
    """Return a rendering without the words at its edges that surely render words nearby."""
    read = english_words(sentence[slice(*span)])
    if len(read.words) != len(links):
        return span
    foreign = [
        link.rival >= _FOREIGN and link.rival > link.gloss and span.start + stop in explained
        for link, stop in zip(links, read.stop.tolist(), strict=True)
    ]
    if all(foreign):
        return span
    first = foreign.index(False)
    last = len(foreign) - 1 - foreign[::-1].index(False)
    return Span(span.start + int(read.start[first]), span.start + int(read.stop[last]))


def may_do_without(unit: TextUnit, right: int, *, full_before: bool) -> bool:
    """Tell whether a sentence may leave a term unsaid.

    The term is said elsewhere in the sentence, or a pronoun stands for it after the
    sentence before had it; headings and cells shorten; and with a weak link the sentence
    may not be the partner at all.
    """
    return (
        right > 0
        or unit.p < WEAK_LINK
        or not unit.tgt.rstrip().endswith(_SENTENCE_END)
        or (full_before and _PRONOUN.search(unit.tgt) is not None)
    )
