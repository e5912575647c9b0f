"""The second pass: clauses, stretches, and what is read off them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aligner.align import _features, best_steps
from aligner.align.band import Band
from aligner.align.lattice import Field, Scores, Step, decode, sums
from aligner.align.second_pass.border_evidence import (
    BORDER_NAMES,
    GAP_NAMES,
    bead_borders,
    lone_headings,
)
from aligner.align.second_pass.clause_cuts import clauses_of, cut_all
from aligner.align.second_pass.clause_scores import ClauseEvidence
from aligner.align.second_pass.clause_weights import (
    BorderWeights,
    dump_second,
    load_second_weights,
)
from aligner.align.second_pass.lost_units import lost_units, maybe_lost, skip_chances
from aligner.align.second_pass.redecode import sentence_scores, with_borders
from aligner.align.second_pass.stretches import (
    Reach,
    Stretch,
    alive,
    lay,
    rectangle,
    touching,
    unsure,
)
from aligner.align.second_pass.unit_kinds import is_heading, unit_kinds
from aligner.align.shapes import SHAPES
from aligner.encode import load_encoder

NO_BORDERS = BorderWeights(
    np.zeros(len(BORDER_NAMES), "f4"), np.zeros(len(GAP_NAMES), "f4"),
    np.zeros(len(GAP_NAMES), "f4"), 0.0, 1.0,
)  # fmt: skip


def random_pair(n: int, m: int, seed: int) -> tuple[Field, Scores]:
    """Return a pair whose whole rectangle is the band, with scores by chance."""
    rng = np.random.default_rng(seed)
    rows = np.arange(n + 1)
    band = Band(rows * 0, rows * 0 + m, rows * (m + 1))
    edges = (2 * rng.normal(size=(band.nodes, len(SHAPES)))).astype("f4")
    for node in range(band.nodes):
        s, t = divmod(node, m + 1)
        edges[node, [s + x > n or t + y > m for x, y in SHAPES]] = _features.NO_EDGE
    skips = [rng.normal(size=k).astype("f4") - 1 for k in (n, m)]
    return Field(None, None, band, None, None, 0.5), Scores(edges, skips[0], skips[1], -1.0)  # type: ignore[arg-type]


def kinds_of(n: int, m: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return units of which none is of any kind."""
    return np.zeros((n, 2), dtype=bool), np.zeros((m, 2), dtype=bool)


@pytest.mark.parametrize("seed", range(4))
def test_without_evidence_a_stretch_is_decoded_as_before(seed: int) -> None:
    """Laying stretches end to end changes neither the path between two pins nor its price."""
    field, scores = random_pair(14, 15, seed)
    steps = decode(field.band, scores)
    beads = [k for k, step in enumerate(steps) if k and steps[k - 1][2] and steps[k - 1][3]]
    cuts = [0, *beads[1::3], len(steps)]  # after a bead no gap goes on
    ranges = list(pairwise(cuts))
    stretches = [rectangle(steps, *each) for each in ranges]
    assert all(r.s1 > r.s0 and r.t1 > r.t0 for r in stretches)
    laid = lay(stretches, alive(field.band, np.zeros(field.band.nodes), stretches))
    inner = sentence_scores(laid, scores, field.band)
    sizes = len(inner.skip_zh), len(inner.skip_en)
    assert sizes == (laid.pins[-1], laid.pin_columns[-1])
    said = ClauseEvidence(np.full(laid.band.nodes, -1.0), (np.zeros(sizes[0]), np.zeros(sizes[1])))
    inner = with_borders(inner, laid, said, kinds_of(*sizes), NO_BORDERS)
    found = decode(laid.band, inner)
    wanted = [step[2:4] for a, b in ranges for step in steps[a:b]]
    assert [step[2:4] for step in found] == wanted


