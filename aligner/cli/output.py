"""Print results and summaries."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from aligner.errors import ExportError
from aligner.filenames import printable, shown
from aligner.formats.common.writing import failure
from aligner.messages import _, language, ngettext
from aligner.report.bitext_summary import SideSummary, Summary

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from aligner.edits.change import Change
    from aligner.formats.validate import Problem
    from aligner.pipeline import TermCheck

CHANGES_SHOWN = 50
ERROR = 2  # exit status
_FILE_WIDTH = 160  # columns of a table that goes into a file or a program
_COLON = re.compile(r"(?<=[㐀-鿿）」》”]): |: (?=[㐀-鿿（「《“])")
NO_READER = 141  # 128 + the number of SIGPIPE, as shells report it


def print_bytes(data: bytes) -> None:
    """Print a result: UTF-8 whatever the locale, so that a pipe gives what a file holds.

    Raises:
        typer.Exit: Whoever read our output has left, as `head` does: stop without a word.
        ExportError: It cannot be written.
    """
    if sys.stdout is None:  # it was closed before we were started
        if data:
            raise ExportError(_("standard output: is closed"), hint=_("name a file with -o"))
        return
    rest = memoryview(data)
    try:
        while rest:  # with PYTHONUNBUFFERED a pipe takes only as much as fits into it
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except OSError as error:
        # The interpreter flushes standard output once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(NO_READER) from error
        raise failure(_("standard output"), error) from error


def warn(message: str) -> None:
    """Print a warning, in colour on a terminal."""
    typer.secho(
        one_colon(_("warning: {message}").format(message=printable(message))),
        err=True,
        fg=typer.colors.YELLOW,
    )


def print_error(message: str, hint: str) -> None:
    """Print what went wrong, and what to do below it."""
    print(one_colon(_("aligner: error: {message}").format(message=message)), file=sys.stderr)
    if hint:
        print(one_colon(_("  hint: {hint}").format(hint=hint)), file=sys.stderr)


def one_colon(message: str) -> str:
    """Return a Chinese message without a half-width colon beside Chinese; others as they are."""
    return _COLON.sub("：", message) if language() == "zh" else message


def print_summary(summary: Summary, written: Sequence[Path]) -> None:
    """Print a bitext's summary and the files that were written."""
    for line in summary_lines(summary):
        print(line, file=sys.stderr)
    print_written(written)
    for message in summary.warnings:
        warn(message)


def print_written(paths: Sequence[Path]) -> None:
    """Name the files that were written."""
    for path in paths:
        print(_("wrote {path}").format(path=shown(path)), file=sys.stderr)


def print_note(note: str) -> None:
    """Print what a user should know about the reading."""
    print(one_colon(_("note: {note}").format(note=note)), file=sys.stderr)


def print_changes(changes: Sequence[Change]) -> None:
    """Print what a person changed: how often what, then each change, conflicts first."""
    from aligner.edits.change import counted_changes

    print(
        _("changes: {counted_changes}").format(counted_changes=counted_changes(changes)),
        file=sys.stderr,
    )
    shown_ones = sorted(changes, key=lambda change: not change.is_conflict)[:CHANGES_SHOWN]
    for change in shown_ones:
        if change.is_conflict:
            warn(str(change))
        else:
            print(f"  {printable(str(change))}", file=sys.stderr)
    if len(changes) > len(shown_ones):
        left = len(changes) - len(shown_ones)
        print(
            _("  and {left} more: see all of them with --changes FILE").format(left=left),
            file=sys.stderr,
        )


def print_problems(file: Path, problems: Sequence[Problem], *, rules: str = "") -> None:
    """Print what is wrong with a file, a problem a line, its hint below.

    Args:
        file: As the user names it.
        problems: What is wrong.
        rules: The format by whose rules it was checked; it is told if it is that of glossaries,
            which no suffix says.
    """
    lines = []
    for problem in problems:
        lines.append(f"{file}: {problem}\n")
        if problem.hint:
            lines.append(_("  hint: {hint}\n").format(hint=problem.hint))
    if rules == "glossary":
        print(_("{file}: checked as a glossary").format(file=shown(file)), file=sys.stderr)
    print_bytes("".join(lines).encode(errors="backslashreplace"))
    if not problems:
        print(_("{file}: no problem found").format(file=shown(file)), file=sys.stderr)


def print_terms(check: TermCheck, *, every: bool, table: bool) -> None:
    """Print the terms: a table to standard output, files and counts to the other."""
    from aligner.report.terminal_table import OTHERS_SHOWN, caption, terms_table

    if table:
        most = OTHERS_SHOWN if at_terminal() else None
        _print_table(terms_table(check.terms, every=every, room=room(), most=most))
    else:
        print(caption(check.terms), file=sys.stderr)
    print_written(check.written)


def print_findings(check: TermCheck, *, table: bool) -> None:
    """Print the findings of every check, as `print_terms` prints terms."""
    from aligner.report.findings_table import findings_caption, findings_table

    if table:
        _print_table(findings_table(check.terms, room=room(), whole=not at_terminal()))
    else:
        print(findings_caption(check.terms), file=sys.stderr)
    print_written(check.written)


def at_terminal() -> bool:
    """Tell whether what is printed is seen at once."""
    return sys.stdout is not None and sys.stdout.isatty()


def room() -> int:
    """Return how many columns a table may take: those of the terminal, more into a file."""
    from rich.console import Console

    is_known = "COLUMNS" in os.environ or any(map(os.isatty, range(3)))
    return Console().width if is_known else _FILE_WIDTH


def _print_table(table: Table | Text) -> None:
    from rich.console import Console

    shown = io.StringIO()  # rich would write itself, and not say what went wrong
    to_terminal = at_terminal()
    console = Console(file=shown, force_terminal=to_terminal or None, width=room())
    console.print(table)
    text = shown.getvalue()
    if not to_terminal:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    print_bytes(text.encode(errors="replace"))


def summary_lines(summary: Summary) -> Iterator[str]:
    """Yield the lines of a summary, without its warnings."""
    yield ngettext("{id}: {links} link", "{id}: {links} links", summary.links).format(
        id=summary.id, links=summary.links
    )
    for side in (summary.src, summary.tgt):
        yield from _side_lines(side)
    kinds = _(", ").join(
        _("{times} of {kind}").format(times=times, kind=kind)
        for kind, times in summary.kinds.items()
    )
    yield _("  beads (Chinese-English): {kinds}").format(kinds=kinds or _("none"))
    yield (
        _(
            "  probability: {sure} of .9 and more, {likely} from .5 to .9, {unlikely} below .5"
        ).format(sure=summary.sure, likely=summary.likely, unlikely=summary.unlikely)
    )
    if summary.withheld:
        yield (
            _(
                "  below --min-p: {withheld} links written as one-sided units,"
                " with {withheld2} Chinese and {withheld3} English sentences"
            ).format(
                withheld=summary.withheld,
                withheld2=summary.src.withheld,
                withheld3=summary.tgt.withheld,
            )
        )


def _side_lines(side: SideSummary) -> Iterator[str]:
    yield (
        ngettext(
            "  {source} ({lang}, {encoding}): {sentences} sentence,"
            " {alone} ({alone_share:.0%}) without partner",
            "  {source} ({lang}, {encoding}): {sentences} sentences,"
            " {alone} ({alone_share:.0%}) without partner",
            side.sentences,
        ).format(
            source=side.source,
            lang=side.lang,
            encoding=side.encoding,
            sentences=side.sentences,
            alone=side.alone,
            alone_share=side.alone_share,
        )
    )
    for note in side.notes:
        yield _("    note: {note}").format(note=note)
