"""Where one side holds a block more often than the other, whole copies are left alone."""

from __future__ import annotations

from aligner.align import best_steps
from aligner.align.surplus_copies import surplus_copies
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder

TWICE = [
    ("本店于一九八八年开业。", "The shop opened in 1988."),
    ("起初只卖面条和包子。", "At first it sold only noodles and buns."),
    ("后来添了几张桌子，也卖炒菜。", "Later a few tables were added, and stir-fried dishes."),
    ("每天清晨四点，师傅开始和面。", "At four every morning the cook starts to knead the dough."),
    ("附近的学生常来吃早饭。", "Students from near by often come for breakfast."),
    ("一碗面六块钱，十年没有涨价。", "A bowl costs six yuan and has for ten years."),
    ("老板说他不打算开分店。", "The owner says he has no plans for a second shop."),
    ("墙上挂着顾客送的字画。", "Paintings given by customers hang on the wall."),
]  # fmt: skip


def linked_rows(src: list[str], tgt: list[str], encoder: Encoder) -> list[tuple[int, int]]:
    """Return the links of one sentence to one, counted from 0."""
    steps = best_steps(src, tgt, encoder=encoder)
    return [(s, t) for s, t, x, y, _ in steps if x == y == 1]


def test_of_a_block_that_stands_twice_one_whole_copy_is_linked() -> None:
    """The first of two copies is linked and the other is not; of both sides' copies, each."""
    encoder = load_encoder("use")
    src, tgt = [zh for zh, _en in TWICE], [en for _zh, en in TWICE]
    once = [(n, n) for n in range(6)]
    assert linked_rows([*src[:6], *src[2:6], *src[6:]], tgt, encoder) == [
        *once, (10, 6), (11, 7),
    ]  # fmt: skip
    assert linked_rows(src, [*tgt[:6], *tgt[2:6], *tgt[6:]], encoder) == [
        *once, (6, 10), (7, 11),
    ]  # fmt: skip
    twice = [[*side[:6], *side[2:6], *side[6:]] for side in (src, tgt)]
    both = linked_rows(twice[0], twice[1], encoder)
    assert both == [(n, n) for n in range(12)]


def test_links_of_a_repeated_sentence_are_no_rivals_of_each_other() -> None:
    """A sentence that stands again beside itself does not make its own link doubtful."""
    src, tgt = [zh for zh, _en in TWICE], [en for _zh, en in TWICE]
    both = [[*side[:4], side[3], *side[4:]] for side in (src, tgt)]
    steps = best_steps(both[0], both[1], encoder=load_encoder("use"))
    assert min(step[4] for step in steps if step[0] in {3, 4}) > 0.8


def test_what_is_surplus() -> None:
    """As many copies stay as links cover by length; a line that differs is none of a copy."""
    block = [f"第{n}号仓库存放着全市的防汛物资和各类工具。" for n in "一二三四五"]
    changed = [*block[:2], "这里新修了一座水塔，供附近的居民使用。", *block[3:]]
    other = [f"Warehouse {n} holds the city's flood gear and tools of all kinds." for n in range(5)]
    cut = [(n, n, 1, 1, 0.9) for n in range(3)]
    cut += [(n, 3, 1, 0, 0.9) for n in range(3, 8)]
    cut += [(n, n - 5, 1, 1, 0.9) for n in range(8, 10)]
    found = surplus_copies(([*block, *block], other), cut)
    assert found is not None
    zh, en = found
    assert (zh == [False] * 5 + [True] * 5).all()
    assert not en.any()
    found = surplus_copies(([*block, *changed], other), cut)
    assert found is not None
    zh = found[0]
    assert (zh == [False] * 5 + [True] * 2 + [False] + [True] * 2).all()
    every = [(n, n, 1, 1, 0.9) for n in range(10)]
    assert surplus_copies(([*block, *block], [*other, *other]), every) is None
    assert surplus_copies((block, other), every[:5]) is None
