"""Fit the models that choose a term's rendering by its surroundings.

    python scripts fit.spans ../shared -o aligner/data/weights-spans.json --cache /tmp/places

Data: what readers marked and listed in the inputs of `helpers.judged`, and dictionaries
(`helpers.labelled_places` tells the kinds of labels). `fit.locate` comes first: its models,
which see a span by itself, are taken as they ship.

The context model is a log-linear choice between the spans of a place. A reader's span
counts 1, a listed or dictionary's rendering less, and a term that stands often as much as
one with `SATURATED` places. The model of "rendered at all" is fitted on the spans that the
first chooses at the reader's places: rendered are those that touch the reader's words. The
others are few, so the spans that it chooses once all that touch these words are gone are
added, with less weight; the score is then brought to scale on the real ones alone.

`measure.spans` gives the figures, the genre that is measured left out of the fit; so does
--without each write the weights that saw nothing of a genre, as OUT/GENRE/weights-spans.json.
Takes five minutes on two cores, most of it to describe the places; --cache keeps these for
the next run: delete it when candidates or the models of `fit.locate` have changed.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from aligner import __version__
from aligner.fitted import Fitted, Linear, dump, sources
from aligner.terms.locate.pick import CLIP, Chosen, assign, clipped, log_shares, rendered_rows
from aligner.terms.locate.score import (
    CONTEXT_DECLARED,
    ContextWeights,
    load_lone_weights,
)
from fit._logistic import Doubles, Floats, fit_logistic
from helpers.judged import GENRE_OF, GENRES, INPUTS, LABELS, texts_of
from helpers.labelled_places import Label, LabelledInput, labelled

L2: Final = 30.0
SILVER: Final = 0.3  # what a place counts whose rendering was listed,
ODD: Final = 0.6  # the same where it is out of line
DICTIONARY: Final = 0.1  # or is in a dictionary
SATURATED: Final = 4  # places of a term that count in full
TERMS: Final = 150  # of a dictionary, an input
RENDERED_L2: Final = 100.0
MADE: Final = 0.1  # what a place counts whose right spans were taken away
MASKED: Final = -50.0  # log P of a span that touches the reader's words


def described(data: Path, cache: Path | None, names: Sequence[str] = INPUTS) -> list[LabelledInput]:
    """Describe the labelled places of the inputs, or read them from a cache."""
    weights = load_lone_weights()
    found = []
    for name in names:
        store = cache / f"places-{name}.pickle" if cache else None
        if store and store.exists():
            found.append(pickle.loads(store.read_bytes()))  # noqa: S301 - what we wrote
            continue
        made = labelled(name, texts_of(name, data), data, weights, terms=TERMS)
        print(name, dict(Counter(label.kind for label in made.labels)), flush=True)
        if store:
            store.parent.mkdir(parents=True, exist_ok=True)
            store.write_bytes(pickle.dumps(made, protocol=5))
        found.append(made)
    return found


def right_row(one: LabelledInput, label: Label) -> int:
    """Return the row that has a label's words, or -1; if it is odd, one of the listed wordings."""
    first, last = one.pool.first[label.place : label.place + 2].tolist()
    if label.kind == "odd":
        rows = [row for row in range(first, last) if one.stems[row] in label.forms]
        return rows[0] if len(rows) == 1 else -1
    return next((row for row in range(first, last) if one.bare[row] == label.words), -1)


def fit_context(inputs: Sequence[LabelledInput]) -> Linear:
    """Fit the choice between the spans of a place."""
    items: list[Floats] = []
    right: list[int] = []
    weight: list[float] = []
    for one in inputs:
        chosen = [
            (label, row)
            for label in one.labels
            if label.kind != "absent" and (row := right_row(one, label)) >= 0
        ]
        often = Counter((label.kind, label.term) for label, _ in chosen)
        for label, row in chosen:
            first, last = one.pool.first[label.place : label.place + 2].tolist()
            items.append(one.pool.rows[first:last])
            right.append(row - first)
            full = min(1.0, SATURATED / often[label.kind, label.term])
            share = {"gold": 1.0, "odd": ODD * full, "silver": SILVER * full}.get(
                label.kind, DICTIONARY * full
            )
            weight.append(share)
    model = _fit_choice(items, right, np.array(weight))
    read = [n for n, share in enumerate(weight) if share == 1.0]  # a reader's
    stretch = _stretch([clipped(model, items[n]) for n in read], [right[n] for n in read])
    return Linear(model.mean, model.scale, model.weights * stretch)


def _stretch(scores: Sequence[Doubles], right: Sequence[int]) -> float:
    """Return by what scores are to be multiplied so that the shares are probabilities."""

    def loss(factor: float) -> float:
        pairs = zip(scores, right, strict=True)
        return float(sum(np.logaddexp.reduce(factor * s) - factor * s[at] for s, at in pairs))

    return float(minimize_scalar(loss, bounds=(0.5, 2.0), method="bounded").x)


