"""The likeliest tags of a sentence under HanTa's model, in the order that HanTa finds them.

The search is that of `HanoverTagger.tag_sent_viterbi`, which goes through all tags that may
follow a state for each word; here only those that the word may have are looked at, and which
these are is kept. The same sums in the same order give the same tags.

Source: C. Wartena, "The Hanover Tagger (Version 1.1.0)", Hochschule Hannover, 2023,
https://doi.org/10.25968/opus-2457.

Cost: linear in the words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from aligner.lexicon.word_tags import LEAST_PATH, WordTags

WORDS_KEPT: Final = 1 << 16
STEPS_KEPT: Final = 1 << 16
TOP_STATES: Final = 5  # of a word that go on, and those that are hardly worse
CUTOFF: Final = 5  # a tag of a word that is so much less likely (log) than its best is none

State = tuple[int, int]  # the tags of two words
_Following = tuple[
    int, State, float
]  # its number in the model, the state that follows, its cost (log)


class TagPath:
    """Finds the tags of sentences.

    Args:
        tagger: A `HanoverTagger` with its model.
        edges: Its numbers of no tag, of the sentence's begin, its end and the unknown tag.
    """

    def __init__(self, tagger: Any, edges: tuple[int, int, int, int]) -> None:  # noqa: ANN401 - HanTa has no types
        self._empty, self._start, self._end, self._unknown = edges
        # A word that the model lacks is read letter by letter, in whatever case it comes.
        letters = WordTags(tagger, (self._empty, self._start, self._unknown))
        tagger.analyze_forward = lru_cache(maxsize=WORDS_KEPT)(letters.analyse)
        self._tagger = tagger
        self._follows: Mapping[State, Mapping[int, float]] = tagger.LP_trans_word
        self._of_word = lru_cache(maxsize=WORDS_KEPT)(self._tags_of_word)
        self._steps = lru_cache(maxsize=STEPS_KEPT)(self._find_steps)
        self._followers = cache(self._find_followers)

    def tags(self, words: Sequence[str]) -> list[str]:
        """Return the model's tag of each word of a sentence; none for a sentence without words."""
        if not words:
            return []
        steps = self._steps
        row: dict[State, float] = {(self._empty, self._start): 0.0}
        back: list[dict[State, State]] = []
        for number, word in enumerate(words):
            chances = self._of_word(word, number > 0)
            kinds = tuple(chances)
            bound = LEAST_PATH
            if len(row) > TOP_STATES:
                bound = sorted(row.values(), reverse=True)[TOP_STATES] - 1
            found: dict[State, float] = {}
            came: dict[State, State] = {}
            for state, so_far in row.items():
                if so_far < bound:
                    continue
                for _, new, step in steps(state, kinds):
                    total = so_far + step + (chances[new[1]] if kinds else 0)
                    if total > found.get(new, LEAST_PATH):
                        found[new] = total
                        came[new] = state
            back.append(came)
            row = found
        return self._read_back(row, back)

    def _read_back(
        self, row: Mapping[State, float], back: Sequence[Mapping[State, State]]
    ) -> list[str]:
        """Return the tags of the best path; of a sentence that has none, the unknown tag."""
        best, last = -math.inf, None
        for state, so_far in row.items():
            total = so_far + self._follows[state].get(self._end, -math.inf)
            if total > best:
                best, last = total, state
        if last is None:
            return [self._tagger.int2tag[self._unknown]] * len(back)
        tags = []
        for came in reversed(back):
            tags.append(self._tagger.int2tag[last[1]])
            last = came[last]
        return tags[::-1]

    def _tags_of_word(self, word: str, has_case: bool) -> dict[int, float]:  # noqa: FBT001 - a key of the cache
        """Return log P(tag | word) less log P(tag) for each tag that a word may have."""
        found = self._tagger._tag_word(  # noqa: SLF001
            word, cutoff=CUTOFF, casesensitive=has_case, conditional=True
        )
        chances = dict(found)
        return {} if chances.keys() == {self._unknown} else chances

    def _find_steps(self, state: State, kinds: tuple[int, ...]) -> list[_Following]:
        """Return the states that may follow, in the order of the model; all for no kinds."""
        followers = self._followers(state)
        if not kinds:
            return list(followers.values())
        return sorted(followers[tag] for tag in kinds if tag in followers)

    def _find_followers(self, state: State) -> dict[int, _Following]:
        return {
            tag: (number, (state[1], tag), cost)
            for number, (tag, cost) in enumerate(self._follows[state].items())
            if tag != self._end
        }
