"""How often a term and some English words stand in the same unit.

English words are compared by the stems of their content words in order, as one number
a span (a hash). The counts are of units, not of places.

Source of the coefficient: L. R. Dice, "Measures of the Amount of Ecologic Association
Between Species", Ecology 26(3), 1945; for terms: F. Smadja et al., "Translating
Collocations for Bilingual Lexicons", Computational Linguistics 22(1), 1996,
https://aclanthology.org/J96-1001.

Cost: one number a span of each unit, and a sort of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats
from aligner.terms.locate._span_lists import hash_spans, list_spans, wider
from aligner.terms.locate.unit_words import Corpus, Ints

LONGEST_RENDERING = 12  # words of a rendering

Hashes = NDArray[np.int64]
_COLUMNS = (
    ("start", np.int32),
    ("stop", np.int32),
    ("key", np.int64),
    ("left", np.int32),
    ("right", np.int32),
)


class CountFeature(IntEnum):
    """What counts say of a span as a rendering: the columns of a row."""

    DICE = 0  # of the span and the term
    WITH = 1  # other units that have both, log
    WITH_SHARE = 2  # of the term's other units
    WITHOUT_SHARE = 3  # of the span's units that lack the term
    WITHOUT = 4  # these, log
    KEPT_LEFT = 5  # share of the units with both that have the next longer span too
    KEPT_RIGHT = 6
    WITH_MANY = 7  # WITH_SHARE, less where the term has few units


COUNT_WIDTH = len(CountFeature)


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of one unit's English side that could be a rendering."""

    start: Ints  # first word. Shape (spans,)
    stop: Ints  # the word behind the last one
    key: Hashes  # number of its content words
    left: Ints  # index of the next longer span to the left, -1 for none
    right: Ints


@dataclass(frozen=True, slots=True)
class AllSpans:
    """The spans of all units end to end, with the number of each wording."""

    first: NDArray[np.int64]  # first span of each unit. Shape (units + 1,)
    joined: Spans  # of all units; `left` and `right` count from the unit's first span
    wording: Ints  # dense number of each span's key. Shape (spans,)
    fresh: NDArray[np.bool_]  # whether a span is the first of its unit with its key
    standing: Ints  # in how many units each span's key stands

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.first) - 1

    def __getitem__(self, unit: int) -> Spans:
        """Return the spans of a unit, as views."""
        part, all_of = slice(*self.first[unit : unit + 2]), self.joined
        return Spans(
            all_of.start[part],
            all_of.stop[part],
            all_of.key[part],
            all_of.left[part],
            all_of.right[part],
        )


def number_spans(spans: Sequence[Spans]) -> AllSpans:
    """Lay the spans of all units out, and count each key once a unit. Cost: one sort."""
    first = np.concatenate([[0], np.cumsum([len(each.key) for each in spans])]).astype(np.int64)
    joined = Spans(
        *(
            np.concatenate([np.zeros(0, kind), *(getattr(each, name) for each in spans)])
            for name, kind in _COLUMNS
        )
    )
    unit = np.repeat(np.arange(len(spans), dtype=np.int32), np.diff(first))
    order = np.argsort(joined.key, kind="stable")
    new_key = np.diff(joined.key[order], prepend=joined.key[order[:1]] - 1) != 0
    new_unit = new_key | (np.diff(unit[order], prepend=-1) != 0)
    number = np.cumsum(new_key) - 1
    wording, fresh = np.empty(len(order), np.int32), np.empty(len(order), np.bool_)
    wording[order], fresh[order] = number, new_unit
    units = np.bincount(number, weights=new_unit).astype(np.int32)
    return AllSpans(first, joined, wording, fresh, units[wording])


def spans_of(corpus: Corpus, unit: int, *, longest: int = LONGEST_RENDERING) -> Spans:
    """List the spans of a unit."""
    part = slice(*corpus.en_first[unit : unit + 2])
    flags = corpus.en_flags[part]
    start, stop = list_spans(flags, longest)
    key = hash_spans(start, stop, flags, corpus.en_word[part])
    left, right = wider(start, stop, len(flags))
    return Spans(start, stop, key, left, right)


def fill_counts(  # noqa: PLR0913, PLR0917 - columns of the spans, each said by name
    left: Ints, right: Ints, total: Ints, both: Ints, units: NDArray[np.int64], out: Floats
) -> None:
    """Describe the spans of several places by their company with the places' terms.

    Args:
        left: Row of the next longer span to the left, -1 for none. Shape (spans,).
        right: The same to the right.
        total: In how many units of all each span stands.
        both: In how many of these the place's term stands too.
        units: In how many units the term stands.
        out: Filled; zeros are left where the term has one unit. Shape (spans, COUNT_WIDTH).
    """
    other = both - 1  # this unit itself says nothing
    out[:, CountFeature.WITHOUT_SHARE] = (total - both) / total
    out[:, CountFeature.WITHOUT] = np.log1p(total - both)
    again = units > 1
    out[:, CountFeature.DICE] = again * (2 * other / np.maximum(units - 1 + total - 1, 1))
    out[:, CountFeature.WITH] = np.log1p(other * again)
    out[:, CountFeature.WITH_SHARE] = again * (other / np.maximum(units - 1, 1))
    for column, longer in ((CountFeature.KEPT_LEFT, left), (CountFeature.KEPT_RIGHT, right)):
        kept = np.where(longer >= 0, other[longer], 0)
        share = np.where(other > 0, kept / np.maximum(other, 1), 0.0)
        out[:, column] = again * share
    many = np.minimum(1.0, (units - 1) / 4).astype(np.float32)
    out[:, CountFeature.WITH_MANY] = out[:, CountFeature.WITH_SHARE] * many
