"""One text in every format that is read as a document, made by hand.

Each function takes paragraphs and returns the bytes of a file, with what such files have
beside the text: styles, numbers, comments, times. They are written after the rules of the
formats, not by our readers, and are as small as they can be.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_OOXML: Final = "http://schemas.openxmlformats.org"
_OFFICE: Final = f"{_OOXML}/officeDocument/2006/relationships"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_PAGES: Final = 3  # slides or chapters
_CUE: Final = 12  # characters of a cue, about


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP package of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def odt(paragraphs: Sequence[str], *, body: str = "") -> bytes:
    """Return an OpenDocument text, with further elements behind the paragraphs."""
    spaces = " ".join(
        f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table", "style")
    )
    lines = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        "<office:automatic-styles/><office:body><office:text>"
        "<text:sequence-decls/>" + lines + body + "</office:text></office:body>"
        "</office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _rels(*relations: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, start=1)
    )
    space = f"{_OOXML}/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def _shape(paragraphs: Sequence[str], holder: str = "") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{escape(t)}</a:t></a:r></a:p>" for t in paragraphs)
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
        f"<p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"
    )


def _parts(paragraphs: Sequence[str], count: int) -> list[Sequence[str]]:
    size = -(-len(paragraphs) // count) or 1
    return [paragraphs[at : at + size] for at in range(0, len(paragraphs), size)]


def pptx(paragraphs: Sequence[str], *, notes: str = "", show: str = "1") -> bytes:
    """Return a presentation of three slides, the first of which may have notes."""
    spaces = (
        f'xmlns:a="{_OOXML}/drawingml/2006/main" xmlns:r="{_OFFICE}"'
        f' xmlns:p="{_OOXML}/presentationml/2006/main"'
    )
    slides = _parts(paragraphs, _PAGES)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    names = [("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _rels(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": (
            f"<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": _rels(*names),
    }
    for number, texts in enumerate(slides, start=1):
        page = _shape([str(number)], '<p:ph type="sldNum"/>')
        shown = f' show="{show}"' if number == 1 else ""
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {spaces}{shown}><p:cSld><p:spTree>{_shape(texts)}{page}</p:spTree></p:cSld>"
            "</p:sld>"
        )
    if notes:
        beside = _rels(("notesSlide", "../notesSlides/n.xml"), ("comments", "../comments/c.xml"))
        parts["ppt/slides/_rels/slide1.xml.rels"] = beside
        parts["ppt/notesSlides/n.xml"] = f"<p:notes {spaces}>{_shape([notes])}</p:notes>"
    return packed(parts)


def epub(paragraphs: Sequence[str]) -> bytes:
    """Return a book of three chapters and a page of contents, the last chapter packed first."""
    chapters = _parts(paragraphs, _PAGES)
    names = [f"c{n}.xhtml" for n in range(1, len(chapters) + 1)]
    head = f'<?xml version="1.0"?><!DOCTYPE html><html xmlns="{_XHTML}"><body>'
    pages = {
        f"OEBPS/text/{name}": head
        + "".join(f"<p>{escape(t)}</p>" for t in texts)
        + "</body></html>"
        for name, texts in zip(names, chapters, strict=True)
    }
    kind = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="{name}" href="text/{name}" {kind}/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("nav", *names))
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
        f'{items}<item id="nav" href="nav.xhtml" properties="nav" {kind}/></manifest>'
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    return packed({
        "mimetype": "application/epub+zip",
        **dict(reversed(pages.items())),
        "OEBPS/nav.xhtml": f"{head}<nav><ol><li>contents</li></ol></nav></body></html>",
        "OEBPS/book.opf": book,
        "META-INF/container.xml": container,
    })  # fmt: skip


def rtf(paragraphs: Sequence[str], *, behind: str = "") -> bytes:
    r"""Return rich text, in Unicode by turns with a Chinese code page, and further code behind."""
    lines = []
    for number, text in enumerate(paragraphs):
        write = _by_page if number % 2 and _is_gbk(text) else _by_number
        lines.append("".join(map(write, text)) + "\\par\n")
    head = (
        "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}"
        "{\\*\\generator by hand;}{\\info{\\title no text}}\\uc1\\pard\\f0\n"
    )
    return (head + "".join(lines) + behind + "}").encode("ascii")


def _is_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _by_page(character: str) -> str:
    raw = character.encode("gbk")
    if len(raw) == 1:
        return _plain(character)
    second = chr(raw[1]) if chr(raw[1]).isalnum() and raw[1] < 128 else f"\\'{raw[1]:02x}"
    return f"\\'{raw[0]:02x}{second}"


def _by_number(character: str) -> str:
    if character.isascii():
        return _plain(character)
    units = character.encode("utf-16-le")
    codes = [
        int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)
    ]
    return "".join(f"\\u{code}?" for code in codes)


def _plain(character: str) -> str:
    return {"\n": "\\line ", "\t": "\\tab "}.get(character) or (
        f"\\{character}" if character in "{}\\" else character
    )


def cues(paragraphs: Sequence[str], kind: str = "srt") -> bytes:
    """Return subtitles as `srt`, `vtt` or `ass`: each paragraph over several cues."""
    shown: list[tuple[float, str]] = []
    at = 0.0
    for text in paragraphs:
        for piece in _pieces(text):
            shown.append((at, piece))
            at += 2
        at += 9  # a pause
    write = {"srt": _srt, "vtt": _vtt, "ass": _ass}[kind]
    return write(shown).encode()


def _pieces(text: str) -> list[str]:
    """Cut a text where a line of a subtitle may end: at blanks, or in Chinese anywhere."""
    if text.isascii() or " " in text.strip()[:20]:
        words = text.split()
        return [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    return re.findall(rf".{{1,{_CUE}}}[0-9A-Za-z]*", text)  # not within a number


def _time(seconds: float, mark: str) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}000"


def _srt(shown: Sequence[tuple[float, str]]) -> str:
    return "".join(
        f"{n}\n{_time(at, ',')} --> {_time(at + 2, ',')}\n<i>{text}</i>\n\n"
        for n, (at, text) in enumerate(shown, start=1)
    )


def _vtt(shown: Sequence[tuple[float, str]]) -> str:
    return "WEBVTT\n\nNOTE made by hand\n\n" + "".join(
        f"cue {n}\n{_time(at, '.')} --> {_time(at + 2, '.')} align:start\n<v A>{escape(text)}\n\n"
        for n, (at, text) in enumerate(shown, start=1)
    )


def _ass(shown: Sequence[tuple[float, str]]) -> str:
    columns = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    return (
        f"[Script Info]\nTitle: by hand\n\n[V4+ Styles]\n\n[Events]\nFormat: {columns}\n"
        + "".join(
            f"Dialogue: 0,{_time(at, '.')[1:-1]},{_time(at + 2, '.')[1:-1]},Default,A,0,0,0,,"
            f"{{\\i1}}{text}\n"
            for at, text in shown
        )
    )


def po(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Return translations of messages, with a header and comments."""
    rows = "".join(
        f"#: main.c:{n}\nmsgid {_quoted(message)}\nmsgstr {_quoted(text)}\n\n"
        for n, (message, text) in enumerate(pairs, start=1)
    )
    return ('msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\n' + rows).encode()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def xlsx(paragraphs: Sequence[str]) -> bytes:
    """Return a workbook of one column, with a head and numbers beside."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["序号", "原文", "备注"])
    for number, text in enumerate(paragraphs, start=1):
        book.active.append([number, text, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MADE: Final[Mapping[str, Callable[[Sequence[str]], bytes]]] = {
    "odt": odt,
    "pptx": pptx,
    "epub": epub,
    "rtf": rtf,
    "srt": cues,
    "vtt": lambda paragraphs: cues(paragraphs, "vtt"),
    "ass": lambda paragraphs: cues(paragraphs, "ass"),
    "xlsx": xlsx,
    "doc": rtf,
}
