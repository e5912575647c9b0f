"""Accepted findings: what is fine as it is, and the reasons.

Of a term an entry names a rendering, wherever it stands, or in one sentence alone if it
names that. Any other finding is one place's:
its entry names the check, the words and the sentence round them, so that the same slip in
another sentence is still reported, and this one is not when sentences before it come or go.

Pure decisions: which findings some entries cover, which entries cover none, and which
entries accept all that was found. `baseline_file` reads and writes the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from aligner.errors import FormatError
from aligner.findings import Finding
from aligner.lang.shadow import shadow
from aligner.messages import N_, _
from aligner.wording.content_words import content_key, prepositions_of

By = Literal["group", "text"]

NEEDED: Final = ("term", "rendering", "reason")
OF_SLIPS: Final = ("check", "kind", "sentence", "reason")  # what an entry of no term needs
OF_TERMS: Final = ("", "terms", "glossary")  # checks whose findings are about renderings
NO_REASON: Final = N_("kept as it is, no reason given")
HINT: Final = N_(
    "an entry has term, rendering and reason, and may have doc, by, sentence and count;"
    " of other checks than terms it has check, kind and sentence too"
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One rendering of a term that is fine as it is, or one place of another finding."""

    term: str  # the Chinese words
    rendering: str  # the English words
    reason: str
    doc: str = ""  # the bitext's id; empty: any
    by: By = "group"
    count: int = 0  # findings when the file was written
    check: str = ""  # empty: of terms
    kind: str = ""  # of a finding of another check
    sentence: str = (
        ""  # in which it stands, the Chinese one if there is one; of a term: any if empty
    )

    def __post_init__(self) -> None:
        for name in NEEDED if self.of_term else OF_SLIPS:
            if not getattr(self, name).strip():
                raise FormatError(_("{name} is empty").format(name=name), hint=_(HINT))
        if self.by not in get_args(By):
            raise FormatError(
                _('by is "group" or "text", not {by!r}').format(by=self.by), hint=_(HINT)
            )

    @property
    def of_term(self) -> bool:
        """Whether it is about a rendering of a term."""
        return self.check in OF_TERMS

    @property
    def key(self) -> tuple[str, ...]:
        """What it must have in common with a finding, its rendering and document apart."""
        if self.of_term:
            return (term_key(self.term),)
        return _slip_key(self)

    def covers(self, finding: Finding) -> bool:
        """Tell whether this entry is about a finding."""
        return self.key == finding_key(finding) and self.is_about(_asked(finding))

    def is_about(self, asked: Asked) -> bool:
        """Tell whether this entry is about a rendering of its term."""
        by = self.by if self.of_term else "text"
        wanted = asked.group if by == "group" else asked.text
        if self.of_term and self.sentence and term_key(self.sentence) != asked.sentence:
            return False
        return rendering_key(self.rendering, by) == wanted and self.doc in ("", asked.doc)


class Asked(NamedTuple):
    """What entries compare of a finding, read once: all but its term, by which they are kept."""

    group: tuple[str, ...]
    text: tuple[str, ...]
    doc: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file; of two that cover a finding the first one's reason is shown."""

    entries: tuple[Accepted, ...]
    source: str = ""  # the file, as the user wrote it


@lru_cache(maxsize=1 << 14)
def term_key(term: str) -> str:
    """Return what is equal for two ways of writing one Chinese term."""
    return shadow("".join(term.split())).text.lower()


def finding_key(finding: Finding) -> tuple[str, ...]:
    """Return what entries about a finding have as their key."""
    return (term_key(finding.term),) if finding.of_term else _slip_key(finding)


def _slip_key(of: Accepted | Finding) -> tuple[str, ...]:
    return of.check, of.kind, term_key(of.term), term_key(of.sentence)


@lru_cache(maxsize=1 << 14)
def rendering_key(rendering: str, by: By) -> tuple[str, ...]:
    """Return what is equal for two renderings that an entry does not tell apart."""
    if by == "group" and (content := "".join(content_key(rendering))):
        return (content, *prepositions_of(rendering))
    return (" ".join(rendering.split()),)


def apply(findings: Iterable[Finding], baseline: Baseline) -> tuple[Finding, ...]:
    """Return the findings in their order, those that the baseline covers with its reason.

    Cost: linear in the findings, times the entries of one term.
    """
    covers = _covering(findings, baseline)
    return tuple(
        replace(finding, accepted=entries[0].reason) if entries else finding
        for finding, entries in covers
    )


def unused(baseline: Baseline, findings: Iterable[Finding]) -> tuple[Accepted, ...]:
    """Return the entries that cover none of the findings: they may be deleted."""
    used = {entry for _other, entries in _covering(findings, baseline) for entry in entries}
    return tuple(entry for entry in baseline.entries if entry not in used)


def merged(findings: Iterable[Finding], old: Baseline) -> tuple[Accepted, ...]:
    """Return the old entries and new ones for what they do not cover, counted and sorted."""
    counts: Counter[Accepted] = Counter()
    new: dict[tuple[tuple[str, ...], tuple[str, ...]], Accepted] = {}
    for finding, entries in _covering(findings, old):
        by: By = "group" if finding.of_term else "text"
        key = finding_key(finding), rendering_key(finding.rendering, by)
        counts[entries[0] if entries else new.setdefault(key, entry_for(finding))] += 1
    kept = dict.fromkeys([*old.entries, *new.values()])
    return tuple(sorted((replace(entry, count=counts[entry]) for entry in kept), key=_order))


def entry_for(finding: Finding, reason: str = "", *, here: bool = False) -> Accepted:
    """Return the entry that settles a finding, and its like if it is about a term.

    Args:
        finding: The finding.
        reason: Why it is fine as it is.
        here: Of a term, settle it in its sentence alone.
    """
    rendering = " ".join(finding.rendering.split())
    reason = reason or _(NO_REASON)
    if finding.of_term:
        sentence = finding.sentence if here else ""
        return Accepted(finding.term, rendering, reason, sentence=sentence)
    return Accepted(
        finding.term,
        rendering,
        reason,
        check=finding.check,
        kind=finding.kind,
        sentence=finding.sentence,
    )


def _covering(
    findings: Iterable[Finding], baseline: Baseline
) -> list[tuple[Finding, list[Accepted]]]:
    """Return each finding with the entries that cover it, in the order of the baseline."""
    index: dict[tuple[str, ...], list[Accepted]] = {}
    for entry in baseline.entries:
        index.setdefault(entry.key, []).append(entry)
    return [
        (
            finding,
            [entry for entry in index.get(finding_key(finding), ()) if entry.is_about(asked)],
        )
        for finding in findings
        for asked in [_asked(finding)]
    ]


def _asked(finding: Finding) -> Asked:
    text = finding.rendering
    return Asked(
        rendering_key(text, "group"),
        rendering_key(text, "text"),
        finding.doc,
        term_key(finding.sentence) if finding.of_term else "",
    )


def _order(entry: Accepted) -> tuple[str, ...]:
    return (
        entry.check, term_key(entry.term), entry.rendering.lower(), entry.rendering, entry.doc,
        entry.by, entry.term, entry.reason, entry.kind, entry.sentence,
    )  # fmt: skip
