"""P(a repeated run is a term that a reviser would list), from its company and its nesting.

Two logistic models: the first reads what `company` says, the second the first one's score
beside those of the runs that hold, cross and fill it (`nesting`). Fitted by
scripts/fit/candidates.py on what revisers listed and judged.

Units: log odds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.fitted import Declared, Linear, load
from aligner.terms.candidates.company import COMPANY_NAMES, Company
from aligner.terms.candidates.nesting import NEST_NAMES, describe_nesting
from aligner.terms.candidates.repeated_runs import RepeatedRuns

Doubles = NDArray[np.float64]

CANDIDATES_DECLARED: Final = Declared(
    models={"company": COMPANY_NAMES, "nesting": NEST_NAMES},
    constants=("budget", "floor"),
    script="scripts/fit/candidates.py",
)
ODDS_DIGITS: Final = 6  # of a log odds: the last ones differ between processors
BUDGET_POWER: Final = 0.8  # a longer text repeats itself, and has fewer new terms a line


@dataclass(frozen=True, slots=True)
class CandidateWeights:
    """The two models, and how many runs become candidates."""

    company: Linear
    nesting: Linear
    budget: float  # candidates = budget * characters ** BUDGET_POWER, at most
    floor: float  # log odds under which a run is none, however few there are
    signature: str = ""


@cache
def load_candidate_weights(source: str | Path = "candidates") -> CandidateWeights:
    """Return the weights that ship with the package, or those of a file.

    Raises:
        SettingError: There are none, or they are of another version.
    """
    found = load(source, CANDIDATES_DECLARED)
    return CandidateWeights(
        company=found.models["company"],
        nesting=found.models["nesting"],
        budget=found.constants["budget"],
        floor=found.constants["floor"],
        signature=found.signature,
    )


def termhood(runs: RepeatedRuns, company: Company, size: int, weights: CandidateWeights) -> Doubles:
    """Return the log odds of each run. Shape (runs,).

    Args:
        runs: Repeated runs.
        company: What speaks for them.
        size: Characters of all texts.
        weights: Of the models.
    """
    alone = np.round(weights.company(company.rows.astype(np.float32)), ODDS_DIGITS)
    rows = describe_nesting(runs, company, alone, size).astype(np.float32)
    return np.round(weights.nesting(rows), ODDS_DIGITS)


def chosen(score: Doubles, size: int, weights: CandidateWeights) -> NDArray[np.bool_]:
    """Tell which runs become candidates: the best ones, as many as the texts can bear."""
    most = int(weights.budget * size**BUDGET_POWER)
    good = np.zeros(len(score), dtype=bool)
    good[np.argsort(-score, kind="stable")[:most]] = True
    return good & (score >= weights.floor)
