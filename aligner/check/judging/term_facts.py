"""What is the same for all suspicions of one term, counted once.

A term that stands thousands of times may have as many suspicions; each of them asks how
its dominant rendering does on the mean.

Cost: linear in the places of the term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.lexicon.words import word_shares
from aligner.terms.located import Grouped, Seen, WordBeside
from aligner.wording.content_words import content_key


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Means over the places of the dominant rendering, and counts of all renderings."""

    places: int  # with a rendering
    lone: int  # renderings with one place
    found: float
    p: float
    wording: float
    before_free: float
    after_free: float
    inside: float
    crosses: float
    rivals: Mapping[tuple[str, ...], float]  # P(another wording), by its content words
    words: int  # of the term
    commonness: float  # mean logarithm of their shares in Chinese texts at large

    def rival(self, text: str) -> float:
        """Return the mean probability of another wording at the dominant places."""
        return self.rivals.get(content_key(text), 0.0)


def term_facts(term: Grouped) -> TermFacts:
    """Count a term with at least one rendering."""
    sizes = [len(group.places) for group in term.groups]
    usual = term.groups[0].places
    shares = word_shares(term.wanted.text)
    rivals: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for seen in usual:
        for key, p in _rivals(seen).items():
            rivals[key] += p
    return TermFacts(
        places=sum(sizes),
        lone=sizes.count(1),
        found=mean(each.found for each in usual),
        p=mean(each.p for each in usual),
        wording=mean(each.wording for each in usual),
        before_free=mean(free(each.before) for each in usual),
        after_free=mean(free(each.after) for each in usual),
        inside=mean(float(bool(each.place.inside)) for each in usual),
        crosses=mean(float(each.place.crosses) for each in usual),
        rivals={key: p / len(usual) for key, p in rivals.items()},
        words=len(shares),
        commonness=mean(shares),
    )


def _rivals(seen: Seen) -> Mapping[tuple[str, ...], float]:
    """Return the probabilities of the other wordings of a place, by their content words."""
    found: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for rival in seen.rivals:
        found[content_key(rival.text)] += rival.p
    return found


def share_of(seen: Seen, text: str) -> float:
    """Return P(a wording) at a place where another one was picked."""
    return _rivals(seen).get(content_key(text), 0.0) if seen.rivals else 0.0


def free(beside: WordBeside | None) -> float:
    """Return how free a word beside a rendering is, 0 without one."""
    return beside.free if beside else 0.0


def mean(values: Iterable[float]) -> float:
    """Return the mean of some numbers, 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
