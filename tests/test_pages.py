"""Running heads and page numbers: which lines they are, and how they are linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align import align
from aligner.bitext import Segment
from aligner.encode import load_encoder
from aligner.lang.pages import page_furniture
from aligner.span import Span


def paged(lines: list[str], head: str, number: str, size: int) -> list[str]:
    """Return lines with a head and a page number behind every few."""
    found = []
    for page, at in enumerate(range(0, len(lines), size), start=1):
        found += [*lines[at : at + size], head, number.format(page)]
    return found


TEXT = [f"{'市里' * (k % 7 + 1)}第{'一二三四五六七八九'[k % 9]}次开了会。" for k in range(18)]
ENGLISH = [f"The {'city ' * (k % 7 + 1)}met for the {k}th time." for k in range(18)]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("城北文集", "第 {} 页 共 3 页"),
        ("City Hall Papers", "Page {} of 3"),
        ("城北文集", "- {} -"),
        ("城北文集", "{}"),
        ("城北文集", "{}/3"),
        ("PUMPS 2026", "第{}页"),
    ],
)
def test_lines_of_every_page_are_found(head: str, number: str) -> None:
    """A line with a number that rises from page to page, and the same line beside it."""
    lines = paged(TEXT, head, number, 6)
    found = page_furniture(lines)
    assert [lines[at] for at in sorted(found)] == [
        line for page in (1, 2, 3) for line in (head, number.format(page))
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["第一章", *TEXT[:3], "第二章", *TEXT[3:6], "第三章", *TEXT[6:9]],
        ["Chapter 1", *TEXT[:6], "Chapter 2", *TEXT[6:9], "Chapter 3", *TEXT[9:]],
        ["问：", "答：是。", "问：", "答：不是。", "问：", "答：是。"],
        ["序号", "1", "甲", "2", "乙", "3", "丙", "4", "丁"],
        ["2019", *TEXT[:6], "2021", *TEXT[6:12], "2026", *TEXT[12:]],
        [*TEXT[:6], "* * *", *TEXT[6:12], "* * *", *TEXT[12:], "* * *"],
        paged(TEXT, "城北文集", "第 {} 页", 9),
    ],
)
def test_other_lines_that_recur_are_not(lines: list[str]) -> None:
    """Headings, speakers, table cells, years and two pages alone are text."""
    assert not page_furniture(lines)


@given(
    st.lists(
        st.sampled_from(["第 1 页", "第 2 页", "第 3 页", "文集", "3", "甲。", ""]), max_size=20
    )
)
def test_any_lines(lines: list[str]) -> None:
    """What is found are places in the text."""
    assert page_furniture(lines) <= set(range(len(lines)))


def segments(lines: list[str]) -> list[Segment]:
    """Return a segment for each line."""
    return [Segment("doc", 0, Span(k, k + 1), line) for k, line in enumerate(lines)]


def test_page_lines_on_one_side_have_no_partner() -> None:
    """No head is part of a sentence's link, however well the lengths would fit."""
    lines = paged(ENGLISH, "City Hall Papers", "Page {} of 3", 6)
    alone = page_furniture(lines)
    found = align(segments(TEXT), segments(lines), encoder=load_encoder("length"))
    for bead in found.beads:
        ends = {bead.tgt.start, bead.tgt.stop - 1} & alone if bead.tgt.size else set()
        assert not ends or bead.kind == "0-1"


def test_page_lines_on_both_sides_face_each_other() -> None:
    """A head may be linked with one of the other side and with nothing else."""
    src = paged(TEXT, "城北文集", "第 {} 页", 6)
    tgt = paged(ENGLISH, "City Hall Papers", "Page {} of 3", 6)
    heads = page_furniture(src), page_furniture(tgt)
    found = align(segments(src), segments(tgt), encoder=load_encoder("length"))
    for bead in found.beads:
        for span, its in ((bead.src, heads[0]), (bead.tgt, heads[1])):
            if span.size and {span.start, span.stop - 1} & its:
                assert bead.kind in {"1-0", "0-1", "1-1"}
        if bead.kind == "1-1":
            assert (bead.src.start in heads[0]) == (bead.tgt.start in heads[1])
