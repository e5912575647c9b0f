"""Files in two languages: their sides come apart, in order and complete."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from case_files import load_cases
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Document
from aligner.errors import LanguageError
from aligner.formats.documents import Source, parse, read_document
from aligner.formats.mixed_document import is_mixed, split_sides

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
ZH = ["便民书屋规定", "各区应当在三年内建成便民书屋。", "2024年", "书屋免费开放，GDP不作考核。"]
EN = [
    "Rules on Book Rooms",
    "Every district shall open a book room within three years.",
    "2024",
    "Book rooms are free of charge, and GDP is not assessed.",
]


def read(text: str | bytes, name: str = "a.txt") -> Document:
    """Read a text under a name."""
    return parse(Source(text.encode() if isinstance(text, str) else text, name))


def paragraphs(document: Document) -> list[str]:
    """Return the text of each paragraph."""
    return [document.text[slice(*span)] for span in document.paragraphs]


@pytest.mark.parametrize("case", load_cases("read_mixed.jsonl"))
def test_sides_come_apart(case: dict[str, Any]) -> None:
    """Paragraphs, lines and cells go to the side of their language or of their turn."""
    zh, en = split_sides(read(case["input"]["text"], case["input"]["name"]))
    assert [paragraphs(zh), paragraphs(en)] == [case["wanted"]["zh"], case["wanted"]["en"]]


def word_table() -> bytes:
    """Return a Word document with a table of two columns."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for zh, en in zip(ZH, EN, strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = zh, en
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


ROWS = list(zip(ZH, EN, strict=True))
HTML = "".join(f"<tr><td>{zh}</td><td>{en}</td></tr>" for zh, en in ROWS)
MD = "| 中文 | English |\n|-|-|\n" + "".join(f"| {zh} | {en} |\n" for zh, en in ROWS)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (word_table(), "a.docx"),
        (f"<html><body><table>{HTML}</table></body></html>".encode(), "a.html"),
        ("\n\n".join(text for row in ROWS for text in row).encode(), "a.txt"),
        ("\n".join(text for row in ROWS for text in row).encode("gb18030"), "a.txt"),
        ("\n".join("\t".join(row) for row in ROWS).encode("utf-16"), "a.txt"),
    ],
    ids=["docx", "html", "paragraphs", "lines", "tabs"],
)
def test_every_layout_gives_the_same_sides(raw: bytes, name: str) -> None:
    """A table and alternate paragraphs or lines hold the same two texts."""
    document = read(raw, name)
    assert is_mixed(document)
    zh, en = split_sides(document)
    assert paragraphs(zh) == ZH
    assert paragraphs(en) == EN
    assert (zh.source, en.source, zh.encoding) == (name, name, document.encoding)
    assert (zh.id, en.id) == ("a.zh", "a.en")


def test_two_halves_are_split() -> None:
    """One text after the other is split in the middle; a bare number goes to both."""
    zh, en = split_sides(read("\n\n".join([*ZH, *EN])))
    assert (paragraphs(zh), paragraphs(en)) == ([*ZH, "2024"], EN)


def test_markdown_table_is_split() -> None:
    """The head of the table is a row like the others."""
    zh, en = split_sides(read(MD, "a.md"))
    assert (paragraphs(zh)[:2], paragraphs(en)[:2]) == (["中文", ZH[0]], ["English", EN[0]])


@pytest.mark.parametrize("folder", ["notice", "news", "regulation", "story"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_document_in_one_language_is_not_mixed(folder: str, lang: str) -> None:
    """Latin names in a Chinese text and Han characters in an English one do not matter."""
    document = read_document(CORPORA / folder / f"{folder}.{lang}.txt")
    assert not is_mixed(document)
    with pytest.raises(LanguageError, match=r"holds only|does not hold both") as caught:
        split_sides(document)
    assert caught.value.hint


def test_abstract_does_not_make_a_paper_mixed() -> None:
    """A Chinese paper with an English abstract is Chinese."""
    body = "\n\n".join("本文研究城市书屋的开放时间与读者数量之间的关系。" * 3 for _ in range(20))
    assert not is_mixed(read(f"{body}\n\nAbstract: This paper studies book rooms in cities."))


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(ZH[:2] + ZH[3:]), min_size=1, max_size=3, unique=True),
            st.lists(st.sampled_from(EN[:2] + EN[3:]), min_size=1, max_size=3, unique=True),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_nothing_is_lost_or_moved(rows: list[tuple[list[str], list[str]]], joiner: str) -> None:
    """Sentences of both sides come back in their order, whatever the turns."""
    document = read(joiner.join(text for row in rows for side in row for text in side))
    if not is_mixed(document):
        return
    zh, en = split_sides(document)
    for number, side in enumerate((zh, en)):
        wanted = [text for row in rows for text in row[number]]
        assert [line for text in paragraphs(side) for line in text.split("\n")] == wanted
