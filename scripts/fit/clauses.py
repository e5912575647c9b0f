#!/usr/bin/env python3
"""Fit the second pass: the weights of clauses, and of what they say of sentences.

    python scripts fit.clauses GOLD_FOLDER -o aligner/data/weights-clauses.json
    python scripts fit.clauses GOLD_FOLDER --leave-out mac-dev

GOLD_FOLDER holds the sets of fit.alignment, and the documents, copies and unrelated pairs
are the same, with copies beside them in which only headings, single sentences or paragraphs
have lost their partner; in some of these the headings have no markup. The documents are
divided into folds (--folds N: N of all sets, fewer models to fit). What is fitted on a
document is what weights found that had not seen it; no shipped weights are asked but by the
last fit of clauses:

1. the sentence weights of each fold align its documents; unsure stretches are kept;
2. clauses: the model of sentences, fitted on the clauses of the stretches, a gold bead
   being any path inside its rectangle; again one model for each fold;
3. borders: some twenty weights of what the clauses of step 2 and the shapes of headings say
   of a step between sentences, and the share of the first pass's scores, on all stretches.

What is written are the clause weights from all stretches and the weights of step 3. With
--leave-out SET, each document of that set is aligned with the models of its fold, and with
weights of step 3 from the stretches of the others; the scores are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.align import best_steps
from aligner.align.second_pass.border_evidence import BORDER_NAMES, GAP_NAMES
from aligner.align.second_pass.clause_scores import ClauseText
from aligner.align.second_pass.clause_weights import BorderWeights, SecondWeights, dump_second
from aligner.align.weights import Weights, load_weights
from aligner.encode import load_encoder
from aligner.encode.protocol import EncodedSide, Encoder
from aligner.scoring import Link, LinkCounts, calibrate, count, judge, scores
from fit._crf import Lattice
from fit._gold_mix import SETS, samples
from fit._unsure import (
    Borders,
    Unsure,
    border_loss,
    borders,
    clause_lattice,
    clauses_in,
    evidence_of,
    unsure_parts,
)
from fit.alignment import (
    COPY_WEIGHT,
    L2,
    Encoded,
    Item,
    first_weights,
    fit,
    items_of,
    provenance_of,
    with_gold_path,
)
from helpers.gold import Sample, damaged, gold_links, merged, titled

HALVED = 2  # folds of a set whose documents are many and alike
EXTRA = {  # kinds of damage of further copies
    "hkma-dev": ("heading", "titled", "single"),
    "mac-dev": ("single", "single"),
    "tico19-split": ("single",),
}
FEW_COPIES = 4  # of a document on whose clauses the clause weights are fitted
BIBLE_SHARE = 16  # one stretch in so many of the long document stands for all
CLAUSE_STEPS = 40  # of the search, which begins at the weights of sentences
L2_BORDERS = 1.0
HEADINGS_COUNT = 6.0  # times, for borders: a copy that lost headings tells little of anything else


@dataclass(frozen=True)
class Part:
    """The unsure stretches of a sample, with their clauses."""

    sample: Sample
    weight: float
    fold: int
    unsure: Unsure
    text: ClauseText
    lattice: Lattice


@dataclass(frozen=True)
class Stored:
    """Clauses that were encoded before, as an encoder gives them."""

    zh: Encoded
    en: Encoded

    def side(self, texts: Sequence[str], *, joiner: str) -> EncodedSide:
        """Return the side of some clauses; only English ones are joined by something."""
        return (self.en if joiner else self.zh).side(texts)


def document(sample: Sample) -> str:
    """Return the document that a copy is of."""
    return sample.name.partition("+")[0]


def folds_of(found: Iterable[Sample], count: int = 0) -> list[frozenset[str]]:
    """Divide the documents: each novel by itself, the other sets in halves.

    With `count`, all sets in so many parts: fewer models to fit, which have seen less.
    """
    names: dict[str, list[str]] = {}
    for sample in found:
        if not sample.damage:
            names.setdefault(sample.group, []).append(sample.name)
    if count:
        return [frozenset(n for e in names.values() for n in e[k::count]) for k in range(count)]
    own = [frozenset([name]) for name in names.pop("mac-dev", [])]
    halves = [[n for every in names.values() for n in every[k::HALVED]] for k in range(HALVED)]
    return [*own, *map(frozenset, halves)]


def more_copies(found: Sequence[Sample], seed: int) -> Iterator[Sample]:
    """Yield further copies, in which headings or single sentences have no partner."""
    rng = np.random.default_rng(seed)
    for sample in [s for s in found if not s.damage]:
        for kind in EXTRA.get(sample.group, ()):
            whole = titled(sample, rng) if kind == "titled" else sample
            copy = damaged(whole, "heading" if kind == "titled" else kind, whole, rng)
            if any(block.kind == "null" for block in copy.blocks):
                yield copy


def parts_of(
    items: Sequence[Item],
    folds: Sequence[frozenset[str]],
    models: Sequence[Weights],
    encoder: Encoder,
) -> list[Part]:
    """Return the unsure stretches of all samples, under weights that did not see them."""
    found: list[tuple[Item, int, Unsure]] = []
    for item in items:
        fold = next(k for k, names in enumerate(folds) if document(item.sample) in names)
        parts = unsure_parts(item.sample, item.field, models[fold])
        found += [(item, fold, part) for part in parts]
    stored = Stored(
        Encoded.of((c for *_, p in found for c in clauses_in(p, src=True)), encoder, ""),
        Encoded.of((c for *_, p in found for c in clauses_in(p, src=False)), encoder, " "),
    )
    return [
        Part(
            item.sample, item.weight, fold, part,
            *clause_lattice(part, item.field, models[fold], stored),
        )
        for item, fold, part in found
    ]  # fmt: skip


def fewer(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that clause weights are fitted on, the others' weight on them."""
    copies: dict[str, list[str]] = {}
    for part in parts:
        names = copies.setdefault(document(part.sample), [])
        if part.sample.damage and part.sample.name not in names:
            names.append(part.sample.name)
    found = []
    for k, part in enumerate(parts):
        names = copies[document(part.sample)]
        factor = max(1.0, len(names) / FEW_COPIES) if part.sample.damage else 1.0
        if part.sample.damage and part.sample.name not in names[:FEW_COPIES]:
            continue
        if part.sample.group == "bible-5k":
            if k % BIBLE_SHARE:
                continue
            factor = BIBLE_SHARE
        found.append(replace(part, weight=part.weight * factor))
    return found


