"""Take the text of a PDF out of it, in a process of its own.

Started by `pdf`, as a script: the paths of modules are its argument, the file's bytes
come in on standard input, one JSON object a line goes out, one for each page. The
process is the limit: a PDF can make any library run for ever, fill the memory or
crash, and none of them can be stopped half-way through a page. Imports next to nothing
of the package, so that it starts at once.

A page is `{"box": [left, bottom, right, top], "runs": [...], "pictures": bool}`, a
run `[text, turn, start, stop, base, size]`: characters on one line, in points, from
the lower left corner of the page as its text stands when turned by `turn` quarters.
A narrow gap that the library takes for a blank is U+001F, a blank of the text is one.
`{"error": "password"}`, `"damaged"` or `"long"` ends the output early.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

_MOST_BYTES = 350_000_000  # of memory, beside the file itself
MOST_PAGES = 5_000
_MOST_CHARACTERS = 8_000_000  # in all; a thousand pages hold two million or so
MOST_RUNS = 600_000  # a thousand pages of words hold as many, if each is a run
INFERRED = "\x1f"
_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at a line's end
_LINE_ENDS = {0x0A, 0x0D}
_BLANK = 0x20
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_PICTURE, _SHADED_FORM = 3, 5  # FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_FORM
_MOST_OBJECTS = 50  # looked at to find a picture
_APART = 0.3  # of the size: a wider gap ends a run, since another may fill it
_BACK = 1.0  # of the size: a further step back too
_RAISED = 0.6  # of the size: a further rise ends a run


def main() -> None:
    """Read a PDF from standard input and write its pages to standard output."""
    sys.path += [path for path in json.loads(sys.argv[1]) if path not in sys.path]
    import_module("aligner.lifeline").end_with_parent()
    raw = sys.stdin.buffer.read()
    _limit_memory(len(raw))
    for line in pages(raw):
        data = json.dumps(line, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(data.encode("utf-8", "surrogatepass"))


def _limit_memory(extra: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    most = _MOST_BYTES + extra
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pages(raw: bytes) -> Iterator[dict[str, Any]]:
    """Yield what stands on each page, or an error."""
    pdfium: Any = import_module("pypdfium2.raw")
    pdfium.FPDF_InitLibrary()
    import_module("aligner.formats.standin_font").install(pdfium)
    document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() == _PASSWORD
        yield {"error": "password" if locked else "damaged"}
        return
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_PAGES:
        yield {"error": "long"}
        return
    left, runs = _MOST_CHARACTERS, 0
    for number in range(count):
        found, used = _page(pdfium, document, number, left)
        left -= used
        runs += len(found["runs"])
        if left < 0 or runs > MOST_RUNS:
            yield {"error": "long"}
            return
        yield found


def _page(pdfium: Any, document: Any, number: int, most: int) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    """Return one page, and how many characters are on it."""
    page = pdfium.FPDF_LoadPage(document, number)
    box = pdfium.FS_RECTF()
    if not page or not pdfium.FPDF_GetPageBoundingBox(page, box):
        return {"box": [0, 0, 0, 0], "runs": [], "pictures": False, "damaged": True}, 0
    text = pdfium.FPDFText_LoadPage(page)
    count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
    runs = _runs(pdfium, text, count, box) if count <= most else []
    pictures = not runs and _has_picture(pdfium, page)
    if text:
        pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    corners = [round(value, 1) for value in (box.left, box.bottom, box.right, box.top)]
    return {"box": corners, "runs": runs, "pictures": pictures}, count


def _has_picture(pdfium: Any, page: Any) -> bool:  # noqa: ANN401
    """Tell whether a page without text shows a picture, as a scanned one does."""
    count = min(_MOST_OBJECTS, pdfium.FPDFPage_CountObjects(page))
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) for at in range(count))
    return any(kind in {_PICTURE, _SHADED_FORM} for kind in kinds)


def _runs(pdfium: Any, text: Any, count: int, box: Any) -> list[list[Any]]:  # noqa: ANN401
    """Return the runs of a page in the order in which the file has them."""
    runs: list[list[Any]] = []
    place = _Place(pdfium, text, box)
    is_open = False
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _LINE_ENDS:
            is_open = False
        elif pdfium.FPDFText_IsGenerated(text, at) == 1:
            if is_open and code == _BLANK:
                inferred = pdfium.FPDFText_GetFontWeight(text, at) < 0
                runs[-1][0] += INFERRED if inferred else " "
        elif (spot := place.of(at)) is not None:
            turn, start, stop, base, size = spot
            character = "-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"
            if is_open and _goes_on(runs[-1], turn, start, base, size):
                runs[-1][0] += character
                runs[-1][3] = max(runs[-1][3], stop)
            else:
                runs.append([character, turn, start, stop, base, size])
                is_open = True
    return runs


def _goes_on(run: list[Any], turn: int, start: float, base: float, size: float) -> bool:
    """Tell whether a character stands on the line of a run and next to its end."""
    em = max(run[5], size)
    return bool(
        run[1] == turn
        and abs(run[4] - base) < _RAISED * em
        and -_BACK * em < start - run[3] < _APART * em
    )


class _Place:
    """Where the characters of a page stand. Keeps what the library fills in."""

    def __init__(self, pdfium: Any, text: Any, box: Any) -> None:  # noqa: ANN401
        self._pdfium, self._text, self._page = pdfium, text, box
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def of(self, at: int) -> tuple[int, float, float, float, float] | None:
        """Return turn, start, stop, base and size of a character on the page, else None."""
        pdfium, text = self._pdfium, self._text
        box, page, matrix = self._box, self._page, self._matrix
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetCharOrigin(text, at, self._x, self._y)
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        x, y = self._x.value, self._y.value
        numbers = (x, y, box.left, box.right, box.bottom, box.top, matrix.a, matrix.b)
        if not all(map(math.isfinite, numbers)):
            return None
        if not (page.left - 1 <= x <= page.right + 1 and page.bottom - 1 <= y <= page.top + 1):
            return None
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else -1
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = round(abs(pdfium.FPDFText_GetFontSize(text, at) * scale), 1) or 1.0
        start, stop, base = (
            (x, box.right, y),
            (y, box.top, -x),
            (-x, -box.left, -y),
            (-y, -box.bottom, x),
            (x, box.right, y),
        )[turn]
        return turn, round(start, 1), round(stop, 1), round(base, 1), size


if __name__ == "__main__":
    main()
