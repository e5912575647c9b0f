"""Read a file as a `Document`: paragraphs with character offsets.

A format is a suffix in `READERS`, with the function that parses it; the module is
imported when a file needs it. Whatever the bytes, the outcome is a document or an
`AlignerError`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from aligner.bitext import Document
from aligner.errors import EncodingError, FormatError, ReadError
from aligner.filenames import shown
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.source import Source

__all__ = [
    "MAX_BYTES",
    "MAX_TEXT_BYTES",
    "READERS",
    "Source",
    "document_bytes",
    "parse",
    "read_document",
]

_SPLIT = "split it into chapters and align these"
MAX_BYTES = 200_000_000  # of a file; most of a large one are pictures
MAX_TEXT_BYTES = 40_000_000  # of a file without pictures; a longer one is not one document

_WITH_PICTURES = frozenset({".docx", ".pdf"})
READERS = {
    ".docx": "aligner.formats.docx:parse_docx",
    ".en": "aligner.formats.txt:parse_txt",
    ".htm": "aligner.formats.html:parse_html",
    ".html": "aligner.formats.html:parse_html",
    ".markdown": "aligner.formats.markdown:parse_md",
    ".md": "aligner.formats.markdown:parse_md",
    ".pdf": "aligner.formats.pdf:parse_pdf",
    ".text": "aligner.formats.txt:parse_txt",
    ".txt": "aligner.formats.txt:parse_txt",
    ".xhtml": "aligner.formats.html:parse_html",
    ".zh": "aligner.formats.txt:parse_txt",
}


def read_document(
    path: str | Path, *, encoding: str | None = None, keep_furniture: bool = False
) -> Document:
    """Read one file.

    Args:
        path: A file with one of the suffixes of `READERS`; others are tried as text.
        encoding: Its encoding, if it is not to be found out.
        keep_furniture: Of a web page, keep menus, footers and the like.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: The file breaks the rules of its format.
        ReadError: It is missing, a folder, too large, or holds no text.
        SettingError: There is no such encoding.
    """
    name = shown(path)
    return parse(Source(document_bytes(Path(path), name), name, encoding, keep_furniture))


def parse(source: Source) -> Document:
    """Parse bytes by the suffix of their name, with the errors of `read_document`."""
    if not source.raw:
        raise ReadError(f"{source.name}: the file is empty", hint="check that it was saved in full")
    suffix = Path(source.name).suffix.lower()
    if suffix not in _WITH_PICTURES:
        _check_size(len(source.raw), MAX_TEXT_BYTES, source.name)
    if suffix not in READERS:
        return _parse_unknown(source, suffix)
    return _parser(suffix)(source)


def _parse_unknown(source: Source, suffix: str) -> Document:
    """Parse a file of unknown suffix as plain text, and say so."""
    try:
        document = _parser(".txt")(source)
    except EncodingError as error:
        if source.encoding is not None:
            raise
        raise FormatError(
            f"{source.name}: the suffix {suffix!r} is unknown, and the bytes are no plain text",
            hint="known suffixes: " + " ".join(sorted(READERS)),
        ) from error
    note = f"the suffix {suffix!r} is unknown: read as plain text"
    return Document(
        id=document.id,
        text=document.text,
        paragraphs=document.paragraphs,
        source=document.source,
        encoding=document.encoding,
        notes=(*document.notes, note),
    )


def _parser(suffix: str) -> Callable[[Source], Document]:
    module, _, function = READERS[suffix].partition(":")
    return cast("Callable[[Source], Document]", getattr(import_module(module), function))


def document_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of a document, named `name` in messages; see `file_bytes.read_bytes`."""
    return read_bytes(path, name, most=MAX_BYTES, large=_SPLIT)


def _check_size(size: int, most: int, name: str) -> None:
    if size > most:
        raise ReadError(f"{name}: is larger than {most // 1_000_000} MB", hint=_SPLIT)
