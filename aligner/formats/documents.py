"""Read a file as a `Document`: paragraphs with character offsets.

The formats are those of `registry`; the module of one is imported when a file needs it.
Whatever the bytes, the outcome is a document or an `AlignerError`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from aligner.bitext import Document
from aligner.errors import EncodingError, FormatError, ReadError
from aligner.filenames import shown
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.source import Source
from aligner.formats.common.unread_kinds import refuse_unread
from aligner.formats.format_lookup import by_suffix, load
from aligner.formats.registry import Format
from aligner.messages import N_, _

__all__ = [
    "DOCUMENT_SUFFIXES",
    "MAX_BYTES",
    "MAX_TEXT_BYTES",
    "Source",
    "document_bytes",
    "parse",
    "read_document",
]

_SPLIT = N_("split it into chapters and align these")
MAX_BYTES = 200_000_000  # of a file; most of a large one are pictures
MAX_TEXT_BYTES = 40_000_000  # of a file without pictures; a longer one is not one document

DOCUMENT_SUFFIXES: Final = by_suffix("document_in")


def read_document(
    path: str | Path, *, encoding: str | None = None, keep_furniture: bool = False
) -> Document:
    """Read one file.

    Args:
        path: A file with one of `DOCUMENT_SUFFIXES`; others are tried as text.
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
        raise ReadError(
            _("{name}: the file is empty").format(name=source.name),
            hint=_("check that it was saved in full"),
        )
    suffix = Path(source.name).suffix.lower()
    form = DOCUMENT_SUFFIXES.get(suffix)
    if form is None or not form.has_pictures:
        _check_size(len(source.raw), MAX_TEXT_BYTES, source.name)
    return _parse_unknown(source, suffix) if form is None else _parser(form)(source)


def _parse_unknown(source: Source, suffix: str) -> Document:
    """Parse a file of unknown suffix as plain text, and say so; refuse what is known as none."""
    refuse_unread(source.name, source.raw)
    try:
        document = _parser(DOCUMENT_SUFFIXES[".txt"])(source)
    except EncodingError as error:
        if source.encoding is not None:
            raise
        raise FormatError(
            _("{name}: the suffix {suffix!r} is unknown, and the bytes are not plain text").format(
                name=source.name, suffix=suffix
            ),
            hint=_("known suffixes: ") + " ".join(sorted(DOCUMENT_SUFFIXES)),
        ) from error
    note = _("the suffix {suffix!r} is unknown: read as plain text").format(suffix=suffix)
    return replace(document, notes=(*document.notes, note))


def _parser(form: Format) -> Callable[[Source], Document]:
    return cast("Callable[[Source], Document]", load(form, "document_in"))


def document_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of a document, named `name` in messages; see `file_bytes.read_bytes`."""
    return read_bytes(path, name, most=MAX_BYTES, large=_(_SPLIT))


def _check_size(size: int, most: int, name: str) -> None:
    if size > most:
        raise ReadError(
            _("{name}: is larger than {most} MB").format(name=name, most=most // 1000000),
            hint=_(_SPLIT),
        )
