"""A rendering that the glossary forbids, or that is not the one it asks for.

What it does: it looks at every sentence that has a term of the glossary. A sentence is in
order if it has as many accepted renderings as places of the term, wherever they stand;
only what is missing is looked for among the words that render the term. A forbidden
rendering, and other words than any that the glossary has, are errors; a deprecated one,
another preposition, order or word of one root are warnings. An admitted one is in order.

Why that is bad: the client, or the law, has settled what the thing is called.

Example:
    glossary: 先导区 = pilot zone; not test zone (forbidden)
    先导区今年成立。 | The pilot zone was set up this year.
    先导区有港口。 | There is a port in the test zone.
    -> 先导区: ‘test zone’, expected ‘pilot zone’ (status, error)

To switch it off: give no glossary, add the rendering to the entry as admitted, or accept
it with its reason in the file that `--baseline` names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.check.build import build, changes
from aligner.check.severity import (
    WRONG_STATUS,
    is_harmless,
    severity_beside_glossary,
    severity_of_status,
)
from aligner.check.trust import Sensitivity
from aligner.findings import Difference, Finding, Severity
from aligner.glossary.entries import Entry, Target
from aligner.span import Span
from aligner.terms.located import RENDERED_SURELY, Grouped, Looked, Seen
from aligner.terms.targets import accepts, find_targets
from aligner.terms.units import TextUnit
from aligner.wording.difference import compare_at


class _Verdict(NamedTuple):
    difference: Difference
    severity: Severity
    why: str


def against_glossary(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield the findings for all terms of the glossary, at either sensitivity.

    Cost: linear in their places.
    """
    del sensitivity  # a glossary is binding
    for term in looked.terms:
        if term.wanted.entry is not None:
            by_unit: defaultdict[int, list[Seen]] = defaultdict(list)
            for seen in _places(term):
                by_unit[seen.place.unit].append(seen)
            for number in sorted(by_unit):
                yield from _of_unit(looked, by_unit[number], term.wanted.entry)


def _places(term: Grouped) -> list[Seen]:
    """Return all places of a term in their order, rendered or not."""
    found = [seen for group in term.groups for seen in group.places] + list(term.unrendered)
    return sorted(found, key=lambda seen: seen.place.span)


def _of_unit(looked: Looked, places: Sequence[Seen], entry: Entry) -> Iterator[Finding]:
    """Yield what is wrong with the places of a term in one sentence pair."""
    unit = looked.units[places[0].place.unit]
    targets = find_targets(unit.tgt, entry)
    right = [span for span, target in targets if target.status not in WRONG_STATUS]
    wrong = [(span, target) for span, target in targets if target.status in WRONG_STATUS]
    missing = max(0, len(places) - len(right))
    for seen, (span, target) in zip(places, wrong[:missing], strict=False):
        at = next((s for s in places if s.span and _overlap(s.span, span)), seen)
        yield _finding(looked, at, span, entry, _by_status(entry, target))
    left = missing - len(wrong)
    covered = [*right, *(span for span, _ in wrong)]
    for seen in places:
        if left <= 0:
            break
        if seen.span is None or seen.found < RENDERED_SURELY:
            continue
        if any(_overlap(seen.span, span) for span in covered):
            continue
        if verdict := _by_words(entry, seen.text, unit, seen.span):
            left -= 1
            yield _finding(looked, seen, seen.span, entry, verdict)


def _by_status(entry: Entry, target: Target) -> _Verdict:
    note = f" ({target.note})" if target.note else ""
    why = f"The glossary has ‘{target.text}’ as {target.status}{note}; use ‘{_wanted(entry)}’."
    return _Verdict("status", severity_of_status(target.status), why)


def _by_words(entry: Entry, text: str, unit: TextUnit, span: Span) -> _Verdict | None:
    """Judge a rendering that is no target of the entry; None if it is harmless."""
    if accepts(entry, text):
        return None
    allowed = [target for target in entry.targets if target.status not in WRONG_STATUS]
    compared = [compare_at(target.text, text, unit.tgt, span) for target in allowed]
    if not compared or any(is_harmless(each.difference) for each in compared):
        return None
    best = min(compared, key=lambda each: each.difference == "substitution")
    why = f"The glossary asks for ‘{_wanted(entry)}’; here {best.difference}: {changes(best)}"
    severity = severity_beside_glossary(best.difference)
    return _Verdict(best.difference, severity, f"{why.rstrip(': ')}.")


def _wanted(entry: Entry) -> str:
    return "’ or ‘".join(target.text for target in entry.preferred)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


def _finding(looked: Looked, seen: Seen, span: Span, entry: Entry, verdict: _Verdict) -> Finding:
    source = looked.units[seen.place.unit].src
    return build(
        looked,
        seen,
        term=source[slice(*seen.place.span)],
        expected=entry.preferred[0].text if entry.preferred else "",
        difference=verdict.difference,
        severity=verdict.severity,
        why=verdict.why,
        span=span,
        p=1.0 if verdict.difference == "status" else None,
    )
