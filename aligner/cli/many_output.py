"""What the commands for many documents print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.cli.output import print_written, warn

if TYPE_CHECKING:
    from aligner.batch.summary import RunSummary
    from aligner.corpus.export import ExportReport
    from aligner.corpus.search import Concordance
    from aligner.corpus.stats import CorpusStats
    from aligner.pairing.found import Pairing

SHOWN = 20  # failed pairs, files without a partner, renderings


def print_pairing(found: Pairing, out: Path) -> None:
    """Say what was paired and what waits for a person."""
    by_name = sum(pair.how == "name" for pair in found.pairs)
    say(f"{len(found.pairs)} pairs: {by_name} by name, {len(found.pairs) - by_name} by content")
    for pair in found.doubtful:
        warn(f"doubtful: {pair.original}, {pair.translation}: {pair.note or f'{pair.score:.2f}'}")
    for one in found.loose[:SHOWN]:
        warn(f"{one.why}: {one.name}{f': {one.note}' if one.note else ''}")
    if len(found.loose) > SHOWN:
        warn(f"and {len(found.loose) - SHOWN} more files without a partner")
    print_written([out])


def print_run(summary: RunSummary, out: Path) -> None:
    """Say what a batch did, and why pairs failed."""
    new = len(summary.done) + len(summary.failed) - summary.kept
    say(
        f"{summary.total} pairs: {len(summary.done)} done, {len(summary.failed)} failed"
        f" ({summary.kept} from an earlier run, {max(new, 0)} now, {summary.seconds:.1f} s)"
    )
    if summary.left_out:
        warn(f"{summary.left_out} files or rows wait for a decision: see {summary.table}")
    if summary.elsewhere:
        warn(f"{summary.elsewhere} pairs of the corpus are not in the source; --prune drops them")
    for note in summary.notes[:SHOWN]:
        warn(note)
    if len(summary.notes) > SHOWN:
        warn(f"and {len(summary.notes) - SHOWN} more files: see {out / 'summary.json'}")
    for entry in summary.failed[:SHOWN]:
        if entry.trouble:
            warn(f"{entry.id}: {entry.trouble.reason}: {entry.trouble.message}")
            if entry.trouble.hint:
                say(f"  hint: {entry.trouble.hint}")
    if len(summary.failed) > SHOWN:
        warn(f"and {len(summary.failed) - SHOWN} more: see the summary")
    print_written([out / "summary.html"])


def print_export(report: ExportReport) -> None:
    """Say what each filter removed, with examples, and what was written."""
    say(f"{report.rows:,} rows, {report.kept:,} kept")
    for step in report.steps:
        say(f"  {step.name}: {step.removed:,} removed")
        for example in step.examples:
            say(f"    {example.why}: {_cut(example.src)} | {_cut(example.tgt)}")
    for name, count in report.sets.items():
        if name:
            say(f"  {name}: {count:,} pairs")
    print_written(report.files)


def concordance_text(found: Concordance) -> str:
    """Return a concordance: counts of renderings, then both sides of each place."""
    lines = [f"{found.term}: {found.beads:,} sentence pairs in {found.documents:,} documents"]
    shown = list(found.renderings.items())[:SHOWN]
    lines += [f"{count:7,}  {rendering}" for rendering, count in shown]
    if len(found.renderings) > SHOWN:
        lines.append(f"         and {len(found.renderings) - SHOWN} more")
    for hit in found.hits:
        lines.append(f"\n{hit.doc} {list(hit.src_ids)}:{list(hit.tgt_ids)} p {hit.p:.3f}")
        for side in hit.kwic():
            word = f"【{side.word}】" if side.word else ""
            lines.append(f"  {side.left}{word}{side.right}")
    if found.left_out:
        lines.append(f"\nthe first {len(found.hits):,} places; --most shows more")
    return "\n".join(lines) + "\n"


def concordance_json(found: Concordance) -> str:
    """Return a concordance as JSON lines, a place a line."""
    rows = (
        {
            "doc": hit.doc,
            "src": hit.src,
            "tgt": hit.tgt,
            "src_ids": hit.src_ids,
            "tgt_ids": hit.tgt_ids,
            "p": round(hit.p, 4),
            "side": hit.side,
            "term_span": hit.term_span,
            "rendering": hit.rendering,
            "rendering_span": hit.rendering_span,
        }
        for hit in found.hits
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def stats_text(found: CorpusStats) -> str:
    """Return the counts of a corpus."""
    return "\n".join(_stats_lines(found)) + "\n"


def _stats_lines(found: CorpusStats) -> Iterator[str]:
    yield f"{found.documents:,} documents, {found.beads:,} beads"
    yield f"{found.pairs:,} pairs of two sides, {found.distinct:,} of different texts"
    yield (
        f"{found.src_sentences:,} Chinese sentences, {found.src_alone:,} without a partner;"
        f" {found.src_characters:,} characters"
    )
    yield (
        f"{found.tgt_sentences:,} English sentences, {found.tgt_alone:,} without a partner;"
        f" {found.tgt_words:,} words"
    )
    low, middle, high = found.ratio
    yield f"English characters for one Chinese: {low:.1f}, {middle:.1f}, {high:.1f} (5, 50, 95 %)"
    yield "beads: " + ", ".join(f"{count:,} of {kind}" for kind, count in found.kinds.items())
    bins = len(found.p)
    sure = sum(found.p[round(0.9 * bins) :])
    likely = sum(found.p[round(0.5 * bins) :]) - sure
    yield (
        f"probability: {sure:,} of .9 and more, {likely:,} from .5 to .9,"
        f" {found.pairs - sure - likely:,} below .5"
    )


def say(text: str) -> None:
    """Print a line of a summary."""
    print(text, file=sys.stderr)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
