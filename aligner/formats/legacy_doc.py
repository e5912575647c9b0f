"""Files named .doc: what Word before 2007 wrote, and what is only called so.

The old format itself is not read. But many programs write rich text or a web page under
this name, which Word opens without a word; these are read as what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.source import Source
from aligner.messages import N_, _

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of a compound file
_WORD_2: Final = (b"\xdb\xa5", b"\x31\xbe", b"\xfe\x37")  # Word for DOS and for Windows 2
_MAIL: Final = b"MIME-Version"  # a web page with its pictures, which has codes of its own
_IS_OLD: Final = N_("is in Word's format of before 2007, which is not read")
_IS_OTHER: Final = N_("is neither a Word document nor rich text nor a web page")
_HEAD: Final = 2_000  # bytes in which a page begins
_HINT: Final = N_(
    "open it in Word, WPS or LibreOffice and save it as .docx; for many files:"
    " soffice --headless --convert-to docx *.doc"
)


def parse_doc(source: Source) -> Document:
    """Read a .doc that is rich text, a web page or a Word document of today.

    Raises:
        FormatError: It is of the old format, or none of these; the hint says what to do.
        ReadError: There is no text in it.
    """
    raw = source.raw.lstrip()
    name, note = source.name, ""
    if raw.startswith(b"{\\rtf"):
        from aligner.formats.rtf import parse_rtf as parse

        note = _("named .doc, but rich text: read as that")
    elif raw.startswith(b"PK"):
        from aligner.formats.docx import parse_docx as parse

        note = _("named .doc, but a .docx: read as that")
    elif b"<html" in raw[:_HEAD].lower() and not raw.startswith((_OLD, *_WORD_2, _MAIL)):
        from aligner.formats.html import parse_html as parse

        note = _("named .doc, but a web page: read as that")
    else:
        what = _(_IS_OLD) if raw.startswith((_OLD, *_WORD_2)) else _(_IS_OTHER)
        raise FormatError(f"{name}: {what}", hint=_(_HINT))
    document = parse(source)
    return replace(document, notes=(*document.notes, note))
