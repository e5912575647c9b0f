"""What speaks for a rendering being out of line: the evidence, unjudged.

A rendering that differs from its term's dominant one is a finding if there is reason to
believe three things: that the words found are the term's rendering, that the dominant
rendering is one, and that the difference is the translator's and not a longer compound's
or another term's. `Suspicion` holds the evidence, `aligner.check.judging.trust` weighs it.

Cost: linear in the number of places; two vectors for each pair of renderings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aligner.check.judging.usage import (
    Standing,
    goes_on,
    in_line,
    name_goes_on,
    named,
    swap_of,
    usage_of,
    words_around,
    words_in_common,
)
from aligner.check.severity import is_harmless
from aligner.span import Span
from aligner.terms.located import Grouped, Looked, Seen
from aligner.terms.units import TextUnit
from aligner.wording.content_words import content_key
from aligner.wording.difference import Comparison, compare_at
from aligner.wording.likeness import Likeness
from aligner.wording.names import is_title, name_change
from aligner.wording.phrase import Phrase, phrase_at
from aligner.wording.slot import WordChange, change_of

LONG_WORD: Final = 5  # letters of a word that may be the end of another
_JOINERS: Final = " -‐‑·"
_LOOSE: Final = frozenset("的和与及或在是对以为被把了")  # grammar, and no part of a compound
_NEGATIONS: Final = tuple("非不未无無")
_NEGATIVE: Final = frozenset(("non", "un", "in", "im", "dis", "anti", "counter"))
_PREFIX_LIST = """bi co de inter intra macro micro mid mini mis mono multi over post pre pro re
    semi sub super trans tri under"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
SAMPLED: Final = 12  # dominant places that are read for what is usual there
COMPARED: Final = 60  # dominant places whose Chinese is compared with that of an odd one
_ALIKE: Final = frozenset(("same", "form"))

