"""The compiled loops that describe the spans of a sentence as renderings of a term.

Cost: a description takes one visit of each word of the span.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

from enum import IntEnum

import numpy as np

from aligner.compiled import compiled
from aligner.terms.locate.word_flags import (
    ACRONYM,
    ADVERB,
    AND,
    ARTICLE,
    BREAK,
    CAPITAL,
    CLOSED,
    COMMA,
    FUNCTION,
    JOINED,
    NUMBER,
    OF_WORD,
    OPENED,
    PARTICIPLE,
    VERB,
)


class SpanFeature(IntEnum):
    """What is known of a span as a rendering: the columns of a row of evidence.

    Here and not elsewhere, since numba takes kept machine code for outdated only if the
    file of the loop itself has changed.
    """

    WENT = 0  # share of the term that goes to it
    WENT_LEFT = 1  # to the word before
    WENT_RIGHT = 2  # to the word behind
    CAME = 3  # P(a content word comes from the term), mean
    CAME_LEAST = 4  # least
    CAME_EDGES = 5  # the lesser of its first and last word
    CAME_LEFT = 6  # the content word before
    CAME_RIGHT = 7  # the content word behind
    CAME_SHARE = 8  # share of all that comes from the term
    OTHER = 9  # P(its words come from other words), sum
    OTHER_MEAN = 10  # mean
    COVERED = 11  # share of the term that the dictionary gives
    KNOWN = 12  # share of its words that the dictionary gives, mean
    RIVAL = 13  # words that the dictionary gives to others
    KNOWN_LEFT = 14  # the content word before
    KNOWN_RIGHT = 15  # the content word behind
    SIZE_RATIO = 16  # content words a character of the term, log
    SIZE_RATIO2 = 17  # the same, squared
    ONE_WORD = 18
    FUNCTIONS = 19  # function words other than `and`
    LENGTH = 20  # words, log
    CAPITALS = 21  # share of its content words
    NAME_LEFT = 22  # a name goes on to the left
    NAME_RIGHT = 23  # a name goes on to the right
    ARTICLE_LEFT = 24
    CONTENT_LEFT = 25  # a content word stands before, with nothing between
    CONTENT_RIGHT = 26
    OFS = 27
    AND_ADDED = 28  # `and` where the term has none
    AND_MISSING = 29
    COMMAS = 30
    VERBS = 31
    ARTICLES = 32
    ADVERBS = 33
    PARTICIPLE_FIRST = 34
    PARTICIPLE_LAST = 35
    ACRONYM_ALONE = 36
    PLACE = 37  # how far from the term's place in its sentence
    JOINED_LEFT = 38  # a hyphen joins it to the word before
    JOINED_RIGHT = 39
    BRACKETS = 40
    NUMBER_ADDED = 41  # a number where the term has no digit
    NAME_OF = 42  # a capital goes on after `of`
    BEYOND_LEFT = 43  # comes from the term, beyond one function word
    BEYOND_RIGHT = 44
    BEYOND_AND = 45  # the same on the left, if that word is `and`


LINK_WIDTH = len(SpanFeature)


def describe_places(
    first, unit, span_first, start, stop, en_first, flags, zh_first, zh_start, zh_stop,
    pair_first, posterior, gloss, begin, end, size, latin, joins, out
):  # fmt: skip
    """Describe all spans of some places as renderings of their terms.

    Args:
        first: First row of each place in `out`. Shape (places + 1,).
        unit: Of each place. Shape (places,).
        span_first: First span of each unit. Shape (units + 1,).
        start: Of all spans.
        stop: The same.
        en_first: First English word of each unit. Shape (units + 1,).
        flags: Bits of all English words, see `aligner.terms.locate.word_flags`.
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        zh_start: First character of all Chinese words.
        zh_stop: The character behind their last one.
        pair_first: First word pair of each unit. Shape (units + 1,).
        posterior: P(English word comes from the Chinese one), and P(Chinese word goes to the
            English one), of all pairs. Shape (2, pairs).
        gloss: Share of a gloss that joins the two. Shape (pairs,).
        begin: First character of each place. Shape (places,).
        end: The character behind its last one.
        size: Characters of its text.
        latin: Whether the term has Latin letters or digits.
        joins: Whether it has a word for `and`.
        out: Filled, see `SpanFeature`. Shape (rows, features or more).
    """
    words = np.empty((5, np.diff(en_first).max(initial=0)))
    _describe_places(
        first, unit, span_first, start, stop, en_first, flags, zh_first, zh_start, zh_stop,
        pair_first, posterior, gloss, begin, end, size, latin, joins,
        np.empty(np.diff(zh_first).max(initial=0)), words, out,
    )  # fmt: skip


@compiled()
def _describe_places(
    first, unit, span_first, all_start, all_stop, en_first, all_flags, zh_first, zh_start,
    zh_stop, pair_first, posterior, all_gloss, begin, end, sizes, latin, joins, inside, work, out
):  # fmt: skip
    """Do the work of `describe_places`. `inside` and `work` are overwritten."""
    goes = work[0]  # share of the term that goes to each English word
    comes = work[1]  # p(English word comes from the term)
    other = work[2]  # p(it comes from another word)
    known = work[3]  # dictionary share with the term
    rival = work[4]  # dictionary share with another word
    for p in range(len(unit)):
        u = unit[p]
        n, m = zh_first[u + 1] - zh_first[u], en_first[u + 1] - en_first[u]
        for i in range(n):
            here = zh_first[u] + i
            shared = min(zh_stop[here], end[p]) - max(zh_start[here], begin[p])
            inside[i] = max(shared, 0) / (zh_stop[here] - zh_start[here])
        pairs = slice(pair_first[u], pair_first[u + 1])
        start = all_start[span_first[u] : span_first[u + 1]]
        stop = all_stop[span_first[u] : span_first[u + 1]]
        flags = all_flags[en_first[u] : en_first[u + 1]]
        to_en = posterior[0, pairs].reshape((m, n))
        to_zh = posterior[1, pairs].reshape((m, n))
        gloss = all_gloss[pairs].reshape((m, n))
        middle = (begin[p] + end[p]) / 2 / sizes[p]
        total = 1e-9
        for i in range(n):
            total += inside[i]
        for j in range(m):
            to_it = of_it = of_others = mine = theirs = 0.0
            for i in range(n):
                w = inside[i]
                to_it += w * to_zh[j, i] / total
                of_it += w * to_en[j, i]
                of_others += (1 - w) * to_en[j, i]
                mine = max(mine, min(w * 2, 1.0) * gloss[j, i])
                theirs = max(theirs, (1.0 if w == 0 else 0.0) * gloss[j, i])
            goes[j], comes[j], other[j], known[j], rival[j] = to_it, of_it, of_others, mine, theirs
        all_comes = 1e-9
        for j in range(m):
            if not flags[j] & FUNCTION:
                all_comes += comes[j]
        for s in range(len(start)):
            a, b = start[s], stop[s]
            f = out[first[p] + s]
            went = came = came_other = least = share = 0.0
            unlinked = content = capitals = paired = ands = ofs = verbs = commas = articles = 0
            numbers = adverbs = brackets = functions = participles = 0
            least = 1.0
            for j in range(a, b):
                went += goes[j]
                bits = flags[j]
                if j > a:
                    commas += (bits & COMMA) != 0
                    brackets += (bits & (OPENED | CLOSED)) != 0
                if bits & FUNCTION:
                    functions += 1
                    if bits & AND:
                        linked = a < j < b - 1 and comes[j - 1] > 0.3 and comes[j + 1] > 0.3
                        paired += linked
                        ands += not linked
                    ofs += (bits & OF_WORD) != 0
                    verbs += (bits & VERB) != 0
                    articles += (bits & ARTICLE) != 0
                    continue
                content += 1
                came += comes[j]
                came_other += other[j]
                least = min(least, comes[j])
                share += known[j]
                unlinked += known[j] < 0.3 and rival[j] >= 0.5
                capitals += (bits & CAPITAL) != 0
                numbers += (bits & NUMBER) != 0
                adverbs += (bits & ADVERB) != 0
                participles += (bits & PARTICIPLE) != 0
            size = max(content, 1)
            covered = 0.0
            for i in range(n):
                if inside[i] > 0:
                    best = 0.0
                    for j in range(a, b):
                        best = max(best, gloss[j, i])
                    covered += inside[i] * best / total
            left = a > 0 and not flags[a] & BREAK
            right = b < m and not flags[b] & BREAK
            f[SpanFeature.WENT] = went
            f[SpanFeature.WENT_LEFT] = goes[a - 1] if left else 0.0
            f[SpanFeature.WENT_RIGHT] = goes[b] if right else 0.0
            f[SpanFeature.CAME] = came / size
            f[SpanFeature.CAME_LEAST] = least
            f[SpanFeature.CAME_EDGES] = min(comes[a], comes[b - 1])
            left_content = left and not flags[a - 1] & FUNCTION
            right_content = right and not flags[b] & FUNCTION
            f[SpanFeature.CAME_LEFT] = comes[a - 1] if left_content else 0.0
            f[SpanFeature.CAME_RIGHT] = comes[b] if right_content else 0.0
            f[SpanFeature.CAME_SHARE] = came / all_comes
            f[SpanFeature.OTHER] = came_other
            f[SpanFeature.OTHER_MEAN] = came_other / size
            f[SpanFeature.COVERED] = covered
            f[SpanFeature.KNOWN] = share / size
            f[SpanFeature.RIVAL] = unlinked
            f[SpanFeature.KNOWN_LEFT] = known[a - 1] if left_content else 0.0
            f[SpanFeature.KNOWN_RIGHT] = known[b] if right_content else 0.0
            f[SpanFeature.SIZE_RATIO] = np.log(size / (end[p] - begin[p]))
            f[SpanFeature.SIZE_RATIO2] = f[SpanFeature.SIZE_RATIO] * f[SpanFeature.SIZE_RATIO]
            f[SpanFeature.ONE_WORD] = size == 1
            f[SpanFeature.FUNCTIONS] = (
                b - a - content - ands - paired
            )  # function words other than `and`
            f[SpanFeature.LENGTH] = np.log(b - a)
            capital_term = capitals / size
            f[SpanFeature.CAPITALS] = capital_term
            f[SpanFeature.NAME_LEFT] = (
                left_content
                and flags[a - 1] & CAPITAL
                and flags[a] & CAPITAL
                and not flags[a] & COMMA
            )
            f[SpanFeature.NAME_RIGHT] = (
                right_content
                and flags[b] & CAPITAL
                and flags[b - 1] & CAPITAL
                and not flags[b] & COMMA
            )
            f[SpanFeature.ARTICLE_LEFT] = a > 0 and (flags[a - 1] & ARTICLE) != 0
            f[SpanFeature.CONTENT_LEFT] = left_content and not flags[a] & (COMMA | OPENED | CLOSED)
            f[SpanFeature.CONTENT_RIGHT] = right_content and not flags[b] & (
                COMMA | OPENED | CLOSED
            )
            f[SpanFeature.OFS] = ofs
            f[SpanFeature.AND_ADDED] = ands > 0 and not joins[p]
            f[SpanFeature.AND_MISSING] = joins[p] and ands + paired == 0
            f[SpanFeature.COMMAS] = commas
            f[SpanFeature.VERBS] = verbs
            f[SpanFeature.ARTICLES] = articles
            f[SpanFeature.ADVERBS] = adverbs
            f[SpanFeature.PARTICIPLE_FIRST] = (flags[a] & PARTICIPLE) != 0
            f[SpanFeature.PARTICIPLE_LAST] = (flags[b - 1] & PARTICIPLE) != 0
            f[SpanFeature.ACRONYM_ALONE] = size == 1 and (flags[a] & ACRONYM) != 0
            f[SpanFeature.PLACE] = abs((a + b) / (2 * m) - middle)
            f[SpanFeature.JOINED_LEFT] = (flags[a] & JOINED) != 0
            f[SpanFeature.JOINED_RIGHT] = b < m and (flags[b] & JOINED) != 0
            f[SpanFeature.BRACKETS] = brackets
            f[SpanFeature.NUMBER_ADDED] = numbers > 0 and not latin[p]
            f[SpanFeature.NAME_OF] = (
                right
                and flags[b] & OF_WORD
                and capital_term == 1.0
                and b + 1 < m
                and (flags[b + 1] & CAPITAL) != 0
            )
            # What lies beyond one function word: science and [technology], [zone] of trade.
            beyond_left = a > 1 and flags[a - 1] & FUNCTION and not flags[a] & (BREAK | COMMA)
            beyond_right = b + 1 < m and flags[b] & FUNCTION and not flags[b] & (BREAK | COMMA)
            f[SpanFeature.BEYOND_LEFT] = (
                comes[a - 2] if beyond_left and not flags[a - 2] & FUNCTION else 0.0
            )
            f[SpanFeature.BEYOND_RIGHT] = (
                comes[b + 1] if beyond_right and not flags[b + 1] & FUNCTION else 0.0
            )
            f[SpanFeature.BEYOND_AND] = (
                f[SpanFeature.BEYOND_LEFT] if beyond_left and flags[a - 1] & AND else 0.0
            )
