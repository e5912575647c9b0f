"""Align the sentences of two sides, with a probability on every bead.

    evidence of every possible bead inside a band -> lattice -> beads
    stretches where these are unsure -> their clauses -> lattice -> better beads
    copies of a block that the other side has fewer of -> left alone, and all that once more
    links of one to one whose sides have little in common -> lower p, or two lone sentences

See `lattice` for the model, `pair_evidence` and `_features` for the features, `anchors` and
`band` for what is searched at all, `page_lines` for running heads and page numbers,
`bracketed_notes` for notes in brackets,
`second_pass` for the clauses, `surplus_copies` for blocks that stand twice on one side,
`facing` for sentences without partner that face each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner.bitext import Alignment, Bead, Segment
from aligner.span import Span

P_DIGITS = 4  # decimals of a posterior, here and so in every output

if TYPE_CHECKING:
    from aligner.align.facing import FacingText
    from aligner.align.lattice import Step
    from aligner.align.second_pass.clause_weights import SecondWeights
    from aligner.align.second_pass.redecode import FirstPass
    from aligner.align.second_pass.stretches import SideFlags
    from aligner.align.weights import Weights
    from aligner.encode.protocol import EncodedSide, Encoder


def align(  # noqa: PLR0913 - two models of weights
    src: Sequence[Segment],
    tgt: Sequence[Segment],
    *,
    encoder: Encoder,
    weights: Weights | None = None,
    second: SecondWeights | None = None,
    refine: Encoder | None = None,
    threads: int = 2,
) -> Alignment:
    """Return the most probable alignment of two segmented texts.

    Args:
        src: The Chinese segments.
        tgt: The English segments.
        encoder: Turns them into vectors.
        weights: Of the model; by default those that fit the encoder.
        second: Of the second pass, over clauses; by default those that ship. An encoder
            without vectors has no second pass.
        refine: A second encoder, asked about the links that are unsure after that.
        threads: How many threads compute; the result does not depend on it.

    Returns:
        Every segment exactly once. `p` of a bead is its posterior probability, to four
        decimals. Neither depends on threads or on the processor.

    Cost: linear in the text beside the encoder; see scripts/measure/benchmark.py.
    """
    if not src or not tgt:
        return one_sided(len(src), len(tgt))
    texts = [s.text for s in src], [s.text for s in tgt]
    steps = best_steps(
        *texts,
        encoder=encoder,
        weights=weights,
        second=second,
        refine=refine,
        threads=threads,
    )
    return Alignment(tuple(_rounded(steps)), len(src), len(tgt))


def best_steps(  # noqa: PLR0913 - two models of weights
    src: Sequence[str],
    tgt: Sequence[str],
    *,
    encoder: Encoder,
    weights: Weights | None = None,
    second: SecondWeights | None = None,
    refine: Encoder | None = None,
    threads: int = 2,
) -> Sequence[Step]:
    """Return the best path of two texts, with exact probabilities (see `align`)."""
    from aligner.align.facing import without_strangers
    from aligner.align.related import knows_cosines

    steps, text = undoubted_steps(
        src,
        tgt,
        encoder=encoder,
        weights=weights,
        second=second,
        refine=refine,
        threads=threads,
    )
    return without_strangers(steps, text) if knows_cosines(encoder) else steps


def undoubted_steps(  # noqa: PLR0913 - two models of weights
    src: Sequence[str],
    tgt: Sequence[str],
    *,
    encoder: Encoder,
    weights: Weights | None = None,
    second: SecondWeights | None = None,
    refine: Encoder | None = None,
    threads: int = 2,
) -> tuple[Sequence[Step], FacingText]:
    """Return the best path before its links of one to one are doubted, and what it links."""
    from aligner.align.facing import FacingText
    from aligner.align.second_pass.clause_weights import load_second_weights
    from aligner.align.second_pass.redecode import ClauseReader, decode_again
    from aligner.align.second_pass.second_opinion import OpinionReader, refine_steps
    from aligner.align.surplus_copies import surplus_copies
    from aligner.align.weights import load_weights

    weights = weights or load_weights("use" if encoder.dim else "length")
    sides = encoder.side(src, joiner=""), encoder.side(tgt, joiner=" ")
    first = _first_pass(sides, (src, tgt), weights, threads)
    reader = ClauseReader(second or load_second_weights(), encoder, threads=threads)
    steps = decode_again(first, reader) if encoder.dim else first.steps
    if alone := surplus_copies((src, tgt), steps):
        first = _first_pass(sides, (src, tgt), weights, threads, alone)
        steps = decode_again(first, reader) if encoder.dim else first.steps
    text = FacingText(*sides, (src, tgt), first.scale)
    if refine is None or not encoder.dim:
        return steps, text
    asked = OpinionReader(reader.weights, encoder, threads, other=refine)
    return refine_steps(replace(first, steps=steps), asked), text


def _first_pass(
    sides: tuple[EncodedSide, EncodedSide],
    texts: tuple[Sequence[str], Sequence[str]],
    weights: Weights,
    threads: int,
    alone: SideFlags | None = None,
) -> FirstPass:
    """Return what the sentences give; those that are known to be alone are not linked."""
    from aligner.align.bracketed_notes import without_lone_notes
    from aligner.align.lattice import decode, prepare, score, sums
    from aligner.align.page_lines import without_page_lines
    from aligner.align.second_pass.redecode import FirstPass
    from aligner.align.second_pass.stretches import bar_alone
    from aligner.align.second_pass.unit_kinds import unit_kinds

    field = prepare(*sides, *texts, alone=alone)
    band = field.band
    scores = without_page_lines(score(field, weights, threads=threads), band, *texts)
    scores = without_lone_notes(scores, band, *texts)
    if alone:
        bar_alone(band, scores.edges, *alone)
    totals = sums(band, scores)
    steps = decode(band, scores, totals)
    kinds = unit_kinds(texts[0]), unit_kinds(texts[1])
    return FirstPass(band, field.scale, scores, totals, steps, texts, kinds, alone)


def _rounded(steps: Iterable[tuple[int, int, int, int, float]]) -> list[Bead]:
    """Return the steps as beads, with p as it is stored and written.

    Two sentences side by side without partner get no p in common, since that marks the
    halves of a link that was taken apart (`pair.withheld_links`).
    """
    unit = 10**-P_DIGITS
    beads: list[Bead] = []
    for s, t, x, y, exact in steps:
        p = round(exact, P_DIGITS)
        if not x and beads and not beads[-1].tgt.size and beads[-1].p == p:
            p = round(p - unit if p else unit, P_DIGITS)
        beads.append(Bead(Span(s, s + x), Span(t, t + y), p))
    return beads


def one_sided(n_src: int, n_tgt: int) -> Alignment:
    """Return the alignment in which no sentence has a partner."""
    src = [Bead(Span(i, i + 1), Span(0, 0), 1.0) for i in range(n_src)]
    tgt = [Bead(Span(n_src, n_src), Span(j, j + 1), 1.0) for j in range(n_tgt)]
    return Alignment((*src, *tgt), n_src, n_tgt)
