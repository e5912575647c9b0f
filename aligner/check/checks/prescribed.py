"""Against a glossary: places whose rendering is forbidden, deprecated or not the one asked for.

A sentence pair is in order if it has as many accepted renderings as places of the term,
wherever they stand; only what is missing is looked for among the located renderings.

Severity: a forbidden rendering and other words than any that the glossary has are
errors; a deprecated one, another preposition, order or word of one root are warnings.
An admitted rendering is in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from aligner.bitext import Bitext
from aligner.findings import Difference, Finding, Severity
from aligner.glossary.entries import Entry, Target
from aligner.span import Span
from aligner.terms.group import BESIDE, SURE, Grouped, Seen, is_harmless
from aligner.terms.targets import accepts, find_targets
from aligner.terms.units import Unit
from aligner.wording.difference import compare

_WRONG = frozenset({"deprecated", "forbidden"})


def against_glossary(
    grouped: Sequence[Grouped], units: Sequence[Unit], bitexts: dict[str, Bitext]
) -> list[Finding]:
    """Return the findings for all terms of the glossary. Cost: linear in their places."""
    found: list[Finding] = []
    for term in grouped:
        if term.wanted.entry is not None:
            found += _of_term(term, term.wanted.entry, units, bitexts)
    return found


def _of_term(
    term: Grouped, entry: Entry, units: Sequence[Unit], bitexts: dict[str, Bitext]
) -> Iterator[Finding]:
    by_unit: defaultdict[int, list[Seen]] = defaultdict(list)
    for seen in [s for group in term.groups for s in group.places] + list(term.unrendered):
        by_unit[seen.place.unit].append(seen)
    for number in sorted(by_unit):
        unit = units[number]
        places = sorted(by_unit[number], key=lambda seen: seen.place.span)
        targets = find_targets(unit.tgt, entry)
        right = [span for span, target in targets if target.status not in _WRONG]
        wrong = [(span, target) for span, target in targets if target.status in _WRONG]
        missing = max(0, len(places) - len(right))
        for seen, (span, target) in zip(places, wrong[:missing], strict=False):
            at = next((s for s in places if s.span and _overlap(s.span, span)), seen)
            yield _finding(entry, at, span, unit, bitexts, *_status(entry, target))
        left = missing - len(wrong)
        covered = [*right, *(span for span, _ in wrong)]
        for seen in places:
            if left <= 0:
                break
            if seen.span is None or seen.found < SURE:
                continue
            if any(_overlap(seen.span, span) for span in covered):
                continue
            if judged := _other(entry, seen, unit):
                left -= 1
                yield _finding(entry, seen, seen.span, unit, bitexts, *judged)


def _status(entry: Entry, target: Target) -> tuple[Difference, Severity, str]:
    severity: Severity = "error" if target.status == "forbidden" else "warning"
    note = f" ({target.note})" if target.note else ""
    why = f"The glossary has ‘{target.text}’ as {target.status}{note}; use ‘{_wanted(entry)}’."
    return "status", severity, why


def _other(entry: Entry, seen: Seen, unit: Unit) -> tuple[Difference, Severity, str] | None:
    """Judge a rendering that is no target of the entry; None if it is harmless."""
    if seen.span is None or accepts(entry, seen.text):
        return None
    before = unit.tgt[max(0, seen.span.start - BESIDE) : seen.span.start]
    after = unit.tgt[seen.span.stop : seen.span.stop + BESIDE]
    allowed = [target for target in entry.targets if target.status not in _WRONG]
    compared = [compare(t.text, seen.text, before=before, after=after) for t in allowed]
    if not compared or any(is_harmless(each.difference) for each in compared):
        return None
    best = min(compared, key=lambda each: each.difference == "substitution")
    changed = " ".join([f"−{word}" for word in best.removed] + [f"+{word}" for word in best.added])
    severity: Severity = "error" if best.difference == "substitution" else "warning"
    why = f"The glossary asks for ‘{_wanted(entry)}’; here {best.difference}: {changed}".rstrip(
        ": "
    )
    return best.difference, severity, f"{why}."


def _wanted(entry: Entry) -> str:
    return "’ or ‘".join(target.text for target in entry.preferred)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


def _finding(  # noqa: PLR0913, PLR0917 - the parts of one finding
    entry: Entry,
    seen: Seen,
    span: Span,
    unit: Unit,
    bitexts: dict[str, Bitext],
    difference: Difference,
    severity: Severity,
    why: str,
) -> Finding:
    bead = bitexts[unit.doc].alignment.beads[unit.bead]
    return Finding(
        doc=unit.doc,
        term=unit.src[slice(*seen.place.span)],
        rendering=" ".join(unit.tgt[slice(*span)].split()),
        expected=entry.preferred[0].text if entry.preferred else "",
        difference=difference,
        severity=severity,
        why=why,
        bead=unit.bead,
        src_ids=tuple(range(*bead.src)),
        tgt_ids=tuple(range(*bead.tgt)),
        src_span=unit.src_span(seen.place.span),
        tgt_span=unit.tgt_span(span),
        p=1.0 if difference == "status" else round(seen.p * seen.found, 4),
    )
