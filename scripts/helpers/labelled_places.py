"""Places of terms with labels, and their spans described as the product describes them.

A label says which English words render a place. There are five kinds:

- gold: a reader's exact words,
- absent: a reader found no rendering,
- silver: a place of a term that a reader listed with its renderings, one of which is
  exactly one of the spans in question,
- dictionary: exactly one rendering of a dictionary stands there (`terms_gold`),
- odd: a place where a reader found the term out of line; its wording is one of the
  listed ones.

Words are compared without function words at the edges. Labels outside a unit with two
sides, or whose words were aligned to another unit, are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from ahocorasick_rs import AhoCorasick
from threadpoolctl import threadpool_limits

from aligner.bitext import Bitext
from aligner.encode.spans import SpanEncoder
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.linked import Linked, link_units
from aligner.terms.locate.context.rows import DescribedPlaces, describe_context
from aligner.terms.locate.score import LoneWeights, locate
from aligner.terms.locate.span_evidence import Evidence, Sought
from aligner.terms.locate.unit_words import Corpus
from aligner.terms.locate.word_flags import FUNCTION, flags
from aligner.terms.units import TextUnit, english_words, word_key
from aligner.terms.wanted import wanted_terms
from helpers.judged import GoldSpan, Listed, gold_spans, listed
from helpers.terms_gold import Gold, both_sided, gold_places, read_dictionary

Kind = Literal["gold", "absent", "silver", "dictionary", "odd"]
Words = tuple[int, int]
DICTIONARIES: Final = {
    "hkma": "hkma-2015-2019.tsv",
    "tico": "tico19-merged.tsv",
    "open-sdg": "open-sdg-phrases.tsv",
}
SILVER_PLACES: Final = 12  # of a listed term at most


@dataclass(frozen=True)
class Label:
    """What is known of one place."""

    kind: Kind
    place: int  # in the list of described places
    words: Words | None  # first word and end in the unit, bare; none if absent or odd
    forms: frozenset[tuple[str, ...]]  # bare wordings that are right, by stems
    term: str


@dataclass(frozen=True)
class LabelledInput:
    """The labelled places of an input, and the places beside them with the same term."""

    name: str
    sought: tuple[Sought, ...]  # one for each described place
    pool: DescribedPlaces
    bare: tuple[Words, ...]  # the words of each span without function words at the edges
    stems: tuple[tuple[str, ...], ...]  # and their stems
    labels: tuple[Label, ...]


@cache
def encoder() -> SpanEncoder:
    """Return the encoder of spans, loaded once."""
    return SpanEncoder()


@cache
def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of an English text."""
    found = english_words(text)
    bits = flags(found)
    return tuple(word_key(w) for w, b in zip(found.words, bits, strict=True) if not b & FUNCTION)


def bare(bits: Sequence[int], words: Words) -> Words:
    """Return a stretch without function words at its edges."""
    first, stop = words
    while first < stop and bits[first] & FUNCTION:
        first += 1
    while stop > first and bits[stop - 1] & FUNCTION:
        stop -= 1
    return first, stop


def labelled(
    name: str, bitexts: Sequence[Bitext], data: Path, weights: LoneWeights, *, terms: int
) -> LabelledInput:
    """Describe the labelled places of an input.

    Args:
        name: Of the input.
        bitexts: All that is at hand.
        data: The folder with `gold` and `terms`.
        weights: The models that see a span by itself.
        terms: How many terms of the dictionary are taken, evenly spread; all if 0.
    """
    units = [unit for bitext in bitexts for unit in both_sided(bitext)]
    readers = [each for each in listed(data) if each.input == name]
    spans = [each for each in gold_spans(data) if each.input == name]
    known = _dictionary_places(name, units, data, terms)
    keys = {shadow(each.term).text for each in readers} | {g.term for g in known}
    keys |= {shadow(each.term).text for each in spans}
    linked = link_units(units, encoder())
    names, sought = _sought(units, linked, keys - {""})
    evidence = Evidence(linked.corpus, linked.association, encoder(), sought)
    with threadpool_limits(limits=1, user_api="blas"):
        choices = locate(evidence, weights)
    pool = describe_context(evidence, choices)
    at = {}
    of_term = defaultdict(list)
    for place, choice in enumerate(choices):
        one = sought[choice.sought]
        at[one.unit, one.span, names[one.term]] = place
        of_term[names[one.term]].append(place)
    reader = _Reader(
        units, bitexts, linked.corpus, [sought[choice.sought] for choice in choices], pool
    )
    labels = {label.place: label for label in reader.of_readers(spans, at)}
    for label in reader.of_lists(readers, of_term):
        labels.setdefault(label.place, label)
    for label in reader.of_dictionary(known, at):
        labels.setdefault(label.place, label)
    odd = [
        label
        for each in readers
        if each.verdict in ("must", "should") and each.renderings and not each.added
        for label in reader.odd(each.term, each.odd, each.renderings, of_term)
    ]
    return reader.kept(name, [*labels.values(), *odd])


