"""The order in which a page shows what was found: worst first, then the likeliest.

A term with its findings is one entry, as severe and as likely as the worst of them; any
other finding is one of its own. Each entry knows where it stands in the order of the texts
too, so that the page can be read along them. Cost: n log n in the entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aligner.findings import SEVERITIES, Finding, Severity, Terms
from aligner.report.cards import Card
from aligner.report.check_sections import CheckSection, ShownFinding

_Where = tuple[int, int, int]  # the number of the bitext, of the bead, and an offset in it


class PageEntry(NamedTuple):
    """A term with findings, or a finding that is about no term."""

    severity: Severity
    p: float
    at: int  # in the order of the texts, counted from 0
    card: Card | None
    shown: ShownFinding | None

    @property
    def firsts(self) -> Iterator[Finding]:
        """The first finding of each group that it shows."""
        if self.card:
            yield from (group.first for group in self.card.groups)
        if self.shown:
            yield self.shown.first


class SeverityPart(NamedTuple):
    """The entries of one severity, the likeliest first."""

    severity: Severity
    entries: tuple[PageEntry, ...]


def severity_parts(
    terms: Terms, cards: Iterable[Card], sections: Iterable[CheckSection]
) -> tuple[SeverityPart, ...]:
    """Return what is new, by severity; a severity that nothing has is left out."""
    numbers = {bitext.id: number for number, bitext in enumerate(terms.bitexts)}

    def where(finding: Finding) -> _Where:
        span = finding.tgt_span or finding.src_span
        return numbers[finding.doc], finding.bead, span.start if span else 0

    found: list[tuple[_Where, PageEntry]] = []
    for card in cards:
        if card.groups:
            first = min(map(where, card.judged.new))
            entry = PageEntry(card.severity, card.judged.p, 0, card, None)
            found.append((first, entry))
    for section in sections:
        for shown in section.new:
            finding = shown.first
            entry = PageEntry(finding.severity, finding.p, 0, None, shown)
            found.append((where(finding), entry))
    found.sort(key=lambda pair: pair[0])
    placed = [entry._replace(at=number) for number, (_, entry) in enumerate(found)]
    return tuple(
        SeverityPart(severity, its)
        for severity in SEVERITIES
        if (its := tuple(sorted(_of(placed, severity), key=lambda e: (-e.p, e.at))))
    )


def _of(entries: Iterable[PageEntry], severity: Severity) -> Iterator[PageEntry]:
    return (entry for entry in entries if entry.severity == severity)
