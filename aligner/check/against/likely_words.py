"""The words of a sentence that most likely stand where the glossary asks for others.

When no target of an entry is found, and the look at terms has picked nothing surely, the
noun phrases of the sentence compete: what no other place of a term claims and what does
not stand beside the target in other sentences too, by its likeness to the term and to
its targets. It is a guess, and a finding says so by its probability.

Cost: linear in the sentences with a missing term; the index of words is made once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from aligner.check.judging.compounds import LOOSE
from aligner.encode.cosines import cosines, whole_vectors
from aligner.glossary.entries import Entry, Target
from aligner.lexicon import cut_words, load_lexicon
from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.located import RENDERED_SURELY, Grouped, Looked, Seen
from aligner.terms.target_forms import lettered_span, with_letters
from aligner.terms.targets import accepts, find_targets
from aligner.terms.units import english_words
from aligner.wording.content_words import content_key

_INSIDE: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.ING, Tag.PARTICIPLE})
_HEADS: Final = frozenset({Tag.NOUN, Tag.NAME})
_BESIDE_LEAST: Final = 3  # units in which a word stands without the term: it is another's
_RIVALS: Final = 32  # entries with a word in common that are compared; more say nothing
_NEAR: Final = 3  # words on either side of a term that may share a rendering with it
_SIDE_LENGTH: Final = 3  # characters of a word for a party: 乙方, 承租人
_USES: Final = 3  # units of a word from which it can be told with what it goes
_MOST_USES: Final = 64  # that are looked at; more say nothing new
_TOGETHER: Final = 0.6  # Dice's measure from which two words go with each other
_USED_FOR: Final = 0.5  # share of a word's units that have a term for which it is used
_DIGITS: Final = 4  # decimals to which a likeness is settled before it decides


class Likely(NamedTuple):
    """Words that may stand for a term."""

    span: Span
    likeness: float  # the larger cosine, with the term or with a target
    alike: bool  # a defined name, as the target is one


class LikelyWords:
    """What stands in the sentences of some texts, made ready for questions."""

    def __init__(self, looked: Looked) -> None:
        self._looked = looked
        self._indexed: tuple[Grouped, dict[int, list[Span]]] | None = None

    @cached_property
    def _claimed(self) -> dict[int, list[Span]]:
        """The English words of each unit that surely render some other term."""
        claimed: defaultdict[int, list[Span]] = defaultdict(list)
        for term in self._looked.terms:
            for group in term.groups:
                for seen in group.places:
                    if seen.span is not None and seen.found >= RENDERED_SURELY:
                        claimed[seen.place.unit].append(seen.span)
        return claimed

    @cached_property
    def _units_with(self) -> dict[str, list[int]]:
        """The units in which each content word stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(self._looked.units):
            for word in set(content_key(unit.tgt)):
                found[word].append(number)
        return found

    @cached_property
    def _spread_src(self) -> Counter[str]:
        """In how many units each Chinese word stands."""
        return Counter(word for n in range(len(self._looked.units)) for word in self._words(n))

    def _words(self, unit: int) -> frozenset[str]:
        return frozenset(word.text for word in cut_words(self._looked.units[unit].src))

    @cached_property
    def _by_word(self) -> dict[str, list[Grouped]]:
        """The terms of the glossary by the words of their targets."""
        found: defaultdict[str, list[Grouped]] = defaultdict(list)
        for term in self._looked.terms:
            if term.wanted.entry is not None:
                keys = {w for t in term.wanted.entry.targets for w in content_key(t.text)}
                for key in sorted(keys):
                    found[key].append(term)
        return found

    @cached_property
    def _by_side(self) -> dict[str, list[Grouped]]:
        """The terms of the glossary that name a side, by what they name the side of."""
        found: defaultdict[str, list[Grouped]] = defaultdict(list)
        for term in self._looked.terms:
            if term.wanted.entry is not None and (side := _side(term.wanted.entry)):
                found[side].append(term)
        return found

    @cached_property
    def _counts(self) -> dict[str, Counter[int]]:
        """How many places each term of the glossary has in each unit."""
        return {
            term.wanted.key: Counter(place.unit for place in term.wanted.places)
            for term in self._looked.terms
            if term.wanted.entry is not None
        }

    def of_another(self, unit: int, entry: Entry) -> tuple[Span, Target, str] | None:
        """Return a target of another entry that stands where its term does not.

        Entries whose targets differ by a letter are compared (Party A), and those that name
        two sides of one thing (Lessor, Lessee).
        """
        words = {word for target in entry.targets for word in content_key(target.text)}
        sentence = self._looked.units[unit].tgt
        rivals = [t for word in sorted(words) for t in self._by_word.get(word, ())[:_RIVALS]]
        side = _side(entry)
        for term in (*rivals, *(self._by_side[side][:_RIVALS] if side else ())):
            other = term.wanted.entry
            if other is None or other is entry:
                continue
            places = self._counts[term.wanted.key][unit]
            sides = bool(side) and side == _side(other)
            if sides or (not places and _have_labels(entry, other)):
                found = find_targets(sentence, other)
                if len(found) > places:
                    return *found[-1 if places else 0], term.wanted.text
        return None

    def is_anothers(self, seen: Seen, entry: Entry) -> bool:
        """Tell whether the words picked are a target of another entry that has a place there."""
        if seen.span is None:
            return False
        unit = self._looked.units[seen.place.unit]
        span = lettered_span(unit.tgt, seen.span)
        for word in content_key(unit.tgt[slice(*span)]):
            for term in self._by_word.get(word, ())[:_RIVALS]:
                other = term.wanted.entry
                if other in (None, entry) or seen.place.unit not in self._counts[term.wanted.key]:
                    continue
                if accepts(other, unit.tgt[slice(*span)]):
                    return True
        return False

    def goes_with_another(self, seen: Seen, term: Grouped, span: Span) -> bool:
        """Tell whether a word of a range goes with another Chinese word all over the text.

        Words of a target, and those that the dictionary joins to the term, do not count; nor
        do marks and grammar, which go with everything. One that goes with the term as much is
        the term's.
        Cost: linear in the units in which the words stand, of which the first count.
        """
        unit = self._looked.units[seen.place.unit]
        entry = term.wanted.entry
        own = {word for t in (entry.targets if entry else ()) for word in content_key(t.text)}
        own |= {key for link in seen.links if link.gloss for key in content_key(link.word)}
        mine = self._places_of(term)[seen.place.unit]
        others = {
            w.text
            for w in cut_words(unit.src)
            if w.text.isalnum()
            and w.text not in LOOSE
            and not any(_overlap(w.span, p) for p in mine)
        }
        for word in set(content_key(unit.tgt[slice(*span)])) - own:
            units = self._units_with.get(word, [])
            if len(units) < _USES:
                continue
            first = units[:_MOST_USES]
            beside = Counter(w for n in first for w in self._words(n) if w in others)
            most = max(
                (
                    2 * count / (len(first) + self._spread_src[other])
                    for other, count in beside.items()
                ),
                default=0.0,
            )
            if most >= _TOGETHER and most > self._used_for(word, term):
                return True
        return False

    def recurs(self, text: str, term: Grouped) -> bool:
        """Tell whether a word of a rendering stands mostly where the term does, and repeatedly."""
        mine = self._places_of(term)
        for word in content_key(text):
            units = self._units_with.get(word, [])
            met = sum(n in mine for n in units)
            if met > 1 and met >= _USED_FOR * len(units):
                return True
        return False

    def _used_for(self, word: str, term: Grouped) -> float:
        """Return Dice's measure of a word and a term, if they meet twice at least."""
        units, mine = self._units_with.get(word, []), self._places_of(term)
        met = sum(n in mine for n in units[:_MOST_USES])
        return 2 * met / (min(len(units), _MOST_USES) + len(mine)) if met > 1 else 0.0

    def best(self, unit: int, term: Grouped, taken: Sequence[Span]) -> Likely | None:
        """Return the noun phrase of a sentence that is likeliest to stand for a term."""
        entry = term.wanted.entry
        sentence = self._looked.units[unit].tgt
        explained = self.explained(unit, term)
        free = [
            span
            for span in noun_phrases(sentence)
            if span.stop not in explained
            and not any(_overlap(span, other) for other in (*taken, *self._claimed.get(unit, ())))
            and self._is_rare(sentence[slice(*span)], term)
        ]
        if not free or entry is None:
            return None
        texts = [sentence[slice(*span)] for span in free]
        asked = [term.wanted.text, *(target.text for target in entry.preferred)]
        vectors = whole_vectors(self._looked.encoder.encode([*texts, *asked]))
        table = cosines(vectors[: len(texts)], vectors[len(texts) :])
        likeness = np.round(table.max(axis=1), _DIGITS)
        best = int(likeness.argmax())
        return Likely(
            free[best],
            float(likeness[best]),
            alike=is_defined(texts[best]) and all(is_defined(t.text) for t in entry.preferred),
        )

    def explained(self, unit: int, term: Grouped, *, near: bool = False) -> set[int]:
        """Return the ends of English words that the dictionary joins to other Chinese words.

        Words that surely stand for the term are taken from it by Chinese words near it
        alone: 总额 at the end of a sentence says nothing of `total` beside its start.
        """
        text = self._looked.units[unit]
        read = english_words(text.tgt)
        words = cut_words(text.src)
        places = self._places_of(term)[unit]
        mine = {n for n, w in enumerate(words) if any(_overlap(w.span, p) for p in places)}
        links = load_lexicon().links([word.text for word in words], read.words)
        own = {link.tgt for link in links if link.src in mine}
        close = {n + step for n in mine for step in range(-_NEAR, _NEAR + 1)}
        return {
            int(read.stop[link.tgt])
            for link in links
            if link.tgt not in own and not (near and link.src not in close)
        }

    def _places_of(self, term: Grouped) -> dict[int, list[Span]]:
        """Return the places of a term by their units; those of the last one are kept."""
        if self._indexed is None or self._indexed[0] is not term:
            by_unit: defaultdict[int, list[Span]] = defaultdict(list)
            for place in term.wanted.places:
                by_unit[place.unit].append(place.span)
            self._indexed = term, by_unit
        return self._indexed[1]

    def _is_rare(self, text: str, term: Grouped) -> bool:
        """Tell whether the head of a phrase stands mostly where the term does."""
        keys = content_key(text)
        if sum(map(str.isupper, text.rsplit(maxsplit=1)[-1])) > 1:
            return False  # an acronym stands for a name that the term is no more than a piece of
        if not keys or not any(char.isalpha() for char in keys[-1]):
            return False
        return len(self._units_with.get(keys[-1], ())) < max(
            _BESIDE_LEAST, len(self._places_of(term))
        )


