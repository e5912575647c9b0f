"""The values that a check of terms passes on: terms, their renderings, findings.

All are frozen. Units: offsets are characters of the document's text as read, counted
from 0; `p` is a probability from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aligner.bitext import Bitext
from aligner.span import Span

if TYPE_CHECKING:
    import polars as pl

    from aligner.notebook import HtmlCell

Difference = Literal[
    "same",  # the same words
    "form",  # case, number, hyphen, article, spelling
    "preposition",
    "order",  # the same content words, moved
    "acronym",  # initials of the whole or of a part
    "short form",  # content words left out
    "expansion",  # content words added
    "derivation",  # words of one root: innovation, innovative
    "substitution",  # other words
    "status",  # against a glossary: a forbidden, deprecated or not preferred rendering
    "shared rendering",  # one rendering of several terms
    "not rendered",  # against a glossary: none of the words that it asks for
]
Severity = Literal["error", "warning", "info", "none"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "none")  # worst first
Status = Literal["preferred", "proposed", "admitted", "deprecated", "forbidden"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a term in the Chinese text, and the English words that render it."""

    doc: str  # the bitext's id
    bead: int  # number of the bead in the alignment
    src_span: Span  # in the Chinese document's text
    tgt_span: Span | None  # in the English document's text; None: no rendering found
    rendering: str  # as it stands there, on one line; empty where none was found
    p: float  # that these words, exactly, render the term; without a span, that none do
    translated: bool = True  # whether the sentence has an English side at all


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which a term was rendered, with all its places."""

    text: str  # the commonest surface form
    difference: Difference  # to the term's dominant rendering; "same" for that one
    removed: tuple[str, ...]  # content words of the dominant rendering that are not here
    added: tuple[str, ...]  # content words that are only here
    occurrences: tuple[Occurrence, ...]
    status: Status | None = None  # in the glossary

    @property
    def count(self) -> int:
        """In how many places it stands."""
        return len(self.occurrences)


@dataclass(frozen=True, slots=True)
class Term:
    """A Chinese term with its renderings, the dominant one first."""

    text: str  # as it first stands in the text, in the text's own script
    renderings: tuple[Rendering, ...]
    unrendered: tuple[Occurrence, ...]  # places where no rendering was found
    consistency: float  # sum of the squared shares of its renderings' groups; 1 is best
    in_glossary: bool = False
    title: bool = False  # stands in 《》, quotation marks or a capitalised title
    citation: str = ""  # the dominant rendering as a glossary has it; empty: not worth a row

    @property
    def count(self) -> int:
        """In how many places it stands."""
        return sum(r.count for r in self.renderings) + len(self.unrendered)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the translation that a reviser should look at."""

    doc: str
    term: str
    rendering: str  # as it stands there
    expected: str  # the dominant or the preferred rendering
    difference: Difference
    severity: Severity
    why: str  # one or two sentences with the evidence
    bead: int  # number of the bead in the alignment
    src_ids: tuple[int, ...]  # segments of the bead
    tgt_ids: tuple[int, ...]
    src_span: Span
    tgt_span: Span
    p: float  # that it is the term's rendering and out of line
    accepted: str | None = None  # the reason in the baseline, for what was accepted before
    wording: str = ""  # equal for the renderings of a term that are one up to form

    @property
    def group(self) -> tuple[str, str, str]:
        """What is equal for findings that are one to a reader, at several places."""
        return self.term, self.expected, self.wording or self.rendering.lower()


