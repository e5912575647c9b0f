"""The unsure stretches of gold documents as training material for the second pass.

Each document has its first pass under weights that have not seen it, since the stretches
have to be those that a text of a user has. A stretch whose pins the gold does not allow
stays out: nothing found inside it would be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.align.lattice import Field, Scores, decode, score, skip_features, sums
from aligner.align.second_pass.border_evidence import Kinds, bead_borders, skip_borders
from aligner.align.second_pass.clause_cuts import cut_all
from aligner.align.second_pass.clause_scores import (
    ClauseEvidence,
    ClauseText,
    SideMaker,
    clause_evidence,
    clause_scores,
    clause_text,
)
from aligner.align.second_pass.redecode import (
    FirstPass,
    flags_in,
    groups,
    sentence_scores,
    unsure_ranges,
)
from aligner.align.second_pass.stretches import Laid, Stretch, bar, rectangle
from aligner.align.second_pass.unit_kinds import unit_kinds
from aligner.align.weights import Weights
from fit._crf import Lattice, Places, lattice_of, prune
from fit._crf_loops import sums_over_paths
from helpers.gold import Block, Sample


@dataclass(frozen=True)
class Unsure:
    """Some stretches of a document, end to end, with their gold."""

    laid: Laid
    scores: Scores  # of the sentences, inside the stretches
    medians: tuple[float, float]
    texts: tuple[Sequence[str], Sequence[str]]
    blocks: tuple[Block, ...]  # in sentences, end to end
    kinds: Kinds


@dataclass(frozen=True)
class Borders:
    """The steps between sentences with what the clauses say of them."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    kind: NDArray[np.int8]
    gold: NDArray[np.bool_]
    nodes: int
    base: NDArray[np.float64]  # score of the first pass
    opening: float
    evidence: NDArray[np.float32]  # Shape (steps, names)


def allows(blocks: Iterable[Block], s: int, t: int) -> bool:
    """Return whether the gold has a path through a border."""
    for block in blocks:
        (a, b), (c, d) = block.src, block.tgt
        if b <= s and d <= t:
            continue
        if a >= s and c >= t:
            return True
        return block.kind != "exact" and a <= s <= b and c <= t <= d
    return True


def clipped(blocks: Iterable[Block], laid: Laid) -> tuple[Block, ...]:
    """Return the gold inside some stretches, in sentences end to end."""
    blocks = list(blocks)
    found = []
    for k, rect in enumerate(laid.stretches):
        shift_s = int(laid.pins[k]) - rect.s0
        shift_t = int(laid.pin_columns[k]) - rect.t0
        for block in blocks:
            a, b = max(block.src[0], rect.s0), min(block.src[1], rect.s1)
            c, d = max(block.tgt[0], rect.t0), min(block.tgt[1], rect.t1)
            if a <= b and c <= d and (b > a or d > c):
                src, tgt = (a + shift_s, b + shift_s), (c + shift_t, d + shift_t)
                found.append(Block(block.kind, src, tgt))
    return tuple(found)


def unsure_parts(sample: Sample, field: Field, weights: Weights) -> list[Unsure]:
    """Return the unsure stretches of a document whose pins the gold allows."""
    scores = score(field, weights)
    total = sums(field.band, scores)
    steps = list(decode(field.band, scores, total))
    texts = sample.src, sample.tgt
    kinds = unit_kinds(sample.src), unit_kinds(sample.tgt)
    first = FirstPass(field.band, field.scale, scores, total, steps, texts, kinds)
    ranges = [
        each for each in unsure_ranges(first) if _possible(sample.blocks, rectangle(steps, *each))
    ]
    return [
        Unsure(
            laid,
            sentence_scores(laid, scores, field.band),
            scores.medians,
            first.texts,
            clipped(sample.blocks, laid),
            flags_in(laid, first.kinds),
        )
        for _, laid in groups(first, ranges)
    ]


def _possible(blocks: Sequence[Block], rect: Stretch) -> bool:
    return allows(blocks, rect.s0, rect.t0) and allows(blocks, rect.s1, rect.t1)


