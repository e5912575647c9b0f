"""Align the sentences of two sides, with a probability on every bead.

    evidence of every possible bead inside a band -> lattice -> beads

See `lattice` for the model, `pair_evidence` and `_features` for the features, `anchors` and
`band` for what is searched at all, `apart` for running heads and page numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from aligner.bitext import Alignment, Bead, Segment
from aligner.span import Span

P_DIGITS = 4  # decimals of a posterior, here and so in every output

if TYPE_CHECKING:
    from aligner.align.weights import Weights
    from aligner.encode.protocol import Encoder


def align(
    src: Sequence[Segment],
    tgt: Sequence[Segment],
    *,
    encoder: Encoder,
    weights: Weights | None = None,
    threads: int = 2,
) -> Alignment:
    """Return the most probable alignment of two segmented texts.

    Args:
        src: The Chinese segments.
        tgt: The English segments.
        encoder: Turns them into vectors.
        weights: Of the model; by default those that fit the encoder.
        threads: How many threads compute; the result does not depend on it.

    Returns:
        Every segment exactly once. `p` of a bead is its posterior probability, to four
        decimals. Neither depends on threads or on the processor.

    Cost: linear in the text beside the encoder; see scripts/measure/benchmark.py.
    """
    from aligner.align.lattice import decode, prepare, score
    from aligner.align.page_lines import without_page_lines
    from aligner.align.weights import load_weights

    src_texts, tgt_texts = [s.text for s in src], [s.text for s in tgt]
    if not src or not tgt:
        return one_sided(len(src), len(tgt))
    if weights is None:
        weights = load_weights("use" if encoder.dim else "length")
    sides = encoder.side(src_texts, joiner=""), encoder.side(tgt_texts, joiner=" ")
    field = prepare(*sides, src_texts, tgt_texts)
    scores = score(field, weights, threads=threads)
    steps = decode(field, without_page_lines(scores, field.band, src_texts, tgt_texts))
    return Alignment(tuple(_rounded(steps)), len(src), len(tgt))


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
