"""The page of a run: what failed and why, and what the aligned pairs are like.

One file that needs no network: style and plots stand in it, and there is no script, which
its Content-Security-Policy says as well. Texts are escaped by jinja2. The plots are
SVG: bars for distributions, and for doubtful pairs the path of their alignment, in which
a pair of true translations is a diagonal and a jump is text without a partner.

jinja2 is imported on first use.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from aligner.batch.summary import RunSummary, alone_share
from aligner.corpus.store.ledger import LedgerEntry
from aligner.corpus.store.pair_facts import REASONS
from aligner.errors import AlignerError
from aligner.filenames import named
from aligner.messages import _
from aligner.report.environment import environment

if TYPE_CHECKING:
    from jinja2 import Template

PATHS: Final = 24  # doubtful pairs that are drawn
FAILURES: Final = 1_000  # that are listed
KINDS_SHOWN: Final = 12
BINS: Final = 20
SIZE: Final = 160  # of a drawn path, in pixels


class PlotBar(NamedTuple):
    """A bar of a plot: its label, its value, and its length from 0 to 1."""

    label: str
    value: str
    length: float


class Drawn(NamedTuple):
    """The path of a pair's alignment."""

    entry: LedgerEntry
    sure: str  # SVG path of the links of p .9 and more
    unsure: str
    alone: str  # of sentences without a partner
    size: tuple[int, int]  # Chinese and English sentences


def render_page(summary: RunSummary, folder: Path) -> str:
    """Return the page as HTML.

    Args:
        summary: Of the run.
        folder: The corpus, from whose parts the paths are drawn.
    """
    style = _style()
    shares = [alone_share(e.facts) for e in summary.done if e.facts]
    return _template().render(
        summary=summary,
        style=style,
        style_hash="sha256-" + b64encode(sha256(style.encode()).digest()).decode(),
        reasons={reason: _(words) for reason, words in REASONS.items()},
        failures=summary.failed[:FAILURES],
        waiting=summary.waiting[:FAILURES],
        table=summary.table and link(folder, named(Path(), summary.table)),
        links=summary.links,
        plots=[
            (_("Pairs"), bars([(_("aligned"), len(summary.done)), *_reasons(summary)])),
            (_("Links by probability"), histogram(summary.p)),
            (_("Beads by kind"), _kinds(summary)),
            (_("Pairs by share of sentences without a partner"), histogram(_binned(shares))),
            (_("Slowest pairs, seconds"), bars([(e.id, e.seconds) for e in summary.slowest])),
        ],
        paths=[drawn for e in summary.doubtful[:PATHS] if (drawn := _drawn(e, folder))],
        size=SIZE,
    )  # fmt: skip


def link(folder: Path, path: Path) -> str:
    """Return a link from a page in a folder to a file, relative where that is possible.

    A name that no file can have, such as one with half a surrogate pair, gets none.
    """
    try:
        way = os.path.relpath(os.path.abspath(path), os.path.abspath(folder))  # noqa: PTH100
    except ValueError:  # on another drive
        return path.absolute().as_uri()
    try:
        return quote(os.fsencode(Path(way).as_posix()))
    except UnicodeEncodeError:
        return ""


def bars(values: Iterable[tuple[str, float]]) -> list[PlotBar]:
    """Return bars whose longest has the length 1.

    >>> bars([("a", 2), ("b", 1)])
    [PlotBar(label='a', value='2', length=1.0), PlotBar(label='b', value='1', length=0.5)]
    """
    values = list(values)
    most = max((value for _other, value in values), default=0) or 1
    return [PlotBar(label, f"{value:,.6g}", round(value / most, 4)) for label, value in values]


def histogram(counts: Sequence[int]) -> list[PlotBar]:
    """Return a bar for each bin of equal width from 0 to 1."""
    width = 1 / len(counts)
    return bars((f"{k * width:.2f}–{(k + 1) * width:.2f}", n) for k, n in enumerate(counts))


def _binned(shares: Iterable[float]) -> list[int]:
    counts = Counter(min(int(share * BINS), BINS - 1) for share in shares)
    return [counts[k] for k in range(BINS)]


def _reasons(summary: RunSummary) -> list[tuple[str, int]]:
    return [
        (_("failed: {reason}").format(reason=reason), count)
        for reason, count in summary.reasons.items()
    ]


def _kinds(summary: RunSummary) -> list[PlotBar]:
    items = list(summary.kinds.items())
    rest = sum(count for _other, count in items[KINDS_SHOWN:])
    return bars(items[:KINDS_SHOWN] + ([(_("others"), rest)] if rest else []))


def _drawn(entry: LedgerEntry, folder: Path) -> Drawn | None:
    """Draw a pair; None if its part has gone or was damaged since."""
    from aligner.corpus.store.part import part_bitext

    part = entry.part(folder)
    try:
        alignment = part_bitext(part.read(), part.path).alignment
    except AlignerError:
        return None
    n_src, n_tgt = max(1, alignment.n_src), max(1, alignment.n_tgt)
    lines: dict[str, list[str]] = {"sure": [], "unsure": [], "alone": []}
    for bead in alignment.beads:
        kind = "sure" if bead.p >= 0.9 else "unsure"
        kind = kind if bead.src.size and bead.tgt.size else "alone"
        (x, right), (y, below) = bead.src, bead.tgt
        at = (x / n_src * SIZE, y / n_tgt * SIZE, right / n_src * SIZE, below / n_tgt * SIZE)
        lines[kind].append("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*at))
    sure, unsure, alone = ("".join(lines[kind]) for kind in ("sure", "unsure", "alone"))
    return Drawn(entry, sure, unsure, alone, (alignment.n_src, alignment.n_tgt))


def _template() -> Template:
    made = environment("aligner.batch")
    made.globals["alone_share"] = alone_share
    return made.get_template("summary.html")


@cache
def _style() -> str:
    """Return the style, marked as what needs no escaping."""
    from markupsafe import Markup  # comes with jinja2

    text = resources.files("aligner.batch").joinpath("templates", "summary.css").read_text("utf-8")
    return Markup(text)  # noqa: S704 - our own file, which holds no document's text
