"""Score the located renderings against labels by hand.

    python scripts measure.spans ../shared --cache /tmp/places

For each genre of `helpers.judged` the models that see a span's surroundings are fitted on
the labels of the others; those that see a span by itself are taken as they ship. Printed
are the share of places whose words are exactly the reader's (bare of function words at the
edges), by input; the places out of line whose words are a wording that the reader listed,
by stems; how well the places without a rendering are told apart; and the share that is
right by stated probability.

    python scripts measure.spans ../shared/terms/word-alignment/nist02-150

scores the models that ship on sentences whose words were aligned by hand, each span as a
term that stands once (`helpers.aligned_words`).

    python scripts measure.spans ../shared --one hkma-2016

scores them on the renderings of a dictionary, with one document at hand at a time.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from aligner.encode.spans import SpanEncoder
from aligner.lexicon import load_lexicon
from aligner.span import Span
from aligner.terms.locate.association import associate
from aligner.terms.locate.pick import (
    assign,
    clipped,
    log_shares,
    pick_renderings,
    rendered_rows,
)
from aligner.terms.locate.score import ContextWeights, load_term_weights, locate
from aligner.terms.locate.span_evidence import Evidence, Sought
from aligner.terms.locate.unit_words import prepare
from fit._logistic import area
from fit.spans import described, fit, touches
from helpers.aligned_words import bare_span, read
from helpers.judged import GENRE_OF, GENRES, NOVELS, texts_of
from helpers.labelled_places import Label, LabelledInput, labelled

P_BANDS: Final = (0.0, 0.4, 0.6, 0.8, 0.9, 1.0)  # of a stated probability


@dataclass(frozen=True)
class Outcome:
    """What was located at a labelled place."""

    input: str
    label: Label
    p: float
    found: float
    exact: bool
    touched: bool  # shares a word with the reader's
    same_words: bool  # is right by its stems


def outcomes(one: LabelledInput, weights: ContextWeights) -> Iterator[Outcome]:
    """Yield what is located at the labelled places of an input."""
    log_p = log_shares(clipped(weights.context, one.pool.rows), one.pool.first)
    chosen = assign(one.sought, one.pool, log_p)
    logit = clipped(weights.rendered, rendered_rows(one.pool, log_p, chosen))
    found = dict(zip(chosen, (1 / (1 + np.exp(-logit))).tolist(), strict=True))
    for label in one.labels:
        row = chosen[label.place].row if label.place in chosen else -1
        words = label.words
        yield Outcome(
            input=one.name,
            label=label,
            p=float(np.exp(log_p[row])) if row >= 0 else 0.0,
            found=found.get(label.place, 0.0),
            exact=row >= 0 and one.bare[row] == words,
            touched=row >= 0 and words is not None and touches(one, row, words),
            same_words=row >= 0 and one.stems[row] in label.forms,
        )


def left_out(inputs: Sequence[LabelledInput]) -> Iterator[Outcome]:
    """Yield what is located in each genre by models fitted on the others."""
    for genre in GENRES:
        weights = fit([one for one in inputs if GENRE_OF[one.name] != genre])
        for one in inputs:
            if GENRE_OF[one.name] == genre:
                yield from outcomes(one, weights)


def report(found: Sequence[Outcome]) -> None:
    """Print the figures."""
    gold = [each for each in found if each.label.kind == "gold"]
    by_set: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in gold:
        for key in (_set(each.input), f"genre {GENRE_OF[each.input]}", "all"):
            by_set[key].append(each)
    print("| set | places | exact | same words |\n|---|---|---|---|")
    for key, mine in sorted(by_set.items()):
        exact, same = (
            np.mean([getattr(e, part) for e in mine]) for part in ("exact", "same_words")
        )
        print(f"| {key} | {len(mine)} | {exact:.3f} | {same:.3f} |")
    odd = [each.same_words for each in found if each.label.kind == "odd"]
    print(f"wording at odd places: {np.mean(odd):.3f} of {len(odd)}")
    asked = [each for each in found if each.label.kind in ("gold", "absent")]
    right = np.array([each.touched for each in asked])
    value = area(np.array([each.found for each in asked]), right)
    absent = np.array([each.label.kind == "absent" for each in asked])
    print(f"not rendered or another place: {(~right).sum()}, area under the curve {value:.3f}")
    kept = right | absent
    value = area(np.array([each.found for each in asked])[kept], right[kept])
    print(f"not rendered: {absent.sum()}, area under the curve {value:.3f}")
    _calibration("exact by p", [(each.p, each.exact) for each in gold])
    _calibration(
        "rendered by found", [(e.found, bool(r)) for e, r in zip(asked, right, strict=True)]
    )


def _set(name: str) -> str:
    return "mac" if name in NOVELS else name


def _calibration(what: str, pairs: Sequence[tuple[float, bool]]) -> None:
    shown = []
    for low, high in pairwise(P_BANDS):
        mine = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == 1.0]
        if mine:
            stated, true = np.mean(np.array(mine, dtype=np.float64), axis=0)
            shown.append(f"{stated:.2f} -> {true:.2f} ({len(mine)})")
    print(f"{what}: {', '.join(shown)}")


def one_at_hand(name: str, data: Path, weights: ContextWeights) -> None:
    """Print how many renderings of a dictionary are right, a document at hand at a time."""
    hits: list[bool] = []
    for bitext in texts_of(name, data):
        one = labelled(name, [bitext], data, load_term_weights().alone, terms=0)
        hits += [e.exact for e in outcomes(one, weights) if e.label.kind == "dictionary"]
    print(f"{name}, one document at hand: {np.mean(hits):.4f} of {len(hits)}", flush=True)


def by_hand(stem: Path, *, spans: int, seed: int) -> None:
    """Score the models that ship on sentences whose words were aligned by hand."""
    pairs = list(read(stem))
    gold = [(n, *found) for n, (_, listed) in enumerate(pairs) for found in listed]
    random = np.random.default_rng(seed)
    drawn = sorted(random.permutation(len(gold))[:spans].tolist())
    encoder, weights = SpanEncoder(), load_term_weights()
    corpus = prepare([unit for unit, _ in pairs])
    sought = [Sought(k, gold[g][0], gold[g][1]) for k, g in enumerate(drawn)]
    evidence = Evidence(corpus, associate(corpus, encoder, load_lexicon()), encoder, sought)
    right = overlap = 0.0
    bare_right = 0
    picks = pick_renderings(evidence, locate(evidence, weights.alone), weights.around)
    for number, pick in picks.items():
        unit, _, wanted = gold[drawn[number]]
        listed, english = evidence.spans[unit], corpus.english[unit]
        begin, end = listed.start[pick.span], listed.stop[pick.span] - 1
        found = Span(int(english.start[begin]), int(english.stop[end]))
        right += found == wanted
        text = pairs[unit][0].tgt
        bare_right += bare_span(text, found) == bare_span(text, wanted)
        shared = max(0, min(found.stop, wanted.stop) - max(found.start, wanted.start))
        overlap += 2 * shared / (found.size + wanted.size)
    n = len(drawn)
    print(f"{n} of {len(gold)} spans: exactly right {right / n:.3f}, overlap {overlap / n:.3f}")
    print(f"without articles and function words at the edges: {bare_right / n:.3f}")


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/, or a stem")
    parser.add_argument("--cache", type=Path, help="described places, see fit.spans")
    parser.add_argument("--one", nargs="*", help="inputs to take a document at a time")
    parser.add_argument("--spans", type=int, default=600, help="how many are drawn of a stem")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not args.data.is_dir():
        by_hand(args.data, spans=args.spans, seed=args.seed)
        return
    inputs = described(args.data, args.cache)
    if not args.one:
        report(list(left_out(inputs)))
        return
    for name in args.one:
        rest = [one for one in inputs if GENRE_OF[one.name] != GENRE_OF[name]]
        one_at_hand(name, args.data, fit(rest))


if __name__ == "__main__":
    main()
