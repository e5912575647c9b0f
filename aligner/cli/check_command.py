"""The commands `check` and `checks`: thin calls of `aligner.pipeline.check` and of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, KeepFurniture, app
from aligner.cli.check_options import (
    FOUND,
    BaselineFile,
    EncoderName,
    FailOn,
    GlossaryFile,
    Langs,
    LeastSevere,
    NewBaseline,
    Pair,
    SecondEncoder,
    Sensitivity,
    To,
    glossary_for,
)
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_


@app.command()
def check(  # noqa: PLR0913 - the options of the command
    context: typer.Context,
    pair: Pair,
    *,
    checks: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,...",
            help=N_(
                "Make only these checks, such as numbers,references; all that apply by default."
                " `aligner checks` lists them."
            ),
        ),
    ] = None,
    glossary: GlossaryFile = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help=N_(
                "Write FILE: a report (html, xlsx), findings.jsonl or terms.jsonl. May be repeated."
            ),
        ),
    ] = None,
    to: To = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help=N_(
                "Write one page to print: what was checked, on which files, and what was found"
                " per 1,000 words."
            ),
        ),
    ] = None,
    sensitivity: Annotated[
        Sensitivity,
        typer.Option(
            help=N_("quiet leaves out what is likelier wrong than right; high reports it too.")
        ),
    ] = Sensitivity.QUIET,
    baseline: BaselineFile = None,
    write_baseline: NewBaseline = None,
    fail_on: LeastSevere = FailOn.NEVER,
    encoder: EncoderName = "use",
    refine: SecondEncoder = None,
    encoding: Encoding = None,
    langs: Langs = None,
    keep_furniture: KeepFurniture = False,
    _lang: MessageLanguage = None,
) -> None:
    """Check a translation: terms, numbers, references, what is left over or out, and form.

    A table of the findings goes to standard output, unless a file is written with -o.
    Two documents are aligned; a bitext is taken as it is, unit by unit.

    \b
    Examples:
      aligner check notice.zh.docx notice.en.docx -o report.html
      aligner check notice.tmx --checks numbers,references --fail-on error
    """
    from aligner import pipeline
    from aligner.cli.output import print_findings, warn
    from aligner.cli.progress import stages

    targets = tuple(out or ())
    with stages() as progress:
        found = pipeline.check(
            *pair,
            checks=None if checks is None else [name for name in checks.split(",") if name.strip()],
            out=targets,
            to=to,
            certificate=certificate,
            glossary=glossary_for(context, glossary, checks),
            sensitivity=sensitivity.value,
            baseline=baseline,
            write_baseline=write_baseline,
            encoder=encoder,
            refine=refine,
            encoding=encoding,
            langs=tuple(langs.split(",")) if langs else None,
            keep_furniture=keep_furniture,
            progress=progress,
        )
    for note in found.notes:
        warn(note)
    print_findings(found, table=not targets)
    if fail_on is not FailOn.NEVER and found.terms.is_severe(fail_on.value):
        raise typer.Exit(FOUND)


@app.command()
def checks(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", show_default=False, help=N_("The check to read about.")),
    ] = None,
    *,
    _lang: MessageLanguage = None,
) -> None:
    """List the checks, or say what one does, why, and how to switch it off.

    \b
    Example:
      aligner checks numbers
    """
    from aligner.check.known_checks import KNOWN_CHECKS, pages
    from aligner.cli.output import print_bytes
    from aligner.cli.plugin_output import plugin_lines

    if name is not None:
        print_bytes(("\n\n".join(pages(name.strip().lower())) + "\n").encode())
        return
    width = max(map(len, KNOWN_CHECKS))
    lines = [
        f"{'' if number else each:{width}}  {page.partition(chr(10))[0]}"
        for each in KNOWN_CHECKS
        for number, page in enumerate(pages(each))
    ]
    lines += [*plugin_lines("term_checks", KNOWN_CHECKS), *plugin_lines("checks", KNOWN_CHECKS)]
    print_bytes("".join(f"{line}\n" for line in lines).encode())
