"""The likeliest tags of a sentence under HanTa's model, in the order that HanTa finds them.

The search is that of `HanoverTagger.tag_sent_viterbi`, which goes through all tags that may
follow a state for each word; here it is a compiled loop that looks only at those that the word
may have. The same sums in the same order give the same tags.

Source: C. Wartena, "The Hanover Tagger (Version 1.1.0)", Hochschule Hannover, 2023,
https://doi.org/10.25968/opus-2457.

Cost: linear in the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from aligner.compiled import compiled
from aligner.lexicon.word_tags import LEAST_PATH, WordTags

WORDS_KEPT: Final = 1 << 16
STATES_KEPT: Final = (
    64  # room for so many states of a word, on average; doubled where that is too little
)
TOP_STATES: Final = 5  # of a word that go on, and those that are hardly worse
CUTOFF: Final = 5  # a tag of a word that is so much less likely (log) than its best is none

Ints = NDArray[np.int32]
Costs = NDArray[np.float64]


class TagPath:
    """Finds the tags of sentences. A state is the tags of two words, numbered as in the model.

    Args:
        tagger: A `HanoverTagger` with its model.
        edges: Its numbers of no tag, of the sentence's begin, its end and the unknown tag.
    """

    def __init__(self, tagger: Any, edges: tuple[int, int, int, int]) -> None:  # noqa: ANN401 - HanTa has no types
        empty, start, end, self._unknown = edges
        # A word that the model lacks is read letter by letter, in whatever case it comes.
        letters = WordTags(tagger, (empty, start, self._unknown))
        tagger.analyze_forward = lru_cache(maxsize=WORDS_KEPT)(letters.analyse)
        self._tagger = tagger
        self._of_word = lru_cache(maxsize=WORDS_KEPT)(self._tags_of_word)
        follows: dict[tuple[int, int], dict[int, float]] = tagger.LP_trans_word
        self._begin = list(follows).index((empty, start))
        self._second = np.array([state[1] for state in follows], dtype=np.int32)
        sizes = np.fromiter(map(len, follows.values()), np.int64, len(follows))
        tags = np.fromiter(chain.from_iterable(follows.values()), np.int32, int(sizes.sum()))
        costs = np.fromiter(chain.from_iterable(f.values() for f in follows.values()), np.float64)
        self._kinds = int(max(tags.max(), self._second.max(), end)) + 1
        number = np.full((self._kinds, self._kinds), -1, dtype=np.int32)
        number[[state[0] for state in follows], self._second] = np.arange(len(follows))
        goes_on = tags != end
        owner = np.repeat(np.arange(len(follows)), sizes)
        self._end = np.full(len(follows), -np.inf)  # the cost of a sentence's end in each state
        self._end[owner[~goes_on]] = costs[~goes_on]
        self._first = np.concatenate([[0], np.cumsum(np.bincount(owner[goes_on]))])
        self._tag, self._cost = tags[goes_on], costs[goes_on]
        self._next = number[self._second[owner[goes_on]], self._tag]

    def tags(self, words: Sequence[str]) -> list[str]:
        """Return the model's tag of each word of a sentence; none for a sentence without words."""
        if not words:
            return []
        kinds = [self._of_word(word, number > 0) for number, word in enumerate(words)]
        path = np.full(len(words), self._unknown, dtype=np.int32)
        tags = np.array([tag for each, _ in kinds for tag in each], dtype=np.int32)
        chances = np.array([chance for _, each in kinds for chance in each], dtype=np.float64)
        first = np.array([0, *np.cumsum([len(each) for each, _ in kinds])], dtype=np.int64)
        states = len(self._second)
        room, found = states + STATES_KEPT * len(words), False
        while not found:
            found = _find_path(
                first, tags, chances, self._begin, self._second, self._first, self._next,
                self._tag, self._cost, self._end, np.full(self._kinds, np.nan), LEAST_PATH,
                np.empty(TOP_STATES + 1), np.empty(room, np.int32), np.empty(room, np.int64),
                np.full((2, states), -1), np.empty((2, states)), path,
            )  # fmt: skip
            room *= 2
        return [self._tagger.int2tag[tag] for tag in path.tolist()]

    def _tags_of_word(self, word: str, has_case: bool) -> tuple[tuple[int, ...], tuple[float, ...]]:  # noqa: FBT001 - a key of the cache
        """Return the tags that a word may have, and log P(tag | word) less log P(tag) of each.

        None for a word that may have any.
        """
        found = self._tagger._tag_word(  # noqa: SLF001
            word, cutoff=CUTOFF, casesensitive=has_case, conditional=True
        )
        chances = dict(found)
        if chances.keys() == {self._unknown}:
            return (), ()
        return tuple(chances), tuple(chances.values())


