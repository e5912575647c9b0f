"""What speaks for a rendering being out of line: the evidence, unjudged.

A rendering that differs from its term's dominant one is a finding if there is reason to
believe three things: that the words found are the term's rendering, that the dominant
rendering is one, and that the difference is the translator's and not a longer compound's
or another term's. `Suspicion` holds the evidence, `aligner.check.judging.trust` weighs it.

Cost: linear in the number of places; two vectors for each pair of renderings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from aligner.check.judging.compounds import (
    follows_word,
    is_inside_compound,
    is_negated,
    is_opposed,
    is_prefixed,
)
from aligner.check.judging.cut_names import (
    is_joined_alike,
    is_name_in_text,
    name_goes_on,
    whole_words,
)
from aligner.check.judging.usage import (
    Standing,
    beside,
    goes_on,
    in_line,
    named,
    swap_of,
    units_with,
    usage_of,
    words_around,
    words_in_common,
)
from aligner.check.severity import is_harmless
from aligner.check.spelt.person_names import sounds_in
from aligner.span import Span
from aligner.terms.located import Grouped, Looked, Seen
from aligner.terms.units import TextUnit
from aligner.wording.content_words import content_key, group_key
from aligner.wording.difference import Comparison, compare_at
from aligner.wording.likeness import Likeness
from aligner.wording.names import is_title, name_change, spelling_change
from aligner.wording.phrase import Phrase, phrase_at
from aligner.wording.slot import WordChange, change_of

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
    name_alike: bool  # Chinese goes on beside the place as beside a dominant one
    other_name: bool  # the words are a name in running text, the dominant rendering is none
    beads_off: int  # to the nearest dominant place of the document; -1 without one
    recent: bool  # one stands in the same or the previous paragraph, before it
    swaps: int  # terms with the same exchange of words
    in_longer: bool  # a longer term covers the place, in its own usual rendering
    prefixed: bool  # one rendering has a word of the other with a beginning more
    joined: bool  # something is joined to the term before it
    opposed: bool  # it is what is left of a compound without its negation
    company: tuple[int, int]  # dominant places in its documents; documents with the term
    another_name: bool  # the words are the name of something else in these texts
    repeated: int  # characters beside the place that a dominant place has too
    commonness: tuple[float, float]  # share of units with the commonest word removed, added
    elsewhere: int  # units without the term that have the same words


def suspicions(looked: Looked) -> list[Suspicion]:
    """Return every place whose rendering is not in line, unjudged.

    Terms of a glossary are left out: it is their measure (`checks.prescribed`).
    """
    scene = Scene(looked)
    odd = [
        found
        for number, term in enumerate(looked.terms)
        if term.wanted.entry is None and term.groups
        for found in _odd_places(scene, number, term)
    ]
    likeness = Likeness(_texts(odd), looked.encoder)
    standing = units_with((each.seen.text for each in odd), looked.units)
    found = [_suspicion(scene, likeness, standing, each) for each in odd]
    return [s for s in found if s.comparison.difference != "short form" or not s.recent]


class Scene:
    """What is known of all terms of some texts, against which each place is seen."""

    def __init__(self, looked: Looked) -> None:
        self.looked = looked
        self.usage = usage_of(looked)
        self.claims = _claims(looked.terms)
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
        self._units = units
        self.units = {place.unit for place in term.wanted.places}
        self._docs = [{units[seen.place.unit].doc for seen in g.places} for g in term.groups]
        self._usual_docs = Counter(units[seen.place.unit].doc for seen in group.places)
        self._all_docs = len(set().union(*self._docs))
        some_places = group.places[:COMPARED]
        self._chinese = [(units[seen.place.unit], seen.place.span) for seen in some_places]
        self._beside = [beside(*place) for place in self._chinese]
        self._wholes = {_whole(units[s.place.unit].tgt, s.span) for s in some if s.span}
        around = [words_around(units[s.place.unit].tgt, s.span) for s in some if s.span]
        self._around = around
        ends = [goes_on(units[s.place.unit].tgt, s.span) for s in some if s.span]
        cut = [name_goes_on(units[s.place.unit].tgt, s.span) for s in some if s.span]
        self.name_cut = sum(cut) / len(cut)
        self.left, self.right = (sum(end[n] for end in ends) / len(ends) for n in (0, 1))

    def company(self, group: int, seen: Seen) -> tuple[int, int]:
        """Return how many dominant places the documents of a group have, and all documents."""
        docs = self._docs[group] or {self._units[seen.place.unit].doc}
        return sum(self._usual_docs[doc] for doc in docs), self._all_docs

    def repeated(self, unit: TextUnit, span: Span) -> int:
        """Return how many characters beside a place some dominant place has beside it too."""
        mine, others = beside(unit, span), self._others(unit, span)
        return max((words_in_common(mine, self._beside[n]) for n in others), default=0)

    def _others(self, unit: TextUnit, span: Span) -> Iterator[int]:
        """Yield the numbers of the dominant places that are compared, a place itself left out."""
        places = enumerate(self._chinese)
        return (n for n, (other, there) in places if other is not unit or there != span)

    def is_joined_alike(self, unit: TextUnit, span: Span) -> bool:
        """Tell whether Chinese goes on beside a place as beside some other dominant place."""
        return any(is_joined_alike(unit, span, *self._chinese[n]) for n in self._others(unit, span))

    def is_whole(self, seen: Seen) -> bool:
        """Tell whether a place has a dominant rendering, if hyphenated words are read whole."""
        unit, span = self._units[seen.place.unit], _span(seen)
        key, wider = _whole(unit.tgt, span)
        if (key, True) in self._wholes or (wider and (key, False) in self._wholes):
            return True
        return wider and is_negated(unit.src, seen.place.span)

    def share_with(self, words: Iterable[str]) -> float:
        """Return the share of places that have one of some words close by."""
        sought = frozenset(words)
        return sum(not sought.isdisjoint(near) for near in self._around) / len(self._around)


class _Odd(NamedTuple):
    """A place that is not in line, and what it is measured by."""

    usual: Usual
    term: int
    group: int
    seen: Seen
    comparison: Comparison


def _odd_places(scene: Scene, number: int, term: Grouped) -> Iterator[_Odd]:
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
            if comparison.difference != "form" and usual.is_whole(seen):
                continue
            yield _Odd(usual, number, group, seen, comparison)


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
    chars = unit.src[slice(*seen.place.span)]
    spelt = spelling_change(dominant, seen.text, is_heard=lambda text: text in sounds_in(chars))
    names = spelt is None and is_title(dominant) and is_title(seen.text)
    return name_change(dominant, seen.text) if names else spelt


def _suspicion(
    scene: Scene,
    likeness: Likeness,
    standing: Mapping[tuple[str, ...], set[int]],
    odd: _Odd,
) -> Suspicion:
    """Return one place with the evidence."""
    usual, term, group, seen, comparison = odd
    unit = scene.looked.units[seen.place.unit]
    sentence, span = unit.tgt, _span(seen)
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
        likeness=likeness.of(usual.text, seen.text),
        word_likeness=likeness.of_words(comparison.removed, comparison.added),
        claimed=_is_claimed(seen, scene.claims),
        covered=_is_covered(usual.text, sentence),
        removed_near=not removed.isdisjoint(words_around(sentence, span)),
        added_usual=usual.share_with(added),
        cut=(left - usual.left, right - usual.right),
        name_cut=(name_goes_on(sentence, span), usual.name_cut),
        name_alike=usual.is_joined_alike(unit, seen.place.span),
        other_name=is_name_in_text(sentence, span, usual.phrase),
        beads_off=usual.standing.beads_off(seen),
        recent=usual.standing.is_recent(seen),
        swaps=scene.usage.swaps[swap_of(comparison.removed, comparison.added)],
        in_longer=scene.is_in_longer(seen),
        prefixed=is_prefixed(comparison),
        joined=follows_word(unit.src, seen.place.span),
        opposed=is_opposed(unit.src[: seen.place.span.start], seen.place.inside),
        company=usual.company(group, seen),
        another_name=scene.is_another_name(scene.looked.terms[term].wanted.key, seen.text),
        repeated=usual.repeated(unit, seen.place.span),
        commonness=(scene.usage.commonness(removed), scene.usage.commonness(added)),
        elsewhere=len(standing.get(content_key(seen.text), set()) - usual.units),
    )


def _span(seen: Seen) -> Span:
    if seen.span is None:
        raise ValueError("a suspicion has English words")
    return seen.span


def is_unannounced(text: str, announced: Sequence[str]) -> bool:
    """Tell whether a text does not announce a short form: hereinafter "the Plan"."""
    bare = text.lower().removeprefix("the ")
    return all(bare != form.lower().removeprefix("the ") for form in announced)


def _texts(odd: Sequence[_Odd]) -> Iterator[str]:
    """Yield the texts that are going to be compared."""
    for each in odd:
        yield from (each.usual.text, each.seen.text)
        yield from (" ".join(each.comparison.removed), " ".join(each.comparison.added))


def _claims(grouped: Sequence[Grouped]) -> _Claims:
    """Return, for each unit and dominant rendering, the Chinese places that have it."""
    claims: defaultdict[tuple[int, tuple[str, ...]], list[Span]] = defaultdict(list)
    for term in grouped:
        if term.groups and term.groups[0].sure:
            key = content_key(term.groups[0].text)
            for seen in term.groups[0].places:
                claims[seen.place.unit, key].append(seen.place.span)
    return claims


def _whole(sentence: str, span: Span) -> tuple[tuple[str, ...], bool]:
    """Return the whole words at a place in normal form, and whether they are more than it."""
    whole = whole_words(sentence, span)
    return group_key(sentence[slice(*whole)]), whole != span


def _is_claimed(seen: Seen, claims: _Claims) -> bool:
    places = claims.get((seen.place.unit, content_key(seen.text)), ())
    mine = seen.place.span
    return any(span.stop <= mine.start or mine.stop <= span.start for span in places)


def _is_covered(dominant: str, sentence: str) -> bool:
    """Tell whether a sentence has the words of the dominant rendering side by side too."""
    return f" {' '.join(content_key(dominant))} " in f" {' '.join(content_key(sentence))} "
