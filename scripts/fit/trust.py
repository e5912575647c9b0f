"""Fit how far a suspicion is trusted, on what revisers read in five genres.

    python scripts fit.trust ../shared [--weights FOLDER] [--cache FOLDER]
        [-o aligner/data/weights-trust.json]

Labels are those of `helpers.labelled`: groups that were judged. What readers listed before
any output was seen counts what is found, and is not fitted on. Slips that were planted count
little: they are all real, and easier than real ones.

Each genre is scored by a model that saw none of it. These scores say how good the model is,
give the line from scores to probabilities, and so the thresholds: all figures printed are
of genres that were not fitted on, but for the share of real differences in names, which is
that of a rule without weights.

--weights FOLDER has a folder for each genre with weights of candidates and spans that saw
nothing of it (`fit.candidates` and `fit.spans` with --without each): what is located in a
genre then comes from models that did not see it, as it does on a user's text. The weights
of trust without a genre are written there too, for `measure.warnings --weights FOLDER`.

With --cache what was located is kept in a folder and used again; delete it when candidates
or spans have changed. Without it the script takes about ten minutes.
"""

from __future__ import annotations

import argparse
import os
import pickle
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pebble import ProcessPool

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.judging.exceptions import PLAUSIBLE
from aligner.check.judging.trust import LEAST_LOG_SHARE, TRUST_DECLARED, both, log_share
from aligner.encode.protocol import Floats
from aligner.encode.spans import SpanEncoder
from aligner.fitted import WEIGHTS_FOLDER, Fitted, Linear, dump, sources
from aligner.span import Span
from aligner.terms.located import Looked
from aligner.terms.look import look
from fit._logistic import Doubles, area, fit_logistic
from helpers.judged import GENRE_OF, GENRES, INPUTS, LABELS, Listed, listed, texts_of
from helpers.labelled import Labelled, Labels, labelled
from helpers.planting import overlap, planted
from helpers.slips import Slip