# For a unit and the content words of a dominant rendering: the Chinese places that have it.
_Claims = dict[tuple[int, tuple[str, ...]], list[Span]]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One place whose rendering differs from the dominant one, with the evidence."""

    term: int  # its number among the grouped terms
    group: int
    seen: Seen
    comparison: Comparison
    change: WordChange  # the same difference by slots and parts of speech
    title: bool  # both renderings read like a name or a title
    likeness: float  # cosine of the two renderings
    word_likeness: float  # cosine of the words that differ
    claimed: bool  # the words are another term's dominant rendering in this sentence
    covered: bool  # the dominant rendering is in this sentence too
    removed_near: bool  # a word that was left out stands close to the span
    added_usual: float  # share of dominant places with an added word close to them
    cut: tuple[float, float]  # a noun phrase goes on before, behind; less where it mostly does
    name_cut: tuple[float, float]  # a name goes on beside the words; share of dominant places
    beads_off: int  # to the nearest dominant place of the document; -1 without one
    recent: bool  # one stands in the same or the previous paragraph, before it
    swaps: int  # terms with the same exchange of words
    in_longer: bool  # a longer term covers the place, in its own usual rendering
    prefixed: bool  # one rendering has a word of the other with a beginning more
    joined: bool  # something is joined to the term before it
    company: tuple[int, int]  # dominant places in its documents; documents with the term
    another_name: bool  # the words are the name of something else in these texts
    repeated: int  # characters beside the place that a dominant place has too
    commonness: tuple[float, float]  # share of units with the commonest word removed, added


def suspicions(looked: Looked) -> list[Suspicion]:
    """Return every place whose rendering is not in line, unjudged.

    Terms of a glossary are left out: it is their measure (`checks.prescribed`).
    """
    scene = Scene(looked)
    return [
        found
        for number, term in enumerate(looked.terms)
        if term.wanted.entry is None and term.groups
        for found in _of_term(scene, number, term)
    ]


class Scene:
    """What is known of all terms, against which each place is seen.

    Args:
        looked: The texts with their terms.
    """

    def __init__(self, looked: Looked) -> None:
        self.looked = looked
        self.usage = usage_of(looked)
        self.claims = _claims(looked.terms)
        self.likeness = Likeness(_texts(looked.terms), looked.encoder)
        self._named = named(looked.terms)
        self._in_line = in_line(looked.terms)

    def is_in_longer(self, seen: Seen) -> bool:
        """Tell whether a longer term covers a place and has its usual rendering there.

        Then the words are the longer term's own way, and no slip of the shorter one.
        """
        mine = seen.place
        spans = self._in_line.get((mine.unit, mine.inside), ()) if mine.inside else ()
        return any(span.start <= mine.span.start and mine.span.stop <= span.stop for span in spans)

    def is_another_name(self, key: str, rendering: str) -> bool:
        """Tell whether a rendering is the name of a term that shares no character."""
        if not rendering[:1].isupper():
            return False
        others = self._named.get(content_key(rendering), ())
        return any(set(other).isdisjoint(key) for other in others)

    def phrase(self, seen: Seen) -> Phrase:
        """Return the words that stand at a place."""
        return phrase_at(self.looked.units[seen.place.unit].tgt, _span(seen))


class Usual:
    """What is usual at the places of a term's dominant rendering.

    Args:
        scene: The texts.
        term: With at least one group.
    """

    def __init__(self, scene: Scene, term: Grouped) -> None:
        units = scene.looked.units
        group = term.groups[0]
        self.text = group.text
        self.standing = Standing(scene.looked, group.places)
        first = next(seen for seen in group.places if seen.text == group.text)
        self.phrase = scene.phrase(first)
        some = [seen for seen in group.places if seen.span is not None][:SAMPLED]
        self._units, self._dominant = units, group.places
        self._docs = [{units[seen.place.unit].doc for seen in g.places} for g in term.groups]
        places = [(units[seen.place.unit], seen.place.span) for seen in group.places]
        self._chinese = places[:COMPARED]
        around = [words_around(units[s.place.unit].tgt, s.span) for s in some if s.span]
        self._around = around
        ends = [goes_on(units[s.place.unit].tgt, s.span) for s in some if s.span]
        cut = [name_goes_on(units[s.place.unit].tgt, s.span) for s in some if s.span]
        self.name_cut = sum(cut) / len(cut)
        self.left, self.right = (sum(end[n] for end in ends) / len(ends) for n in (0, 1))

    def company(self, group: int, seen: Seen) -> tuple[int, int]:
        """Return how many dominant places the documents of a group have, and all documents."""
        docs = self._docs[group] or {self._units[seen.place.unit].doc}
        shared = sum(self._units[each.place.unit].doc in docs for each in self._dominant)
        return shared, len(set().union(*self._docs))

    def repeated(self, unit: TextUnit, span: Span) -> int:
        """Return how many characters beside a place some dominant place has beside it too."""
        return max(
            (
                words_in_common(unit, span, other, there)
                for other, there in self._chinese
                if other is not unit or there != span
            ),
            default=0,
        )

    def share_with(self, words: Iterable[str]) -> float:
        """Return the share of places that have one of some words close by."""
        sought = frozenset(words)
        return sum(not sought.isdisjoint(near) for near in self._around) / len(self._around)


def _of_term(scene: Scene, number: int, term: Grouped) -> Iterator[Suspicion]:
    """Yield the places of a term that are not in line."""
    usual: Usual | None = None
    for group, each in enumerate(term.groups):
        for seen in each.places:
            if seen.span is None or (not group and seen.text == each.text):
                continue
            comparison = _compared(scene, term, group, seen)
            if comparison is None:
                continue
            usual = usual or Usual(scene, term)
            found = _suspicion(scene, usual, number, group, seen, comparison)
            if found.comparison.difference != "short form" or not found.recent:
                yield found


def _compared(scene: Scene, term: Grouped, group: int, seen: Seen) -> Comparison | None:
    """Return how a place differs from the dominant rendering; None if it is in order."""
    looked, dominant = scene.looked, term.groups[0].text
    unit = looked.units[seen.place.unit]
    if group and term.groups[group].comparison.difference not in _ALIKE:
        found = compare_at(dominant, seen.text, unit.tgt, _span(seen), announced=looked.announced)
        shorter = term.groups[group].comparison.difference == "short form"
        if shorter:  # words beside it that complete it are no difference
            suspect = found.difference == "short form" and is_unannounced(
                seen.text, looked.announced
            )
        else:
            suspect = not is_harmless(found.difference)
        if suspect:
            before = unit.src[: seen.place.span.start]
            return None if is_inside_compound(before, found) else found
    names = is_title(dominant) and is_title(seen.text)
    return name_change(dominant, seen.text) if names else None


def _suspicion(  # noqa: PLR0913, PLR0917 - one place, and what is known of the others
    scene: Scene, usual: Usual, term: int, group: int, seen: Seen, comparison: Comparison
) -> Suspicion:
    """Return one place with the evidence."""
    sentence, span = scene.looked.units[seen.place.unit].tgt, _span(seen)
    change = change_of(usual.phrase, scene.phrase(seen))
    removed = {word.key for word in change.removed}
    added = {word.key for word in change.added}
    left, right = goes_on(sentence, span)
    return Suspicion(
        term=term,
        group=group,
        seen=seen,
        comparison=comparison,
        change=change,
        title=is_title(usual.text) and is_title(seen.text),
        likeness=scene.likeness.of(usual.text, seen.text),
        word_likeness=scene.likeness.of_words(comparison.removed, comparison.added),
        claimed=_is_claimed(seen, scene.claims),
        covered=_is_covered(usual.text, sentence),
        removed_near=not removed.isdisjoint(words_around(sentence, span)),
        added_usual=usual.share_with(added),
        cut=(left - usual.left, right - usual.right),
        name_cut=(name_goes_on(sentence, span), usual.name_cut),
        beads_off=usual.standing.beads_off(seen),
        recent=usual.standing.is_recent(seen),
        swaps=scene.usage.swaps[swap_of(comparison.removed, comparison.added)],
        in_longer=scene.is_in_longer(seen),
        prefixed=is_prefixed(comparison),
        joined=_joined(scene.looked.units[seen.place.unit].src, seen.place.span),
        company=usual.company(group, seen),
        another_name=scene.is_another_name(scene.looked.terms[term].wanted.key, seen.text),
        repeated=usual.repeated(scene.looked.units[seen.place.unit], seen.place.span),
        commonness=(scene.usage.commonness(removed), scene.usage.commonness(added)),
    )


def _span(seen: Seen) -> Span:
    if seen.span is None:
        raise ValueError("a suspicion has English words")
    return seen.span


def is_unannounced(text: str, announced: Sequence[str]) -> bool:
    """Tell whether a text does not announce a short form: hereinafter "the Plan"."""
    bare = text.lower().removeprefix("the ")
    return all(bare != form.lower().removeprefix("the ") for form in announced)


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


def is_prefixed(comparison: Comparison) -> bool:
    """Tell whether a changed word ends with the word that it stands for.

    >>> is_prefixed(Comparison("substitution", ("prudential",), ("macroprudential",)))
    True
    """
    return any(
        len(short) >= LONG_WORD and long != short and long.endswith((short, f"-{short}"))
        for one in comparison.removed
        for two in comparison.added
        for short, long in (sorted((one, two), key=len),)
    )


def _joined(text: str, span: Span) -> bool:
    """Tell whether a Chinese word stands directly before a term."""
    before = text[: span.start].rstrip(_JOINERS)[-1:]
    return before.isalnum() and before not in _LOOSE


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
