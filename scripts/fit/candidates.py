"""Fit the models that tell terms among repeated runs of words.

    python scripts fit.candidates ../shared -o aligner/data/weights-candidates.json

Positive are what readers listed, what they judged a term in findings, and with less weight
the entries of glossaries; negative all other repeated runs, with more weight what readers
called a fragment or no term. Figures out of genre: scripts/measure/candidates.py.

Takes about three minutes.
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
from helpers.judged import GENRES, INPUTS

# Chosen on all genres: one and a half times as many candidates as hand-made lists gave.
BUDGET: Final = 0.175
FLOOR: Final = -4.5


def main() -> None:
    """Fit the models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    inputs = {name: describe_input(name, args.data) for name in INPUTS}
    company, nesting = fit_both(inputs, label_inputs(inputs, args.data), list(GENRES))
    fitted = Fitted(
        CANDIDATES_DECLARED,
        {"company": company, "nesting": nesting},
        {"budget": BUDGET, "floor": FLOOR},
        {
            "script": "scripts/fit/candidates.py",
            "version": __version__,
            "fitted on": sources((args.data / "terms" / "judged").iterdir()),
            "settings": {
                "l2": [L2, L2_NESTING],
                "weights": [UNKNOWN_WEIGHT, GLOSSARY_WEIGHT, WRONG_WEIGHT],
            },
        },
    )
    args.output.write_text(dump(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
