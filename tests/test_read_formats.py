"""One document in every format and encoding has the same sentences."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pytest

from aligner.bitext import Document
from aligner.formats.documents import Source, parse, read_document
from aligner.segment import segment

CORPORA = Path(__file__).parent.parent / "corpora"
FORMATS = [
    (path.parent.name, path.name.split(".")[1], path.suffix)
    for path in sorted(CORPORA.glob("*/*.*.*"))
    if path.suffix in {".md", ".html", ".docx", ".pdf"}
]
PLAIN = {".txt", ".md", ".html"}
ENCODINGS = {
    "utf-8": b"",
    "utf-8 with mark": codecs.BOM_UTF8,
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-16-le with mark": codecs.BOM_UTF16_LE,
    "utf-16-be with mark": codecs.BOM_UTF16_BE,
    "gb18030": b"",
    "big5": b"",
}


def sentences(document: Document, lang: Any) -> list[str]:  # noqa: ANN401 - a literal
    """Return the text of each segment."""
    return [sentence.text for sentence in segment(document, lang)]


def plain(name: str, lang: str) -> list[str]:
    """Return the sentences of the text that the other formats are made of."""
    return sentences(read_document(CORPORA / name / f"{name}.{lang}.txt"), lang)


@pytest.mark.parametrize(("name", "lang", "suffix"), FORMATS)
def test_every_format_has_the_same_sentences(name: str, lang: str, suffix: str) -> None:
    """What the formats cannot hold alike, such as line ends, makes no other sentence."""
    document = read_document(CORPORA / name / f"{name}.{lang}{suffix}")
    assert sentences(document, lang) == plain(name, lang)


def encoded() -> list[tuple[Path, str, bytes]]:
    """Return the plain samples in each encoding that holds them."""
    found = []
    for name in ("notice.zh", "notice.en", "story.zh"):
        for path in sorted((CORPORA / name.partition(".")[0]).glob(f"{name}.*")):
            if path.suffix not in PLAIN:
                continue
            text = path.read_text(encoding="utf-8")
            for label, mark in ENCODINGS.items():
                try:
                    raw = mark + text.encode(label.partition(" ")[0])
                except UnicodeEncodeError:
                    continue  # Big5 lacks the simplified characters
                found.append((path, label, raw))
    return found


@pytest.mark.parametrize(
    ("path", "label", "raw"),
    [pytest.param(*case, id=f"{case[0].name}-{case[1]}") for case in encoded()],
)
def test_every_encoding_has_the_same_sentences(path: Path, label: str, raw: bytes) -> None:
    """The encoding is found, whatever a page says of itself, and told if it was guessed."""
    name, lang, _ = path.name.split(".")
    codec = label.partition(" ")[0]
    document = parse(Source(raw, path.name))
    assert sentences(document, lang) == plain(name, lang)
    assert document.encoding == codec
    guessed = [note for note in document.notes if not note.startswith("left out")]
    assert bool(guessed) == (codec != "utf-8")
