"""Align many pairs into a corpus folder; rerun to resume.

    corpus.json      marks the folder; version of its layout
    parts/ID.parquet one a pair (see `corpus.store.part`)
    table/           the parts joined, for searching, and digests (see `corpus.store.joined`)
    index.jsonl      one line a part: names and digests
    manifest.csv     which files were paired, if the source is a folder
    ledger.jsonl     one line a pair: status, seconds, reason of a failure
    summary.json, summary.html

All but the last three are the same bytes whatever the engine, the number of jobs, the
order, and how often the run was interrupted.

A pair runs again if a document, a setting or a version changed, if its part is gone or
damaged, and if it failed for another reason than its documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.batch.engine_protocol import PairsProgress, Settings
from aligner.batch.engines import limits_of, start_engine
from aligner.batch.meter import Meter
from aligner.batch.summary import RunSummary
from aligner.batch.summary_files import write_summary
from aligner.batch.summary_page import link
from aligner.batch.work import settings_signature
from aligner.batch.writer import CorpusWriter, opened
from aligner.corpus.store.mark import is_corpus
from aligner.corpus.store.sweep import sweep
from aligner.errors import SettingError
from aligner.filenames import shown
from aligner.messages import _
from aligner.pairing.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    from aligner.pairing.found import Pairing


def run_batch(  # noqa: PLR0913 - the options of the command
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
    refine: str | None = None,
    min_p: float = 0.0,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    keep_furniture: bool = False,
    progress: PairsProgress | None = None,
    pairing: Callable[[str, int, int], None] | None = None,
) -> RunSummary:
    """Align the pairs of a folder or a manifest into a corpus folder.

    Args:
        source: A folder, whose files are paired first, or a manifest.
        out: The corpus folder; made if it does not exist.
        jobs: How many pairs at once; as many as there are processors if None.
        engine: `local`, or `ray` for a cluster.
        address: Of the Ray cluster; one of this machine alone if None.
        timeout: Seconds that a pair may take, 0 for no limit; if None, generous ones by
            the size of its documents (`engines.SECONDS`, `engines.SECONDS_A_MB`).
        memory: Gigabytes that a worker may have; its share of the machine's if None.
        retry_failed: Also rerun pairs that failed because of their documents.
        prune: Drop pairs of earlier runs that the source no longer names.
        pre_split: See `aligner.pipeline.align`, as for all that follow.
        encoder: By name.
        refine: The name of a second encoder, asked about the links that are unsure.
        min_p: Links less likely than this become one-sided beads.
        encoding: Of all files; found from their bytes if None.
        langs: Of originals and translations; found from their script if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Called after each pair with how far the run is.
        pairing: Called as the files of a folder are paired (`aligner.pairing.find_pairs`).

    Returns:
        What became of every pair; also written to `summary.json` and `summary.html`.

    Raises:
        AlignerError: The source, the folder or a setting is invalid. What is wrong
            with a pair is in the summary instead.
        KeyboardInterrupt: After the workers have been ended and the summary written; so
            with SystemExit.
    """
    source, out = Path(source), Path(out)
    order = _order(langs)
    settings = Settings(pre_split, encoder, min_p, encoding, order, keep_furniture, refine)
    limits = limits_of(timeout, memory, jobs, shared=engine == "local")
    signature = settings_signature(settings)
    with start_engine(
        engine, jobs=jobs, limits=limits, encoder=encoder, address=address
    ) as workers:
        # before the folder is made: nothing is left behind if there is nothing to align
        manifest, found = _manifest(source, out, encoding, pairing)
        with opened(out):
            sweep(out)
            table = _keep(found, out) or source
            corpus = CorpusWriter(
                out, manifest.pairs, settings, signature, retry_failed=retry_failed
            )
            meter = Meter(manifest.pairs, progress)
            try:
                for outcome in workers.run(corpus.works(meter)):
                    corpus.record(outcome)
                    meter.end(outcome.id, outcome.trouble)
                corpus.finish(prune=prune)
            except (KeyboardInterrupt, SystemExit):
                _summary(corpus, manifest, meter, table, broken_off=True)
                raise
            return _summary(corpus, manifest, meter, table)


def _summary(
    corpus: CorpusWriter,
    manifest: Manifest,
    meter: Meter,
    table: Path,
    *,
    broken_off: bool = False,
) -> RunSummary:
    named = {pair.id for pair in manifest.pairs}
    entries = corpus.ledger.entries
    summary = RunSummary(
        total=len(named),
        kept=meter.kept,
        left_out=manifest.left_out,
        elsewhere=sum(e.status == "done" and e.id not in named for e in entries.values()),
        seconds=meter.seconds,
        entries=tuple(entries[name] for name in sorted(named & entries.keys())),
        broken_off=broken_off,
        notes=tuple(corpus.notes),
        waiting=manifest.waiting,
        locks=manifest.locks,
        table=shown(table),
        links={
            pair.id: (link(corpus.folder, pair.original), link(corpus.folder, pair.translation))
            for pair in manifest.pairs
        },
    )
    write_summary(summary, corpus.folder)
    return summary


def _manifest(
    source: Path,
    out: Path,
    encoding: str | None,
    pairing: Callable[[str, int, int], None] | None,
) -> tuple[Manifest, Pairing | None]:
    """Return the pairs of the source, and how they were found if it is a folder.

    Raises:
        SettingError: There are none, or the source is itself a corpus.
    """
    if is_corpus(source):
        raise SettingError(
            _("{source}: is already a corpus").format(source=source),
            hint=_("give the folder of documents"),
        )
    found = None
    if source.is_dir():
        from aligner.pairing import find_pairs

        if out.exists():  # report what is wrong with it before pairing, which takes long
            with opened(out):
                pass
        found = find_pairs(source, exclude=out, encoding=encoding, progress=pairing)
        manifest = found.manifest()
    else:
        manifest = read_manifest(source)
    if not manifest.pairs:
        raise SettingError(
            _("{source}: contains no pairs to align").format(source=source),
            hint=_("run `aligner pair` on the folder, and edit the manifest that it writes"),
        )
    return manifest, found


def _keep(found: Pairing | None, out: Path) -> Path | None:
    """Write how files were paired into the corpus, for a person to look at; return where."""
    if found is None:
        return None
    from aligner.pairing import write_manifest

    return write_manifest(found, out / "manifest.csv", force=True)[0]


def _order(langs: Sequence[str] | None) -> tuple[str, str] | None:
    if langs is None:
        return None
    if sorted(langs) != ["en", "zh"]:
        raise SettingError(
            _("invalid languages: {langs}").format(langs=", ".join(langs)),
            hint=_("name zh and en, in the order of the columns, such as --langs zh,en"),
        )
    first, second = langs
    return first, second
