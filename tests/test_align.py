"""The aligner: the lattice against brute force, its laws, and real sentences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import _features, _paths, align, one_sided
from aligner.align._features import CueFlag
from aligner.align.anchors import agreeing, find_anchors, length_ratio
from aligner.align.band import Band, lay_band
from aligner.align.cues import surface_cues
from aligner.align.level import centred, doubt, level_of
from aligner.align.shapes import SHAPES, needed_pairs, shape_array
from aligner.align.weights import (
    BEAD_NAMES,
    PLAIN_NAMES,
    PRODUCT_NAMES,
    dump,
    factors,
    load_weights,
    parse,
    vector,
)
from aligner.bitext import Segment
from aligner.encode.use import UseEncoder
from aligner.errors import SettingError
from aligner.span import Span

ZH = [
    "一、总体要求",
    "到2030年，全市建成十个社区图书馆。",
    "市财政每年安排五百万元，用于购买图书；各区按比例配套。",
    "图书馆周末照常开放。",
    "“孩子们喜欢这里。”馆长说，“他们放学就来。”",
    "欢迎市民提出意见。",
]
EN = [
    "I. General requirements",
    "By 2030, the city will have built ten community libraries.",
    "Every year the city budget will set aside five million yuan for buying books.",
    "The districts will match it in proportion.",
    "The libraries stay open at weekends.",
    '"The children like it here," said the head librarian. "They come straight from school."',
    "Residents are welcome to comment.",
]


def segments(texts: list[str]) -> tuple[Segment, ...]:
    """Return texts as segments of one document, a paragraph each."""
    starts = [0, *itertools.accumulate(len(t) + 1 for t in texts)]
    return tuple(
        Segment("d", k, Span(a, a + len(t)), t)
        for k, (a, t) in enumerate(zip(starts, texts, strict=False))
    )


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    """The default encoder, loaded once."""
    return UseEncoder()


def all_paths(n: int, m: int) -> list[tuple[tuple[int, int], ...]]:
    """Return every sequence of steps from (0, 0) to (n, m)."""
    steps = [*SHAPES, (1, 0), (0, 1)]
    found: list[tuple[tuple[int, int], ...]] = []

    def go(i: int, j: int, path: tuple[tuple[int, int], ...]) -> None:
        if (i, j) == (n, m):
            found.append(path)
        for x, y in steps:
            if i + x <= n and j + y <= m:
                go(i + x, j + y, (*path, (x, y)))

    go(0, 0, ())
    return found


@pytest.mark.parametrize(("n", "m"), [(1, 1), (2, 3), (3, 3), (4, 2)])
def test_lattice_agrees_with_brute_force(n: int, m: int) -> None:
    """Viterbi, forward and backward give what listing every path gives."""
    rng = np.random.default_rng(n * 10 + m)
    width = m + 1
    band = Band(np.zeros(n + 1, int), np.full(n + 1, m), np.arange(n + 1) * width)
    scores = rng.normal(size=(band.nodes, len(SHAPES))).astype(np.float32)
    skip_zh, skip_en = rng.normal(size=n).astype("f4"), rng.normal(size=m).astype("f4")
    opening = -1.5
    kind = {shape: k for k, shape in enumerate(SHAPES)}

    def price(path: tuple[tuple[int, int], ...]) -> float:
        total, i, j, skipped = 0.0, 0, 0, False
        for x, y in path:
            if x and y:
                total += scores[i * width + j, kind[x, y]]
            else:
                total += (skip_zh[i] if x else skip_en[j]) + (0.0 if skipped else opening)
            skipped = not (x and y)
            i, j = i + x, j + y
        return float(total)

    paths = all_paths(n, m)
    prices = np.array([price(p) for p in paths])
    steps = (band.low, band.high, band.offset, shape_array(), scores, skip_zh, skip_en, opening)
    best = _paths.viterbi(*steps)
    assert tuple(map(tuple, best[:, 2:].tolist())) == paths[int(prices.argmax())]
    total = float(np.logaddexp.reduce(prices))
    assert np.logaddexp(*_paths.forward(*steps)[-1]) == pytest.approx(total, abs=1e-4)
    assert _paths.backward(*steps)[0, 0] == pytest.approx(total, abs=1e-4)


def test_chain_agrees_with_brute_force() -> None:
    """The heaviest rising chain is the best of all subsets."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        pairs = sorted(
            {(int(a), int(b)) for a, b in rng.integers(0, 6, (9, 2))}, key=lambda p: (p[0], -p[1])
        )
        weight = rng.random(len(pairs))
        rows, cols = (np.array(x, dtype=np.int32) for x in zip(*pairs, strict=True))
        chain = _paths.heaviest_chain(rows, cols, weight, 6)
        best = 0.0
        for size in range(len(pairs) + 1):
            for pick in itertools.combinations(range(len(pairs)), size):
                rising = all(
                    pairs[a][0] < pairs[b][0] and pairs[a][1] < pairs[b][1]
                    for a, b in itertools.pairwise(pick)
                )
                best = max(best, weight[list(pick)].sum()) if rising else best
        assert weight[chain].sum() == pytest.approx(best)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_band_always_holds_a_path(n: int, m: int, seed: int) -> None:
    """From the first border to the last there is a way inside the band, whatever the anchors."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(0, min(n, m) + 1))
    rows = np.sort(rng.choice(n, count, replace=False)).astype(np.int32)
    cols = np.sort(rng.choice(m, count, replace=False)).astype(np.int32)
    band = lay_band(rows, cols, n, m)
    assert band.low[0] == 0
    assert band.high[-1] == m
    assert (band.low <= band.high).all()
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] <= band.high[:-1]).all()


def test_stray_anchors_are_dropped() -> None:
    """A member of the chain that no neighbour runs along with is no anchor."""
    rows = np.array([1, 2, 3, 4, 5, 6, 7, 60], dtype=np.int32)
    cols = np.array([1, 2, 3, 4, 5, 6, 7, 300], dtype=np.int32)
    kept, _ = agreeing(rows, cols)
    assert kept.tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_real_sentences_find_their_translations(encoder: UseEncoder) -> None:
    """Headings, figures, a quotation and one 1-2 bead come out right."""
    found = align(segments(ZH), segments(EN), encoder=encoder)
    kinds = [bead.kind for bead in found.beads]
    assert kinds == ["1-1", "1-1", "1-2", "1-1", "1-1", "1-1"]
    assert all(bead.p > 0.5 for bead in found.beads)


def test_threads_do_not_change_the_result(encoder: UseEncoder) -> None:
    """One thread and three give the same beads and probabilities."""
    one, three = (align(segments(ZH), segments(EN), encoder=encoder, threads=k) for k in (1, 3))
    assert one == three


def test_an_empty_side_leaves_everything_one_sided(encoder: UseEncoder) -> None:
    """Without a translation every sentence is still there, alone."""
    assert align(segments(ZH), (), encoder=encoder) == one_sided(len(ZH), 0)


def test_a_missing_stretch_ends_as_nulls(encoder: UseEncoder) -> None:
    """Sentences whose translation was cut out have no partner."""
    found = align(segments(ZH), segments([EN[0], EN[1], EN[6]]), encoder=encoder)
    alone = {k for bead in found.beads if not bead.tgt.size for k in range(*bead.src)}
    assert {3, 4} <= alone


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=12),
       st.lists(st.text(max_size=30), min_size=1, max_size=12))  # fmt: skip
def test_any_text_is_aligned_whole(src: list[str], tgt: list[str]) -> None:
    """Every sentence of both sides is used once, whatever it holds."""
    found = align(segments(src), segments(tgt), encoder=UseEncoder(threads=1), threads=1)
    assert (found.n_src, found.n_tgt) == (len(src), len(tgt))
    assert all(np.isfinite(bead.p) for bead in found.beads)


@pytest.mark.parametrize("copies", [6, 15])  # fewer and more than a sentence has candidates
def test_repeated_text_still_runs_along_the_diagonal(copies: int) -> None:
    """Copies of the same text are anchored copy by copy."""
    rng = np.random.default_rng(0)
    base = rng.normal(size=(40, 64)).astype(np.float32)
    base /= np.linalg.norm(base, axis=1, keepdims=True)
    text = np.tile(base, (copies, 1))
    rows, cols = find_anchors(text, text, np.ones(len(text), dtype=np.int32))
    assert len(rows) > 0.8 * len(text)
    assert (rows == cols).all()


def test_cues_read_the_surface() -> None:
    """Open quotations, colons and lower-case starts are seen."""
    zh, en = surface_cues(["他说：", "“走吧。", "好的。”"], ["he said:", "“Go.", "All right.”"])
    assert zh.flags[:, CueFlag.COLON].tolist() == [True, False, False]
    assert zh.flags[:, CueFlag.INSIDE].tolist() == [False, True, False]
    assert en.flags[:, CueFlag.LOWER].tolist() == [True, False, False]


def test_weights_survive_their_file() -> None:
    """What is written is read back; another file of JSON is refused by name."""
    shipped = load_weights("use")
    assert np.allclose(vector(parse(dump(shipped), "x")), vector(shipped), atol=1e-6)
    assert len(shipped.bead) == len(BEAD_NAMES)
    assert shipped.provenance["data"]
    with pytest.raises(SettingError, match="broken"):
        parse("{}", "broken")


def test_every_shape_has_its_cosines() -> None:
    """The pairs of run sizes that are multiplied hold every shape."""
    assert set(SHAPES) <= set(needed_pairs())


def test_a_side_in_one_very_long_line_has_a_partner(encoder: UseEncoder) -> None:
    """Features of 60,000 tokens add up without overflow: the two lines face each other."""
    src = segments(["市图书馆周末照常开放，欢迎市民前来借阅。" * 6_000])
    tgt = segments(["The city library stays open at weekends and residents are welcome. " * 6_000])
    assert [bead.kind for bead in align(src, tgt, encoder=encoder).beads] == ["1-1"]


def test_products_multiply_the_features_that_they_name() -> None:
    """The kernel's table of factors follows the names, and its plain features come first."""
    assert len(PLAIN_NAMES) == _features.PLAIN
    named = [f"{PLAIN_NAMES[a]}*{PLAIN_NAMES[b]}" for a, b in factors()]
    assert named == list(PRODUCT_NAMES)


