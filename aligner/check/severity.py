"""How much a finding matters: that of its difference, and of its place.

Other words are a warning. Another preposition, order or word of one root is a remark, but
a warning in a title or a name, whose wording is fixed. A form, an acronym and a short
form are harmless. Against a glossary, which is binding, everything weighs one step more.
"""

from __future__ import annotations

from typing import Final

from aligner.findings import Difference, Severity, Status

# A reader takes the two renderings for one: the term stays consistent.
HARMLESS: Final[frozenset[Difference]] = frozenset({"same", "form", "acronym", "short form"})
SUBSTANTIAL: Final[frozenset[Difference]] = frozenset({"substitution"})
SMALL_DIFFERENCES: Final[frozenset[Difference]] = frozenset({"preposition", "order", "derivation"})
WRONG_STATUS: Final[frozenset[Status]] = frozenset({"deprecated", "forbidden"})


def is_harmless(difference: Difference) -> bool:
    """Tell whether a difference leaves a term consistent."""
    return difference in HARMLESS


def severity_of(difference: Difference, *, title: bool) -> Severity:
    """Return how much a difference to the dominant rendering matters."""
    if is_harmless(difference):
        return "none"
    if difference in SUBSTANTIAL or (title and difference in SMALL_DIFFERENCES):
        return "warning"
    return "info"


def severity_beside_glossary(difference: Difference) -> Severity:
    """Return how much a difference to what the glossary asks for matters."""
    return "error" if difference in SUBSTANTIAL else "warning"


def severity_of_status(status: Status) -> Severity:
    """Return how much it matters that a rendering is used that the glossary has as wrong."""
    return "error" if status == "forbidden" else "warning"