def _fit_choice(items: Sequence[Floats], right: Sequence[int], weight: Doubles) -> Linear:
    """Fit a log-linear choice, see `fit_choice`; columns are clipped, items have weights."""
    sizes = np.array([len(rows) for rows in items])
    first = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    x = np.concatenate(items).astype(np.float64)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = np.clip((x - mean) / scale, -CLIP, CLIP)
    owner = np.repeat(np.arange(len(items)), sizes)
    gold = first + np.array(right)
    wanted = (x[gold] * weight[:, None]).sum(axis=0)

    def loss(w: Doubles) -> tuple[float, Doubles]:
        z = x @ w
        top = np.maximum.reduceat(z, first)
        e = np.exp(z - top[owner])
        total = np.add.reduceat(e, first)
        value = -(weight * (z[gold] - top - np.log(total))).sum() + L2 * (w @ w) / 2
        slope = x.T @ (e / total[owner] * weight[owner]) - wanted + L2 * w
        return float(value) / len(items), slope / len(items)

    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return Linear(mean=mean, scale=scale, weights=fitted)


def touches(one: LabelledInput, row: int, words: tuple[int, int]) -> bool:
    """Tell whether a span shares a word with some others."""
    return one.bare[row][0] < words[1] and words[0] < one.bare[row][1]


def fit_rendered(inputs: Sequence[LabelledInput], context: Linear) -> Linear:
    """Fit whether a term is rendered at all."""
    rows: list[Floats] = []
    rendered: list[bool] = []
    real: list[bool] = []  # whether the item is one that a text has
    for one in inputs:
        log_p = log_shares(clipped(context, one.pool.rows), one.pool.first)
        chosen = assign(one.sought, one.pool, log_p)
        for label in one.labels:
            if label.kind not in ("gold", "absent") or label.place not in chosen:
                continue
            best = chosen[label.place]
            rows.append(rendered_rows(one.pool, log_p, {label.place: best}))
            rendered.append(label.words is not None and touches(one, best.row, label.words))
            real.append(True)
            if (
                label.words
                and (masked := _masked(one, label.place, label.words, log_p)) is not None
            ):
                rows.append(masked)
                rendered.append(False)
                real.append(False)
    x, yes, kept = _clipped_rows(np.concatenate(rows)), np.array(rendered), np.array(real)
    model = fit_logistic(x, yes, np.where(kept, 1.0, MADE), l2=RENDERED_L2)
    return _to_scale(model, x[kept], yes[kept])


def _to_scale(model: Linear, rows: Floats, yes: NDArray[np.bool_]) -> Linear:
    """Stretch and move a score so that its probabilities are right on some rows.

    Source: J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999.
    """
    score, sign = clipped(model, rows), np.where(yes, 1.0, -1.0)

    def loss(v: Doubles) -> float:
        return float(np.logaddexp(0, -sign * (v[0] * score + v[1])).sum())

    stretch, moved = minimize(loss, np.array([1.0, 0.0])).x
    weights = model.weights * stretch
    return Linear(model.mean, model.scale, weights, float(model.bias * stretch + moved))


def _clipped_rows(rows: Floats) -> Floats:
    """Return rows whose numbers are as far from the mean as `clipped` lets them count."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    return np.clip(rows, mean - CLIP * scale, mean + CLIP * scale)


def _masked(
    one: LabelledInput, place: int, words: tuple[int, int], log_p: Doubles
) -> Floats | None:
    """Return what the best span is like that shares no word with the reader's."""
    first, last = one.pool.first[place : place + 2].tolist()
    free = np.array([not touches(one, row, words) for row in range(first, last)])
    if not free.any():
        return None
    changed = log_p.copy()
    mine = np.where(free, log_p[first:last], MASKED)
    changed[first:last] = mine - np.log(np.exp(mine - mine.max()).sum()) - mine.max()
    return rendered_rows(
        one.pool, changed, {place: Chosen(first + int(mine.argmax()), shared=False)}
    )


def fit(inputs: Sequence[LabelledInput]) -> ContextWeights:
    """Fit both models."""
    context = fit_context(inputs)
    return ContextWeights(context, fit_rendered(inputs, context))


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("-o", "--out", type=Path, required=True, help="write the weights here")
    parser.add_argument("--cache", type=Path, help="keep the described places here")
    parser.add_argument("--without", choices=("none", "each"), default="none")
    args = parser.parse_args()
    inputs = dict(zip(INPUTS, described(args.data, args.cache), strict=True))
    for genre in GENRES if args.without == "each" else ("",):
        used = [one for name, one in inputs.items() if GENRE_OF[name] != genre]
        out = args.out / genre / "weights-spans.json" if genre else args.out
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(dump(fitted(used, args.data)), encoding="utf-8")


def fitted(inputs: Sequence[LabelledInput], data: Path) -> Fitted:
    """Return the models of some inputs, with what they were fitted on."""
    weights = fit(inputs)
    terms = data / "terms"
    provenance = {
        "script": "scripts/fit/spans.py",
        "version": __version__,
        "data": {
            "terms": sources([*terms.glob("*.tsv"), *(terms / "judged").iterdir()]),
            "labels": sources(LABELS.iterdir()),
        },
        "items": dict(Counter(label.kind for one in inputs for label in one.labels)),
        "settings": {
            "l2": [L2, RENDERED_L2],
            "made": MADE,
            "silver": SILVER,
            "dictionary": DICTIONARY,
            "terms": TERMS,
        },
    }
    models = {"context": weights.context, "rendered": weights.rendered}
    return Fitted(CONTEXT_DECLARED, models, provenance=provenance)


if __name__ == "__main__":
    main()
