"""Measure the candidates: how many of the terms that readers listed are among them.

    python scripts measure.candidates ../shared

For each set, with models that saw no text of its genre: of the readers' terms that stand
at least twice (all verdicts but what a product showed first), the share that are
candidates; and the number of candidates. Takes about five minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from aligner.terms.candidates.choose import candidate_spots
from aligner.terms.candidates.termhood import CandidateWeights
from fit.candidates import BUDGET, FLOOR
from helpers.candidates_gold import describe_input, fit_both, label_inputs
from helpers.judged import GENRES, INPUTS, folder_of

Terms = dict[str, tuple[str, bool]]  # a reader's term: the verdict, whether it is a candidate


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--budget", type=float, default=BUDGET)
    parser.add_argument("--floor", type=float, default=FLOOR)
    args = parser.parse_args()
    inputs = {name: describe_input(name, args.data) for name in INPUTS}
    labels = label_inputs(inputs, args.data)
    found: dict[str, Terms] = {}
    counts: dict[str, int] = {}
    for genre, names in GENRES.items():
        models = fit_both(inputs, labels, [other for other in GENRES if other != genre])
        weights = CandidateWeights(*models, budget=args.budget, floor=args.floor)
        for name in names:
            each = inputs[name]
            kept, _ = candidate_spots(each.words, each.runs, each.company, each.marks, weights)
            counts[name] = len(kept)
            found[name] = {
                term: (verdict, term in kept) for term, verdict in labels[name].listed.items()
            }
    _table(found, counts)


def _table(found: dict[str, Terms], counts: dict[str, int]) -> None:
    print("set | candidates | all | must, should | two characters | with Latin")
    for row in sorted({folder_of(name) for name in found}):
        names = [name for name in found if folder_of(name) == row]
        print(_row(row, [found[n] for n in names], sum(counts[n] for n in names)))
    print(_row("all", found.values(), sum(counts.values())))


def _row(title: str, terms: Iterable[Terms], count: int) -> str:
    rows = [(term, *each) for found in terms for term, each in found.items()]
    shares = (
        _share(is_in for _, _, is_in in rows),
        _share(is_in for _, verdict, is_in in rows if verdict in {"must", "should"}),
        _share(is_in for term, _, is_in in rows if len(term) == 2),
        _share(is_in for term, _, is_in in rows if any(map(_is_latin, term))),
    )
    return " | ".join([title, str(count), *shares])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _share(hits: Iterable[bool]) -> str:
    known = list(hits)
    return f"{sum(known)}/{len(known)} {sum(known) / max(len(known), 1):.3f}"


if __name__ == "__main__":
    main()
