"""Bring the renderings of a term's places together, and name how they differ.

Two renderings are one if their content words and their prepositions are the same in
normal form (`content_words.group_key`). The dominant one has the largest expected number
of places; the others are compared with it (`difference`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from aligner.terms.located import Grouped, RenderingGroup, Seen
from aligner.terms.wanted import Wanted
from aligner.wording.content_words import group_key
from aligner.wording.difference import compare_once


def group(wanted: Wanted, seen: Sequence[Seen], announced: tuple[str, ...]) -> Grouped:
    """Bring a term's renderings together.

    Args:
        wanted: The term.
        seen: What was picked for each of its places, in order.
        announced: Short forms that the English texts announce, sorted.
    """
    by_key: defaultdict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for each in seen:
        if each.rendered:
            by_key[group_key(each.text)].append(each)
    masses = {key: sum(each.p * each.found for each in places) for key, places in by_key.items()}
    ranked = sorted(by_key, key=lambda key: (-masses[key], by_key[key][0].place))
    groups: list[RenderingGroup] = []
    for key in ranked:
        text = commonest(by_key[key])
        first = groups[0].text if groups else text
        groups.append(
            RenderingGroup(
                text=text,
                comparison=compare_once(first, text, announced=announced),
                places=tuple(by_key[key]),
                mass=masses[key],
            )
        )
    return Grouped(wanted, tuple(groups), tuple(e for e in seen if not e.rendered))


def commonest(places: Sequence[Seen]) -> str:
    """Return the surface form that most places have, the first one among equals."""
    return Counter(each.text for each in places).most_common(1)[0][0]
