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


@compiled()
def describe(start, stop, flags, to_en, to_zh, gloss, inside, chars, latin, joins, place, out):
    """Describe each span as a rendering of one occurrence of a term.

    Args:
        start: First word of each span. Shape (spans,).
        stop: The word behind its last one.
        flags: Bits of the words, see `aligner.terms.locate.score.word_flags`. Shape (m,).
        to_en: p(English word comes from this Chinese word). Shape (m, n).
        to_zh: p(Chinese word goes to this English word). Shape (m, n).
        gloss: Share of a gloss that joins two words. Shape (m, n).
        inside: How much of each Chinese word lies in the term. Shape (n,).
        chars: Length of the term in characters.
        latin: Whether the term has Latin letters or digits.
        joins: Whether the term has a word for `and`.
        place: Of the term in the Chinese text, from 0 to 1.
        out: Filled, see `SpanFeature`. Shape (spans, features).
    """
    m, n = to_en.shape
    goes = np.zeros(m)  # share of the term that goes to each English word
    comes = np.zeros(m)  # p(English word comes from the term)
    other = np.zeros(m)  # p(it comes from another word)
    known = np.zeros(m)  # dictionary share with the term
    rival = np.zeros(m)  # dictionary share with another word
    total = 1e-9
    for i in range(n):
        total += inside[i]
    for j in range(m):
        for i in range(n):
            w = inside[i]
            goes[j] += w * to_zh[j, i] / total
            comes[j] += w * to_en[j, i]
            other[j] += (1 - w) * to_en[j, i]
            known[j] = max(known[j], min(w * 2, 1.0) * gloss[j, i])
            rival[j] = max(rival[j], (1.0 if w == 0 else 0.0) * gloss[j, i])
    all_comes = 1e-9
    for j in range(m):
        if not flags[j] & FUNCTION:
            all_comes += comes[j]
    for s in range(len(start)):
        a, b = start[s], stop[s]
        f = out[s]
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
        f[SpanFeature.SIZE_RATIO] = np.log(size / chars)
        f[SpanFeature.SIZE_RATIO2] = f[SpanFeature.SIZE_RATIO] * f[SpanFeature.SIZE_RATIO]
        f[SpanFeature.ONE_WORD] = size == 1
        f[SpanFeature.FUNCTIONS] = (
            b - a - content - ands - paired
        )  # function words other than `and`
        f[SpanFeature.LENGTH] = np.log(b - a)
        capital_term = capitals / size
        f[SpanFeature.CAPITALS] = capital_term
        f[SpanFeature.NAME_LEFT] = (
            left_content and flags[a - 1] & CAPITAL and flags[a] & CAPITAL and not flags[a] & COMMA
        )
        f[SpanFeature.NAME_RIGHT] = (
            right_content and flags[b] & CAPITAL and flags[b - 1] & CAPITAL and not flags[b] & COMMA
        )
        f[SpanFeature.ARTICLE_LEFT] = a > 0 and (flags[a - 1] & ARTICLE) != 0
        f[SpanFeature.CONTENT_LEFT] = left_content and not flags[a] & (COMMA | OPENED | CLOSED)
        f[SpanFeature.CONTENT_RIGHT] = right_content and not flags[b] & (COMMA | OPENED | CLOSED)
        f[SpanFeature.OFS] = ofs
        f[SpanFeature.AND_ADDED] = ands > 0 and not joins
        f[SpanFeature.AND_MISSING] = joins and ands + paired == 0
        f[SpanFeature.COMMAS] = commas
        f[SpanFeature.VERBS] = verbs
        f[SpanFeature.ARTICLES] = articles
        f[SpanFeature.ADVERBS] = adverbs
        f[SpanFeature.PARTICIPLE_FIRST] = (flags[a] & PARTICIPLE) != 0
        f[SpanFeature.PARTICIPLE_LAST] = (flags[b - 1] & PARTICIPLE) != 0
        f[SpanFeature.ACRONYM_ALONE] = size == 1 and (flags[a] & ACRONYM) != 0
        f[SpanFeature.PLACE] = abs((a + b) / (2 * m) - place)
        f[SpanFeature.JOINED_LEFT] = (flags[a] & JOINED) != 0
        f[SpanFeature.JOINED_RIGHT] = b < m and (flags[b] & JOINED) != 0
        f[SpanFeature.BRACKETS] = brackets
        f[SpanFeature.NUMBER_ADDED] = numbers > 0 and not latin
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


@compiled()
def describe_places(
    first, unit, span_first, start, stop, en_first, flags, zh_first, zh_start, zh_stop,
    pair_first, posterior, gloss, begin, end, size, latin, joins, out
):  # fmt: skip
    """Describe all spans of some places, see `describe`.

    Args:
        first: First row of each place in `out`. Shape (places + 1,).
        unit: Of each place. Shape (places,).
        span_first: First span of each unit. Shape (units + 1,).
        start: Of all spans.
        stop: The same.
        en_first: First English word of each unit. Shape (units + 1,).
        flags: Bits of all English words.
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        zh_start: First character of all Chinese words.
        zh_stop: The character behind their last one.
        pair_first: First word pair of each unit. Shape (units + 1,).
        posterior: Of all pairs, see `Association`. Shape (2, pairs).
        gloss: The same. Shape (pairs,).
        begin: First character of each place. Shape (places,).
        end: The character behind its last one.
        size: Characters of its text.
        latin: As in `describe`.
        joins: The same.
        out: Filled. Shape (rows, features or more).
    """
    for p in range(len(unit)):
        u = unit[p]
        i, k = zh_first[u], zh_first[u + 1]
        n, m = k - i, en_first[u + 1] - en_first[u]
        inside = np.zeros(n)
        for w in range(n):
            shared = min(zh_stop[i + w], end[p]) - max(zh_start[i + w], begin[p])
            inside[w] = max(shared, 0) / (zh_stop[i + w] - zh_start[i + w])
        pairs = slice(pair_first[u], pair_first[u + 1])
        describe(
            start[span_first[u] : span_first[u + 1]],
            stop[span_first[u] : span_first[u + 1]],
            flags[en_first[u] : en_first[u + 1]],
            posterior[0, pairs].reshape((m, n)),
            posterior[1, pairs].reshape((m, n)),
            gloss[pairs].reshape((m, n)),
            inside,
            float(end[p] - begin[p]),
            latin[p],
            joins[p],
            (begin[p] + end[p]) / 2 / size[p],
            out[first[p] : first[p + 1]],
        )
