"""What was suspected of some texts, a rendering of a term at a time, with readers' labels.

A suspicion has the label of a judged group of the same term (or of the term that the reader
said was meant) at one of its lines, if the words are the same up to form, or were a part of
them. Labels of pairs of wordings hold in both directions, since another version may take the
other rendering for the dominant one. Where nothing was judged, a reader's list speaks: a
place out of line of a listed term is real, a suspicion of a term that the reader called
consistent or justified is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from aligner.check.judging.exceptions import NO_EXCEPTION, exception_from
from aligner.check.judging.suspicion import Suspicion, suspicions
from aligner.check.judging.term_facts import term_facts
from aligner.check.judging.trust import (
    describe,
    is_doubtful,
    is_fixed,
    names_something_else,
    rendering_groups,
)
from aligner.encode.protocol import Floats
from aligner.glossary.entries import source_key
from aligner.terms.located import Looked
from aligner.wording.content_words import content_key
from helpers.judged import GENRE_OF, Judged, Listed, Place, judged, line_of, listed

Source = Literal["judged", "listed", "slip", ""]
REAL: Final = frozenset(("R", "r"))
WANTED: Final = frozenset(("must", "should", "could"))


@dataclass(frozen=True)
class Labelled:
    """One rendering of a term that was suspected."""

    input: str
    term: str
    dominant: str
    rendering: str
    lines: tuple[Place, ...]
    values: Floats
    fixed: bool  # a difference in a name or a title
    exception_from: float  # p from which a settled term has plainly other words
    doubtful: bool  # signs of a false difference
    label: str = ""  # R, r, L, E, or none
    source: Source = ""

    @property
    def genre(self) -> str:
        """That of its input."""
        return GENRE_OF[self.input]

    @property
    def real(self) -> bool:
        """Whether a reviser wants to see it."""
        return self.label in REAL


class Labels:
    """The readers' labels, by input and term.

    Args:
        data: The folder with `terms/judged`.
    """

    def __init__(self, data: Path) -> None:
        self._judged: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
        self._listed: defaultdict[tuple[str, str], list[Listed]] = defaultdict(list)
        for row in judged(data):
            for term in {row.term, row.right_term} - {""}:
                self._judged[row.input, source_key(term)].append(row)
        for each in listed(data):
            self._listed[each.input, source_key(each.term)].append(each)

    def of(
        self, name: str, term: str, dominant: str, rendering: str, lines: Sequence[Place]
    ) -> tuple[str, Source]:
        """Return the label of a rendering, and whose it is; empty if nobody read it."""
        mine, usual = content_key(rendering), content_key(dominant)
        rows = self._judged[name, term]
        for row in rows:
            there = {line for _, line in row.places} & {line for _, line in lines}
            theirs = content_key(row.rendering)
            part = row.label in REAL and len(rows) == 1 and set(mine) & set(theirs)
            if there and (mine == theirs or part):
                return row.label, "judged"
        for row in rows:
            turned = content_key(row.dominant), content_key(row.rendering)
            if turned == (mine, usual) and row.label in {"R", "L"}:
                return row.label, "judged"
        for each in self._listed[name, term]:
            if each.verdict in WANTED and set(lines) & set(each.odd):
                return "R", "listed"
        if any(each.verdict not in WANTED for each in self._listed[name, term]):
            return "L", "listed"
        return "", ""


def labelled(name: str, looked: Looked, labels: Labels) -> Iterator[Labelled]:
    """Yield every rendering that is suspected in the texts of an input."""
    found = suspicions(looked)
    for members in rendering_groups(found):
        group = [found[n] for n in members]
        term = looked.terms[group[0].term]
        facts = term_facts(term)
        lines = tuple(_line(looked, each) for each in group)
        key, usual, text = term.wanted.key, term.groups[0].text, group[0].seen.text
        label, source = labels.of(name, key, usual, text, lines)
        other = names_something_else(group)
        yield Labelled(
            input=name,
            term=key,
            dominant=usual,
            rendering=text,
            lines=lines,
            values=describe(group, looked.terms, {group[0].term: facts}),
            fixed=any(is_fixed(each, term, facts) for each in group),
            exception_from=NO_EXCEPTION
            if other
            else min(exception_from(each, term, facts) for each in group),
            doubtful=other or is_doubtful(group, term, facts),
            label=label,
            source=source,
        )


def _line(looked: Looked, suspicion: Suspicion) -> Place:
    unit = looked.units[suspicion.seen.place.unit]
    text = looked.bitexts[unit.doc].src_doc.text
    return unit.doc, line_of(text, unit.src_span(suspicion.seen.place.span).start)
