"""Tell from a file's first bytes that it is no text, and what it is instead."""

from __future__ import annotations

from typing import NamedTuple

from aligner.errors import FormatError
from aligner.messages import N_, _


class Kind(NamedTuple):
    """What a file looks like, and what its owner can do about it."""

    what: str
    hint: str


_SAVE_TEXT = N_("save its text as .txt, .md, .html or .docx")
_OLD_OFFICE = Kind(
    N_("an old Office file or one with a password"),
    N_("save it as .docx, .xlsx or .pptx in an office program, without a password"),
)
_ZIP = Kind(
    N_("a ZIP archive, such as a .docx, .xlsx or .epub"),
    N_(
        "give it the suffix of what it is, such as .docx, .odt or .epub;"
        " unpack other archives first"
    ),
)
_KINDS = (
    (b"%PDF-", Kind(N_("a PDF"), N_("give it the suffix .pdf"))),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"{\\rtf", Kind(N_("a rich-text file"), N_("give it the suffix .rtf"))),
    (b"\x89PNG\r\n", Kind(N_("a PNG image"), N_("read its text with OCR first"))),
    (b"\xff\xd8\xff", Kind(N_("a JPEG image"), N_("read its text with OCR first"))),
    (b"GIF8", Kind(N_("a GIF image"), N_("read its text with OCR first"))),
    (b"II*\x00", Kind(N_("a TIFF image"), N_("read its text with OCR first"))),
    (b"MM\x00*", Kind(N_("a TIFF image"), N_("read its text with OCR first"))),
    (b"\x1f\x8b", Kind(N_("a gzip archive"), N_("unpack it first"))),
    (b"7z\xbc\xaf\x27\x1c", Kind(N_("a 7z archive"), N_("unpack it first"))),
    (b"Rar!\x1a\x07", Kind(N_("a RAR archive"), N_("unpack it first"))),
    (b"BZh", Kind(N_("a bzip2 archive"), N_("unpack it first"))),
    (b"\xfd7zXZ\x00", Kind(N_("an xz archive"), N_("unpack it first"))),
    (b"\x7fELF", Kind(N_("a program"), _SAVE_TEXT)),
    (b"SQLite format 3\x00", Kind(N_("a database"), _SAVE_TEXT)),
    (b"PAR1", Kind(N_("a Parquet file"), _SAVE_TEXT)),
)


def kind_of(raw: bytes) -> Kind | None:
    """Return what the bytes look like if they are a known kind that is no text."""
    found = next((kind for magic, kind in _KINDS if raw.startswith(magic)), None)
    return found and Kind(_(found.what), _(found.hint))


def refuse_binary(raw: bytes, name: str) -> None:
    """Raise if the bytes are of a known kind that is no text.

    Raises:
        FormatError: Says what the file looks like and what to do.
    """
    kind = kind_of(raw)
    if kind is not None:
        raise FormatError(
            _("{name}: looks like {what}, not text").format(name=name, what=kind.what),
            hint=kind.hint,
        )
