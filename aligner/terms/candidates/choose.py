"""The candidates of some texts: repeated runs that are likely terms, and what is marked.

Any repeated run may be one, whatever its words: `termhood` weighs what both languages say
of it. What the texts mark as a name is one in any case: 《》, a quotation, 以下简称, and a
whole text that stands twice, such as a heading or a cell of a table. No other run begins or
ends with a word of grammar (`aligner.lang.grammar_words`), or is a figure.

A place belongs to the run unless the segmenter's or the dictionary's word goes on over an
edge, or a negating or grading prefix stands before it that is rendered with it: 非现场审查
is no 现场审查. Where a longer candidate covers a place, the place names it (`inside`). A run
that is hardly anywhere more than a piece of longer ones is no candidate (`PIECE`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.lang.grammar_words import closes_none, opens_none
from aligner.span import Span
from aligner.terms.candidates._follow import Trail
from aligner.terms.candidates.company import Company, describe_runs
from aligner.terms.candidates.flat_words import AMOUNT, FlatWords, flat_words
from aligner.terms.candidates.marked import Mark, find_spots, is_marked, marks_of
from aligner.terms.candidates.nesting import beside, nesting
from aligner.terms.candidates.repeated_runs import RepeatedRuns, repeated_runs
from aligner.terms.candidates.tags import tag_of
from aligner.terms.candidates.termhood import (
    CandidateWeights,
    chosen,
    load_candidate_weights,
    termhood,
)

if TYPE_CHECKING:
    from aligner.terms.linked import Linked

# Negate or grade what follows, so that its rendering is another word: closed classes of
# Chinese grammar. The bound ones make one word with it, whatever their own English is
# ("off-site" for 非现场); the free ones do where that stands in or beside the term's.
# Source: Y. R. Chao, "A Grammar of Spoken Chinese", University of California Press, 1968,
# chapters 4 (prefixes) and 8 (adverbs).
_BOUND: Final = frozenset("非未无")
_FREE: Final = frozenset("不没最")
_SHORT: Final = 2  # characters: a marked run as short as this may be a common word elsewhere
# Share of places in a longer candidate, the English of a neighbour being part of its own, from
# which a run is a piece of names and compounds: 风险管理 may be a term inside others, 委员会提
# is none. Of groups of such runs that readers judged .55 were errors, of others .35.
PIECE: Final = 0.8
NO_TERM: Final = -1e9  # log odds of a run that begins or ends with a word of grammar, or counts
_COUNTING: Final = frozenset(("m", "q", "mq"))  # tags of numerals and measures
_UNSCORED: Final = 0.0  # log odds of a marked name that is no run of words


class CandidatePlace(NamedTuple):
    """Where a candidate stands."""

    text: int  # number of the text
    span: Span  # in the text as given
    crosses: bool  # whether a longer word or compound goes on over its edge here
    inside: str = ""  # the longest candidate that covers it here; "" for none


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a term, with all its places."""

    text: str  # in the simplified, half-width shadow
    places: tuple[CandidatePlace, ...]  # in order, those inside longer candidates too
    score: float  # log odds that it is a term
    quoted: bool  # stands whole in 《》 or in quotation marks, at least once
    title: bool  # stands whole in 《》
    defined: bool  # announced by 以下简称 or the like, or said what it means
    nested: str  # the longest candidate that holds every place of this one; "" for none

    @property
    def crosses(self) -> int:
        """In how many places a longer word or compound goes on over its edge."""
        return sum(place.crosses for place in self.places)


class FlatSpot(NamedTuple):
    """A place of a candidate in the flat text."""

    start: int
    stop: int
    crosses: bool


def find_candidates(texts: Sequence[str], linked: Linked, *, min_count: int = 2) -> list[Candidate]:
    """Find the candidates of some texts, in the order of their first place.

    Args:
        texts: Chinese, in either script, in reading order; counts go over all of them.
        linked: The same texts with their translations.
        min_count: In how many places a candidate must stand.

    Returns:
        Candidates. The cost is linear in the length of the texts; the first call of a
        process takes some seconds more.
    """
    from aligner.lexicon import load_lexicon

    words = flat_words(texts, load_lexicon())
    runs = repeated_runs(words, min_count=min_count)
    marks = marks_of(texts, words)
    company = describe_runs(words, runs, linked) if runs.size else None
    weights = load_candidate_weights()
    spots, scores = candidate_spots(words, runs, company, marks, weights, min_count=min_count)
    cover = _covers(spots)
    return sorted(
        (
            _candidate(text, found, words, cover, marks.get(text, Mark()), scores.get(text))
            for text, found in spots.items()
        ),
        key=lambda candidate: (candidate.places[0], candidate.text),
    )


