"""Files that are not read, by their suffixes: what each is, and what it is to be saved as.

A suffix says more than the first bytes, which are the same for a spreadsheet, slides and a
document of before 2007. Where it may be that of a plain text too, the bytes have to be of
a known kind that is none.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, NamedTuple

from aligner.errors import FormatError
from aligner.formats.common.file_kind import kind_of
from aligner.messages import N_, _


class _Unread(NamedTuple):
    """A kind of files that is not read."""

    what: str
    hint: str
    suffixes: tuple[str, ...]
    never_text: bool = True  # whatever its bytes are


_SHEET: Final = N_(
    "open it in Excel, WPS or LibreOffice and save it as .xlsx; for many files:"
    " soffice --headless --convert-to xlsx FILE..."
)
_SLIDES: Final = N_(
    "open it in PowerPoint, WPS or LibreOffice and save it as .pptx; for many files:"
    " soffice --headless --convert-to pptx FILE..."
)
_UNREAD: Final = (
    _Unread(N_("an OpenDocument spreadsheet"), _SHEET, (".ods", ".ots", ".fods")),
    _Unread(N_("an Excel workbook of before 2007"), _SHEET, (".xls", ".xlt")),
    _Unread(N_("a binary Excel workbook"), _SHEET, (".xlsb",)),
    _Unread(N_("a spreadsheet of WPS"), _SHEET, (".et", ".ett"), never_text=False),
    _Unread(N_("an OpenDocument presentation"), _SLIDES, (".odp", ".otp", ".fodp")),
    _Unread(N_("a presentation of PowerPoint before 2007"), _SLIDES, (".ppt", ".pps")),
    _Unread(N_("a presentation of WPS"), _SLIDES, (".dps", ".dpt"), never_text=False),
    _Unread(
        N_("a template of Word before 2007"),
        N_("open it in Word, WPS or LibreOffice and save it as .docx"),
        (".dot", ".wpt"),
        never_text=False,
    ),
    _Unread(
        N_("a Word document with macros, or a template"),
        N_("save it as .docx in Word, WPS or LibreOffice"),
        (".docm", ".dotx", ".dotm"),
    ),
    _Unread(
        N_("a document of Pages"), N_("export it from Pages as Word"), (".pages",), never_text=False
    ),
    _Unread(
        N_("a spreadsheet of Numbers"),
        N_("export it from Numbers as Excel"),
        (".numbers",),
        never_text=False,
    ),
    _Unread(
        N_("a presentation of Keynote"),
        N_("export it from Keynote as PowerPoint"),
        (".key",),
        never_text=False,
    ),
    _Unread(
        N_("a Kindle book"),
        N_("convert it to .epub, such as with Calibre"),
        (".mobi", ".azw", ".azw3", ".prc"),
    ),
    _Unread(
        N_("a paper of CNKI"), N_("open it in CAJViewer and print it as a .pdf"), (".caj", ".kdh")
    ),
    _Unread(
        N_("subtitles of another kind"),
        N_("convert them to .srt in a program for subtitles, such as Subtitle Edit or Aegisub"),
        (".sub", ".ttml", ".dfxp", ".smi", ".sbv", ".lrc", ".idx", ".sup"),
    ),
)
UNREAD_SUFFIXES: Final = {suffix: kind for kind in _UNREAD for suffix in kind.suffixes}


def unread_hint(suffix: str) -> str:
    """Return what to do with a file of a suffix that is not read; nothing if it is unknown.

    >>> unread_hint(".pages"), unread_hint(".png")
    ('export it from Pages as Word', '')
    """
    kind = UNREAD_SUFFIXES.get(suffix.lower())
    return _(kind.hint) if kind else ""


def refuse_unread(name: str, raw: bytes) -> None:
    """Raise if a file is of a kind that is known and not read.

    Args:
        name: Of the file, with its suffix.
        raw: Its first bytes; none if they are not known.

    Raises:
        FormatError: Says what it is and what to save it as.
    """
    kind = UNREAD_SUFFIXES.get(PurePath(name).suffix.lower())
    if kind is not None and (kind.never_text or kind_of(raw) is not None):
        raise FormatError(
            _("{name}: is {what}, which is not read").format(name=name, what=_(kind.what)),
            hint=_(kind.hint),
        )
