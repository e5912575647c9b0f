"""The commands for many documents: `pair`, `batch`, `search` and `corpus`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, KeepFurniture, Language, app

FAILED = 1  # exit status: some pairs could not be aligned

Encoder = Annotated[
    str, typer.Option("--encoder", metavar="NAME", help="What compares texts, see align.")
]
Corpus = Annotated[
    Path, typer.Argument(metavar="CORPUS", show_default=False, help="A folder made by batch.")
]

corpus_app = typer.Typer(
    name="corpus", help="Export a corpus with filters, or count what is in it.",
    invoke_without_command=True, rich_markup_mode=None, add_completion=False,
)  # fmt: skip
app.add_typer(corpus_app)


@corpus_app.callback()
def _corpus(context: typer.Context) -> None:
    """Export a corpus with filters, or count what is in it.

    \b
    Example:
      aligner corpus stats corpus
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


def seconds(text: str) -> float:
    """Return a number of seconds; 0 for `none`, which is no limit.

    Raises:
        ValueError: It is no number.
    """
    try:
        return 0.0 if text.strip().lower() == "none" else float(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is neither a number of seconds nor none") from error


class Engine(StrEnum):
    """Where the pairs of a batch are aligned."""

    LOCAL = "local"
    RAY = "ray"


class Duplicates(StrEnum):
    """Which duplicates are removed."""

    EXACT = "exact"
    NEAR = "near"


class Unique(StrEnum):
    """What must not come again."""

    PAIR = "pair"
    SRC = "src"
    TGT = "tgt"
    BOTH = "both"


@app.command()
def pair(  # noqa: PLR0913 - the options of the command
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", show_default=False, help="Documents, any format.")
    ],
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="MANIFEST", help="A csv, tsv or xlsx to write.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Replace MANIFEST, even if somebody edited it.")
    ] = False,
    by_name_only: Annotated[
        bool, typer.Option("--by-name-only", help="Do not compare what names leave over.")
    ] = False,
    encoder: Encoder = "use",
    encoding: Encoding = None,
) -> None:
    """Find which documents of a folder belong together.

    Pairs, doubtful pairs and files without a partner go to MANIFEST, a table to be looked
    at, mended and given to batch. A MANIFEST that is there with other contents is not
    replaced without --force, so that no edit is lost.

    \b
    Example:
      aligner pair documents -o pairs.xlsx
    """
    from aligner.cli.many_output import print_pairing  # noqa: PLC0415
    from aligner.cli.progress import counted  # noqa: PLC0415
    from aligner.formats.common.check_outputs import Output, check_files  # noqa: PLC0415
    from aligner.pairing import check_manifest, find_pairs, write_manifest  # noqa: PLC0415

    check_manifest(out)
    check_files([Output((out,))])
    with counted() as progress:
        found = find_pairs(
            folder,
            by_content=not by_name_only,
            encoder=encoder,
            encoding=encoding,
            progress=progress,
        )
    write_manifest(found, out, force=force)
    print_pairing(found, out)


