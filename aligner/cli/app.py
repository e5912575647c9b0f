"""The commands. Each is a thin call of the function of its name in `aligner.pipeline`.

The functions are imported where they are called, so that
`--help` and `--version` load nothing heavy.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner import __version__
from aligner.cli.check_options import SecondEncoder
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_, _

# Plain help: as fast as can be, and the same on a terminal, in a pipe and in a log.
app = typer.Typer(
    name="aligner",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_HELP = frozenset({"-h", "--help"})
_NOTES = 5  # of an evaluation that are shown


class Language(StrEnum):
    """The languages of a document."""

    ZH = "zh"
    EN = "en"


Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help=N_(
            "Character encoding of the input, such as gb18030; found from the bytes by default."
        ),
    ),
]
KeepFurniture = Annotated[
    bool,
    typer.Option("--keep-furniture", help=N_("Keep the menus, headers and footers of web pages.")),
]


Source = Annotated[
    Language | None,
    typer.Option(
        "--source",
        metavar="zh|en",
        case_sensitive=False,
        help=N_(
            "Language of the original, which TMX and XLIFF name as the source: zh by default."
            " In tables the Chinese side stays first."
        ),
    ),
]


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if wanted:
        print(f"aligner {__version__}")
        raise typer.Exit


@app.callback()
def _aligner(
    context: typer.Context,
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_show_version,
            help=N_("Show the version and exit."),
        ),
    ] = False,
    _lang: MessageLanguage = None,
) -> None:
    """Align Chinese originals with their English translations, sentence by sentence.

    \b
    Example:
      aligner align notice.zh.txt notice.en.txt -o notice.tmx
    """
    if context.invoked_subcommand is None:
        print(context.get_help())
    elif context.invoked_subcommand != "config" and not _HELP & {*context.obj}:
        _take_defaults(context)


def _take_defaults(context: typer.Context) -> None:
    """Let the project's `aligner.toml` set the defaults of the commands.

    Raises:
        AlignerError: It cannot be read, or says what cannot be.
    """
    from aligner.cli.project_defaults import default_map, find_defaults, note_of, read_defaults

    if not (path := find_defaults()):
        return
    found = read_defaults(path)
    context.default_map = default_map(context.command, found.values)
    if note := note_of(found, context.default_map.get(str(context.invoked_subcommand), {})):
        print(_("note: {note}").format(note=note), file=sys.stderr)


@app.command()
def align(  # noqa: PLR0913 - the options of the command
    original: Annotated[
        Path,
        typer.Argument(
            metavar="ORIGINAL",
            show_default=False,
            help=N_("One document: {document_in}. It may hold both languages."),
        ),
    ],
    translation: Annotated[
        Path | None,
        typer.Argument(metavar="TRANSLATION", show_default=False, help=N_("The other document.")),
    ] = None,
    *,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help=N_(
                "Write FILE, in the format of its suffix; may be repeated."
                " Without it, a table goes to standard output."
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
    pre_split: Annotated[
        bool,
        typer.Option(
            "--pre-split",
            help=N_("Treat each line as one sentence; blank lines are skipped and not counted."),
        ),
    ] = False,
    encoder: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help=N_(
                "Encoder that compares sentences: use, length (quick and rough)"
                " or transformers:MODEL."
            ),
        ),
    ] = "use",
    refine: SecondEncoder = None,
    min_p: Annotated[
        float,
        typer.Option(
            metavar="P",
            help=N_("Write links less likely than P as two one-sided units; nothing is lost."),
        ),
    ] = 0.0,
    encoding: Encoding = None,
    langs: Annotated[
        str | None,
        typer.Option(
            metavar="zh,en",
            help=N_(
                "Languages of ORIGINAL and TRANSLATION, zh,en or en,zh;"
                " found from the script by default."
            ),
        ),
    ] = None,
    source: Source = None,
    keep_furniture: KeepFurniture = False,
    _lang: MessageLanguage = None,
) -> None:
    """Segment and align one pair of documents.

    Either document may be the Chinese one; in tables the Chinese side comes first, and
    --source en says that the original is the English one.
    A summary goes to standard error.

    \b
    Example:
      aligner align notice.zh.txt notice.en.txt -o notice.tmx -o notice.xlsx
    """
    from aligner import pipeline
    from aligner.cli.output import print_bytes, print_summary, warn
    from aligner.cli.progress import stages
    from aligner.formats.outputs import check_targets, format_of, left_lists
    from aligner.report.bitext_summary import summarise

    targets = tuple(out or ())
    check_targets(targets, to=to, inputs=[original, *([translation] if translation else [])])
    shown = format_of("standard output", to=to or "tsv")
    with stages() as progress:
        bitext = pipeline.align(
            original,
            translation,
            pre_split=pre_split,
            encoder=encoder,
            refine=refine,
            min_p=min_p,
            encoding=encoding,
            langs=tuple(langs.split(",")) if langs else None,
            source=None if source is None else source.value,
            keep_furniture=keep_furniture,
            progress=progress,
        )
        progress("writing")
        written = pipeline.write(bitext, targets, to=to)
        result = b"" if targets else pipeline.render(bitext, to=shown)
    print_summary(summarise(bitext, min_p=min_p), written)
    for note in left_lists(targets, written, to=to):
        warn(note)
    print_bytes(result)


@app.command()
def segment(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help=N_("A document: {document_in}."),
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help=N_("Write to FILE instead of standard output.")
        ),
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option(
            metavar="zh|en",
            case_sensitive=False,
            help=N_("The language; found from the script by default."),
        ),
    ] = None,
    encoding: Encoding = None,
    keep_furniture: KeepFurniture = False,
) -> None:
    """Split one document into sentences, one a line.

    \b
    Example:
      aligner segment notice.zh.txt -o notice.sent.zh
    """
    from aligner import pipeline
    from aligner.cli.output import print_bytes, print_note
    from aligner.formats.common.check_outputs import Output, check_files
    from aligner.formats.common.writing import write_bytes

    check_files([Output((out,))] if out else [], [file])
    segments = pipeline.segment(
        file,
        lang=None if lang is None else lang.value,
        encoding=encoding,
        keep_furniture=keep_furniture,
        tell=print_note,
    )
    lines = "".join(f"{piece.text}\n" for piece in segments).encode()
    if out:
        write_bytes(out, lines)
    else:
        print_bytes(lines)


@app.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            show_default=False,
            help=N_("Correct links: a .align file, a bitext by aligner, or a folder of .align."),
        ),
    ],
    test: Annotated[
        Path,
        typer.Argument(
            metavar="TEST", show_default=False, help=N_("Links to score, with the same file names.")
        ),
    ],
    *,
    merge_units: Annotated[
        bool,
        typer.Option(
            "--merge-units",
            help=N_(
                "Join neighbouring links inside one unit first: the line of each sentence in"
                " NAME.zh.verse and NAME.en.verse, or .unit, beside the gold names it."
            ),
        ),
    ] = False,
    per_doc: Annotated[
        bool, typer.Option("--per-doc", help=N_("Also show the F1 of each document."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print JSON."))] = False,
    _lang: MessageLanguage = None,
) -> None:
    """Score an alignment against gold: precision, recall and F1.

    Compare only figures of one convention: the three differ in how they count
    sentences without a partner. Sentences are numbered from 0, blank lines not counted.
    A bitext of another program does not number its sentences, and cannot be scored.

    \b
    Example:
      aligner evaluate gold/notice.align out/notice.align --per-doc
    """
    from aligner import pipeline
    from aligner.cli.output import print_bytes, warn
    from aligner.cli.scores import scores_json, scores_text

    result = pipeline.evaluate(gold, test, merge_units=merge_units)
    if result.total.reused:
        warn(
            _("{reused} sentences of the test are in more than one link").format(
                reused=result.total.reused
            )
        )
    for note in result.notes[:_NOTES]:
        warn(note)
    if len(result.notes) > _NOTES:
        warn(_("and {count} more notes like these").format(count=len(result.notes) - _NOTES))
    show = scores_json if as_json else scores_text
    print_bytes(show(result, per_doc=per_doc).encode())
