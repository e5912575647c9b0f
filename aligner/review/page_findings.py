"""Findings as the page of a review shows them, wherever their sentences are by now.

A finding is made of a bitext as it was. Links come and go after that, but a sentence keeps
its id, so a finding stands where its sentence stands; a sentence whose text was corrected
has another key, and by that the page knows that the finding may be out of date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aligner.findings import Finding
from aligner.review.values import FindingVerdict, ReviewLink

_SHOWN: Final = (
    "term", "rendering", "expected", "difference", "severity", "why", "p", "check", "kind",
    "suggestion",
)  # fmt: skip


def finding_row(finding: Finding, links: Sequence[ReviewLink]) -> dict[str, Any]:
    """Return a finding as JSON values; its key stays the same over restarts.

    Args:
        finding: Its bead is the number of a link.
        links: Those that the checked bitext was made of.
    """
    one = links[finding.bead]
    anchor = (one.tgt or one.src)[0].id
    what = (
        finding.difference
        or f"{finding.check} {finding.kind} {finding.src_span} {finding.tgt_span}"
    )
    return {
        "key": f"{finding.term}|{finding.rendering}|{what}|{anchor}",
        "anchor": anchor,
        "sentences": [s.id for s in one.sentences],
        "versions": [s.key for s in one.sentences],
        **{name: getattr(finding, name) for name in _SHOWN},
        "src_span": list(finding.src_span or ()),
        "tgt_span": list(finding.tgt_span or ()),
    }


def by_sentence(findings: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
    """Return the keys of the findings that stand at each sentence, by its id."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in findings:
        found[one["anchor"]].append(one["key"])
    return found


def findings_now(
    findings: Sequence[Mapping[str, Any]],
    links: Sequence[ReviewLink],
    verdicts: Mapping[str, FindingVerdict],
) -> list[dict[str, Any]]:
    """Return findings with the links that they are in now, and what a person said of them.

    `link` is null where its sentence was joined to the one before it; `changed` says whether
    a sentence of it has another text than when it was checked.

    Cost: one pass over the document.
    """
    if not findings:
        return []
    places = {s.id: n for n, link in enumerate(links) for s in link.sentences}
    keys = {s.key for link in links for s in link.sentences}
    rows = []
    for one in findings:
        verdict, place = verdicts.get(one["key"]), places.get(one["anchor"])
        rows.append({
            **one,
            "place": place,
            "link": None if place is None else links[place].id,
            "changed": not keys.issuperset(one["versions"]),
            "verdict": verdict and verdict._asdict(),
        })  # fmt: skip
    return rows
