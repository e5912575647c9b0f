"""Ways of writing a Chinese term that are one to the glossary."""

from __future__ import annotations

import pytest

from aligner.glossary.entries import Entry, Glossary, Target
from aligner.glossary.matcher import Matcher


def found(term: str, text: str) -> list[str]:
    """Return the stretches of a text that a term is found in."""
    matcher = Matcher(Glossary((Entry(term, (Target("word"),)),)))
    return [text[slice(*match.span)] for match in matcher.find(text)]


@pytest.mark.parametrize(
    ("term", "text", "place"),
    [
        ("商标权", "保护商标 权。", "商标 权"),
        ("商标权", "保护商标\u3000权。", "商标\u3000权"),
        ("MRI检查", "预约 MRI 检查。", "MRI 检查"),
        ("3型支架", "３ 型支架", "３ 型支架"),
        ("约翰·史密斯", "约翰•史密斯来了", "约翰•史密斯"),
        ("约翰·史密斯", "约翰・史密斯来了", "约翰・史密斯"),
        ("约翰•史密斯", "約翰‧史密斯來了", "約翰‧史密斯"),
        ("约翰·史密斯", "约翰．史密斯来了", "约翰．史密斯"),
        ("约翰·史密斯", "约翰.史密斯来了", "约翰.史密斯"),
    ],
)
def test_blanks_and_the_kind_of_dot_do_not_count(term: str, text: str, place: str) -> None:
    """The place is that of the user's own text, blank included."""
    assert found(term, text) == [place]


def test_a_blank_between_latin_words_counts() -> None:
    """`A 5G` is two words, and has no A5G."""
    assert found("A5G网", "A 5G网") == []
