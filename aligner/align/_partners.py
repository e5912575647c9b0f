"""The compiled loop that finds each sentence's best partners, for the scores of skips."""

from __future__ import annotations

import numpy as np

from aligner.align._features import ABSENT, SmallCosine
from aligner.compiled import compiled


def best_partners(low, high, offset, singles, n, m):
    """Return, for each sentence of both sides, its best cosine and its advantage.

    `best` is the largest cosine with a run of one to three of the other side, inside
    the band. `advantage` is the largest excess over that partner's best other match.
    Shapes (n,), (n,), (m,), (m,).
    """
    sides = [
        (
            np.zeros(size, dtype=np.float32),
            np.full(size, -1.0, dtype=np.float32),
            np.zeros((size, 2), dtype=np.float32),
        )
        for size in (n, m)
    ]
    _find_partners(low, high, offset, singles, *sides[0], *sides[1])
    return *sides[0][:2], *sides[1][:2]


@compiled()
def _find_partners(low, high, offset, singles, best_z, adv_z, top_z, best_e, adv_e, top_e):
    """Fill what `best_partners` returns. `top_z` and `top_e` are zero before it."""
    n, m = len(best_z), len(best_e)
    for s in range(n):
        for t in range(low[s], min(high[s] + 1, m)):
            node = offset[s] + t - low[s]
            c = singles[node, SmallCosine.ONE_ONE]
            if c == ABSENT:
                continue
            if c > top_z[s, 0]:
                top_z[s, 1], top_z[s, 0] = top_z[s, 0], c
            elif c > top_z[s, 1]:
                top_z[s, 1] = c
            if c > top_e[t, 0]:
                top_e[t, 1], top_e[t, 0] = top_e[t, 0], c
            elif c > top_e[t, 1]:
                top_e[t, 1] = c
            best_z[s] = max(
                best_z[s],
                c,
                singles[node, SmallCosine.ONE_TWO],
                singles[node, SmallCosine.ONE_THREE],
            )
            best_e[t] = max(
                best_e[t],
                c,
                singles[node, SmallCosine.TWO_ONE],
                singles[node, SmallCosine.THREE_ONE],
            )
    for s in range(n):
        for t in range(low[s], min(high[s] + 1, m)):
            c = singles[offset[s] + t - low[s], SmallCosine.ONE_ONE]
            if c == ABSENT:
                continue
            rival = top_e[t, 1] if c == top_e[t, 0] else top_e[t, 0]
            adv_z[s] = max(adv_z[s], c - rival)
            rival = top_z[s, 1] if c == top_z[s, 0] else top_z[s, 0]
            adv_e[t] = max(adv_e[t], c - rival)
