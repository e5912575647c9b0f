"""Decisions of the aligner, one example each: anchors, band, level, page lines, sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from stand_ins import Case, cases

from aligner.align import _features, _partners, _paths, _rounded, anchors
from aligner.align.anchors import _landmarks
from aligner.align.band import Band, lay_band
from aligner.align.cues import Cues, surface_cues
from aligner.align.lattice import Field, Scores, decode, skip_features
from aligner.align.level import centred, doubt, level_of
from aligner.align.page_lines import without_page_lines
from aligner.align.shapes import SHAPES, shape_features
from aligner.align.weights import load_weights
from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.encode.protocol import Floats, Ints
from aligner.pair import withhold
from aligner.report.bitext_summary import summarise
from aligner.span import Span

FLAGS = (
    "opens", "closes", "inside", "question", "exclamation", "colon",
    "ends question", "terminated", "lower", "speech",
)  # fmt: skip


def ints(values: Sequence[int]) -> Ints:
    """Return whole numbers as an array."""
    return np.array(values, dtype=np.int32)


def sides(cosines: list[list[float]]) -> tuple[Floats, Floats]:
    """Return vectors of two sides whose cosines are these; the rows of the second are axes."""
    like = np.array(cosines, dtype=np.float32)
    rest = np.sqrt(np.maximum(0, 1 - (like**2).sum(axis=1)))
    n, m = like.shape
    src = np.zeros((n, m + n), dtype=np.float32)
    src[:, :m] = like
    src[np.arange(n), m + np.arange(n)] = rest
    return src, np.eye(m, m + n, dtype=np.float32)


def above_rivals(given: Case) -> object:
    """Return rows, columns and weights of the candidates."""
    src, tgt = sides(given["cosines"])
    n, m = len(src), len(tgt)
    low, high = (
        np.array(given.get(k, [d] * n), dtype=np.int64) for k, d in (("low", 0), ("high", m))
    )
    r, c, w = anchors.candidates(src, tgt, np.arange(n, dtype=np.int32), low, high)
    return [[int(a), int(b), round(float(v), 3)] for a, b, v in zip(r, c, w, strict=True)]


def chained(given: Case) -> object:
    """Return which candidates are in the heaviest chain."""
    rows, cols, weight = zip(*given["candidates"], strict=True)
    chain = _paths.heaviest_chain(ints(rows), ints(cols), np.array(weight), given["m"])
    return chain.tolist()


def kept(given: Case) -> object:
    """Return the rows of the chain's members that their neighbours agree with."""
    rows, cols = zip(*given["chain"], strict=True)
    return anchors.agreeing(ints(rows), ints(cols))[0].tolist()


def ratio(given: Case) -> object:
    """Return how many Chinese tokens stand for one English one."""
    rows, cols = given["anchors"]
    return round(
        anchors.length_ratio((ints(rows), ints(cols)), ints(given["src"]), ints(given["tgt"])), 4
    )


def band(given: Case) -> object:
    """Return the first and last column of the rows that are asked for, and the nodes."""
    rows, cols = given["anchors"]
    found = lay_band(ints(rows), ints(cols), given["n"], given["m"])
    asked = [[int(found.low[i]), int(found.high[i])] for i in given["rows"]]
    return [*asked, found.nodes]


def level(given: Case) -> object:
    """Return the level of a pair, to three decimals."""
    src, tgt = sides(given["cosines"])
    whole = lay_band(ints([]), ints([]), len(src), len(tgt))
    if "low" in given:
        whole = replace(whole, low=np.array(given["low"]), high=np.array(given["high"]))
    return round(level_of(src, tgt, whole), 3)


def cues(given: Case) -> object:
    """Return the names of the flags of each sentence, and its groups of digits."""
    texts = given["texts"]
    found: Cues = (
        surface_cues(texts, ["x"])[0] if given["lang"] == "zh" else surface_cues(["字"], texts)[1]
    )
    named = [
        [name for name, on in zip(FLAGS, row, strict=True) if on] for row in found.flags.tolist()
    ]
    return [[*flags, int(n)] for flags, n in zip(named, found.digits, strict=True)]