def clauses_in(part: Unsure, *, src: bool) -> list[str]:
    """Return the clauses of one side of the stretches."""
    texts, lang = (part.texts[0], "zh") if src else (part.texts[1], "en")
    ranges = [(r.s0, r.s1) if src else (r.t0, r.t1) for r in part.laid.stretches]
    return cut_all([texts[i] for a, b in ranges for i in range(a, b)], lang)[0]  # type: ignore[arg-type]


def clause_lattice(
    part: Unsure, whole: Field, weights: Weights, encoder: SideMaker
) -> tuple[ClauseText, Lattice]:
    """Return the clauses of the stretches, and the steps that some first weights keep."""
    text = clause_text(part.laid, part.texts, whole.scale, encoder)
    singles: list[NDArray[np.float32]] = []
    scores = score(text.field, weights, keep_singles=singles, medians=part.medians)
    bar(text.laid, scores.edges)
    blocks = tuple(
        replace(
            block,
            kind="null" if block.kind == "null" else "any",
            src=(int(text.starts_zh[block.src[0]]), int(text.starts_zh[block.src[1]])),
            tgt=(int(text.starts_en[block.tgt[0]]), int(text.starts_en[block.tgt[1]])),
        )
        for block in part.blocks
    )
    kept = prune(text.field.band, scores, blocks)
    skips = skip_features(text.field, singles[0], part.medians)
    return text, lattice_of(text.field, kept, skips)


def evidence_of(part: Unsure, text: ClauseText, weights: Weights) -> ClauseEvidence:
    """Return what the clauses say, under some weights."""
    return clause_evidence(part.laid, text, clause_scores(text, weights, part.medians))


def borders(part: Unsure, said: ClauseEvidence) -> Borders:
    """Return the steps between sentences, with what is known of them."""
    kept = prune(part.laid.band, part.scores, part.blocks)
    tail, head, nodes = kept.places(part.laid.band.nodes)
    bead = kept.kind == 0
    at = kept.bead_node[kept.row[bead]], kept.bead_shape[kept.row[bead]]
    of_beads = bead_borders(part.laid, said, part.kinds)[at]
    of_skips = skip_borders(part.laid, said, part.kinds)
    width, gap = of_beads.shape[1], of_skips[0].shape[1]
    evidence = np.zeros((len(kept.kind), width + 2 * gap), dtype=np.float32)
    base = np.zeros(len(kept.kind))
    evidence[bead, :width], base[bead] = of_beads, part.scores.edges[at]
    for code, price in ((1, part.scores.skip_zh), (2, part.scores.skip_en)):
        here = np.flatnonzero(kept.kind == code)
        first = width + (code - 1) * gap
        evidence[here, first : first + gap] = of_skips[code - 1][kept.head[here]]
        base[here] = price[kept.row[here]]
    return Borders(tail, head, kept.kind, kept.gold, nodes, base, part.scores.opening, evidence)


def border_loss(one: Borders, numbers: NDArray[np.float64]) -> tuple[float, Places] | None:
    """Return the negative log likelihood of the gold and its gradient.

    `numbers` are the weights of the evidence, the share of the first pass's scores and what
    opening a gap costs beside. None if there is no path that the gold allows.
    """
    value = one.base * numbers[-2] + one.evidence @ numbers[:-2]
    opening = one.opening + float(numbers[-1])
    parts: list[tuple[float, Any, Any]] = []
    for constrained in (False, True):
        post, opened = np.empty_like(value), np.empty_like(value)
        mass = sums_over_paths(
            one.tail, one.head, one.kind, value, opening, one.gold, one.nodes,
            constrained, post, opened,
        )  # fmt: skip
        parts.append((mass, post, opened))
    (total, free, opens), (right, gold, gold_opens) = parts
    if not right > -1e20:
        return None
    more = free - gold
    slope = np.append(one.evidence.T @ more, [one.base @ more, (opens - gold_opens).sum()])
    return float(total - right), slope
