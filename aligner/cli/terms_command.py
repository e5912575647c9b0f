"""The command `terms`: a thin call of `aligner.pipeline.terms`."""

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
)
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_


@app.command()
def terms(  # noqa: PLR0913 - the options of the command
    pair: Pair,
    *,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help=N_(
                "Write FILE: a report (html, xlsx), terms.jsonl, findings.jsonl, glossary.xlsx,"
                " a termbase (tbx) or an Xbench checklist (xbckl). May be repeated."
            ),
        ),
    ] = None,
    to: To = None,
    glossary: GlossaryFile = None,
    glossary_only: Annotated[
        bool, typer.Option("--glossary-only", help=N_("Check only the terms of the glossary."))
    ] = False,
    sensitivity: Annotated[
        Sensitivity,
        typer.Option(
            help=N_("quiet reports warnings, nearly four of five right; high reports remarks too.")
        ),
    ] = Sensitivity.QUIET,
    baseline: BaselineFile = None,
    write_baseline: NewBaseline = None,
    fail_on: LeastSevere = FailOn.NEVER,
    every: Annotated[
        bool, typer.Option("--all", help=N_("Also show terms without findings."))
    ] = False,
    encoder: EncoderName = "use",
    refine: SecondEncoder = None,
    encoding: Encoding = None,
    langs: Langs = None,
    keep_furniture: KeepFurniture = False,
    _lang: MessageLanguage = None,
) -> None:
    """Find the terms, what renders them, and which renderings are out of line.

    A table of the terms goes to standard output, unless a file is written with -o.

    \b
    Examples:
      aligner terms notice.zh.txt notice.en.txt -o report.html
      aligner terms notice.tmx --glossary glossary.xlsx --fail-on warning
    """
    from aligner import pipeline
    from aligner.cli.output import print_terms, warn
    from aligner.cli.progress import stages

    targets = tuple(out or ())
    with stages() as progress:
        found = pipeline.terms(
            *pair,
            out=targets,
            to=to,
            glossary=glossary,
            candidates=not glossary_only,
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
    print_terms(found, every=every, table=not targets)
    if fail_on is not FailOn.NEVER and found.terms.is_severe(fail_on.value):
        raise typer.Exit(FOUND)
