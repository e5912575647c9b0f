"""Score links between sentences where only the paragraphs' partners are known.

A gold link between paragraphs, with all of its sentences, is a block. A sentence
alignment respects the blocks if no link leaves its block; a block is right if it
holds at least one link and no link that leaves touches it. Null links are not
counted, so a sentence left alone inside its block does no harm.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from aligner.errors import AlignmentError
from aligner.formats.common.link_lines import Link
from aligner.messages import _
from aligner.scoring.counts import Score


@dataclass(frozen=True, slots=True)
class ParagraphCounts:
    """What one document, or the sum of several, has."""

    gold: int = 0  # blocks with both sides
    links: int = 0  # non-null test links
    kept: int = 0  # of these, inside one block
    found: int = 0  # blocks with a link inside, and every link that leaves
    right: int = 0  # blocks with a link inside and none that leaves

    def __add__(self, other: ParagraphCounts) -> ParagraphCounts:
        """Return the counts of both together."""
        return ParagraphCounts(
            self.gold + other.gold,
            self.links + other.links,
            self.kept + other.kept,
            self.found + other.found,
            self.right + other.right,
        )

    @property
    def respect(self) -> float:
        """Share of the links that stay inside their block; 0 without links."""
        return self.kept / self.links if self.links else 0.0

    @property
    def score(self) -> Score:
        """Precision, recall and F1 of the blocks."""
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def count_paragraphs(
    gold: Iterable[Link],
    test: Iterable[Link],
    src_paragraphs: Sequence[int],
    tgt_paragraphs: Sequence[int],
) -> ParagraphCounts:
    """Return the counts of one document.

    Args:
        gold: Links between paragraphs; a paragraph is in one of them at most.
        test: Links between sentences.
        src_paragraphs: The paragraph of each Chinese sentence, counted from 0.
        tgt_paragraphs: The same for the English side.

    Raises:
        AlignmentError: A test link names a sentence that has no paragraph.
    """
    golds = list(gold)
    src_blocks = _blocks([link.src for link in golds], src_paragraphs, "zh")
    tgt_blocks = _blocks([link.tgt for link in golds], tgt_paragraphs, "en")
    inside: set[Hashable] = set()
    touched: set[Hashable] = set()  # by a link that leaves its block
    links = leaving = 0
    for link in test:
        if link.is_null:
            continue
        blocks = _touched(link, src_blocks, tgt_blocks)
        links += 1
        leaving += len(blocks) > 1
        (touched if len(blocks) > 1 else inside).update(blocks)
    wanted = {number for number, link in enumerate(golds) if not link.is_null}
    return ParagraphCounts(
        gold=len(wanted),
        links=links,
        kept=links - leaving,
        found=len(inside) + leaving,
        right=len((wanted & inside) - touched),
    )


def _blocks(
    sides: Sequence[tuple[int, ...]], paragraphs: Sequence[int], name: str
) -> list[Hashable]:
    """Return the block of each sentence; a paragraph in no link is a block of its own."""
    block_of = {paragraph: number for number, side in enumerate(sides) for paragraph in side}
    return [block_of.get(paragraph, (name, paragraph)) for paragraph in paragraphs]


def _touched(link: Link, src: Sequence[Hashable], tgt: Sequence[Hashable]) -> set[Hashable]:
    if link.src[-1] >= len(src) or link.tgt[-1] >= len(tgt):
        raise AlignmentError(
            _("{link}: only {count} zh and {count2} en sentences").format(
                link=link, count=len(src), count2=len(tgt)
            )
        )
    return {src[i] for i in link.src} | {tgt[j] for j in link.tgt}
