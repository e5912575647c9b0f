"""Count right links, and turn counts into precision, recall and F1.

A link is right if both of its sides are exactly the sides of a gold link. Three
conventions for links without a partner (null links) are in use, and differ by up to
three points on the same output; compare only figures of one convention:

- `non-null`: null links are dropped on both sides;
- `all-links`: null links count in precision and in recall;
- `vecalign`: precision over all test links, recall over the non-null gold links.
  Source: the scorer of B. Thompson and P. Koehn, "Vecalign: Improved Sentence
  Alignment in Linear Time and Space", EMNLP 2019, https://aclanthology.org/D19-1136.

`lax` is the convention of `vecalign` with a weaker match: a link is right if it
shares a sentence on either side with one and the same gold link.

Counts of documents add up; scores come from the sums (micro average). Repeated
links count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aligner.formats.common.link_lines import Link

LINK_KINDS = ("1-1", "1-2", "1-3", "1-4", "2-1", "3-1", "2-2", "null", "other")
CONVENTIONS = ("non-null", "all-links", "vecalign", "lax")


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    p: float
    r: float
    f1: float


class KindCounts(NamedTuple):
    """How many links of one kind there are."""

    gold: int = 0
    test: int = 0
    hit: int = 0  # in both

    @property
    def recall(self) -> float | None:
        """Share of the gold links that were found; None if there are none."""
        return self.hit / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Share of the test links that are right; None if there are none."""
        return self.hit / self.test if self.test else None


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """What one document, or the sum of several, has; `total` includes null links."""

    total: KindCounts = field(default_factory=KindCounts)
    non_null: KindCounts = field(default_factory=KindCounts)
    lax_test: int = 0  # test links that share both sides with a gold link
    lax_gold: int = 0  # non-null gold links that share both sides with a test link
    reused: int = 0  # test sentences in more than one link: the alignment is unsound
    kinds: Mapping[str, KindCounts] = field(default_factory=dict)

    def __add__(self, other: LinkCounts) -> LinkCounts:
        """Return the counts of both together."""
        return LinkCounts(
            total=_sum(self.total, other.total),
            non_null=_sum(self.non_null, other.non_null),
            lax_test=self.lax_test + other.lax_test,
            lax_gold=self.lax_gold + other.lax_gold,
            reused=self.reused + other.reused,
            kinds={
                kind: _sum(self.kinds.get(kind, KindCounts()), other.kinds.get(kind, KindCounts()))
                for kind in LINK_KINDS
            },
        )


def kind_of(link: Link) -> str:
    """Return the kind by which links are grouped, one of `LINK_KINDS`."""
    if link.is_null:
        return "null"
    kind = f"{len(link.src)}-{len(link.tgt)}"
    return kind if kind in LINK_KINDS else "other"


def count(gold: Iterable[Link], test: Iterable[Link]) -> LinkCounts:
    """Return the counts of one document. Takes time linear in the links."""
    golds, tests = set(gold), set(test)
    gold_links = {link for link in golds if not link.is_null}
    test_links = {link for link in tests if not link.is_null}
    return LinkCounts(
        total=_tally(golds, tests),
        non_null=_tally(gold_links, test_links),
        lax_test=_count_lax(tests, golds),
        lax_gold=_count_lax(gold_links, test_links),
        reused=_count_reused(tests),
        kinds={
            kind: _tally(
                {link for link in golds if kind_of(link) == kind},
                {link for link in tests if kind_of(link) == kind},
            )
            for kind in LINK_KINDS
        },
    )


def scores(counts: LinkCounts) -> dict[str, Score]:
    """Return the score in each of `CONVENTIONS`; 0 where nothing can be counted."""
    total, links = counts.total, counts.non_null
    return {
        "non-null": _score(links.hit, links.test, links.hit, links.gold),
        "all-links": _score(total.hit, total.test, total.hit, total.gold),
        "vecalign": _score(total.hit, total.test, links.hit, links.gold),
        "lax": _score(counts.lax_test, total.test, counts.lax_gold, links.gold),
    }


def _sum(a: KindCounts, b: KindCounts) -> KindCounts:
    return KindCounts(a.gold + b.gold, a.test + b.test, a.hit + b.hit)


def _tally(gold: set[Link], test: set[Link]) -> KindCounts:
    return KindCounts(len(gold), len(test), len(gold & test))


def _score(right: int, test: int, found: int, gold: int) -> Score:
    p = right / test if test else 0.0
    r = found / gold if gold else 0.0
    return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def _count_lax(links: set[Link], others: set[Link]) -> int:
    """How many links are among the others or share both sides with one of them."""
    pairs = {(i, j) for other in others for i in other.src for j in other.tgt}
    return sum(
        link in others or any((i, j) in pairs for i in link.src for j in link.tgt) for link in links
    )


def _count_reused(links: set[Link]) -> int:
    uses = Counter(
        [("src", i) for link in links for i in link.src]
        + [("tgt", j) for link in links for j in link.tgt]
    )
    return sum(times > 1 for times in uses.values())
