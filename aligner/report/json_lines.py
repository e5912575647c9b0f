"""JSONL: one term a line, or one finding a line.

Units: spans are offsets into the document's text as read; `share` is a rendering's
share of the places where one was found; shares and probabilities have four decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from aligner.findings import FilePlace, Finding, FindingPlace, Term, Terms
from aligner.formats.common.writing import write_text


def write_terms_lines(terms: Terms, path: Path) -> tuple[Path, ...]:
    """Write the terms in the order of their first place, each with its renderings."""
    return (write_text(path, _lines(map(term_value, terms.terms))),)


def write_findings(terms: Terms, path: Path) -> tuple[Path, ...]:
    """Write the findings, worst first; those that a baseline accepts say why."""
    return (write_text(path, _lines(map(finding_value, terms.findings))),)


def term_value(term: Term) -> dict[str, object]:
    """Return a term as its line has it."""
    found = sum(r.count for r in term.renderings)
    return {
        "term": term.text,
        "count": term.count,
        "consistency": round(term.consistency, 4),
        "renderings": [
            {
                "text": r.text,
                "class": r.difference,
                "count": r.count,
                "share": round(r.count / found, 4) if found else 0.0,
            }
            for r in term.renderings
        ],
    }


def finding_value(finding: Finding) -> dict[str, object]:
    """Return a finding as its line has it; `accepted` is there only where it has a reason.

    `doc`: the bitext; `term`, `rendering`: the Chinese and the English words; `expected`: the
    rendering asked for, of a term; `check`: the check; `kind`, or `class`, its older name:
    what is wrong; `severity`: error, warning or info; `why`: the evidence; `src_ids`,
    `tgt_ids`: the sentences, from 0; `src_span`, `tgt_span`: the words, null on a side
    without any; `p`; `place`: see `place_value`; `suggestion`: what to write instead;
    `sentence`: that in which it stands, the Chinese one if there is one; by it a baseline
    knows the place, but not a term, whose entry is for all its places.
    """
    value: dict[str, object] = {
        "doc": finding.doc,
        "term": finding.term,
        "rendering": finding.rendering,
        "expected": finding.expected,
        "class": finding.kind,
        "severity": finding.severity,
        "why": finding.why,
        "src_ids": finding.src_ids,
        "tgt_ids": finding.tgt_ids,
        "src_span": finding.src_span,
        "tgt_span": finding.tgt_span,
        "p": round(finding.p, 4),
        "check": finding.check,
        "kind": finding.kind,
        "place": place_value(finding.place),
        "suggestion": finding.suggestion,
        "sentence": finding.sentence,
    }
    return value if finding.accepted is None else {**value, "accepted": finding.accepted}


def place_value(place: FindingPlace | None) -> dict[str, object] | None:
    """Return a place: for each side the file, the numbers from 1 in it, and the heading above.

    `"behind": true` says that the side has nothing there, and that it would stand behind.

    >>> place_value(FindingPlace(None, FilePlace("a.docx", (("paragraph", 3),), "Funding")))
    {'src': None, 'tgt': {'file': 'a.docx', 'paragraph': 3, 'heading': 'Funding'}}
    """
    return {"src": _side_value(place.src), "tgt": _side_value(place.tgt)} if place else None


def _side_value(place: FilePlace | None) -> dict[str, object] | None:
    if place is None:
        return None
    value: dict[str, object] = {"file": place.file, **dict(place.parts)}
    if place.heading:
        value["heading"] = place.heading
    return {**value, "behind": True} if place.behind else value


def _lines(values: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
