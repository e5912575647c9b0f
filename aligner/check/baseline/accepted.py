"""Accepted findings: terms, renderings of them that are fine, and the reasons.

Pure decisions: which findings some entries cover, which entries cover none, and which
entries accept all that was found. `baseline_file` reads and writes the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, get_args

from aligner.errors import FormatError
from aligner.findings import Finding
from aligner.lang.shadow import shadow
from aligner.wording.content_words import content_key, prepositions_of

By = Literal["group", "text"]

NEEDED: Final = ("term", "rendering", "reason")
NO_REASON: Final = "accepted, no reason given"
HINT: Final = "an entry has term, rendering and reason, and may have doc, by and count"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One rendering of a term that is fine as it is."""

    term: str
    rendering: str
    reason: str
    doc: str = ""  # the bitext's id; empty: any
    by: By = "group"
    count: int = 0  # findings when the file was written

    def __post_init__(self) -> None:
        for name in NEEDED:
            if not getattr(self, name).strip():
                raise FormatError(f"{name} is empty", hint=HINT)
        if self.by not in get_args(By):
            raise FormatError(f'by is "group" or "text", not {self.by!r}', hint=HINT)

    def covers(self, finding: Finding) -> bool:
        """Tell whether this entry is about a finding."""
        return (
            term_key(self.term) == term_key(finding.term)
            and rendering_key(self.rendering, self.by) == rendering_key(finding.rendering, self.by)
            and self.doc in ("", finding.doc)
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file; of two that cover a finding the first one's reason is shown."""

    entries: tuple[Accepted, ...]
    source: str = ""  # the file, as the user wrote it


@lru_cache(maxsize=1 << 14)
def term_key(term: str) -> str:
    """Return what is equal for two ways of writing one Chinese term."""
    return shadow("".join(term.split())).text.lower()


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
    index = _index(baseline)
    return tuple(
        replace(finding, accepted=entry.reason) if (entry := _cover(finding, index)) else finding
        for finding in findings
    )


def unused(baseline: Baseline, findings: Iterable[Finding]) -> tuple[Accepted, ...]:
    """Return the entries that cover none of the findings: they may be deleted."""
    index = _index(baseline)
    used = {
        entry
        for finding in findings
        for entry in index.get(term_key(finding.term), ())
        if entry.covers(finding)
    }
    return tuple(entry for entry in baseline.entries if entry not in used)


def merged(findings: Iterable[Finding], old: Baseline) -> tuple[Accepted, ...]:
    """Return the old entries and new ones for what they do not cover, counted and sorted."""
    index = _index(old)
    counts: Counter[Accepted] = Counter()
    new: dict[tuple[str, tuple[str, ...]], Accepted] = {}
    for finding in findings:
        entry = _cover(finding, index)
        if entry is None:
            key = term_key(finding.term), rendering_key(finding.rendering, "group")
            fresh = Accepted(finding.term, " ".join(finding.rendering.split()), NO_REASON)
            entry = new.setdefault(key, fresh)
        counts[entry] += 1
    entries = dict.fromkeys([*old.entries, *new.values()])
    return tuple(sorted((replace(entry, count=counts[entry]) for entry in entries), key=_order))


def _order(entry: Accepted) -> tuple[str, ...]:
    return (
        term_key(entry.term), entry.rendering.lower(), entry.rendering, entry.doc, entry.by,
        entry.term, entry.reason,
    )  # fmt: skip


def _index(baseline: Baseline) -> dict[str, list[Accepted]]:
    index: dict[str, list[Accepted]] = {}
    for entry in baseline.entries:
        index.setdefault(term_key(entry.term), []).append(entry)
    return index


def _cover(finding: Finding, index: dict[str, list[Accepted]]) -> Accepted | None:
    entries = index.get(term_key(finding.term), ())
    return next((entry for entry in entries if entry.covers(finding)), None)
