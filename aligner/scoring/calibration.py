"""Hold the probabilities of links against how often such links are right.

Probabilities are put into bins of equal width. The expected calibration error is
the mean distance between a bin's mean probability and its share of right links,
weighted by the bin's size. Source: C. Guo, G. Pleiss, Y. Sun and K. Weinberger, "On
Calibration of Modern Neural Networks", ICML 2017,
https://proceedings.mlr.press/v70/guo17a.html, section 2.

Null links are left out: they say that something is missing, which gold made from
paragraphs or verses seldom knows.

Units: probabilities and shares from 0 to 1; an error of 0 is perfect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from aligner.errors import SettingError
from aligner.formats.common.link_lines import Link
from aligner.messages import _


class Bin(NamedTuple):
    """The links whose probability is from `low` to below `high` (1 is in the last)."""

    low: float
    high: float
    size: int  # how many links
    confidence: float  # mean probability; 0 if the bin is empty
    accuracy: float  # share of right links; 0 if the bin is empty


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins from 0 to 1, and what follows from them."""

    bins: tuple[Bin, ...]

    @property
    def size(self) -> int:
        """How many links were judged."""
        return sum(part.size for part in self.bins)

    @property
    def ece(self) -> float:
        """The expected calibration error; 0 without any link."""
        if not self.size:
            return 0.0
        error = sum(part.size * abs(part.confidence - part.accuracy) for part in self.bins)
        return error / self.size


def judge(gold: Iterable[Link], test: Iterable[Link]) -> list[tuple[float, bool]]:
    """Return the probability of each non-null test link, and whether it is in gold.

    Raises:
        SettingError: A link has no probability.
    """
    right = set(gold)
    judged = []
    for link in test:
        if link.p is None:
            raise SettingError(
                _("no probability on {link}").format(link=link), hint=_("write [0]:[0]:0.98")
            )
        if not link.is_null:
            judged.append((link.p, link in right))
    return judged


def calibrate(judged: Iterable[tuple[float, bool]], *, bins: int = 10) -> Calibration:
    """Return the calibration of (probability, right) pairs, of any number of documents.

    >>> calibrate([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]).ece
    0.0
    """
    groups: list[list[tuple[float, bool]]] = [[] for _other in range(bins)]
    for p, right in judged:
        groups[min(int(p * bins), bins - 1)].append((p, right))
    return Calibration(tuple(_bin(k, bins, group) for k, group in enumerate(groups)))


def calibration(gold: Iterable[Link], test: Iterable[Link], *, bins: int = 10) -> Calibration:
    """Return the calibration of one document's non-null links (see `judge`)."""
    return calibrate(judge(gold, test), bins=bins)


def _bin(number: int, bins: int, group: list[tuple[float, bool]]) -> Bin:
    size = len(group)
    return Bin(
        low=number / bins,
        high=(number + 1) / bins,
        size=size,
        confidence=sum(p for p, _other in group) / size if size else 0.0,
        accuracy=sum(right for _other, right in group) / size if size else 0.0,
    )
