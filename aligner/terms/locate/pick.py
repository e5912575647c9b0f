"""Choose one rendering for each place of a term, all its places considered together.

The places of a term vote: what renders it elsewhere is likelier here. Two places of a
sentence do not share one span. Where the dominant rendering is absent but a span
differs from it in exactly one content word, that span competes, because this is what
an inconsistent rendering mostly looks like.

Cost: linear in the number of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats
from aligner.terms.locate._span_features import one_word_off
from aligner.terms.locate.score import Choice, TermWeights, describe_spans, settled
from aligner.terms.locate.span_evidence import Evidence
from aligner.terms.locate.unit_words import Ints
from aligner.terms.locate.word_flags import (
    ADVERB,
    AND,
    BREAK,
    CAPITAL,
    CLOSED,
    COMMA,
    FUNCTION,
    NUMBER,
    OPENED,
)

VOTE = 0.6  # weight of the other places' opinion
FLOOR = 0.05
NEAR_MARGIN = 0.35  # how much less likely than the best a span near the dominant one may be
NEAR_LEAST = 0.3

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pick:
    """The span that renders one place."""

    sought: int
    span: int  # place in the unit's list of spans
    key: int  # number of its content words
    p: float  # P(exactly this span | the term is rendered)
    found: float  # P(the term is rendered here)
    near: bool  # chosen because it is one word off the dominant rendering
    row: Floats  # the evidence for the span. Shape (EVIDENCE_WIDTH,)


FOREIGN_WORD = 0.6  # P(from another word) from which a word has no part in the term,
SOME_GLOSS = 0.3  # if the dictionary joins it to that word and not to the term
PAIR_LINK = 0.3  # P(from the term) of the first word of a pair
ADDED_LEAST = 3  # places of the dominant rendering from which an added word is looked for
ADDED_SHARE = 0.35  # of Chinese words that go to an English word that nothing asked for


@dataclass(frozen=True, slots=True)
class _Option:
    choice: Choice
    score: Doubles  # after the vote


def pick_renderings(
    evidence: Evidence, choices: Sequence[Choice], weights: TermWeights
) -> dict[int, Pick]:
    """Return the pick of every place, by the place's number."""
    by_term: defaultdict[int, list[Choice]] = defaultdict(list)
    for choice in choices:
        by_term[evidence.sought[choice.sought].term].append(choice)
    picks: dict[int, Pick] = {}
    missing: list[tuple[int, Ints]] = []
    for group in by_term.values():
        options = _vote(evidence, group)
        chosen = _with_pairs(evidence, _assign(evidence, options))
        picks.update(chosen)
        missing += _near(evidence, chosen)
    picks.update(_repair(evidence, picks, missing, weights))
    for group in by_term.values():
        mine = {choice.sought: picks[choice.sought] for choice in group if choice.sought in picks}
        picks.update(_with_added_words(evidence, mine))
    return picks


def dominant_key(picks: Iterable[Pick]) -> int | None:
    """Return the key with the largest expected number of places."""
    mass: defaultdict[int, float] = defaultdict(float)
    for pick in picks:
        mass[pick.key] += pick.p * pick.found
    return max(mass, key=mass.__getitem__) if mass else None


def _keys(evidence: Evidence, choice: Choice) -> list[int]:
    """Return the numbers of the content words of a choice's spans."""
    spans = evidence.spans[evidence.sought[choice.sought].unit]
    keys: list[int] = spans.key[choice.spans].tolist()
    return keys


def _vote(evidence: Evidence, group: Sequence[Choice]) -> list[_Option]:
    masses = []
    total: defaultdict[int, float] = defaultdict(float)
    for choice in group:
        mass: dict[int, float] = {}
        keys = _keys(evidence, choice)
        for key, value in zip(
            keys, settled(np.exp(choice.score) * choice.found).tolist(), strict=True
        ):
            mass[key] = max(value, mass.get(key, 0.0))
        masses.append(mass)
        for key, value in mass.items():
            total[key] += value
    others = max(len(group) - 1, 1)
    options = []
    for choice, mass in zip(group, masses, strict=True):
        opinion = np.array([(total[k] - mass[k]) / others for k in _keys(evidence, choice)])
        options.append(_Option(choice, settled(choice.score + VOTE * np.log(FLOOR + opinion))))
    return options