def shared_values(given: Case) -> object:
    """Return the ids of numbers and Latin words of both sides, sentence by sentence."""
    return [
        [side.values[a:b].tolist() for a, b in zip(side.starts, side.starts[1:], strict=False)]
        for side in surface_cues(given["src"], given["tgt"])
    ]


def barred(given: Case) -> object:
    """Return the edges, as (s, t, x, y), that page lines make unlikely, up to 2 sentences."""
    src, tgt = given["src"], given["tgt"]
    whole = Band(*_whole(len(src), len(tgt)))
    scores = Scores(
        np.zeros((whole.nodes, len(SHAPES)), dtype=np.float32), np.zeros(0, np.float32),
        np.zeros(0, np.float32), 0.0,
    )  # fmt: skip
    edges = without_page_lines(scores, whole, src, tgt).edges
    found = []
    for node, kind in np.argwhere(edges == given.get("cost", -40.0)).tolist():
        x, y = SHAPES[kind]
        s, t = divmod(node, len(tgt) + 1)
        if x <= given["most"] and y <= given["most"]:
            found.append([s, t, x, y])
    return sorted(found)


def _whole(n: int, m: int) -> tuple[Any, Any, Any]:
    return np.zeros(n + 1, int), np.full(n + 1, m), np.arange(n + 1) * (m + 1)


def beads(given: Case) -> object:
    """Return spans and p of beads as they are stored."""
    return [[*bead.src, *bead.tgt, bead.p] for bead in _rounded(map(tuple, given["steps"]))]


def summed(given: Case) -> object:
    """Return the warnings of a bitext, what is likely, and how many sentences are alone."""
    made: list[Bead] = []
    i = j = 0
    for x, y, p, count in given["beads"]:
        for _ in range(count):
            made.append(Bead(Span(i, i + x), Span(j, j + y), p))
            i, j = i + x, j + y
    bitext = Bitext(
        id="pair",
        src_doc=Document("zh", "字" * i, (Span(0, i),) if i else ()),
        tgt_doc=Document("en", "x" * j, (Span(0, j),) if j else ()),
        src=tuple(Segment("zh", 0, Span(k, k + 1), "字") for k in range(i)),
        tgt=tuple(Segment("en", 0, Span(k, k + 1), "x") for k in range(j)),
        alignment=withhold(Alignment(tuple(made), i, j), given.get("min_p", 0.0)),
    )
    found = summarise(bitext, min_p=given.get("min_p", 0.0))
    return {
        "warnings": [warning.split(" sentences")[0] for warning in found.warnings],
        "links": [found.unlikely, found.likely, found.sure],
        "alone": [found.src.alone, found.tgt.alone],
        "likely": [found.src.likely, found.tgt.likely],
    }


def largest(given: Case) -> object:
    """Return the columns of the largest values of a row."""
    return _paths.largest(np.array([given["values"]]), given["k"])[0].tolist()


RULES: dict[str, Callable[[Case], object]] = {
    "candidates": above_rivals,
    "chain": chained,
    "agreeing": kept,
    "length ratio": ratio,
    "band": band,
    "level": level,
    "centred": lambda given: round(centred(given["level"]), 6),
    "doubt": lambda given: round(doubt(given["level"], given["sentences"]), 4),
    "cues": cues,
    "values": shared_values,
    "page lines": barred,
    "beads": beads,
    "summary": summed,
    "largest": largest,
}


@pytest.mark.parametrize("case", [*cases("anchors.jsonl"), *cases("thresholds.jsonl")])
def test_a_decision_of_the_aligner(case: Case) -> None:
    """Each decision is the one that its example wants."""
    assert RULES[case["rule"]](case["input"]) == case["wanted"]


