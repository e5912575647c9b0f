"""Documents of office programs, books, subtitles and workbooks: the text that a reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.bitext import Document
from aligner.formats.documents import Source, parse, read_document
from aligner.segment import segment
from aligner.span import Lang
from helpers.made_documents import MADE

CORPORA = Path(__file__).parent.parent / "corpora"
TEXTS: tuple[tuple[str, Lang], ...] = (
    ("news", "zh"),
    ("news", "en"),
    ("story", "zh"),
    ("story", "en"),
)


def sentences(document: Document, lang: Lang) -> list[str]:
    """Return the text of each sentence."""
    return [one.text for one in segment(document, lang)]


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize(("name", "lang"), TEXTS)
def test_every_format_has_the_sentences_of_the_text(form: str, name: str, lang: Lang) -> None:
    """A sample in each format has the same sentences as the plain text."""
    plain = read_document(CORPORA / name / f"{name}.{lang}.txt")
    paragraphs = [line.strip() for line in plain.text.split("\n") if line.strip()]
    read = parse(Source(MADE[form](paragraphs), f"a.{form}"))
    assert sentences(read, lang) == sentences(plain, lang)