def _assign(evidence: Evidence, options: Sequence[_Option]) -> dict[int, Pick]:
    """Give each place its best span; two places of a unit get spans that do not overlap."""
    by_unit: defaultdict[int, list[_Option]] = defaultdict(list)
    for option in options:
        by_unit[evidence.sought[option.choice.sought].unit].append(option)
    picks = {}
    for unit, group in by_unit.items():
        spans = evidence.spans[unit]
        ranked = sorted(
            (
                (-float(score), option.choice.sought, n, option)
                for option in group
                for n, score in enumerate(option.score)
            ),
            key=lambda entry: entry[:3],
        )
        taken: list[tuple[int, int]] = []
        for _, number, n, option in ranked:
            span = int(option.choice.spans[n])
            a, b = int(spans.start[span]), int(spans.stop[span])
            if number in picks or any(a < stop and start < b for start, stop in taken):
                continue
            taken.append((a, b))
            e = np.exp(option.score - option.score.max())
            picks[number] = Pick(
                sought=number,
                span=span,
                key=int(spans.key[span]),
                p=float(settled(e[n] / e.sum())),
                found=float(option.choice.found[n]),
                near=False,
                row=option.choice.rows[n],
            )
    return picks


def _with_pairs(evidence: Evidence, picks: dict[int, Pick]) -> dict[int, Pick]:
    """Complete a pair of words whose first one was left out: science and | technology.

    One Chinese word may be two English ones with `and` between. The span is widened if
    a whole gloss of the dictionary joins the word before `and` to the term.
    """
    whole = {}
    for number, pick in picks.items():
        unit = evidence.sought[number].unit
        spans = evidence.spans[unit]
        flags = evidence.corpus.en_flags[slice(*evidence.corpus.en_first[unit : unit + 2])]
        first = int(spans.start[pick.span])
        longer = int(spans.left[pick.span])
        if longer >= 0 and spans.start[longer] == first - 2 and flags[first - 1] & AND:
            term, _, gloss, _ = evidence.link(number, first - 2)
            if term >= PAIR_LINK and gloss == 1.0:
                pick = replace(pick, span=longer, key=int(spans.key[longer]))  # noqa: PLW2901
        whole[number] = pick
    return whole


def _near(evidence: Evidence, picks: dict[int, Pick]) -> list[tuple[int, Ints]]:
    """Return spans one word off the dominant rendering, for the units that lack that one."""
    key = dominant_key(picks.values())
    model = next((pick for pick in picks.values() if pick.key == key), None)
    if model is None:
        return []
    words = content_words(evidence, model)
    if len(words) < 2:
        return []
    found = []
    for pick in picks.values():
        unit = evidence.sought[pick.sought].unit
        spans = evidence.spans[unit]
        if pick.key == key or bool((spans.key == key).any()):
            continue
        part = slice(*evidence.corpus.en_first[unit : unit + 2])
        near = one_word_off(
            spans.start,
            spans.stop,
            evidence.corpus.en_flags[part],
            evidence.corpus.en_word[part],
            words,
        )
        kept = [n for n, span in enumerate(near) if not _is_foreign(evidence, pick, span, words)]
        if kept:
            found.append((pick.sought, near[kept]))
    return found


