"""What the checks that are not about terms notice in one unit.

A `Noticed` says where, how bad, why and what to do. Spans are characters of the documents'
texts, from 0; `p` is the probability that a reviser would change the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from aligner.findings import Severity
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit

# Of one slip in one document: beyond it is how the document is typed, and is mended by
# replacing all, not one by one.
HABIT: Final = 12


@dataclass(frozen=True, slots=True)
class Noticed:
    """One place that a reviser should look at, whatever the check."""

    check: str  # the name of the check
    kind: str  # what is wrong, in a word or two, as the check's page names it
    doc: str  # the bitext's id
    bead: int  # number of the bead in the alignment
    src: str  # the Chinese words, on one line; empty where the English side is alone
    tgt: str
    src_span: Span | None  # in the Chinese document's text
    tgt_span: Span | None
    severity: Severity
    why: str  # one or two sentences with the evidence
    suggestion: str  # what to write instead, or nothing
    p: float


def notice(  # noqa: PLR0913 - what checks know, each by its name
    unit: TextUnit,
    *,
    check: str,
    kind: str,
    severity: Severity,
    why: str,
    p: float,
    src: Span | None = None,
    tgt: Span | None = None,
    suggestion: str = "",
) -> Noticed:
    """Return what a check says of a place of a unit.

    Args:
        unit: The unit.
        check: The name of the check.
        kind: What is wrong, in a word or two.
        severity: How much it matters.
        why: The evidence.
        p: That a reviser would change it.
        src: The place in the unit's Chinese text.
        tgt: The place in the unit's English text.
        suggestion: What to write instead.
    """
    return Noticed(
        check=check,
        kind=kind,
        doc=unit.doc,
        bead=unit.bead,
        src=" ".join(unit.src[slice(*src)].split()) if src else "",
        tgt=" ".join(unit.tgt[slice(*tgt)].split()) if tgt else "",
        src_span=unit.src_span(src) if src and src.size else None,
        tgt_span=unit.tgt_span(tgt) if tgt and tgt.size else None,
        severity=severity,
        why=why,
        suggestion=suggestion,
        p=round(p, 4),
    )


def told_once(found: Iterable[Noticed], kinds: frozenset[str]) -> Iterator[Noticed]:
    """Yield findings; of a kind that a document has in more than `HABIT` units, the first.

    Args:
        found: Of any documents, one a unit and kind at most.
        kinds: Those that are typing habits.
    """
    every = list(found)
    times = Counter((each.doc, each.kind) for each in every if each.kind in kinds)
    told: set[tuple[str, str]] = set()
    for each in every:
        key = each.doc, each.kind
        if times[key] <= HABIT:
            yield each
        elif key not in told:
            told.add(key)
            more = _("The same stands in {count} more sentences of the document.").format(
                count=times[key] - 1
            )
            yield replace(each, why=f"{each.why} {more}")
