"""Many documents: pair them, align them into a corpus, search and export it.

What the commands `pair`, `batch`, `search` and `corpus` do, as functions. The stages are
imported where they are called (hence the `noqa: PLC0415`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.batch.summary import RunSummary
    from aligner.batch.values import Progress
    from aligner.bitext import Lang
    from aligner.corpus.export import ExportReport
    from aligner.corpus.filters import Filters
    from aligner.corpus.search import Concordance
    from aligner.corpus.stats import CorpusStats
    from aligner.pairing.values import Pairing

Counted = Callable[[str, int, int], None]  # what is done, how many are done, of how many


def pair(  # noqa: PLR0913 - the options of the command
    folder: str | Path,
    out: str | Path,
    *,
    by_content: bool = True,
    encoder: str = "use",
    encoding: str | None = None,
    progress: Counted | None = None,
) -> Pairing:
    """Find which documents of a folder belong together, and write the manifest.

    See `aligner.pairing.find_pairs` for the arguments and errors.
    """
    from aligner.pairing import find_pairs, write_manifest  # noqa: PLC0415

    found = find_pairs(
        folder, by_content=by_content, encoder=encoder, encoding=encoding, progress=progress
    )
    write_manifest(found, out)
    return found


def batch(  # noqa: PLR0913 - the options of the command
    source: str | Path,
    out: str | Path,
    *,
    jobs: int | None = None,
    engine: str = "local",
    address: str | None = None,
    timeout: float | None = None,
    memory: float | None = None,
    retry_failed: bool = False,
    prune: bool = False,
    pre_split: bool = False,
    encoder: str = "use",
    min_p: float = 0.0,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    seed: int = 0,
    keep_furniture: bool = False,
    progress: Progress | None = None,
    pairing: Counted | None = None,
) -> RunSummary:
    """Align the pairs of a folder or a manifest into a corpus folder.

    See `aligner.batch.run.run_batch` for the arguments and errors.
    """
    from aligner.batch.run import run_batch  # noqa: PLC0415

    return run_batch(
        source,
        out,
        jobs=jobs,
        engine=engine,
        address=address,
        timeout=timeout,
        memory=memory,
        retry_failed=retry_failed,
        prune=prune,
        pre_split=pre_split,
        encoder=encoder,
        min_p=min_p,
        encoding=encoding,
        langs=langs,
        seed=seed,
        keep_furniture=keep_furniture,
        progress=progress,
        pairing=pairing,
    )


def search(  # noqa: PLR0913 - the options of the command
    term: str,
    corpus: str | Path,
    *,
    side: Lang | None = None,
    min_p: float = 0.0,
    most: int = 100,
    mark: bool = True,
) -> Concordance:
    """Find a term in a corpus, with what renders it in each place.

    Args:
        term: Chinese or English.
        corpus: A folder that `batch` made.
        side: Where to look; found from the term's script if None.
        min_p: Least probability of a link.
        most: How many beads to show; all are counted.
        mark: Find what renders a Chinese term; takes about 10 ms a place.

    Raises:
        SettingError: The term is empty, or the folder is no corpus.
    """
    from aligner import corpus as corpora  # noqa: PLC0415

    if not mark:
        return corpora.search(term, corpus, side=side, min_p=min_p, most=most)
    from aligner.terms.concordance import locate_renderings  # noqa: PLC0415

    return corpora.search(term, corpus, side=side, min_p=min_p, most=most, locate=locate_renderings)


def export(  # noqa: PLR0913 - the options of the command
    corpus: str | Path,
    out: str | Path,
    *,
    to: str | None = None,
    filters: Filters | None = None,
    dev: float = 0.0,
    test: float = 0.0,
    seed: int = 0,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> ExportReport:
    """Write the good pairs of a corpus (see `aligner.corpus.export_corpus`)."""
    from aligner.corpus import Filters, export_corpus  # noqa: PLC0415

    return export_corpus(
        corpus,
        out,
        to=to,
        filters=filters or Filters(),
        dev=dev,
        test=test,
        seed=seed,
        src_lang=src_lang,
        tgt_lang=tgt_lang,
        progress=progress,
    )


def stats(corpus: str | Path) -> CorpusStats:
    """Count what is in a corpus (see `aligner.corpus.corpus_stats`)."""
    from aligner.corpus import corpus_stats  # noqa: PLC0415

    return corpus_stats(corpus)
