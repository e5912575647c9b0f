"""What the commands for many documents print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.cli.output import print_written, warn
from aligner.messages import _, ngettext
from aligner.report.shown_text import cell_width

if TYPE_CHECKING:
    from aligner.batch.summary import RunSummary
    from aligner.corpus.export import ExportReport
    from aligner.corpus.search import Concordance, Hit, Kwic
    from aligner.corpus.stats import CorpusStats
    from aligner.pairing.found import Pairing

SHOWN = 20  # failed pairs, files without a partner, renderings
FIRST_NAMES = 3  # files and pairs of which a line says that there are some
_LEAST_CONTEXT = 8  # characters on each side of a term, however narrow the terminal


def print_pairing(found: Pairing, out: Path) -> None:
    """Say what was paired and what waits for a person."""
    by_name = sum(pair.how == "name" for pair in found.pairs)
    say(
        ngettext(
            "{count} pair: {by_name} by name, {by_content} by content",
            "{count} pairs: {by_name} by name, {by_content} by content",
            len(found.pairs),
        ).format(count=len(found.pairs), by_name=by_name, by_content=len(found.pairs) - by_name)
    )
    for pair in found.doubtful:
        warn(
            _("doubtful: {original}, {translation}: {note}").format(
                original=pair.original,
                translation=pair.translation,
                note=pair.note or f"{pair.score:.2f}",
            )
        )
    for one in found.loose[:SHOWN]:
        warn(f"{_(one.why)}: {one.name}{f': {one.note}' if one.note else ''}")
    if len(found.loose) > SHOWN:
        warn(_("and {count} more files without a partner").format(count=len(found.loose) - SHOWN))
    _warn_locks(found.locks)
    print_written([out])


def _warn_locks(count: int) -> None:
    if count:
        warn(
            ngettext(
                "{count} lock file of an office program (~$...) was passed over: it holds no text",
                "{count} lock files of office programs (~$...) were passed over: they hold no text",
                count,
            ).format(count=count)
        )


def _first(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    shown = _(", ").join(names[:FIRST_NAMES])
    rest = len(names) - FIRST_NAMES
    return shown + (_(" and {count} more").format(count=rest) if rest > 0 else "")


def _warn_unread(summary: RunSummary) -> None:
    if unread := summary.unread:
        warn(
            ngettext(
                "{count} file was not read: {names}; why, and what to do: see {table}",
                "{count} files were not read: {names}; why, and what to do: see {table}",
                len(unread),
            ).format(
                count=len(unread),
                names=_first([row.original for row in unread]),
                table=summary.table,
            )
        )
    _warn_locks(summary.locks)


def _warn_doubtful(summary: RunSummary, out: Path) -> None:
    if doubtful := summary.doubtful:
        warn(
            ngettext(
                "{count} pair may be no translation of each other, since few of its links are"
                " likely or many sentences have no partner: {names}; see {page}",
                "{count} pairs may be no translations of each other, since few of their links are"
                " likely or many sentences have no partner: {names}; see {page}",
                len(doubtful),
            ).format(
                count=len(doubtful),
                names=_first([entry.id for entry in doubtful]),
                page=out / "summary.html",
            )
        )


def print_run(summary: RunSummary, out: Path) -> None:
    """Say what a batch did, and why pairs failed."""
    new = len(summary.done) + len(summary.failed) - summary.kept
    say(
        ngettext(
            "{total} pair: {done} done, {failed} failed"
            " ({kept} from an earlier run, {new} now, {seconds:.1f} s)",
            "{total} pairs: {done} done, {failed} failed"
            " ({kept} from an earlier run, {new} now, {seconds:.1f} s)",
            summary.total,
        ).format(
            total=summary.total,
            done=len(summary.done),
            failed=len(summary.failed),
            kept=summary.kept,
            new=max(new, 0),
            seconds=summary.seconds,
        )
    )
    _warn_unread(summary)
    if left_out := summary.left_out - len(summary.unread):
        warn(
            ngettext(
                "{left_out} file or row waits for a decision: see {table}",
                "{left_out} files or rows wait for a decision: see {table}",
                left_out,
            ).format(left_out=left_out, table=summary.table)
        )
    _warn_doubtful(summary, out)
    if summary.elsewhere:
        warn(
            ngettext(
                "{elsewhere} pair of the corpus is not in the source; --prune drops it",
                "{elsewhere} pairs of the corpus are not in the source; --prune drops them",
                summary.elsewhere,
            ).format(elsewhere=summary.elsewhere)
        )
    for note in summary.notes[:SHOWN]:
        warn(note)
    if len(summary.notes) > SHOWN:
        warn(
            _("and {count} more files: see {out}").format(
                count=len(summary.notes) - SHOWN, out=out / "summary.json"
            )
        )
    for entry in summary.failed[:SHOWN]:
        if entry.trouble:
            warn(f"{entry.id}: {_(entry.trouble.reason)}: {entry.trouble.message}")
            if entry.trouble.hint:
                say(_("  hint: {hint}").format(hint=entry.trouble.hint))
    if len(summary.failed) > SHOWN:
        warn(_("and {count} more: see the summary").format(count=len(summary.failed) - SHOWN))
    print_written([out / "summary.html"])


def print_export(report: ExportReport) -> None:
    """Say what each filter removed, with examples, and what was written."""
    say(_("{rows:,} rows, {kept:,} kept").format(rows=report.rows, kept=report.kept))
    for step in report.steps:
        say(_("  {name}: {removed:,} removed").format(name=_(step.name), removed=step.removed))
        for example in step.examples:
            say(f"    {example.why}: {_cut(example.src)} | {_cut(example.tgt)}")
    for name, count in report.sets.items():
        if name:
            say(_("  {name}: {count:,} pairs").format(name=name, count=count))
    print_written(report.files)


def concordance_text(found: Concordance, room: int) -> str:
    """Return a concordance: counts of renderings, then both sides of each place.

    Args:
        found: What a search found.
        room: Columns that a line may take.
    """
    lines = [
        _("{term}: {pairs} in {documents}").format(
            term=found.term,
            pairs=ngettext(
                "{count:,} sentence pair", "{count:,} sentence pairs", found.beads
            ).format(count=found.beads),
            documents=_documents(found.documents),
        )
    ]
    shown = list(found.renderings.items())[:SHOWN]
    lines += [f"{count:7,}  {rendering}" for rendering, count in shown]
    if len(found.renderings) > SHOWN:
        lines.append(_("         and {count} more").format(count=len(found.renderings) - SHOWN))
    for hit in found.hits:
        lines.append(f"\n{hit.doc} {list(hit.src_ids)}:{list(hit.tgt_ids)} p {hit.p:.3f}")
        lines += map(_kwic_line, _fitting(hit, room))
    if found.left_out:
        lines.append(
            _("\nthe first {count:,} places; --most shows more").format(count=len(found.hits))
        )
    return "\n".join(lines) + "\n"


def _kwic_line(side: Kwic) -> str:
    word = f"【{side.word}】" if side.word else ""
    return f"  {side.left}{word}{side.right}"


def _fitting(hit: Hit, room: int) -> Iterator[Kwic]:
    """Yield both sides of a place with as much context as a line has room for."""
    from aligner.corpus.search import CONTEXT

    for side in (0, 1):
        widths = range(CONTEXT, _LEAST_CONTEXT - 1, -1)
        views = (hit.kwic(width)[side] for width in widths)
        fits = (view for view in views if cell_width(_kwic_line(view)) <= room)
        yield next(fits, hit.kwic(_LEAST_CONTEXT)[side])


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
    yield _("{documents}, {beads:,} beads").format(
        documents=_documents(found.documents), beads=found.beads
    )
    yield _("{pairs:,} pairs of two sides, {distinct:,} of different texts").format(
        pairs=found.pairs, distinct=found.distinct
    )
    yield (
        _(
            "{src_sentences:,} Chinese sentences, {src_alone:,} without a partner;"
            " {src_characters:,} characters"
        ).format(
            src_sentences=found.src_sentences,
            src_alone=found.src_alone,
            src_characters=found.src_characters,
        )
    )
    yield (
        _(
            "{tgt_sentences:,} English sentences, {tgt_alone:,} without a partner;"
            " {tgt_words:,} words"
        ).format(
            tgt_sentences=found.tgt_sentences, tgt_alone=found.tgt_alone, tgt_words=found.tgt_words
        )
    )
    low, middle, high = found.ratio
    yield _(
        "English characters for one Chinese: {low:.1f}, {middle:.1f}, {high:.1f} (5, 50, 95 %)"
    ).format(low=low, middle=middle, high=high)
    yield _("beads: ") + _(", ").join(
        _("{count:,} of {kind}").format(count=count, kind=kind)
        for kind, count in found.kinds.items()
    )
    bins = len(found.p)
    sure = sum(found.p[round(0.9 * bins) :])
    likely = sum(found.p[round(0.5 * bins) :]) - sure
    yield (
        _(
            "probability: {sure:,} of .9 and more, {likely:,} from .5 to .9, {pairs:,} below .5"
        ).format(sure=sure, likely=likely, pairs=found.pairs - sure - likely)
    )


def _documents(count: int) -> str:
    return ngettext("{count:,} document", "{count:,} documents", count).format(count=count)


def say(text: str) -> None:
    """Print a line of a summary."""
    print(text, file=sys.stderr)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