def _is_foreign(evidence: Evidence, pick: Pick, span: int, words: Ints) -> bool:
    """Tell whether the odd word of a near span is no part of the rendering.

    It is not if it renders another Chinese word (`equity markets` beside 股票 is not what
    新兴市场 became), or if it is in small letters beside a name (`Shen admitted`).
    """
    unit = evidence.sought[pick.sought].unit
    spans = evidence.spans[unit]
    first = int(evidence.corpus.en_first[unit])
    inside = range(int(spans.start[span]), int(spans.stop[span]))
    flags = {n: int(evidence.corpus.en_flags[first + n]) for n in inside}
    content = [n for n in inside if not flags[n] & FUNCTION]
    odd = [n for n in content if evidence.corpus.en_word[first + n] not in words]
    named = all(flags[n] & CAPITAL for n in content if n not in odd)
    for place in odd:
        if named and not flags[place] & CAPITAL and len(odd) < len(content):
            return True
        _, other, gloss, rival = evidence.link(pick.sought, place)
        if other > FOREIGN_WORD and gloss < SOME_GLOSS < rival:
            return True
    return False


def content_words(evidence: Evidence, pick: Pick) -> Ints:
    """Return the numbers of the content words of a pick's span."""
    unit = evidence.sought[pick.sought].unit
    first = evidence.corpus.en_first[unit]
    spans = evidence.spans[unit]
    part = slice(first + spans.start[pick.span], first + spans.stop[pick.span])
    words: Ints = evidence.corpus.en_word[part]
    content: Ints = words[(evidence.corpus.en_flags[part] & FUNCTION) == 0]
    return content


def _repair(
    evidence: Evidence,
    picks: dict[int, Pick],
    missing: Sequence[tuple[int, Ints]],
    weights: TermWeights,
) -> dict[int, Pick]:
    """Let the near spans compete with what was picked."""
    repaired = {}
    for choice in describe_spans(evidence, missing, weights):
        old = picks[choice.sought]
        best = int(choice.found.argmax())
        span = int(choice.spans[best])
        found = float(choice.found[best])
        spans = evidence.spans[evidence.sought[choice.sought].unit]
        long = spans.stop[span] - spans.start[span] >= 3
        if found >= old.found - NEAR_MARGIN and (long or found >= NEAR_LEAST):
            repaired[choice.sought] = Pick(
                sought=choice.sought,
                span=span,
                key=int(spans.key[span]),
                p=max(old.p, 0.5) if span == old.span else 0.5,
                found=found,
                near=True,
                row=choice.rows[best],
            )
    return repaired


def _with_added_words(evidence: Evidence, picks: dict[int, Pick]) -> dict[int, Pick]:
    """Widen the dominant rendering by a word before it that no Chinese word accounts for.

    `written service records` for 服务记录 is an expansion if nothing in the sentence says
    `written`; the span that was picked would leave the word out.
    """
    key = dominant_key(picks.values())
    mine = [pick for pick in picks.values() if pick.key == key]
    if len(mine) < ADDED_LEAST:
        return {}
    widened = {}
    for pick in mine:
        unit = evidence.sought[pick.sought].unit
        spans = evidence.spans[unit]
        longer = int(spans.left[pick.span])
        first = int(spans.start[pick.span])
        if longer >= 0 and spans.start[longer] == first - 1 and _is_added(evidence, unit, first):
            widened[pick.sought] = replace(pick, span=longer, key=int(spans.key[longer]))
    return widened if 2 * len(widened) < len(mine) else {}


def _is_added(evidence: Evidence, unit: int, first: int) -> bool:
    """Tell whether the word before `first` belongs to it and comes from nothing in Chinese."""
    flags = evidence.corpus.en_flags[slice(*evidence.corpus.en_first[unit : unit + 2])]
    if flags[first] & (BREAK | COMMA | OPENED | CLOSED) or flags[first - 1] & (NUMBER | ADVERB):
        return False
    if first >= 2 and flags[first - 1] & CAPITAL and not flags[first] & CAPITAL:
        return False  # a name before it: Yunlan service records
    return evidence.reached(unit, first - 1) < ADDED_SHARE
