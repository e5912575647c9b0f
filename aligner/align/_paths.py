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


NO_LIFT = np.zeros((0, 2), dtype=np.float32)


def _count_nodes(low, high, offset):
    return offset[-1] + high[-1] - low[-1] + 1


def forward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Sum over all paths from the start to each node, in two states.

    State 0: the last step was a bead, or this is the start. State 1: it was a skip.
    A skip that leaves state 0 costs `opening` as well. Shape (nodes, 2), float64.

    `lift`, if given, is what a skip is worth beside that by the node that it leads to: a
    Chinese one in column 0, an English one in column 1. Shape (nodes, 2), or (0, 2) for none.
    """
    total = np.full((_count_nodes(low, high, offset), 2), -1e30)
    lift = NO_LIFT if lift is None else lift
    _go_forward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, total)
    return total


@compiled()
def _go_forward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, total):
    """Fill the sums of `forward`."""
    n, lifted = low.shape[0] - 1, lift.shape[0] > 0
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
                if lifted:
                    v += lift[node, 0]
                total[node, 1] = _add(total[node, 1], v)
            if j > low[i]:
                v = _add(total[node - 1, 0] + opening, total[node - 1, 1]) + skip_e[j - 1]
                if lifted:
                    v += lift[node, 1]
                total[node, 1] = _add(total[node, 1], v)


def backward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Sum over all paths from each node and state to the end. Shape (nodes, 2)."""
    total = np.full((_count_nodes(low, high, offset), 2), -1e30)
    lift = NO_LIFT if lift is None else lift
    _go_backward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, total)
    return total


@compiled()
def _go_backward(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, total):
    """Fill the sums of `backward`."""
    n, m, lifted = low.shape[0] - 1, high[low.shape[0] - 1], lift.shape[0] > 0
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
                v = total[p, 1] + skip_z[s]
                if lifted:
                    v += lift[p, 0]
                skips = _add(skips, v)
            if t < high[s]:
                v = total[node + 1, 1] + skip_e[t]
                if lifted:
                    v += lift[node + 1, 1]
                skips = _add(skips, v)
            if s < n or t < m:
                total[node, 0] = _add(beads, skips + opening)
                total[node, 1] = _add(beads, skips)


def viterbi(low, high, offset, shapes, scores, skip_z, skip_e, opening, lift=None):
    """Return the best path as rows (s, t, x, y), from the start to the end.

    A skip is a row with x or y equal to 0.
    """
    nodes, n, m = _count_nodes(low, high, offset), len(low) - 1, int(high[-1])
    lift = NO_LIFT if lift is None else lift
    best = np.full((nodes, 2), -1e30)
    led = np.zeros((nodes, 4), dtype=np.int8)
    path = np.empty((n + m, 4), dtype=np.int64)
    count = _find_best(
        low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, best, led, path
    )
    return np.ascontiguousarray(path[:count][::-1])


LED_BEAD = 0  # shape that led to state 0
LED_SKIP = 1  # 1: a Chinese skip led to state 1; 2: an English one
LED_STATE = 2  # state that state 0 came from; behind it the one that state 1 came from


@compiled()
def _find_best(
    low, high, offset, shapes, scores, skip_z, skip_e, opening, lift, best, led, path
):  # fmt: skip
    """Fill the rows of `viterbi`, from the end to the start; return how many.

    `best` holds -1e30, and `led` zeros. Shapes (nodes, 2) and (nodes, 4).
    """
    n, m, lifted = low.shape[0] - 1, high[low.shape[0] - 1], lift.shape[0] > 0
    nodes = best.shape[0]
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
                    best[node, 0], led[node, LED_BEAD], led[node, LED_STATE] = v, k, state
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
                v = max(opened, best[p, 1]) + price
                if lifted:
                    v += lift[node, step - 1]
                if v > best[node, 1]:
                    best[node, 1], led[node, LED_SKIP], led[node, LED_STATE + 1] = v, step, state
    count = 0
    i, j = n, m
    state = 0 if best[nodes - 1, 0] >= best[nodes - 1, 1] else 1
    while i > 0 or j > 0:
        node = offset[i] + j - low[i]
        came = led[node, LED_STATE + state]
        if state == 0:
            x, y = shapes[led[node, LED_BEAD], 0], shapes[led[node, LED_BEAD], 1]
        elif led[node, LED_SKIP] == 1:
            x, y = 1, 0
        else:
            x, y = 0, 1
        i, j = i - x, j - y
        # number by number: for a whole row numba compiles how to say that it does not fit
        path[count, 0], path[count, 1], path[count, 2], path[count, 3] = i, j, x, y
        count += 1
        state = came
    return count


def largest(values, k):
    """Return the columns of each row's k largest values; among equals the first ones.

    Shape (rows, k). `np.argpartition` takes others among equals on other processors.
    """
    found = np.zeros((len(values), k), dtype=np.int64)
    _find_largest(values, np.empty(k, dtype=values.dtype), found)
    return found


@compiled()
def _find_largest(values, top, found):
    """Fill the columns of `largest`. `top` is overwritten. Shape (k,)."""
    rows, columns = values.shape
    k = len(top)
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
    tree, value = np.zeros(m + 1), np.zeros(count)
    item, link = np.full(m + 1, -1), np.full(count, -1)
    chain = np.zeros(count, dtype=np.int64)
    size = _find_chain(rows, cols, weight, m, tree, item, value, link, chain)
    return np.ascontiguousarray(chain[:size][::-1])


@compiled()
def _find_chain(rows, cols, weight, m, tree_value, tree_item, value, link, chain):
    """Fill the members of the heaviest chain, the last one first; return how many.

    The tree and the candidates have values of 0, and -1 for what is linked to them.
    """
    k, most = -1, 0.0
    for new in range(len(rows)):
        top, item, c = 0.0, -1, cols[new]
        while c > 0:
            if tree_value[c] > top:
                top, item = tree_value[c], tree_item[c]
            c -= c & -c
        value[new], link[new] = top + weight[new], item
        if value[new] > most:
            k, most = new, value[new]
        c = cols[new] + 1
        while c <= m:
            if value[new] > tree_value[c]:
                tree_value[c], tree_item[c] = value[new], new
            c += c & -c
    size = 0
    while k >= 0:
        chain[size] = k
        size += 1
        k = link[k]
    return size