def border_parts(
    parts: Sequence[Part], evidence: Sequence[Borders], names: frozenset[str] = frozenset()
) -> list[tuple[float, Borders]]:
    """Return the weight and the evidence of the parts that hold no text of some documents."""
    return [
        (part.weight * (HEADINGS_COUNT if part.sample.damage == "heading" else 1.0), one)
        for part, one in zip(parts, evidence, strict=True)
        if not part.sample.sources & names
    ]


def fit_borders(found: Sequence[tuple[float, Borders]]) -> BorderWeights:
    """Return the weights of the evidence, of maximum likelihood under a Gaussian prior.

    Its mean is 0, but 1 for the share of the first pass's scores.
    """
    width, gap = len(BORDER_NAMES), len(GAP_NAMES)
    mean = np.zeros(width + 2 * gap + 2)
    mean[-2] = 1.0

    def objective(z: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        both = [(weight, border_loss(one, z)) for weight, one in found]
        loss = sum(weight * part[0] for weight, part in both if part)
        slope = sum(weight * part[1] for weight, part in both if part)
        away = z - mean
        return loss + 0.5 * L2_BORDERS * float(away @ away), slope + L2_BORDERS * away

    z = minimize(objective, mean, jac=True, method="L-BFGS-B").x.astype(np.float32)
    border, zh, en, (share, opening) = np.split(z, [width, width + gap, width + 2 * gap])
    return BorderWeights(border, zh, en, float(opening), float(share))


def print_scores(
    own: Sequence[Sample], encoder: Encoder, weights: Weights, second: SecondWeights
) -> tuple[LinkCounts, list[tuple[float, bool]]]:
    """Align documents with weights that did not see them; print and return how right."""
    total, marks = LinkCounts(), []
    for sample in own:
        steps = best_steps(sample.src, sample.tgt, encoder=encoder, weights=weights, second=second)
        links = [Link(tuple(range(s, s + x)), tuple(range(t, t + y)), p) for s, t, x, y, p in steps]
        gold, test = gold_links(sample), merged(sample, links)
        counts = count(gold, test)
        total += counts
        marks += judge(gold, test)
        print(sample.name, f"{scores(counts)['all-links'].f1:.4f}", flush=True)
    return total, marks


@dataclass(frozen=True)
class Trial:
    """All that leaving documents out needs."""

    folds: Sequence[frozenset[str]]
    models: Sequence[tuple[Weights, Weights]]  # of sentences and clauses, by fold
    parts: Sequence[Part]
    evidence: Sequence[Borders]  # of the parts


def cross_validate(group: str, trial: Trial, found: Sequence[Sample], encoder: Encoder) -> None:
    """Print the scores of a set, each document under weights that did not see it."""
    total, marks = LinkCounts(), []
    for (sentence, clause), names in zip(trial.models, trial.folds, strict=True):
        own = [s for s in found if s.group == group and not s.damage and s.name in names]
        if not own:
            continue
        others = border_parts(trial.parts, trial.evidence, names)
        second = SecondWeights(clause, fit_borders(others))
        counts, judged = print_scores(own, encoder, sentence, second)
        total += counts
        marks += judged
    table = {name: round(value.f1, 4) for name, value in scores(total).items()}
    print(group, table, f"ECE {calibrate(marks).ece:.4f}", flush=True)


def main() -> int:
    """Fit, test, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--leave-out", metavar="SET", action="append", default=[])
    parser.add_argument("--folds", type=int, default=0, help="of every set (default: see above)")
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    encoder = load_encoder("use")
    found = samples(a.gold, seed=a.seed)
    found += more_copies(found, a.seed)
    items = with_gold_path(items_of(found, encoder, first_weights()))
    folds = folds_of(found, a.folds)

    def apart(things: Sequence[Item] | Sequence[Part], names: frozenset[str]) -> list[Item | Part]:
        return [each for each in things if not each.sample.sources & names]

    usual = [item for item in items if item.sample.damage != "heading"]
    sentence = [fit(apart(usual, names)) for names in folds]
    parts = parts_of(items, folds, sentence, encoder)
    few = fewer(parts)
    clause = [
        fit(apart(few, names), begin=weights, steps=CLAUSE_STEPS)
        for names, weights in zip(folds, sentence, strict=True)
    ]
    evidence = [borders(p.unsure, evidence_of(p.unsure, p.text, clause[p.fold])) for p in parts]
    trial = Trial(folds, list(zip(sentence, clause, strict=True)), parts, evidence)
    for group in a.leave_out:
        cross_validate(group, trial, found, encoder)
    if a.out:
        all_clauses = fit(few, begin=load_weights("use"), steps=CLAUSE_STEPS)
        all_borders = fit_borders(border_parts(parts, evidence))
        provenance = second_provenance(items, encoder, a)
        a.out.write_text(dump_second(SecondWeights(all_clauses, all_borders, provenance)), "utf-8")
    return 0


def second_provenance(
    items: Sequence[Item], encoder: Encoder, a: argparse.Namespace
) -> dict[str, object]:
    """Return what the weights were made from."""
    a.without, a.drop, a.l2 = [], [], L2
    made = provenance_of(list(items), encoder, a)
    added = {
        "l2 of borders": L2_BORDERS,
        "steps of clauses": CLAUSE_STEPS,
        "weight of a copy without headings, for borders": HEADINGS_COUNT,
    }
    settings = {"weight of a set": SETS, "weight of a damaged copy": COPY_WEIGHT, "l2": L2}
    return {**made, "script": "scripts/fit/clauses.py", "settings": {**settings, **added}}


if __name__ == "__main__":
    sys.exit(main())
