"""What the paths of the clauses say of sentences: borders that they pass, sentences left out.

The clauses of some stretches are laid end to end and aligned as a text of their own, by
the same model with other weights. A border of sentences is one of clauses as well, so
that the sums over the paths of clauses tell how likely both texts pass it together: a
question that the sentences answer with all the weight of what stands on either side,
while a clause that belongs to the next sentence speaks for itself. They tell as well how
likely a sentence is left out with all its clauses (`lost_units`).

Cost: linear in the clauses of the stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.align.cues import surface_cues
from aligner.align.lattice import Field, Medians, Scale, Scores, score, sums
from aligner.align.pair_evidence import kernel_side
from aligner.align.second_pass.clause_cuts import cut_all
from aligner.align.second_pass.lost_units import lost_units
from aligner.align.second_pass.stretches import (
    Laid,
    Longs,
    Reach,
    SideFlags,
    Stretch,
    bar,
    bar_alone,
    lay,
)
from aligner.align.weights import Weights
from aligner.encode.protocol import EncodedSide

CLAUSES_AROUND = 3  # clauses on either side of the borders that are alive
FLOOR = -6.0  # of the logarithm of a probability
DIGITS = 6  # of what is read off the clauses: the last ones differ between processors


class SideMaker(Protocol):
    """What is asked of an encoder."""

    def side(self, texts: Sequence[str], *, joiner: str) -> EncodedSide:
        """Prepare some clauses (see `Encoder.side`)."""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """The clauses of some stretches, ready for scoring."""

    field: Field
    laid: Laid  # in clauses
    starts_zh: Longs  # the first clause of each sentence, and their number. Shape (n + 1,)
    starts_en: Longs


def clause_text(
    sentences: Laid,
    texts: tuple[Sequence[str], Sequence[str]],
    scale: Scale,
    encoder: SideMaker,
) -> ClauseText:
    """Cut and encode the sentences of some stretches.

    Args:
        sentences: The stretches.
        texts: All sentences of the pair.
        scale: Of the pair.
        encoder: Which encoded it.
    """
    (zh, counts_zh), (en, counts_en) = cut_stretches(sentences, texts)
    at_zh = np.concatenate([[0], np.cumsum(counts_zh)]).astype(np.int64)
    at_en = np.concatenate([[0], np.cumsum(counts_en)]).astype(np.int64)
    laid = _laid_clauses(sentences, at_zh, at_en)
    src, tgt = encoder.side(zh, joiner=""), encoder.side(en, joiner=" ")
    cues_zh, cues_en = surface_cues(zh, en)
    sides = kernel_side(cues_zh, src.tokens, 1.0), kernel_side(cues_en, tgt.tokens, scale.ratio)
    return ClauseText(Field(src, tgt, laid.band, *sides, scale.level), laid, at_zh, at_en)


def cut_stretches(
    sentences: Laid, texts: tuple[Sequence[str], Sequence[str]]
) -> tuple[tuple[list[str], list[int]], tuple[list[str], list[int]]]:
    """Return the clauses of both sides of some stretches (see `cut_all`)."""
    parts = sentences.stretches
    zh = cut_all([texts[0][i] for r in parts for i in range(r.s0, r.s1)], "zh")
    en = cut_all([texts[1][j] for r in parts for j in range(r.t0, r.t1)], "en")
    return zh, en


def _laid_clauses(sentences: Laid, at_zh: Longs, at_en: Longs) -> Laid:
    """Return the stretches in clauses, the band a little wider than that of the sentences."""
    band, pins, columns = sentences.band, at_zh[sentences.pins], at_en[sentences.pin_columns]
    stretches = [
        Stretch(int(a), int(b), int(c), int(d))
        for a, b, c, d in zip(pins[:-1], pins[1:], columns[:-1], columns[1:], strict=True)
    ]
    owner = np.repeat(np.arange(len(at_zh) - 1), np.diff(at_zh))
    within = (np.arange(at_zh[-1]) != at_zh[owner]).astype(np.int64)
    low, high = at_en[band.low], at_en[band.high]
    first_high, last_low = high[sentences.pins[:-1]], low[sentences.pins[1:]]
    reach = Reach(
        low[owner] - CLAUSES_AROUND,
        high[owner + within] + CLAUSES_AROUND,
        first_high + CLAUSES_AROUND,
        last_low - CLAUSES_AROUND,
    )
    return lay(stretches, reach)


def clause_scores(
    text: ClauseText,
    weights: Weights,
    medians: Medians,
    *,
    alone: SideFlags | None = None,
    threads: int = 2,
) -> Scores:
    """Score the clauses; no step leads over a pin.

    Args:
        text: The clauses.
        weights: Of their model.
        medians: Those of the sentences of the whole pair, since the stretches hold what is
            hard to align.
        alone: Which sentences of the stretches are known to have no partner, by side.
        threads: How many threads compute.
    """
    scores = score(text.field, weights, threads=threads, medians=medians)
    bar(text.laid, scores.edges)
    if alone:
        zh, en = (
            np.repeat(flags, np.diff(starts))
            for flags, starts in zip(alone, (text.starts_zh, text.starts_en), strict=True)
        )
        bar_alone(text.laid.band, scores.edges, zh, en)
    return scores


@dataclass(frozen=True, slots=True)
class ClauseEvidence:
    """What the clauses of some stretches say of their sentences."""

    visits: NDArray[np.float64]  # log probability of each border of sentences. Shape (nodes,)
    lost: tuple[NDArray[np.float64], NDArray[np.float64]]  # see `lost_units`, by side


def clause_evidence(sentences: Laid, text: ClauseText, scores: Scores) -> ClauseEvidence:
    """Return how likely the clauses pass each border of sentences and leave each sentence out.

    The logarithm of a probability is -6 at the least.
    """
    found = sums(text.field.band, scores)
    rows = sentences.node_rows
    node = text.laid.find(text.starts_zh[rows], text.starts_en[sentences.node_columns(rows)])
    visits = np.where(node >= 0, found.visits[node], FLOOR).clip(FLOOR, 0.0)
    np.round(visits, DIGITS, out=visits)
    starts = text.starts_zh, text.starts_en
    return ClauseEvidence(visits, lost_units(text.field.band, scores, found, starts, DIGITS))
