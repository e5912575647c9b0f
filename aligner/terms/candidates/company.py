"""What speaks for a repeated run as a term: its company in both languages, as numbers.

The English side: what the word links of its places reach, and whether that is the same
everywhere (`Trail`, `Agree`). The Chinese side: how often it stands, how tightly it holds
together, what stands around it, and what its words are (`Form`, parts of speech).

Sources: mutual information and entropy of neighbours, K. Church and P. Hanks, "Word
Association Norms, Mutual Information, and Lexicography", Computational Linguistics 16(1),
1990, https://aclanthology.org/J90-1003; candidates by their translations, F. Smadja et
al., "Translating Collocations for Bilingual Lexicons", Computational Linguistics 22(1),
1996, https://aclanthology.org/J96-1001.

Cost: linear in the places, and sorts of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.lexicon.tagger import tag_words
from aligner.terms.candidates._follow import TRAIL_WIDTH, Trail, follow
from aligner.terms.candidates.flat_words import Bools, FlatWords, Longs
from aligner.terms.candidates.repeated_runs import RepeatedRuns, grouped
from aligner.terms.candidates.run_form import FORM_NAMES, describe_form
from aligner.terms.linked import Linked

Doubles = NDArray[np.float64]

DIGITS: Final = 6  # of a number here: the last ones differ between processors


class Agree(IntEnum):
    """Whether the places of a run have one rendering: columns."""

    TOP = 0  # share of the commonest linked stems, of the places that have any
    ENTROPY = 1  # of the linked stems, bits
    DICE = 2  # of the run and the commonest stems' rarest one
    COVER = 3  # places by occurrences of that stem
    LEFT_DIFFERENCE = 4  # 1 - overlap of the stems beside the commonest neighbour and elsewhere
    RIGHT_DIFFERENCE = 5
    ONE_SIDED = 6  # share of places without an English side


TAG_NAMES: Final = tuple(f"{side} tag {n}" for side in ("first", "last") for n in range(12))
TRAIL_NAMES: Final = (
    *(each.name.lower() for each in Trail if each not in {Trail.FIRST_TAG, Trail.LAST_TAG}),
    *TAG_NAMES,
)
AGREE_NAMES: Final = tuple(each.name.lower() for each in Agree)
COMPANY_NAMES: Final = (*TRAIL_NAMES, *AGREE_NAMES, *FORM_NAMES)


@dataclass(frozen=True, slots=True)
class Company:
    """The description of all runs, and of the places what is needed later."""

    rows: Doubles  # Shape (runs, len(COMPANY_NAMES))
    left: Longs  # the kind of the Chinese word before each place, -1 for a mark
    right: Longs
    reach: NDArray[np.float32]  # of each place, see `Trail`. Shape (places, TRAIL_WIDTH)


def describe_runs(words: FlatWords, runs: RepeatedRuns, linked: Linked) -> Company:
    """Describe each run."""
    first, last = words.at[runs.start], words.at[runs.stop - 1]
    left, right = neighbours(words, first, last)
    trail, key, unit = _trails(words, linked, first, last, left >= 0, right >= 0)
    form = describe_form(words, runs, left, right)
    rows = np.concatenate(
        [_means(runs, trail), _agreement(runs, trail, key, unit, left, right), form],
        axis=1,
    )
    return Company(np.round(rows, DIGITS), left, right, trail)


def neighbours(words: FlatWords, first: Longs, last: Longs) -> tuple[Longs, Longs]:
    """Return the kinds of the words before and behind places, -1 beside a mark."""
    parted = np.append(words.parted, True)
    kind = np.append(words.kind, -1)
    left = np.where(parted[first], -1, kind[first - 1])
    return left, np.where(parted[last + 1], -1, kind[last + 1])


def _trails(  # noqa: PLR0913, PLR0917 - columns of the places, each said by name
    words: FlatWords, linked: Linked, first: Longs, last: Longs, left: Bools, right: Bools
) -> tuple[NDArray[np.float32], Longs, Longs]:
    """Follow the links of all places."""
    corpus, association = linked.corpus, linked.association
    text = np.searchsorted(words.word_first, first, side="right") - 1
    unit = linked.row[text] if len(text) else np.zeros(0, dtype=np.int64)
    tags = [tag for english in corpus.english for tag in tag_words(english.words)]
    out = np.zeros((len(first), TRAIL_WIDTH), dtype=np.float32)
    key = np.zeros(len(first), dtype=np.int64)
    follow(
        unit,
        first - words.word_first[text],
        last - words.word_first[text],
        left,
        right,
        corpus.zh_first,
        corpus.en_first,
        association.pair_first,
        association.posterior[0],
        association.posterior[1],
        corpus.en_flags,
        np.array(tags, dtype=np.int64),
        corpus.en_word,
        np.bincount(corpus.en_word, minlength=len(corpus.en_types)).astype(np.int64),
        out,
        key,
    )
    return out, key, unit


def _means(runs: RepeatedRuns, trail: NDArray[np.float32]) -> Doubles:
    """Return the means over the places that have a rendering, and the share of these."""
    total = np.add.reduceat(trail.astype(np.float64), runs.first[:-1], axis=0)
    rendered = total[:, Trail.RENDERED].copy()
    means: Doubles = total / np.maximum(rendered, 1)[:, None]
    means[:, Trail.RENDERED] = rendered / np.diff(runs.first)
    return means


def _agreement(  # noqa: PLR0913, PLR0917 - columns of the places, each said by name
    runs: RepeatedRuns,
    trail: NDArray[np.float32],
    key: Longs,
    unit: Longs,
    left: Longs,
    right: Longs,
) -> Doubles:
    out = np.zeros((runs.size, len(Agree)))
    count = np.diff(runs.first)
    out[:, Agree.ONE_SIDED] = np.add.reduceat(unit < 0, runs.first[:-1], dtype=np.int64) / count
    has = np.flatnonzero(key != 0)
    if not len(has):
        return out
    owner = runs.run[has]
    places = np.bincount(owner, minlength=runs.size)
    group, size, keyed = grouped(owner, key[has])
    top = np.zeros(runs.size)
    np.maximum.at(top, group, size)
    share = size / places[group]
    out[:, Agree.TOP] = top / np.maximum(places, 1)
    out[:, Agree.ENTROPY] = -np.bincount(group, share * np.log2(share), minlength=runs.size)
    # Occurrences of the rarest stem of the commonest rendering.
    commonest = np.flatnonzero(size == top[group])
    first_of = np.full(runs.size, -1)
    first_of[group[commonest][::-1]] = commonest[::-1]
    rare = np.zeros(len(size))
    rare[keyed] = np.expm1(trail[has, Trail.RARE])
    got = first_of >= 0
    stem = np.maximum(rare[first_of[got]], 1)
    out[got, Agree.DICE] = 2 * top[got] / (count[got] + stem)
    out[got, Agree.COVER] = np.minimum(count[got] / stem, 3.0)
    for column, beside in ((Agree.LEFT_DIFFERENCE, left), (Agree.RIGHT_DIFFERENCE, right)):
        out[:, column] = _difference(runs, owner, beside[has], key[has])
    return out


def _difference(runs: RepeatedRuns, owner: Longs, beside: Longs, key: Longs) -> Doubles:
    """Return by how much renderings differ between the commonest neighbour and elsewhere."""
    group, size, pair = grouped(owner, beside)
    mark = np.ones(len(size), dtype=bool)
    mark[pair] = beside < 0  # a mark is no neighbour
    best = np.zeros(runs.size)
    np.maximum.at(best, group[~mark], size[~mark])
    chosen = np.flatnonzero(~mark & (size == best[group]))
    of_run = np.full(runs.size, -1)
    of_run[group[chosen][::-1]] = chosen[::-1]
    side = (pair == of_run[owner]).astype(np.int64)
    with_it = np.bincount(owner[side == 1], minlength=runs.size)
    without = np.bincount(owner[side == 0], minlength=runs.size)
    rows, number, keyed = grouped(owner, key)
    here = np.bincount(keyed, side, minlength=len(rows))
    there = number - here
    share = np.minimum(here / np.maximum(with_it, 1)[rows], there / np.maximum(without, 1)[rows])
    overlap = np.bincount(rows, share, minlength=runs.size)
    both = (with_it > 0) & (without > 0)
    difference: Doubles = np.where(both, 1 - overlap, 0.0)
    return difference
