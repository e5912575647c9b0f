"""Bring the renderings of a term's places together, and name how they differ.

Two renderings are one if their content words and their prepositions are the same in
normal form (`content_words.group_key`). The dominant one has the largest expected number
of places; the others are compared with it (`difference`).

The dominant rendering is the measure of all others, so not every place may set it. A place
inside a longer compound has that compound's rendering: 最不发达国家 says nothing of 发达国家.
And a name whose words come rather from other words of their sentences is another term's.
Both count only if there is nothing else, the places in compounds also if what stands free is
a single place: that is no measure against many.

Where places do not decide, as many having the one wording as the other, words do. If the two
differ in one word, the one whose word is commoner in the texts is the measure: the other is
likelier to be the slip.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aligner.terms.located import Grouped, RenderingGroup, Seen
from aligner.terms.wanted import Wanted
from aligner.wording.content_words import group_key
from aligner.wording.difference import compare_once

# A place at whose edge a word goes on is often, but not always, that of a longer compound:
# 国际金融|中心 has the rendering of 国际金融. Three of them count as one that stands free.
CROSSING: Final = 0.3
INSIDE: Final = 0.2  # the same of a place inside a longer compound
STANDS_FREE: Final = 1.5  # expected places: more than one that is sure
EQUAL: Final = 0.5  # share of the first one's expected places, with as many places
OTHERS: Final = 0.25  # by how much P(from another word) exceeds P(from the term): clearly


_Groups = Mapping[tuple[str, ...], Sequence[Seen]]


def group(
    wanted: Wanted,
    seen: Sequence[Seen],
    announced: tuple[str, ...],
    common: Mapping[str, int] = MappingProxyType({}),
) -> Grouped:
    """Bring a term's renderings together.

    Args:
        wanted: The term.
        seen: What was picked for each of its places, in order.
        announced: Short forms that the English texts announce, sorted.
        common: How many units have a content word.
    """
    by_key: defaultdict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for each in seen:
        if each.rendered:
            by_key[group_key(each.text)].append(each)
    masses = {key: sum(each.p * each.found for each in places) for key, places in by_key.items()}
    ranked = sorted(by_key, key=lambda key: (-masses[key], by_key[key][0].place))
    first = _measure(by_key, ranked, common)
    ranked.sort(key=lambda key: key != first)
    groups: list[RenderingGroup] = []
    for key in ranked:
        text = commonest(by_key[key])
        dominant = groups[0].text if groups else text
        groups.append(
            RenderingGroup(
                text=text,
                comparison=compare_once(dominant, text, announced=announced),
                places=tuple(by_key[key]),
                mass=masses[key],
            )
        )
    return Grouped(wanted, tuple(groups), tuple(e for e in seen if not e.rendered))


def _measure(
    by_key: _Groups, ranked: Sequence[tuple[str, ...]], common: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the rendering by which the others are measured."""
    free = {key: _as_measure(by_key[key], 0.0) for key in ranked}
    thin = max(free.values(), default=0.0) < STANDS_FREE
    masses = {key: _as_measure(by_key[key], INSIDE) for key in ranked} if thin else free
    first = max(ranked, key=masses.__getitem__, default=())
    for key in ranked:
        more = len(by_key[key]) - len(by_key[first])
        rivals = more >= 0 if thin else more == 0 and masses[key] >= EQUAL * masses[first]
        if rivals and masses[key] and _is_commoner(key, first, common):
            first = key
    return first


def _is_commoner(one: Sequence[str], other: Sequence[str], common: Mapping[str, int]) -> bool:
    """Tell whether two renderings differ in one word, and that of the first is commoner.

    Where more differs, one of them may be no rendering, and of words that are common.
    """
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    if len(one) != len(other) or len(one) < 2 or len(mine) != 1 or len(theirs) != 1:
        return False
    return common.get(mine[0], 0) > common.get(theirs[0], 0)


def _as_measure(places: Sequence[Seen], inside: float) -> float:
    """Return the expected number of places that make a rendering the dominant one."""
    if is_borrowed(places):
        return 0.0
    return sum(each.p * each.found * _weight(each, inside) for each in places)


def _weight(seen: Seen, inside: float) -> float:
    if seen.place.inside:
        return inside
    return CROSSING if seen.place.crosses else 1.0


def is_borrowed(places: Sequence[Seen]) -> bool:
    """Tell whether a rendering is a name that other words of its sentences account for.

    Acronyms are left out: their links are weak, since they are no word's translation.
    """
    linked = [seen for seen in places if seen.links]
    words = linked[0].text.split() if linked else []
    if not words or not all(word.istitle() for word in words):
        return False
    best = [max(link.term - link.other for link in seen.links) for seen in linked]
    return sum(best) < -OTHERS * len(best)


def commonest(places: Sequence[Seen]) -> str:
    """Return the surface form that most places have.

    The first words of a sentence say nothing of capitals, so they count only if there are
    no others. Of forms with as many places it is the one with fewest capitals, which can
    stand in any sentence; then the first.
    """
    within = [each.text for each in places if each.span and each.span.start > 0]
    counts = Counter(within or [each.text for each in places])
    return max(counts, key=lambda text: (counts[text], -sum(map(str.isupper, text))))
