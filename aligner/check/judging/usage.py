"""How English words are used in some texts, and where the renderings of a term stand.

A difference means more or less by what stands around it: a word that half of the text is
full of may have come from anywhere; a swap that many terms have is a habit of the text or a
fault of the aligner; a short form behind the full one is good style.

Cost: linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from ahocorasick_rs import AhoCorasick

from aligner.bitext import Bitext
from aligner.span import Span
from aligner.terms.located import Grouped, Looked, Seen
from aligner.terms.units import TextUnit
from aligner.wording.content_words import content_key
from aligner.wording.phrase import MODIFIERS, NOUNS, sentence_words

COMMON: Final = 0.1  # share of units from which a word is plainly common
UNSEEN_UNITS: Final = 200  # sentences of a short report
NEAR_WORDS: Final = 6  # words on either side of a span in which a word that left it may stand
LONGEST_BESIDE: Final = 30  # characters on a side of a place that are compared
_FAR_BEADS: Final = 40  # in a paragraph and the one before it
SETTLED_PLACES: Final = 2  # from which a term has a usual rendering
NEAR_BEADS: Final = 3  # beads back that a reader remembers where each line is a paragraph
_Key = tuple[str, ...]
_Swap = tuple[_Key, _Key]


@dataclass(frozen=True, slots=True)
class Usage:
    """What is counted over all texts, once."""

    units: int
    word_units: Counter[str]  # in how many units a content word stands
    swaps: Counter[_Swap]  # in how many terms words are exchanged for others

    def commonness(self, words: Iterable[str]) -> float:
        """Return the share of units with the commonest of some words; 0 without one.

        Bounded, and as if a short text went on without these words: in a notice of ten
        sentences every word of a term is common.
        """
        most = max((self.word_units[word] for word in words), default=0)
        return min(COMMON, most / (self.units + UNSEEN_UNITS))


def usage_of(looked: Looked) -> Usage:
    """Count the words and swaps of some texts."""
    words: Counter[str] = Counter()
    both = [unit for unit in looked.units if unit.src and unit.tgt]
    for unit in both:
        words.update(set(content_key(unit.tgt)))
    swaps: Counter[_Swap] = Counter()
    for term in looked.terms:
        swaps.update({swap_of(g.comparison.removed, g.comparison.added) for g in term.groups[1:]})
    return Usage(max(1, len(both)), words, swaps)


def swap_of(removed: Sequence[str], added: Sequence[str]) -> _Swap:
    """Return two sets of words as one swap, the same in both directions."""
    one, two = sorted((tuple(sorted(removed)), tuple(sorted(added))))
    return one, two


def units_with(wordings: Iterable[str], units: Sequence[TextUnit]) -> dict[_Key, set[int]]:
    """Return, for each wording by its content words, the units that have it side by side.

    Cost: linear in the text, whatever the number of wordings.
    """
    keys = sorted({content_key(text) for text in wordings} - {()})
    found: dict[_Key, set[int]] = {key: set() for key in keys}
    machine = AhoCorasick([f" {' '.join(key)} " for key in keys])
    for number, unit in enumerate(units if keys else ()):
        text = f" {' '.join(content_key(unit.tgt))} "
        for index, _, _ in machine.find_matches_as_indexes(text, overlapping=True):
            found[keys[index]].add(number)
    return found


def words_around(sentence: str, span: Span, reach: int = NEAR_WORDS) -> frozenset[str]:
    """Return the content words that stand close to a span, the span's own not counted."""
    spans, texts, _ = sentence_words(sentence)
    left = bisect_right(spans, span.start, key=attrgetter("stop"))
    right = bisect_left(spans, span.stop, key=attrgetter("start"))
    around = (*texts[max(0, left - reach) : left], *texts[right : right + reach])
    return frozenset(key for text in around for key in content_key(text))