@app.command()
def batch(  # noqa: PLR0913 - the options of the command
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="A folder of documents, or a manifest: csv, tsv, xlsx or parquet with columns"
            " original, translation and perhaps id.",
        ),
    ],
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FOLDER", help="The corpus; made if it is new.")
    ],
    jobs: Annotated[
        int | None, typer.Option(metavar="N", help="Pairs at once; one a processor by default.")
    ] = None,
    engine: Annotated[Engine, typer.Option(help="This machine, or a Ray cluster.")] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Of the Ray cluster.")
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="S",
            parser=seconds,
            show_default=False,
            help="Seconds that a pair may take; none or 0: no limit."
            " By default 600, and 600 more for each MB of its documents.",
        ),
    ] = None,
    memory: Annotated[
        float | None, typer.Option(metavar="GB", help="Memory that a worker may have.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed for its documents.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop pairs that SOURCE no longer names.")
    ] = False,
    pre_split: Annotated[
        bool, typer.Option("--pre-split", help="Take each line as one sentence.")
    ] = False,
    encoder: Encoder = "use",
    min_p: Annotated[float, typer.Option(metavar="P", help="See align.")] = 0.0,
    encoding: Encoding = None,
    langs: Annotated[
        str | None, typer.Option(metavar="zh,en", help="Languages of originals and translations.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="See align.")] = 0,
    keep_furniture: KeepFurniture = False,
) -> None:
    """Align many pairs of documents into a corpus folder.

    A second run does only what is new or changed. What fails, fails alone; the reasons
    stand in FOLDER/summary.html. The exit status is 1 if a pair failed.

    \b
    Example:
      aligner batch documents -o corpus --jobs 2 --timeout 300
    """
    from aligner.batch.engines import time_limit  # noqa: PLC0415
    from aligner.batch.run_batch import run_batch  # noqa: PLC0415
    from aligner.cli.many_output import print_run, say  # noqa: PLC0415
    from aligner.cli.progress import counted, pairs_progress  # noqa: PLC0415

    say(f"time limit of a pair (--timeout): {time_limit(timeout).time}")
    with counted() as pairing, pairs_progress() as progress:
        summary = run_batch(
            source,
            out,
            jobs=jobs,
            engine=engine.value,
            address=address,
            timeout=timeout,
            memory=memory,
            retry_failed=retry_failed,
            prune=prune,
            pre_split=pre_split,
            encoder=encoder,
            min_p=min_p,
            encoding=encoding,
            langs=tuple(langs.split(",")) if langs else None,
            seed=seed,
            keep_furniture=keep_furniture,
            progress=progress,
            pairing=pairing,
        )
    print_run(summary, out)
    if summary.failed:
        raise typer.Exit(FAILED)


@app.command()
def search(  # noqa: PLR0913 - the options of the command
    term: Annotated[str, typer.Argument(metavar="TERM", show_default=False)],
    corpus: Corpus,
    *,
    side: Annotated[
        Language | None,
        typer.Option(
            metavar="zh|en",
            case_sensitive=False,
            help="Where to look; found from the script by default.",
        ),
    ] = None,
    min_p: Annotated[float, typer.Option(metavar="P", help="Least probability of a link.")] = 0.0,
    most: Annotated[int, typer.Option(metavar="N", help="Sentence pairs to show.")] = 100,
    no_marks: Annotated[
        bool, typer.Option("--no-marks", help="Do not look for what renders the term.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Show a term in its contexts on both sides, with what renders it, and count.

    Simplified and traditional characters are alike.

    \b
    Example:
      aligner search 先行示范区 corpus
    """
    from aligner.cli.many_output import concordance_json, concordance_text  # noqa: PLC0415
    from aligner.cli.output import print_bytes  # noqa: PLC0415
    from aligner.corpus.concordance import locate_renderings  # noqa: PLC0415
    from aligner.corpus.search import search as find  # noqa: PLC0415

    found = find(
        term,
        corpus,
        side=side.value if side else None,
        min_p=min_p,
        most=most,
        locate=None if no_marks else locate_renderings,
    )
    show = concordance_json if as_json else concordance_text
    print_bytes(show(found).encode())


@corpus_app.command()
def export(  # noqa: PLR0913 - the options of the command
    corpus: Corpus,
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Write FILE, in its format.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT", help="Write this format, if FILE has no suffix of a format."
        ),
    ] = None,
    min_p: Annotated[float, typer.Option(metavar="P", help="Least probability of a link.")] = 0.0,
    min_ratio: Annotated[
        float, typer.Option(metavar="R", help="Least English characters for one Chinese.")
    ] = 0.0,
    max_ratio: Annotated[
        float, typer.Option(metavar="R", help="Most English characters for one Chinese; 0: any.")
    ] = 0.0,
    languages: Annotated[
        bool, typer.Option("--languages", help="Each side must be in its own script.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="The numbers of both sides must agree.")
    ] = False,
    duplicates: Annotated[
        Duplicates | None, typer.Option(help="Remove pairs that came before.")
    ] = None,
    unique: Annotated[Unique, typer.Option(help="What must not come again.")] = Unique.PAIR,
    similarity: Annotated[
        float, typer.Option(metavar="C", help="Least cosine of the two sides; 1 ms a pair.")
    ] = 0.0,
    dev: Annotated[
        float, typer.Option(metavar="SHARE", help="Of whole documents, set apart.")
    ] = 0.0,
    test: Annotated[float, typer.Option(metavar="SHARE", help="The same for a test set.")] = 0.0,
    seed: Annotated[int, typer.Option(metavar="N", help="Another one divides otherwise.")] = 0,
    src_lang: Annotated[str | None, typer.Option(metavar="CODE", help="Such as zh-TW.")] = None,
    tgt_lang: Annotated[str | None, typer.Option(metavar="CODE", help="Such as en-GB.")] = None,
) -> None:
    """Write the good pairs of a corpus in any format of align.

    Says how many pairs each filter removed, with examples.

    \b
    Example:
      aligner corpus export corpus -o good.tmx --min-p 0.9 --numbers --duplicates near
    """
    from aligner.cli.many_output import print_export  # noqa: PLC0415
    from aligner.corpus import Filters, export_corpus  # noqa: PLC0415

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
def stats(corpus: Corpus) -> None:
    """Count documents, sentences, pairs, kinds of beads and probabilities.

    \b
    Example:
      aligner corpus stats corpus
    """
    from aligner.cli.many_output import stats_text  # noqa: PLC0415
    from aligner.cli.output import print_bytes  # noqa: PLC0415
    from aligner.corpus import corpus_stats  # noqa: PLC0415

    print_bytes(stats_text(corpus_stats(corpus)).encode())