L2: Final = 30.0  # of 5 to 300 the best precision on genres that were not fitted on
# Of a row, by whose label it is. Slips say what a lone slip in a settled term looks like: area
# .733 with them, .730 without. A reader's list says nothing of the words that were located:
# with listed places as labels the area was .717. They only count what is found.
WEIGHTS: Final = {"judged": 1.0, "listed": 0.0, "slip": 0.2}
PLANTED: Final = (  # inputs with their seed; measure.planted_slips uses others
    *(("hkma-2015", 101), ("hkma-2016", 102), ("hkma-2017", 102), ("hkma-2018", 101)),
    *(("hkma-2019", 102), ("tico-a", 101), ("tico-a", 102), ("tico-b", 101)),
)
# The warning tier: with what the rules name, .80 of 148 that reach it were real, .01 errors. From
# .66 on .78 of 177, .02 errors; from .6 on .78 of 232, .06 errors.
WARNING: Final = 0.69
REMARK: Final = 0.15  # below, one in nine was real
STEPS: Final = (0.0, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """An input to be located, with slips planted in it if there is a seed."""

    name: str
    seed: int
    data: Path
    cache: Path | None
    weights: Path | None


def described(task: Task) -> list[Labelled]:
    """Return what is suspected in an input, with labels; at planted slips, as real."""
    if task.weights:
        os.environ[WEIGHTS_FOLDER] = str(task.weights / GENRE_OF[task.name])
    encoder, labels = SpanEncoder(), Labels(task.data)
    slips: list[Slip] = []
    if task.seed:
        texts, slips = planted(task.name, task.data, seed=task.seed)
    else:
        texts = texts_of(task.name, task.data)
    stem = f"look-{task.name}-{task.seed}.pickle"
    looked = located(texts, encoder, task.cache / stem if task.cache else None)
    if not task.seed:
        return list(labelled(task.name, looked, labels))
    found = labelled(task.name, _around(looked, slips), labels)
    return [replace(each, label="R", source="slip") for each in found]


def located(texts: Sequence[Bitext], encoder: SpanEncoder, kept: Path | None) -> Looked:
    """Return the located terms of some texts, from the cache if they are there."""
    if kept and kept.exists():
        stored: Looked = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
        return replace(stored, encoder=encoder)
    looked = look(texts, glossary=None, candidates=True, encoder=encoder, progress=silent)
    if kept:
        kept.write_bytes(pickle.dumps(replace(looked, encoder=None)))  # type: ignore[arg-type]
    return looked


def silent(_stage: str) -> None:
    """Say nothing of the stages."""


def _around(looked: Looked, slips: Sequence[Slip]) -> Looked:
    """Return terms without the odd places that are no slips."""
    by_doc: dict[str, list[Span]] = {}
    for slip in slips:
        by_doc.setdefault(slip.doc, []).append(slip.tgt_span)
    terms = []
    for term in looked.terms:
        groups = [term.groups[0]] if term.groups else []
        for group in term.groups[1:]:
            places = tuple(
                seen
                for seen in group.places
                if seen.span is not None
                for unit in [looked.units[seen.place.unit]]
                if any(overlap(unit.tgt_span(seen.span), s) for s in by_doc.get(unit.doc, ()))
            )
            if places:
                groups.append(replace(group, places=places))
        terms.append(replace(term, groups=tuple(groups)))
    return replace(looked, terms=terms)


class Rows:
    """Labelled rows as arrays.

    Args:
        rows: With labels.
    """

    def __init__(self, rows: Sequence[Labelled]) -> None:
        self.rows = rows
        self.x = np.stack([row.values for row in rows])
        self.real = np.array([row.real for row in rows])
        self.error = np.array([row.label == "E" for row in rows])
        self.genre = np.array([row.genre for row in rows])
        self.judged = np.array([row.source == "judged" for row in rows])
        self.fixed = np.array([row.fixed for row in rows])
        self.exception_from = np.array([row.exception_from for row in rows])
        self.doubtful = np.array([row.doubtful for row in rows])
        self.weight = np.array([WEIGHTS[row.source] for row in rows])

    def fit(self, here: Bools) -> tuple[Linear, Linear]:
        """Return the models of some of the rows: located, and wanted if it is."""
        every, right = here & (self.weight > 0), here & (self.weight > 0) & ~self.error
        return (
            fit_logistic(self.x[every], ~self.error[every], self.weight[every], l2=L2),
            fit_logistic(self.x[right], self.real[right], self.weight[right], l2=L2),
        )

    def ruled(self, p: Doubles) -> dict[str, Bools]:
        """Return which rows the rules for names and for exceptions make warnings of."""
        return {"fixed": self.fixed & (p >= PLAUSIBLE), "exception": p >= self.exception_from}

    def unseen(self) -> Doubles:
        """Return the score of each row by a model that saw nothing of its genre."""
        scores = np.zeros(len(self.rows))
        for genre in GENRES:
            here = self.genre == genre
            scores[here] = scored(self.fit(~here), self.x[here])
        return scores


def scored(models: tuple[Linear, Linear], rows: Floats) -> Doubles:
    """Return the log odds that some rows are located and wanted."""
    located, wanted = models
    return both(located(rows), wanted(rows))


def calibrated(score: Doubles, real: Bools) -> tuple[float, float]:
    """Return slope and offset of the line from scores to log odds (Platt scaling).

    Source: J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999.
    """
    line = fit_logistic(score[:, None].astype(np.float32), real, l2=0.0)
    slope = float(line.weights[0] / line.scale[0])
    return slope, float(line.bias - slope * line.mean[0])


def probabilities(score: Doubles, slope: float, offset: float) -> Doubles:
    """Return what scores mean."""
    values: Doubles = 1 / (1 + np.exp(-(slope * score + offset)))
    return values


@dataclass(frozen=True)
class Line:
    """How scores become probabilities."""

    alone: tuple[float, float]  # slope and offset
    whole: tuple[float, float, float]  # slope, weight of the log share, offset

    def p(self, score: Doubles, share: Doubles | float) -> Doubles:
        """Return the probability of each score."""
        slope, weight, offset = self.whole
        return probabilities(score + np.asarray(share) * (weight / slope), slope, offset)


class Unseen:
    """All suspicions with scores and probabilities of models that saw nothing of their genre.

    Args:
        rows: Those with labels.
        every: All, without those at slips.
    """

    def __init__(self, rows: Rows, every: Sequence[Labelled]) -> None:
        self.score = rows.unseen()
        self._rows = rows
        own = {genre: rows.fit(rows.genre != genre) for genre in GENRES}
        self._scores = {
            name: scored(
                own[GENRE_OF[name]], np.stack([row.values for row in every if row.input == name])
            )
            for name in INPUTS
        }
        self.share = np.zeros(len(rows.rows))
        self.p = np.zeros(len(rows.rows))
        self.for_rules = np.zeros(len(rows.rows))  # the same with no less than the usual share
        self.of_every: dict[int, tuple[float, float]] = {}  # both
        for genre in GENRES:
            line = self.line(genre)
            for name in GENRES[genre]:
                share = self.shares(line.alone)[name]
                values = [
                    line.p(self._scores[name], each).tolist()
                    for each in (share, max(share, LEAST_LOG_SHARE))
                ]
                mine = [row for row in every if row.input == name]
                for row, *both_p in zip(mine, *values, strict=True):
                    self.of_every[id(row)] = (both_p[0], both_p[1])
            here = rows.genre == genre
            shares = self.shares(line.alone)
            self.share[here] = [shares[row.input] for row in rows.rows if row.genre == genre]
            self.p[here] = line.p(self.score[here], self.share[here])
            at_least = np.maximum(self.share[here], LEAST_LOG_SHARE)
            self.for_rules[here] = line.p(self.score[here], at_least)

    def shares(self, alone: tuple[float, float]) -> dict[str, float]:
        """Return the log share of strong suspicions in each input."""
        return {
            name: log_share(probabilities(score, *alone)) for name, score in self._scores.items()
        }

    def line(self, genre: str) -> Line:
        """Return the line that is fitted on what was judged in the other genres."""
        rows = self._rows
        used = rows.judged & (rows.genre != genre)
        alone = calibrated(self.score[used], rows.real[used])
        shares = self.shares(alone)
        share = np.array([shares[row.input] for row in rows.rows])[used]
        columns = np.stack([self.score[used], share], axis=1).astype(np.float32)
        model = fit_logistic(columns, rows.real[used], l2=1.0)
        slopes = model.weights / model.scale
        offset = float(model.bias - (slopes * model.mean).sum())
        return Line(alone, (float(slopes[0]), float(slopes[1]), offset))


def precision_line(name: str, rows: Rows, here: Bools) -> str:
    """Return a line with the share of real groups and errors, and by genre."""
    mine = here & rows.judged
    total = rows.real[rows.judged].sum()
    text = (
        f"{name:24} n {mine.sum():4}  R+r {_share(rows.real[mine])}  E {_share(rows.error[mine])}"
        f"  recall {rows.real[mine].sum() / total:.2f} "
    )
    for genre in GENRES:
        one = mine & (rows.genre == genre)
        text += f" | {genre} {one.sum()} {_share(rows.real[one])}"
    return text


def _share(values: Bools) -> str:
    return f"{values.mean():.2f}" if len(values) else " -  "


def average_precision(score: Doubles, real: Bools) -> float:
    """Return the mean precision at the real rows, ranked by score."""
    ranked = real[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def report(rows: Rows, unseen: Unseen) -> None:
    """Print how good the model is on genres that it was not fitted on."""
    mine, score, p = rows.judged, unseen.score, unseen.p
    print(
        f"judged {mine.sum()}: area {area(score[mine], rows.real[mine]):.3f},"
        f" average precision {average_precision(score[mine], rows.real[mine]):.3f}"
    )
    for genre in GENRES:
        one = mine & (rows.genre == genre)
        print(f"  {genre:10} {one.sum():4}  area {area(score[one], rows.real[one]):.3f}")
    for least in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        print(precision_line(f"p >= {least}", rows, p >= least))
    ruled = rows.ruled(unseen.for_rules)
    kinds = {"names and titles": rows.fixed, "lone exceptions": rows.exception_from <= 1}
    for (name, kind), plausible in zip(kinds.items(), ruled.values(), strict=True):
        print(precision_line(name, rows, plausible))
        print(precision_line("and hardly plausible ones", rows, kind & ~plausible))
    sure = ruled["fixed"] | ruled["exception"]
    for least in (0.55, 0.6, 0.65, 0.7):
        trusted = (p >= least) & ~rows.doubtful
        print(precision_line(f"warnings, p >= {least}", rows, sure | trusted))
    for low, high in pairwise(STEPS):
        one = mine & (p >= low) & (p < high)
        if one.any():
            print(f"  p {low}-{high}: {one.sum()}, mean {p[one].mean():.2f}, real", end="")
            print(f" {rows.real[one].mean():.2f}")


def report_listed(
    every: Sequence[Labelled],
    model_p: Mapping[int, tuple[float, float]],
    wanted: Sequence[Listed],
) -> None:
    """Print the share of listed terms that get a warning, or a warning or a remark."""
    tiers: Counter[tuple[str, str]] = Counter()
    for item in wanted:
        odd = set(item.odd)
        best = max(
            (
                _tier_p(row, *model_p[id(row)])
                for row in every
                if row.input == item.input and odd & set(row.lines) and _is_about(row, item)
            ),
            default=0.0,
        )
        for name in (item.input, "all", f"all, {item.verdict}"):
            tiers[name, "n"] += 1
            tiers[name, "warning"] += best >= WARNING
            tiers[name, "remark"] += best >= REMARK
            tiers[name, "suspected"] += best > 0
    for name in sorted({name for name, _ in tiers}):
        n = tiers[name, "n"]
        shares = [f"{tier} {tiers[name, tier] / n:.2f}" for tier in ("warning", "remark")]
        print(f"  {name:18} {n:4} ", *shares, f"suspected {tiers[name, 'suspected'] / n:.2f}")


def _tier_p(row: Labelled, p: float, for_rules: float) -> float:
    """Return 1 for what is a warning in any case, and less than a warning's p for doubtful."""
    if for_rules >= (PLAUSIBLE if row.fixed else row.exception_from):
        return 1.0
    return min(p, REMARK) if row.doubtful and p >= WARNING else p


def _is_about(row: Labelled, item: Listed) -> bool:
    from aligner.glossary.entries import source_key

    key = source_key(item.term)
    return row.term in key or key in row.term


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("--cache", type=Path, help="keep what was located in this folder")
    parser.add_argument("--weights", type=Path, help="a folder with one for each genre")
    parser.add_argument("-o", "--out", type=Path, help="write the weights here")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    tasks = [Task(name, 0, args.data, args.cache, args.weights) for name in INPUTS]
    tasks += [Task(name, seed, args.data, args.cache, args.weights) for name, seed in PLANTED]
    every: list[Labelled] = []
    with ProcessPool(args.processes, max_tasks=1, context=get_context("spawn")) as pool:
        for task, found in zip(tasks, pool.map(described, tasks).result(), strict=True):
            every += found
            print(task.name, task.seed or "", len(found), "renderings are suspected", flush=True)
    rows = Rows([row for row in every if row.label])
    print(Counter((row.source, row.label) for row in rows.rows))
    inputs = [row for row in every if row.source != "slip"]
    unseen = Unseen(rows, inputs)
    report(rows, unseen)
    for genre in GENRES:
        rest = [unseen.of_every[id(r)][0] for r in inputs if not r.label and r.genre == genre]
        warned = sum(p >= WARNING for p in rest)
        print(f"  {genre}: {warned} of {len(rest)} not read would be warned")
    wanted = [
        item
        for item in listed(args.data)
        if item.verdict in {"must", "should"} and not item.added and item.odd
    ]
    report_listed(inputs, unseen.of_every, wanted)
    ruled = rows.ruled(unseen.for_rules)
    shares = {name: succession(rows.real[here & rows.judged]) for name, here in ruled.items()}
    print(f"{unseen.line('')}; shares without weights: {shares}")
    least = {name: max(share, WARNING) for name, share in shares.items()}
    if args.out:
        args.out.write_text(dump(fitted(rows, unseen, args.data, least, "")), encoding="utf-8")
    for genre in GENRES if args.weights else ():
        out = args.weights / genre / "weights-trust.json"
        out.write_text(dump(fitted(rows, unseen, args.data, least, genre)), encoding="utf-8")


def succession(real: Bools) -> float:
    """Return the share of real rows by Laplace's rule of succession."""
    return float((real.sum() + 1) / (len(real) + 2))


def fitted(
    rows: Rows, unseen: Unseen, data: Path, ruled: Mapping[str, float], genre: str
) -> Fitted:
    """Return the weights of all genres but one; `ruled` are the probabilities of rules."""
    here = rows.genre != genre
    line = unseen.line(genre)
    constants = {
        **dict(zip(("alone, slope", "alone, offset"), line.alone, strict=True)),
        **dict(zip(("slope", "share", "offset"), line.whole, strict=True)),
        **ruled,
        "least, warning": WARNING,
        "least, remark": REMARK,
    }
    provenance = {
        "script": "scripts/fit/trust.py",
        "version": __version__,
        "data": {
            "terms/judged": sources((data / "terms" / "judged").iterdir()),
            "labels": sources(LABELS.iterdir()),
        },
        "items": dict(Counter(row.source for row in rows.rows if row.genre != genre)),
        "settings": {"l2": L2, "weights": WEIGHTS, "planted": PLANTED},
    }
    located, wanted = rows.fit(here)
    models = {"located": located, "wanted": wanted}
    return Fitted(TRUST_DECLARED, models, constants, provenance)


if __name__ == "__main__":
    main()
