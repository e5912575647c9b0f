"""Say in words that one side of a bitext ends, or begins, where the other goes on.

A translation that was cut short, or a file of which a part was copied, leaves sentences
without partner in one run up to an end of the text. That is another fault than sentences
left out here and there.

Cost: linear in the beads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from aligner.bitext import Bead, Bitext
from aligner.messages import _
from aligner.span import Span

_LEAST: Final = 5  # sentences: fewer are a signature or a source
_SHARE: Final = 0.05  # of the sentences of the side
_LINKED: Final = 3  # sentences that do have a partner, so that the texts belong together


def broken_off(bitext: Bitext, withheld: Sequence[Bead] = ()) -> Iterator[str]:
    """Yield a sentence for each end of the text that only one side has.

    Args:
        bitext: Any bitext.
        withheld: Its beads that are halves of links too unlikely to be used; these are no
            sentences without partner.
    """
    beads, halves = bitext.alignment.beads, {(bead.src, bead.tgt) for bead in withheld}
    if sum(bool(bead.src.size and bead.tgt.size) for bead in beads) < _LINKED:
        return
    sizes = (len(bitext.src), len(bitext.tgt))
    names = (_("Chinese"), _("English"))
    for at_end, order in ((False, beads), (True, beads[::-1])):
        alone = _alone(order, halves)
        for side in (0, 1):
            count = alone[side]
            if alone[1 - side] or count < _LEAST or count < _SHARE * sizes[side]:
                continue
            if at_end:
                said = _(
                    "the last {count} {name} sentences, from {number} on, have no partner:"
                    " the {name2} text seems to break off"
                )
            else:
                said = _(
                    "the first {count} {name} sentences, up to {number}, have no partner:"
                    " the {name2} text seems to begin later"
                )
            number = sizes[side] - count + 1 if at_end else count
            yield said.format(count=count, name=names[side], number=number, name2=names[1 - side])


def _alone(beads: Sequence[Bead], halves: set[tuple[Span, Span]]) -> tuple[int, int]:
    """Return how many sentences of each side stand without partner before the first link."""
    src = tgt = 0
    for bead in beads:
        if (bead.src.size and bead.tgt.size) or (bead.src, bead.tgt) in halves:
            break
        src, tgt = src + bead.src.size, tgt + bead.tgt.size
    return src, tgt