def test_landmarks_are_the_longest_of_their_stretch() -> None:
    """One of each of as many stretches as are asked for; of all where there are fewer."""
    lengths = ints([1, 5, 2, 9, 9, 3])
    assert _landmarks(lengths, 3).tolist() == [1, 3, 4]
    assert _landmarks(lengths, 9).tolist() == [0, 1, 2, 3, 4, 5]


def test_a_sample_finds_the_same_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many pairs a sample and a window round it find what a full search does."""
    vectors = np.random.default_rng(3).normal(size=(400, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths = np.ones(400, dtype=np.int32)
    full = anchors.find_anchors(vectors, vectors, lengths)
    monkeypatch.setattr(anchors, "FULL_SEARCH", 10_000)
    monkeypatch.setattr(anchors, "SAMPLED_SENTENCES", 40)
    monkeypatch.setattr(anchors, "WINDOW", 20)
    sampled = anchors.find_anchors(vectors, vectors, lengths)
    assert len(full[0]) > 300
    assert set(full[0].tolist()) <= set(sampled[0].tolist())
    assert (sampled[0] == sampled[1]).all()


def random_field(n: int, m: int, seed: int, *, skips: float = 0.0) -> tuple[Field, Scores]:
    """Return a pair of n and m sentences with random scores; `skips` is added to skips."""
    rng = np.random.default_rng(seed)
    whole = Band(*_whole(n, m))
    scores = Scores(
        rng.normal(size=(whole.nodes, len(SHAPES))).astype("f4"),
        (skips + rng.normal(size=n)).astype("f4"), (skips + rng.normal(size=m)).astype("f4"), -1.5,
    )  # fmt: skip
    for node in range(whole.nodes):
        s, t = divmod(node, m + 1)
        for k, (x, y) in enumerate(SHAPES):
            if s + x > n or t + y > m:
                scores.edges[node, k] = _features.NO_EDGE
    return Field(None, None, whole, None, None, 0.5), scores  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("n", "m", "seed", "skips"),
    [(2, 2, 1, 0.0), (3, 2, 2, 0.0), (2, 3, 5, 1.5), (3, 3, 4, 1.0), (3, 2, 7, 3.0)],
)
def test_p_of_a_step_is_its_share_of_all_paths(n: int, m: int, seed: int, skips: float) -> None:
    """The sum over paths that hold a step, divided by the sum over all, gaps opened once."""
    field, scores = random_field(n, m, seed, skips=skips)
    kind = {shape: k for k, shape in enumerate(SHAPES)}
    steps = [*SHAPES, (1, 0), (0, 1)]
    paths: list[tuple[frozenset[tuple[int, ...]], float]] = []

    def go(i: int, j: int, path: tuple[tuple[int, ...], ...], price: float, skipped: int) -> None:
        if (i, j) == (n, m):
            paths.append((frozenset(path), price))
        for x, y in steps:
            if i + x > n or j + y > m:
                continue
            if x and y:
                cost = float(scores.edges[i * (m + 1) + j, kind[x, y]])
            else:
                cost = float(scores.skip_zh[i] if x else scores.skip_en[j])
                cost += 0.0 if skipped else scores.opening
            go(i + x, j + y, (*path, (i, j, x, y)), price + cost, not (x and y))

    go(0, 0, (), 0.0, 0)
    total = sum(np.exp(price) for _, price in paths)
    found = list(decode(field.band, scores))
    price = dict(paths)[frozenset(tuple(step[:4]) for step in found)]
    assert price == pytest.approx(max(price for _, price in paths), abs=1e-5)
    assert skips == 0.0 or any(not (x and y) for _, _, x, y, _ in found)
    for *step, p in found:
        mass = sum(np.exp(price) for path, price in paths if tuple(step) in path)
        assert p == pytest.approx(mass / total, abs=1e-4), step


def test_a_long_gap_is_opened_once() -> None:
    """Five sentences without partner pay for one opening: a missing page is one event."""
    n, m = 7, 2
    whole = Band(*_whole(n, m))
    edges = np.full((whole.nodes, len(SHAPES)), _features.NO_EDGE, dtype=np.float32)
    one = SHAPES.index((1, 1))
    for s, t in ((0, 0), (6, 1)):
        edges[s * (m + 1) + t, one] = 3.0
    edges[1 * (m + 1) + 1, SHAPES.index((5, 1))] = -7.5
    skips = np.full(n, -1.0, dtype=np.float32), np.full(m, -1.0, dtype=np.float32)
    found = list(decode(whole, Scores(edges, *skips, -2.0)))
    assert [tuple(step[2:4]) for step in found] == [(1, 1), *[(1, 0)] * 5, (1, 1)]
    assert all(step[4] > 0.95 for step in found)


def test_the_best_partner_and_its_advantage() -> None:
    """The largest cosine with a run of up to three, and its excess over the partner's next."""
    whole = Band(*_whole(2, 2))
    singles = np.full((whole.nodes, 5), _features.ABSENT, dtype=np.float32)
    for (s, t), row in {
        (0, 0): [0.8, 0.9, -9, 0.1, -9], (0, 1): [0.3, -9, -9, 0.5, 0.7],
        (1, 0): [0.6, 0.2, -9, -9, -9],
    }.items():  # fmt: skip
        singles[s * 3 + t] = row
    best_z, adv_z, best_e, adv_e = _partners.best_partners(
        whole.low, whole.high, whole.offset, singles, 2, 2
    )
    assert best_z.tolist() == pytest.approx([0.9, 0.6])
    assert adv_z.tolist() == pytest.approx([0.3, -0.2])
    assert best_e.tolist() == pytest.approx([0.8, 0.7])
    assert adv_e.tolist() == pytest.approx([0.6, -0.5])


