"""The commands that make a corpus: `pair` and `batch`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import Encoding, KeepFurniture, app
from aligner.cli.check_options import SecondEncoder
from aligner.cli.spoken import MessageLanguage
from aligner.messages import N_, _

FAILED = 1  # exit status: some pairs could not be aligned

Encoder = Annotated[
    str,
    typer.Option("--encoder", metavar="NAME", help=N_("Encoder that compares texts, see align.")),
]


def seconds(text: str) -> float:
    """Return a number of seconds; 0 for `none`, which is no limit.

    Raises:
        ValueError: It is not a number.
    """
    try:
        return 0.0 if text.strip().lower() == "none" else float(text)
    except ValueError as error:
        raise ValueError(
            _("{text!r} is neither a number of seconds nor none").format(text=text)
        ) from error


class EngineName(StrEnum):
    """Where the pairs of a batch are aligned."""

    LOCAL = "local"
    RAY = "ray"


@app.command()
def pair(  # noqa: PLR0913 - the options of the command
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", show_default=False, help=N_("Documents, any format.")),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="MANIFEST", help=N_("Write MANIFEST, a csv, tsv or xlsx file.")
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace MANIFEST, even if it was edited."))
    ] = False,
    by_name_only: Annotated[
        bool,
        typer.Option("--by-name-only", help=N_("Do not compare contents: pair by name alone.")),
    ] = False,
    encoder: Encoder = "use",
    encoding: Encoding = None,
    _lang: MessageLanguage = None,
) -> None:
    """Find which documents of a folder belong together.

    Pairs, doubtful pairs and files without a partner go to MANIFEST, a table to
    review, correct and give to batch. A MANIFEST that already exists with other contents
    is not replaced without --force, so that no edit is lost.

    \b
    Example:
      aligner pair documents -o pairs.xlsx
    """
    from aligner.cli.many_output import print_pairing
    from aligner.cli.progress import counted
    from aligner.formats.common.check_outputs import Output, check_files
    from aligner.pairing import check_manifest, find_pairs, write_manifest

    check_manifest(out)
    check_files([Output((out,))])
    with counted() as progress:
        found = find_pairs(
            folder,
            exclude=out,
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
            help=N_(
                "A folder of documents, or a manifest: csv, tsv, xlsx or parquet with columns"
                " original, translation and perhaps id."
            ),
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FOLDER",
            help=N_("The corpus folder; created if it does not exist."),
        ),
    ],
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", help=N_("Pairs aligned at once; one per processor by default.")),
    ] = None,
    engine: Annotated[
        EngineName, typer.Option(help=N_("This machine, or a Ray cluster."))
    ] = EngineName.LOCAL,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help=N_("Address of the Ray cluster."))
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="S",
            parser=seconds,
            show_default=False,
            help=N_(
                "Time limit of a pair in seconds; none or 0 for no limit."
                " By default 600, and 600 more for each MB of its documents."
            ),
        ),
    ] = None,
    memory: Annotated[
        float | None, typer.Option(metavar="GB", help=N_("Memory limit of a worker."))
    ] = None,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed", help=N_("Retry pairs that failed because of their documents.")
        ),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help=N_("Drop pairs that SOURCE no longer names."))
    ] = False,
    pre_split: Annotated[
        bool, typer.Option("--pre-split", help=N_("Treat each line as one sentence."))
    ] = False,
    encoder: Encoder = "use",
    refine: SecondEncoder = None,
    min_p: Annotated[float, typer.Option(metavar="P", help=N_("See align."))] = 0.0,
    encoding: Encoding = None,
    langs: Annotated[
        str | None,
        typer.Option(metavar="zh,en", help=N_("Languages of originals and translations.")),
    ] = None,
    keep_furniture: KeepFurniture = False,
    _lang: MessageLanguage = None,
) -> None:
    """Align many pairs of documents into a corpus folder.

    Rerun to resume: only what is new or changed is aligned. A pair that fails does not stop
    the others; the reasons are in FOLDER/summary.html. The exit status is 1 if a pair failed.

    \b
    Example:
      aligner batch documents -o corpus --jobs 2 --timeout 300
    """
    from aligner.batch.engines import time_limit
    from aligner.batch.run_batch import run_batch
    from aligner.cli.many_output import print_run, say
    from aligner.cli.progress import counted, pairs_progress

    say(_("time limit of a pair (--timeout): {time}").format(time=time_limit(timeout).time))
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
            refine=refine,
            min_p=min_p,
            encoding=encoding,
            langs=tuple(langs.split(",")) if langs else None,
            keep_furniture=keep_furniture,
            progress=progress,
            pairing=pairing,
        )
    print_run(summary, out)
    if summary.failed:
        raise typer.Exit(FAILED)
