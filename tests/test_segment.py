"""Segmentation: cases as data, the laws that every segmentation keeps, odd inputs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Document, Segment
from aligner.errors import AlignmentError
from aligner.formats.common.source import paragraph_spans
from aligner.segment import gaps, segment, split_lines
from aligner.span import Lang, Span

CASES = Path(__file__).parent / "cases"
SEED = Path(__file__).parents[2] / "shared" / "seed"
LANGS: tuple[Lang, ...] = ("zh", "en")


def document(text: str) -> Document:
    """Make a document whose paragraphs are parted by blank lines, as a reader does."""
    blocks = re.finditer(r"\S(?:(?!\n[^\S\n]*\n).)*", text, re.DOTALL)
    spans = [Span(found.start(), found.start() + len(found[0].rstrip())) for found in blocks]
    return Document("doc", text, tuple(spans))


def texts(text: str, lang: Lang, **settings: bool) -> list[str]:
    """Return the texts of the segments of a text."""
    return [item.text for item in segment(document(text), lang, **settings)]


def cases() -> list[Any]:
    """Read the cases of both languages; those still wrong are expected to fail."""
    found = []
    for lang in LANGS:
        for line in (CASES / f"segment_{lang}.jsonl").read_text("utf-8").splitlines():
            case = json.loads(line)
            still_wrong = pytest.mark.xfail(strict=True, reason=case["comment"])
            marks = [still_wrong] if case["expect"] == "fail" else []
            found.append(pytest.param(lang, case, id=f"{lang}-{case['label']}", marks=marks))
    return found


@pytest.mark.parametrize(("lang", "case"), cases())
def test_cases(lang: Lang, case: dict[str, Any]) -> None:
    """Each text is cut as its case wants, and segments and gaps give it back."""
    source = document(case["input"])
    found = segment(source, lang)
    assert [item.text for item in found] == case["want"], case["comment"]
    check_law(source, found)


MARKS = "。！？!?….．—；;，：:“”‘’「」『』《》（）()〔〕【】[]\"'*•#-_ \t\n\r\u3000\u2028\v"
RUNS = "\n\n|\r\n|。”|……|——|a.|U.S.|No. 5|e.g.|1.|（一）|第一条|[3]|他说|发展|會議|𠮷|😀|５Ｇ"
WORDS = "The |word |mRNA |said |Inc. |II. "
PIECES = st.sampled_from([*MARKS, *RUNS.split("|"), *WORDS.split("|")])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.text(max_size=80),
)


HYPHEN_AT_END = re.compile(r"[^\W\d_][-\u2010\u00ad]\s*[\r\n\v\u2028]\s*[a-z]")


def bare(text: str, loose: str) -> str:
    """Return a text without white space and some other characters."""
    return "".join(c for c in text if not c.isspace() and c not in loose)


def check_law(source: Document, found: tuple[Segment, ...]) -> None:
    """Check that segments are sound and give the document back with their gaps."""
    spaces = gaps(source, found)
    text = source.text
    rebuilt = [text[slice(*spaces[0])]]
    for item, space in zip(found, spaces[1:], strict=True):
        rebuilt += [text[slice(*item.span)], text[slice(*space)]]
    assert "".join(rebuilt) == text
    for item in found:
        inner = text[slice(*item.span)]
        paragraph = source.paragraphs[item.paragraph]
        assert inner
        assert inner == inner.strip()
        # a hyphen at a line's end goes where it only broke a word
        loose = "-\u2010\u00ad" if HYPHEN_AT_END.search(inner) else ""
        assert bare(inner, loose) == bare(item.text, loose)
        assert len(item.text.splitlines()) == 1
        assert paragraph.start <= item.span.start < item.span.stop <= paragraph.stop
        assert list(item.soft) == sorted(set(item.soft))
        assert all(0 < at < len(item.text) and item.text[at - 1] in "；;" for at in item.soft)


@given(TEXTS, st.sampled_from(LANGS), st.booleans())
def test_law(text: str, lang: Lang, cut_quotations: bool) -> None:  # noqa: FBT001 - drawn
    """Segments are in order, none is empty, and with the gaps they give the text back."""
    source = document(text)
    check_law(source, segment(source, lang, cut_quotations=cut_quotations))


@given(TEXTS)
def test_law_of_lines(text: str) -> None:
    """The law holds for texts that are already cut; lines and segments are as many."""
    source = document(text)
    found = split_lines(source)
    assert len(found) == sum(bool(line.strip()) for line in text.split("\n"))
    check_law(source, found)


@given(TEXTS, st.sampled_from(LANGS))
def test_no_piece_without_a_word(text: str, lang: Lang) -> None:
    """Marks alone are never cut off from the words on their line."""
    for line in text.splitlines():
        found = segment(document(line.replace("\t", " ")), lang)
        words = [bool(re.search(r"[^\W_]", item.text)) for item in found]
        assert all(words) or len(words) == 1 or re.search(r"[•●■◆▪‣*]", line)


def test_soft_boundaries() -> None:
    """A sentence may be cut behind ； and ;, but not in brackets and not at its end."""
    (first,) = segment(document("一是修路；二是架桥（两座；均为石桥）；三是通水；"), "zh")
    assert first.soft == (5, 19)
    (second,) = segment(document("The first paid; the second (late; but in full) did not."), "en")
    assert second.soft == (15,)


def test_soft_boundaries_behind_a_joined_wrap() -> None:
    """Soft boundaries count in the segment's text, where wraps and blanks are shorter."""
    wrapped = "为了推动本市的科技创新工作，提升企业的自主研发能力和\n" * 3
    (found,) = segment(document(wrapped + "一是修路；  二是架桥。"), "zh")
    (at,) = found.soft
    assert found.text[:at].endswith("一是修路；")
    assert found.text[at:] == " 二是架桥。"


