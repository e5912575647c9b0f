"""The compiled loops that describe a span by the other places and the other terms.

The places of a term vote, each for its wordings by their probabilities; a word that goes
with a wording at one place and not at another, and that no Chinese word explains, is a
sign that the wording was cut. The terms of a sentence claim their words.

Cost: a place takes its spans times the wordings at the places that are asked, and the
spans of the other terms of its sentence.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

from enum import IntEnum

import numpy as np

from aligner.compiled import compiled
from aligner.terms.locate.context._wording_keys import key_of, place_of
from aligner.terms.locate.word_flags import FUNCTION

LEAST_MASS = 0.01  # of a wording at another place
SMOOTH = 0.05


class VoteFeature(IntEnum):
    """What the other places of a term say of a span as a rendering."""

    SAME = 0  # share of the other places with its wording, log
    LIKE = 1  # mean Dice coefficient with the wordings elsewhere
    LONGER = 2  # share of the other places whose wording holds this one
    SHORTER = 3  # whose wording this one holds
    SAME_KNOWN = 4  # the first two, by how many places there are
    LIKE_KNOWN = 5
    VARIES_LEFT = 6  # how free the word before it is where its wording stands elsewhere
    VARIES_RIGHT = 7
    FREE_LEFT = 8  # and here
    FREE_RIGHT = 9
    FREE_VARIES_LEFT = 10  # product of the two
    FREE_VARIES_RIGHT = 11
    VARIED_FIRST = 12  # its first word is such a free one of the shorter wording
    VARIED_LAST = 13
    PLACES = 14  # log


class ClaimFeature(IntEnum):
    """What the other terms of a sentence say of a span as a rendering."""

    CLAIM_FIRST = 0  # another term's rendering covers its first word
    CLAIM_LAST = 1
    CLAIM_BEFORE = 2
    CLAIM_AFTER = 3
    CLAIMED = 4  # mean over its words
    CLAIMED_MOST = 5
    HELD = 6  # the rendering of a longer term that holds this one holds it,
    HELD_NOT = 7  # or does not
    HOLDS = 8  # it holds the rendering of a term inside this one,
    HOLDS_NOT = 9
    NEARER = 10  # another place of this term, nearer to the span, claims it
    FARTHER = 11
    TWIN = 12  # how much farther it is than another span with its wording


def describe_votes(
    first, start, stop, key, mass, wordings, base, flags, words, others, asked, out
):  # fmt: skip
    """Fill what the other places of a term say of the spans of each.

    Args:
        first: First span of each place. Shape (places + 1,).
        start: First word of each span in its sentence. Shape (spans,).
        stop: The word behind its last one.
        key: Number of its content words.
        mass: P(it renders the term).
        wordings: Keys of the spans of the places that vote, if these are likely enough
            (`LEAST_MASS`). Rising, each once.
        base: First word of each place's sentence in the text. Shape (places,).
        flags: Bits of the words of the text.
        words: Their numbers.
        others: See `describe_links`. Shape (2, spans).
        asked: Whether a place votes. Shape (places,).
        out: Filled. Shape (spans, features).
    """
    w, longest = len(wordings), int((stop - start).max(initial=1))
    _describe_votes(
        first, start, stop, key, mass, wordings, base, flags, words, others, asked,
        np.zeros((6, w)), np.zeros(w, dtype=np.int64), np.empty((w, longest), dtype=np.int64),
        np.empty(longest, dtype=np.bool_), out,
    )  # fmt: skip


@compiled()
def _describe_votes(
    first, start, stop, key, mass, wordings, base, flags, words, others, asked, sums, text_size,
    texts, used, out
):  # fmt: skip
    """Do the work of `describe_votes`.

    `sums` and `text_size` hold zeros, a column a wording; `texts` and `used` are overwritten.
    """
    places = len(first) - 1
    voters = 0
    for p in range(places):
        voters += asked[p]
    w = len(wordings)
    total, varies_left, varies_right = sums[0], sums[1], sums[2]
    own, own_left, own_right = sums[3], sums[4], sums[5]
    for p in range(places):
        if not asked[p]:
            continue
        for s in range(first[p], first[p + 1]):
            if mass[s] < LEAST_MASS:
                continue
            at = place_of(wordings, key[s])
            total[at] += mass[s]
            varies_left[at] += mass[s] * (1 - others[0, s])
            varies_right[at] += mass[s] * (1 - others[1, s])
            if text_size[at] == 0:
                for j in range(start[s], stop[s]):
                    if not flags[base[p] + j] & FUNCTION:
                        texts[at, text_size[at]] = words[base[p] + j]
                        text_size[at] += 1
    for p in range(places):
        for at in range(w):
            own[at] = own_left[at] = own_right[at] = 0.0
        if asked[p]:
            for s in range(first[p], first[p + 1]):
                if mass[s] >= LEAST_MASS:
                    at = place_of(wordings, key[s])
                    own[at] += mass[s]
                    own_left[at] += mass[s] * (1 - others[0, s])
                    own_right[at] += mass[s] * (1 - others[1, s])
        rest = max(voters - asked[p], 1)
        known = min(1.0, (voters - asked[p]) / 4)
        for s in range(first[p], first[p + 1]):
            f = out[s]
            f[VoteFeature.PLACES] = np.log(places)
            size = 0
            for j in range(start[s], stop[s]):
                size += not flags[base[p] + j] & FUNCTION
            same = like = longer = shorter = 0.0
            for at in range(w):
                weight = total[at] - own[at]
                if weight < LEAST_MASS / 2:
                    continue
                shared = 0
                for t in range(text_size[at]):
                    used[t] = False
                for j in range(start[s], stop[s]):
                    if flags[base[p] + j] & FUNCTION:
                        continue
                    for t in range(text_size[at]):
                        if not used[t] and texts[at, t] == words[base[p] + j]:
                            used[t] = True
                            shared += 1
                            break
                if shared == 0:
                    continue
                like += weight * 2 * shared / (size + text_size[at])
                if wordings[at] == key[s]:
                    same += weight
                elif shared == size and text_size[at] > size:
                    longer += weight
                elif shared == text_size[at] and size > shared:
                    shorter += weight
            f[VoteFeature.SAME] = np.log(SMOOTH + same / rest)
            f[VoteFeature.LIKE] = like / rest
            f[VoteFeature.LONGER] = longer / rest
            f[VoteFeature.SHORTER] = shorter / rest
            f[VoteFeature.SAME_KNOWN] = known * same / rest
            f[VoteFeature.LIKE_KNOWN] = known * like / rest
            here_left, here_right = 1 - others[0, s], 1 - others[1, s]
            at = place_of(wordings, key[s])
            if at < w and wordings[at] == key[s] and total[at] - own[at] >= LEAST_MASS:
                weight = total[at] - own[at]
                left = (varies_left[at] - own_left[at]) / weight
                right = (varies_right[at] - own_right[at]) / weight
                f[VoteFeature.VARIES_LEFT] = left
                f[VoteFeature.VARIES_RIGHT] = right
                f[VoteFeature.FREE_VARIES_LEFT] = left * here_left
                f[VoteFeature.FREE_VARIES_RIGHT] = right * here_right
            f[VoteFeature.FREE_LEFT] = here_left
            f[VoteFeature.FREE_RIGHT] = here_right
            if size > 1:
                part, bits = words[base[p] :], flags[base[p] :]
                a, b = np.int64(start[s]), np.int64(stop[s])
                short = key_of(bits, part, a + 1, b)
                at = place_of(wordings, short)
                weight = total[at] - own[at] if at < w and wordings[at] == short else 0.0
                if weight >= LEAST_MASS:
                    f[VoteFeature.VARIED_FIRST] = (varies_left[at] - own_left[at]) / weight
                short = key_of(bits, part, a, b - 1)
                at = place_of(wordings, short)
                weight = total[at] - own[at] if at < w and wordings[at] == short else 0.0
                if weight >= LEAST_MASS:
                    f[VoteFeature.VARIED_LAST] = (varies_right[at] - own_right[at]) / weight


@compiled()
def describe_claims(
    first, start, stop, mass, key, shift, term, zh_start, zh_stop, middle, m, covers, claim, out
):  # fmt: skip
    """Fill what the other terms of a sentence say of the spans of each place in it.

    Args:
        first: First span of each place. Shape (places + 1,).
        start: First word of each span. Shape (spans,).
        stop: The word behind its last one.
        mass: P(it renders the term).
        key: Number of its content words.
        shift: How far it is from the place, see `LinkFeature`, with its sign.
        term: Number of each place's term. Shape (places,).
        zh_start: First character of each place.
        zh_stop: The character behind its last one.
        middle: Of each place in the Chinese text, from 0 to 1.
        m: English words of the sentence.
        covers: Overwritten. Shape (places, m).
        claim: Overwritten. Shape (m,).
        out: Filled. Shape (spans, features).
    """
    places = len(first) - 1
    for q in range(places):
        for j in range(m):
            covers[q, j] = 0.0
        for s in range(first[q], first[q + 1]):
            for j in range(start[s], stop[s]):
                covers[q, j] += mass[s]
    for p in range(places):
        for j in range(m):
            claim[j] = 0.0
        for q in range(places):
            if term[q] != term[p] and (zh_stop[q] <= zh_start[p] or zh_start[q] >= zh_stop[p]):
                for j in range(m):
                    claim[j] = max(claim[j], covers[q, j])
        for s in range(first[p], first[p + 1]):
            a, b = start[s], stop[s]
            f = out[s]
            mean = most = 0.0
            for j in range(a, b):
                mean += claim[j] / (b - a)
                most = max(most, claim[j])
            f[ClaimFeature.CLAIM_FIRST] = claim[a]
            f[ClaimFeature.CLAIM_LAST] = claim[b - 1]
            f[ClaimFeature.CLAIM_BEFORE] = claim[a - 1] if a > 0 else 0.0
            f[ClaimFeature.CLAIM_AFTER] = claim[b] if b < m else 0.0
            f[ClaimFeature.CLAIMED] = mean
            f[ClaimFeature.CLAIMED_MOST] = most
            held = held_not = holds = holds_not = nearer = farther = twin = 0.0
            for k in range(first[p], first[p + 1]):
                if key[k] == key[s]:
                    twin = max(twin, abs(shift[s]) - abs(shift[k]))
            for q in range(places):
                if q == p:
                    continue
                if term[q] == term[p]:
                    wanted = 0.0
                    for j in range(a, b):
                        wanted += covers[q, j] / (b - a)
                    if abs(shift[s] + middle[p] - middle[q]) < abs(shift[s]):
                        nearer = max(nearer, wanted)
                    else:
                        farther = max(farther, wanted)
                    continue
                inner = zh_start[q] >= zh_start[p] and zh_stop[q] <= zh_stop[p]
                outer = zh_start[q] <= zh_start[p] and zh_stop[q] >= zh_stop[p]
                if inner == outer:
                    continue
                yes = no = 0.0
                for k in range(first[q], first[q + 1]):
                    if inner:
                        fits = start[k] >= a and stop[k] <= b
                    else:
                        fits = start[k] <= a and stop[k] >= b
                    if fits:
                        yes += mass[k]
                    else:
                        no += mass[k]
                if inner:
                    holds, holds_not = max(holds, yes), max(holds_not, no)
                else:
                    held, held_not = max(held, yes), max(held_not, no)
            f[ClaimFeature.NEARER] = nearer
            f[ClaimFeature.FARTHER] = farther
            f[ClaimFeature.TWIN] = twin
            f[ClaimFeature.HELD] = held
            f[ClaimFeature.HELD_NOT] = held_not
            f[ClaimFeature.HOLDS] = holds
            f[ClaimFeature.HOLDS_NOT] = holds_not


def describe_all_claims(
    groups, first, start, stop, mass, key, shift, term, zh_start, zh_stop, middle, words, out
):  # fmt: skip
    """Describe the spans of the places of some sentences, see `describe_claims`.

    Args:
        groups: First place of each sentence. Shape (sentences + 1,).
        first: As in `describe_claims`, with all that follow but the last two.
        start: The same.
        stop: The same.
        mass: The same.
        key: The same.
        shift: The same.
        term: The same.
        zh_start: The same.
        zh_stop: The same.
        middle: The same.
        words: English words of each place's sentence. Shape (places,).
        out: Filled. Shape (spans, features).
    """
    covers = np.empty((np.diff(groups) * words[groups[:-1]]).max(initial=0))
    claim = np.empty(words.max(initial=0))
    _describe_all_claims(
        groups, first, start, stop, mass, key, shift, term, zh_start, zh_stop, middle, words,
        covers, claim, out,
    )  # fmt: skip


@compiled()
def _describe_all_claims(
    groups, first, start, stop, mass, key, shift, term, zh_start, zh_stop, middle, words, covers,
    claim, out
):  # fmt: skip
    """Do the work of `describe_all_claims`. `covers` and `claim` are overwritten."""
    for g in range(len(groups) - 1):
        places = slice(groups[g], groups[g + 1])
        size, m = groups[g + 1] - groups[g], words[groups[g]]
        describe_claims(
            first[groups[g] : groups[g + 1] + 1], start, stop, mass, key, shift,
            term[places], zh_start[places], zh_stop[places], middle[places],
            m, covers[: size * m].reshape((size, m)), claim, out,
        )  # fmt: skip
