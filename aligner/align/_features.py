"""The compiled loops that compute the features of beads and score the band.

Everything is linear in the number of edges. A node is a pair (s, t) of sentence
borders inside the band: row s holds columns low[s]..high[s], stored end to end from
offset[s]; an edge leaves it with one of the shapes, and its score stands at
[node, shape]. Cosines are float32; scores are natural logarithms of weights.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from aligner.compiled import compiled

ABSENT = np.float32(-9.0)  # a cosine that was not computed or does not exist
NO_EDGE = np.float32(-1e30)


# What is known of a bead beside its shape: the columns of a row of features. It is declared
# in this file since numba compiles anew only what stands in a file that has changed.
BeadFeature = IntEnum(
    "BeadFeature",
    "COS NBR GAIN EXT TOKLEN TOKLEN2 LOGLEN MINMEM SPLIT LENMEM NZ1 NZ2 NE1 NE2 NMAX"
    " OPEN CLOSE QSTATE QUEST EXCL COLON ENDQ NUM NUMUN LOWER INTLOW NONTERM SPEECH BOTH LEVEL",
    start=0,
)


class CueFlag(IntEnum):
    """What the surface of a sentence shows: the columns of `Cues.flags`."""

    OPENS = 0
    CLOSES = 1
    INSIDE = 2  # a quotation is open at its end
    QUESTION = 3
    EXCLAMATION = 4
    COLON = 5
    ENDS_QUESTION = 6
    TERMINATED = 7
    LOWER = 8
    SPEECH = 9  # a quotation begins in it


class ClauseCosine(IntEnum):
    """Which clause of a sentence faces a single sentence of the other side."""

    ZH_TAIL = 0
    ZH_HEAD = 1
    EN_TAIL = 2
    EN_HEAD = 3


class SmallCosine(IntEnum):
    """The sizes of the small runs whose cosines are kept, Chinese first."""

    ONE_ONE = 0
    ONE_TWO = 1
    ONE_THREE = 2
    TWO_ONE = 3
    THREE_ONE = 4


PLAIN = len(BeadFeature)  # features that are not products of others
SMALL_WIDTH = len(SmallCosine)
# Of one type with the sizes of beads, so that `_get` is compiled once.
ONE, TWO, THREE = np.int64(1), np.int64(2), np.int64(3)


@compiled()
def _get(grid, index, x, y, s, t):
    """Return the cosine of the runs of x and y sentences that begin at s and t."""
    if x < 1 or y < 1 or x >= index.shape[0] or y >= index.shape[1]:
        return ABSENT
    k = index[x, y]
    if k < 0 or s < 0 or t < 0 or s >= grid.shape[1] or t >= grid.shape[2]:
        return ABSENT
    return grid[k, s, t]


@compiled()
def _log_ratio(a, b):
    return np.log((a + np.float32(3.0)) / (b + np.float32(3.0)))


@compiled()
def bead_features(f, grid, clause, index, x, y, s, t, s0, t0, zh, en, level, factors):
    """Fill `f` with the features of the bead of x, y sentences that begins at (s, t).

    Args:
        f: Shape (features,): those in the order of the names above, then the products.
        grid: Cosines of runs. Shape (pairs, rows, columns), from (s0, t0).
        clause: Cosines of clauses with single sentences: tail and head of the Chinese
            one, tail and head of the English one. Shape (4, rows, columns).
        index: Which layer of `grid` holds a pair of sizes; -1 for none.
        x: Chinese sentences.
        y: English sentences.
        s: First Chinese sentence, counted in the document.
        t: First English sentence.
        s0: Sentence of the first row of `grid`.
        t0: Sentence of its first column.
        zh: Flags, token lengths (prefix sums), digits, values and their starts.
        en: The same; lengths already scaled to Chinese tokens.
        level: Of the document, centred.
        factors: Which two features each product multiplies. Shape (products, 2).

    Returns:
        False if the bead cannot be scored.
    """
    flags_z, len_z, dig_z, val_z, at_z = zh
    flags_e, len_e, dig_e, val_e, at_e = en
    n, m = flags_z.shape[0], flags_e.shape[0]
    a, b = s - s0, t - t0
    c = _get(grid, index, x, y, a, b)
    if c == ABSENT:
        return False
    i, j = s + x, t + y
    total_z, total_e = len_z[i] - len_z[s], len_e[j] - len_e[t]
    ratio = _log_ratio(total_z, total_e)
    if abs(ratio) > 3.0:
        return False
    f[BeadFeature.COS] = c
    f[BeadFeature.TOKLEN] = abs(ratio)
    f[BeadFeature.TOKLEN2] = min(np.float32(4.0), ratio * ratio)
    f[BeadFeature.LOGLEN] = np.log(np.float32(1.0) + min(total_z, total_e) / np.float32(10.0))

    near = np.float32(0.0)
    count = 0
    for k in range(4):
        if k == 0:
            v = _get(grid, index, x, ONE, a, b - 1)
        elif k == 1:
            v = _get(grid, index, x, ONE, a, b + y)
        elif k == 2:
            v = _get(grid, index, ONE, y, a - 1, b)
        else:
            v = _get(grid, index, ONE, y, a + x, b)
        if v != ABSENT:
            near += v
            count += 1
    f[BeadFeature.NBR] = near / count if count > 0 else np.float32(0.0)

    best = ABSENT
    if x > 1:
        best = max(best, _get(grid, index, x - 1, y, a + 1, b), _get(grid, index, x - 1, y, a, b))
    if y > 1:
        best = max(best, _get(grid, index, x, y - 1, a, b + 1), _get(grid, index, x, y - 1, a, b))
    f[BeadFeature.GAIN] = c - best if best != ABSENT else np.float32(0.0)
    best = max(
        _get(grid, index, x + 1, y, a - 1, b),
        _get(grid, index, x + 1, y, a, b),
        _get(grid, index, x, y + 1, a, b - 1),
        _get(grid, index, x, y + 1, a, b),
    )
    f[BeadFeature.EXT] = max(np.float32(0.0), best - c) if best != ABSENT else np.float32(0.0)

    low = np.float32(0.0)
    if x + y > 2:
        low = np.float32(9.0)
        if x > 1:
            for k in range(x):
                v = _get(grid, index, ONE, y, a + k, b)
                if v != ABSENT:
                    low = min(low, v - c)
        if y > 1:
            for k in range(y):
                v = _get(grid, index, x, ONE, a, b + k)
                if v != ABSENT:
                    low = min(low, v - c)
        if low == np.float32(9.0):
            low = np.float32(0.0)
    f[BeadFeature.MINMEM] = low

    f[BeadFeature.SPLIT] = np.float32(0.0)
    f[BeadFeature.LENMEM] = np.float32(0.0)
    if x > 1 and y > 1:
        best = ABSENT
        least = np.float32(99.0)
        for p in range(1, x):
            for q in range(1, y):
                v = min(
                    _get(grid, index, p, q, a, b), _get(grid, index, x - p, y - q, a + p, b + q)
                )
                best = max(best, v)
                d = abs(_log_ratio(len_z[s + p] - len_z[s], len_e[t + q] - len_e[t])) + abs(
                    _log_ratio(len_z[i] - len_z[s + p], len_e[j] - len_e[t + q])
                )
                least = min(least, d)
        if best != ABSENT:
            f[BeadFeature.SPLIT] = best - c
        f[BeadFeature.LENMEM] = np.exp(-least)

    rows, cols = clause.shape[1], clause.shape[2]
    u, v = i - s0, j - t0  # the first sentences after the bead
    z1 = z2 = e1 = e2 = np.float32(0.0)
    if u < rows and v < cols:
        if j < m:
            z1 = clause[ClauseCosine.ZH_TAIL, u - 1, v] - clause[ClauseCosine.ZH_TAIL, u - 1, v - 1]
        if i < n and j < m:
            z2 = clause[ClauseCosine.ZH_HEAD, u, v - 1] - clause[ClauseCosine.ZH_HEAD, u, v]
            e2 = clause[ClauseCosine.EN_HEAD, u - 1, v] - clause[ClauseCosine.EN_HEAD, u, v]
        if i < n:
            e1 = clause[ClauseCosine.EN_TAIL, u, v - 1] - clause[ClauseCosine.EN_TAIL, u - 1, v - 1]
    f[BeadFeature.NZ1], f[BeadFeature.NZ2], f[BeadFeature.NE1], f[BeadFeature.NE2] = z1, z2, e1, e2
    f[BeadFeature.NMAX] = max(np.float32(0.0), z1, z2, e1, e2)

    f[BeadFeature.OPEN] = flags_z[s, CueFlag.OPENS] != flags_e[t, CueFlag.OPENS]
    f[BeadFeature.CLOSE] = flags_z[i - 1, CueFlag.CLOSES] != flags_e[j - 1, CueFlag.CLOSES]
    f[BeadFeature.QSTATE] = flags_z[i - 1, CueFlag.INSIDE] != flags_e[j - 1, CueFlag.INSIDE]
    f[BeadFeature.COLON] = flags_z[i - 1, CueFlag.COLON] != flags_e[j - 1, CueFlag.COLON]
    f[BeadFeature.ENDQ] = (
        flags_z[i - 1, CueFlag.ENDS_QUESTION] != flags_e[j - 1, CueFlag.ENDS_QUESTION]
    )
    f[BeadFeature.NONTERM] = (
        flags_z[i - 1, CueFlag.TERMINATED] != flags_e[j - 1, CueFlag.TERMINATED]
    )
    quest_z = quest_e = excl_z = excl_e = speech_z = speech_e = False
    for k in range(s, i):
        quest_z |= flags_z[k, CueFlag.QUESTION]
        excl_z |= flags_z[k, CueFlag.EXCLAMATION]
        speech_z |= flags_z[k, CueFlag.SPEECH]
    lower = np.float32(0.0)
    for k in range(t, j):
        quest_e |= flags_e[k, CueFlag.QUESTION]
        excl_e |= flags_e[k, CueFlag.EXCLAMATION]
        speech_e |= flags_e[k, CueFlag.SPEECH]
        if k > t:
            lower += flags_e[k, CueFlag.LOWER]
    f[BeadFeature.QUEST] = quest_z != quest_e
    f[BeadFeature.EXCL] = excl_z != excl_e
    f[BeadFeature.SPEECH] = speech_z != speech_e
    f[BeadFeature.INTLOW] = lower
    f[BeadFeature.LOWER] = j < m and flags_e[j, CueFlag.LOWER]

    digits_z = digits_e = 0
    for k in range(s, i):
        digits_z += dig_z[k]
    for k in range(t, j):
        digits_e += dig_e[k]
    f[BeadFeature.NUM] = min(3, abs(digits_z - digits_e))
    first_z, last_z, first_e, last_e = at_z[s], at_z[i], at_e[t], at_e[j]
    alone = 0
    for k in range(first_z, last_z):
        hit = False
        for r in range(first_e, last_e):
            if val_z[k] == val_e[r]:
                hit = True
                break
        alone += not hit
    for k in range(first_e, last_e):
        hit = False
        for r in range(first_z, last_z):
            if val_e[k] == val_z[r]:
                hit = True
                break
        alone += not hit
    f[BeadFeature.NUMUN] = min(4, alone)
    f[BeadFeature.BOTH] = x > 1 and y > 1
    f[BeadFeature.LEVEL] = level
    for k in range(factors.shape[0]):
        f[PLAIN + k] = f[factors[k, 0]] * f[factors[k, 1]]
    return True


@compiled()
def score_rows(
    first,
    last,
    low,
    high,
    offset,
    shapes,
    shape_score,
    weight,
    grid,
    clause,
    index,
    s0,
    t0,
    zh,
    en,
    level,
    factors,
    f,
    scores,
    singles,
):
    """Score every edge that leaves rows first..last-1, and keep the small cosines.

    Args:
        first: First row.
        last: One after the last row.
        low: First column of each row. Shape (n + 1,).
        high: Last column, included.
        offset: Node of each row's first column.
        shapes: Shape (shapes, 2).
        shape_score: What the shape alone is worth. Shape (shapes,).
        weight: Of the features. Shape (features,).
        grid: As in `bead_features`.
        clause: The same.
        index: The same.
        s0: The same.
        t0: The same.
        zh: The same.
        en: The same.
        level: The same.
        factors: The same.
        f: Overwritten. Shape (features,).
        scores: Filled. Shape (nodes, shapes).
        singles: Filled with cosines of 1-1, 1-2, 1-3, 2-1, 3-1. Shape (nodes, 5).
    """
    n = low.shape[0] - 1
    for s in range(first, last):
        for t in range(low[s], high[s] + 1):
            node = offset[s] + t - low[s]
            a, b = s - s0, t - t0
            singles[node, SmallCosine.ONE_ONE] = _get(grid, index, ONE, ONE, a, b)
            singles[node, SmallCosine.ONE_TWO] = _get(grid, index, ONE, TWO, a, b)
            singles[node, SmallCosine.ONE_THREE] = _get(grid, index, ONE, THREE, a, b)
            singles[node, SmallCosine.TWO_ONE] = _get(grid, index, TWO, ONE, a, b)
            singles[node, SmallCosine.THREE_ONE] = _get(grid, index, THREE, ONE, a, b)
            for k in range(shapes.shape[0]):
                scores[node, k] = NO_EDGE
                x, y = np.int64(shapes[k, 0]), np.int64(shapes[k, 1])
                i, j = s + x, t + y
                if i > n or j < low[i] or j > high[i]:
                    continue
                if not bead_features(
                    f, grid, clause, index, x, y, s, t, s0, t0, zh, en, level, factors
                ):
                    continue
                total = shape_score[k]
                for d in range(len(f)):
                    total += weight[d] * f[d]
                scores[node, k] = total


@compiled()
def edge_rows(
    nodes, kinds, node_s, node_t, shapes, grid, clause, index, s0, t0, zh, en, level, factors, out
):
    """Fill `out` with the features of chosen edges. Shape (edges, features)."""
    for e in range(len(nodes)):
        x, y = np.int64(shapes[kinds[e], 0]), np.int64(shapes[kinds[e], 1])
        s, t = node_s[e], node_t[e]
        bead_features(out[e], grid, clause, index, x, y, s, t, s0, t0, zh, en, level, factors)
