"""The places of a term in a sentence, and what of them is still to be explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from aligner.check.against.glossary_verdicts import DEFINED, SHORT_OF, one_line
from aligner.check.against.likely_words import Likely
from aligner.span import Span
from aligner.terms.located import Grouped, Seen


class Missing(NamedTuple):
    """What a sentence lacks after all that is in order is set aside."""

    seen: list[Seen]  # places, in order
    lacking: int  # how many of them have no rendering that is in order
    covered: list[Span]  # English words that render the term, rightly or not
    right: int  # accepted renderings


class ShortPlace(NamedTuple):
    """A place that is rendered by a part of a target."""

    seen: Seen
    span: Span
    text: str


class Silent(NamedTuple):
    """A place of which nothing was found that could be judged."""

    seen: Seen
    covered: tuple[Span, ...]
    optional: bool  # the sentence may do without the term
    right: int  # accepted renderings in the sentence


def evidence_of(seen: Seen, likely: Likely) -> float:
    """Return how much speaks for words that were not picked surely."""
    found = min(seen.found, SHORT_OF) if likely.alike else 0.0
    if seen.span is not None and overlap(seen.span, likely.span):
        found = seen.found
    return found + likely.likeness + DEFINED * likely.alike


def moved_to(seen: Seen, span: Span, sentence: str) -> Seen:
    """Return a place with other English words."""
    return replace(seen, text=one_line(sentence, span), span=span, links=())


def places_of(term: Grouped) -> list[Seen]:
    """Return all places of a term in their order, rendered or not."""
    found = [seen for group in term.groups for seen in group.places] + list(term.unrendered)
    return sorted(found, key=lambda seen: seen.place.span)


def any_overlap(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a range shares a character with any of some others."""
    return any(overlap(span, other) for other in others)


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two ranges share a character."""
    return one.start < other.stop and other.start < one.stop
