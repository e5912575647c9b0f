"""The compiled loop that follows the links of places to the English side.

Cost: proportional to the places times the English words of their units.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from aligner.compiled import compiled
from aligner.lexicon.tagger import Tag
from aligner.terms.locate import word_flags

LINKED_LEAST = 0.4  # P(English word from the Chinese words) from which it counts as theirs
LEAKS = 0.25  # under which a word inside their stretch is somebody else's
MANY = 2**40  # of a count: more than any text has

TAG_COUNT = len(Tag)


class Trail(IntEnum):
    """What the links of a place say: the columns of a row.

    The hull is the stretch of English from the first to the last content word that is
    linked to the place.
    """

    RENDERED = 0  # there is a hull
    LENGTH = 1  # of the hull, words, log
    LEAK = 2  # share of its content words that are somebody else's
    BREAK = 3  # a clause ends inside it
    REACH_FIRST = 4  # P(the first Chinese word goes into the hull)
    REACH_LAST = 5
    REACH_LEAST = 6
    REACH_MEAN = 7
    SURE_FIRST = 8  # P(the hull's first word is from the place)
    SURE_LAST = 9
    BEFORE_ARTICLE = 10
    BEFORE_FUNCTION = 11
    BEFORE_BREAK = 12
    AFTER_FUNCTION = 13
    AFTER_BREAK = 14
    CAPITAL = 15  # share of the linked words, the first of a text left out
    ACRONYM = 16  # the hull is one acronym
    RARE = 17  # occurrences of the rarest linked word, log
    LEFT_NONE = 18  # where the English of the Chinese neighbour stands: nowhere
    LEFT_INSIDE = 19
    LEFT_ADJACENT = 20
    LEFT_NEAR = 21  # with one function word between
    LEFT_FAR = 22
    RIGHT_NONE = 23
    RIGHT_INSIDE = 24
    RIGHT_ADJACENT = 25
    RIGHT_NEAR = 26
    RIGHT_FAR = 27
    FIRST_TAG = 28  # of the hull's first word: one column a `Tag`
    LAST_TAG = FIRST_TAG + TAG_COUNT


TRAIL_WIDTH = Trail.LAST_TAG + TAG_COUNT

_FUNCTION, _ARTICLE, _CAPITAL = word_flags.FUNCTION, word_flags.ARTICLE, word_flags.CAPITAL
_ACRONYM, _BREAKS = word_flags.ACRONYM, word_flags.BREAK | word_flags.COMMA
_LENGTH, _LEAK, _BREAK = int(Trail.LENGTH), int(Trail.LEAK), int(Trail.BREAK)
_REACH_FIRST, _REACH_LAST = int(Trail.REACH_FIRST), int(Trail.REACH_LAST)
_REACH_LEAST, _REACH_MEAN = int(Trail.REACH_LEAST), int(Trail.REACH_MEAN)
_SURE_FIRST, _SURE_LAST = int(Trail.SURE_FIRST), int(Trail.SURE_LAST)
_BEFORE_ARTICLE, _BEFORE_FUNCTION = int(Trail.BEFORE_ARTICLE), int(Trail.BEFORE_FUNCTION)
_BEFORE_BREAK, _AFTER_BREAK = int(Trail.BEFORE_BREAK), int(Trail.AFTER_BREAK)
_AFTER_FUNCTION, _RARE = int(Trail.AFTER_FUNCTION), int(Trail.RARE)
_CAPITALS, _IS_ACRONYM = int(Trail.CAPITAL), int(Trail.ACRONYM)
_LEFT, _RIGHT = int(Trail.LEFT_NONE), int(Trail.RIGHT_NONE)
_FIRST_TAG, _LAST_TAG = int(Trail.FIRST_TAG), int(Trail.LAST_TAG)
_NOWHERE, _INSIDE, _ADJACENT, _NEAR, _FAR = range(5)
_HASH = 1_000_003
_NONE: Any = np.int64(-1)  # of one type with what follows, so that `stands` is compiled once


@compiled()
def stands(forward, base, n, column, m, flags, low, high):  # type: ignore[no-untyped-def]
    """Return where the English of a Chinese word stands: see `Trail.LEFT_NONE`."""
    where = _NOWHERE
    for j in range(m):
        if forward[base + j * n + column] <= LINKED_LEAST or flags[j] & _FUNCTION:
            continue
        if low <= j <= high:
            return _INSIDE
        here = _FAR
        if j == low - 1 or j == high + 1:
            here = _ADJACENT
        elif (j == low - 2 and flags[low - 1] & _FUNCTION) or (
            j == high + 2 and flags[high + 1] & _FUNCTION
        ):
            here = _NEAR
        if where == _NOWHERE or here < where:
            where = here
    return where


@compiled()
def follow(  # type: ignore[no-untyped-def]
    unit, first, last, left, right, zh_first, en_first, pair_first, forward, backward,
    flags, tags, words, counts, out, key,
):  # fmt: skip
    """Describe the English side of each place.

    Args:
        unit: Of each place, -1 if it has no English side. Shape (places,).
        first: First word of the place, counted in its unit.
        last: Last word.
        left: Whether the word before it is a neighbour: no mark stands between.
        right: The same for the word behind it.
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        en_first: The same for English words.
        pair_first: First word pair of each unit, English word by English word.
        forward: P(English word from the Chinese one) of each pair.
        backward: P(Chinese word goes to the English one).
        flags: Of the English words, see `word_flags`.
        tags: Their parts of speech.
        words: Numbers of their stems.
        counts: Occurrences of each stem.
        out: Filled. Shape (places, TRAIL_WIDTH).
        key: Filled with one number for the linked stems in order, 0 for none.
    """
    for p in range(len(unit)):
        u = unit[p]
        if u < 0:
            continue
        n = zh_first[u + 1] - zh_first[u]
        m = en_first[u + 1] - en_first[u]
        base = pair_first[u]
        en = en_first[u]
        low, high, linked, capitals, free = _NONE, _NONE, 0, 0, 0
        sure_low = sure_high = 0.0
        rare = MANY
        mixed = 0
        for j in range(m):
            if flags[en + j] & _FUNCTION:
                continue
            total = 0.0
            for i in range(first[p], last[p] + 1):
                total += forward[base + j * n + i]
            if total <= LINKED_LEAST:
                continue
            if low < 0:
                low, sure_low = j, total
            high, sure_high = j, total
            linked += 1
            if j:
                free += 1
                capitals += (flags[en + j] & _CAPITAL) > 0
            rare = min(rare, counts[words[en + j]])
            mixed = mixed * _HASH + words[en + j] + 1
        if low < 0:
            continue
        key[p] = mixed or 1
        row = out[p]
        row[0] = 1.0
        row[_LENGTH] = np.log1p(high - low + 1.0)
        content = leaks = 0
        for j in range(low, high + 1):
            if j > low and flags[en + j] & _BREAKS:
                row[_BREAK] = 1.0
            if flags[en + j] & _FUNCTION:
                continue
            content += 1
            total = 0.0
            for i in range(first[p], last[p] + 1):
                total += forward[base + j * n + i]
            leaks += total < LEAKS
        row[_LEAK] = leaks / content
        least, mean = 2.0, 0.0
        for i in range(first[p], last[p] + 1):
            reach = 0.0
            for j in range(low, high + 1):
                reach += backward[base + j * n + i]
            least = min(least, reach)
            mean += reach
            if i == first[p]:
                row[_REACH_FIRST] = reach
            if i == last[p]:
                row[_REACH_LAST] = reach
        row[_REACH_LEAST] = least
        row[_REACH_MEAN] = mean / (last[p] - first[p] + 1)
        row[_SURE_FIRST] = sure_low
        row[_SURE_LAST] = sure_high
        if low == 0 or flags[en + low] & _BREAKS:
            row[_BEFORE_BREAK] = 1.0
        elif flags[en + low - 1] & _ARTICLE:
            row[_BEFORE_ARTICLE] = 1.0
        elif flags[en + low - 1] & _FUNCTION:
            row[_BEFORE_FUNCTION] = 1.0
        if high == m - 1 or flags[en + high + 1] & _BREAKS:
            row[_AFTER_BREAK] = 1.0
        elif flags[en + high + 1] & _FUNCTION:
            row[_AFTER_FUNCTION] = 1.0
        row[_CAPITALS] = capitals / free if free else 0.5
        if low == high and flags[en + low] & _ACRONYM:
            row[_IS_ACRONYM] = 1.0
        row[_RARE] = np.log1p(float(rare))
        here = flags[en : en + m]
        if left[p]:
            row[_LEFT + stands(forward, base, n, first[p] - 1, m, here, low, high)] = 1.0
        if right[p]:
            row[_RIGHT + stands(forward, base, n, last[p] + 1, m, here, low, high)] = 1.0
        row[_FIRST_TAG + tags[en + low]] = 1.0
        row[_LAST_TAG + tags[en + high]] = 1.0
