"""The figures of a certificate: what was checked, and what was found, by check and category.

Counts are of new findings; several places of one rendering are one. They are given per
1,000 words of the English text too. The categories are the seven of ISO 5060:2024, by
name; the severities are the program's own. GB/T 19682-2005, clause 4.2, 术语统一, asks for
uniform terms: what answers it is the consistency of terms, with a 95 % interval.

The interval is Wilson's (`aligner.scoring.interval`) for the mean consistency. Its n is
the effective number of terms, (sum n_t)² / sum n_t² with n_t the rendered places of term t:
places of one term are not independent, so that a term counts once, however often it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aligner.findings import SEVERITIES, Severity, Terms
from aligner.scoring.interval import effective_number, wilson_interval

CATEGORIES: Final = (
    "terminology",
    "accuracy",
    "linguistic conventions",
    "style",
    "locale conventions",
    "audience appropriateness",
    "design and markup",
)
CATEGORY_OF_CHECK: Final[Mapping[str, str]] = {
    "terms": "terminology",
    "glossary": "terminology",
    "numbers": "accuracy",
    "references": "accuracy",
    "omissions": "accuracy",
    "leftovers": "accuracy",
    "segments": "style",  # one sentence in several wordings
    "names": "terminology",
    "form": "linguistic conventions",
}
COUNTED: Final[tuple[Severity, ...]] = SEVERITIES[:3]  # error, warning, info
_WORD: Final = re.compile(r"\w+(?:['’.,-]\w+)*")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SEVERAL: Final = 2  # rendered places from which a term can be consistent or not


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """How many findings something has, of each severity."""

    name: str
    counts: tuple[int, ...]  # of the severities `COUNTED`
    words: int  # of the English text

    @property
    def total(self) -> int:
        """Of all severities."""
        return sum(self.counts)

    @property
    def per_thousand(self) -> float:
        """Findings per 1,000 words; 0 without words."""
        return 1000 * self.total / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class UniformTerms:
    """How uniformly terms are rendered, with a 95 % interval."""

    share: float
    low: float
    high: float
    terms: int  # with at least two rendered places
    places: int  # of these
    effective: float  # terms of equal weight that they are worth


@dataclass(frozen=True, slots=True)
class CertificateFigures:
    """All figures of a certificate."""

    words: int  # of the English side
    characters: int  # Chinese ones, of the Chinese side
    src_sentences: int
    tgt_sentences: int
    by_check: tuple[SeverityRow, ...]
    by_category: tuple[SeverityRow, ...]
    whole: SeverityRow
    uniform: UniformTerms | None  # None: terms were not looked at, or none stands twice
    accepted: int  # findings that a baseline accepts


def certificate_figures(terms: Terms) -> CertificateFigures:
    """Return the figures of what was found."""
    words = sum(len(_WORD.findall(b.tgt_doc.text)) for b in terms.bitexts)
    by_check = tuple(
        SeverityRow(name, tuple(terms.count_by_check(s).get(name, 0) for s in COUNTED), words)
        for name in terms.count_by_check()
    )
    return CertificateFigures(
        words=words,
        characters=sum(len(_HAN.findall(b.src_doc.text)) for b in terms.bitexts),
        src_sentences=sum(len(b.src) for b in terms.bitexts),
        tgt_sentences=sum(len(b.tgt) for b in terms.bitexts),
        by_check=by_check,
        by_category=_by_category(by_check, words),
        whole=_sum("", by_check, words),
        uniform=_uniform(terms),
        accepted=len({(f.severity, f.group) for f in terms.findings if f.accepted is not None}),
    )


def _by_category(by_check: tuple[SeverityRow, ...], words: int) -> tuple[SeverityRow, ...]:
    return tuple(
        _sum(category, own, words)
        for category in CATEGORIES
        if (own := [row for row in by_check if CATEGORY_OF_CHECK.get(row.name) == category])
    )


def _sum(name: str, rows: tuple[SeverityRow, ...] | list[SeverityRow], words: int) -> SeverityRow:
    counts: Counter[int] = Counter()
    for row in rows:
        counts.update(dict(enumerate(row.counts)))
    return SeverityRow(name, tuple(counts[n] for n in range(len(COUNTED))), words)


def _uniform(terms: Terms) -> UniformTerms | None:
    rendered = [term.count - len(term.unrendered) for term in terms.terms]
    counts = [count for count in rendered if count >= _SEVERAL]
    if not counts:
        return None
    effective = effective_number(counts)
    low, high = wilson_interval(terms.consistency, effective)
    return UniformTerms(
        terms.consistency, round(low, 4), round(high, 4), len(counts), sum(counts), effective
    )
