"""The compiled loops of `_crf`: sums over the paths of a pruned lattice."""

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled


@compiled()
def sums_over_paths(tail, head, kind, value, opening, allowed, nodes, constrained, post, opened):
    """Return log mass; fill posteriors of edges and of openings at skip edges."""
    a = np.full((nodes, 2), -1e30)
    a[0, 0] = 0.0
    e = len(tail)
    for k in range(e):
        if constrained and not allowed[k]:
            continue
        p, q = tail[k], head[k]
        if kind[k] == 0:
            v = np.logaddexp(a[p, 0], a[p, 1]) + value[k]
            a[q, 0] = np.logaddexp(a[q, 0], v)
        else:
            v = np.logaddexp(a[p, 0] + opening, a[p, 1]) + value[k]
            a[q, 1] = np.logaddexp(a[q, 1], v)
    b = np.full((nodes, 2), -1e30)
    b[nodes - 1, :] = 0.0
    total = np.logaddexp(a[nodes - 1, 0], a[nodes - 1, 1])
    for k in range(e - 1, -1, -1):
        post[k] = 0.0
        opened[k] = 0.0
        if constrained and not allowed[k]:
            continue
        p, q = tail[k], head[k]
        if kind[k] == 0:
            v = b[q, 0] + value[k]
            post[k] = np.exp(np.logaddexp(a[p, 0], a[p, 1]) + v - total)
            b[p, 0] = np.logaddexp(b[p, 0], v)
            b[p, 1] = np.logaddexp(b[p, 1], v)
        else:
            v = b[q, 1] + value[k]
            opened[k] = np.exp(a[p, 0] + opening + v - total)
            post[k] = opened[k] + np.exp(a[p, 1] + v - total)
            b[p, 0] = np.logaddexp(b[p, 0], v + opening)
            b[p, 1] = np.logaddexp(b[p, 1], v)
    return total


@compiled()
def scatter(kind, feature, diff, skip_zh, skip_en, grad_bead, grad_zh, grad_en):
    """Add each edge's difference to the gradient; beads by row, skips multiplied out."""
    for k in range(len(kind)):
        if kind[k] == 0:
            grad_bead[feature[k]] = diff[k]
        elif kind[k] == 1:
            for d in range(skip_zh.shape[1]):
                grad_zh[d] += diff[k] * skip_zh[feature[k], d]
        else:
            for d in range(skip_en.shape[1]):
                grad_en[d] += diff[k] * skip_en[feature[k], d]
