"""Decoding between what is confirmed is decoding of all paths that hold what is confirmed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import make_bitext

from aligner.align import align, best_steps
from aligner.align._features import NO_EDGE
from aligner.align.band import Band
from aligner.align.held_lattice import HeldLattice
from aligner.align.lattice import Scores, border_chances, decode, sums
from aligner.align.realign import StretchLattice, realign, stretch_lattice
from aligner.align.second_pass.clause_scores import ClauseEvidence
from aligner.align.second_pass.redecode import ClauseReader, FirstPass
from aligner.align.second_pass.stretches import (
    Laid,
    Stretch,
    alive,
    lay,
    nodes_inside,
    parted,
)
from aligner.align.shapes import SHAPES
from aligner.align.weights import load_weights
from aligner.bitext import Segment
from aligner.encode import load_encoder
from aligner.review.edits import Mint
from aligner.review.opening import first_links
from aligner.review.realigner import Realigner
from aligner.review.sentence_edits import correct
from aligner.review.stretches_again import REACH_LINKS, differing, stretches
from aligner.review.values import Hunk, ReviewLink, apply
from aligner.span import Span

Path_ = list[tuple[int, int]]  # sizes of the steps
LINES = [
    ("一九三〇年，村里办起了第一所小学。", "In 1930 the village opened its first primary school."),
    ("校舍是旧祠堂，只有两间。", "It was housed in the old ancestral hall, which had two rooms."),
    ("先生姓陈，从县城来。", "The teacher, a Mr Chen, came from the county town."),
    ("“谁会写自己的名字？”他问。", "“Who can write his own name?” he asked."),
    ("没有人举手。", "Nobody raised a hand."),
    ("学费是米，没有米的劈柴。", "The fee was rice; who had none chopped wood."),
    ("到了冬天，学生增加到四十人。", "By winter there were forty pupils."),
    ("祠堂坐不下了。", "The hall could not seat them all."),
    ("村民们商量了三个晚上，决定盖新房。", "They talked for three nights and decided to build."),
    ("第二年春天，新校舍完工。", "The new school was finished the following spring."),
]  # fmt: skip


def paths(n: int, m: int) -> Iterator[Path_]:
    """Yield all ways to cover n and m sentences."""
    if not n and not m:
        yield []
        return
    for x, y in (*SHAPES, (1, 0), (0, 1)):
        if x <= n and y <= m:
            yield from ([(x, y), *rest] for rest in paths(n - x, m - y))


def weight(part: StretchLattice, path: Path_) -> float:
    """Return the logarithm of a path's weight, by the definition."""
    total, s, t, skipping = 0.0, 0, 0, False
    for x, y in path:
        if x and y:
            node = part.band.offset[s] + t - part.band.low[s]
            edge = float(part.scores.edges[node, SHAPES.index((x, y))])
            total += edge if edge > NO_EDGE else -np.inf
        else:
            total += float(part.scores.skip_zh[s] if x else part.scores.skip_en[t])
            total += 0.0 if skipping else part.scores.opening
        skipping = not (x and y)
        s, t = s + x, t + y
    return total


def steps_of(path: Path_) -> list[tuple[int, int, int, int]]:
    """Return a path as the places and sizes of its steps."""
    found, s, t = [], 0, 0
    for x, y in path:
        found.append((s, t, x, y))
        s, t = s + x, t + y
    return found


def ends_of(path: Path_) -> set[tuple[int, int]]:
    """Return the borders that a path goes through."""
    return {(s + x, t + y) for s, t, x, y in steps_of(path)}


def small_lattice(n: int, m: int, seed: int) -> StretchLattice:
    """Return a lattice of random scores without a band."""
    chance = np.random.default_rng(seed)
    low, high = np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64)
    offset = np.arange(n + 1, dtype=np.int64) * (m + 1)
    edges = chance.normal(0, 2, ((n + 1) * (m + 1), len(SHAPES))).astype(np.float32)
    zh, en = (chance.normal(-1, 1, k).astype(np.float32) for k in (n, m))
    return StretchLattice(Band(low, high, offset), Scores(edges, zh, en, opening=-1.0))


