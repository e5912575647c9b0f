"""The values that checks pass on: terms, their renderings, findings of every check.

All are frozen. Units: offsets are characters of the document's text as read, counted
from 0; `p` is a probability from 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from aligner.bitext import Bitext
from aligner.span import PlaceParts, Span

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
    sentence: str = ""  # by which a baseline knows a finding that is about no term

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


@dataclass(frozen=True, slots=True)
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
