"""JSONL: one term a line, or one finding a line.

Units: spans are offsets into the document's text as read; `share` is a rendering's
share of the places where one was found; shares and probabilities have four decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from aligner.findings import Finding, Term, Terms
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
    """Return a finding as its line has it; `accepted` is there only where it has a reason."""
    value: dict[str, object] = {
        "doc": finding.doc,
        "term": finding.term,
        "rendering": finding.rendering,
        "expected": finding.expected,
        "class": finding.difference,
        "severity": finding.severity,
        "why": finding.why,
        "src_ids": finding.src_ids,
        "tgt_ids": finding.tgt_ids,
        "src_span": finding.src_span,
        "tgt_span": finding.tgt_span,
        "p": round(finding.p, 4),
    }
    return value if finding.accepted is None else {**value, "accepted": finding.accepted}


def _lines(values: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