@settings(max_examples=20)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10**6))
def test_a_stretch_is_decoded_as_by_brute_force(n: int, m: int, seed: int) -> None:
    """Best path and probabilities are those of a list of all paths."""
    part = small_lattice(n, m, seed)
    totals = sums(part.band, part.scores)
    found = decode(part.band, part.scores, totals)
    borders = border_chances(part.band, totals, found)
    every = [(path, weight(part, path)) for path in paths(n, m)]
    best = max(w for _, w in every)
    total = sum(np.exp(w - best) for _, w in every)
    assert weight(part, [step[2:4] for step in found]) == pytest.approx(best, abs=1e-4)
    for (s, t, x, y, p), border in zip(found, borders, strict=True):
        mass = sum(np.exp(w - best) for path, w in every if (s, t, x, y) in steps_of(path))
        assert p == pytest.approx(mass / total, abs=1e-4)
        mass = sum(np.exp(w - best) for path, w in every if (s + x, t + y) in ends_of(path))
        assert border == pytest.approx(mass / total, abs=1e-4)


@pytest.fixture(scope="module")
def lattice() -> HeldLattice:
    """Return the lattice of a short text."""
    src, tgt = zip(*LINES, strict=True)
    return HeldLattice(src, tgt, encoder=load_encoder("use"), weights=load_weights())


def test_a_confirmed_link_conditions_the_rest(lattice: HeldLattice) -> None:
    """Between two confirmed links, p is that of all paths through both, by brute force."""
    src, tgt = Span(2, 6), Span(3, 6)  # so that something must be left out or joined
    alone = np.array([False, True, False, False]), np.zeros(tgt.size, dtype=bool)
    known = stretch_lattice(lattice, src, tgt, alone)
    found = decode(known.band, known.scores)
    part = stretch_lattice(lattice, src, tgt)
    every = [
        (steps_of(path), weight(part, path))
        for path in paths(src.size, tgt.size)
        if (1, 0) in [(x, y) for s, _, x, y in steps_of(path) if s == 1]
    ]
    total = np.logaddexp.reduce([w for _, w in every])
    assert (1, 0) in [step[2:4] for step in found if step[0] == 1]
    for *step, p in found:
        mass = np.logaddexp.reduce([w for steps, w in every if tuple(step) in steps])
        assert p == pytest.approx(float(np.exp(mass - total)), abs=1e-4)
    again = realign(lattice, src, tgt, alone_zh=[3])  # with what the clauses say
    assert (1, 0) in [(step.x, step.y) for step in again if step.s == 3]


def test_a_surplus_copy_is_not_linked_after_a_correction() -> None:
    """A block that was pasted twice stays in one piece, and the copy that is known to be alone."""
    src, tgt = (list(side) for side in zip(*LINES, strict=True))
    src = [*src[:6], *src[2:6], *src[6:]]
    twice = HeldLattice(src, tgt, encoder=load_encoder("use"), weights=load_weights())
    whole = Span(0, len(src)), Span(0, len(tgt))
    linked = {step.s for step in realign(twice, *whole) if step.x and step.y}
    assert linked.isdisjoint(range(6, 10))
    assert linked > {2, 3, 4, 5}
    linked = {step.s for step in realign(twice, *whole, alone_zh=[2, 3, 4, 5]) if step.y}
    assert linked.isdisjoint(range(2, 6))
    assert linked > {6, 7, 8, 9}


def test_without_anything_confirmed_it_is_the_alignment(lattice: HeldLattice) -> None:
    """Links and probabilities of the whole are those of `align`."""
    sides = [
        [Segment("doc", n, Span(n, n + 1), text) for n, text in enumerate(side)]
        for side in (lattice.src.texts, lattice.tgt.texts)
    ]
    wanted = align(*sides, encoder=load_encoder("use")).beads
    found = realign(lattice, Span(0, len(sides[0])), Span(0, len(sides[1])))
    assert [step[:4] for step in found] == [
        (b.src.start, b.tgt.start, b.src.size, b.tgt.size) for b in wanted
    ]
    assert [step.p for step in found] == pytest.approx([b.p for b in wanted], abs=2e-4)


SAMPLES = sorted((Path(__file__).parents[1] / "corpora").glob("*/*.sent.zh"))
NOVEL = Path(__file__).parents[2] / "shared" / "gold" / "mac-dev" / "005.zh"


@pytest.mark.parametrize("path", [*SAMPLES, NOVEL], ids=lambda path: path.stem)
def test_both_passes_give_the_steps_of_align(path: Path) -> None:
    """Links and probabilities are exactly those of `align`, also once all is kept."""
    if not path.exists():
        pytest.skip("there is no shared data")
    src, tgt = (
        path.with_suffix(suffix).read_text(encoding="utf-8").splitlines()
        for suffix in (".zh", ".en")
    )
    encoder = load_encoder("use")
    wanted = best_steps(src, tgt, encoder=encoder)
    lattice = HeldLattice(src, tgt, encoder=encoder, weights=load_weights())
    for _ in range(2):
        found = realign(lattice, Span(0, len(src)), Span(0, len(tgt)))
        assert [(one.s, one.t, one.x, one.y, one.p) for one in found] == list(wanted)


