"""Score runs of words by how much they look like a term.

Cohesion is the pointwise mutual information of the words (K. Church and P. Hanks, "Word
Association Norms, Mutual Information, and Lexicography", Computational Linguistics 16(1),
1990, https://aclanthology.org/J90-1003), as bits for each joint. Freedom on a side is the
entropy of the neighbouring words, in bits: a run that always stands in the same longer
one has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from aligner.terms.candidates import word_lists
from aligner.terms.candidates.chunks import Cut, Token

MOST_RUN_WORDS = 7
SHORTEST_RUN = 3  # characters, unless the text marks the run as a name
LONGEST_RUN = 24  # characters, unless it is a title
LEAST_SCORE = 1.0

# Found on the development data: about 75 candidates in 84 sentences of reports.
_OFFSET = 0.8
_MOST_COHESION = 8.0  # bits; single words, which are wholly coherent, have this
_MOST_FREEDOM = 2.0  # bits
_BONUS_END = 0.8  # for an end that names a plan, place or body


class Scored(NamedTuple):
    """A run that may be a term."""

    score: float
    head: str  # the last word


@dataclass(slots=True)
class _Run:
    """What stands around a run of words."""

    words: tuple[Token, ...]
    left: Counter[str] = field(default_factory=Counter)  # neighbours, without marks
    right: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def add(self, chunk: tuple[Token, ...], first: int, last: int) -> None:
        self.count += 1
        if first:
            self.left[chunk[first - 1].text] += 1
        if last < len(chunk):
            self.right[chunk[last].text] += 1


def score_runs(cuts: Sequence[Cut], *, min_count: int) -> dict[str, Scored]:
    """Return the runs that may be terms, by their text, with scores of at least 1.

    The cost is linear in the text: at most seven runs begin at a word.
    """
    words = Counter(token.text for cut in cuts for chunk in cut.chunks for token in chunk)
    total = words.total()
    scored = {}
    for text, run in _runs(cuts, min_count).items():
        if _is_nominal(run.words) and _is_named(run):
            score = _score(text, run, words, total)
            if score >= LEAST_SCORE:
                scored[text] = Scored(score, run.words[-1].text)
    return scored


def _runs(cuts: Sequence[Cut], min_count: int) -> dict[str, _Run]:
    """Return the runs that stand often enough, counted first so that few are kept."""
    counts = Counter(text for cut in cuts for text, *_ in _spans(cut))
    runs: dict[str, _Run] = {}
    for cut in cuts:
        for text, chunk, first, last in _spans(cut):
            if counts[text] >= min_count:
                run = runs.get(text) or runs.setdefault(text, _Run(chunk[first:last]))
                run.add(chunk, first, last)
    return runs


def _spans(cut: Cut) -> Iterator[tuple[str, tuple[Token, ...], int, int]]:
    """Yield the runs of words that open and close as a term may."""
    whole = cut.shadow.text
    for chunk in cut.chunks:
        for first, token in enumerate(chunk):
            if not token.role.first:
                continue
            for last in range(first, min(first + MOST_RUN_WORDS, len(chunk))):
                other = chunk[last]
                if other.stop - token.start > LONGEST_RUN:
                    break
                if other.role.last and other.stop - token.start >= SHORTEST_RUN:
                    yield whole[token.start : other.stop], chunk, first, last + 1
                if last > first and not other.role.inner:
                    break


def _is_nominal(words: tuple[Token, ...]) -> bool:
    """Whether words that are possible each in its place can be a term together."""
    texts = [token.text for token in words]
    head = texts[-1][2:] if len(texts[-1]) == 4 else texts[-1]  # 管理水平 is one word
    if head.isascii() or head in word_lists.EMPTY:
        return False
    if all(text in word_lists.GENERIC for text in texts):
        return len(texts) > 1 and not any(text in word_lists.EMPTY for text in texts)
    if words[-1].role.place and any(token.role.verb for token in words):
        return False
    return len(texts) == 1 or texts[0] not in word_lists.VERBAL or len(texts) == 2


def _is_named(run: _Run) -> bool:
    """Whether a run that opens with a verb stands where only a name can stand."""
    first = run.words[0].role
    if len(run.words) == 1 or not (first.verb or first.act):
        return not first.verb
    verb = sum(n for word, n in run.left.items() if word in word_lists.VERB_FOLLOWS)
    name = sum(
        n
        for word, n in run.left.items()
        if word in word_lists.NAME_FOLLOWS
        or (word in word_lists.PLAIN_VERBS and word not in word_lists.VERB_FOLLOWS)
    )
    # A name, not an object, has a verb of its own behind it: 认可机构应当.
    name += sum(
        n
        for word, n in run.right.items()
        if word in word_lists.VERB_FOLLOWS or word in word_lists.PLAIN_VERBS or word == "在"
    )
    return name > verb or (name == verb and not first.verb)


def _score(text: str, run: _Run, words: Counter[str], total: int) -> float:
    return (
        log2(1 + run.count)
        + 0.15 * _cohesion(run, words, total)
        + 0.4 * _freedom(run.left, run.count)
        + 0.4 * _freedom(run.right, run.count)
        + _BONUS_END * text.endswith(word_lists.NAMING_ENDS)
        - sum(token.role.cost for token in run.words)
        - _OFFSET
    )


def _cohesion(run: _Run, words: Counter[str], total: int) -> float:
    """Return the mutual information of the words, in bits for each joint, 8 at most."""
    joints = len(run.words) - 1
    if not joints:
        return _MOST_COHESION
    chance = sum(log2(words[token.text] / total) for token in run.words)
    return min((log2(run.count / total) - chance) / joints, _MOST_COHESION)


def _freedom(neighbours: Counter[str], count: int) -> float:
    """Return the entropy of the neighbours, in bits, 2 at most; every mark is a new one."""
    marks = count - neighbours.total()
    bits = -sum(n / count * log2(n / count) for n in neighbours.values())
    return min(bits + marks / count * log2(count), _MOST_FREEDOM)
