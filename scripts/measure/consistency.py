"""Compare the figure of consistency with the official one of the WMT 2025 terminology task.

    python scripts measure.consistency ../shared [--years 2016 2018] [--slips 0 30 80] [--seed 1]

Texts: yearly reports with more and more planted slips (`helpers.slips`). Theirs is computed
from places that are known: a term of the dictionary and the words that stand for it, found
by matching strings, or planted there. Ours is computed from what the look at terms picks
for the same places, and for all places of the same terms. Printed: both figures of every
copy, Pearson's r over the copies, and r over the terms of all copies.

Takes about half a minute a copy on one core.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from aligner.bitext import Bitext
from aligner.check.shown import commonest_share, consistency
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.look import look
from aligner.wording.content_words import group_key
from helpers.judged import texts_of
from helpers.slips import Slip, plant
from helpers.terms_gold import both_sided, gold_places, read_dictionary

Place = tuple[str, int, Span]  # document, bead, place in the Chinese document's text
LEAST: int = 2  # places of a term


def known_places(
    texts: Sequence[Bitext], slips: Sequence[Slip], dictionary: dict[str, frozenset[str]]
) -> dict[str, dict[Place, str]]:
    """Return the rendering of every place that is known, by term."""
    units = [unit for bitext in texts for unit in both_sided(bitext)]
    found: defaultdict[str, dict[Place, str]] = defaultdict(dict)
    for each in gold_places(units, dictionary):
        unit = units[each.unit]
        place = (unit.doc, unit.bead, unit.src_span(each.src))
        found[each.term][place] = unit.tgt[slice(*each.tgt)]
    for slip in slips:
        found[slip.term][slip.doc, slip.bead, slip.src_span] = slip.new
    return {term: places for term, places in found.items() if len(places) >= LEAST}


def share(renderings: Iterable[Iterable[str]]) -> float:
    """Return the official figure of the renderings of each term's places."""
    common = total = 0
    for each in renderings:
        counts = Counter(group_key(text) for text in each)
        common += max(counts.values(), default=0)
        total += counts.total()
    return common / total if total else 1.0


def measure(
    texts: Sequence[Bitext], slips: Sequence[Slip], dictionary: dict[str, frozenset[str]]
) -> tuple[dict[str, float], list[tuple[float, float]]]:
    """Return the figures of a text, and for each term theirs and ours."""
    known = known_places(texts, slips, dictionary)
    entries = tuple(Entry(term, (Target("x"),)) for term in sorted(known))
    looked = look(texts, glossary=Glossary(entries), candidates=False, progress=lambda _: None)
    mine: dict[str, list[str]] = {}
    theirs: dict[str, list[str]] = {}
    for term in looked.terms:
        key = shadow(term.wanted.text).text
        if key not in known:
            continue
        picked = {}
        for seen in [s for group in term.groups for s in group.places] + list(term.unrendered):
            unit = looked.units[seen.place.unit]
            place = (unit.doc, unit.bead, unit.src_span(seen.place.span))
            picked[place] = seen.text if seen.rendered else "\N{WHITE SQUARE}"
        both = sorted(place for place in known[key] if place in picked)
        if len(both) >= LEAST:
            mine[key] = [picked[place] for place in both]
            theirs[key] = [known[key][place] for place in both]
    figures = {
        "official": share(theirs.values()),
        "ours, same places": share(mine.values()),
        "ours, all places": commonest_share(looked.terms),
        "Herfindahl": _weighted(
            [(consistency(t.groups), len(t.wanted.places)) for t in looked.terms]
        ),
    }
    return figures, [(share([theirs[key]]), share([mine[key]])) for key in sorted(mine)]


def _weighted(values: Sequence[tuple[float, int]]) -> float:
    counted = [(value, n) for value, n in values if n >= LEAST]
    return sum(v * n for v, n in counted) / max(1, sum(n for _, n in counted))


def parse_args() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, metavar="FOLDER", help="has gold and terms")
    parser.add_argument("--years", nargs="+", default=["2016", "2018"], metavar="YEAR")
    parser.add_argument("--slips", nargs="+", type=int, default=[0, 30, 80], metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    """Measure all copies; return the exit status."""
    args = parse_args()
    dictionary = read_dictionary(args.shared / "terms" / "hkma-2015-2019.tsv")
    copies: list[dict[str, float]] = []
    by_term: list[tuple[float, float]] = []
    for year in args.years:
        clean = texts_of(f"hkma-{year}", args.shared)
        for terms in args.slips:
            texts, slips = plant(clean, dictionary, terms=terms, seed=args.seed)
            figures, terms_of = measure(texts, slips, dictionary)
            copies.append(figures)
            by_term += terms_of
            line = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
            print(f"hkma-{year}, {len(slips)} slips, {len(terms_of)} terms: {line}", flush=True)
    table = np.array([list(each.values()) for each in copies])
    for number, name in enumerate(list(copies[0])[1:], start=1):
        r = np.corrcoef(table[:, 0], table[:, number])[0, 1]
        print(f"r over {len(table)} copies, {name}: {r:.3f}")
    print(f"r over {len(by_term)} terms: {np.corrcoef(np.array(by_term).T)[0, 1]:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
