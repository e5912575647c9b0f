"""The compiled loop that lets neighbouring word links support each other.

Nothing here depends on the processor: sums have a fixed order, and what an exponential
gave is rounded to float32.

Cost: proportional to the word pairs of all units, once.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled

REACH = 2  # words to either side that support a link
FADES = 0.02  # what a word's links share with none


def smooth_links(zh_first, en_first, pair_first, posterior, near, out):
    """Let neighbouring links support each other.

    Args:
        zh_first: First Chinese word of each unit. Shape (units + 1,).
        en_first: The same for English words.
        pair_first: First word pair of each unit, English word by English word.
        posterior: See `Association`. Shape (2, pairs).
        near: Weight of a link by its distance on either side, from -REACH.
        out: Filled: the mean of both directions. Shape (pairs,).
    """
    pairs = np.empty((2, np.diff(pair_first).max(initial=0)))
    column = np.empty(np.diff(zh_first).max(initial=0))
    _smooth(zh_first, en_first, pair_first, posterior, near, pairs, column, out)


@compiled()
def _smooth(zh_first, en_first, pair_first, posterior, near, pairs, column, out):
    """Do the work of `smooth_links`. `pairs` and `column` are overwritten."""
    for u in range(len(zh_first) - 1):
        n = zh_first[u + 1] - zh_first[u]
        m = en_first[u + 1] - en_first[u]
        if n == 0 or m == 0:
            continue
        base = pair_first[u]
        one, two = pairs[0, : m * n].reshape((m, n)), pairs[1, : m * n].reshape((m, n))
        for i in range(n):
            column[i] = 0.0
        for j in range(m):
            row = 0.0
            for i in range(n):
                support = 0.0
                for dj in range(max(-REACH, -j), min(REACH, m - 1 - j) + 1):
                    for di in range(max(-REACH, -i), min(REACH, n - 1 - i) + 1):
                        k = base + (j + dj) * n + i + di
                        mean = (posterior[0, k] + posterior[1, k]) / 2
                        support += near[dj + REACH, di + REACH] * mean
                e = np.float32(np.exp(min(support, 3.0)))
                one[j, i] = posterior[0, base + j * n + i] * e
                two[j, i] = posterior[1, base + j * n + i] * e
                row += one[j, i]
                column[i] += two[j, i]
            for i in range(n):
                one[j, i] /= row + FADES
        for j in range(m):
            for i in range(n):
                out[base + j * n + i] = (one[j, i] + two[j, i] / (column[i] + FADES)) / 2