def goes_on(sentence: str, span: Span) -> tuple[bool, bool]:
    """Tell whether a noun phrase goes on before and behind a span, which may be cut short."""
    spans, _, tags = sentence_words(sentence)
    left = bisect_right(spans, span.start, key=attrgetter("stop")) - 1
    right = bisect_left(spans, span.stop, key=attrgetter("start"))
    joined_left = left >= 0 and not sentence[spans[left].stop : span.start].strip(" -")
    joined_right = right < len(spans) and not sentence[span.stop : spans[right].start].strip(" -")
    return (
        joined_left and tags[left] in MODIFIERS,
        joined_right and tags[right] in NOUNS,
    )


class Standing:
    """Where in their documents some places stand, so that others can be measured by them.

    Args:
        looked: The texts.
        places: Those of one rendering.
    """

    def __init__(self, looked: Looked, places: Iterable[Seen]) -> None:
        self._units, self._bitexts = looked.units, looked.bitexts
        self._by_doc: defaultdict[str, list[tuple[int, Span, int]]] = defaultdict(list)
        for seen in places:
            unit = looked.units[seen.place.unit]
            self._by_doc[unit.doc].append((unit.bead, seen.place.span, seen.place.unit))
        for each in self._by_doc.values():
            each.sort()

    def in_document(self, seen: Seen) -> int:
        """Return how many of them stand in the document of a place."""
        return len(self._by_doc.get(self._units[seen.place.unit].doc, ()))

    def beads_off(self, seen: Seen) -> int:
        """Return how many beads away in its document the nearest stands; -1 without one."""
        here, near = self._around(seen)
        return min((abs(here.bead - bead) for bead, _, _ in near), default=-1)

    def is_recent(self, seen: Seen) -> bool:
        """Tell whether one stands before, in the same or the previous paragraph."""
        here, near = self._around(seen)
        for bead, span, number in near[:1]:
            if (bead, span) < (here.bead, seen.place.span):
                back = here.bead - bead
                return back <= NEAR_BEADS or (
                    back <= _FAR_BEADS
                    and _paragraphs(self._bitexts[here.doc], self._units[number], here) <= 1
                )
        return False

    def _around(self, seen: Seen) -> tuple[TextUnit, list[tuple[int, Span, int]]]:
        """Return the unit of a place, and the nearest of the others before and behind it."""
        here = self._units[seen.place.unit]
        there = self._by_doc.get(here.doc, [])
        at = bisect_left(there, (here.bead, seen.place.span, -1))
        return here, there[max(0, at - 1) : at + 1]


def _paragraphs(bitext: Bitext, unit: TextUnit, here: TextUnit) -> int:
    """Return how many paragraphs end between two units."""
    start, stop = int(unit.src_char[-1]), int(here.src_char[0])
    return len([line for line in bitext.src_doc.text[start:stop].split("\n")[1:] if line.strip()])


def beside(unit: TextUnit, span: Span) -> tuple[str, str]:
    """Return the Chinese before a place, read backwards, and behind it, so far as compared."""
    before = unit.src[max(0, span.start - LONGEST_BESIDE) : span.start]
    return before[::-1], unit.src[span.stop : span.stop + LONGEST_BESIDE]


def words_in_common(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return how many characters beside two places of a term are the same, on both sides.

    Where a longer phrase is repeated, it is the same thing that has two names. What stands
    `beside` each is given.
    """
    return sum(map(_same, one, other))


def _same(one: str, other: str) -> int:
    """Return how many characters two texts share from their begin on."""
    size = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        size += 1
    return size


def in_line(grouped: Sequence[Grouped]) -> dict[tuple[int, str], list[Span]]:
    """Return, for each unit and term, the places that have its usual rendering."""
    found: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
    for term in grouped:
        usual = term.groups[0].places if term.groups else ()
        for seen in usual if len(usual) >= SETTLED_PLACES else ():
            found[seen.place.unit, term.wanted.key].append(seen.place.span)
    return dict(found)


def named(grouped: Sequence[Grouped]) -> dict[tuple[str, ...], list[str]]:
    """Return the terms that mostly have a name, by its words."""
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for term in grouped:
        total = sum(len(group.places) for group in term.groups)
        dominant = term.groups[0] if term.groups else None
        if dominant is None or dominant.sure < 2 or 2 * len(dominant.places) <= total:
            continue
        if dominant.text[:1].isupper():
            found[content_key(dominant.text)].append(term.wanted.key)
    return dict(found)
