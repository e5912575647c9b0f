"""Two sentences without partner that face each other are no likely link."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.align import best_steps, undoubted_steps
from aligner.align.facing import (
    FACING_DECLARED,
    facing_traits,
    number_traits,
    single_links,
    without_strangers,
)
from aligner.align.held_lattice import HeldLattice
from aligner.align.lattice import Step
from aligner.align.realign import realign
from aligner.align.weights import load_weights
from aligner.bitext import Document
from aligner.encode import load_encoder
from aligner.encode.length import LengthEncoder
from aligner.pipeline import align_documents
from aligner.span import Span

LINES = [
    ("图书馆每天上午九点开门。", "The library opens at nine every morning."),
    ("星期一闭馆。", "It is closed on Mondays."),
    ("读者凭借书证入馆。", "Readers need a library card to enter."),
    ("每人最多可以借六本书。", "Each person may borrow up to six books."),
    ("借期为三十天，可以续借一次。", "Books are lent for thirty days and may be renewed once."),
    ("逾期不还，每天罚款一角。", "Overdue books cost ten cents a day."),
    ("二楼是儿童阅览室。", "The children's reading room is on the second floor."),
    ("那里有一万多册图画书。", "It has more than ten thousand picture books."),
    ("三楼保存着本地的旧报纸。", "Old local newspapers are kept on the third floor."),
    ("查阅旧报纸须提前两天预约。", "To read the old newspapers, book two days in advance."),
    ("馆内禁止吸烟。", "Smoking is forbidden in the building."),
    ("请勿携带食物进入。", "Please do not bring food inside."),
    ("贵重物品请存放在门口的柜子里。", "Please leave valuables in the lockers at the entrance."),
    ("电脑每次可以使用一小时。", "Computers may be used for one hour at a time."),
    ("复印每页收费两角。", "Copies cost twenty cents a page."),
    ("有问题请询问服务台。", "If you have any questions, please ask at the desk."),
]  # fmt: skip
STRANGE = ("他的祖父曾经在山里养蜂。", "The ship lost its anchor in the storm.")


def sides(at: int, zh: str | None = None, en: str | None = None) -> tuple[list[str], list[str]]:
    """Return both sides with a line of either exchanged for another."""
    src, tgt = (list(texts) for texts in zip(*LINES, strict=True))
    src[at], tgt[at] = zh or src[at], en or tgt[at]
    return src, tgt


def covering(steps: list[Step] | tuple[Step, ...]) -> tuple[list[int], list[int]]:
    """Return the sentences of both sides in the order in which the steps use them."""
    return (
        [k for s, _, x, _, _ in steps for k in range(s, s + x)],
        [k for _, t, _, y, _ in steps for k in range(t, t + y)],
    )


@pytest.mark.parametrize("at", [3, 8, 12])
@pytest.mark.parametrize("side", [0, 1])
def test_a_replaced_sentence_is_no_likely_partner(at: int, side: int) -> None:
    """A foreign sentence is no likely translation of what it faces; all other links are."""
    src, tgt = sides(at, **{("zh", "en")[side]: STRANGE[side]})
    steps = best_steps(src, tgt, encoder=load_encoder("use"))
    links = {(s, t): p for s, t, x, y, p in steps if x == y == 1}
    assert links.pop((at, at), 0.0) < 0.7
    assert all(links[k, k] > 0.7 for k in range(len(LINES)) if k != at)
    assert covering(list(steps)) == (list(range(len(src))), list(range(len(tgt))))


def test_neighbours_left_out_on_opposite_sides() -> None:
    """A sentence left out here and the next one there do not translate each other."""
    src, tgt = sides(0)
    del tgt[10], src[11]  # no smoking; no food: what is left is about other things
    src[10], tgt[10] = LINES[13][0], LINES[11][1]
    steps = best_steps(src, tgt, encoder=load_encoder("use"))
    assert all(p < 0.7 for s, t, x, y, p in steps if (s, t, x, y) == (10, 10, 1, 1))


def test_right_links_keep_their_probability() -> None:
    """In a text in which nothing is missing no link is taken apart, and none loses much."""
    before, text = undoubted_steps(*sides(0), encoder=load_encoder("use"))
    after = without_strangers(before, text)
    assert [step[:4] for step in after] == [step[:4] for step in before]
    assert all(new[4] > old[4] - 0.2 for old, new in zip(before, after, strict=True))


def test_p_is_shared_by_the_law_of_total_probability() -> None:
    """The p of a link is at most what it was; of a lone sentence and the link it is the sum."""
    src, tgt = sides(3, zh=STRANGE[0])
    before, text = undoubted_steps(src, tgt, encoder=load_encoder("use"))
    linked = {step[:4]: step[4] for step in before}
    for s, t, x, y, p in without_strangers(before, text):
        if (x, y) == (1, 0) and (s, t, 1, 1) in linked:
            assert linked[s, t, 1, 1] / 2 < p < linked[s, t, 1, 1]
        elif x == y == 1:
            assert p <= linked[s, t, x, y]
        elif x and y:
            assert p == linked[s, t, x, y]


def test_traits_have_the_declared_columns() -> None:
    """Rows have the features of the models, in a text of one sentence too."""
    for count in (1, len(LINES)):
        src, tgt = (side[:count] for side in sides(0))
        steps, text = undoubted_steps(src, tgt, encoder=load_encoder("use"))
        rows = facing_traits(single_links(steps), text)
        assert rows.shape[1] == len(FACING_DECLARED.models["alike"])
        assert np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("zh", "en", "wanted"),
    [
        ("门票三十元，儿童十五元。", "Tickets are 30 yuan, and there are 4 gates.", [0, 1]),
        ("门票三十元，儿童十五元。", "There are 4 gates.", [2, 0]),
        ("门票三十元，儿童十五元。", "30 for adults, 15 for children.", [0, 2]),
        ("每天罚款一角。", "They cost a dime a day.", [0, 0]),
        ("今天下雨。", "It rains.", [0, 0]),
    ],
)
def test_numbers_are_counted_on_both_sides(zh: str, en: str, wanted: list[int]) -> None:
    """Numbers that the sides share, by value; of one side only where they share none."""
    encoder = load_encoder("use")
    _, text = undoubted_steps([zh], [en], encoder=encoder)
    assert number_traits(np.array([[0, 0]]), text).tolist() == [wanted]


def test_other_encoders_are_not_doubted() -> None:
    """Weights that know the default encoder's cosines say nothing of another's."""
    src, tgt = sides(8, en=STRANGE[1])
    steps, _ = undoubted_steps(src, tgt, encoder=LengthEncoder())
    assert list(best_steps(src, tgt, encoder=LengthEncoder())) == list(steps)


def test_a_review_doubts_the_same_links() -> None:
    """Decoded again, a text and a stretch of it have the links of `align`, and their p."""
    src, tgt = sides(3, zh=STRANGE[0])
    encoder = load_encoder("use")
    wanted = list(best_steps(src, tgt, encoder=encoder))
    lattice = HeldLattice(src, tgt, encoder=encoder, weights=load_weights())
    found = realign(lattice, Span(0, len(src)), Span(0, len(tgt)))
    assert [(one.s, one.t, one.x, one.y, one.p) for one in found] == wanted
    part = realign(lattice, Span(1, 6), Span(1, 6))
    assert (3, 3, 1, 1) not in {one[:4] for one in part}
    assert all(0.0 <= one.border <= 1.0 for one in part)


def test_every_output_has_two_lone_sentences(tmp_path: Path) -> None:
    """In the bitext both are there, without partner, and no two neighbours share a p."""
    texts = sides(3, zh=STRANGE[0])
    documents = []
    for name, lines in zip(("zh", "en"), texts, strict=True):
        spans, at = [], 0
        for line in lines:
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        documents.append(Document(name, "\n".join(lines), tuple(spans)))
    bitext = align_documents(*documents, encoder=load_encoder("use"))
    lone = [(unit.src, unit.tgt) for unit in bitext.units() if not (unit.src and unit.tgt)]
    assert lone == [(STRANGE[0], ""), ("", texts[1][3])]
    assert len({bead.p for bead in bitext.alignment.beads[3:5]}) == 2
