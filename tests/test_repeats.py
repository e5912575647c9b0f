"""What stands twice on one side is found, and told if the other side does not repeat it."""

import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.lang.copied_blocks import copied_blocks
from aligner.lang.repeats import repeats
from aligner.report.bitext_summary import summarise
from aligner.span import Span

PLAIN = [f"The committee heard report number {n * 7} and took note of it." for n in range(40)]
HEADINGS = ["Aims of the year", "Roads and bridges", "Schools", "Water in the villages", "Outlook"]


def found(lines: list[str]) -> list[tuple[str, tuple[int, int], tuple[int, int], int]]:
    """Return what is repeated, as plain values."""
    return [(one.kind, one.first, one.again, one.times) for one in repeats(lines)]


def chapters(lines: list[str]) -> list[str]:
    """Put the headings above four sentences each."""
    parts = zip(HEADINGS, range(0, 20, 4), strict=True)
    return [line for heading, at in parts for line in (heading, *lines[at : at + 4])]


def test_a_block_that_was_pasted_twice() -> None:
    """It is found with both its places, wherever the second one is."""
    assert found(PLAIN) == []
    assert found([*PLAIN, *PLAIN[10:20]]) == [("block", (10, 20), (40, 50), 2)]
    assert found([*PLAIN[:5], *PLAIN[:5], *PLAIN[5:]]) == [("block", (0, 5), (5, 10), 2)]


def test_short_lines_that_come_back_are_no_block() -> None:
    """A refrain of two short lines, or one line over and over, was not pasted."""
    assert found(["He said no.", "She said yes.", *PLAIN, "He said no.", "She said yes."]) == []
    assert found(["Yes."] * 1_000) == []


@pytest.mark.parametrize("leader", ["", " .... {}", "\t{}", "……（{}）"])
def test_a_table_of_contents(leader: str) -> None:
    """Headings that stand again, in order and apart, with or without page numbers."""
    listed = [heading + leader.format(3 * n + 1) for n, heading in enumerate(HEADINGS)]
    assert found(["Report", *listed, *chapters(PLAIN)]) == [("contents", (1, 6), (6, 27), 2)]


def test_a_running_head() -> None:
    """A line that comes back at a distance, or beside page numbers."""
    pages = [line for n in range(4) for line in ("Harbour Office", *PLAIN[9 * n : 9 * n + 9])]
    assert found(pages) == [("head", (0, 1), (30, 31), 4)]
    numbered = [line for n in range(3) for line in (PLAIN[n], "Harbour Office", f"Page {n + 1}")]
    assert [(one[0], one[3]) for one in found(numbered)] == [("head", 3), ("head", 3)]


def test_a_running_head_with_its_page_number() -> None:
    """A title with a number that rises from page to page; numbered chapters are none."""

    def pages(head: str) -> list[str]:
        return [line for n in range(5) for line in (head.format(n + 2), *PLAIN[8 * n : 8 * n + 8])]

    for head in ("Fruit Trees for Small Gardens {}", "{} Fruit Trees", "小园果树栽培 {}"):
        assert found(pages(head)) == [("head", (0, 1), (36, 37), 5)]
    assert found(pages("Chapter {}")) == found(pages("第{}章 果树栽培")) == []


def test_copies_of_a_block() -> None:
    """All copies are found, those in a row too, and a longer one before a piece of it."""
    assert copied_blocks(PLAIN) == ()
    assert copied_blocks([*PLAIN[:3], *PLAIN[:3], *PLAIN[:3]]) == (((0, 3), (3, 6), (6, 9)),)
    apart = [*PLAIN[:3], PLAIN[9], *PLAIN[:3], PLAIN[8], *PLAIN[:3]]
    assert copied_blocks(apart, changed=False) == (((0, 3), (4, 7), (8, 11)),)
    pieces = [*PLAIN[:6], *PLAIN[2:4], *PLAIN[6:9]]  # the block holds two of its lines twice
    assert copied_blocks([*pieces, *pieces])[-1] == ((0, 11), (11, 22))


def test_a_line_changed_in_a_copy() -> None:
    """It is still one block where the lines round it are the same."""
    copy = [*PLAIN[:4], PLAIN[4] + " Again.", *PLAIN[5:9]]
    assert copied_blocks([*PLAIN[:9], *copy]) == (((0, 9), (9, 18)),)
    assert found([*PLAIN[:9], *copy])[0] == ("block", (0, 4), (9, 13), 2)


def bitext(src: list[str], tgt: list[str]) -> Bitext:
    """Make a bitext without links."""
    sides = []
    for name, lines in (("zh", src), ("en", tgt)):
        text, at, segments = "\n".join(lines), 0, []
        for line in lines:
            segments.append(Segment(name, 0, Span(at, at + len(line)), line))
            at += len(line) + 1
        sides.append((Document(name, text, (Span(0, len(text)),)), tuple(segments)))
    (src_doc, src_items), (tgt_doc, tgt_items) = sides
    beads = [Bead(Span(n, n + 1), Span(0, 0), 1.0) for n in range(len(src))]
    beads += [Bead(Span(len(src), len(src)), Span(n, n + 1), 1.0) for n in range(len(tgt))]
    alignment = Alignment(tuple(beads), len(src), len(tgt))
    return Bitext("pair", src_doc, tgt_doc, src_items, tgt_items, alignment)


def test_the_summary_tells_what_one_side_repeats() -> None:
    """A block on one side is a warning with its place; the same on both sides is none."""
    chinese = [f"委员会听取了第{n * 7}号报告，并予以备案，会后存档。" for n in range(40)]
    told = summarise(bitext([*chinese, *chinese[10:20]], PLAIN)).warnings
    (told_of,) = [line for line in told if "stand again" in line]
    assert told_of.startswith("sentences 11 to 20 of the Chinese side stand again as 41 to 50 (“")
    assert told_of.endswith("), on this side only: if they were pasted twice, delete one")
    both = summarise(bitext([*chinese, *chinese[10:20]], [*PLAIN, *PLAIN[10:20]])).warnings
    assert not [line for line in both if "stand again" in line]
