"""Plant slips in the English side of aligned texts: other words for a settled term.

A term is settled if at least four units have it and one and the same rendering of the
dictionary, up to case and number. In some of its places either one content word is
replaced by a related one, or the whole rendering by a paraphrase. In names and titles that
are left, one word is replaced too, or misspelt if there is no related one. The alignment
stays; the offsets of all that follows in the document move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from aligner.bitext import Bitext
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.wording.names import is_title
from helpers.edit import Change, change, moved
from helpers.slip_wordings import (
    Wording,
    content_words,
    misspellings,
    normal,
    paraphrases,
    same_article,
    with_other_number,
    word_swaps,
)
from helpers.terms_gold import Gold, both_sided, gold_places

Kind = Literal["word", "paraphrase", "name"]

_PLACES: Final = 4  # units with the term and its rendering
_TWICE: Final = 5  # from so many places on, two of them may be changed
_SHORTEST: Final = 3  # characters of a term
_SETTLED: Final = 0.8  # share of the term's units that have the rendering
_LEAST: Final = 0.6  # the same, for texts that have too few settled terms


@dataclass(frozen=True)
class Slip:
    """One planted slip."""

    doc: str  # the bitext's id
    bead: int
    kind: Kind
    term: str  # in its simplified shadow
    old: str
    new: str
    src_span: Span  # in the Chinese document's text
    tgt_span: Span  # of what is new, in the changed English document's text


@dataclass(frozen=True)
class Settled:
    """A term with one rendering and the places that have it."""

    term: str
    rendering: str  # in normal form
    share: float  # of the units with the term, how many have the rendering
    places: tuple[Gold, ...]  # one a unit
    whole: tuple[Gold, ...]  # those where it is no part of a longer term


@dataclass(frozen=True)
class _Draft:
    """A slip before the texts are changed."""

    unit: TextUnit
    kind: Kind
    place: Gold
    new: str
    change: Change


def plant(
    bitexts: Sequence[Bitext],
    dictionary: Mapping[str, frozenset[str]],
    *,
    terms: int = 20,
    names: int = 0,
    seed: int = 1,
) -> tuple[list[Bitext], list[Slip]]:
    """Plant slips of one word in one half of some terms, paraphrases in the other half.

    Args:
        bitexts: Aligned texts; they are left as they are.
        dictionary: The renderings of terms, in small letters.
        terms: How many terms get slips, or fewer if there are not so many to be had.
        names: How many names and titles get slips besides.
        seed: Of the choice of terms, places and words.

    Returns:
        The texts with the slips, and the slips in the order of the text.
    """
    found = [unit for bitext in bitexts for unit in both_sided(bitext)]
    texts = {bitext.id: bitext.tgt_doc.text for bitext in bitexts}
    drafter = _Drafter(found, texts, np.random.default_rng(seed))
    settled = settled_terms(found, dictionary)
    drafts = drafter.drafts(settled, terms)
    return _carried_out(bitexts, drafts + drafter.in_names(settled, names))


def settled_terms(
    found: Sequence[TextUnit], dictionary: Mapping[str, frozenset[str]]
) -> list[Settled]:
    """Return the terms that have one rendering, in the order of the alphabet."""
    known = {
        term: frozenset(form for text in renderings for form in with_other_number(text))
        for term, renderings in dictionary.items()
        if len(term) >= _SHORTEST
    }
    places: defaultdict[tuple[str, str], list[Gold]] = defaultdict(list)
    for place in gold_places(found, known):
        rendering = normal(found[place.unit].tgt[slice(*place.tgt)])
        places[place.term, rendering].append(place)
    often = {key: each for key, each in places.items() if len(each) >= _PLACES}
    src = [shadow(unit.src).text for unit in found]
    tgt = [f" {normal(unit.tgt)} " for unit in found]
    settled = []
    for (term, rendering), mine in sorted(often.items()):
        having = [number for number, text in enumerate(src) if term in text]
        share = np.mean([f" {rendering} " in tgt[number] for number in having])
        if share >= _LEAST:
            longer = [other for other in known if term in other and term != other.strip("《》")]
            whole = [each for each in mine if not any(t in src[each.unit] for t in longer)]
            settled.append(Settled(term, rendering, float(share), tuple(mine), tuple(whole)))
    return settled


class _Drafter:
    """Chooses terms, places and words; no place is chosen twice."""

    def __init__(
        self, found: Sequence[TextUnit], texts: Mapping[str, str], random: np.random.Generator
    ) -> None:
        self._found = found
        self._texts = texts
        self._random = random
        self._taken: defaultdict[str, list[Span]] = defaultdict(list)
        self._used: list[str] = []

    def drafts(self, settled: Sequence[Settled], terms: int) -> list[_Draft]:
        """Choose slips for so many terms, of which none is a part of another."""
        drafts: list[_Draft] = []
        counts: dict[Kind, int] = {"word": 0, "paraphrase": 0}
        for each in self._shuffled(settled):
            if self._is_used(each):
                continue
            for kind in sorted(counts, key=lambda kind: counts[kind]):
                full = counts[kind] >= (terms + (kind == "word")) // 2
                mine = [] if full else self._of_term(each, kind)
                if mine:
                    drafts += mine
                    counts[kind] += 1
                    self._used.append(each.term)
                    break
        return drafts

    def in_names(self, settled: Sequence[Settled], names: int) -> list[_Draft]:
        """Choose slips for so many names and titles of those that have none yet."""
        drafts: list[_Draft] = []
        for each in self._shuffled(settled) if names else ():
            if not self._is_used(each) and is_title(self._sample(each)):
                mine = self._of_term(each, "name")
                if mine:
                    drafts += mine
                    self._used.append(each.term)
                    names -= 1
            if not names:
                break
        return drafts

    def _is_used(self, settled: Settled) -> bool:
        mine = settled.term
        return any(mine in term or term in mine for term in self._used)

    def _sample(self, settled: Settled) -> str:
        return self._found[settled.places[0].unit].tgt[slice(*settled.places[0].tgt)]

    def _shuffled(self, settled: Sequence[Settled]) -> list[Settled]:
        """Shuffle the well settled terms; the others follow, the best first."""
        good = [each for each in settled if each.share >= _SETTLED]
        rest = [each for each in settled if each.share < _SETTLED]
        shuffled = [good[number] for number in self._random.permutation(len(good))]
        return shuffled + sorted(rest, key=lambda each: (-each.share, each.term))

    def _of_term(self, settled: Settled, kind: Kind) -> list[_Draft]:
        """Choose one or two places of a term and the words for them; mark them as taken."""
        sample = self._sample(settled)
        if kind != "paraphrase":
            places = settled.places
            wordings = word_swaps(sample) if len(content_words(sample)) > 1 else []
            if kind == "name" and not wordings:
                wordings = misspellings(sample)
        else:  # nobody paraphrases a part of a term
            places = settled.whole
            wordings = paraphrases(sample, settled.term, self._random)
        order = [places[number] for number in self._random.permutation(len(places))]
        wanted = 1 + int(len(order) >= _TWICE and self._random.random() < 0.5)
        for number in self._random.permutation(len(wordings)):
            written = (self._written(place, wordings[number], kind) for place in order)
            drafts = [draft for draft in written if draft][:wanted]
            if drafts:
                for draft in drafts:
                    self._taken[draft.unit.doc].append(draft.unit.tgt_span(draft.place.tgt))
                return drafts
        return []

    def _written(self, place: Gold, wording: Wording, kind: Kind) -> _Draft | None:
        """Write a wording as the place asks for it; None if it cannot stand there."""
        unit = self._found[place.unit]
        old = unit.tgt[slice(*place.tgt)]
        inside, text = wording(old)
        span = Span(place.tgt.start + inside.start, place.tgt.start + inside.stop)
        replaced = unit.tgt[slice(*span)]
        target = unit.tgt_span(span)
        if self._texts[unit.doc][slice(*target)] != replaced:
            return None  # a line ends inside
        if any(_overlap(unit.tgt_span(place.tgt), other) for other in self._taken[unit.doc]):
            return None
        if not same_article(unit.tgt[: span.start], replaced, text):
            return None
        new = old[: inside.start] + text + old[inside.stop :]
        return _Draft(unit, kind, place, new, Change(target, text))


def _carried_out(
    bitexts: Sequence[Bitext], planned: Sequence[_Draft]
) -> tuple[list[Bitext], list[Slip]]:
    changes = {
        bitext.id: sorted(each.change for each in planned if each.unit.doc == bitext.id)
        for bitext in bitexts
    }
    slips = [
        Slip(
            doc=each.unit.doc,
            bead=each.unit.bead,
            kind=each.kind,
            term=each.place.term,
            old=each.unit.tgt[slice(*each.place.tgt)],
            new=each.new,
            src_span=each.unit.src_span(each.place.src),
            tgt_span=moved(each.change.span, changes[each.unit.doc]),
        )
        for each in planned
    ]
    order = {bitext.id: number for number, bitext in enumerate(bitexts)}
    slips.sort(key=lambda slip: (order[slip.doc], slip.tgt_span))
    return [change(bitext, changes[bitext.id]) for bitext in bitexts], slips


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop
