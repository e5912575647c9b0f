"""Chinese runs of words that look like terms, found without a glossary.

A candidate is a run of up to seven words that stands at least twice, opens and closes
like a noun phrase (see `nouns`), and either holds together better than chance would have
it (see `runs`) or is marked as a name: in 《》, in quotation marks, or announced by 以下简称.
What stands inside longer candidates is one too, because its renderings differ on their
own, unless it is a mere piece of one (see `places`). Generic words are none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.announced import chinese_short_forms
from aligner.terms.candidates import word_lists
from aligner.terms.candidates.chunks import Cut, cut_texts
from aligner.terms.candidates.runs import SHORTEST_RUN, Scored, score_runs
from aligner.terms.candidates.spots import (
    Spot,
    crosses,
    find_spots,
    holders,
    is_fragment,
    is_marked,
)

_BONUS_MARKED = 1.5
_SHORTEST_MARKED = 2  # characters


class CandidatePlace(NamedTuple):
    """Where a candidate stands."""

    text: int  # number of the text
    span: Span  # in the text as given
    crosses: bool  # whether a longer word or compound goes on over its edge here


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a term, with all its places."""

    text: str  # in the simplified, half-width shadow
    places: tuple[CandidatePlace, ...]  # in order, those inside longer candidates too
    score: float  # larger is better; under 1 only where the text marks it as a name
    quoted: bool  # stands whole in 《》 or in quotation marks, at least once
    title: bool  # stands whole in 《》
    defined: bool  # announced by 以下简称 or the like
    nested: str  # the longest candidate that holds every place of this one; "" for none
    head: str  # the last word

    @property
    def crosses(self) -> int:
        """In how many places a longer word or compound goes on over its edge."""
        return sum(place.crosses for place in self.places)


@dataclass(slots=True)
class _Marks:
    """How the texts mark a run as a name."""

    quoted: bool = False
    title: bool = False
    defined: bool = False


def find_candidates(texts: Sequence[str], *, min_count: int = 2) -> list[Candidate]:
    """Find the candidates of some texts, in the order of their first place.

    Args:
        texts: Chinese, in either script, in reading order; counts go over all of them.
        min_count: In how many places a candidate must stand.

    Returns:
        Candidates. The cost is linear in the length of the texts; the first call of a
        process takes up to a second more.

    >>> [found.text for found in find_candidates(["修建海水淡化厂。", "海水淡化厂已投产。"])]
    ['海水淡化厂']
    """
    from aligner.lexicon import load_lexicon  # noqa: PLC0415 - reads a large table

    cuts = cut_texts(texts, load_lexicon())
    marks = _marks(texts, cuts)
    scored = score_runs(cuts, min_count=min_count)
    for text in marks:
        last = find_head(text)
        found = scored.get(text, Scored(0.0, last))
        scored[text] = Scored(found.score + _BONUS_MARKED, found.head)
    spots = {}
    for text, places in find_spots(cuts, scored).items():
        kept = _kept(text, places, cuts, marks.get(text))
        if len(kept) >= min_count and (text in marks or not is_fragment(cuts, kept)):
            spots[text] = kept
    around = holders(spots)
    candidates = []
    for text, places in spots.items():
        mark = marks.get(text, _Marks())
        candidates.append(
            Candidate(
                text=text,
                places=tuple(_place(cuts[spot.text], spot) for spot in places),
                score=scored[text].score,
                quoted=mark.quoted or mark.title,
                title=mark.title,
                defined=mark.defined,
                nested=around.get(text, ""),
                head=scored[text].head,
            )
        )
    return sorted(candidates, key=lambda candidate: (candidate.places[0], candidate.text))


def find_head(text: str) -> str:
    """Return the last word of a text in simplified characters."""
    from aligner.lexicon.words import word_cutter  # noqa: PLC0415 - with the lexicon

    *_, last = word_cutter().cut(text)
    return str(last)


def _place(cut: Cut, spot: Spot) -> CandidatePlace:
    span = cut.shadow.original_span(spot.start, spot.stop)
    return CandidatePlace(spot.text, span, crosses=crosses(cut, spot))


def _marks(texts: Sequence[str], cuts: Sequence[Cut]) -> dict[str, _Marks]:
    """Return what the texts mark as names."""
    marks: defaultdict[str, _Marks] = defaultdict(_Marks)
    for text, cut in zip(texts, cuts, strict=True):
        for mention in cut.mentions:
            marks[mention.text].title |= mention.title
            marks[mention.text].quoted |= not mention.title
        for form in chinese_short_forms(text):
            short = shadow(form.short).text
            if len(short) >= _SHORTEST_MARKED:
                marks[short].defined = True
    return dict(marks)


def _kept(
    text: str, spots: Sequence[Spot], cuts: Sequence[Cut], marks: _Marks | None
) -> list[Spot]:
    """Return the places that count.

    A generic word is a name only in its marks (《方案》), a word of two characters only
    where it stands free.
    """
    if marks is None or (len(text) >= SHORTEST_RUN and text not in word_lists.GENERIC):
        return list(spots)
    if marks.title or text in word_lists.GENERIC:
        return [spot for spot in spots if is_marked(cuts[spot.text], spot)]
    return [spot for spot in spots if not crosses(cuts[spot.text], spot)]