def unsure_lattice() -> HeldLattice:
    """Return the lattice of a text whose English sentences are cut elsewhere."""
    src, tgt = (list(texts) for texts in zip(*LINES * 4, strict=True))
    tgt[8:10] = [f"{tgt[8][:-1]}; {tgt[9][:12]}", tgt[9][12:]]
    tgt[21:23] = [f"{tgt[21]} {tgt[22]}"]
    del tgt[30]
    return HeldLattice(src, tgt, encoder=load_encoder("use"), weights=load_weights())


def test_only_clauses_beside_a_correction_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches that are as they were are not encoded again, and a new text is."""
    lattice = unsure_lattice()
    whole = Span(0, len(lattice.src.texts)), Span(0, len(lattice.tgt.texts))
    realign(lattice, *whole)
    read: list[int] = []
    plain = ClauseReader.read

    def counted(reader: ClauseReader, laid: Laid, first: FirstPass) -> ClauseEvidence:
        read.append(len(laid.stretches))
        return plain(reader, laid, first)

    monkeypatch.setattr(ClauseReader, "read", counted)
    before = realign(lattice, *whole)
    assert not read
    lattice.replace("en", 21, 1, ["The ferry was late, and nobody had paid."])
    after = realign(lattice, *whole)
    assert read == [1]
    assert [one[:4] for one in after[:5]] == [one[:4] for one in before[:5]]
    assert [one.p for one in after[:5]] == pytest.approx([one.p for one in before[:5]], abs=1e-9)


def test_a_sentence_without_partner_has_none_among_the_clauses() -> None:
    """What is known to have no partner has none after the second pass, and p says so."""
    lattice = unsure_lattice()
    whole = Span(0, len(lattice.src.texts)), Span(0, len(lattice.tgt.texts))
    found = realign(lattice, *whole, alone_zh=[21], alone_en=[8])
    assert [step.y for step in found if step.s <= 21 < step.s + step.x] == [0]
    assert [step.x for step in found if step.t <= 8 < step.t + step.y] == [0]
    assert sum(step.x for step in found) == len(lattice.src.texts)
    assert sum(step.y for step in found) == len(lattice.tgt.texts)


def test_stretches_by_themselves_have_the_borders_that_they_had() -> None:
    """What is laid apart is what was laid end to end, node by node."""
    rng = np.random.default_rng(0)
    rows = np.arange(41)
    band = Band(rows * 0, rows * 0 + 40, rows * 41)
    visits = np.where(rng.random(band.nodes) < 0.3, -1.0, -20.0)
    cut = [Stretch(0, 6, 0, 5), Stretch(9, 14, 8, 15), Stretch(20, 22, 20, 29)]
    laid = lay(cut, alive(band, visits, cut))
    nodes = list(nodes_inside(laid))
    for k in range(len(cut)):
        alone = parted(laid, [k])
        assert alone.band.nodes == len(nodes[k])
        places = (axis[nodes[k]] for axis in laid.places())
        for mine, axis, pin in zip(places, alone.places(), (cut[k].s0, cut[k].t0), strict=True):
            inner = mine >= pin
            assert np.array_equal(mine[inner][1:-1], axis[inner][1:-1])
    assert parted(laid, [0, 1, 2]).band.low.tolist() == laid.band.low.tolist()
    assert parted(laid, [0, 1, 2]).band.high.tolist() == laid.band.high.tolist()


@pytest.mark.parametrize("side", ["zh", "en"])
def test_scores_after_a_correction_are_those_of_the_new_text(side: str) -> None:
    """What is scored anew after a split is what a fresh start would score, row by row."""
    src, tgt = (list(texts) for texts in zip(*LINES * 4, strict=True))
    held = HeldLattice(src, tgt, encoder=load_encoder("use"), weights=load_weights())
    before = [row.copy() for row in held.rows]
    texts = src if side == "zh" else tgt
    cut = len(texts[20]) // 2
    held.replace("zh" if side == "zh" else "en", 20, 1, [texts[20][:cut], texts[20][cut:]])
    assert len(held.rows) == len(src) + 1 + (side == "zh")
    held.replace("zh" if side == "zh" else "en", 20, 2, [texts[20]])
    assert all(np.array_equal(a, b) for a, b in zip(before, held.rows, strict=True))


def test_a_link_far_from_the_band_is_followed(lattice: HeldLattice) -> None:
    """A stretch whose ends the band does not hold is scored as well."""
    src, tgt = (list(texts) for texts in zip(*LINES * 12, strict=True))
    held = HeldLattice(src, tgt, encoder=load_encoder("use"), weights=load_weights())
    for row in range(len(held.rows)):  # as if there were anchors along the diagonal
        low, high = max(0, row - 5), min(len(tgt), row + 5)
        start = low - int(held.low[row])
        held.rows[row] = held.rows[row][start : start + high - low + 1]
        held.low[row], held.high[row] = low, high
    found = realign(held, Span(0, 10), Span(60, 70))
    assert [step[:4] for step in found] == [(n, 60 + n, 1, 1) for n in range(10)]


def links_of(count: int) -> list[ReviewLink]:
    """Return so many links of one sentence each."""
    return list(first_links(make_bitext([(f"第{n}句。", f"Number {n}.") for n in range(count)])))


def held(links: list[ReviewLink], *places: int) -> list[ReviewLink]:
    """Return links of which some are confirmed."""
    found = list(links)
    for at in places:
        one = found[at]
        found[at] = ReviewLink(one.id, one.src, one.tgt, 1.0, "confirmed")
    return found


def test_a_stretch_ends_at_what_is_held() -> None:
    """What is decoded again reaches to the next held links and holds none of them."""
    links = held(links_of(20), 4, 9, 15)
    assert list(stretches(links, 9, 10)) == [(5, 9), (10, 15)]


def test_a_stretch_of_a_long_text_is_short() -> None:
    """Without anything held it ends at a sure link some way off."""
    sure = [ReviewLink(one.id, one.src, one.tgt, 0.999) for one in links_of(2000)]
    assert list(stretches(sure, 1000, 1001)) == [(1000 - REACH_LINKS, 1001 + REACH_LINKS)]


def test_differences_are_small_and_apply() -> None:
    """Of two lists of links, what differs is found, and turns one into the other."""
    old = links_of(12)
    new = list(old)
    new[2:4] = [ReviewLink(3, old[2].src + old[3].src, old[2].tgt + old[3].tgt, 0.5)]
    new[8] = ReviewLink(old[9].id, old[9].src, old[9].tgt, 0.7)
    hunks = differing(0, old, new)
    assert [(hunk.at, len(hunk.before), len(hunk.after)) for hunk in hunks] == [
        (9, 1, 1),
        (2, 2, 1),
    ]
    apply(old, hunks)
    assert old == new


def test_confirmed_links_never_move() -> None:
    """Whatever is confirmed stays, and the rest is decoded between."""
    pairs = [(zh, en) for zh, en in LINES]
    links = list(first_links(make_bitext(pairs)))
    realigner = Realigner(load_encoder("use"))
    realigner.prepare(links)
    mint = Mint(100, 100, 100)
    for places in itertools.combinations(range(0, 10, 3), 2):
        now = held(links, *places)
        # a wrong link, confirmed: everything behind it must make do with the rest
        wrong = ReviewLink(now[5].id, now[5].src, now[5].tgt + now[6].tgt, 1.0, "confirmed")
        now[5:7] = [wrong, ReviewLink(now[6].id, now[6].src, (), None)]
        after = list(now)
        apply(after, realigner(now, differing(0, links, now), mint))
        assert [link for link in after if link.held] == [link for link in now if link.held]
        assert all(link.p is not None for link in after)
        assert [s for link in after for s in link.src] == [s for link in now for s in link.src]


def test_the_lattice_follows_what_was_taken_back() -> None:
    """After undoing corrections in several places, links come out as before them."""
    links = list(first_links(make_bitext(LINES)))
    realigner = Realigner(load_encoder("use"))
    realigner.prepare(links)
    mint = Mint(100, 100, 100)
    fresh = list(links)
    apply(fresh, realigner(fresh, [Hunk(0, (), tuple(fresh))], mint))
    now = list(fresh)
    for place in (2, 7):
        one = now[place].tgt[0]
        change = correct(now, place, one, f"{one.text} So they said.", mint)
        apply(now, change.hunks)
        apply(now, realigner(now, change.hunks, mint))
    again = list(fresh)
    apply(again, realigner(again, [Hunk(0, (), tuple(again))], mint))
    assert again == fresh
