"""The compiled loops of word association: expectation and maximisation.

Cost: proportional to the number of word pairs inside units, a round.
"""

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled


@compiled()
def fill_pairs(zh_first, en_first, pair_first, zh_word, en_word, types, out):
    """Give each word pair inside units the number of its pair of word types.

    Args:
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        en_first: The same for English words.
        pair_first: First word pair of each unit, English word by English word.
        zh_word: Type of each Chinese word.
        en_word: Type of each English word.
        types: How many English types there are.
        out: Filled. Shape (pairs,).
    """
    for u in range(len(zh_first) - 1):
        k = pair_first[u]
        for j in range(en_first[u], en_first[u + 1]):
            for i in range(zh_first[u], zh_first[u + 1]):
                out[k] = np.int64(zh_word[i]) * types + en_word[j]
                k += 1


def expect(zh_first, en_first, pair_first, pair, forward, backward, slope, null, counts, out):
    """Add up expected links, in both directions, and give each pair's posteriors.

    Args:
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        en_first: The same for English words.
        pair_first: First word pair of each unit, English word by English word.
        pair: Number of the pair of word types. Shape (pairs,).
        forward: p(English type | Chinese type) of each pair of types.
        backward: p(Chinese type | English type).
        slope: How strongly words at like places attract each other.
        null: Weight of a partner that is not there.
        counts: Expected links of each pair of types, added to. Shape (2, types).
        out: Posterior of each word pair, that the English word is from the Chinese
            one, and the reverse. Shape (2, pairs).
    """
    column = np.empty(np.diff(zh_first).max(initial=0))
    _expect(
        zh_first, en_first, pair_first, pair, forward, backward, slope, null, column, counts, out
    )


@compiled()
def _expect(
    zh_first, en_first, pair_first, pair, forward, backward, slope, null, column, counts, out
):  # fmt: skip
    """Do the work of `expect`. `column` is overwritten; its shape is (words of a unit at most,)."""
    for u in range(len(zh_first) - 1):
        n = zh_first[u + 1] - zh_first[u]
        m = en_first[u + 1] - en_first[u]
        base = pair_first[u]
        if n == 0 or m == 0:
            continue
        for i in range(n):
            column[i] = 0.0
        for j in range(m):
            total = null
            for i in range(n):
                k = base + j * n + i
                # float32, since the last digits of exp differ between processors
                near = np.float32(np.exp(-slope * abs((i + 0.5) / n - (j + 0.5) / m)))
                out[0, k] = forward[pair[k]] * near
                total += out[0, k]
                out[1, k] = backward[pair[k]] * near
                column[i] += out[1, k]
            for i in range(n):
                k = base + j * n + i
                out[0, k] /= total
                counts[0, pair[k]] += out[0, k]
        for j in range(m):
            for i in range(n):
                k = base + j * n + i
                out[1, k] /= column[i] + null
                counts[1, pair[k]] += out[1, k]
