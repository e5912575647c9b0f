"""Fit how likely two short texts are to belong together, from the cosines of their links.

    python scripts fit.related ../shared [-o aligner/data/weights-related.json]

Runs of one to six links of development texts are aligned anew, half of them with the
translation of another place. The figures printed are of inputs that were not fitted on.
Takes about three minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner import __version__
from aligner.align.related import RELATED_DECLARED, related_features
from aligner.bitext import Document
from aligner.encode import load_encoder
from aligner.fitted import Fitted, dump, plain
from aligner.pipeline import align_documents
from aligner.span import Span
from helpers.judged import texts_of

INPUTS: Final = (
    "ntrex-a", "hkma-2017", "tico-a", "mac002", "mac005", "open-sdg", "law", "news21",
)  # fmt: skip
RUNS: Final = 1_200
SIZES: Final = (1, 1, 2, 2, 3, 4, 5, 6)  # links, as often as they are drawn
NEAR: Final = 40  # links: runs that are no further apart may speak of the same
SEED: Final = 7
RIDGE: Final = 1e-4


class Drawn(NamedTuple):
    """A run, with its own translation or another."""

    inputs: tuple[str, str]
    cosines: NDArray[np.float32]
    is_related: bool


def document(name: str, texts: Sequence[str]) -> Document:
    """Return texts as the paragraphs of a document."""
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 1
    return Document(name, "\n".join(texts), tuple(spans))


def drawn(data: Path) -> Iterator[Drawn]:
    """Yield runs of development texts."""
    encoder, rng = load_encoder("use"), random.Random(SEED)  # noqa: S311 - no secret
    pool = {
        name: [
            ("".join(s.text for s in text.src[slice(*bead.src)]),
             " ".join(s.text for s in text.tgt[slice(*bead.tgt)]))
            for text in texts_of(name, data)
            for bead in text.alignment.beads
            if bead.src.size and bead.tgt.size
        ]
        for name in INPUTS
    }  # fmt: skip
    for number in range(RUNS):
        name = rng.choice(INPUTS)
        size = rng.choice(SIZES)
        at = rng.randrange(len(pool[name]) - size)
        other, there = name, at
        if number % 2:
            other = rng.choice(INPUTS)
            there = rng.randrange(len(pool[other]) - size)
            if other == name and abs(at - there) < NEAR:
                continue
        zh = [src for src, _ in pool[name][at : at + size]]
        en = [tgt for _, tgt in pool[other][there : there + size]]
        bitext = align_documents(document("z", zh), document("e", en), encoder=encoder)
        units = [unit for unit in bitext.units() if unit.src and unit.tgt]
        if units:
            products = encoder.encode([u.src for u in units]) * encoder.encode(
                [u.tgt for u in units]
            )
            cosines = np.round(products.sum(axis=1, dtype=np.float64), 3).astype(np.float32)
            yield Drawn((name, other), cosines, not number % 2)


def fitted_weights(runs: Sequence[Drawn]) -> NDArray[np.float64]:
    """Return the weights and the bias of a logistic function."""
    rows = related_features([run.cosines for run in runs]).astype(np.float64)
    columns = np.column_stack([rows, np.ones(len(rows))])
    signs = np.array([1.0 if run.is_related else -1.0 for run in runs])

    def loss(weights: NDArray[np.float64]) -> float:
        margins = signs * (columns @ weights)
        return float(np.logaddexp(0, -margins).mean() + RIDGE * (weights @ weights))

    found: NDArray[np.float64] = minimize(loss, np.zeros(3)).x
    return found


def shares(weights: NDArray[np.float64], runs: Sequence[Drawn]) -> tuple[float, float]:
    """Return the shares of related and of other runs that are taken for what they are."""
    rows = related_features([run.cosines for run in runs])
    scores = rows @ weights[:2] + weights[2]
    true = np.array([run.is_related for run in runs])
    return float((scores[true] > 0).mean()), float((scores[~true] < 0).mean())


def main(words: Sequence[str] | None = None) -> None:
    """Fit, print what is right of unseen inputs, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args(words)
    runs = list(drawn(options.data))
    for name in INPUTS:
        rest = [run for run in runs if name not in run.inputs]
        own = [run for run in runs if name in run.inputs]
        print(name, len(own), *(f"{share:.3f}" for share in shares(fitted_weights(rest), own)))
    weights = fitted_weights(runs)
    print("all", len(runs), *(f"{share:.3f}" for share in shares(weights, runs)))
    provenance = {
        "script": "scripts/fit/related.py", "version": __version__, "inputs": list(INPUTS),
        "items": {"runs": len(runs)}, "settings": {"seed": SEED, "ridge": RIDGE},
    }  # fmt: skip
    model = plain(weights[:2], float(weights[2]))
    if options.out:
        text = dump(Fitted(RELATED_DECLARED, {"related": model}, {}, provenance))
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
