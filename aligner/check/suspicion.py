"""What speaks for a rendering being out of line: the evidence, unjudged.

A rendering that differs from its term's dominant one is a finding if there is reason to
believe three things: that the words found are the term's rendering, that the dominant
rendering is one, and that the difference is the translator's and not a longer compound's
or another term's. `Suspicion` holds the evidence, `aligner.check.trust` weighs it.

Cost: linear in the number of places; two vectors for each pair of renderings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aligner.check.severity import is_harmless
from aligner.span import Span
from aligner.terms.located import Grouped, Looked, Seen
from aligner.wording.content_words import content_key
from aligner.wording.difference import Comparison, compare_at
from aligner.wording.likeness import Likeness

LONG_WORD: Final = 5  # letters of a word that may be the end of another
_JOINERS: Final = " -‐‑·"
_NEGATIONS: Final = tuple("非不未无無")
_NEGATIVE: Final = frozenset(("non", "un", "in", "im", "dis", "anti", "counter"))
_PREFIX_LIST = """bi co de inter intra macro micro mid mini mis mono multi over post pre pro re
    semi sub super trans tri under"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
_TITLE_WORDS: Final = 2  # capitalised content words that make a name or a title
_SMALL: Final = frozenset(("a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to"))

# For a unit and the content words of a dominant rendering: the Chinese places that have it.
_Claims = dict[tuple[int, tuple[str, ...]], list[Span]]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One place whose rendering differs from the dominant one, with the evidence."""

    term: int  # its number among the grouped terms
    group: int
    seen: Seen
    comparison: Comparison
    title: bool  # the place is in a title, or the rendering reads like one
    likeness: float  # cosine of the two renderings
    word_likeness: float  # cosine of the words that differ
    claimed: bool  # the words are another term's dominant rendering in this sentence
    covered: bool  # the dominant rendering is in this sentence too
    sure: bool = True  # trusted enough for a warning


def suspicions(looked: Looked) -> list[Suspicion]:
    """Return every place whose rendering is not in line, unjudged.

    Terms of a glossary are left out: it is their measure (`checks.prescribed`).
    """
    claims = _claims(looked.terms)
    likeness = Likeness(_texts(looked.terms), looked.encoder)
    return [
        found
        for number, term in enumerate(looked.terms)
        if term.wanted.entry is None
        for group, each in enumerate(term.groups[1:], start=1)
        if not is_harmless(each.comparison.difference)
        for seen in each.places
        if (found := _suspicion(looked, number, group, seen, claims, likeness))
    ]


def _suspicion(  # noqa: PLR0913, PLR0917 - one place, and what is known of the others
    looked: Looked, term: int, group: int, seen: Seen, claims: _Claims, likeness: Likeness
) -> Suspicion | None:
    """Return one place with the evidence; None if it is in order beside its neighbours."""
    unit = looked.units[seen.place.unit]
    dominant = looked.terms[term].groups[0].text
    if seen.span is None:
        return None
    comparison = compare_at(dominant, seen.text, unit.tgt, seen.span, announced=looked.announced)
    before = unit.src[: seen.place.span.start]
    if is_harmless(comparison.difference) or is_inside_compound(before, comparison):
        return None
    return Suspicion(
        term=term,
        group=group,
        seen=seen,
        comparison=comparison,
        title=seen.place.title or is_title(seen.text),
        likeness=likeness.of(dominant, seen.text),
        word_likeness=likeness.of_words(comparison.removed, comparison.added),
        claimed=_is_claimed(seen, claims),
        covered=_is_covered(dominant, unit.tgt),
    )


def _texts(grouped: Sequence[Grouped]) -> Iterator[str]:
    """Yield the texts that are going to be compared."""
    for term in grouped:
        for group in term.groups if len(term.groups) > 1 else ():
            yield from (seen.text for seen in group.places)
            yield group.text
            yield " ".join(group.comparison.removed)
            yield " ".join(group.comparison.added)


def is_inside_compound(before: str, comparison: Comparison) -> bool:
    """Tell whether a rendering is a longer word because the Chinese one is longer here.

    β-冠状病毒 is `betacoronavirus`: something is joined to the term in Chinese, and the
    added word ends with the removed one. What only a prefix changes is a difference of
    its own (national, international), unless it negates and Chinese does so too:
    非|结构蛋白 is `nonstructural`.

    Args:
        before: The Chinese text before the term.
        comparison: With the dominant rendering.

    >>> found = Comparison("substitution", ("virus",), ("betaviruses",))
    >>> is_inside_compound("属于β-", found), is_inside_compound("，", found)
    (True, False)
    """
    joined = before.rstrip(_JOINERS)[-1:]
    for word in comparison.added:
        for old in comparison.removed:
            ends = (old, f"{old}s", f"{old}es")
            prefix = next((word.removesuffix(e) for e in ends if word.endswith(e)), "").rstrip("-")
            if prefix in _NEGATIVE:
                return before.endswith(_NEGATIONS)
            if prefix and prefix not in _PREFIXES and len(old) >= LONG_WORD and joined.isalnum():
                return True
    return False


def is_title(rendering: str) -> bool:
    """Tell whether a rendering is capitalised like a title or a name.

    >>> is_title("Pilot Demonstration Zone"), is_title("Pilot demonstration zone")
    (True, False)
    """
    words = [word for word in rendering.replace("-", " ").split() if word.lower() not in _SMALL]
    return len(words) >= _TITLE_WORDS and all(word[0].isupper() for word in words)


def _claims(grouped: Sequence[Grouped]) -> _Claims:
    """Return, for each unit and dominant rendering, the Chinese places that have it."""
    claims: defaultdict[tuple[int, tuple[str, ...]], list[Span]] = defaultdict(list)
    for term in grouped:
        if term.groups and term.groups[0].sure:
            key = content_key(term.groups[0].text)
            for seen in term.groups[0].places:
                claims[seen.place.unit, key].append(seen.place.span)
    return claims


def _is_claimed(seen: Seen, claims: _Claims) -> bool:
    places = claims.get((seen.place.unit, content_key(seen.text)), ())
    mine = seen.place.span
    return any(span.stop <= mine.start or mine.stop <= span.start for span in places)


def _is_covered(dominant: str, sentence: str) -> bool:
    """Tell whether a sentence has the words of the dominant rendering side by side too."""
    return f" {' '.join(content_key(dominant))} " in f" {' '.join(content_key(sentence))} "