def test_lengths_are_compared_as_in_the_text_that_both_sides_have() -> None:
    """Text that stands on one side alone changes the ratio of lengths hardly at all."""
    rng = np.random.default_rng(0)
    src = rng.integers(5, 40, 100).astype(np.int32)
    tgt = np.maximum(1, src * rng.uniform(0.7, 0.9, 100)).astype(np.int32)
    anchors = (np.arange(100, dtype=np.int32),) * 2
    plain = length_ratio(anchors, src, tgt)
    assert plain == pytest.approx(src.sum() / tgt.sum(), rel=0.05)
    longer = np.concatenate([tgt, rng.integers(5, 40, 60)]).astype(np.int32)
    assert length_ratio(anchors, src, longer) == pytest.approx(plain, rel=0.05)
    nothing = (np.zeros(0, np.int32),) * 2
    assert length_ratio(nothing, src, longer) == pytest.approx(src.sum() / longer.sum())


def test_the_level_tells_translations_from_unrelated_texts(encoder: UseEncoder) -> None:
    """Translations are not doubted; what has no vectors is taken for one."""
    pair = encoder.encode(ZH), encoder.encode(EN)
    band = lay_band(*(np.zeros(0, np.int32),) * 2, len(ZH), len(EN))
    level = level_of(*pair, band)
    assert level > 0.43
    assert doubt(level, len(ZH)) == 0.0
    assert centred(level_of(np.zeros((6, 0), np.float32), np.zeros((7, 0), np.float32), band)) == 0
    assert doubt(0.3, 2_000) == pytest.approx(1.0, abs=0.01)
    assert doubt(0.3, 1) < 0.1


def test_unrelated_texts_are_left_alone(encoder: UseEncoder) -> None:
    """A report on a library and a recipe have hardly a link, and none that is likely."""
    recipe = [
        "Peel the potatoes and cut them into thin slices.",
        "Heat two spoons of oil in a heavy pan.",
        "Fry the onions until they are soft.",
        "Add the garlic, but do not let it burn.",
        "Pour in the beaten eggs and stir once.",
        "Turn the omelette over with the help of a plate.",
        "Serve it warm, with a green salad.",
    ] * 4
    found = align(segments(ZH * 4), segments(recipe), encoder=encoder)
    links = [bead for bead in found.beads if bead.src.size and bead.tgt.size]
    assert sum(bead.src.size for bead in links) <= 3
    assert all(bead.p < 0.5 for bead in links)