def test_no_step_leads_over_a_pin() -> None:
    """The path passes every corner of the stretches, whatever the scores say."""
    field, scores = random_pair(12, 12, 3)
    stretches = [Stretch(0, 4, 0, 5), Stretch(4, 7, 5, 6), Stretch(9, 12, 8, 12)]
    laid = lay(stretches, alive(field.band, np.zeros(field.band.nodes), stretches))
    found = decode(laid.band, sentence_scores(laid, scores, field.band))
    corners = {step[:2] for step in found} | {(10, 10)}
    assert set(zip(laid.pins.tolist(), laid.pin_columns.tolist(), strict=True)) <= corners
    assert laid.pins.tolist() == [0, 4, 7, 10]


def test_what_a_skip_is_worth_by_the_border_it_leads_to_enters_sums_and_path() -> None:
    """The probability of a step is its share of all paths, lifted skips included."""
    field, plain = random_pair(2, 2, 5)
    lift = np.linspace(-1, 3, 2 * field.band.nodes, dtype="f4").reshape(-1, 2)
    scores = Scores(plain.edges, plain.skip_zh, plain.skip_en, plain.opening, lift)
    kind = {shape: k for k, shape in enumerate(SHAPES)}
    paths: list[tuple[list[tuple[int, ...]], float]] = []

    def go(i: int, j: int, path: list[tuple[int, ...]], price: float, gap: int) -> None:
        if (i, j) == (2, 2):
            paths.append((path, price))
        for x, y in [*SHAPES, (1, 0), (0, 1)]:
            if i + x > 2 or j + y > 2:
                continue
            if x and y:
                cost = float(scores.edges[i * 3 + j, kind[x, y]])
            else:
                cost = float(scores.skip_zh[i] if x else scores.skip_en[j])
                cost += float(lift[(i + x) * 3 + j + y, 0 if x else 1])
                cost += 0.0 if gap else scores.opening
            go(i + x, j + y, [*path, (i, j, x, y)], price + cost, not (x and y))

    go(0, 0, [], 0.0, 0)
    total = sum(np.exp(price) for _, price in paths)
    assert sums(field.band, scores).total == pytest.approx(np.log(total), abs=1e-4)
    best = max(paths, key=lambda path: path[1])[0]
    found = decode(field.band, scores)
    assert [step[:4] for step in found] == best
    for *step, p in found:
        mass = sum(np.exp(price) for path, price in paths if tuple(step) in path)
        assert p == pytest.approx(mass / total, abs=1e-4)


def test_stretches_are_unsure_beads_with_one_beside() -> None:
    """Two unsure beads that are near each other share a stretch; one-sided ones are left."""
    ps = [0.99, 0.99, 0.5, 0.99, 0.99, 0.99, 0.4, 0.99]
    steps: list[Step] = [(k, k, 1, 1, p) for k, p in enumerate(ps)]
    assert list(unsure(steps)) == [(1, 4), (5, 8)]
    suspects = np.arange(8) == 4
    assert list(unsure(steps, suspects)) == [(1, 8)]
    assert list(unsure([(k, 0, 1, 0, 0.5) for k in range(4)])) == []


def test_a_sentence_that_was_unsure_once_is_looked_at_again_however_sure_its_bead_is() -> None:
    """And one bead on either side."""
    steps = [(0, 0, 1, 1, 0.99), (1, 1, 2, 1, 0.99), (3, 2, 1, 0, 0.99), (4, 2, 1, 2, 0.99)]
    zh, en = np.zeros(5, dtype=bool), np.zeros(4, dtype=bool)
    assert list(unsure(steps, touching(steps, (zh, en)))) == []
    zh[2] = True
    assert touching(steps, (zh, en)).tolist() == [False, True, False, False]
    assert list(unsure(steps, touching(steps, (zh, en)))) == [(0, 3)]
    en[3] = True
    assert touching(steps, (zh, en)).tolist() == [False, True, False, True]


