"""Make a workbook: what holds for every spreadsheet of the package.

Nothing in a cell is ever a formula, a link or a number by accident, whatever a text
begins with. Two runs give the same bytes. A cell holds at most 32,767 UTF-16 units and
a sheet 1,048,575 rows below its head (Excel's limits).

xlsxwriter is imported on first use: it is slow to import.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from aligner.formats.common.writing import writing_bytes

CELL: Final = 32_767
WHOLE_SHEET: Final = "A1:XFD1048576"
LINES: Final = 1_048_575
_SAFE: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class _Packed(io.BytesIO):
    """Bytes that stay open: an archive that an error broke off is closed long after."""

    def close(self) -> None:
        """Do nothing; the memory goes with the object."""


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """Give an empty workbook of xlsxwriter, which is written when it is complete.

    Its rows wait on disk, in a folder of their own, so that none stays after an error;
    the packed workbook is held.

    Raises:
        ExportError: The file cannot be written.
    """
    from xlsxwriter import Workbook

    with writing_bytes(path) as file, TemporaryDirectory(prefix="aligner-") as work:
        packed = _Packed()
        book = Workbook(packed, {**_SAFE, "tmpdir": work})
        book.set_properties({"created": _DAY})
        yield book
        book.close()
        file.write(packed.getbuffer())


def write_settings(
    book: Any,  # noqa: ANN401 - untyped
    name: str,
    values: Iterable[tuple[str, str | int | float]],
) -> None:
    """Add a sheet of names and values: counts as numbers, floats as percentages.

    Texts must fit into a cell.
    """
    sheet = book.add_worksheet(name)
    forms: dict[type, dict[str, Any]] = {
        str: {"text_wrap": True},
        int: {"num_format": "#,##0"},
        float: {"num_format": "0.0%"},
    }
    formats = {
        kind: book.add_format({**form, "align": "left", "valign": "top"})
        for kind, form in forms.items()
    }
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for line, (title, value) in enumerate(values):
        write = sheet.write_string if isinstance(value, str) else sheet.write_number
        sheet.write_string(line, 0, title)
        write(line, 1, value, formats[type(value)])
