"""What the page shows of each term: its bar, its renderings, its findings and its places.

A card holds a bounded number of places, and so does the page: a page with every
sentence of a large corpus would not open. What is left out is counted and is in the
sheet. Cost: linear in the occurrences and findings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from aligner.findings import SEVERITIES, Finding, Occurrence, Rendering, Severity, Term, Terms
from aligner.report.view import Judged, Sentences, ShownBead, judged
from aligner.span import Span

CARD_PLACES = 200  # at most on a card, of its findings and of its other places each
PAGE_PLACES = 12_000  # about 10 MB
LEAST_ON_CARD = 5
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

FindingKey = tuple[str, Span | None, Span | None]


class BarPart(NamedTuple):
    """One part of a term's bar; `x` and `width` are per cent of it."""

    kind: str  # main, a severity, mild, or missing
    letter: str
    x: float
    width: float


class RenderingRow(NamedTuple):
    """A rendering in the list of a card."""

    letter: str
    kind: str
    rendering: Rendering
    elsewhere: tuple[str, ...]  # other terms under which some of its places are flagged


class FindingGroup(NamedTuple):
    """Findings that say the same, with the places they say it of."""

    first: Finding
    places: tuple[ShownBead, ...]
    docs: tuple[str, ...]
    left_out: int


class Shelf(NamedTuple):
    """Places under one heading."""

    letter: str
    name: str  # a rendering, or why there is none: a name of `page_words`
    places: tuple[ShownBead, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A term as the page shows it."""

    judged: Judged
    lang: str
    tgt_lang: str
    bar: tuple[BarPart, ...]
    rows: tuple[RenderingRow, ...]
    groups: tuple[FindingGroup, ...]
    accepted: tuple[FindingGroup, ...]
    missing: tuple[Shelf, ...]  # places without a rendering
    others: tuple[Shelf, ...]  # places that are not under a finding
    n_others: int
    left_out: int  # of the other places and of those without a rendering
    docs: tuple[str, ...]  # where the term stands

    @property
    def term(self) -> Term:
        """The term."""
        return self.judged.term

    @property
    def severity(self) -> Severity:
        """That of its worst new finding."""
        return self.judged.severity


class CardMaker:
    """Makes the cards of what was found."""

    def __init__(self, terms: Terms) -> None:
        self.judged = judged(terms)
        self._sentences = Sentences(terms.bitexts)
        self._default = next(((b.src_lang, b.tgt_lang) for b in terms.bitexts), ("zh", "en"))
        self._flagged: dict[tuple[str, int], list[Finding]] = defaultdict(list)
        for finding in (f for f in terms.new if f.of_term):
            self._flagged[finding.doc, finding.bead].append(finding)
        self._quota = _quota([item.term.count for item in self.judged])

    def cards(self) -> Iterator[Card]:
        """Yield the cards, worst first."""
        return map(self._card, self.judged)

    def _card(self, item: Judged) -> Card:
        term = item.term
        told = {_key(f) for f in (*item.new, *item.accepted)}
        kinds = [_kind(n, r, item.new) for n, r in enumerate(term.renderings)]
        docs = tuple(dict.fromkeys(_documents(item)))
        lang, tgt_lang = self._sentences.languages(docs[0]) if docs else self._default
        missing = _missing(term)
        shelves = [
            (_letter(n), r.text, [o for o in r.occurrences if _key(o) not in told])
            for n, r in enumerate(term.renderings)
        ]
        n_missing, n_others = (sum(len(s[2]) for s in group) for group in (missing, shelves))
        shown_missing, shown_others = min(self._quota, n_missing), min(self._quota, n_others)
        return Card(
            judged=item,
            lang=lang,
            tgt_lang=tgt_lang,
            bar=_bar(term, kinds),
            rows=tuple(
                RenderingRow(
                    _letter(n), kind, r, self._elsewhere(term, r) if kind == "mild" else ()
                )
                for n, (kind, r) in enumerate(zip(kinds, term.renderings, strict=True))
            ),
            groups=self._groups(item.new),
            accepted=self._groups(item.accepted),
            missing=self._shelves(missing, shown_missing),
            others=self._shelves(shelves, shown_others),
            n_others=n_others,
            left_out=n_missing - shown_missing + n_others - shown_others,
            docs=docs,
        )

    def _groups(self, findings: Sequence[Finding]) -> tuple[FindingGroup, ...]:
        """Put together what is said in the same words, as long as there is room."""
        same: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
        for finding in findings:
            same[_saying(finding)].append(finding)
        room, groups = CARD_PLACES, []
        for members in same.values():
            places = tuple(self._sentences.of(f) for f in members[:room])
            room -= len(places)
            docs = tuple(dict.fromkeys(f.doc for f in members))
            groups.append(FindingGroup(members[0], places, docs, len(members) - len(places)))
        return tuple(groups)

    def _shelves(
        self, shelves: Iterable[tuple[str, str, Sequence[Occurrence]]], room: int
    ) -> tuple[Shelf, ...]:
        made = []
        for letter, name, occurrences in shelves:
            shown = occurrences[:room]
            room -= len(shown)
            if shown:
                made.append(Shelf(letter, name, tuple(map(self._sentences.of, shown))))
        return tuple(made)

    def _elsewhere(self, term: Term, rendering: Rendering) -> tuple[str, ...]:
        """Return the longer or shorter terms under which this rendering is flagged."""
        names = (
            finding.term
            for o in rendering.occurrences
            for finding in self._flagged.get((o.doc, o.bead), ())
            if finding.term != term.text and _meet(o.tgt_span, finding.tgt_span)
        )
        return tuple(dict.fromkeys(names))


def _quota(counts: Iterable[int]) -> int:
    """Return how many places a card may show so that the page stays small enough."""
    counts, quota = tuple(counts), CARD_PLACES
    while quota > LEAST_ON_CARD and sum(min(count, quota) for count in counts) > PAGE_PLACES:
        quota //= 2
    return quota


def _saying(finding: Finding) -> tuple[str, ...]:
    """Return what a finding says; forms of one rendering say the same."""
    return (finding.severity, *finding.group, finding.accepted or "")


def _key(place: Occurrence | Finding) -> FindingKey:
    return place.doc, place.src_span, place.tgt_span


def _meet(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.start < b.stop and b.start < a.stop


def _letter(number: int) -> str:
    return LETTERS[number] if number < len(LETTERS) else "+"


def _documents(item: Judged) -> Iterator[str]:
    for rendering in item.term.renderings:
        yield from (o.doc for o in rendering.occurrences)
    yield from (o.doc for o in item.term.unrendered)
    yield from (f.doc for f in (*item.new, *item.accepted))


def _missing(term: Term) -> list[tuple[str, str, list[Occurrence]]]:
    read = [o for o in term.unrendered if o.translated]
    alone = [o for o in term.unrendered if not o.translated]
    return [("", "not_found", read), ("", "untranslated", alone)]


def _kind(number: int, rendering: Rendering, findings: Iterable[Finding]) -> str:
    """Return what colour and pattern a rendering has."""
    places = {_key(o) for o in rendering.occurrences}
    severities = Counter(f.severity for f in findings if _key(f) in places)
    for severity in SEVERITIES:
        if severities[severity]:
            return severity if severity != "none" else "mild"
    return "mild" if number else "main"


def _bar(term: Term, kinds: Sequence[str]) -> tuple[BarPart, ...]:
    parts = [(kind, _letter(n), r.count)
             for n, (kind, r) in enumerate(zip(kinds, term.renderings, strict=True))]  # fmt: skip
    parts.append(("missing", "\N{EN DASH}", len(term.unrendered)))
    bars, at = [], 0
    for kind, letter, count in parts:
        if count:
            bars.append(BarPart(kind, letter, 100 * at / term.count, 100 * count / term.count))
        at += count
    return tuple(bars)
