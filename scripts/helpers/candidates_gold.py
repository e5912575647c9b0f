"""The repeated runs of the development texts, described and labelled, for fit and measure."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.encode.spans import SpanEncoder
from aligner.fitted import Linear
from aligner.lang.shadow import shadow
from aligner.lexicon import load_lexicon
from aligner.terms.candidates.company import Company, describe_runs
from aligner.terms.candidates.flat_words import FlatWords, flat_words
from aligner.terms.candidates.marked import Mark, marks_of
from aligner.terms.candidates.nesting import describe_nesting
from aligner.terms.candidates.repeated_runs import RepeatedRuns, repeated_runs
from aligner.terms.candidates.termhood import ODDS_DIGITS
from aligner.terms.linked import link_units
from aligner.terms.units import units
from fit._logistic import fit_logistic
from helpers.judged import GENRES, judged, listed, texts_of

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

UNKNOWN_WEIGHT: Final = 1.0  # of a run that no reader names; .15 gave two terms in a hundred less
GLOSSARY_WEIGHT: Final = 0.3  # of an entry of a glossary that no reader names
WRONG_WEIGHT: Final = 10.0  # of a run that a reader called a fragment or no term
L2: Final = 30.0  # of the first model
L2_NESTING: Final = 3.0
_MARKS: Final = "《》“”「」"
_GLOSSARIES: Final = {
    "hkma-": "hkma-2015-2019.tsv",
    "open-sdg": "open-sdg-phrases.tsv",
    "tico-": "tico19-merged.tsv",
}


@dataclass(frozen=True)
class Described:
    """The repeated runs of an input."""

    words: FlatWords
    runs: RepeatedRuns
    company: Company
    texts: tuple[str, ...]  # of the runs
    marks: Mapping[str, Mark]  # what the text marks, which is a candidate in any case

    @property
    def size(self) -> int:
        """Characters of all texts."""
        return len(self.words.text)

    @property
    def rows(self) -> Floats:
        """What the first model reads."""
        return self.company.rows.astype(np.float32)

    def nest(self, score: Doubles) -> Floats:
        """What the second model reads, given the first one's score."""
        alone = np.round(score, ODDS_DIGITS)
        return describe_nesting(self.runs, self.company, alone, self.size).astype(np.float32)


@dataclass(frozen=True)
class Labels:
    """What readers say of the runs of an input."""

    listed: Mapping[str, str]  # term: verdict; those that stand at least twice as a string
    term: NDArray[np.bool_]
    weight: Doubles


def key(text: str) -> str:
    """Return a term as candidates write it, without 《》 and quotation marks around it."""
    return shadow(text).text.strip(_MARKS)


@cache
def _encoder() -> SpanEncoder:
    return SpanEncoder()


def describe_input(name: str, data: Path) -> Described:
    """Describe the repeated runs of an input."""
    found = [unit for bitext in texts_of(name, data) for unit in units(bitext)]
    texts = [unit.src for unit in found]
    words = flat_words(texts, load_lexicon())
    runs = repeated_runs(words)
    company = describe_runs(words, runs, link_units(found, _encoder()))
    return Described(words, runs, company, tuple(runs.texts(words)), marks_of(texts, words))


def label_inputs(inputs: Mapping[str, Described], data: Path) -> dict[str, Labels]:
    """Label the runs of all inputs."""
    readers: defaultdict[str, dict[str, str]] = defaultdict(dict)
    good: defaultdict[str, set[str]] = defaultdict(set)
    wrong: defaultdict[str, set[str]] = defaultdict(set)
    for each in listed(data):
        term = key(each.term)
        good[each.input].add(term)
        known = not each.added and each.input in inputs
        if known and inputs[each.input].words.text.count(term) > 1:
            readers[each.input][term] = each.verdict
    for row in judged(data):
        term, right = key(row.term), key(row.right_term) or key(row.term)
        if row.label in "Rr":
            good[row.input].add(right)
        elif row.label == "L" and not any(w in row.cause for w in ("not a term", "generic")):
            good[row.input].add(term)
        refused = row.label in "EL" and term != key(row.right_term)
        if refused and any(w in row.cause for w in ("fragment", "not a term")):
            wrong[row.input].add(term)
    return {
        name: _labels(each, readers[name], good[name], wrong[name], _glossary(name, data))
        for name, each in inputs.items()
    }


def _labels(
    each: Described,
    readers: Mapping[str, str],
    good: set[str],
    wrong: set[str],
    glossary: frozenset[str],
) -> Labels:
    term = np.zeros(len(each.texts), dtype=bool)
    weight = np.full(len(each.texts), UNKNOWN_WEIGHT)
    for number, text in enumerate(each.texts):
        if text in good:
            term[number], weight[number] = True, 1.0
        elif text in wrong:
            weight[number] = WRONG_WEIGHT
        elif text in glossary:
            term[number], weight[number] = True, GLOSSARY_WEIGHT
    return Labels(readers, term, weight)


def _glossary(name: str, data: Path) -> frozenset[str]:
    file = next((file for head, file in _GLOSSARIES.items() if name.startswith(head)), "")
    if not file:
        return frozenset()
    with (data / "terms" / file).open(encoding="utf-8", newline="") as rows:
        return frozenset(key(row["zh"]) for row in csv.DictReader(rows, delimiter="\t"))


def fit_company(
    inputs: Mapping[str, Described], labels: Mapping[str, Labels], names: Sequence[str]
) -> Linear:
    """Fit the first model on some inputs."""
    return _fit([inputs[n].rows for n in names], [labels[n] for n in names], l2=L2)


def fit_both(
    inputs: Mapping[str, Described], labels: Mapping[str, Labels], genres: Sequence[str]
) -> tuple[Linear, Linear]:
    """Fit both models on some genres; the second sees scores of fits without the genre."""
    rows, own = [], []
    for genre in genres:
        others = [n for other in genres if other != genre for n in GENRES[other] if n in inputs]
        model = fit_company(inputs, labels, others)
        for name in GENRES[genre]:
            if name in inputs:
                rows.append(inputs[name].nest(model(inputs[name].rows)))
                own.append(labels[name])
    every = [n for genre in genres for n in GENRES[genre] if n in inputs]
    return fit_company(inputs, labels, every), _fit(rows, own, l2=L2_NESTING)


def _fit(rows: Sequence[Floats], labels: Sequence[Labels], *, l2: float) -> Linear:
    return fit_logistic(
        np.concatenate(rows),
        np.concatenate([each.term for each in labels]),
        np.concatenate([each.weight for each in labels]),
        l2=l2,
    )