def test_quotations_may_stay_whole() -> None:
    """Sentences inside a quotation stay together if the user wants it."""
    assert texts("他说：“今天不行。明天再来。”我点点头。", "zh", cut_quotations=False) == [
        "他说：“今天不行。明天再来。”",
        "我点点头。",
    ]
    assert texts('He said, "Not today. Come again." I left.', "en", cut_quotations=False) == [
        'He said, "Not today. Come again."',
        "I left.",
    ]


def test_paragraphs_are_numbered() -> None:
    """A segment knows its document, its paragraph and its place in the text."""
    source = document("标题\n\n第一句。第二句。")
    found = segment(source, "zh")
    assert [(item.doc, item.paragraph) for item in found] == [("doc", 0), ("doc", 1), ("doc", 1)]
    assert [source.text[slice(*item.span)] for item in found] == ["标题", "第一句。", "第二句。"]


def test_split_lines_keeps_lines_as_they_are() -> None:
    """A text that is already cut keeps its lines, whatever marks they hold."""
    source = document("第一句。第二句。\r\n\n He  left.\u2028It rained.\n")
    found = split_lines(source)
    assert [item.text for item in found] == ["第一句。第二句。", "He  left. It rained."]
    assert [item.paragraph for item in found] == [0, 1]


def test_gaps_refuse_what_is_no_segmentation() -> None:
    """Segments that leave out text or overlap have no gaps."""
    source = document("第一句。第二句。")
    first, second = segment(source, "zh")
    for wrong in ((first,), (second, first), (first, first, second)):
        with pytest.raises(AlignmentError, match="do not meet"):
            gaps(source, wrong)


def test_marks_in_paragraphs_of_their_own() -> None:
    """A quotation mark between blank lines goes with its sentence, and the law holds."""
    text = "“\n\n明天再来。\n\n”\n\n众人散去。\n\n（\n\n"
    source = Document("doc", text, paragraph_spans(text))
    found = segment(source, "zh")
    assert [item.text for item in found] == ["“明天再来。”", "众人散去。", "（"]
    check_law(source, found)


def test_an_empty_document_has_no_segments() -> None:
    """A document without paragraphs has no segments and one gap."""
    source = document(" \n ")
    assert segment(source, "en") == ()
    assert gaps(source, ()) == (Span(0, 3),)


ODD = [
    '"',
    "“",
    "”",
    "(",
    "（",
    "）",
    ".",
    "—",
    "-",
    "！",
    "？ ",
    "…",
    "\u3000",
    "• ",
    "；",
    "1.",
    "A. ",
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "mark", [*ODD, "（。", "（a。）", "。\n", '"."', '-"', "[1]", "。**", "I.1."]
)
def test_runs_of_marks_are_read_once(mark: str, lang: Lang) -> None:
    """Thirty thousand of any mark are cut like any text: quadratic work would not end."""
    source = document("a" + mark * 30_000 + "a")
    check_law(source, segment(source, lang))


@pytest.mark.parametrize(("lang", "count"), [("zh", 48), ("en", 58)])
def test_seed(lang: Lang, count: int) -> None:
    """The notice that the project starts from is cut as people cut it.

    One headline of the English footer is in two pieces: it has an exclamation mark inside.
    """
    if not SEED.exists():
        pytest.skip("the seed pair lies beside the repository, not in it")
    gold = (SEED / f"notice.sent.{lang}").read_text("utf-8").splitlines()
    found = texts((SEED / f"notice.{lang}.txt").read_text("utf-8"), lang)
    wanted = {"".join(line.split()) for line in gold}
    missing = wanted - {"".join(line.split()) for line in found}
    assert len(found) == count
    assert len(missing) == (lang == "en")
