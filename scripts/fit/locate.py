"""Fit the models that locate a term's rendering, and measure them.

    python scripts fit.locate ../shared -o aligner/data/weights-terms.json

Data: `gold/hkma-dev` and `terms/hkma-2015-2019.tsv` below the folder. Every place is
described twice: with one document at hand and with all. Folds are years, so that a
report is judged by weights that did not see it (standing paragraphs that are repeated
from year to year remain).

Without -o only the measurement is made. Takes about ten minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner import __version__
from aligner.bitext import Bitext
from aligner.encode.spans import SpanEncoder
from aligner.fitted import Fitted, Linear, dump, sources
from aligner.lexicon import load_lexicon
from aligner.terms.locate._span_features import LINK_WIDTH as SPAN_WIDTH
from aligner.terms.locate.association import associate
from aligner.terms.locate.score import FOUND_NAMES, KEPT, SPANS_DECLARED, found_rows, shortlist
from aligner.terms.locate.span_evidence import EVIDENCE_WIDTH, QUICK_WIDTH, Evidence, Sought
from aligner.terms.locate.unit_words import prepare
from fit._logistic import Floats, area, fit_choice, fit_logistic
from helpers.terms_gold import (
    bitexts,
    both_sided,
    gold_places,
    read_dictionary,
    without_rendering,
)

COUNTS = slice(SPAN_WIDTH, QUICK_WIDTH)  # columns of the counts over the input
NEW_WEIGHT = 0.5  # of a right span taken as one that stands nowhere else


@cache
def encoder() -> SpanEncoder:
    """Return the encoder of spans, loaded once."""
    return SpanEncoder()


@dataclass
class Item:
    """One gold place, described."""

    year: str
    context: str  # "one" or "all" documents at hand
    count: int  # places of the term in the context
    gold: int  # the right span's place in the unit's list, -1 if it is none of them
    key: int  # number of the right span's content words
    absent: bool  # the rendering was cut out
    quick: Floats  # all spans of the unit
    spans: NDArray[np.int32]  # those that got vectors
    rows: Floats


def describe(  # noqa: PLR0913 - each is said by name
    documents: Sequence[Bitext],
    dictionary: dict[str, frozenset[str]],
    args: argparse.Namespace,
    *,
    quick: Linear | None,
    context: str,
    absent: bool,
) -> Iterator[Item]:
    """Describe the gold places of some documents at hand together."""
    found = [unit for bitext in documents for unit in both_sided(bitext)]
    gold = gold_places(found, dictionary)
    if absent:
        found, wanted = without_rendering(found, gold, share=0.35, seed=args.seed)
    else:
        wanted = gold[:: args.every]
    counts = Counter(place.term for place in gold)
    corpus = prepare(found)
    association = associate(corpus, encoder(), load_lexicon())
    terms = {term: n for n, term in enumerate(sorted(counts))}
    # The statistics of a term need all of its places, gold or not.
    sought = [Sought(terms[place.term], place.unit, place.src) for place in wanted]
    others = [Sought(terms[place.term], place.unit, place.src) for place in gold]
    evidence = Evidence(corpus, association, encoder(), sought + others)
    kept: list[tuple[int, NDArray[np.int32], NDArray[np.float32]]] = []
    for number in range(len(wanted)):
        rows = evidence.quick(number)
        if quick is None:
            kept.append((number, np.zeros(0, np.int32), rows))
        else:
            kept.append(shortlist(evidence, number, quick))
    full = (
        {}
        if quick is None
        else {each.sought: each for each in evidence.full([k for k in kept if len(k[1])])}
    )
    for number, place in enumerate(wanted):
        spans, english = evidence.spans[place.unit], corpus.english[place.unit]
        hit = (english.start[spans.start] == place.tgt.start) & (
            english.stop[spans.stop - 1] == place.tgt.stop
        )
        right = int(hit.argmax()) if hit.any() and not absent else -1
        yield Item(
            year=found[place.unit].doc[:4],
            context=context,
            count=counts[place.term],
            gold=right,
            key=int(spans.key[right]) if right >= 0 else 0,
            absent=absent,
            quick=kept[number][2] if quick is None else np.zeros((0, QUICK_WIDTH), np.float32),
            spans=kept[number][1],
            rows=full[number].rows if number in full else np.zeros((0, EVIDENCE_WIDTH), np.float32),
        )


def items_of(
    documents: Sequence[Bitext],
    dictionary: dict[str, frozenset[str]],
    args: argparse.Namespace,
    *,
    quick: Linear | None = None,
    absent: bool = False,
) -> list[Item]:
    """Describe every gold place with all documents at hand and with its own only."""
    items = list(describe(documents, dictionary, args, quick=quick, context="all", absent=absent))
    for bitext in documents:
        items += describe([bitext], dictionary, args, quick=quick, context="one", absent=absent)
    return items


def fit_quick(items: Sequence[Item]) -> Linear:
    """Fit the model without vectors."""
    known = [item for item in items if item.gold >= 0]
    return fit_choice([i.quick for i in known], [i.gold for i in known], l2=10)


def fit_full(items: Sequence[Item]) -> Linear:
    """Fit the model that decides."""
    known = [(i, np.flatnonzero(i.spans == i.gold)) for i in items if i.gold >= 0]
    kept = [(i, int(at[0])) for i, at in known if len(at)]
    return fit_choice([i.rows for i, _ in kept], [at for _, at in kept], l2=10)


def best_rows(items: Sequence[Item], full: Linear) -> Floats:
    """Return the row of the best span of each item, as the last model sees it."""
    best = np.zeros((len(items), len(FOUND_NAMES)), dtype=np.float32)
    for number, item in enumerate(items):
        score = full(item.rows)
        best[number] = _found_rows(item.rows, score)[int(score.argmax())]
    return best


def _found_rows(rows: Floats, score: NDArray[np.float64]) -> Floats:
    """Return the rows of one place, as the last model sees them."""
    return found_rows(rows, score, np.array([0, len(rows)], dtype=np.int64))


def new_rows(items: Sequence[Item], full: Linear) -> Floats:
    """Return the rows of right spans as they would be if they stood nowhere else.

    A dictionary's renderings mostly recur; a paraphrase does not, and is a rendering too.
    """
    found = []
    for item in items:
        at = np.flatnonzero(item.spans == item.gold)
        if item.gold >= 0 and len(at):
            rows = item.rows.copy()
            rows[at[0], COUNTS] = 0.0
            found.append(_found_rows(rows, full(rows))[at[0]])
    return np.stack(found)


def fit_found(items: Sequence[Item], full: Linear) -> Linear:
    """Fit whether there is a rendering at all."""
    used = [item for item in items if len(item.rows)]
    best, new = best_rows(used, full), new_rows(used, full)
    label = np.array([not i.absent for i in used] + [True] * len(new))
    weight = np.concatenate([np.ones(len(best)), np.full(len(new), NEW_WEIGHT)])
    return fit_logistic(np.concatenate([best, new]), label, weight, l2=10)


def measure(items: Sequence[Item]) -> None:
    """Fit without each year in turn, and print what that year gives."""
    right: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    scores: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for year in sorted({item.year for item in items}):
        rest = [i for i in items if i.year != year]
        mine = [i for i in items if i.year == year]
        full = fit_full(rest)
        found = fit_found(rest, full)
        for item in mine:
            best = int(item.spans[int(full(item.rows).argmax())]) if len(item.rows) else -2
            if not item.absent:
                band = "1" if item.count == 1 else "2-3" if item.count < 4 else "4+"
                for key in ("any", band):
                    right[item.context, key].append(best == item.gold)
        used = [i for i in mine if len(i.rows)]
        for item, p in zip(used, found(best_rows(used, full)), strict=True):
            scores[item.context].append((float(p), not item.absent))
    print("| at hand | places of the term | items | span exactly right |\n|---|---|---|---|")
    for (context, band), hits in sorted(right.items()):
        print(f"| {context} | {band} | {len(hits)} | {np.mean(hits):.4f} |")
    for context, pairs in sorted(scores.items()):
        value = area(np.array([p for p, _ in pairs]), np.array([yes for _, yes in pairs]))
        print(f"rendered at all, {context} at hand: area under the curve {value:.4f}")


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("-o", "--out", type=Path, help="write the weights here")
    parser.add_argument("--every", type=int, default=3, help="take one of so many gold places")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    dictionary = read_dictionary(args.data / "terms" / "hkma-2015-2019.tsv")
    documents = list(bitexts(args.data / "gold" / "hkma-dev"))
    quick = fit_quick(items_of(documents, dictionary, args))
    print("quick model fitted", flush=True)
    items = items_of(documents, dictionary, args, quick=quick)
    items += items_of(documents, dictionary, args, quick=quick, absent=True)
    measure(items)
    if args.out:
        full = fit_full(items)
        gold, terms = args.data / "gold" / "hkma-dev", args.data / "terms" / "hkma-2015-2019.tsv"
        provenance = {
            "script": "scripts/fit/locate.py",
            "version": __version__,
            "data": {"hkma-dev": sources(gold.iterdir()), terms.name: sources([terms])},
            "items": dict(Counter(f"{i.context}, absent={i.absent}" for i in items)),
            "settings": {"every": args.every, "seed": args.seed, "kept": KEPT},
        }
        models = {"quick": quick, "full": full, "found": fit_found(items, full)}
        fitted = Fitted(SPANS_DECLARED, models, provenance=provenance)
        args.out.write_text(dump(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
