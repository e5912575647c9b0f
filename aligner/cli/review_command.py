"""The command `review`: a thin call of `aligner.review.start.review`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, KeepFurniture, app
from aligner.cli.check_options import BaselineFile, GlossaryFile, Sensitivity, glossary_for
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_


@app.command()
def review(  # noqa: PLR0913 - the options of the command
    context: typer.Context,
    pair: Annotated[
        list[Path],
        typer.Argument(
            metavar="PAIR",
            show_default=False,
            help=N_("Two documents, one bitext (tmx, xliff, jsonl, xlsx, ...) or a corpus folder."),
        ),
    ],
    *,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help=N_(
                "Write FILE at the end, in the format of its suffix; may be repeated."
                " Of a corpus: the folder for what was confirmed."
            ),
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help=N_("Write this format, if FILE has no suffix of a format: {bitext_out}."),
        ),
    ] = None,
    confirmed_only: Annotated[
        bool, typer.Option("--confirmed-only", help=N_("Write only the links that were confirmed."))
    ] = False,
    journal: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("Where the review is kept; beside the first document by default."),
        ),
    ] = None,
    old_text: Annotated[
        bool,
        typer.Option(
            "--old-text",
            help=N_(
                "Go on with the text as it was when the review began, though the file changed."
            ),
        ),
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help=N_("Look at the review without changing it."))
    ] = False,
    pre_split: Annotated[
        bool, typer.Option("--pre-split", help=N_("Treat each line as one sentence."))
    ] = False,
    encoder: Annotated[
        str, typer.Option(metavar="NAME", help=N_("Encoder that compares sentences."))
    ] = "use",
    encoding: Encoding = None,
    langs: Annotated[
        str | None,
        typer.Option(metavar="zh,en", help=N_("Languages of the two documents, zh,en or en,zh.")),
    ] = None,
    keep_furniture: KeepFurniture = False,
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
    glossary_out: Annotated[
        Path | None,
        typer.Option(
            "--glossary-out",
            metavar="FILE",
            help=N_(
                "Where right renderings go that are named at findings; beside the journal by"
                " default."
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
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=N_("Open the page in the browser."))
    ] = True,
    _lang: MessageLanguage = None,
) -> None:
    """See, correct and confirm links in the browser; the rest realigns itself.

    Everything is kept at once, beside the first document; the documents are never changed.
    The page can be reached from this machine alone, at the address that is printed. End it
    with Ctrl-C or the page's button.

    \b
    Example:
      aligner review notice.zh.txt notice.en.txt -o notice.tmx
    """
    from aligner.cli.output import print_note, print_written
    from aligner.cli.progress import stages
    from aligner.review.checking import read_checks
    from aligner.review.start import open_desk, run_desk

    with stages() as progress:
        desk = open_desk(
            pair,
            out=out or (),
            to=to,
            journal=journal,
            old_text=old_text,
            read_only=read_only,
            options={
                "pre_split": pre_split,
                "encoder": encoder,
                "encoding": encoding,
                "langs": tuple(langs.split(",")) if langs else None,
                "keep_furniture": keep_furniture,
            },
            checking=read_checks(
                None if checks is None else [name for name in checks.split(",") if name.strip()],
                glossary_for(context, glossary, checks),
                baseline,
                sensitivity.value,
            ),
            renderings=glossary_out,
            lang=_lang or "",
            progress=progress,
        )
    written = run_desk(desk, confirmed_only=confirmed_only, browser=browser, tell=print_note)
    print_written(written)
