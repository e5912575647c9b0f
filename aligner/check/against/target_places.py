"""Where targets of an entry stand in a sentence: those that may be used, and those that may not.

A target that is a verb is forbidden in all its forms: abolish, abolished, abolishing. One
that begins with `the` is forbidden with that article alone, and as a noun: of `the
disabled` neither `disabled people` nor `the disabled passengers` is a place. Words that
were located for the term and are another form of a usable target, or a word of its root, come
before a forbidden wording that may render something else in the sentence.

Cost: that of `find_targets` and `find_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aligner.check.against.places_left import Missing, any_overlap
from aligner.check.against.suggested_form import begins_sentence
from aligner.check.severity import WRONG_STATUS
from aligner.glossary.entries import Entry, Target
from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.target_forms import find_forms, has_spelled_out
from aligner.terms.targets import find_targets
from aligner.terms.units import english_words
from aligner.wording.content_words import PREPOSITIONS
from aligner.wording.forms import is_lemma, parts_of_speech

# P(a wrong target | a form of the verb that it may be): a verb's form is that verb, but a
# noun in -ing may have a meaning of its own (a building, to build).
VERB_FORM: Final = 0.9
OWN_NOUN: Final = 0.5
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W_]+")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\W*$")


class WrongPlace(NamedTuple):
    """A place of a target that may not be used, or not in such letters."""

    span: Span
    target: Target
    p: float  # that it is that target


class TargetPlaces(NamedTuple):
    """The places of an entry's targets in a sentence, in their order."""

    right: list[Span]
    wrong: list[WrongPlace]
    other_forms: list[Span]  # of targets that may be used; looked for beside `wrong` alone


def target_places(sentence: str, entry: Entry) -> TargetPlaces:
    """Return where targets of an entry stand in a sentence.

    >>> entry = Entry("废止", (Target("repeal"), Target("abolish", "forbidden")))
    >>> [place.span for place in target_places("It was abolished.", entry).wrong]
    [Span(start=7, stop=16)]
    """
    found = find_targets(sentence, entry)
    right: list[Span] = []
    wrong: list[WrongPlace] = []
    for span, target in found:
        in_its_letters = not target.cased or has_letters(target.text, sentence, span)
        if target.status not in WRONG_STATUS and in_its_letters:
            right.append(span)
        elif target.status not in WRONG_STATUS:
            wrong.append(WrongPlace(span, target, 1.0))
        elif in_its_letters and (whole := _whole(sentence, span, target)):
            wrong.append(WrongPlace(whole, target, 1.0))
    forms = list(_other_forms(sentence, entry, right, wrong))
    taken = [*right, *forms, *(place.span for place in wrong)]
    wrong += _wrong_forms(sentence, entry, taken)
    return TargetPlaces(right, sorted(wrong, key=lambda place: place.span), forms)


def has_letters(target: str, sentence: str, span: Span) -> bool:
    """Tell whether words have the capitals of a target that stands for them with these alone.

    Where a sentence begins, and where all is in capitals, the letters say nothing.

    >>> has_letters("Polish", "He speaks polish.", Span(10, 16))
    False
    >>> has_letters("polish", "Polish it well.", Span(0, 6))
    True
    """
    there = sentence[slice(*span)]
    if there.isupper() and len(there) > 1:
        return True
    asked, found = _WORDS.findall(target), _WORDS.findall(there)
    if _ARTICLE.match(target) and len(asked) == len(found) + 1:
        asked = asked[1:]
    if len(asked) != len(found):
        return True
    if begins_sentence(sentence, span) and found[0][:1].isupper():
        asked[0], found[0] = asked[0][1:], found[0][1:]
    return all(
        a.isupper() == b.isupper()
        for one, other in zip(asked, found, strict=True)
        for a, b in zip(one, other, strict=False)
    )


def _other_forms(
    sentence: str, entry: Entry, right: list[Span], wrong: list[WrongPlace]
) -> Iterator[Span]:
    """Yield where usable targets stand in another form or by a word of one root."""
    if all(target.status not in WRONG_STATUS for target in entry.targets):
        return
    taken = [*right, *(place.span for place in wrong)]
    for target in entry.targets:
        if target.status not in WRONG_STATUS:
            for place in find_forms(sentence, target.text):
                if place.kind != "order" and not any_overlap(place.span, taken):
                    taken.append(place.span)
                    yield place.span


