"""The compiled loops that describe a span by word links, form and parts of speech.

Nothing here depends on the processor: sums have a fixed order, and what an exponential
gave is rounded to float32.

Cost: a place takes its spans times their words.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

from enum import IntEnum

import numpy as np

from aligner.compiled import compiled
from aligner.terms.locate.word_flags import (
    AND,
    BREAK,
    CAPITAL,
    CLOSED,
    COMMA,
    FUNCTION,
    JOINED,
    OF_WORD,
    OPENED,
)

TAGS = 13  # parts of speech, the last one for no word
NONE = TAGS - 1
ONE = np.int64(1)  # of one type everywhere, so that `beyond` is compiled once
HARDLY = 0.15  # P(a word comes from any) under which it is unlinked


class LinkFeature(IntEnum):
    """What links and form say of a span as a rendering.

    `in`: P(a word comes from the term), `out`: from the likeliest other Chinese word. Here
    and not elsewhere for the reason given in `SpanFeature`.
    """

    IN = 0  # mean of its content words
    IN_LEAST = 1
    IN_FIRST = 2  # in less out of its first word
    IN_LAST = 3
    IN_BEFORE = 4  # of the word before it, 0 at a mark
    IN_AFTER = 5
    IN_BEYOND_LEFT = 6  # of the word beyond one or two function words
    IN_BEYOND_RIGHT = 7
    COVERED_BY = 8  # how much of the term's words goes into it, mean
    COVERED_LEAST = 9
    LOST = 10  # what goes from the term to words outside it
    OUT = 11  # largest
    INTRUDER = 12  # out less in: the largest,
    INTRUDERS = 13  # and the sum
    FREE = 14  # mean of what comes from no Chinese word
    UNLINKED = 15  # content words that hardly come from any
    SIZE = 16  # content words a character of the term, log
    SIZE2 = 17
    SINGLE = 18
    WORDS = 19  # log
    CAPITAL_LEFT = 20  # a capital before it and one at its start
    CAPITAL_RIGHT = 21
    CAPITAL_OF = 22  # a capital at its end, `of`, and a capital
    SMALL_FIRST = 23  # it starts in small letters and has capitals
    COMMAS_INSIDE = 24
    BRACKETS_INSIDE = 25
    HYPHEN_LEFT = 26
    HYPHEN_RIGHT = 27
    ANDS = 28
    OFS_INSIDE = 29
    FUNCTIONS_INSIDE = 30
    NOUNS = 31  # share
    VERB_FORMS = 32
    PREPOSITIONS = 33
    SHIFT = 34  # how far from the term's place in its sentence
    IN_BEYOND_AND_LEFT = 35  # of the word beyond `and`
    IN_BEYOND_AND_RIGHT = 36
    CAPITAL_BEFORE_OF = 37  # a capital, `of`, and a capital at its start


LINKED = len(LinkFeature)  # parts of speech follow: first, last, before, after


@compiled()
def word_links(links, share, came, other, free):
    """Fill where each English word of a sentence comes from.

    Args:
        links: Smoothed. Shape (m, n).
        share: How much of each Chinese word lies in the term. Shape (n,).
        came: P(it comes from the term). Shape (m,).
        other: P(it comes from the likeliest other word).
        free: P(it comes from none).
    """
    m, n = links.shape
    for j in range(m):
        inside = most = total = 0.0
        for i in range(n):
            inside += share[i] * links[j, i]
            most = max(most, (1 - share[i]) * links[j, i])
            total += links[j, i]
        came[j], other[j], free[j] = inside, most, max(0.0, 1 - total)


@compiled()
def beyond(flags, j, step):
    """Return the content word behind one or two function words from `j` on, or -1."""
    m = len(flags)
    for taken in range(3):
        if not 0 <= j < m:
            return -1
        if not flags[j] & FUNCTION:
            return j if taken > 0 else -1
        mark = j if step < 0 else j + 1
        if mark < m and flags[mark] & (BREAK | COMMA | OPENED | CLOSED):
            return -1
        j += step
    return -1


@compiled()
def describe_links(start, stop, flags, tags, links, share, chars, shift, work, out):
    """Fill what links, form and parts of speech say of the spans of one place.

    Args:
        start: First word of each span. Shape (spans,).
        stop: The word behind its last one.
        flags: Bits of the words. Shape (m,).
        tags: Their parts of speech.
        links: Smoothed. Shape (m, n).
        share: How much of each Chinese word lies in the term. Shape (n,).
        chars: Length of the term in characters.
        shift: How far each span is from the term's place in its sentence. Shape (spans,).
        work: Overwritten. Shape (3, m at least).
        out: Filled. Shape (spans, features).
    """
    m, n = links.shape
    came, other, free = work[0], work[1], work[2]
    word_links(links, share, came, other, free)
    marks = BREAK | COMMA | OPENED | CLOSED
    total = size = 0.0
    for i in range(n):
        size += share[i]
    for j in range(m):
        total += came[j]
    for s in range(len(start)):
        a, b = start[s], stop[s]
        f = out[s]
        content = capitals = ands = ofs = functions = commas = brackets = unlinked = 0
        nouns = verbs = prepositions = 0
        inside = sum_in = sum_free = sum_intruder = most_out = intruder = 0.0
        least = 1.0
        for j in range(a, b):
            inside += came[j]
            if j > a:
                commas += (flags[j] & COMMA) != 0
                brackets += (flags[j] & (OPENED | CLOSED)) != 0
            nouns += tags[j] <= 1
            verbs += 3 <= tags[j] <= 5
            prepositions += tags[j] == 8
            ands += (flags[j] & AND) != 0
            ofs += (flags[j] & OF_WORD) != 0
            if flags[j] & FUNCTION:
                functions += 1
                continue
            content += 1
            capitals += (flags[j] & CAPITAL) != 0
            sum_in += came[j]
            least = min(least, came[j])
            sum_free += free[j]
            unlinked += came[j] + other[j] < HARDLY
            most_out = max(most_out, other[j])
            gap = max(0.0, other[j] - came[j])
            intruder = max(intruder, gap)
            sum_intruder += gap
        words = max(content, 1)
        covered, covered_least = 0.0, 1.0
        for i in range(n):
            if share[i] > 0:
                reached = 0.0
                for j in range(a, b):
                    reached += links[j, i]
                reached = min(reached, 1.0)
                covered += share[i] * reached / size
                covered_least = min(covered_least, reached)
        left = a > 0 and not flags[a] & marks
        right = b < m and not flags[b] & marks
        word_left = left and not flags[a - 1] & FUNCTION
        word_right = right and not flags[b] & FUNCTION
        f[LinkFeature.IN] = sum_in / words
        f[LinkFeature.IN_LEAST] = least
        f[LinkFeature.IN_FIRST] = came[a] - other[a]
        f[LinkFeature.IN_LAST] = came[b - 1] - other[b - 1]
        f[LinkFeature.IN_BEFORE] = came[a - 1] - other[a - 1] if word_left else 0.0
        f[LinkFeature.IN_AFTER] = came[b] - other[b] if word_right else 0.0
        first, last = flags[a] & CAPITAL != 0, flags[b - 1] & CAPITAL != 0
        far = beyond(flags, a - ONE, -ONE) if left else -1
        if far >= 0:
            f[LinkFeature.IN_BEYOND_LEFT] = came[far] - other[far]
            f[LinkFeature.CAPITAL_BEFORE_OF] = (
                first and flags[far] & CAPITAL != 0 and flags[far + 1] & OF_WORD != 0
            )
            if flags[a - 1] & AND:
                f[LinkFeature.IN_BEYOND_AND_LEFT] = came[far] - other[far]
        far = beyond(flags, np.int64(b), ONE) if right else -1
        if far >= 0:
            f[LinkFeature.IN_BEYOND_RIGHT] = came[far] - other[far]
            f[LinkFeature.CAPITAL_OF] = (
                last and flags[far] & CAPITAL != 0 and flags[b] & OF_WORD != 0
            )
            if flags[b] & AND:
                f[LinkFeature.IN_BEYOND_AND_RIGHT] = came[far] - other[far]
        f[LinkFeature.COVERED_BY] = covered
        f[LinkFeature.COVERED_LEAST] = covered_least
        f[LinkFeature.LOST] = total - inside
        f[LinkFeature.OUT] = most_out
        f[LinkFeature.INTRUDER] = intruder
        f[LinkFeature.INTRUDERS] = sum_intruder
        f[LinkFeature.FREE] = sum_free / words
        f[LinkFeature.UNLINKED] = unlinked
        f[LinkFeature.SIZE] = np.log(words / chars)
        f[LinkFeature.SIZE2] = f[LinkFeature.SIZE] ** 2
        f[LinkFeature.SINGLE] = words == 1
        f[LinkFeature.WORDS] = np.log(b - a)
        f[LinkFeature.CAPITAL_LEFT] = word_left and first and flags[a - 1] & CAPITAL != 0
        f[LinkFeature.CAPITAL_RIGHT] = word_right and last and flags[b] & CAPITAL != 0
        f[LinkFeature.SMALL_FIRST] = capitals > 0 and not first
        f[LinkFeature.COMMAS_INSIDE] = commas
        f[LinkFeature.BRACKETS_INSIDE] = brackets
        f[LinkFeature.HYPHEN_LEFT] = flags[a] & JOINED != 0
        f[LinkFeature.HYPHEN_RIGHT] = b < m and flags[b] & JOINED != 0
        f[LinkFeature.ANDS] = ands
        f[LinkFeature.OFS_INSIDE] = ofs
        f[LinkFeature.FUNCTIONS_INSIDE] = functions
        f[LinkFeature.NOUNS] = nouns / (b - a)
        f[LinkFeature.VERB_FORMS] = verbs
        f[LinkFeature.PREPOSITIONS] = prepositions
        f[LinkFeature.SHIFT] = abs(shift[s])
        f[LINKED + tags[a]] = 1.0
        f[LINKED + TAGS + tags[b - 1]] = 1.0
        f[LINKED + 2 * TAGS + (tags[a - 1] if left else NONE)] = 1.0
        f[LINKED + 3 * TAGS + (tags[b] if right else NONE)] = 1.0


@compiled()
def fill_shares(starts, stops, begin, end, share):
    """Fill how much of each Chinese word lies in a place. Shape (words,)."""
    for w in range(len(starts)):
        shared = min(stops[w], end) - max(starts[w], begin)
        share[w] = max(shared, 0) / (stops[w] - starts[w])


def work_of(zh_first, en_first):
    """Return room for numbers of the Chinese words of a unit, and for three of its English ones."""
    return np.empty(np.diff(zh_first).max(initial=0)), np.empty(
        (3, np.diff(en_first).max(initial=0))
    )


def describe_all_links(
    first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags, tags,
    pair_first, links, shift, out
):  # fmt: skip
    """Describe the spans of some places, see `describe_links`.

    Args:
        first: First row of each place. Shape (places + 1,).
        start: First word of each span. Shape (rows,).
        stop: The word behind its last one.
        unit: Of each place. Shape (places,).
        begin: First character of each place.
        end: The character behind its last one.
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        zh_start: First character of all Chinese words.
        zh_stop: The character behind their last one.
        en_first: First English word of each unit. Shape (units + 1,).
        flags: Bits of all English words.
        tags: Their parts of speech.
        pair_first: First word pair of each unit. Shape (units + 1,).
        links: Smoothed, of all pairs.
        shift: As in `describe_links`. Shape (rows,).
        out: Filled. Shape (rows, features).
    """
    _describe_all_links(
        first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags, tags,
        pair_first, links, shift, *work_of(zh_first, en_first), out,
    )  # fmt: skip


@compiled()
def _describe_all_links(
    first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags, tags,
    pair_first, links, shift, shares, work, out
):  # fmt: skip
    """Do the work of `describe_all_links`. `shares` and `work` are overwritten."""
    for p in range(len(unit)):
        u = unit[p]
        words = slice(zh_first[u], zh_first[u + 1])
        english = slice(en_first[u], en_first[u + 1])
        n, m = zh_first[u + 1] - zh_first[u], en_first[u + 1] - en_first[u]
        mine, share = slice(first[p], first[p + 1]), shares[:n]
        fill_shares(zh_start[words], zh_stop[words], begin[p], end[p], share)
        describe_links(
            start[mine],
            stop[mine],
            flags[english],
            tags[english],
            links[pair_first[u] : pair_first[u + 1]].reshape((m, n)),
            share,
            float(end[p] - begin[p]),
            shift[mine],
            work,
            out[mine],
        )
