"""Word documents: paragraphs and table cells in document order, then the notes.

python-docx opens the package; the text is taken from its XML in one pass, since
`Paragraph.text` leaves out what stands in content controls, in text boxes and in
insertions. Tracked changes are read as accepted: deletions are left out,
insertions kept. A merged cell is read once. Left out are headers and footers,
comments, hidden text and the numbers that Word counts by itself.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.read.sniff import kind_of
from aligner.read.source import Source, document_from_blocks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _tags(names: str) -> frozenset[str]:
    return frozenset(f"{_W}{name}" for name in names.split())


_TEXT_TAGS = frozenset({f"{_W}t", f"{_M}t"})
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
# Properties, field codes, deletions, the reading above a character, and the second
# copy of a text box for old programs.
_SKIPPED = (
    _tags("pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr")
    | _tags("instrText delText del moveFrom rt")
    | {f"{_MC}Fallback"}
)
_OFF = frozenset({"0", "false", "off"})

_MOST_BYTES = 500_000_000  # unpacked
_MOST_RATIO = 200  # unpacked to packed; XML reaches 20 or so
_SMALL = 20_000_000  # below it any ratio is harmless
_DTD = [
    sign.encode(codec)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for codec in ("ascii", "utf-16-le", "utf-16-be")
]
_SAVE_AGAIN = "open it in a word processor and save it again as .docx"


def parse_docx(source: Source) -> Document:
    """Return the text of a Word document, one paragraph of ours for each of its own.

    Raises:
        FormatError: The bytes are no .docx, are damaged, unpack to an absurd size or
            define XML entities.
        ReadError: There is no text in it.
    """
    check_package(source.raw, source.name)
    import docx  # noqa: PLC0415 - not every document is from Word

    notes: list[str] = []
    try:
        document = docx.Document(BytesIO(source.raw))
        blocks = list(_paragraphs(document.element.body, notes))
        for kind in ("footnotes", "endnotes"):
            blocks += _note_paragraphs(document.part, kind)
    except Exception as error:
        # python-docx has no errors of its own: a damaged package may raise anything
        raise FormatError(
            f"{source.name}: is no readable Word document", hint=_SAVE_AGAIN
        ) from error
    return document_from_blocks(source, blocks, notes=notes)


def check_package(raw: bytes, name: str) -> None:
    """Refuse a ZIP archive that is none, is damaged, is a bomb or has a DTD.

    Raises:
        FormatError: Says which of these.
    """
    if not raw.startswith(b"PK"):
        kind = kind_of(raw)
        what = f"looks like {kind.what}" if kind else "is no ZIP archive"
        hint = kind.hint if kind else "give it the suffix of what it is, such as .txt or .html"
        raise FormatError(f"{name}: {what}, so it is no .docx", hint=hint)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            _check_size(package, len(raw), name)
            _check_parts(package, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise FormatError(
            f"{name}: the ZIP archive is damaged: {error}", hint=_SAVE_AGAIN
        ) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FormatError(f"{name}: is locked: {error}", hint="remove the password") from error


def _check_size(package: zipfile.ZipFile, packed: int, name: str) -> None:
    # zipfile never unpacks more of a part than its entry declares
    unpacked = sum(entry.file_size for entry in package.infolist())
    if unpacked > _MOST_BYTES or unpacked > max(_SMALL, _MOST_RATIO * packed):
        raise FormatError(
            f"{name}: unpacks from {packed:,} to {unpacked:,} bytes, more than a document does",
            hint=_SAVE_AGAIN,
        )


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    if (
        "word/document.xml" not in package.namelist()
        and "[Content_Types].xml" not in package.namelist()
    ):
        raise FormatError(f"{name}: is a ZIP archive but no .docx", hint="unpack it first")
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            part = package.read(entry)
            if any(sign in part for sign in _DTD):
                raise FormatError(
                    f"{name}: {entry.filename} defines XML entities, which no Word document does",
                    hint=_SAVE_AGAIN,
                )


def _note_paragraphs(part: Any, kind: str) -> Iterator[str]:  # noqa: ANN401 - python-docx is untyped here
    """Yield the paragraphs of the footnotes or the endnotes, in their order."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - see parse_docx

    for relation in part.rels.values():
        if relation.reltype == _NOTES + kind and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type", "normal") == "normal":  # the others are rules
                    yield from _paragraphs(note, [])


def _paragraphs(root: Any, notes: list[str]) -> list[str]:  # noqa: ANN401
    """Return the text of each `w:p` below an element, in the order of their beginnings.

    A text box stands after the paragraph that holds it. Adds to `notes` what the
    user should know. Cost: linear, without recursion.
    """
    from lxml import etree  # noqa: PLC0415 - see parse_docx

    texts: list[list[str]] = []
    open_paragraphs: list[list[str]] = []
    changed = numbered = False
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag == f"{_W}p":
                open_paragraphs.pop()
            continue
        changed |= tag in (f"{_W}ins", f"{_W}del")
        if tag in _SKIPPED or _is_unseen(element):
            numbered |= tag == f"{_W}pPr" and element.find(f"{_W}numPr") is not None
            walk.skip_subtree()
        elif tag == f"{_W}p":
            texts.append([])
            open_paragraphs.append(texts[-1])
        elif open_paragraphs:
            open_paragraphs[-1].append(_text_of(element))
    if changed:
        notes.append("tracked changes are read as accepted")
    if numbered:
        notes.append("numbers that Word counts by itself are not part of the text")
    return ["".join(pieces) for pieces in texts]


def _text_of(element: Any) -> str:  # noqa: ANN401
    if element.tag in _TEXT_TAGS:
        return element.text or ""
    return _SIGNS.get(element.tag, "")


def _is_unseen(element: Any) -> bool:  # noqa: ANN401
    """Tell hidden runs, cells swallowed by the one above, and deleted rows."""
    if element.tag == f"{_W}r":
        vanish = element.find(f"{_W}rPr/{_W}vanish")
        return vanish is not None and vanish.get(f"{_W}val", "true") not in _OFF
    if element.tag == f"{_W}tc":
        merge = element.find(f"{_W}tcPr/{_W}vMerge")
        return merge is not None and merge.get(f"{_W}val") != "restart"
    if element.tag == f"{_W}tr":
        return element.find(f"{_W}trPr/{_W}del") is not None
    return False