def candidate_spots(  # noqa: PLR0913 - each is one step's result
    words: FlatWords,
    runs: RepeatedRuns,
    company: Company | None,
    marks: Mapping[str, Mark],
    weights: CandidateWeights,
    *,
    min_count: int = 2,
) -> tuple[dict[str, list[FlatSpot]], dict[str, float]]:
    """Return the places of all candidates, and the scores of those that are runs.

    Args:
        words: Of the texts.
        runs: Repeated ones.
        company: What speaks for them; none if there are none.
        marks: What the texts mark as names.
        weights: Of termhood.
        min_count: In how many places a candidate must stand.
    """
    spots: dict[str, list[FlatSpot]] = {}
    scores: dict[str, float] = {}
    if company is not None:
        spots, scores = _likely(words, runs, company, marks, weights, min_count)
    for text, starts in find_spots(words.text, sorted(marks.keys() - spots.keys())).items():
        if len(starts) >= min_count:
            spots[text] = [FlatSpot(start, start + len(text), crosses=False) for start in starts]
    return without_pieces(spots, marks), scores


def without_pieces(
    spots: dict[str, list[FlatSpot]], marks: Mapping[str, Mark]
) -> dict[str, list[FlatSpot]]:
    """Leave out what is hardly anywhere more than a piece of a longer candidate."""
    cover = _covers(spots)
    kept = {}
    for text, found in spots.items():
        pieces = sum(spot.crosses and (spot.start, spot.stop) in cover for spot in found)
        if text in marks or pieces < PIECE * len(found):
            kept[text] = found
    return kept


def has_loose_end(words: FlatWords, runs: RepeatedRuns) -> NDArray[np.bool_]:
    """Tell whether each run begins or ends with a word of grammar. Shape (runs,)."""
    opens = np.array([opens_none(word) for word in words.kinds], dtype=np.bool_)
    closes = np.array([closes_none(word) for word in words.kinds], dtype=np.bool_)
    first = words.kind[words.at[runs.start[runs.sample]]]
    last = words.kind[words.at[runs.stop[runs.sample] - 1]]
    loose: NDArray[np.bool_] = opens[first] | closes[last]
    return loose


def is_amount(words: FlatWords, runs: RepeatedRuns) -> NDArray[np.bool_]:
    """Tell whether each run is a figure with what it counts in, 五十亿元. Shape (runs,).

    Its English is the figure again; whether it is the same one is asked by another check.
    """
    counting = np.array([tag_of(word) in _COUNTING for word in words.kinds], dtype=np.bool_)
    here = np.append(0, np.cumsum(counting[words.kind]))
    start, stop = runs.start[runs.sample], runs.stop[runs.sample]
    first, last = words.at[start], words.at[stop - 1]
    found: NDArray[np.bool_] = here[last + 1] - here[first] == last + 1 - first
    for run in np.flatnonzero(found).tolist():
        found[run] = AMOUNT.match(words.text, int(start[run]), int(stop[run])) is not None
    return found