def test_clauses_keep_all_text() -> None:
    """Nothing but blanks is lost, closing marks stay with what they close, none is empty."""
    for lang, text in (
        ("zh", "“走吧，”他说，“天要黑了；我们还有二十里路。”"),
        (
            "en",
            '"We should leave," he said, "because it gets dark, and the road that we take is bad."',
        ),
        ("en", ", and"),
    ):
        cut = clauses_of(text, lang)  # type: ignore[arg-type]
        assert "".join("".join(cut).split()) == "".join(text.split())
        assert all(cut)
    assert clauses_of("“走吧，”他说。", "zh") == ["“走吧，”", "他说。"]
    assert cut_all(["甲，乙。", "丙。"], "zh") == (["甲，", "乙。", "丙。"], [2, 1])


def test_headings_are_known_by_their_shape() -> None:
    """Short, with words and without an end mark; a clause that goes on is none."""
    headings = ("二、工作安排", "# Results.", "IV. Costs")
    others = ("他说，", "“", "……", "")
    assert all(map(is_heading, headings))
    assert not any(map(is_heading, others))
    assert unit_kinds(["1. Costs", "It rained."]).tolist() == [[True, True], [False, False]]


def test_a_heading_that_faces_none_is_suspected() -> None:
    """A heading inside a bead is looked at again unless the other side has one there too."""
    zh, en = (
        unit_kinds(["天冷了。", "三、费用", "很贵。"]),
        unit_kinds(["It got cold.", "It is dear."]),
    )
    steps: list[Step] = [(0, 0, 1, 1, 0.99), (1, 1, 2, 1, 0.99)]
    assert lone_headings(steps, (zh, en)).tolist() == [False, True]
    both = unit_kinds(["It got cold.", "III. Costs", "It is dear."])
    steps = [(0, 0, 1, 1, 0.99), (1, 1, 2, 2, 0.99)]
    assert not lone_headings(steps, (zh, both)).any()


def test_a_likely_link_that_may_have_swallowed_a_sentence_is_suspected() -> None:
    """A sentence that is left out on some paths is enough; one that stands alone is no link."""
    steps: list[Step] = [(0, 0, 1, 1, 0.99), (1, 1, 1, 2, 0.95), (2, 3, 0, 1, 0.9)]
    chances = np.array([0.0, 0.001]), np.array([0.01, 0.0, 0.08, 0.9])
    assert maybe_lost(steps, chances).tolist() == [False, True, False]


def test_a_smaller_share_of_the_first_pass_leaves_less_certainty() -> None:
    """Without other evidence the scores shrink, so that other paths are more likely."""
    field, scores = random_pair(6, 6, 3)
    laid = lay([Stretch(0, 6, 0, 6)], alive(field.band, np.zeros(49), [Stretch(0, 6, 0, 6)]))
    inner = sentence_scores(laid, scores, field.band)
    said = ClauseEvidence(np.zeros(laid.band.nodes), (np.zeros(6), np.zeros(6)))
    least = []
    for share in (1.0, 0.5):
        weights = replace(NO_BORDERS, first_share=share)
        found = with_borders(inner, laid, said, kinds_of(6, 6), weights)
        assert np.array_equal(found.skip_zh, inner.skip_zh * np.float32(share))
        least.append(max(step[4] for step in decode(laid.band, found)))
    assert least[1] < least[0]


def test_a_numbered_heading_without_partner_stands_alone() -> None:
    """It is not taken into the link of the title before it."""
    src = ["青山县植物园年报", "园内现有植物三千种。", "去年来了八万名游客。", "门票没有涨价。"]
    tgt = [
        "Annual Report of the Qingshan County Botanical Garden",
        "I. Overview",
        "The garden has three thousand species of plants.",
        "Eighty thousand visitors came last year.",
        "Ticket prices did not rise.",
    ]
    steps = best_steps(src, tgt, encoder=load_encoder())
    assert [step[:4] for step in steps][:3] == [(0, 0, 1, 1), (1, 1, 0, 1), (1, 2, 1, 1)]


