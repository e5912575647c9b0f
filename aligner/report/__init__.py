"""The results of a term check, as files for people and for programs.

A format is a function from `Terms` and a path to the files it wrote: `report.html`, a
page that needs nothing else; `report.xlsx`, every place as a row; `terms.jsonl` and
`findings.jsonl`. Files are written under a temporary name and renamed, and two runs
give the same bytes. A certificate is a page of its own
(`aligner.report.certificate_page`). The table for a terminal is in `aligner.report.terminal_table`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import SettingError
from aligner.messages import _

if TYPE_CHECKING:
    from aligner.findings import Terms

REPORT_WRITERS: Final = {
    "findings.jsonl": "aligner.report.json_lines:write_findings",
    "html": "aligner.report.html_report:write_html",
    "terms.jsonl": "aligner.report.json_lines:write_terms_lines",
    "xlsx": "aligner.report.xlsx_report:write_xlsx",
}


def format_of(path: str | Path, *, to: str | None = None) -> str:
    """Return the format of an output: `to`, or what the end of the path says.

    JSONL has two schemas: a name that ends in `terms.jsonl` gets one term a line, any
    other one finding a line.

    >>> [format_of(name) for name in ("r.html", "book-terms.jsonl", "out.jsonl")]
    ['html', 'terms.jsonl', 'findings.jsonl']

    Raises:
        SettingError: There is no such format, or the suffix is of another one than `to`.
    """
    path = Path(path)
    name = (to or path.suffix.removeprefix(".")).lower()
    if name == "jsonl":
        name = "terms.jsonl" if path.name.lower().endswith("terms.jsonl") else "findings.jsonl"
    if name not in REPORT_WRITERS:
        raise SettingError(
            _("{path}: no format {name!r}").format(path=path, name=name)
            if name
            else _("{path}: no suffix that names a format").format(path=path),
            hint=_("formats are {report_writers}; name one with --to").format(
                report_writers=", ".join(REPORT_WRITERS)
            ),
        )
    from aligner.formats.common.check_outputs import check_suffix

    check_suffix(path, to)
    return name


def write_terms(terms: Terms, path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Write what was found in the format of the path's end, or in the format `to`.

    Returns:
        The files written.

    Raises:
        SettingError: There is no such format.
        ExportError: The file cannot be written or is one of the documents, or the
            format cannot hold so much.
    """
    from aligner.formats.common.check_outputs import Output, check_files

    module, _other, function = REPORT_WRITERS[format_of(path, to=to)].partition(":")
    documents = [doc.source for b in terms.bitexts for doc in (b.src_doc, b.tgt_doc)]
    check_files([Output((Path(path),))], documents)
    written: tuple[Path, ...] = getattr(import_module(module), function)(terms, Path(path))
    return written
