"""The parts of speech that a word may have under HanTa's model, read letter by letter.

The search is that of `HanoverTagger.analyze_forward`, for words that the model does not list
as they are. That one asks for each piece of a word how likely it is under every tag that may
stand there; here a tag is left out as soon as it has no such piece. The same sums in the same
order give the same numbers.

Source: C. Wartena, "The Hanover Tagger (Version 1.1.0)", Hochschule Hannover, 2023,
https://doi.org/10.25968/opus-2457.

Cost: quadratic in the letters of a word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np

PIECES_KEPT: Final = 1 << 16
TOP_ENDS: Final = 3  # of a piece that go on, and those that are hardly worse
LEAST_PATH: Final = -1e6  # log probability of a path

State = tuple[int, int]  # the tags of two pieces
Row = dict[State, float]


class _NextPiece(NamedTuple):
    """A tag that the next piece of a word may have."""

    state: State  # that it leads to
    cost: float  # log probability that it follows
    tag: int
    known: Mapping[str, float]  # the pieces that the model lists under it
    is_open: bool  # whether it may have others


class _NextPieces(NamedTuple):
    """The tags that the next piece may have behind a state, in the order of the model."""

    all: Sequence[_NextPiece]
    open: Sequence[_NextPiece]
    listed: frozenset[str]  # the pieces of those that are not open


class WordTags:
    """Finds the tags of words.

    Args:
        tagger: A `HanoverTagger` with its model.
        edges: Its numbers of no tag, of the begin and the unknown tag.
    """

    def __init__(self, tagger: Any, edges: tuple[int, int, int]) -> None:  # noqa: ANN401 - HanTa has no types
        self._tagger = tagger
        self._empty, self._start, self._unknown = edges
        self._guess = lru_cache(maxsize=PIECES_KEPT)(tagger.lp_m_t)
        self._pieces = cache(self._find_pieces)

    def analyse(self, word: str) -> list[tuple[int, float]]:
        """Return the tags of a word in lower case with their log probabilities, the best first."""
        size = len(word)
        table: list[Row] = [{(self._empty, self._start): 0.0}, *({} for _ in word)]
        for at, row in enumerate(table[:-1]):
            bound = LEAST_PATH
            if len(row) > TOP_ENDS:
                bound = sorted(row.values(), reverse=True)[TOP_ENDS] - 1
            for state, so_far in row.items():
                if so_far >= bound and (pieces := self._pieces(state)).all:
                    for stop in range(at + 1, size + 1):
                        self._step(word[at:stop], size, so_far, pieces, table[stop])
        return self._final(table[-1])

    def _step(self, text: str, size: int, so_far: float, pieces: _NextPieces, row: Row) -> None:
        """Put the states that one more piece leads to into a row."""
        strict = self._tagger.strict
        possible = pieces.all if text in pieces.listed else pieces.open
        for state, cost, tag, known, is_open in possible:
            worth = known.get(text)
            if worth is None:
                if not is_open:
                    continue
                worth = self._guess(text, tag, size, strict)
            total = so_far + cost + worth
            if total > LEAST_PATH and (state not in row or total > row[state]):
                row[state] = total

    def _find_pieces(self, state: State) -> _NextPieces:
        tagger = self._tagger
        pieces = [
            _NextPiece(
                (state[1], tag),
                cost,
                tag,
                tagger.LP_m_t[tag],
                tag in tagger.LP_hapax_t and tag in tagger.LP_s_t,
            )
            for tag, cost in tagger.LP_trans_nonfinal.get(state, [])
        ]
        listed = frozenset(text for each in pieces if not each.is_open for text in each.known)
        return _NextPieces(pieces, [each for each in pieces if each.is_open], listed)

    def _final(self, row: Row) -> list[tuple[int, float]]:
        """Return the tags of whole words that may end in some states."""
        ended: Row = {}
        for state, so_far in row.items():
            for tag, cost in self._tagger.LP_trans_final.get(state, []):
                total, new = so_far + cost, (state[1], tag)
                if total > LEAST_PATH and (new not in ended or total > ended[new]):
                    ended[new] = total
        found: dict[int, float] = {}
        for (_, tag), total in ended.items():
            if total != -math.inf:
                found[-tag] = np.logaddexp(found[-tag], total) if -tag in found else total
        ranked = sorted(found.items(), key=lambda each: each[1], reverse=True)
        return ranked or [(self._unknown, 0.0)]
