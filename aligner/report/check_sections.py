"""What the page shows of the findings that are about no term: a section for each check.

A section holds a bounded number of findings; what is left out is counted and is in the
sheet and in findings.jsonl. Cost: linear in the findings.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from aligner.findings import SEVERITIES, Finding, Terms
from aligner.report.view import Sentences, ShownBead

SECTION_FINDINGS: Final = 2_000  # at most of a check


class ShownFinding(NamedTuple):
    """A finding with its sentences and its place."""

    first: Finding
    place: ShownBead


class CheckSection(NamedTuple):
    """The findings of one check, worst first."""

    name: str
    new: tuple[ShownFinding, ...]
    accepted: tuple[ShownFinding, ...]
    n_new: int  # new findings, shown or not

    @property
    def left_out(self) -> int:
        """How many new findings are not shown."""
        return self.n_new - len(self.new)


def check_sections(terms: Terms) -> tuple[CheckSection, ...]:
    """Return a section for each check of no terms that was made, in the order of the checks."""
    sentences = Sentences(terms.bitexts)
    by_check: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in terms.findings:
        if not finding.of_term:
            by_check[finding.check].append(finding)
    counts = terms.count_by_check()
    names = [name for name in terms.checks if name not in {"terms", "glossary"}]
    sections = []
    for name in dict.fromkeys((*names, *by_check)):
        its = sorted(by_check[name], key=lambda f: SEVERITIES.index(f.severity))
        once = list({(f.severity, f.accepted, f.group): f for f in its}.values())
        new = [f for f in once if f.accepted is None]
        old = [f for f in once if f.accepted is not None]
        sections.append(
            CheckSection(
                name,
                tuple(ShownFinding(f, sentences.of(f)) for f in new[:SECTION_FINDINGS]),
                tuple(ShownFinding(f, sentences.of(f)) for f in old[:SECTION_FINDINGS]),
                counts.get(name, 0),
            )
        )
    return tuple(sections)
