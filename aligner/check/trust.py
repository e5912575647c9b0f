"""How likely a suspicion is one that a reviser would want to see.

A logistic model over what is known of the place, the term and the two renderings. It
was fitted on findings that were read and labelled and on slips that were planted, by
scripts/fit/trust.py; its weights ship with the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from aligner.check.suspicion import Suspicion
from aligner.encode.protocol import Floats
from aligner.fitted import Declared, Linear, load
from aligner.terms.locate.score import settled
from aligner.terms.locate.span_evidence import EVIDENCE_NAMES
from aligner.terms.located import Grouped
from aligner.wording.content_words import content_key

Sensitivity = Literal["high", "quiet"]
_EVIDENCE: Final = (  # what of the evidence for a span counts here too
    *("went", "came_least", "came_share", "other_mean", "covered", "rival"),
    *("name_left", "name_right", "content_left", "content_right"),
    *("cosine", "cosine_rests", "over_others", "over_overlapping"),
)
_COLUMNS: Final = [EVIDENCE_NAMES.index(name) for name in _EVIDENCE]


class SuspicionFacts(NamedTuple):
    """What is known of a suspicion beside the evidence for its span."""

    found: float
    p: float
    near: float
    dominant_found: float  # mean over the places of the dominant rendering
    dominant_places: float  # log
    own_places: float  # of the suspect rendering, log
    dominant_share: float
    renderings: float  # log
    likeness: float
    word_likeness: float  # of the words that differ
    removed: int  # words
    added: int
    words_kept: float  # share
    claimed: bool  # by another term
    dominant_beside: bool
    crosses: bool  # goes on in Chinese
    crosses_share: float
    nested: bool  # part of a longer candidate
    candidate_score: float
    marked: bool  # as a name
    length: int  # of the term
    title: bool
    substitution: bool
    expansion: bool
    order: bool
    preposition: bool
    derivation: bool
    unrendered: float  # share
    capitals_differ: bool
    same_head: bool
    acronyms_removed: int
    acronyms_added: int
    link_least: float  # of the words added with the term
    other_link_most: float  # of them with other words
    gloss: float
    other_gloss: float


NAMES: Final = (
    *SuspicionFacts._fields,
    *(f"{name}, here" for name in _EVIDENCE),
    *(f"{name}, dominant" for name in _EVIDENCE),
)
TRUST_DECLARED: Final = Declared(
    models={"trust": NAMES},
    constants=("least, high", "least, quiet"),
    script="scripts/fit/trust.py",
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
    found = load("trust", TRUST_DECLARED)
    least = {name: found.constants[f"least, {name}"] for name in get_args(Sensitivity)}
    return TrustWeights(found.models["trust"], least, found.signature)


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
    least, other, gloss, rival = _links(suspicion)
    values = SuspicionFacts(
        found=seen.found,
        p=seen.p,
        near=seen.near,
        dominant_found=float(np.mean([each.found for each in dominant.places])),
        dominant_places=np.log(len(dominant.places)),
        own_places=np.log(len(mine.places)),
        dominant_share=dominant.sure / max(1, sum(group.sure for group in term.groups)),
        renderings=np.log(len(term.groups)),
        likeness=suspicion.likeness,
        word_likeness=suspicion.word_likeness,
        removed=len(comparison.removed),
        added=len(comparison.added),
        words_kept=kept / max(1, len(words)),
        claimed=suspicion.claimed,
        dominant_beside=suspicion.covered,
        crosses=seen.place.crosses,
        crosses_share=float(np.mean([place.crosses for place in term.wanted.places])),
        nested=bool(term.wanted.nested),
        candidate_score=term.wanted.score,
        marked=term.wanted.marked,
        length=len(term.wanted.key),
        title=suspicion.title,
        substitution=comparison.difference == "substitution",
        expansion=comparison.difference == "expansion",
        order=comparison.difference == "order",
        preposition=comparison.difference == "preposition",
        derivation=comparison.difference == "derivation",
        unrendered=len(term.unrendered) / (places + len(term.unrendered)),
        capitals_differ=seen.text[:1].isupper() != dominant.text[:1].isupper(),
        same_head=words[-1:] == own[-1:],
        acronyms_removed=sum(sum(map(str.isupper, word)) > 1 for word in dominant.text.split()),
        acronyms_added=sum(sum(map(str.isupper, word)) > 1 for word in seen.text.split()),
        link_least=least,
        other_link_most=other,
        gloss=gloss,
        other_gloss=rival,
    )
    rows = [each.row for each in dominant.places if each.row is not None]
    usual = np.mean(rows, axis=0) if rows else np.zeros(len(EVIDENCE_NAMES))
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
