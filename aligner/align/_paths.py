"""The compiled loops over the lattice: best path, sums over paths, rising chains.

The lattice's nodes are pairs (s, t) of sentence borders inside the band: row s holds
columns low[s]..high[s], stored end to end from offset[s]. An edge leaves a node with
one of the shapes; its score stands at [node, shape]. All scores are natural
logarithms of unnormalised weights. Everything is linear in the number of edges.
"""

from __future__ import annotations

import numpy as np

from aligner.align._features import NO_EDGE
from aligner.compiled import compiled


@compiled()
def _add(a, b):
    """Return log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b - a < -30.0 else a + np.log1p(np.exp(b - a))


@compiled(inline="always")
def _lifted(lift, node, side):
    if lift is None:
        return np.float32(0.0)
    if lift.shape[0] == 0:
        return np.float32(0.0)
    return lift[node, side]


@compiled()
def forward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Sum over all paths from the start to each node, in two states.

    State 0: the last step was a bead, or this is the start. State 1: it was a skip.
    A skip that leaves state 0 costs `opening` as well. Shape (nodes, 2), float64.

    `lift`, if given, is what a skip is worth beside that by the node that it leads to: a
    Chinese one in column 0, an English one in column 1. Shape (nodes, 2), or (0, 2) for none.
    """
    n = low.shape[0] - 1
    total = np.full((offset[n] + high[n] - low[n] + 1, 2), -1e30)
    total[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            node = offset[i] + j - low[i]
            top = -1e30
            for k in range(shapes.shape[0]):
                s, t = i - shapes[k, 0], j - shapes[k, 1]
                if s < 0 or t < low[s] or t > high[s]:
                    continue
                p = offset[s] + t - low[s]
                if scores[p, k] > NO_EDGE:
                    top = max(top, max(total[p, 0], total[p, 1]) + scores[p, k])
            if top > -1e29:
                mass = 0.0
                for k in range(shapes.shape[0]):
                    s, t = i - shapes[k, 0], j - shapes[k, 1]
                    if s < 0 or t < low[s] or t > high[s]:
                        continue
                    p = offset[s] + t - low[s]
                    high_p = max(total[p, 0], total[p, 1])
                    if scores[p, k] > NO_EDGE and high_p + scores[p, k] > top - 30.0:
                        mass += np.exp(total[p, 0] + scores[p, k] - top)
                        mass += np.exp(total[p, 1] + scores[p, k] - top)
                total[node, 0] = _add(total[node, 0], top + np.log(mass))
            if i > 0 and low[i - 1] <= j <= high[i - 1]:
                p = offset[i - 1] + j - low[i - 1]
                v = _add(total[p, 0] + opening, total[p, 1]) + skip_z[i - 1]
                total[node, 1] = _add(total[node, 1], v + _lifted(lift, node, 0))
            if j > low[i]:
                v = _add(total[node - 1, 0] + opening, total[node - 1, 1]) + skip_e[j - 1]
                total[node, 1] = _add(total[node, 1], v + _lifted(lift, node, 1))
    return total


@compiled()
def backward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Sum over all paths from each node and state to the end. Shape (nodes, 2)."""
    n, m = low.shape[0] - 1, high[low.shape[0] - 1]
    total = np.full((offset[n] + high[n] - low[n] + 1, 2), -1e30)
    total[offset[n] + m - low[n], 0] = 0.0
    total[offset[n] + m - low[n], 1] = 0.0
    for s in range(n, -1, -1):
        for t in range(high[s], low[s] - 1, -1):
            node = offset[s] + t - low[s]
            top = -1e30
            for k in range(shapes.shape[0]):
                i, j = s + shapes[k, 0], t + shapes[k, 1]
                if i > n or j < low[i] or j > high[i] or scores[node, k] <= NO_EDGE:
                    continue
                top = max(top, total[offset[i] + j - low[i], 0] + scores[node, k])
            beads = -1e30
            if top > -1e29:
                mass = 0.0
                for k in range(shapes.shape[0]):
                    i, j = s + shapes[k, 0], t + shapes[k, 1]
                    if i > n or j < low[i] or j > high[i] or scores[node, k] <= NO_EDGE:
                        continue
                    v = total[offset[i] + j - low[i], 0] + scores[node, k] - top
                    if v > -30.0:
                        mass += np.exp(v)
                beads = top + np.log(mass)
            skips = -1e30
            if s < n and low[s + 1] <= t <= high[s + 1]:
                p = offset[s + 1] + t - low[s + 1]
                skips = _add(skips, total[p, 1] + skip_z[s] + _lifted(lift, p, 0))
            if t < high[s]:
                skips = _add(skips, total[node + 1, 1] + skip_e[t] + _lifted(lift, node + 1, 1))
            if s < n or t < m:
                total[node, 0] = _add(beads, skips + opening)
                total[node, 1] = _add(beads, skips)
    return total


@compiled()
def viterbi(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Return the best path as rows (s, t, x, y), from the start to the end.

    A skip is a row with x or y equal to 0.
    """
    n, m = low.shape[0] - 1, high[low.shape[0] - 1]
    nodes = offset[n] + high[n] - low[n] + 1
    best = np.full((nodes, 2), -1e30)
    bead = np.full(nodes, np.int8(-1))  # shape that led to state 0
    before = np.zeros((nodes, 2), dtype=np.int8)  # state it came from
    way = np.zeros(nodes, dtype=np.int8)  # 1: a Chinese skip led to state 1; 2: an English one
    best[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            node = offset[i] + j - low[i]
            for k in range(shapes.shape[0]):
                s, t = i - shapes[k, 0], j - shapes[k, 1]
                if s < 0 or t < low[s] or t > high[s]:
                    continue
                p = offset[s] + t - low[s]
                if scores[p, k] <= NO_EDGE:
                    continue
                state = 0 if best[p, 0] >= best[p, 1] else 1
                v = best[p, state] + scores[p, k]
                if v > best[node, 0]:
                    best[node, 0], bead[node], before[node, 0] = v, k, state
            for step in range(1, 3):
                if step == 1:
                    if i == 0 or j < low[i - 1] or j > high[i - 1]:
                        continue
                    p, price = offset[i - 1] + j - low[i - 1], skip_z[i - 1]
                else:
                    if j == low[i]:
                        continue
                    p, price = node - 1, skip_e[j - 1]
                opened = best[p, 0] + opening
                state = 0 if opened >= best[p, 1] else 1
                v = max(opened, best[p, 1]) + price + _lifted(lift, node, step - 1)
                if v > best[node, 1]:
                    best[node, 1], way[node], before[node, 1] = v, step, state
    path = np.zeros((n + m, 4), dtype=np.int64)
    count = 0
    i, j = n, m
    state = 0 if best[nodes - 1, 0] >= best[nodes - 1, 1] else 1
    while i > 0 or j > 0:
        node = offset[i] + j - low[i]
        came = before[node, state]
        if state == 0:
            x, y = shapes[bead[node], 0], shapes[bead[node], 1]
        elif way[node] == 1:
            x, y = 1, 0
        else:
            x, y = 0, 1
        i, j = i - x, j - y
        # number by number: for a whole row numba compiles how to say that it does not fit
        path[count, 0], path[count, 1], path[count, 2], path[count, 3] = i, j, x, y
        count += 1
        state = came
    return path[:count][::-1].copy()


@compiled()
def largest(values, k):
    """Return the columns of each row's k largest values; among equals the first ones.

    Shape (rows, k). `np.argpartition` takes others among equals on other processors.
    """
    rows, columns = values.shape
    found = np.zeros((rows, k), dtype=np.int64)
    top = np.empty(k, dtype=values.dtype)
    for i in range(rows):
        count = 0
        for j in range(columns):
            v = values[i, j]
            if count == k and v <= top[k - 1]:
                continue
            at = count if count < k else k - 1
            while at > 0 and top[at - 1] < v:
                top[at], found[i, at] = top[at - 1], found[i, at - 1]
                at -= 1
            top[at], found[i, at] = v, j
            count = min(count + 1, k)
    return found


@compiled()
def heaviest_chain(rows, cols, weight, m):
    """Return the members of the heaviest chain that rises strictly in both directions.

    Args:
        rows: Of each candidate, not falling; equal rows have falling columns.
        cols: Of each candidate, from 0 to m - 1.
        weight: Positive.
        m: Number of columns.

    Cost: k log m, by a Fenwick tree of best chain ends.
    """
    count = len(rows)
    tree_value = np.zeros(m + 1)
    tree_item = np.full(m + 1, -1)
    value, link = np.zeros(count), np.full(count, -1)
    for k in range(count):
        top, item, c = 0.0, -1, cols[k]
        while c > 0:
            if tree_value[c] > top:
                top, item = tree_value[c], tree_item[c]
            c -= c & -c
        value[k], link[k] = top + weight[k], item
        c = cols[k] + 1
        while c <= m:
            if value[k] > tree_value[c]:
                tree_value[c], tree_item[c] = value[k], k
            c += c & -c
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    k = int(np.argmax(value))
    chain = np.zeros(count, dtype=np.int64)
    size = 0
    while k >= 0:
        chain[size] = k
        size += 1
        k = link[k]
    return chain[:size][::-1].copy()