def _likely(  # noqa: PLR0913, PLR0917 - one caller
    words: FlatWords,
    runs: RepeatedRuns,
    company: Company,
    marks: Mapping[str, Mark],
    weights: CandidateWeights,
    min_count: int,
) -> tuple[dict[str, list[FlatSpot]], dict[str, float]]:
    """Return the places and scores of the runs that are likely terms or marked as names."""
    size = len(words.text)
    score = termhood(runs, company, size, weights)
    none = has_loose_end(words, runs) | is_amount(words, runs)
    good = chosen(np.where(none, NO_TERM, score), size, weights)
    texts = runs.texts(words)
    marked = np.array([text in marks for text in texts], dtype=bool)
    found = nesting(runs, score, size, good | marked)
    crosses = _crosses(words, runs, company, score, found.holder, found.best)
    prefixed = _prefixed(words, runs, company)
    spots: dict[str, list[FlatSpot]] = {}
    scores: dict[str, float] = {}
    for run in np.flatnonzero(good | marked).tolist():
        text = texts[run]
        places = range(*runs.first[run : run + 2].tolist())
        kept = [
            FlatSpot(int(runs.start[p]), int(runs.stop[p]), crosses=bool(crosses[p]))
            for p in places
            if not prefixed[p]
        ]
        if not good[run] and len(text) <= _SHORT and not marks[text].defined:
            kept = [spot for spot in kept if is_marked(words.text, spot.start, spot.stop)]
        if len(kept) >= min_count:
            spots[text], scores[text] = kept, float(score[run])
    return spots, scores


def _crosses(  # noqa: PLR0913, PLR0917 - columns of the places, each said by name
    words: FlatWords,
    runs: RepeatedRuns,
    company: Company,
    score: NDArray[np.float64],
    holder: NDArray[np.int64],
    best: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether a longer word or compound goes on over an edge of each place.

    So it is inside a word that the dictionary or the cutter makes of several, where a
    better candidate overlaps the place, and where a longer candidate covers it and the
    English of a neighbour stands in or beside its own.
    """
    glued = words.glued[runs.start] | words.glued[runs.stop] | ~runs.aligned
    over = best[:, 1] > score[runs.run]
    crossing: NDArray[np.bool_] = glued | over | ((holder >= 0) & beside(company))
    return crossing


def _prefixed(words: FlatWords, runs: RepeatedRuns, company: Company) -> NDArray[np.bool_]:
    """Whether a prefix directly before each place is rendered with it."""
    touches = words.at[runs.start - 1] >= 0  # a mark or a blank is no word
    bound, free = (
        np.array([letters.issuperset(word) for word in words.kinds] + [False], dtype=bool)
        for letters in (_BOUND, _BOUND | _FREE)
    )
    reach = company.reach
    close = reach[:, Trail.LEFT_INSIDE] + reach[:, Trail.LEFT_ADJACENT] > 0
    apart = reach[:, Trail.LEFT_NEAR] + reach[:, Trail.LEFT_FAR] > 0
    found: NDArray[np.bool_] = touches & (
        (free[company.left] & close) | (bound[company.left] & ~apart)
    )
    return found


def _covers(spots: Mapping[str, Sequence[FlatSpot]]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return for each covered place the candidates that cover it, the longest first."""
    items = sorted(
        (spot.start, -spot.stop, text) for text, found in spots.items() for spot in found
    )
    covers: dict[tuple[int, int], tuple[str, ...]] = {}
    still_open: list[tuple[int, str]] = []
    for start, minus_stop, text in items:
        still_open = [(stop, other) for stop, other in still_open if stop > start]
        around = {other for stop, other in still_open if stop >= -minus_stop} - {text}
        if around:
            covers[start, -minus_stop] = tuple(sorted(around, key=lambda t: (-len(t), t)))
        still_open.append((-minus_stop, text))
    return covers


def _candidate(  # noqa: PLR0913, PLR0917 - one caller
    text: str,
    spots: Sequence[FlatSpot],
    words: FlatWords,
    cover: Mapping[tuple[int, int], tuple[str, ...]],
    mark: Mark,
    score: float | None,
) -> Candidate:
    around = [cover.get((spot.start, spot.stop), ()) for spot in spots]
    common = set(around[0]).intersection(*around[1:])
    numbers = np.searchsorted(words.first, [spot.start for spot in spots], side="right") - 1
    places = []
    for spot, holders, number in zip(spots, around, numbers.tolist(), strict=True):
        base = int(words.first[number])
        span = words.shadows[number].original_span(spot.start - base, spot.stop - base)
        places.append(CandidatePlace(number, span, spot.crosses, holders[0] if holders else ""))
    return Candidate(
        text=text,
        places=tuple(places),
        score=_UNSCORED if score is None else score,
        quoted=mark.quoted or mark.title,
        title=mark.title,
        defined=mark.defined,
        nested=next((other for other in around[0] if other in common), ""),
    )