@dataclass(frozen=True, slots=True, repr=False)
class Terms:
    """The results of a term check of some bitexts."""

    bitexts: tuple[Bitext, ...]
    terms: tuple[Term, ...]  # in the order of their first place
    findings: tuple[Finding, ...]  # worst first; new ones and accepted ones
    consistency: float  # mean of the terms' consistency, weighted by their counts
    signature: str = ""  # version, encoder, weights, settings, glossary
    commonest_share: float = 1.0  # of the places of terms, how many have the commonest rendering
    notes: tuple[str, ...] = ()  # what a user should know, such as a check that failed

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that no baseline accepts."""
        return tuple(f for f in self.findings if f.accepted is None)

    def count(self, severity: Severity) -> int:
        """Return how many new findings are so severe; one rendering of a term is one."""
        return len({f.group for f in self.new if f.severity == severity})

    def is_severe(self, least: str) -> bool:
        """Tell whether a finding that no baseline accepts is at least so severe."""
        worst = SEVERITIES[: [str(s) for s in SEVERITIES].index(least) + 1]
        return any(finding.severity in worst for finding in self.new)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame with a row a finding, the worst first.

        `severity`, `term`, `rendering`, `expected`, `difference`, `p`, `why`, `accepted` (the
        reason in a baseline, or null), `doc`, `bead`, `src` and `tgt` (the texts of the bead),
        `src_start`, `src_stop`, `tgt_start`, `tgt_stop` (in the texts of the documents).
        """
        import polars as pl

        sides = _Sides(self.bitexts)
        rows = [
            (
                f.severity, f.term, f.rendering, f.expected, f.difference, f.p, f.why, f.accepted,
                f.doc, f.bead, *(cell.text for cell in sides.of(f)), *f.src_span, *f.tgt_span,
            )
            for f in self.findings
        ]  # fmt: skip
        text, whole = pl.String, pl.Int64
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "severity": text, "term": text, "rendering": text, "expected": text,
            "difference": text, "p": pl.Float64, "why": text, "accepted": text, "doc": text,
            "bead": whole, "src": text, "tgt": text, "src_start": whole, "src_stop": whole,
            "tgt_start": whole, "tgt_stop": whole,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=schema, orient="row")

    def renderings_to_polars(self) -> pl.DataFrame:
        """Return a data frame with a row a rendering, the dominant one of each term first.

        `term`, `rendering`, `count` (of its places), `share` (of all places of the term),
        `difference` (to the dominant one; `same` for that), `status` (in the glossary, or
        null), `citation` (the dominant one as a glossary has it), `consistency` (of the term)
        and `in_glossary`. A term that nothing renders has a row without a rendering.
        """
        import polars as pl

        rows = [
            (
                term.text, r.text if r else None, r.count if r else 0,
                r.count / term.count if r else 0.0, r.difference if r else "not rendered",
                r.status if r else None, term.citation, term.consistency, term.in_glossary,
            )
            for term in self.terms
            for r in term.renderings or (None,)
        ]  # fmt: skip
        text = pl.String
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "term": text, "rendering": text, "count": pl.Int64, "share": pl.Float64,
            "difference": text, "status": text, "citation": text, "consistency": pl.Float64,
            "in_glossary": pl.Boolean,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=schema, orient="row")

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(s)} {s}" for s in SEVERITIES if self.count(s))
        return f"<Terms: {len(self.terms):,} terms; findings: {counts or 'none'}>"

    def _repr_html_(self) -> str:
        """Return a table of the first new findings for a notebook, their words marked."""
        from aligner.notebook import HtmlCell, table_html

        sides = _Sides(self.bitexts)
        rows = (
            (
                HtmlCell(f.severity), HtmlCell(f"{f.p:.2f}"), HtmlCell(f.term),
                HtmlCell(f.rendering), HtmlCell(f.expected), HtmlCell(f.why), *sides.of(f),
            )
            for f in self.new
        )  # fmt: skip
        columns = ("severity", "p", "term", "rendering", "expected", "why", "Chinese", "English")
        return table_html(repr(self)[1:-1], columns, rows, count=len(self.new))


class _Sides:
    """Finds the two texts of a finding's bead, as they stand in the documents."""

    def __init__(self, bitexts: tuple[Bitext, ...]) -> None:
        self._bitexts = {bitext.id: bitext for bitext in bitexts}

    def of(self, finding: Finding) -> Iterator[HtmlCell]:
        """Yield the Chinese text and the English one, the finding's words marked."""
        from aligner.notebook import HtmlCell

        bitext = self._bitexts[finding.doc]
        bead = bitext.alignment.beads[finding.bead]
        for document, pieces, mark, lang in (
            (bitext.src_doc, bitext.src[slice(*bead.src)], finding.src_span, bitext.src_lang),
            (bitext.tgt_doc, bitext.tgt[slice(*bead.tgt)], finding.tgt_span, bitext.tgt_lang),
        ):
            start, stop = (pieces[0].span.start, pieces[-1].span.stop) if pieces else mark
            at = max(mark.start, start) - start, min(mark.stop, stop) - start
            yield HtmlCell(document.text[start:stop], lang, *at)
