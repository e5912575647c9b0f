"""The commands that use a corpus: `search`, `corpus export` and `corpus stats`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Language, app
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_

Corpus = Annotated[
    Path, typer.Argument(metavar="CORPUS", show_default=False, help=N_("A folder made by batch."))
]

corpus_app = typer.Typer(
    name="corpus",
    invoke_without_command=True, rich_markup_mode=None, add_completion=False,
)  # fmt: skip
app.add_typer(corpus_app)


@corpus_app.callback()
def _corpus(context: typer.Context, *, _lang: MessageLanguage = None) -> None:
    """Export a corpus with filters, or count what is in it.

    \b
    Example:
      aligner corpus stats corpus
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


class Duplicates(StrEnum):
    """Which duplicates are removed."""

    EXACT = "exact"
    NEAR = "near"


class Unique(StrEnum):
    """What must be unique."""

    PAIR = "pair"
    SRC = "src"
    TGT = "tgt"
    BOTH = "both"


@app.command()
def search(  # noqa: PLR0913 - the options of the command
    term: Annotated[
        str,
        typer.Argument(
            metavar="TERM", show_default=False, help=N_("What to look for, Chinese or English.")
        ),
    ],
    corpus: Corpus,
    *,
    side: Annotated[
        Language | None,
        typer.Option(
            metavar="zh|en",
            case_sensitive=False,
            help=N_("Where to look; found from the script by default."),
        ),
    ] = None,
    min_p: Annotated[
        float, typer.Option(metavar="P", help=N_("Minimum probability of a link."))
    ] = 0.0,
    most: Annotated[int, typer.Option(metavar="N", help=N_("Sentence pairs to show."))] = 100,
    no_marks: Annotated[
        bool, typer.Option("--no-marks", help=N_("Do not look for what renders the term."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print JSON lines."))] = False,
    _lang: MessageLanguage = None,
) -> None:
    """Show a term in its contexts on both sides, with what renders it, and count.

    Simplified and traditional characters are alike.

    \b
    Example:
      aligner search 先行示范区 corpus
    """
    from aligner.cli.many_output import concordance_json, concordance_text
    from aligner.cli.output import print_bytes, room
    from aligner.corpus.concordance import locate_renderings
    from aligner.corpus.search import search as find

    found = find(
        term,
        corpus,
        side=side.value if side else None,
        min_p=min_p,
        most=most,
        locate=None if no_marks else locate_renderings,
    )
    text = concordance_json(found) if as_json else concordance_text(found, room())
    print_bytes(text.encode())


@corpus_app.command()
def export(  # noqa: PLR0913 - the options of the command
    corpus: Corpus,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help=N_("Write FILE, in the format of its suffix.")
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help=N_("Write this format, if FILE has no suffix of a format: {bitext_out}."),
        ),
    ] = None,
    min_p: Annotated[
        float, typer.Option(metavar="P", help=N_("Minimum probability of a link."))
    ] = 0.0,
    min_ratio: Annotated[
        float, typer.Option(metavar="R", help=N_("Minimum of English characters per Chinese one."))
    ] = 0.0,
    max_ratio: Annotated[
        float, typer.Option(metavar="R", help=N_("Maximum of the same; 0 for no limit."))
    ] = 0.0,
    languages: Annotated[
        bool, typer.Option("--languages", help=N_("Each side must be in its own script."))
    ] = False,
    numbers: Annotated[
        bool,
        typer.Option(
            "--numbers",
            help=N_("Remove pairs whose numbers contradict each other; a doubtful pair is kept."),
        ),
    ] = False,
    duplicates: Annotated[
        Duplicates | None, typer.Option(help=N_("Remove duplicate pairs."))
    ] = None,
    unique: Annotated[Unique, typer.Option(help=N_("What must be unique."))] = Unique.PAIR,
    similarity: Annotated[
        float,
        typer.Option(metavar="C", help=N_("Minimum cosine of the two sides; takes 1 ms per pair.")),
    ] = 0.0,
    dev: Annotated[
        float,
        typer.Option(metavar="SHARE", help=N_("Share of whole documents for a development set.")),
    ] = 0.0,
    test: Annotated[
        float, typer.Option(metavar="SHARE", help=N_("The same for a test set."))
    ] = 0.0,
    seed: Annotated[
        int, typer.Option(metavar="N", help=N_("Another N gives another division."))
    ] = 0,
    src_lang: Annotated[str | None, typer.Option(metavar="CODE", help=N_("Such as zh-TW."))] = None,
    tgt_lang: Annotated[str | None, typer.Option(metavar="CODE", help=N_("Such as en-GB."))] = None,
    _lang: MessageLanguage = None,
) -> None:
    """Write the good pairs of a corpus in any format of align.

    Reports how many pairs each filter removed, with examples.

    \b
    Example:
      aligner corpus export corpus -o good.tmx --min-p 0.9 --numbers --duplicates near
    """
    from aligner.cli.many_output import print_export
    from aligner.corpus import Filters, export_corpus

    report = export_corpus(
        corpus,
        out,
        to=to,
        filters=Filters(
            min_p=min_p,
            min_ratio=min_ratio,
            max_ratio=max_ratio,
            languages=languages,
            numbers=numbers,
            duplicates=duplicates.value if duplicates else None,
            unique=unique.value,
            similarity=similarity,
        ),
        dev=dev,
        test=test,
        seed=seed,
        src_lang=src_lang,
        tgt_lang=tgt_lang,
    )
    print_export(report)


@corpus_app.command()
def stats(corpus: Corpus, *, _lang: MessageLanguage = None) -> None:
    """Count documents, sentences, pairs, kinds of beads and probabilities.

    \b
    Example:
      aligner corpus stats corpus
    """
    from aligner.cli.many_output import stats_text
    from aligner.cli.output import print_bytes
    from aligner.corpus import corpus_stats

    print_bytes(stats_text(corpus_stats(corpus)).encode())
