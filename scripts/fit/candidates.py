"""Fit the models that tell terms among repeated runs of words.

    python scripts fit.candidates ../shared -o aligner/data/weights-candidates.json
    python scripts fit.candidates ../shared -o FOLDER --without each

Positive are what readers listed, what they judged a term in findings, and with less weight
the entries of glossaries; negative all other repeated runs, with more weight what readers
called a fragment or no term. Figures out of genre: scripts/measure/candidates.py.

With --without each, FOLDER/GENRE/weights-candidates.json gets the weights that saw nothing
of a genre, for `measure.warnings --weights FOLDER`. Takes about three minutes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from aligner import __version__
from aligner.fitted import Fitted, dump, sources
from aligner.terms.candidates.termhood import CANDIDATES_DECLARED
from helpers.candidates_gold import (
    GLOSSARY_WEIGHT,
    L2,
    L2_NESTING,
    UNKNOWN_WEIGHT,
    WRONG_WEIGHT,
    describe_input,
    fit_both,
    label_inputs,
)
from helpers.judged import GENRES, INPUTS, LABELS

# Chosen on all genres: one and a half times as many candidates as hand-made lists gave, pieces
# of longer ones left out.
BUDGET: Final = 0.178
FLOOR: Final = -4.5


def main() -> None:
    """Fit the models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--without", choices=("none", "each"), default="none")
    args = parser.parse_args()
    inputs = {name: describe_input(name, args.data) for name in INPUTS}
    labels = label_inputs(inputs, args.data)
    for genre in GENRES if args.without == "each" else ("",):
        used = [other for other in GENRES if other != genre]
        company, nesting = fit_both(inputs, labels, used)
        fitted = Fitted(
            CANDIDATES_DECLARED,
            {"company": company, "nesting": nesting},
            {"budget": BUDGET, "floor": FLOOR},
            {
                "script": "scripts/fit/candidates.py",
                "version": __version__,
                "data": {
                    "terms/judged": sources((args.data / "terms" / "judged").iterdir()),
                    "labels": sources(LABELS.iterdir()),
                },
                "items": {"runs": sum(len(labels[name].weight) for name in INPUTS)},
                "settings": {
                    "genres": used,
                    "l2": [L2, L2_NESTING],
                    "weights": [UNKNOWN_WEIGHT, GLOSSARY_WEIGHT, WRONG_WEIGHT],
                },
            },
        )
        out = args.output / genre / "weights-candidates.json" if genre else args.output
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(dump(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
