"""What a format is for the stress test: sample files, and all that reads them.

Samples are made by our own writers from corpora/. Whatever is read is gone through to
its end, and documents are split into sides and sentences, as the commands do.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import polars as pl

from aligner.bitext import Bitext, Document
from aligner.check.baseline.accepted import Accepted
from aligner.check.baseline.baseline_file import read_baseline
from aligner.check.baseline.baseline_text import as_jsonl, as_toml
from aligner.errors import AlignerError, LanguageError
from aligner.formats.bitexts import read_bitext
from aligner.formats.documents import read_document
from aligner.formats.glossaries import read_glossary, write_glossary
from aligner.formats.mixed_document import split_sides
from aligner.formats.outputs import write_bitext
from aligner.formats.validate import validate
from aligner.pair import detect
from aligner.pairing.manifest import read_manifest
from aligner.scoring import read_align
from aligner.segment import segment

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
# What documents have beside paragraphs.
ODT_PARTS = (
    "<table:table><table:table-row><table:table-cell><text:p>原文</text:p></table:table-cell>"
    "<table:covered-table-cell/></table:table-row></table:table><text:list><text:list-item>"
    "<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注"
    '</text:p></text:note-body></text:note><text:s text:c="9"/><text:tab/></text:p>'
    '</text:list-item></text:list><text:list-style style:name="L"><text:list-level-style-number'
    ' text:level="1" style:num-format="a" style:num-suffix=")" text:display-levels="3"/>'
    '</text:list-style><text:list text:style-name="L"><text:list-item text:start-value="9">'
    "<text:p>乙</text:p></text:list-item></text:list>"
)
RTF_PARTS = (
    "{\\footnote \\chftn a note}\\trowd\\intbl a\\cell b\\cell\\row\\pard{\\pict\\bin3 abc}"
    "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}{\\v hidden}\\u-10179?\\u-8704?"
    "{\\listtext 1.\\tab}{\\*\\shpinst{\\shptxt box}}"
)
PO_PARTS = (
    b'#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "%d file"\nmsgid_plural "%d files"\n'
    b'msgstr[0] "c"\n\n#~ msgid "d"\n#~ msgstr "e"\n'
)
NAME = "a"  # of every input, so that the texts of a file of links are found beside it


class Input(NamedTuple):
    """A file to read, with those beside it."""

    name: str  # of the case
    form: str  # one of `FORMS`
    raw: bytes
    beside: tuple[tuple[str, bytes], ...] = ()  # suffixes and bytes


def read_text(path: Path) -> None:
    """Read a document, find its language and cut it into sentences."""
    document = read_document(path)
    sides: tuple[Document, ...] = (document,)
    with suppress(LanguageError):  # not of two languages
        sides = split_sides(document)
    for side in sides:
        with suppress(AlignerError):  # of a third language
            segment(side, detect(side))


def read_units(path: Path) -> None:
    """Read a bitext as a whole."""
    for _ in read_bitext(path).units():
        pass


def read_moses(path: Path) -> None:
    """Read a pair of texts as a bitext."""
    for _ in read_bitext(path, from_="moses").units():
        pass


class Form(NamedTuple):
    """A format: what its files are called, and what reads them, one after the other."""

    suffix: str
    reads: tuple[Callable[[Path], object], ...]


FORMS = {
    "txt": Form(".txt", (read_text,)),
    "md": Form(".md", (read_text,)),
    "html": Form(".html", (read_text,)),
    "docx": Form(".docx", (read_text,)),
    "pdf": Form(".pdf", (read_text,)),
    "doc": Form(".doc", (read_text,)),
    "odt": Form(".odt", (read_text,)),
    "rtf": Form(".rtf", (read_text,)),
    "pptx": Form(".pptx", (read_text,)),
    "epub": Form(".epub", (read_text,)),
    "srt": Form(".srt", (read_text,)),
    "vtt": Form(".vtt", (read_text,)),
    "ass": Form(".ass", (read_text,)),
    "cells": Form(".xlsx", (read_text,)),
    "po": Form(".po", (read_units,)),
    "tmx": Form(".tmx", (validate, read_units)),
    "xliff12": Form(".xlf", (validate, read_units)),
    "xliff20": Form(".xlf", (validate, read_units)),
    "sdlxliff": Form(".sdlxliff", (validate, read_units)),
    "mqxliff": Form(".mqxliff", (validate, read_units)),
    "tsv": Form(".tsv", (validate, read_units)),
    "csv": Form(".csv", (validate, read_units)),
    "jsonl": Form(".jsonl", (validate, read_units)),
    "parquet": Form(".parquet", (validate, read_units)),
    "xlsx": Form(".xlsx", (validate, read_units)),
    "align": Form(".align", (read_align, validate, read_units)),
    "glossary-xlsx": Form(".xlsx", (read_glossary,)),
    "glossary-csv": Form(".csv", (read_glossary,)),
    "glossary-tsv": Form(".tsv", (read_glossary,)),
    "tbx2": Form(".tbx", (validate, read_glossary)),
    "tbx3": Form(".tbx", (validate, read_glossary)),
    "baseline": Form(".toml", (read_baseline,)),
    "baseline-jsonl": Form(".jsonl", (read_baseline,)),
    "manifest-csv": Form(".csv", (read_manifest,)),
    "manifest-tsv": Form(".tsv", (read_manifest,)),
    "manifest-xlsx": Form(".xlsx", (read_manifest,)),
    "manifest-parquet": Form(".parquet", (read_manifest,)),
    "moses": Form(".zh", (validate, read_moses)),
}
ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "gb18030", "big5")
ZIPPED = frozenset(
    {"docx", "odt", "pptx", "epub", "cells", "xlsx", "glossary-xlsx", "manifest-xlsx"}
)
XML = frozenset({"tmx", "xliff12", "xliff20", "sdlxliff", "mqxliff", "tbx2", "tbx3", "html"})
TEXTS = XML | {
    "txt", "md", "tsv", "csv", "jsonl", "align", "glossary-csv", "glossary-tsv", "baseline",
    "baseline-jsonl", "manifest-csv", "manifest-tsv", "moses", "doc", "rtf", "srt", "vtt", "ass",
    "po",
}  # fmt: skip


def samples() -> dict[str, list[Input]]:
    """Return sample files by their format."""
    found: dict[str, list[Input]] = {form: [] for form in FORMS}
    for one in (*_documents(), *_made(), *_bitexts(), *_termbases(), *_tables()):
        found[one.form].append(one)
    return found


def _documents() -> Iterator[Input]:
    for path in sorted(CORPORA.rglob("*")):
        form = path.suffix.removeprefix(".")
        if form in {"txt", "md", "html", "docx", "pdf"} and path.name != "README.md":
            yield Input(path.name, form, path.read_bytes())


def _made() -> Iterator[Input]:
    """Yield samples that are made here: they are in no folder."""
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    from helpers.made_documents import MADE, odt, po, pptx, rtf

    for lang in ("zh", "en"):
        text = (CORPORA / f"news/news.{lang}.txt").read_text("utf-8")
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        for form, make in MADE.items():
            name = "cells" if form == "xlsx" else form
            yield Input(f"made {name} {lang}", name, make(paragraphs))
    yield Input("parts of odt", "odt", odt(["原文"], body=ODT_PARTS))
    yield Input("parts of rtf", "rtf", rtf(["原文"], behind=RTF_PARTS))
    yield Input("parts of pptx", "pptx", pptx(["原文", "Text"], notes="说明"))
    yield Input("messages", "po", po([("Open", "打开"), ('One "file"', "一个文件\n")]) + PO_PARTS)


def _bitexts() -> Iterator[Input]:
    texts = [
        (f".{side}", (CORPORA / f"news/news.sent.{side}").read_bytes()) for side in ("zh", "en")
    ]
    value = read_bitext(CORPORA / "news" / "news.sent.align")
    for form in ("tmx", "xliff12", "xliff20", "tsv", "csv", "jsonl", "parquet", "xlsx", "align"):
        raw = _written(value, form)
        yield Input(form, form, raw, tuple(texts) if form == "align" else ())
        if form == "xliff12":
            yield Input("sdlxliff", "sdlxliff", _segmented(raw))
            yield Input("mqxliff", "mqxliff", raw)
    yield Input("moses", "moses", texts[0][1], (texts[1],))


def _written(value: Bitext, form: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}{FORMS[form].suffix}"
        write_bitext(value, path, to=form)
        return path.read_bytes()


def _segmented(raw: bytes) -> bytes:
    """Return XLIFF 1.2 with its segments marked, as Trados Studio has them."""
    for name, segmented in ((b"source", b"seg-source"), (b"target", b"target")):
        parts = raw.split(b"<" + name)
        for number in range(1, len(parts)):
            head, mark, rest = parts[number].partition(b">")
            text, end, tail = rest.partition(b"</" + name + b">")
            whole = b"<" + segmented + head + mark + b'<mrk mtype="seg" mid="1">' + text
            whole += b"</mrk></" + segmented + b">" + tail
            first = b"<source>" + text + b"</source>" if name == b"source" else b""
            parts[number] = first + whole if end else b"<" + name + parts[number]
        raw = b"".join(parts)
    return raw


def _termbases() -> Iterator[Input]:
    words = read_glossary(CORPORA / "glossary.csv")
    names = {"xlsx": "glossary-xlsx", "csv": "glossary-csv", "tsv": "glossary-tsv"}
    names |= {"tbx2": "tbx2", "tbx": "tbx3"}
    with tempfile.TemporaryDirectory() as folder:
        for to, form in names.items():
            path = Path(folder) / f"{to}{FORMS[form].suffix}"
            write_glossary(words, path, to=to)
            yield Input(form, form, path.read_bytes())


def _tables() -> Iterator[Input]:
    entries = [Accepted("湿地", f"wetland {n}", f"reason {n}", doc="d") for n in range(8)]
    yield Input("baseline", "baseline", as_toml(entries).encode())
    yield Input("baseline-jsonl", "baseline-jsonl", as_jsonl(entries).encode())
    rows = [(f"第{n}章.txt", f"chapter {n}.txt", f"c{n}") for n in range(30)]
    head = ("original", "translation", "id")
    for form, mark in (("manifest-csv", ","), ("manifest-tsv", "\t")):
        text = io.StringIO()
        csv.writer(text, delimiter=mark).writerows([head, *rows])
        yield Input(form, form, text.getvalue().encode())
    frame = pl.DataFrame(rows, schema=list(head), orient="row")
    for form in ("manifest-xlsx", "manifest-parquet"):
        raw = io.BytesIO()
        (frame.write_excel if form.endswith("xlsx") else frame.write_parquet)(raw)
        yield Input(form, form, raw.getvalue())
