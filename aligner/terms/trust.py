"""How likely a suspicion is one that a reviser would want to see.

A logistic model over what is known of the place, the term and the two renderings. It
was fitted on findings that were read and labelled and on slips that were planted, by
scripts/fit_trust.py; the weights ship with those that locate renderings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats
from aligner.terms.group import SURE, Grouped
from aligner.terms.judge import Suspicion
from aligner.terms.locate import Linear
from aligner.terms.words import content_key

Sensitivity = Literal["high", "quiet"]
NAMES: Final = (
    "found",
    "p",
    "near",
    "dominant found",
    "dominant places, log",
    "places like it, log",
    "share of the dominant rendering",
    "renderings, log",
    "likeness",
    "likeness of the words that differ",
    "words removed",
    "words added",
    "words kept, share",
    "claimed by another term",
    "dominant rendering beside it",
    "goes on in Chinese",
    "goes on in Chinese, share",
    "part of a longer candidate",
    "score of the candidate",
    "marked as a name",
    "length of the term",
    "title",
    "substitution",
    "expansion",
    "order",
    "preposition",
    "derivation",
    "unrendered, share",
    "capitals differ",
    "same head",
)


@dataclass(frozen=True, slots=True)
class TrustWeights:
    """The model and the probability that each setting asks for."""

    model: Linear
    least: dict[Sensitivity, float]
    signature: str


@cache
def load_trust_weights() -> TrustWeights:
    """Return the weights that ship with the package."""
    raw = (files("aligner") / "data" / "weights-trust.json").read_text(encoding="utf-8")
    stored = json.loads(raw)
    model = Linear(
        mean=np.array(stored["mean"]),
        scale=np.array(stored["scale"]),
        weights=np.array(stored["weights"]),
        bias=stored["bias"],
    )
    return TrustWeights(model, stored["least"], stored["signature"])


def trust(
    found: Sequence[Suspicion], grouped: Sequence[Grouped], weights: TrustWeights
) -> NDArray[np.float64]:
    """Return the probability of each suspicion. Shape (suspicions,)."""
    if not found:
        return np.zeros(0)
    rows = np.stack([describe(each, grouped[each.term]) for each in found])
    p: NDArray[np.float64] = 1 / (1 + np.exp(-weights.model(rows)))
    return p


def describe(suspicion: Suspicion, term: Grouped) -> Floats:
    """Return what is known of a suspicion, in the order of `NAMES`."""
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    seen, comparison = suspicion.seen, suspicion.comparison
    places = sum(len(group.places) for group in term.groups)
    words, own = content_key(dominant.text), content_key(seen.text)
    kept = len(set(words) & set(own))
    values = (
        seen.found,
        seen.p,
        seen.near,
        np.mean([each.found for each in dominant.places]),
        np.log(len(dominant.places)),
        np.log(len(mine.places)),
        dominant.sure / max(1, sum(group.sure for group in term.groups)),
        np.log(len(term.groups)),
        suspicion.likeness,
        suspicion.word_likeness,
        len(comparison.removed),
        len(comparison.added),
        kept / max(1, len(words)),
        suspicion.claimed,
        suspicion.covered,
        seen.place.crosses,
        np.mean([place.crosses for place in term.wanted.places]),
        bool(term.wanted.nested),
        term.wanted.score,
        term.wanted.marked,
        len(term.wanted.key),
        suspicion.title,
        comparison.difference == "substitution",
        comparison.difference == "expansion",
        comparison.difference == "order",
        comparison.difference == "preposition",
        comparison.difference == "derivation",
        len(term.unrendered) / (places + len(term.unrendered)),
        seen.text[:1].isupper() != dominant.text[:1].isupper(),
        words[-1:] == own[-1:],
    )
    return np.array(values, dtype=np.float32)


__all__ = [
    "NAMES",
    "SURE",
    "Sensitivity",
    "TrustWeights",
    "describe",
    "load_trust_weights",
    "trust",
]
