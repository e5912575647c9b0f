"""Ask a second encoder about the stretches that the second pass leaves unsure.

They are read in clauses once more, by the vectors of both encoders together
(`clause_vectors`): where the two err in different places, their sum errs less. All else,
weights included, is as in the second pass, and what that was sure of is not touched.

Where few sentences are unsure, some sure ones are read beside them, because the vectors
are centred and scaled by what is read; what is found of these is dropped.

Cost: the second encoder reads the clauses of the stretches, each once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from aligner.align.lattice import Step
from aligner.align.second_pass.clause_scores import ClauseEvidence, ClauseText, cut_stretches
from aligner.align.second_pass.clause_vectors import (
    FIRST_SHARE,
    OTHER_SHARE,
    CosineScale,
    Pairs,
    SummedClauses,
    joint_sides,
    scale_of,
)
from aligner.align.second_pass.redecode import (
    ClauseReader,
    FirstPass,
    Ranges,
    put_in,
    redecoded,
    unsure_ranges,
)
from aligner.align.second_pass.stretches import Laid, rectangle
from aligner.encode.protocol import Encoder
from aligner.fitted import Doubles

FEW_SENTENCES = 40  # of both sides together, by which vectors are centred and scaled
OPINION_DIGITS = 3  # of what is read off the clauses: last digits differ between processors


@dataclass(frozen=True)
class Measure:
    """What the first stretches say of the second encoder."""

    middles: tuple[Doubles, Doubles]  # of the vectors of each side
    scale: CosineScale


@dataclass(frozen=True)
class OpinionReader(ClauseReader):
    """Reads clauses by the vectors of two encoders."""

    other: Encoder = field(kw_only=True)
    measures: list[Measure] = field(default_factory=list)  # one, after the first stretches

    def clauses(self, laid: Laid, first: FirstPass) -> ClauseText:
        """Return the clauses of some stretches, with joint vectors."""
        text = ClauseReader.clauses(self, laid, first)
        zh, en = (cut[0] for cut in cut_stretches(laid, first.texts))
        sides = text.field.src, text.field.tgt
        other = SummedClauses(zh, self.other), SummedClauses(en, self.other)
        if not self.measures:
            middles = other[0].middle, other[1].middle
            scale = scale_of(sides, other, middles, _pairs(text))
            self.measures.append(Measure(middles, scale))
        known = self.measures[0]
        src, tgt = joint_sides(sides, other, known.middles, known.scale)
        return replace(text, field=replace(text.field, src=src, tgt=tgt))

    def read(self, laid: Laid, first: FirstPass) -> ClauseEvidence:
        """Return what the clauses say (see `clause_evidence`), to fewer digits."""
        said = ClauseReader.read(self, laid, first)
        zh, en = (side.round(OPINION_DIGITS) for side in said.lost)
        return ClauseEvidence(said.visits.round(OPINION_DIGITS), (zh, en))


def opinion_signature(encoder: Encoder) -> str:
    """Return a short name of what a second encoder does to an alignment."""
    return f"{encoder.signature} shares={FIRST_SHARE:g},{OTHER_SHARE:g}"


def refine_steps(second: FirstPass, reader: OpinionReader) -> list[Step]:
    """Return the steps of a pair, those that the second pass left unsure found anew.

    Args:
        second: The first pass, with the steps of the second one.
        reader: Of the clauses.
    """
    asked = unsure_ranges(second)
    if not asked:
        return list(second.steps)
    wanted = frozenset(asked)
    found = redecoded(second, reader, with_company(asked, second.steps))
    return put_in(second.steps, (part for part in found if (part.start, part.stop) in wanted))


def with_company(asked: Ranges, steps: Sequence[Step]) -> Ranges:
    """Return ranges of steps, with single sure beads from all over where they are few."""
    sizes = [rectangle(steps, *each) for each in asked]
    lacking = FEW_SENTENCES - sum(r.s1 - r.s0 + r.t1 - r.t0 for r in sizes)
    taken = {k for each in asked for k in range(*each)}
    free = [k for k, step in enumerate(steps) if step[2] and step[3] and k not in taken]
    count = min(len(free), max(0, -(-lacking // 2)))  # a bead has two sentences at the least
    chosen = [free[n * len(free) // count] for n in range(count)]
    return sorted([*asked, *((k, k + 1) for k in chosen)])


def _pairs(text: ClauseText) -> Pairs:
    """Return the pairs of clauses inside the band."""
    laid = text.laid
    rows = laid.node_rows
    columns = laid.node_columns(rows)
    inside = np.flatnonzero((rows < laid.pins[-1]) & (columns < laid.pin_columns[-1]))
    return Pairs(rows[inside], columns[inside])
