"""The commands `convert` and `validate`: thin calls of the functions of their names."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, Source, app
from aligner.cli.plugin_output import aligned_columns, plugin_lines
from aligner.cli.spoken import MessageLanguage
from aligner.errors import AlignerError, SettingError
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
    source: Source = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="ORIGINAL",
            help=N_(
                "IN is an edited copy of this bitext: carry over what was changed, and list it."
            ),
        ),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(
            metavar="LIST",
            help=N_("With --against, write the changes to a tsv, csv, jsonl or xlsx."),
        ),
    ] = None,
    _lang: MessageLanguage = None,
) -> None:
    """Write a bitext in another format, with its links and probabilities.

    With --against, IN may be a spreadsheet in which a person edited, merged, split,
    deleted, inserted or confirmed rows.

    \b
    Examples:
      aligner convert notice.jsonl -o notice.xlf
      aligner convert edited.xlsx --against notice.jsonl -o new.tmx --changes changes.xlsx
    """
    from aligner import convert as bitexts
    from aligner.cli.output import print_changes, print_note, print_written

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
        source=None if source is None else source.value,
        against=against,
        changes=changes,
        tell=print_note,
        tell_changes=print_changes,
    )
    print_written(written)


@app.command()
def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help=N_("Bitexts, glossaries, or files of Moses or InterText."),
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

    A table of terms is checked as a glossary. A file that cannot be checked is named, and the
    others are checked all the same. The exit status is 1 if a rule is broken, and 2 if a file
    cannot be read or is none that there are rules for.

    \b
    Examples:
      aligner validate notice.tmx
      aligner validate terms.csv --from glossary
    """
    from aligner.cli.output import ERROR, print_error, print_problems
    from aligner.formats import validate as checks

    if not files:
        raise SettingError(_("expected at least one file"))
    statuses = {0}
    for file in files:
        try:
            rules = checks.rules_for(file, from_=from_, encoding=encoding)
            problems = checks.validate(file, from_=rules, encoding=encoding)
        except AlignerError as error:
            print_error(str(error), error.hint)
            statuses.add(ERROR)
            continue
        print_problems(file, problems, rules=rules)
        if rules == "glossary":
            _print_unread(file, encoding)
        statuses.add(FOUND if problems else 0)
    if status := max(statuses):
        raise typer.Exit(status)


def _print_unread(file: Path, encoding: str | None) -> None:
    """Print which columns of a glossary are not read, as the commands that use it do."""
    from aligner.cli.output import print_note
    from aligner.formats.glossaries import unread_note

    with suppress(AlignerError):  # which has been told as a problem
        for note in unread_note(file, encoding=encoding):
            print_note(note)


@app.command()
def formats(
    *,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help=N_("Print the table in Markdown."))
    ] = False,
    _lang: MessageLanguage = None,
) -> None:
    """List the formats and encoders, those of other packages too.

    A plug-in that cannot be loaded is named with the reason, and left out.

    \b
    Example:
      aligner formats --markdown
    """
    from aligner.cli.output import print_bytes, room
    from aligner.encode import ENCODERS
    from aligner.formats.format_lookup import all_formats, table
    from aligner.formats.plugin_formats import own_names

    shown = table(all_formats())
    if not as_markdown:
        shown = aligned_columns(shown, room())
    lines = [shown, "", _("encoders: {encoders}").format(encoders=", ".join(ENCODERS))]
    for kind in ("readers", "bitext_readers", "encoders"):
        lines += plugin_lines(kind, own_names() if kind != "encoders" else frozenset(ENCODERS))
    print_bytes("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))
