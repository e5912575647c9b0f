"""What a user wants to know about a bitext before using it, as a value.

Units: shares and probabilities from 0 to 1; sentences are segments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aligner.bitext import Bitext, Document
from aligner.messages import _
from aligner.pair import withheld_links
from aligner.report.broken_off import broken_off
from aligner.report.repeat_warnings import repeat_warnings

LONELY = 0.04  # a side with a larger share of sentences without partner is worth a warning
LONELY_LEAST = 3  # and with so many of them
NOTHING_FITS = 0.2  # with a smaller share in likely links on both sides, nothing fits
LIKELY = 0.5  # more likely right than not
SURE_LINK = 0.9  # about what a second look would leave alone


@dataclass(frozen=True, slots=True)
class SideSummary:
    """One document's side of the bitext."""

    source: str  # as the user wrote it
    lang: str  # BCP 47
    encoding: str
    notes: tuple[str, ...]  # of the reader
    sentences: int
    alone: int  # sentences without a partner that the aligner found
    withheld: int  # sentences whose link is less likely than the user asked for
    likely: int  # sentences whose link is more likely right than not, withheld or not

    @property
    def alone_share(self) -> float:
        """Share of the sentences without a partner; 0 for an empty side."""
        return self.alone / self.sentences if self.sentences else 0.0

    @property
    def likely_share(self) -> float:
        """Share of the sentences in likely links; 0 for an empty side."""
        return self.likely / self.sentences if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """A bitext in numbers."""

    id: str
    src: SideSummary
    tgt: SideSummary
    kinds: Mapping[str, int]  # beads of each kind, the most frequent first
    unlikely: int  # links with p below .5
    likely: int  # links with p from .5 to below .9
    sure: int  # links with p of .9 and more
    withheld: int  # links that were taken apart because of their p
    warnings: tuple[str, ...]

    @property
    def links(self) -> int:
        """How many beads have both sides."""
        return self.unlikely + self.likely + self.sure


def summarise(bitext: Bitext, *, min_p: float = 0.0) -> Summary:
    """Return the summary of a bitext.

    Args:
        bitext: Any bitext.
        min_p: The least probability that was asked for when it was made, so that
            links taken apart are not counted as sentences without a partner.
    """
    beads = bitext.alignment.beads
    held = withheld_links(beads, min_p)
    src = _side(
        bitext.src_doc,
        bitext.src_lang,
        [(bead.src.size, bead.tgt.size, bead.p) for bead in beads],
        [(half.src.size, half.p) for half, _other in held],
    )
    tgt = _side(
        bitext.tgt_doc,
        bitext.tgt_lang,
        [(bead.tgt.size, bead.src.size, bead.p) for bead in beads],
        [(half.tgt.size, half.p) for _other, half in held],
    )
    links = [bead.p for bead in beads if bead.src.size and bead.tgt.size]
    return Summary(
        id=bitext.id,
        src=src,
        tgt=tgt,
        kinds=dict(Counter(bead.kind for bead in beads).most_common()),
        unlikely=sum(p < LIKELY for p in links),
        likely=sum(LIKELY <= p < SURE_LINK for p in links),
        sure=sum(p >= SURE_LINK for p in links),
        withheld=len(held),
        warnings=(
            *_warnings(src, tgt),
            *broken_off(bitext, [half for pair in held for half in pair]),
            *repeat_warnings(bitext),
        ),
    )


def _side(
    document: Document,
    lang: str,
    beads: Sequence[tuple[int, int, float]],
    held: Sequence[tuple[int, float]],
) -> SideSummary:
    """Sum up one side: (sentences here, sentences there, p), and (sentences, p) withheld."""
    withheld = sum(here for here, _other in held)
    return SideSummary(
        source=document.source or document.id,
        lang=lang,
        encoding=document.encoding,
        notes=document.notes,
        sentences=sum(here for here, _there, _p in beads),
        alone=sum(here for here, there, _p in beads if not there) - withheld,
        withheld=withheld,
        likely=sum(here for here, there, p in beads if there and p >= LIKELY)
        + sum(here for here, p in held if p >= LIKELY),
    )


def _warnings(src: SideSummary, tgt: SideSummary) -> Iterable[str]:
    if max(src.likely_share, tgt.likely_share) < NOTHING_FITS:
        yield (
            _(
                "only {likely_share:.0%} of the Chinese and {likely_share2:.0%} of the English"
                " sentences are in a likely link: these may not be translations of each other"
            ).format(likely_share=src.likely_share, likely_share2=tgt.likely_share)
        )
        return
    for name, side in ((_("Chinese"), src), (_("English"), tgt)):
        if side.alone_share > LONELY and side.alone >= LONELY_LEAST:
            yield (
                _(
                    "{alone_share:.0%} of the {name} sentences ({alone} of"
                    " {sentences}) have no partner: text may be missing on the other side"
                ).format(
                    alone_share=side.alone_share,
                    name=name,
                    alone=side.alone,
                    sentences=side.sentences,
                )
            )