def _wrong_forms(sentence: str, entry: Entry, taken: list[Span]) -> Iterator[WrongPlace]:
    """Yield the forms of wrong targets that are verbs."""
    for target in entry.targets:
        if target.status not in WRONG_STATUS or not _may_be_inflected(target.text):
            continue
        for place in find_forms(sentence, target.text):
            span = _with_particles(sentence, place.span, target.text)
            if place.kind == "form" and span and not any_overlap(span, taken):
                taken.append(span)
                own = _is_own_noun(sentence[slice(*span)])
                yield WrongPlace(span, target, OWN_NOUN if own else VERB_FORM)


def _whole(sentence: str, span: Span, target: Target) -> Span | None:
    """Return a place with the small words at the ends of its target; None if it lacks them."""
    wider = _with_particles(sentence, span, target.text)
    return _with_article(sentence, wider, target) if wider else None


def _with_particles(sentence: str, span: Span, target: str) -> Span | None:
    """Return a place with the prepositions that end its target; None if none is behind it.

    One that stands apart is left where it is: put every coin into it.

    >>> _with_particles("It does away with rent.", Span(3, 12), "do away with")
    Span(start=3, stop=17)
    >>> _with_particles("It carries goods.", Span(3, 10), "carry on") is None
    True
    """
    asked = target.lower().split()
    last = next((n for n in range(len(asked), 0, -1) if asked[n - 1] not in PREPOSITIONS), 0)
    for word in asked[last:]:
        rest = sentence[span.stop :]
        blank = len(rest) - len(rest.lstrip())
        if not re.match(rf"{re.escape(word)}\b", rest[blank:], re.IGNORECASE):
            return span if word in rest.lower().split() else None
        span = Span(span.start, span.stop + blank + len(word))
    return span


def _with_article(sentence: str, span: Span, target: Target) -> Span | None:
    """Return a place with the article that its target asks for; None if it lacks that."""
    if not target.text.lower().startswith("the "):
        return span
    before = sentence[: span.start].split()[-1:]
    if not before or before[0].lower() != "the":
        return None
    words = english_words(sentence)
    tags = tag_words(words.words)
    behind = next((n for n, at in enumerate(words.start.tolist()) if at >= span.stop), None)
    last = _LAST_WORD.search(target.text.lower())
    adjective = last is not None and "ADJ" in parts_of_speech(last[0].strip())
    if adjective and behind is not None and tags[behind] in {Tag.NOUN, Tag.NAME}:
        gap = sentence[span.stop : int(words.start[behind])]
        if not gap.strip():
            return None
    return Span(sentence.rindex(before[0], 0, span.start), span.stop)


def _may_be_inflected(text: str) -> bool:
    """Tell whether no word of a target is a noun or adjective with a verb's ending.

    >>> _may_be_inflected("carry out"), _may_be_inflected("meeting"), _may_be_inflected("the old")
    (True, False, False)
    """
    return not _ARTICLE.match(text) and not any(map(_is_own_noun, text.lower().split()))


def _is_own_noun(word: str) -> bool:
    """Tell whether a verb's form is a noun by itself, as a building and a finding are."""
    low = word.lower()
    return is_lemma(low, "NOUN") and "VERB" in parts_of_speech(low) and not is_lemma(low, "VERB")


def without_forms(left: Missing, sentence: str, entry: Entry) -> Missing:
    """Set aside what stands for a term in another form."""
    covered, count = list(left.covered), left.lacking
    for target in entry.targets:
        if target.status in WRONG_STATUS:
            continue
        if not left.right and has_spelled_out(sentence, target.text):
            count = 0
        for place in find_forms(sentence, target.text):
            if place.kind == "form" and not any_overlap(place.span, covered):
                covered.append(place.span)
                count -= 1
    return left._replace(covered=covered, lacking=max(0, count))
