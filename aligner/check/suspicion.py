"""Which renderings are out of line, how badly, and why.

A rendering that differs from its term's dominant one is a finding if there is reason to
believe three things: that the words found are the term's rendering, that the dominant
rendering is one, and that the difference is the translator's and not a longer compound's
or another term's. `Suspicion` holds the evidence, `aligner.check.trust` weighs it.

Severity is that of the difference and the place: other words are a warning; another
preposition, order or word of one root is a remark, but a warning in a title or name; a
form, an acronym and a short form are harmless.

Cost: linear in the number of places; two vectors for each pair of renderings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import Floats
from aligner.encode.spans import SpanEncoder
from aligner.findings import Difference, Severity
from aligner.span import Span
from aligner.terms.candidates.word_lists import GENERIC
from aligner.terms.group import BESIDE, SURE, Grouped, Seen, compare_cached, is_harmless
from aligner.terms.units import Unit
from aligner.wording.content_words import content_key
from aligner.wording.difference import Comparison

SUBSTANTIAL: Final[frozenset[Difference]] = frozenset({"substitution"})
SMALL: Final[frozenset[Difference]] = frozenset({"preposition", "order", "derivation"})
REMARKABLE = 0.3  # P(exactly these words) from which a small difference is worth a remark
LONG_WORD: Final = 5  # letters of a word that may be the end of another
_JOINERS: Final = " -‐‑·"
_NEGATIONS: Final = tuple("非不未无無")
_NEGATIVE: Final = frozenset(("non", "un", "in", "im", "dis", "anti", "counter"))
_PREFIX_LIST = """bi co de inter intra macro micro mid mini mis mono multi over post pre pro re
    semi sub super trans tri under"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
_TITLE_WORDS: Final = 2  # capitalised content words that make a name or a title
_SMALL: Final = frozenset(("a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to"))


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


def suspicions(
    grouped: Sequence[Grouped],
    units: Sequence[Unit],
    encoder: SpanEncoder,
    announced: tuple[str, ...],
) -> list[Suspicion]:
    """Return every place whose rendering is not in line, unjudged.

    Terms of a glossary are left out: it is their measure (`prescribed`).

    Args:
        grouped: All terms.
        units: All units.
        encoder: For the likeness of renderings.
        announced: Short forms that the English texts announce.
    """
    claims = _claims(grouped)
    likeness = _Likeness(grouped, encoder)
    found = []
    for t, term in enumerate(grouped):
        glossed = term.wanted.entry is not None
        if glossed or len(term.groups) < 2 or term.wanted.key in GENERIC:
            continue
        dominant = term.groups[0]
        for g, group in enumerate(term.groups[1:], start=1):
            if is_harmless(group.comparison.difference):
                continue
            for seen in group.places:
                comparison = _in_context(dominant.text, seen, units, announced)
                if is_harmless(comparison.difference) or seen.span is None:
                    continue
                before = units[seen.place.unit].src[: seen.place.span.start]
                if is_inside_compound(before, comparison):
                    continue
                found.append(
                    Suspicion(
                        term=t,
                        group=g,
                        seen=seen,
                        comparison=comparison,
                        title=seen.place.title or is_title(seen.text),
                        likeness=likeness.of(dominant.text, seen.text),
                        word_likeness=likeness.of_words(comparison),
                        claimed=_is_claimed(seen, claims),
                        covered=_is_covered(dominant.text, seen, units),
                    )
                )
    return found


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


def is_remarkable(suspicion: Suspicion, term: Grouped) -> bool:
    """Tell whether a small difference is worth a remark where it is not trusted.

    The words of both renderings are nearly the same, so that there is little doubt about
    what renders the term; what was read to learn trust were differences of words.
    """
    dominant = term.groups[0].places
    return (
        suspicion.comparison.difference in SMALL
        and suspicion.seen.found >= SURE
        and suspicion.seen.p >= REMARKABLE
        and sum(seen.found for seen in dominant) >= SURE * len(dominant)
    )


def severity_of(difference: Difference, *, title: bool) -> Severity:
    """Return how much a difference matters."""
    if is_harmless(difference):
        return "none"
    if difference in SUBSTANTIAL:
        return "warning"
    if difference in SMALL and title:
        return "warning"
    return "info"


def _in_context(
    dominant: str, seen: Seen, units: Sequence[Unit], announced: tuple[str, ...]
) -> Comparison:
    """Compare a rendering again, with the words beside it in its sentence."""
    if seen.span is None:
        return Comparison("same")
    text = units[seen.place.unit].tgt
    before = text[max(0, seen.span.start - BESIDE) : seen.span.start]
    after = text[seen.span.stop : seen.span.stop + BESIDE]
    return compare_cached(dominant, seen.text, announced, before, after)


def _claims(grouped: Sequence[Grouped]) -> dict[tuple[int, tuple[str, ...]], list[Span]]:
    """Return, for each unit and dominant rendering, the Chinese places that have it."""
    claims: defaultdict[tuple[int, tuple[str, ...]], list[Span]] = defaultdict(list)
    for term in grouped:
        if term.groups and term.groups[0].sure:
            key = content_key(term.groups[0].text)
            for seen in term.groups[0].places:
                claims[seen.place.unit, key].append(seen.place.span)
    return claims


def _is_claimed(seen: Seen, claims: Mapping[tuple[int, tuple[str, ...]], Sequence[Span]]) -> bool:
    places = claims.get((seen.place.unit, content_key(seen.text)), ())
    mine = seen.place.span
    return any(span.stop <= mine.start or mine.stop <= span.start for span in places)


def _is_covered(dominant: str, seen: Seen, units: Sequence[Unit]) -> bool:
    """Tell whether a unit has the words of the dominant rendering side by side too."""
    wanted = " ".join(content_key(dominant))
    return f" {wanted} " in f" {' '.join(content_key(units[seen.place.unit].tgt))} "


class _Likeness:
    """Cosines of renderings and of words, each text encoded once."""

    def __init__(self, grouped: Sequence[Grouped], encoder: SpanEncoder) -> None:
        texts: set[str] = set()
        for term in grouped:
            for group in term.groups if len(term.groups) > 1 else ():
                texts.update(seen.text for seen in group.places)
                texts.add(group.text)
                texts.update(_joined(group.comparison))
        ordered = sorted(texts)
        self._row = {text: n for n, text in enumerate(ordered)}
        self._vectors = whole_vectors(encoder.encode(ordered))
        self._encoder = encoder

    def of(self, one: str, other: str) -> float:
        return float(cosines(self._vector(one), self._vector(other))[0, 0])

    def of_words(self, comparison: Comparison) -> float:
        removed, added = _joined(comparison)
        return self.of(removed, added) if removed and added else 0.0

    def _vector(self, text: str) -> Floats:
        row = self._row.get(text)
        if row is None:
            return whole_vectors(self._encoder.encode([text]))
        return self._vectors[row : row + 1]


def _joined(comparison: Comparison) -> tuple[str, str]:
    return " ".join(comparison.removed), " ".join(comparison.added)
