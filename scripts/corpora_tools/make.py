#!/usr/bin/env python3
"""Make the Markdown, HTML, Word and PDF copies of the sample documents in corpora/.

The `.txt` files are written by hand and are the only source; everything that
this script writes can be thrown away and made again:

    python scripts corpora_tools.make            # into corpora/
    python scripts corpora_tools.make --into DIR # somewhere else, to compare
    python scripts corpora_tools.make --pdf      # the PDF too; needs LibreOffice

The web pages carry furniture around the text, as real sites do, so that readers
have something to remove (_sites.py).

Two runs give the same bytes: Word files get fixed dates, and their zip members are
rewritten in order of name, since python-docx stamps them with the clock. The PDF is
another each time: LibreOffice dates it, and takes the fonts that it finds.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from corpora_tools._sites import PAGES, SITES, Site

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
STAMP = datetime(2024, 5, 17, 9, 0, 0, tzinfo=UTC)
FAR_RIGHT = 10  # a line that is indented by so many blanks is a signature
HEADING = re.compile(r"(第[一二三四五六七八九十]+章|[一二三四五六七]、|Chapter [IVX]+ |[IVX]+\. )")
ANNEX = "附件"
PDF_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"}}'  # half the size
)
RUNNING = {"zh": ("云澜市政务文件", "第1页"), "en": ("Yunlan official papers", "Page 1")}


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of documents and the formats that it is kept in beside `.txt`."""

    name: str
    formats: tuple[str, ...]
    titles: tuple[int, ...] = (0,)  # which paragraphs are titles, counted from 0
    pdf: bool = False  # whether the Word files are printed to PDF


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and what it is: title, heading, signature or text."""

    kind: str
    text: str


SAMPLES = (
    Sample("notice", ("md", "html", "docx"), titles=(0, 8), pdf=True),
    Sample("news", ("html",)),
    Sample("regulation", ("md", "docx")),
    Sample("story", ("md",)),
)


def blocks(text: str, titles: tuple[int, ...]) -> list[Block]:
    """Return the paragraphs of a sample with their kinds.

    Paragraphs are set apart by blank lines, inside which lines are hard-wrapped;
    in a text without blank lines every line is a paragraph.
    """
    raw = text.split("\n\n") if "\n\n" in text else text.splitlines()
    lines = [" ".join(line.strip() for line in part.splitlines()) for part in raw if part.strip()]
    found = []
    for number, (line, part) in enumerate(zip(lines, raw, strict=True)):
        kind = "text"
        if number in titles or ANNEX in lines[max(number - 1, 0) : number + 1]:
            kind = "title"
        elif HEADING.match(line) and line not in lines[number + 1 :]:
            kind = "heading"  # the same line further down: this one is a table of contents
        elif len(part) - len(part.lstrip()) >= FAR_RIGHT:
            kind = "signature"
        found.append(Block(kind, line))
    return found


def markdown(paragraphs: list[Block]) -> str:
    """Return the text as Markdown."""
    marks = {"title": "# ", "heading": "## "}
    return "\n\n".join(marks.get(b.kind, "") + b.text for b in paragraphs) + "\n"


def web_page(paragraphs: list[Block], site: Site, lang: str) -> str:
    """Return the text as a page of a web site, furniture and all."""
    tags = {"title": "h1", "heading": "h2"}
    indent = "　　" if lang == "zh" and site.template == "office" else ""
    body = []
    for b in paragraphs:
        tag = tags.get(b.kind, "p")
        style = ' style="text-align: right"' if b.kind == "signature" else ""
        space = indent if b.kind == "text" else ""
        body.append(f"<{tag}{style}>{space}{escape(b.text, quote=False)}</{tag}>")
    return PAGES[site.template].substitute(
        {key: escape(word) for key, word in site.words.items()},
        lang={"zh": "zh-CN", "en": "en"}[lang],
        title=escape(paragraphs[0].text),
        site=site.name,
        body="\n".join(body),
        menu=_links(site.menu, "li"),
        path=" &gt; ".join(f'<a href="#">{step}</a>' for step in site.path),
        share=_links(site.share, "span"),
        related=_links(site.related, "li"),
        footer="\n".join(f"<p>{escape(line)}</p>" for line in site.footer),
    )


def _links(labels: tuple[str, ...], tag: str) -> str:
    """Return one linked element a line."""
    return "\n".join(f'<{tag}><a href="#">{escape(label)}</a></{tag}>' for label in labels)


def word_file(paragraphs: list[Block], lang: str) -> bytes:
    """Return the text as a Word file, with a running header and footer."""
    document = docx.Document()
    _set_font(document.styles["Normal"])
    for b in paragraphs:
        if b.kind in {"title", "heading"}:
            document.add_heading(b.text, level=1 if b.kind == "title" else 2)
            continue
        paragraph = document.add_paragraph(b.text)
        if b.kind == "signature":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = RUNNING[lang]
    facts = document.core_properties
    facts.author, facts.title, facts.comments = "", paragraphs[0].text, ""
    facts.created = facts.modified = STAMP
    raw = io.BytesIO()
    document.save(raw)
    return _without_clock(raw.getvalue())


def _set_font(style: docx.styles.style.ParagraphStyle) -> None:
    """Name a font for Latin and one for Chinese letters."""
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")


def _without_clock(raw: bytes) -> bytes:
    """Return a zip file with the same members, in order of name and with a fixed date.

    `[Content_Types].xml` sorts first, as the format wants.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same number on every platform
            new.writestr(member, old.read(name))
    return out.getvalue()


def make(sample: Sample, lang: str, into: Path) -> None:
    """Write all copies of one side of a sample."""
    stem = f"{sample.name}.{lang}"
    text = (CORPORA / sample.name / f"{stem}.txt").read_text(encoding="utf-8")
    paragraphs = blocks(text, sample.titles)
    folder = into / sample.name
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in sample.formats:
        if suffix == "md":
            raw = markdown(paragraphs).encode()
        elif suffix == "html":
            raw = web_page(paragraphs, SITES[sample.name, lang], lang).encode()
        else:
            raw = word_file(paragraphs, lang)
        (folder / f"{stem}.{suffix}").write_bytes(raw)


def print_pdf(word: Path) -> None:
    """Write a Word file as PDF beside it."""
    command = ["soffice", "--headless", "--convert-to", PDF_FILTER, "--outdir"]
    subprocess.run([*command, word.parent, word], check=True, capture_output=True)


def main() -> None:
    """Write the copies of all samples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--into", type=Path, default=CORPORA, help="folder to write to")
    parser.add_argument("--pdf", action="store_true", help="also write the PDF, by LibreOffice")
    options = parser.parse_args()
    for sample in SAMPLES:
        for lang in ("zh", "en"):
            make(sample, lang, options.into)
            if options.pdf and sample.pdf:
                print_pdf(options.into / sample.name / f"{sample.name}.{lang}.docx")


if __name__ == "__main__":
    main()
