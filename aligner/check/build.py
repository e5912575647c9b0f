"""The one place that makes a `Finding`: of a place of a term, or of what a check noticed.

The `p` of a term's is the probability that exactly these words render the term, unless the check
knows better: the glossary is certain of a rendering that it names, and the check of
consistency weighs more evidence (`aligner.check.judging.trust`).
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.bitext import Bitext
from aligner.check.noticed import Noticed
from aligner.findings import SEVERITIES, Difference, Finding, Severity
from aligner.span import Span
from aligner.terms.located import Looked, Seen
from aligner.terms.units import TextUnit
from aligner.wording.content_words import group_key
from aligner.wording.difference import Comparison

P_DIGITS = 4  # decimals of a probability that is shown


def build(  # noqa: PLR0913 - what checks know, each by its name
    looked: Looked,
    seen: Seen,
    *,
    term: str,
    expected: str,
    difference: Difference,
    severity: Severity,
    why: str,
    span: Span | None = None,
    p: float | None = None,
    suggestion: str | None = None,
) -> Finding:
    """Return what a check says of one place of a term.

    Args:
        looked: What the check looks at.
        seen: The place.
        term: The term as it is to be named.
        expected: What ought to stand there.
        difference: How what stands there differs from it.
        severity: How much that matters (`aligner.check.severity`).
        why: One or two sentences with the evidence.
        span: The English words, in the unit's text, if not those of the place.
        p: That the finding holds; that of the place's rendering if None.
        suggestion: What to write instead; what is expected if None.

    Raises:
        ValueError: The place has no English words; there is nothing to be shown.
    """
    words = span or seen.span
    if words is None:
        raise ValueError("a finding has English words")
    unit = looked.units[seen.place.unit]
    bead = looked.bitexts[unit.doc].alignment.beads[unit.bead]
    return Finding(
        doc=unit.doc,
        term=term,
        rendering=" ".join(unit.tgt[slice(*words)].split()),
        expected=expected,
        difference=difference,
        severity=severity,
        why=why,
        bead=unit.bead,
        src_ids=tuple(range(*bead.src)),
        tgt_ids=tuple(range(*bead.tgt)),
        src_span=unit.src_span(seen.place.span),
        tgt_span=unit.tgt_span(words),
        p=round(seen.p * seen.found if p is None else p, P_DIGITS),
        wording=" ".join(group_key(unit.tgt[slice(*words)])),
        suggestion=expected if suggestion is None else suggestion,
        sentence=_sentence(unit),
    )


def of_noticed(noticed: Noticed, unit: TextUnit, bitext: Bitext) -> Finding:
    """Return what a check noticed in a unit as a finding, which is about no term."""
    bead = bitext.alignment.beads[noticed.bead]
    return Finding(
        doc=noticed.doc,
        term=noticed.src,
        rendering=noticed.tgt,
        expected="",
        difference=None,
        severity=noticed.severity,
        why=noticed.why,
        bead=noticed.bead,
        src_ids=tuple(range(*bead.src)),
        tgt_ids=tuple(range(*bead.tgt)),
        src_span=noticed.src_span,
        tgt_span=noticed.tgt_span,
        p=round(noticed.p, P_DIGITS),
        check=noticed.check,
        kind=noticed.kind,
        suggestion=noticed.suggestion,
        sentence=_sentence(unit),
    )


def _sentence(unit: TextUnit) -> str:
    """Return the text by which a baseline knows a place: the Chinese one, if there is one."""
    return " ".join((unit.src or unit.tgt).split())


def changes(comparison: Comparison) -> str:
    """Return the words that make a difference, as findings show them.

    >>> changes(Comparison("substitution", ("zone",), ("area",)))
    '−zone +area'
    """
    removed = [f"−{word}" for word in comparison.removed]
    return " ".join([*removed, *(f"+{word}" for word in comparison.added)])


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the worst first, then the likeliest; those of one group together.

    Groups that are equally likely stand in the order of their first place.
    """
    listed = sorted(found, key=_place_in_text)
    first: dict[tuple[str, ...], int] = {}
    likeliest: dict[tuple[str, ...], float] = {}
    for number, finding in enumerate(listed):
        key = (finding.severity, *finding.group)
        first.setdefault(key, number)
        likeliest[key] = max(likeliest.get(key, 0.0), finding.p)

    def rank(finding: Finding) -> tuple[int, float, int]:
        key = (finding.severity, *finding.group)
        return SEVERITIES.index(finding.severity), -likeliest[key], first[key]

    return tuple(sorted(listed, key=rank))


def _place_in_text(finding: Finding) -> tuple[object, ...]:
    """Return what sorts findings by their place; a side without one comes first."""
    spans = finding.tgt_span or Span(-1, -1), finding.src_span or Span(-1, -1)
    return finding.doc, finding.bead, *spans, finding.term, finding.check, finding.kind, finding.why
