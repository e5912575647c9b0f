"""The commands `convert` and `validate`: thin calls of the functions of their names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, app
from aligner.cli.spoken import MessageLanguage
from aligner.errors import SettingError
from aligner.messages import N_, _

FOUND = 1  # exit status


@app.command()
def convert(  # noqa: PLR0913 - the options of the command
    file: Annotated[
        Path,
        typer.Argument(
            metavar="IN",
            show_default=False,
            help=N_("A bitext: {bitext_in_suffixes}."),
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="OUT", help=N_("Write OUT, in the format of its suffix.")
        ),
    ],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=N_("Format of IN, whatever its suffix: {bitext_in}."),
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help=N_("Write this format, if OUT has no suffix of a format: {bitext_out}."),
        ),
    ] = None,
    encoding: Encoding = None,
    langs: Annotated[
        str | None,
        typer.Option(metavar="zh,en", help=N_("Languages of the two columns, zh,en or en,zh.")),
    ] = None,
    texts: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="ZH EN", help=N_("The texts of an .align file, one sentence a line.")),
    ] = None,
    src_lang: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=N_("Code of the Chinese side, such as zh-TW.")),
    ] = None,
    tgt_lang: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=N_("Code of the English side, such as en-GB.")),
    ] = None,
    _lang: MessageLanguage = None,
) -> None:
    """Write a bitext in another format, with its links and probabilities.

    \b
    Example:
      aligner convert notice.jsonl -o notice.xlf
    """
    from aligner import convert as bitexts
    from aligner.cli.output import print_note, print_written

    written = bitexts.convert(
        file,
        out,
        from_=from_,
        to=to,
        encoding=encoding,
        langs=tuple(langs.split(",")) if langs else None,
        texts=texts,
        src_lang=src_lang,
        tgt_lang=tgt_lang,
        tell=print_note,
    )
    print_written(written)


@app.command()
def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            show_default=False,
            help=N_("Bitexts, termbases, or files of Moses or InterText."),
        ),
    ],
    *,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=N_("Format of the files, whatever their suffixes: {check}."),
        ),
    ] = None,
    encoding: Encoding = None,
    _lang: MessageLanguage = None,
) -> None:
    """Check files against the rules of their formats; report the line and the rule.

    The exit status is 1 if a rule is broken, and 2 if a file cannot be read at all.

    \b
    Example:
      aligner validate notice.tmx
    """
    from aligner.cli.output import print_problems
    from aligner.formats import validate as checks

    if not files:
        raise SettingError(_("expected at least one file"))
    broken = False
    for file in files:
        problems = checks.validate(file, from_=from_, encoding=encoding)
        print_problems(file, problems)
        broken |= bool(problems)
    if broken:
        raise typer.Exit(FOUND)
