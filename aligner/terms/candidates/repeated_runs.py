"""Runs of words that stand at least twice, with all their places.

A run has 1 to 8 words and 2 to 24 characters, no mark inside, and stands at least once
between edges of words. Its other places count wherever its characters stand and no word
of a dictionary is cut in two, since the cutter cuts a name now so and now so: 沈|若澜,
沈若澜. 国人 in 中国|人民 is no place of 国人.

All stretches of one length are compared by a hash of their characters. Cost: a sort of
all places for each of the 23 lengths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.terms.candidates.flat_words import Bools, FlatWords, Longs

MOST_WORDS = 8
SHORTEST = 2  # characters
LONGEST = 24

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: 2^64 divided by the golden ratio
_MIX = np.uint64(0xBF58476D1CE4E5B9)  # of the generator SplitMix64 (G. Steele et al., 2014)
_SHIFT = np.uint64(31)

_Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class RepeatedRuns:
    """Repeated runs and their places, sorted by run and place."""

    run: Longs  # of each place. Shape (places,)
    start: Longs  # in `FlatWords.text`
    stop: Longs
    aligned: Bools  # whether both edges are edges of words
    first: Longs  # first place of each run. Shape (runs + 1,)
    sample: Longs  # a place of each run that is aligned. Shape (runs,)

    @property
    def size(self) -> int:
        """How many runs there are."""
        return len(self.sample)

    def texts(self, words: FlatWords) -> list[str]:
        """Return each run as it stands in the shadow."""
        at = self.first[:-1]
        edges = zip(self.start[at].tolist(), self.stop[at].tolist(), strict=True)
        return [words.text[start:stop] for start, stop in edges]


def repeated_runs(words: FlatWords, *, min_count: int = 2) -> RepeatedRuns:
    """Return the runs that stand often enough, in the order of their first place."""
    hashes, power = _hashes(words.text)
    opens, closes = _word_edges(words)
    parts = np.cumsum(words.parted, dtype=np.int64)
    found: list[tuple[Longs, Longs]] = []
    for size in range(SHORTEST, min(LONGEST, len(words.text)) + 1):
        start = _stretches(words, size)
        if not len(start):
            continue
        key = hashes[start + size] - hashes[start] * power[size]
        _, number, counts = np.unique(key, return_inverse=True, return_counts=True)
        whole = _are_runs(opens[start], closes[start + size], parts)
        good = (counts >= min_count) & (np.bincount(number, weights=whole) > 0)
        kept = good[number]
        # A run is named by its first place.
        least = np.full(len(counts), len(words.text))
        np.minimum.at(least, number, start)
        found.append((start[kept], np.stack([least[number[kept]], np.full(kept.sum(), size)])))
    return _collect(found, opens, closes, parts)


def _hashes(text: str) -> tuple[_Hashes, _Hashes]:
    """Return a hash of each beginning of a text, and the powers that cut one off another."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    codes = (codes + np.uint64(1)) * _MIX
    codes ^= codes >> _SHIFT
    hashes = np.zeros(len(codes) + 1, dtype=np.uint64)
    # h[n] = h[n-1] * B + c: all at once as B^n times the sum of c / B^k, since B is odd.
    inverse = np.uint64(pow(int(_BASE), -1, 1 << 64))
    up: _Hashes = (
        np.cumprod(np.full(len(codes) + 1, _BASE), dtype=np.uint64) * inverse
    )  # B^0, B^1, ...
    down: _Hashes = np.cumprod(np.full(len(codes) + 1, inverse), dtype=np.uint64) * _BASE
    hashes[1:] = up[1:] * np.cumsum(codes * down[1:], dtype=np.uint64)
    return hashes, up[: LONGEST + 2]


def _word_edges(words: FlatWords) -> tuple[Longs, Longs]:
    """Return the word that begins at each place and the one that ends there, -1 for none."""
    opens = np.full(len(words.text) + 1, -1, dtype=np.int64)
    closes = opens.copy()
    free = np.flatnonzero(~words.barred)
    opens[words.start[free]] = free
    closes[words.stop[free]] = free
    return opens, closes


def _stretches(words: FlatWords, size: int) -> Longs:
    """Return where the stretches of a size begin that cut no known word and no mark."""
    start = np.arange(len(words.text) - size + 1)
    at, last = words.at[start], words.at[start + size - 1]
    good = (at >= 0) & (last >= 0) & ~words.inside[start] & ~words.inside[start + size]
    kept: Longs = start[good]
    return kept


def _are_runs(first: Longs, last: Longs, parts: Longs) -> Bools:
    """Whether stretches from a word to a word are runs of few enough words without a mark."""
    if not len(parts):
        return np.zeros(len(first), dtype=bool)
    good = (first >= 0) & (last >= 0) & (last - first < MOST_WORDS) & (last >= first)
    whole: Bools = good & (parts[first] == parts[last])
    return whole


def _collect(
    found: list[tuple[Longs, Longs]], opens: Longs, closes: Longs, parts: Longs
) -> RepeatedRuns:
    """Bring the places of all sizes in the order of their runs."""
    start = np.concatenate([s for s, _ in found]) if found else np.zeros(0, np.int64)
    named = np.concatenate([n for _, n in found], axis=1) if found else np.zeros((2, 0), np.int64)
    order = np.lexsort((start, named[1], named[0]))
    start, least, size = start[order], named[0, order], named[1, order]
    stop = start + size
    new = np.ones(len(start), dtype=bool)
    new[1:] = (least[1:] != least[:-1]) | (size[1:] != size[:-1])
    run = np.cumsum(new) - 1
    first = np.append(np.flatnonzero(new), len(start))
    aligned = _are_runs(opens[start], closes[stop], parts)
    where = np.flatnonzero(aligned)
    sample = where[np.unique(run[where], return_index=True)[1]]
    return RepeatedRuns(run, start, stop, aligned, first, sample)


def grouped(owner: Longs, value: Longs) -> tuple[Longs, Longs, Longs]:
    """Count the pairs of two columns.

    Returns:
        The owner of each distinct pair, how often it stands, and the pair of each row;
        pairs are sorted by owner and value.
    """
    order = np.lexsort((value, owner))
    o, v = owner[order], value[order]
    new = np.ones(len(o), dtype=bool)
    new[1:] = (o[1:] != o[:-1]) | (v[1:] != v[:-1])
    number = np.cumsum(new) - 1
    pair = np.empty(len(o), dtype=np.int64)
    pair[order] = number
    return o[new], np.bincount(number), pair
