"""The places of a term in a sentence, and what of them is still to be explained or told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from aligner.check.against.glossary_verdicts import DEFINED, SHORT_OF, one_line
from aligner.check.against.likely_words import Likely
from aligner.findings import Finding
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


def told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in their order but for other words that a likelier one has already.

    One slip is told once where the same English words stand for two entries: `clutch` for
    联轴器 is no second slip for 对中 beside it. Of equals the first counts.
    Cost: the square of the findings of one link.
    """
    kept = list(findings)
    by_bead: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, finding in enumerate(kept):
        if finding.difference == "substitution":
            by_bead[finding.doc, finding.bead].append(number)
    dropped: set[int] = set()
    for numbers in by_bead.values():
        first: list[int] = []
        for number in sorted(numbers, key=lambda n: (-kept[n].p, n)):
            if any(_is_one_slip(kept[number], kept[other]) for other in first):
                dropped.add(number)
            else:
                first.append(number)
    yield from (finding for number, finding in enumerate(kept) if number not in dropped)


def _is_one_slip(one: Finding, other: Finding) -> bool:
    """Tell whether two findings of different terms are about the same English words."""
    a, b = one.tgt_span, other.tgt_span
    if a is None or b is None or one.term == other.term:
        return False
    return a.start < b.stop and b.start < a.stop
