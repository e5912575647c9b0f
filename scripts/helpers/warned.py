"""What the product reports on an input, as groups that can be laid beside readers' labels.

A group is one rendering of one term that is out of line, with its places. It is the same
as what a reader judged if the input, the term and the two wordings are the same but for
form, or if it is the same wording at one of the same lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.bitext import Bitext
from aligner.findings import Finding
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.wording.content_words import content_key
from helpers.judged import Judged, Listed, Place, line_of

MARGIN = 160  # characters shown on either side of a place
SHOWN = 3  # places of a group that a reader is shown


@dataclass(frozen=True)
class Spot:
    """One place of a group."""

    file: str
    src: Span  # in the Chinese document
    tgt: Span
    line: int  # of the Chinese, counted from 1


@dataclass(frozen=True)
class Warned:
    """A group of findings."""

    input: str
    term: str
    expected: str
    rendering: str
    difference: str
    severity: str
    p: float
    spots: tuple[Spot, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """File and line of each place."""
        return tuple((spot.file, spot.line) for spot in self.spots)


def groups(name: str, texts: Sequence[Bitext], findings: Iterable[Finding]) -> list[Warned]:
    """Bring the findings of an input together, the likeliest group first."""
    by_id = {bitext.id: bitext for bitext in texts}
    found: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for each in findings:
        found[each.term, each.severity, content_key(each.rendering)].append(each)
    made = []
    for group in found.values():
        first = max(group, key=lambda finding: finding.p)
        spots = []
        for each in group:
            if each.src_span is None or each.tgt_span is None:
                continue  # of no term
            text = by_id[each.doc].src_doc.text
            spots.append(
                Spot(each.doc, each.src_span, each.tgt_span, line_of(text, each.src_span.start))
            )
        made.append(
            Warned(
                input=name,
                term=first.term,
                expected=first.expected,
                rendering=first.rendering,
                difference=first.kind,
                severity=first.severity,
                p=first.p,
                spots=tuple(spots),
            )
        )
    return sorted(made, key=lambda group: (-group.p, group.spots[0].file, group.spots[0].src))


def label_of(group: Warned, labels: Sequence[Judged]) -> Judged | None:
    """Return what a reader said of a group, the nearest label; None if it was not read.

    Args:
        group: Of the input.
        labels: All of the input.
    """
    mine = _key(group.rendering)
    near = []
    for label in labels:
        if not same_term(group.term, label):
            continue
        wording = mine == _key(label.rendering)
        pair = {mine, _key(group.expected)} == {_key(label.rendering), _key(label.dominant)}
        line = not set(group.places).isdisjoint(label.places)
        if pair or (wording and line):
            near.append((pair + wording + 2 * line, label))
    return max(near, key=lambda each: each[0])[1] if near else None


def same_term(term: str, label: Judged) -> bool:
    """Tell whether a term is the one that was judged, or the one that it should have been."""
    mine = shadow(term).text
    return mine in {shadow(each).text for each in (label.term, label.right_term) if each}


def is_told(real: Listed, found: Sequence[Warned]) -> bool:
    """Tell whether a real inconsistency is among the groups.

    It is if a group of an overlapping term stands at one of the odd lines, or has two of
    the wordings that the reader gave.
    """
    mine = shadow(real.term).text
    wordings = {_key(each) for each in real.renderings} - {()}
    for group in found:
        other = shadow(group.term).text
        if not (mine in other or other in mine):
            continue
        if not set(group.places).isdisjoint(real.odd):
            return True
        if {_key(group.rendering), _key(group.expected)} <= wordings:
            return True
    return False


def shown(group: Warned, texts: Sequence[Bitext], number: int) -> dict[str, object]:
    """Return a group as a reader is shown it: both wordings and places, no probability."""
    by_id = {bitext.id: bitext for bitext in texts}
    return {
        "id": number,
        "input": group.input,
        "term": group.term,
        "dominant": group.expected,
        "rendering": group.rendering,
        "places": [
            {
                "file": spot.file,
                "line": spot.line,
                "zh": _marked(by_id[spot.file].src_doc.text, spot.src),
                "en": _marked(by_id[spot.file].tgt_doc.text, spot.tgt),
            }
            for spot in group.spots[:SHOWN]
        ],
    }


def _marked(text: str, span: Span) -> str:
    before = text[max(0, span.start - MARGIN) : span.start]
    after = text[span.stop : span.stop + MARGIN]
    return f"{before}【{text[slice(*span)]}】{after}".replace("\n", " / ")


def _key(text: str) -> tuple[str, ...]:
    return tuple(sorted(content_key(text)))
