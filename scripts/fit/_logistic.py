"""Logistic and log-linear models by maximum likelihood, and the area under a curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.fitted import Linear

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def fit_choice(rows: Sequence[Floats], right: Sequence[int], *, l2: float) -> Linear:
    """Fit a log-linear choice between the rows of each item by maximum likelihood."""
    sizes = np.array([len(r) for r in rows])
    first = np.concatenate([[0], np.cumsum(sizes)])
    x = np.concatenate(rows).astype(np.float64)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = (x - mean) / scale
    owner = np.repeat(np.arange(len(rows)), sizes)
    gold = first[:-1] + np.array(right)
    wanted = x[gold].sum(axis=0)

    def loss(w: Doubles) -> tuple[float, Doubles]:
        z = x @ w
        top = np.maximum.reduceat(z, first[:-1])
        e = np.exp(z - top[owner])
        total = np.add.reduceat(e, first[:-1])
        value = -(z[gold] - top - np.log(total)).sum() + l2 * (w @ w) / 2
        return float(value) / len(rows), (x.T @ (e / total[owner]) - wanted + l2 * w) / len(rows)

    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return Linear(mean=mean, scale=scale, weights=fitted)


def fit_logistic(
    rows: Floats, label: NDArray[np.bool_], weight: Doubles | None = None, *, l2: float
) -> Linear:
    """Fit a logistic model by maximum likelihood; each row counts by its weight."""
    counts = np.ones(len(rows)) if weight is None else weight
    x = rows.astype(np.float64)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = np.concatenate([(x - mean) / scale, np.ones((len(x), 1))], axis=1)
    sign = np.where(label, 1.0, -1.0)

    def loss(w: Doubles) -> tuple[float, Doubles]:
        z = sign * (x @ w)
        value = counts @ np.logaddexp(0, -z) + l2 * (w[:-1] @ w[:-1]) / 2
        slope = -(counts * sign / (1 + np.exp(z))) @ x
        slope[:-1] += l2 * w[:-1]
        return float(value) / len(x), slope / len(x)

    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return Linear(mean=mean, scale=scale, weights=fitted[:-1], bias=float(fitted[-1]))


def area(score: Doubles, label: NDArray[np.bool_]) -> float:
    """Return the area under the receiver's curve."""
    order = np.argsort(score)
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1)
    yes, no = int(label.sum()), int((~label).sum())
    return float((rank[label].sum() - yes * (yes + 1) / 2) / (yes * no))