def test_what_speaks_for_leaving_a_sentence_out() -> None:
    """Its best cosine, that less the median, its advantage, its length, and the doubt."""
    singles = np.full((9, 5), _features.ABSENT, dtype=np.float32)
    singles[[0, 1, 3], 0] = 0.8, 0.3, 0.6
    lengths = np.array([0.0, 10.0, 40.0], dtype=np.float32)
    side = None, lengths, None, None, None
    tokens = SimpleNamespace(tokens=ints([1, 1]))
    field = Field(tokens, tokens, Band(*_whole(2, 2)), side, side, 0.36)  # type: ignore[arg-type]
    zh, en = skip_features(field, singles)
    doubted = 0.5 * 2 / 12
    assert zh.tolist() == [
        pytest.approx([1, 0.8, 0.1, 0.3, np.log(2), doubted], abs=1e-6),
        pytest.approx([1, 0.6, -0.1, -0.2, np.log(4), doubted], abs=1e-6),
    ]
    assert en[:, 1].tolist() == pytest.approx([0.8, 0.3])


def test_shapes_are_described_by_their_names() -> None:
    """A 2-3 bead: lengths, logarithms, products, and what is over five sentences."""
    row = shape_features()[SHAPES.index((2, 3))]
    assert row[:10].tolist() == pytest.approx(
        [1, 1, 2, np.log(2), np.log(3), 2, 1, 0, 0, 1], abs=1e-6
    )
    assert shape_features()[SHAPES.index((4, 4))][8] == 3
    assert shape_features()[SHAPES.index((1, 1))][7] == 1
    assert row[10:].sum() == 1
    assert shape_features()[SHAPES.index((4, 4))][10:].sum() == 0


def test_the_signature_changes_with_any_weight() -> None:
    """The opening too is in it."""
    shipped = load_weights("length")
    bead = shipped.bead.copy()
    bead[-1] += 1
    changed = [replace(shipped, bead=bead), replace(shipped, opening=shipped.opening + 1)]
    assert len({w.signature for w in [shipped, *changed]}) == 3
