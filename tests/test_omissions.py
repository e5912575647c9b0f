"""What only one side has: clauses, sentences, list items, blocks given twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_check_pages import document

from aligner.bitext import Alignment, Bead, Bitext
from aligner.check.checks.omissions import omissions
from aligner.check.lost.pieces import candidates, clauses
from aligner.check.noticed import Noticed
from aligner.span import Span
from aligner.terms.units import units

PAIRS = [
    ("图书馆周一闭馆。", "The library is closed on Mondays."),
    ("读者每人可借十册图书。", "Every reader may borrow ten books."),
    ("逾期不还者须缴纳罚款。", "Readers who return books late must pay a fine."),
    ("阅览室内请勿饮食。", "Please do not eat or drink in the reading room."),
    ("进馆请出示读者证。", "Please show your reader's card when you enter."),
]


def one_sided(pairs: list[tuple[str, str]]) -> Bitext:
    """Return a bitext in which line n translates line n; an empty text is no line."""
    src_doc, src = document("zh", [zh for zh, _ in pairs if zh])
    tgt_doc, tgt = document("en", [en for _, en in pairs if en])
    beads, s, t = [], 0, 0
    for zh, en in pairs:
        beads.append(Bead(Span(s, s + bool(zh)), Span(t, t + bool(en)), 1.0))
        s, t = s + bool(zh), t + bool(en)
    alignment = Alignment(tuple(beads), s, t)
    return Bitext("example", src_doc, tgt_doc, src, tgt, alignment)


def found(*pairs: tuple[str, str]) -> list[Noticed]:
    """Return what is told of sentence pairs of one document."""
    return list(omissions(list(units(one_sided(list(pairs))))))


def test_a_translated_text_lacks_nothing() -> None:
    """Sentences that are there on both sides are not told."""
    assert not found(*PAIRS)


def test_sentences_in_a_row_are_one_finding_with_their_number() -> None:
    """A block that is not translated is told once, from its head to its end."""
    lost = [("馆内设有咖啡厅。", ""), ("咖啡厅上午九点开门。", ""), ("晚上八点关门。", "")]
    (each,) = found(*PAIRS[:2], *lost, *PAIRS[2:])
    assert (each.kind, each.severity, each.bead) == ("not translated", "warning", 2)
    assert "3 sentences" in each.why
    text = "\n".join(zh for zh, _ in [*PAIRS[:2], *lost, *PAIRS[2:]])
    assert each.src_span is not None
    assert text[slice(*each.src_span)] == "\n".join(zh for zh, _ in lost)


@pytest.mark.parametrize(
    ("line", "headings", "kind"),
    [
        ("（二）借阅规则", (1, 3), "heading"),  # by its style, whatever its number looks like
        ("（二）借阅规则", (1,), "list item"),
        ("借阅规则", (1,), "not translated"),  # a short paragraph, where headings have a style
        ("借阅规则", (), "heading"),
        ("杭州，2024年5月3日", (), "not translated"),
    ],
)
def test_a_heading_is_what_the_file_calls_one(
    line: str, headings: tuple[int, ...], kind: str
) -> None:
    """Styles tell headings; where a file has none, the shape of a line tells them."""
    bitext = one_sided([*PAIRS[:3], (line, ""), *PAIRS[3:]])
    bitext = replace(bitext, src_doc=replace(bitext.src_doc, headings=headings))
    (each,) = omissions(list(units(bitext)))
    assert each.kind == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（三）查阅馆藏档案；", "list item"),
        ("第二章 借阅办法", "heading"),
        ("借阅须知", "heading"),
        ("档案室只在下午开放。", "not translated"),
    ],
)
def test_what_is_missing_has_a_name(line: str, kind: str) -> None:
    """List items and headings are told as such."""
    (each,) = found(*PAIRS, (line, ""))
    assert each.kind == kind


def test_what_the_translation_says_once_more_is_given_twice() -> None:
    """A sentence without partner that stands on its side already is a copy."""
    (each,) = found(*PAIRS, ("", PAIRS[2][1]))
    assert each.kind == "given twice"
    (each,) = found(*PAIRS, ("", "Dogs must be kept on a lead."))
    assert each.kind == "added"


def test_a_clause_that_is_missing_is_told_with_its_place() -> None:
    """Of a long sentence the part without a translation is told."""
    zh = "周二至周日上午九点开馆，儿童阅览室和自习室设在二楼，进馆请出示读者证。"
    en = "It opens at nine from Tuesday to Sunday; please show your reader's card when you enter."
    (each,) = found(*PAIRS, (zh, en))
    assert each.kind == "clause"
    assert "阅览室" in each.src


def test_pieces_are_the_text() -> None:
    """The clauses of a text are in order and without gaps, whatever the cuts."""
    for text in ("", "一", "是的，他来了。", "，，，。", "A, b; c: d. E?"):
        for lang in ("zh", "en"):
            assert "".join(text[slice(*s)] for s in clauses(text, lang)) == text
            assert all(s.size for s in candidates(text, lang))


def test_a_translation_of_another_length_is_told() -> None:
    """A sentence much longer than its translation is told where no clause is."""
    long = [
        (f"第{n}天我们走了很远的路才回到村里。", f"On day {n} we walked a long way home.")
        for n in range(1, 30)
    ]
    zh = "他" + "和老人以及孩子们的父亲还有邻居们的朋友" * 8 + "来了。"
    kinds = {each.kind for each in found(*long, (zh, "He came."))}
    assert kinds & {"much shorter", "clause"}