def _have_labels(one: Entry, other: Entry) -> bool:
    """Tell whether some targets of two entries differ by a letter alone."""
    return any(are_labels(a.text, b.text) for a in one.targets for b in other.targets)


def _side(entry: Entry) -> str:
    """Return what a short term with a defined name is a side of: 方 for 甲方, 租人 for 承租人."""
    defined = all(is_defined(t.text) and " " not in t.text for t in entry.preferred)
    return entry.src[1:] if 1 < len(entry.src) <= _SIDE_LENGTH and defined else ""


def are_labels(one: str, other: str) -> bool:
    """Tell whether two targets differ by a letter or number alone: Party A, Party B.

    >>> are_labels("Party A", "Party B"), are_labels("Party A", "third party")
    (True, False)
    """
    a, b = with_letters(one).casefold().split(), with_letters(other).casefold().split()
    differing = [pair for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    return (
        len(a) == len(b)
        and len(differing) == 1
        and all(len(word) == 1 or word.isdigit() for word in differing[0])
    )


def with_neighbour(sentence: str, span: Span, explained: set[int], *, behind: bool) -> Span | None:
    """Return a range with the noun behind it, or with the noun or adjective before it.

    Only a neighbour that renders no other Chinese word may stand in place of a word that
    the range lacks.
    """
    read = english_words(sentence)
    tags = tag_words(read.words)
    starts, stops = read.start.tolist(), read.stop.tolist()
    if behind:
        n = next((n for n, start in enumerate(starts) if start >= span.stop), None)
        gap = "" if n is None else sentence[span.stop : starts[n]]
    else:
        n = next((n for n in range(len(stops) - 1, -1, -1) if stops[n] <= span.start), None)
        gap = "" if n is None else sentence[stops[n] : span.start]
    if n is None or gap not in {" ", "-"} or stops[n] in explained:
        return None
    if tags[n] not in (_HEADS if behind else _INSIDE):
        return None
    return Span(span.start, stops[n]) if behind else Span(starts[n], span.stop)


def is_defined(text: str) -> bool:
    """Tell whether a phrase is written as a name: each word of letters with a capital.

    >>> is_defined("Lessee"), is_defined("monthly rent"), is_defined("Party A")
    (True, False, True)
    """
    return all(word[0].isupper() for word in text.split() if word[0].isalpha())


def noun_phrases(sentence: str) -> Iterator[Span]:
    """Yield runs of adjectives and nouns that end with a noun."""
    read = english_words(sentence)
    tags = tag_words(read.words)
    first: int | None = None
    last: int | None = None
    for n, tag in enumerate((*tags, Tag.OTHER)):
        goes_on = tag in _INSIDE and (first is None or not read.gaps[n].strip(" -"))
        if not goes_on and first is not None:
            if last is not None:
                yield Span(int(read.start[first]), int(read.stop[last]))
            first = last = None
        if tag in _INSIDE:
            first = n if first is None else first
            last = n if tag in _HEADS else last


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop
