"""The files that the results of a term check can be written to, and who writes each.

A report shows what was found; a glossary is made of it. Both know xlsx: a file whose
name ends in `glossary.xlsx` is a glossary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aligner.errors import SettingError
from aligner.messages import _

if TYPE_CHECKING:
    from aligner.findings import Terms


Writer = Callable[["Terms", "str | Path"], tuple[Path, ...]]


class TermsOutput(NamedTuple):
    """A file to write, and what writes it."""

    path: str | Path
    write: Writer


def check_outputs(  # noqa: PLR0913 - what is written and read, each by its name
    paths: Sequence[str | Path],
    *,
    to: str | None = None,
    inputs: Sequence[str | Path] = (),
    baseline: str | Path | None = None,
    certificate: str | Path | None = None,
    old: str | Path | None = None,
) -> list[TermsOutput]:
    """Check outputs before the work begins, and settle who writes each.

    Args:
        paths: The outputs.
        to: Their format, if it is not that of their names.
        inputs: What is read, other than a baseline.
        baseline: The baseline to write.
        certificate: The certificate to write; its name ends in .html.
        old: The baseline that is read. It may be the one to write.

    Raises:
        SettingError: There is no such format.
        ExportError: A folder does not exist, or an output would replace an input or
            another output.
    """
    from aligner.formats.common.check_outputs import Output, check_files

    settled = [TermsOutput(path, _writer(path, to)) for path in paths]
    if certificate:
        settled.append(TermsOutput(certificate, _certificate_writer(certificate)))
    outputs = [Output((Path(output.path),)) for output in settled]
    check_files(outputs, [*inputs, *([old] if old else [])])
    if baseline:
        check_files([*outputs, Output((Path(baseline),))], inputs)
    return settled


def write_output(terms: Terms, path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Write a report or a glossary, in the format of the file's name or the format `to`."""
    return _writer(path, to)(terms, path)


def _writer(path: str | Path, to: str | None) -> Writer:
    """Return what writes a file: a report or a glossary."""
    if is_glossary(path, to=to):
        from aligner.formats.glossaries import write_glossary

        return partial(write_glossary, to=_plain(to))
    from aligner.report import write_terms

    return partial(write_terms, to=to)


def _certificate_writer(path: str | Path) -> Writer:
    if Path(path).suffix.lower() not in {".html", ".htm"}:
        raise SettingError(
            _("{path}: a certificate is a page").format(path=path),
            hint=_("give its name the suffix .html, and print it"),
        )
    from aligner.report.certificate_page import write_certificate

    return write_certificate


def is_glossary(path: str | Path, *, to: str | None = None) -> bool:
    """Tell which of the two an output is.

    >>> [is_glossary(n) for n in ("out.tbx", "out.xlsx", "my-glossary.xlsx", "out.html")]
    [True, False, True, False]

    Raises:
        SettingError: It is neither, or the suffix is of another format than `to`.
    """
    from aligner import report
    from aligner.formats import glossaries as glossary
    from aligner.formats.common.check_outputs import check_suffix

    check_suffix(path, to)
    name = Path(path).name.lower()
    if (to or "").startswith("glossary.") or (to is None and name.endswith("glossary.xlsx")):
        return glossary.format_of(path, to=_plain(to)) == "xlsx" or to is not None
    try:
        report.format_of(path, to=to)
    except SettingError:
        try:
            glossary.format_of(path, to=to)
        except SettingError:
            known = [
                *report.REPORT_WRITERS,
                "glossary.xlsx",
                *(n for n in glossary.GLOSSARY_FORMATS if n != "xlsx"),
            ]
            raise SettingError(
                _("{path}: no format {to!r}").format(
                    path=path, to=to or Path(path).suffix.removeprefix(".")
                ),
                hint=_("formats are {known}; name one with --to").format(known=", ".join(known)),
            ) from None
        return True
    return False


def _plain(to: str | None) -> str | None:
    return to.removeprefix("glossary.") if to else None
