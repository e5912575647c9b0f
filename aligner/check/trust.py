"""How likely a suspicion is one that a reviser would want to see.

A logistic model over what is known of the place, the term and the two renderings. It
was fitted on findings that were read and labelled and on slips that were planted, by
scripts/fit_trust.py; its weights ship with the package.
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

from aligner.check.suspicion import Suspicion
from aligner.encode.protocol import Floats
from aligner.terms.locate.score import Linear, settled
from aligner.terms.locate.span_evidence import QUICK_WIDTH, WIDTH
from aligner.terms.located import Grouped
from aligner.wording.content_words import content_key

Sensitivity = Literal["high", "quiet"]
_EVIDENCE: Final = {  # columns of the evidence for a span
    "share of the term that goes to it": 0,
    "least linked word": 4,
    "share of what comes from the term": 8,
    "links to other words": 10,
    "covered by the dictionary": 11,
    "words that the dictionary gives to others": 13,
    "a name goes on to the left": 22,
    "a name goes on to the right": 23,
    "a word goes before": 25,
    "a word follows": 26,
    "cosine": QUICK_WIDTH,
    "cosine of the rests": QUICK_WIDTH + 1,
    "cosine over other words": QUICK_WIDTH + 2,
    "cosine over overlapping words": QUICK_WIDTH + 3,
}
_COLUMNS: Final = list(_EVIDENCE.values())
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
    "words removed that are acronyms",
    "words added that are acronyms",
    "link of the words added, least",
    "link of the words added to other words, most",
    "gloss of the words added",
    "gloss of the words added with other words",
    *(f"{what}, here" for what in _EVIDENCE),
    *(f"{what}, dominant" for what in _EVIDENCE),
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
    return settled(1 / (1 + np.exp(-weights.model(rows))))


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
        sum(sum(map(str.isupper, word)) > 1 for word in dominant.text.split()),
        sum(sum(map(str.isupper, word)) > 1 for word in seen.text.split()),
        *_links(suspicion),
    )
    rows = [each.row for each in dominant.places if each.row is not None]
    usual = np.mean(rows, axis=0) if rows else np.zeros(WIDTH)
    here = usual if seen.row is None else seen.row
    return np.concatenate([values, here[_COLUMNS], usual[_COLUMNS]]).astype(np.float32)


def _links(suspicion: Suspicion) -> tuple[float, float, float, float]:
    """Return how the added words are linked: to the term, to others, by the dictionary."""
    added = {part for word in suspicion.comparison.added for part in word.split("-")}
    links = [link for link in suspicion.seen.links if link.word in added]
    links = links or list(suspicion.seen.links)
    if not links:
        return 0.0, 1.0, 0.0, 0.0
    return (
        min(link.term for link in links),
        max(link.other for link in links),
        max(link.gloss for link in links),
        max(link.rival for link in links),
    )