@compiled()
def _find_path(  # noqa: C901, PLR0912, PLR0913, PLR0917 - a compiled loop has no objects
    word_first: NDArray[np.int64],
    word_tags: Ints,
    word_chances: Costs,
    begin: int,
    second: Ints,
    first: NDArray[np.int64],
    following: Ints,
    tags: Ints,
    costs: Costs,
    end: Costs,
    chance: Costs,
    least: float,
    best: Costs,
    reached: Ints,
    came: NDArray[np.int64],
    seen: NDArray[np.int64],
    sums: Costs,
    path: Ints,
) -> bool:
    """Find the likeliest tags of a sentence; of equals the first, in the order of the model.

    Returns whether there was room for all states that are reached.

    Args:
        word_first: Where the tags of each word begin, and where the last one's end. One without
            any may have all. Shape (words + 1,).
        word_tags: The tags that words may have.
        word_chances: Of each of them (log).
        begin: State in which a sentence begins.
        second: The latter tag of each state. Shape (states,).
        first: Where the states that may follow each state begin. Shape (states + 1,).
        following: These states. Shape (steps,).
        tags: The latter tag of each of them.
        costs: What the step to each costs (log).
        end: What it costs to end in each state. Shape (states,).
        chance: Overwritten; not a number. Shape (tags,).
        least: What a path exceeds (log).
        best: Overwritten. It has one more number than states of a word go on, beside those
            that are hardly worse.
        reached: Overwritten with the states that were reached, word by word.
        came: Overwritten with the place there from which each was reached. Same shape.
        seen: Overwritten; -1. Shape (2, states).
        sums: Overwritten. Shape (2, states).
        path: Filled with the tags, if there is a path. Shape (words,).
    """
    words, states, top = len(path), len(second), len(best) - 1
    at = seen[0]  # where a state stands in `reached`, if it is of this word
    stamp = seen[1]  # the last word that reached a state
    so_far, total_of = sums[0], sums[1]
    reached[0], came[0], so_far[0] = begin, -1, 0.0
    left, right = 0, 1  # of the word before
    for w in range(words):
        mine = word_tags[word_first[w] : word_first[w + 1]]
        chances = word_chances[word_first[w] : word_first[w + 1]]
        for k in range(len(mine)):
            chance[mine[k]] = chances[k]
        if right + states > len(reached):
            return False
        bound = least
        if right - left > top:  # the best one behind the top, less one
            for k in range(top + 1):
                best[k] = -np.inf
            for n in range(right - left):
                value = so_far[n]
                for k in range(top + 1):
                    if value > best[k]:
                        value, best[k] = best[k], value
            bound = best[top] - 1
        behind = right
        for n in range(right - left):
            if so_far[n] < bound:
                continue
            state = reached[left + n]
            for step in range(first[state], first[state + 1]):
                added = 0.0 if len(mine) == 0 else chance[tags[step]]
                total = so_far[n] + costs[step] + added
                new = following[step]
                if stamp[new] != w:
                    if total > least:  # not where the word cannot have the tag
                        stamp[new], at[new], reached[behind] = w, behind, new
                        total_of[new], came[behind] = total, left + n
                        behind += 1
                elif total > total_of[new]:
                    total_of[new], came[at[new]] = total, left + n
        for k in range(len(mine)):
            chance[mine[k]] = np.nan
        left, right = right, behind
        for n in range(right - left):
            so_far[n] = total_of[reached[left + n]]
    last, most = -1, -np.inf
    for n in range(right - left):
        total = so_far[n] + end[reached[left + n]]
        if total > most:
            last, most = left + n, total
    if last >= 0:
        for w in range(words - 1, -1, -1):
            path[w] = second[reached[last]]
            last = came[last]
    return True
