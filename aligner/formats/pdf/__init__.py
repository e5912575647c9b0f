"""PDF: the text of its pages, made to run on again.

PDFium (by pypdfium2) takes the characters and their places out of the file, in a
process of its own with bounds on time and memory (see `pdf_worker`): it is fast and
hardened, but a PDF can make any library run for ever. Then, each in a module: lines
and columns, what stands on every page, paragraphs, and lines joined to text.

A page that was scanned holds a picture and no text; such a document is an error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aligner.bitext import Document
from aligner.errors import FormatError, ReadError
from aligner.formats.common.file_kind import kind_of
from aligner.formats.common.source import PlacedText, Source, document_from_blocks
from aligner.formats.pdf.furniture import strip_furniture
from aligner.formats.pdf.joining import join_paragraphs
from aligner.formats.pdf.layout import Page, Run, columns, page_lines
from aligner.formats.pdf.reflow import paragraphs
from aligner.messages import N_, _

_WORKER = Path(__file__).with_name("worker.py")
_HEAD = 1024  # bytes in which `%PDF-` stands
_SECONDS, _SECONDS_A_MB = 4.0, 10.0  # a page of text takes a few milliseconds
_MOST_SECONDS = 300.0
_SAVE_AGAIN = N_("open it in a PDF viewer and print it to a new PDF, or give the original document")
_OCR = N_(
    "make the text readable with an OCR program first, such as ocrmypdf, or give the original"
)
_NO_UNICODE = 0.2  # share of characters without a Unicode value from which a text is none
_FIRST_NAMED = 8  # pages named in a note


def parse_pdf(source: Source) -> Document:
    """Return the text of a PDF, one paragraph of ours for each that a reader sees.

    Raises:
        FormatError: The bytes are no PDF, are damaged or locked, or take too much time
            or memory.
        ReadError: There is no text in it, such as in a scanned one, or none that is
            readable.
    """
    if b"%PDF-" not in source.raw[:_HEAD]:
        kind = kind_of(source.raw)
        raise FormatError(
            _("{name}: looks like {what}, not a PDF").format(name=source.name, what=kind.what)
            if kind
            else _("{name}: is not a PDF").format(name=source.name),
            hint=kind.hint
            if kind
            else _("give it the suffix of what it is, such as .txt or .docx"),
        )
    notes: list[str] = []
    pages = _pages(_ask_worker(source), source.name, notes)
    stripped = strip_furniture(pages)
    found = paragraphs([column for page in stripped.pages for column in columns(page)])
    texts = join_paragraphs([[line.text for line in lines] for lines in found])
    _check_legible(texts, source.name, notes)
    placed = [
        PlacedText(text, (("page", lines[0].page), ("paragraph", number)))
        for number, (text, lines) in enumerate(zip(texts, found, strict=True), start=1)
    ]
    return document_from_blocks(source, placed, notes=(*notes, *stripped.notes))


def _ask_worker(source: Source) -> list[bytes]:
    """Return what the worker says of each page, as JSON.

    Raises:
        FormatError: It says that the file is damaged or locked, or it does not come
            to an end.
    """
    raw, name = source.raw, source.name
    seconds = min(_MOST_SECONDS, _SECONDS + _SECONDS_A_MB * len(raw) / 1e6)
    # -I: nothing is searched before Python's own modules; it gets our paths for later
    command = [sys.executable, "-I", str(_WORKER), json.dumps(sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, input=raw, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise FormatError(
            _("{name}: reading it takes more than {seconds:.0f} seconds").format(
                name=name, seconds=seconds
            ),
            hint=_(_SAVE_AGAIN),
        ) from error
    except subprocess.CalledProcessError as error:
        if b"ModuleNotFoundError" in error.stderr or b"ImportError" in error.stderr:
            raise RuntimeError(error.stderr.decode(errors="replace")) from error
        raise FormatError(
            _("{name}: is damaged, or takes more memory than a document does").format(name=name),
            hint=_(_SAVE_AGAIN),
        ) from error
    pages = done.stdout.splitlines()
    last = json.loads(pages[-1]) if pages else {}
    if "error" in last:
        raise _error(name, last["error"])
    return pages


def _error(name: str, word: str) -> FormatError:
    if word == "password":
        return FormatError(
            _("{name}: is locked with a password").format(name=name), hint=_("save it without one")
        )
    if word == "long":
        return FormatError(
            _("{name}: holds more pages or text than one document").format(name=name),
            hint=_("split it into chapters"),
        )
    return FormatError(_("{name}: is not a readable PDF").format(name=name), hint=_(_SAVE_AGAIN))


def _pages(found: Sequence[bytes], name: str, notes: list[str]) -> list[Page]:
    """Return the pages as lines; adds to `notes` what was left out.

    Raises:
        FormatError: No page can be read.
        ReadError: There is no text on any page.
    """
    damaged, pictures, turned = [], [], 0
    pages = []
    for number, line in enumerate(found, start=1):
        page = json.loads(line)
        made, left_out = _page(number, page)
        pages.append(made)
        turned += left_out
        if page.get("damaged"):
            damaged.append(number)
        if page["pictures"]:
            pictures.append(number)
    if len(damaged) == len(found):
        raise FormatError(_("{name}: is not a readable PDF").format(name=name), hint=_(_SAVE_AGAIN))
    if not any(page.lines for page in pages):
        what = _("only pictures") if pictures else _("no text")
        raise ReadError(
            _("{name}: its {count} pages hold {what}, no text to read").format(
                name=name, count=len(found), what=what
            ),
            hint=_(_OCR),
        )
    notes += _not_read(damaged, "damaged") + _not_read(pictures, _("only a picture"))
    if turned:
        notes.append(_("turned text is left out: {turned} characters").format(turned=turned))
    return pages


def _not_read(numbers: Sequence[int], what: str) -> list[str]:
    """Return a note on pages without text, if there are any."""
    if not numbers:
        return []
    shown = ", ".join(map(str, numbers[:_FIRST_NAMED]))
    more = (
        _(" and {count} more").format(count=len(numbers) - _FIRST_NAMED)
        if len(numbers) > _FIRST_NAMED
        else ""
    )
    return [
        _("no text is read of pages {shown}{more}: {what}").format(
            shown=shown, more=more, what=what
        )
    ]


def _page(number: int, found: dict[str, Any]) -> tuple[Page, int]:
    """Return one page, and how many characters were left out because they are turned."""
    turns: Counter[int] = Counter()
    for text, turn, *_other in found["runs"]:
        turns[turn] += len(text)
    upright = {turn: count for turn, count in turns.items() if turn >= 0}
    main = max(upright, key=upright.__getitem__, default=0)
    left, bottom, right, top = found["box"]
    bottom, top, edge, width = (
        (bottom, top, left, right - left),
        (-right, -left, bottom, top - bottom),
        (-top, -bottom, -right, right - left),
        (left, right, -top, top - bottom),
    )[main]
    runs = [
        Run(text, start - edge, stop - edge, base, size)
        for text, turn, start, stop, base, size in found["runs"]
        if turn == main
    ]
    lines = tuple(line._replace(page=number) for line in page_lines(runs))
    return Page(number, bottom, top, width, lines), turns.total() - turns[main]


def _check_legible(texts: Sequence[str], name: str, notes: list[str]) -> None:
    """Refuse a text whose fonts do not say which characters they draw.

    Raises:
        ReadError: That is so of much of it.
    """
    total = sum(map(len, texts))
    unknown = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
        for text in texts
        for character in text
    )
    if unknown > _NO_UNICODE * total:
        raise ReadError(
            _("{name}: its fonts do not tell which characters they draw").format(name=name),
            hint=_(_OCR),
        )
    if unknown:
        notes.append(_("characters that the fonts do not tell: {unknown}").format(unknown=unknown))
