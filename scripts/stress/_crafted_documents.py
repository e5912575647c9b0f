"""Crafted documents of the formats that `made_documents` makes: each the worst of its kind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from _formats import Input

sys.path.append(str(Path(__file__).resolve().parents[1]))

Made = Iterator[tuple[str, bytes]]
PARAGRAPH = "<text:p>会议于上午九时开始。</text:p>"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
SLIDES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    made: dict[str, Callable[[], Made]] = {
        "odt": _odt, "pptx": _pptx, "epub": _epub, "rtf": _rtf, "srt": _srt, "vtt": _vtt,
        "ass": _ass, "po": _po,
    }  # fmt: skip
    for form, make in made.items():
        if form in forms:
            yield from (Input(f"{form}: {name}", form, raw) for name, raw in make())


def _odt() -> Made:
    from helpers.made_documents import odt

    yield "100,000 paragraphs", odt([], body=PARAGRAPH * 100_000)
    yield "empty paragraphs", odt([], body="<text:p/>" * 600_000)
    yield "blanks", odt(["甲"], body='<text:p><text:s text:c="99999999"/></text:p>' * 90_000)
    yield "a text of 9 MB", odt([], body=f"<text:p>{'会' * 9_000_000}</text:p>")
    yield "paragraphs in paragraphs", odt([], body="<text:p>" * 240 + "甲" + "</text:p>" * 240)
    tables = "<table:table>" * 240 + PARAGRAPH + "</table:table>" * 240
    yield "tables in tables", odt([], body=tables)
    notes = f"<text:note><text:note-body>{PARAGRAPH}</text:note-body></text:note>"
    yield "notes", odt([], body=f"<text:p>{notes * 60_000}</text:p>")
    cell = f"<table:table-cell>{PARAGRAPH * 60_000}</table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    yield "a cell of many paragraphs", odt([], body=f"<table:table>{row}</table:table>")
    yield "pieces", odt([], body=f"<text:p>{'a<text:span/>' * 200_000}</text:p>")


def _pptx() -> Made:
    from helpers.made_documents import packed, pptx

    yield "100,000 paragraphs", pptx(["会议于上午九时开始。"] * 100_000)
    ids = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(4_000))
    text = f"<a:p><a:r><a:t>{'会' * 900_000}</a:t></a:r></a:p>"

    def many(target: str, kind: str, slides: int) -> bytes:
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        beside = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
        names = "".join(
            f'<Relationship Id="r{n}" Type="x/slide" Target="s{n % slides}.xml"/>'
            for n in range(4_000)
        )
        parts = {
            "[Content_Types].xml": "<a/>",
            "ppt/presentation.xml": f"<p:presentation {SLIDES}>{ids}</p:presentation>",
            "ppt/_rels/presentation.xml.rels": f"{RELATIONS}{names}</Relationships>",
            "ppt/big.xml": f"<p:notes {SLIDES}>{text}</p:notes>",
        }
        for n in range(slides):
            parts[f"ppt/s{n}.xml"] = f"<p:sld {SLIDES}/>"
            parts[f"ppt/_rels/s{n}.xml.rels"] = f"{RELATIONS}{beside}</Relationships>"
        return packed(parts)

    yield "one slide again and again", many("big.xml", "notesSlide", 1)
    yield "notes of all slides in one part", many("big.xml", "notesSlide", 4_000)
    yield "a diagram of all slides", many("big.xml", "diagramData", 4_000)
    yield "a slide that is its own notes", many("s0.xml", "notesSlide", 1)


def _epub() -> Made:
    from helpers.made_documents import epub, packed

    yield "100,000 paragraphs", epub(["会议于上午九时开始。"] * 100_000)
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    kind = 'media-type="application/xhtml+xml"'
    again = '<itemref idref="a"/>' * 300_000
    item = f'<item id="a" href="a.xhtml" {kind}/>'
    page = "<p>" + "会" * 900_000 + "</p>"
    books = {
        "one page again and again": f"{item}<spine>{again}</spine>",
        "a list of 20 MB": f"{item * 400_000}<spine>{again}</spine>",
        "a page out of the book": f'<item id="a" href="../../etc/passwd" {kind}/>{again}',
    }
    for name, book in books.items():
        parts = {"META-INF/container.xml": container, "a.xhtml": page}
        yield name, packed({**parts, "b.opf": f"<package>{book}</package>"})
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" {kind}/><itemref idref="{n}"/>' for n in range(4_000)
    )
    locks = "".join(f'<CipherReference URI="x{n}"/>' for n in range(100_000))
    pages = {f"{n}.xhtml": f"<p>第{n}页。</p>" for n in range(4_000)}
    book = f"<package>{items}</package>"
    whole = {"META-INF/container.xml": container, "b.opf": book, **pages}
    locked = {**whole, "META-INF/encryption.xml": f"<a>{locks}</a>"}
    yield "4,000 pages and many locks", packed(locked)
    yield "a deep page", packed({**whole, "0.xhtml": "<div>" * 90_000})


def _rtf() -> Made:
    head, tail = rb"{\rtf1\ansi\ansicpg936 a", b"}"
    for name, body in (
        ("groups in groups", b"{" * 3_000_000),
        ("groups", b"{}" * 3_000_000),
        ("properties", rb"\v0\v1" * 2_000_000),
        ("characters", rb"\u20057?" * 3_000_000),
        ("bytes", rb"\'d6\'d0" * 5_000_000),
        ("single bytes", rb"\'d6 " * 5_000_000),
        ("paragraphs", rb"\par a" * 2_000_000),
        ("notes", rb"{\footnote a}" * 400_000),
        ("pictures", rb"{\pict\bin2147483647 }" * 100_000),
        ("a picture", b"{\\pict " + b"ff" * 30 + b"\n" * 1_000_000 + b"}b"),
        ("fonts", rb"{\fonttbl" + rb"{\f1\fcharset134 a;}" * 300_000 + b"}b"),
        ("cells", rb"\trowd\intbl a\cell\row" * 300_000),
        ("numbers", rb"{\listtext 1.}" * 400_000),
        ("links", rb"{\field{\*\fldinst HYPERLINK " * 60_000),
    ):
        yield name, head + body + tail


def _srt() -> Made:
    times = "00:00:01,000 --> 00:00:02,000\n"
    yield "120,000 cues", f"1\n{times}会议开始。\n\n".encode() * 120_000
    yield "a cue of 400,000 lines", (times + "a.\n" * 400_000).encode()
    yield "blank lines", (times + "\n" * 400_000 + times + "a.").encode()
    yield "many lines", (times + "\n" * 9_000_000).encode()
    for sign in ("<", "<i", "{", "{a", "&", "&#", "<a ", "<00:"):
        yield f"{sign} again and again", (times + sign * 3_000_000 + "会议开始。").encode()
    yield "a long line of times", ("00:00:01,000 --> " * 900_000 + "\n" + times + "a").encode()


def _vtt() -> Made:
    yield from ((name, b"WEBVTT\n\n" + raw) for name, raw in _srt())


def _ass() -> Made:
    event = "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,"
    yield "120,000 cues", ("[Events]\n" + f"{event}会议开始。\n" * 120_000).encode()
    yield "commas", f"[Events]\n{event}{',' * 9_000_000}".encode()
    yield "columns", f"[Events]\nFormat: {'Text,' * 900_000}Start,End\n{event}a".encode()
    yield "sections", ("[a" * 3_000_000 + f"\n[Events]\n{event}a").encode()
    yield "overrides", f"[Events]\n{event}{'{a' * 3_000_000}".encode()


def _po() -> Made:
    unit = 'msgid "Open"\nmsgstr "打开"\n\n'
    yield "120,000 messages", (unit * 120_000).encode()
    yield "400,000 messages", (unit * 400_000).encode()
    yield "a message of many lines", ('msgid ""\n' + '"a"\n' * 4_900 + 'msgstr "甲"\n').encode()
    yield "comments", ("# a\n" * 300_000 + unit).encode()
    yield "flags", ("#, fuzzy\n" * 300_000 + unit).encode()
    yield "forms", (unit + 'msgid "a"\nmsgid_plural "b"\n' + 'msgstr[0] "甲"\n' * 300_000).encode()
    yield "a message of 9 MB", ('msgid "Open"\nmsgstr "' + "开" * 9_000_000 + '"\n').encode()
    yield "marks", ('msgid "Open"\nmsgstr "' + "\\" * 9_000_000 + '"\n').encode()
    yield "a name of a file", b"/etc/passwd"
