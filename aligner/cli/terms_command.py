"""The command `terms`: a thin call of `aligner.pipeline.terms`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, KeepFurniture, app
from aligner.formats.format_lookup import listed

FOUND = 1  # exit status


class FailOn(StrEnum):
    """From which severity on findings give exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Sensitivity(StrEnum):
    """How much is reported."""

    HIGH = "high"
    QUIET = "quiet"


@app.command()
def terms(  # noqa: PLR0913 - the options of the command
    pair: Annotated[
        list[Path],
        typer.Argument(
            metavar="PAIR",
            show_default=False,
            help="Two documents, one bitext (tmx, xliff, jsonl, xlsx, ...) or a corpus folder.",
        ),
    ],
    *,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="Write FILE: a report (html, xlsx), terms.jsonl, findings.jsonl, glossary.xlsx,"
            " a termbase (tbx) or an Xbench checklist (xbckl). May be repeated.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT", help="Write this format, if FILE has no suffix of a format."
        ),
    ] = None,
    glossary: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=f"Terms and the renderings they may have: {listed('glossary_in')}.",
        ),
    ] = None,
    glossary_only: Annotated[
        bool, typer.Option("--glossary-only", help="Check only the terms of the glossary.")
    ] = False,
    sensitivity: Annotated[
        Sensitivity,
        typer.Option(help="quiet reports warnings, nearly all right; high reports remarks too."),
    ] = Sensitivity.QUIET,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Findings accepted before, with reasons (toml or jsonl); only new ones count.",
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Accept all current findings: write them to FILE."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 if a new finding is at least this severe.")
    ] = FailOn.NEVER,
    every: Annotated[bool, typer.Option("--all", help="Also show terms without findings.")] = False,
    encoder: Annotated[
        str, typer.Option(metavar="NAME", help="Encoder that compares sentences, for aligning.")
    ] = "use",
    encoding: Encoding = None,
    langs: Annotated[
        str | None,
        typer.Option(metavar="zh,en", help="Languages of the two documents, zh,en or en,zh."),
    ] = None,
    keep_furniture: KeepFurniture = False,
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