def test_evidence_of_a_bead_is_that_of_its_borders() -> None:
    """A bead has the probability of its last border, and the largest inside it."""
    laid = lay(
        [Stretch(0, 2, 0, 2)], Reach(np.zeros(3, int), np.full(3, 2), np.array([2]), np.array([0]))
    )
    nodes = list(
        zip(laid.node_rows.tolist(), laid.node_columns(laid.node_rows).tolist(), strict=True)
    )
    visits = np.log([{(1, 1): 0.5, (2, 2): 0.8, (1, 0): 0.1}.get(n, 0.01) for n in nodes])
    said = ClauseEvidence(visits, (np.array([0.0, 0.7]), np.array([0.2, 0.3])))
    found = bead_borders(laid, said, kinds_of(2, 2))
    whole = found[0, SHAPES.index((2, 2))]
    assert whole[[1, 2, 3]].tolist() == pytest.approx([0.8, 0.5, 0.1])
    lost = [BORDER_NAMES.index(name) for name in ("lost inside", "lost alone")]
    assert whole[lost].tolist() == pytest.approx([0.7, 0.0])
    assert found[0, SHAPES.index((1, 1))][lost].tolist() == pytest.approx([0.0, 0.2])


def every_path(n: int, m: int) -> Iterator[list[tuple[int, int, int, int]]]:
    """Yield all paths from (0, 0) to (n, m) as steps."""
    if n == m == 0:
        yield []
    for x, y in (*SHAPES, (1, 0), (0, 1)):
        if x <= n and y <= m:
            for path in every_path(n - x, m - y):
                yield [*path, (n - x, m - y, x, y)]


def test_the_chance_of_a_skip_is_that_of_all_paths_that_take_it() -> None:
    """Against the sum over all paths written out."""
    field, scores = random_pair(3, 3, 5)
    weight, lost = 0.0, (np.zeros(3), np.zeros(3))
    for path in every_path(3, 3):
        price, skipped = 0.0, False
        for s, t, x, y in path:
            if x and y:
                price += scores.edges[s * 4 + t, SHAPES.index((x, y))]
            else:
                price += scores.skip_zh[s] if x else scores.skip_en[t]
                price += 0.0 if skipped else scores.opening
            skipped = not (x and y)
        weight += np.exp(price)
        for s, t, x, y in path:
            if not (x and y):
                lost[0 if x else 1][s if x else t] += np.exp(price)
    found = skip_chances(field.band, scores, sums(field.band, scores))
    for side, wanted in zip(found, lost, strict=True):
        assert side.tolist() == pytest.approx((wanted / weight).tolist(), rel=1e-4)


def test_a_sentence_is_as_likely_lost_as_its_clause_that_is_least_so() -> None:
    """Of the clauses of a sentence the smallest chance counts."""
    field, scores = random_pair(4, 4, 2)
    found = sums(field.band, scores)
    zh, en = skip_chances(field.band, scores, found)
    starts = np.array([0, 3, 4]), np.array([0, 1, 4])
    lost = lost_units(field.band, scores, found, starts, 6)
    assert lost[0].tolist() == pytest.approx([zh[:3].min(), zh[3]], abs=1e-6)
    assert lost[1].tolist() == pytest.approx([en[0], en[1:].min()], abs=1e-6)


def test_weights_of_the_second_pass_are_read_as_written(tmp_path: Path) -> None:
    """A file of weights gives the same weights back, and another signature for others."""
    shipped = load_second_weights()
    path = tmp_path / "weights.json"
    path.write_text(dump_second(shipped), encoding="utf-8")
    again = load_second_weights(path)
    assert again.signature == shipped.signature
    assert again.borders.border.tolist() == shipped.borders.border.tolist()


def test_every_sentence_is_used_once_after_the_second_pass() -> None:
    """The steps of both passes follow each other without hole or overlap."""
    src = ["城里下了一夜的雪，没有人。", "三、结论", "他打开门，院子白了；他笑了。", "天亮了。"]
    tgt = [
        "It had snowed all night in the town.",
        "Nobody was in the streets, and when he opened the door the yard was white.",
        "He laughed. Day broke.",
    ]
    i = j = 0
    for s, t, x, y, p in best_steps(src, tgt, encoder=load_encoder()):
        assert (s, t) == (i, j)
        assert 0 <= p <= 1
        i, j = s + x, t + y
    assert (i, j) == (4, 3)
