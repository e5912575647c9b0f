"""Which differences are harmless, and how much a finding of the glossary matters.

A form, an acronym and a short form leave a term consistent. How much another difference
matters is a question of its probability (`checks.consistency`). Against a glossary, which
is binding, other words are an error and everything else a warning.
"""

from __future__ import annotations

from typing import Final

from aligner.findings import Difference, Severity, Status

# A reader takes the two renderings for one: the term stays consistent.
HARMLESS: Final[frozenset[Difference]] = frozenset({"same", "form", "acronym", "short form"})
SUBSTANTIAL: Final[frozenset[Difference]] = frozenset({"substitution"})
WRONG_STATUS: Final[frozenset[Status]] = frozenset({"deprecated", "forbidden"})


def is_harmless(difference: Difference) -> bool:
    """Tell whether a difference leaves a term consistent."""
    return difference in HARMLESS


def severity_beside_glossary(difference: Difference) -> Severity:
    """Return how much a difference to what the glossary asks for matters."""
    return "error" if difference in SUBSTANTIAL else "warning"


def severity_of_status(status: Status) -> Severity:
    """Return how much it matters that a rendering is used that the glossary has as wrong."""
    return "error" if status == "forbidden" else "warning"