def _dictionary_places(name: str, units: Sequence[TextUnit], data: Path, terms: int) -> list[Gold]:
    file = next((file for head, file in DICTIONARIES.items() if name.startswith(head)), None)
    if file is None:
        return []
    found = gold_places(units, read_dictionary(data / "terms" / file))
    distinct = sorted({place.term for place in found})
    used = set(distinct[:: max(1, len(distinct) // terms)] if terms else distinct)
    return [place for place in found if place.term in used]


def _sought(
    units: Sequence[TextUnit], linked: Linked, keys: set[str]
) -> tuple[list[str], list[Sought]]:
    """Return the terms, those of today's candidates among them, and all their places."""
    places: defaultdict[str, set[tuple[int, Span]]] = defaultdict(set)
    for term in wanted_terms(units, glossary=None, linked=linked):
        places[shadow(term.text).text] |= {(place.unit, place.span) for place in term.places}
    listed_keys = sorted(keys)
    machine = AhoCorasick(listed_keys)
    for number, unit in enumerate(units):
        folded = shadow(unit.src)
        for which, a, b in machine.find_matches_as_indexes(folded.text, overlapping=True):
            places[listed_keys[which]].add((number, folded.original_span(a, b)))
    names = sorted(places, key=lambda key: (min(places[key]), key))
    return names, [Sought(t, u, s) for t, key in enumerate(names) for u, s in sorted(places[key])]


@dataclass
class _Reader:
    """Turns labels, which name lines of files, into labels of described places."""

    units: Sequence[TextUnit]
    bitexts: Sequence[Bitext]
    corpus: Corpus
    sought: Sequence[Sought]
    pool: DescribedPlaces

    def __post_init__(self) -> None:
        self._docs = {bitext.id: bitext for bitext in self.bitexts}
        self._zh: dict[tuple[str, int], tuple[int, int]] = {}
        self._en: dict[tuple[str, int], tuple[int, int]] = {}
        for number, unit in enumerate(self.units):
            for k, char in enumerate(unit.src_char.tolist()):
                self._zh[unit.doc, char] = number, k
            for k, char in enumerate(unit.tgt_char.tolist()):
                self._en.setdefault((unit.doc, char), (number, k))

    def of_readers(
        self, spans: Sequence[GoldSpan], at: dict[tuple[int, Span, str], int]
    ) -> Iterator[Label]:
        """Yield what readers marked."""
        for gold in spans:
            if gold.file not in self._docs:
                continue
            char = _line_starts(self._docs[gold.file].src_doc.text)[gold.line - 1] + gold.start
            unit, start = self._zh.get((gold.file, char), (-1, 0))
            term = shadow(gold.term).text
            place = at.get((unit, Span(start, start + gold.stop - gold.start), term))
            if place is None:
                continue
            if not gold.rendering:
                yield Label("absent", place, None, frozenset(), term)
            elif words := self._english(gold, unit):
                text = self._text(unit, words)
                yield Label("gold", place, words, frozenset({stems_of(text)}), term)

    def _english(self, gold: GoldSpan, unit: int) -> Words | None:
        """Return the bare words of a rendering, from its first part to its last."""
        begins = _line_starts(self._docs[gold.file].tgt_doc.text)
        chars = [c for line in gold.en_lines for c in range(begins[line - 1], begins[line])]
        ends = [self._en.get((gold.file, chars[k])) for a, b in gold.en_spans for k in (a, b - 1)]
        inside = [end[1] for end in ends if end is not None and end[0] == unit]
        if len(inside) < len(ends) or not inside:
            return None
        return self._words(unit, Span(min(inside), max(inside) + 1))

    def of_lists(self, readers: Sequence[Listed], of_term: dict[str, list[int]]) -> Iterator[Label]:
        """Yield the places of listed terms that have a listed rendering."""
        for each in readers:
            forms = {form.lower().strip() for form in each.renderings}
            term = shadow(each.term).text
            for place in of_term.get(term, ())[:SILVER_PLACES] if forms else ():
                rows = range(*self.pool.first[place : place + 2])
                texts = [(self._row_text(place, row).lower(), row) for row in rows]
                hits = [row for text, row in texts if text in forms]
                if len(hits) == 1:
                    words = int(self.pool.start[hits[0]]), int(self.pool.stop[hits[0]])
                    words = bare(self._bits(self.sought[place].unit), words)
                    yield Label("silver", place, words, frozenset(), term)

    def of_dictionary(
        self, known: Sequence[Gold], at: dict[tuple[int, Span, str], int]
    ) -> Iterator[Label]:
        """Yield what a dictionary says."""
        for gold in known:
            place, words = (
                at.get((gold.unit, gold.src, gold.term)),
                self._words(gold.unit, gold.tgt),
            )
            if place is not None and words:
                yield Label("dictionary", place, words, frozenset(), gold.term)

    def odd(
        self,
        term: str,
        lines: Sequence[tuple[str, int]],
        renderings: Sequence[str],
        of_term: dict[str, list[int]],
    ) -> Iterator[Label]:
        """Yield the places of a term in the lines where it is out of line."""
        forms = frozenset(map(stems_of, renderings))
        wanted = set(lines)
        for place in of_term.get(shadow(term).text, ()):
            one = self.sought[place]
            unit = self.units[one.unit]
            begins = _line_starts(self._docs[unit.doc].src_doc.text)
            line = bisect_right(begins, int(unit.src_char[one.span.start]))
            if (unit.doc, line) in wanted:
                yield Label("odd", place, None, forms, term)

    def kept(self, name: str, labels: Sequence[Label]) -> LabelledInput:
        """Return the labelled places with those of the same term beside them."""
        groups = {self.sought[label.place][:2] for label in labels}
        places = [p for p, one in enumerate(self.sought) if one[:2] in groups]
        number = {place: n for n, place in enumerate(places)}
        parts = [np.arange(*self.pool.first[p : p + 2]) for p in places]
        rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        first = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
        old = self.pool
        pool = DescribedPlaces(
            choices=[replace(old.choices[p], rows=old.choices[p].rows[:0]) for p in places],
            first=first,
            span=old.span[rows],
            start=old.start[rows],
            stop=old.stop[rows],
            key=old.key[rows],
            rows=old.rows[rows],
        )
        owner = np.repeat(places, np.diff(first)).tolist()
        words = [
            bare(self._bits(self.sought[p].unit), (int(a), int(b)))
            for p, a, b in zip(owner, pool.start, pool.stop, strict=True)
        ]
        stems = [
            stems_of(self._text(self.sought[p].unit, w)) for p, w in zip(owner, words, strict=True)
        ]
        return LabelledInput(
            name,
            tuple(self.sought[p] for p in places),
            pool,
            tuple(words),
            tuple(stems),
            tuple(replace(label, place=number[label.place]) for label in labels),
        )

    def _bits(self, unit: int) -> list[int]:
        bits: list[int] = self.corpus.en_flags[
            slice(*self.corpus.en_first[unit : unit + 2])
        ].tolist()
        return bits

    def _words(self, unit: int, span: Span) -> Words | None:
        """Return the bare words of a stretch of a unit's English text, if there are any."""
        english = self.corpus.english[unit]
        inside = np.flatnonzero((english.start < span.stop) & (english.stop > span.start))
        if not len(inside):
            return None
        found = bare(self._bits(unit), (int(inside[0]), int(inside[-1]) + 1))
        return found if found[0] < found[1] else None

    def _text(self, unit: int, words: Words) -> str:
        english = self.corpus.english[unit]
        return english.text[int(english.start[words[0]]) : int(english.stop[words[1] - 1])]

    def _row_text(self, place: int, row: int) -> str:
        words = int(self.pool.start[row]), int(self.pool.stop[row])
        return self._text(self.sought[place].unit, words)


@cache
def _line_starts(text: str) -> list[int]:
    """Return where each line begins, and where one more would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
