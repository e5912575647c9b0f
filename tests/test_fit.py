"""The trainers: a loss against all paths written out, and gradients against differences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from aligner.lang.labels import head_label
from fit._crf import N_SKIP, Lattice, loss_and_gradient
from fit._logistic import area, fit_choice, fit_logistic
from helpers.gold import Block, Sample, titled

Doubles = NDArray[np.float64]

SIDE = 3  # borders of a side: two Chinese sentences face two English ones
BEADS = ((1, 1), (1, 2), (2, 1), (2, 2))
WIDTH = 4  # features of a bead
GOLD = {(0, 0, 1, 1), (1, 1, 1, 1), (1, 1, 1, 0), (2, 1, 0, 1)}  # steps that are allowed


def tiny(*, gold: set[tuple[int, int, int, int]], seed: int = 3) -> Lattice:
    """Return the whole lattice of two sentences and two, with features drawn by chance."""
    rng = np.random.default_rng(seed)
    steps = sorted(
        ((s, t, x, y) for s, t in product(range(SIDE), repeat=2) for x, y in _shapes(s, t)),
        key=lambda step: ((step[0] + step[2]) * SIDE + step[1] + step[3], step),
    )
    beads = [step for step in steps if step[2] and step[3]]
    kinds = [0 if x and y else 1 if x else 2 for _, _, x, y in steps]
    rows = [
        beads.index(step) if kind == 0 else step[kind - 1]
        for step, kind in zip(steps, kinds, strict=True)
    ]
    return Lattice(
        tail=np.array([s * SIDE + t for s, t, _, _ in steps], dtype=np.int32),
        head=np.array([(s + x) * SIDE + t + y for s, t, x, y in steps], dtype=np.int32),
        kind=np.array(kinds, dtype=np.int8),
        feature=np.array(rows, dtype=np.int32),
        allowed=np.array([step in gold for step in steps]),
        nodes=SIDE * SIDE,
        features=rng.normal(size=(len(beads), WIDTH)).astype(np.float32),
        skip_zh=rng.normal(size=(SIDE - 1, N_SKIP)).astype(np.float32),
        skip_en=rng.normal(size=(SIDE - 1, N_SKIP)).astype(np.float32),
    )


def _shapes(s: int, t: int) -> Iterator[tuple[int, int]]:
    for x, y in (*BEADS, (1, 0), (0, 1)):
        if s + x < SIDE and t + y < SIDE:
            yield x, y


def paths(lattice: Lattice, node: int = 0) -> Iterator[tuple[int, ...]]:
    """Yield every path from a node to the last one, as numbers of edges."""
    if node == lattice.nodes - 1:
        yield ()
    for edge in np.flatnonzero(lattice.tail == node).tolist():
        for rest in paths(lattice, int(lattice.head[edge])):
            yield (edge, *rest)


def written_out(lattice: Lattice, numbers: Doubles) -> float:
    """Return the loss as its definition has it: a sum over all paths."""
    bead, zh, en, opening = np.split(numbers, [WIDTH, WIDTH + N_SKIP, WIDTH + 2 * N_SKIP])
    tables = lattice.features @ bead, lattice.skip_zh @ zh, lattice.skip_en @ en
    every, right = [], []
    for path in paths(lattice):
        score, skipped = 0.0, False
        for edge in path:
            kind = int(lattice.kind[edge])
            score += float(tables[kind][lattice.feature[edge]])
            score += float(opening[0]) if kind and not skipped else 0.0
            skipped = kind > 0
        every.append(score)
        if all(lattice.allowed[edge] for edge in path):
            right.append(score)
    return float(np.logaddexp.reduce(every) - np.logaddexp.reduce(right))


@pytest.mark.parametrize("seed", range(3))
def test_the_loss_is_that_of_all_paths_written_out(seed: int) -> None:
    """Two sums over paths by recursion are the sums over the paths one by one."""
    lattice = tiny(gold=GOLD, seed=seed)
    numbers = np.random.default_rng(seed + 10).normal(size=WIDTH + 2 * N_SKIP + 1)
    found = loss_and_gradient(lattice, numbers)
    assert found
    assert found[0] == pytest.approx(written_out(lattice, numbers), rel=1e-9)
    assert found[0] > 0


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_is_the_slope_of_the_loss(seed: int) -> None:
    """Each number of it is a difference of losses to both sides of a weight."""
    lattice = tiny(gold=GOLD, seed=seed)
    numbers = np.random.default_rng(seed + 20).normal(size=WIDTH + 2 * N_SKIP + 1)
    found = loss_and_gradient(lattice, numbers)
    assert found
    step = 1e-5
    slopes = [
        (written_out(lattice, numbers + move) - written_out(lattice, numbers - move)) / (2 * step)
        for move in np.eye(len(numbers)) * step
    ]
    assert np.allclose(found[1], slopes, atol=1e-5)
    assert np.abs(slopes).min() > 1e-4  # every weight counts, so that every slope is tested


def test_a_lattice_without_a_gold_path_has_no_loss() -> None:
    """Such a pair is left out, and does not make the sum infinite."""
    assert loss_and_gradient(tiny(gold=set()), np.zeros(WIDTH + 2 * N_SKIP + 1)) is None


def test_a_choice_goes_to_the_row_that_is_right() -> None:
    """A log-linear model learns which of two numbers tells the right row of an item."""
    rng = np.random.default_rng(1)
    rows = [rng.normal(size=(5, 2)).astype(np.float32) for _ in range(60)]
    right = [int(row[:, 0].argmax()) for row in rows]
    model = fit_choice(rows, right, l2=1.0)
    hits = [int(model(row).argmax()) == best for row, best in zip(rows, right, strict=True)]
    assert np.mean(hits) > 0.95
    assert model.weights[0] > 10 * abs(model.weights[1])


def test_a_logistic_model_has_the_means_of_its_labels() -> None:
    """At the maximum the mean probability is the share of the weights that is true."""
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(200, 3)).astype(np.float32)
    label = rows[:, 1] + 0.5 * rng.normal(size=200) > 0.3
    weight = np.where(np.arange(200) < 100, 1.0, 0.25)
    model = fit_logistic(rows, label, weight, l2=2.0)
    p = 1 / (1 + np.exp(-model(rows)))
    assert weight @ p == pytest.approx(weight @ label, rel=1e-3)
    assert area(p, label) > 0.9


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    """Of two true and two false ones, three of four pairs are in order."""
    assert area(np.array([0.9, 0.4, 0.5, 0.1]), np.array([True, True, False, False])) == 0.75


def test_headings_of_a_titled_copy_are_marked_alike_on_both_sides() -> None:
    """They lose the marks of markup; where they are numbered, both have the same number."""
    src = ("# 概况", "园里有花。", "## 票价", "票价没有变。")
    tgt = ("# Overview", "There are flowers.", "## Prices", "Prices did not change.")
    blocks = tuple(Block("exact", (k, k + 1), (k, k + 1)) for k in range(4))
    sample = Sample("a/1", "a", src, tgt, blocks)
    numbered = set()
    for seed in range(12):
        copy = titled(sample, np.random.default_rng(seed))
        assert copy.src[1::2] == src[1::2]
        assert copy.tgt[1::2] == tgt[1::2]
        for k in (0, 2):
            assert copy.src[k].endswith(src[k].lstrip("# "))
            assert "#" not in copy.src[k]
            labels = head_label(copy.src[k]), head_label(copy.tgt[k])
            assert (labels[0] is None) == (labels[1] is None)
            if labels[0] and labels[1]:
                assert labels[0][1] & labels[1][1]
            numbered.add(labels[0] is not None)
    assert numbered == {True, False}
