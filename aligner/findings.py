"""The values that checks pass on: terms, their renderings, findings of every check.

All are frozen. Units: offsets are characters of the document's text as read, counted
from 0; `p` is a probability from 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from aligner.bitext import Bitext
from aligner.span import PlaceParts, Span

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
_NOWHERE: Final = (None, None)  # in a data frame, start and stop of no place
Severity = Literal["error", "warning", "info", "none"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "none")  # worst first
FileRole = Literal["document", "glossary", "baseline"]  # of a file that a check reads
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
class FilePlace:
    """A place in one file, in the terms of who has it open."""

    file: str  # as the user wrote it
    parts: PlaceParts  # such as page 3, paragraph 12
    heading: str = ""  # the one above it; empty if there is none
    behind: bool = False  # nothing stands there: it would stand behind this place


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding stands in the two files; None for a side that has nothing before it."""

    src: FilePlace | None
    tgt: FilePlace | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the translation that a reviser should look at, whatever the check."""

    doc: str
    term: str  # the Chinese words; empty if the finding is about the English alone
    rendering: str  # the English words as they stand there; empty if there are none
    expected: str  # the dominant or the preferred rendering; empty if no term is checked
    difference: Difference | None  # None if no term is checked
    severity: Severity
    why: str  # one or two sentences with the evidence
    bead: int  # number of the bead in the alignment
    src_ids: tuple[int, ...]  # segments of the bead
    tgt_ids: tuple[int, ...]
    src_span: Span | None  # None: that side has no place
    tgt_span: Span | None
    p: float  # that it is the term's rendering and out of line; that a reviser would change it
    accepted: str | None = None  # the reason in the baseline, for what was accepted before
    wording: str = ""  # equal for the renderings of a term that are one up to form
    check: str = "terms"  # the check, as the user names it (`aligner.check.known_checks`)
    kind: str = ""  # what is wrong, in a word or two; of a term, the difference
    place: FindingPlace | None = None
    suggestion: str = ""  # what to write instead, or to do; empty where nobody can know
    sentence: str = ""  # by which a baseline knows this place, the Chinese one if there is one

    def __post_init__(self) -> None:
        if not self.kind:
            object.__setattr__(self, "kind", self.difference or "")

    @property
    def of_term(self) -> bool:
        """Whether it is about a rendering of a term, of which others may be alike."""
        return self.difference is not None

    @property
    def group(self) -> tuple[str, ...]:
        """What is equal for findings that are one to a reader, at several places."""
        if self.of_term:
            rendering = self.wording or self.rendering.lower()
            return self.check, self.kind, self.term, self.expected, rendering
        where = self.bead, self.src_span, self.tgt_span
        return self.check, self.kind, self.doc, *map(str, where), self.why


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read for a check."""

    role: FileRole
    name: str  # as the user wrote it
    size: int  # bytes
    sha256: str  # of its bytes, in hexadecimal digits


@dataclass(frozen=True, slots=True, repr=False)
class Terms:
    """The results of the checks of some bitexts: their terms, and findings of every check."""

    bitexts: tuple[Bitext, ...]
    terms: tuple[Term, ...]  # in the order of their first place
    findings: tuple[Finding, ...]  # worst first; new ones and accepted ones
    consistency: float  # mean of the terms' consistency, weighted by their counts
    signature: str = ""  # version, encoder, weights, settings, glossary
    commonest_share: float = 1.0  # of the places of terms, how many have the commonest rendering
    checks: tuple[str, ...] = ("terms",)  # that were made, by their names
    files: tuple[CheckedFile, ...] = ()  # that were read; none of a corpus
    baseline: str = ""  # what was accepted before, as lines of JSON
    notes: tuple[str, ...] = ()  # what a user should know, such as a check that failed
    left_out: int = 0  # remarks on the text that were not asked for; those on terms not counted

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that no baseline accepts."""
        return tuple(f for f in self.findings if f.accepted is None)

    @property
    def has_terms(self) -> bool:
        """Whether terms were looked at."""
        return bool({"terms", "glossary"} & set(self.checks))

    def count(self, severity: Severity) -> int:
        """Return how many new findings are so severe; one rendering of a term is one."""
        return len({f.group for f in self.new if f.severity == severity})

    def count_by_check(self, severity: Severity | None = None) -> dict[str, int]:
        """Return how many new findings each check has, of a severity or of all of them."""
        groups = {
            (f.check, f.severity, f.group) for f in self.new if severity in (None, f.severity)
        }
        counts = Counter(check for check, _, _ in groups)
        return {check: counts[check] for check in dict.fromkeys((*self.checks, *sorted(counts)))}

    def is_severe(self, least: str) -> bool:
        """Tell whether a finding that no baseline accepts is at least so severe."""
        worst = SEVERITIES[: [str(s) for s in SEVERITIES].index(least) + 1]
        return any(finding.severity in worst for finding in self.new)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame with a row a finding, the worst first.

        `severity`, `check`, `kind`, `term`, `rendering`, `expected`, `difference` (null if no
        term is checked), `p`, `why`, `suggestion`, `accepted` (the reason in a baseline, or
        null), `doc`, `bead`, `src` and `tgt` (the texts of the bead), `src_start`, `src_stop`,
        `tgt_start`, `tgt_stop` (in the texts of the documents; null where a side has no place).
        """
        import polars as pl

        sides = _Sides(self.bitexts)
        rows = [
            (
                f.severity, f.check, f.kind, f.term, f.rendering, f.expected, f.difference, f.p,
                f.why, f.suggestion, f.accepted, f.doc, f.bead,
                *(cell.text for cell in sides.of(f)),
                *(f.src_span or _NOWHERE), *(f.tgt_span or _NOWHERE),
            )
            for f in self.findings
        ]  # fmt: skip
        text, whole = pl.String, pl.Int64
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "severity": text, "check": text, "kind": text, "term": text, "rendering": text,
            "expected": text, "difference": text, "p": pl.Float64, "why": text,
            "suggestion": text, "accepted": text, "doc": text, "bead": whole, "src": text,
            "tgt": text, "src_start": whole, "src_stop": whole, "tgt_start": whole,
            "tgt_stop": whole,
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
                HtmlCell(f.severity), HtmlCell(f"{f.p:.2f}"), HtmlCell(f.check), HtmlCell(f.term),
                HtmlCell(f.rendering), HtmlCell(f.expected), HtmlCell(f.why), *sides.of(f),
            )
            for f in self.new
        )  # fmt: skip
        columns = (
            "severity",
            "p",
            "check",
            "term",
            "rendering",
            "expected",
            "why",
            "Chinese",
            "English",
        )
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
            start, stop = mark or (0, 0)
            if pieces:
                start, stop = pieces[0].span.start, pieces[-1].span.stop
            first, last = mark or (start, start)
            at = max(first, start) - start, min(last, stop) - start
            yield HtmlCell(document.text[start:stop], lang, *at)
