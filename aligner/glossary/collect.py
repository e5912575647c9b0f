"""The terms that were found, as a glossary that a translator can go on with.

Of each term the dominant rendering is preferred. Another one is admitted if it is the
same in another form, shorter, longer or an acronym, and deprecated if other words, other
prepositions or another order were chosen. What a glossary says of a rendering goes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aligner.findings import Difference, Rendering, Status, Term, Terms
from aligner.glossary.entries import (
    SEPARATORS,
    Entry,
    Glossary,
    Target,
    has_letter,
    source_key,
    target_key,
)

_ADMITTED: Final[frozenset[Difference]] = frozenset(
    {"same", "form", "acronym", "short form", "expansion"}
)
_NO_SEPARATOR: Final = str.maketrans(dict.fromkeys(SEPARATORS, ","))


def glossary_of(terms: Terms) -> Glossary:
    """Return the terms that have a rendering as a glossary, in their order.

    What stands between two targets of a cell becomes a comma inside one. Of two
    renderings that differ in case alone the commoner one counts. Cost: linear.
    """
    found: dict[str, tuple[Term, dict[str, Target]]] = {}
    for term in terms.terms:
        targets = found.setdefault(source_key(_bare(term.text)), (term, {}))[1]
        for target in _targets(term):
            targets.setdefault(target_key(target.text), target)
    return Glossary(
        tuple(
            Entry(_bare(term.text), tuple(targets.values()))
            for term, targets in found.values()
            if targets and has_letter(term.text)
        )
    )


def _bare(text: str) -> str:
    return " ".join(text.translate(_NO_SEPARATOR).split())


def _targets(term: Term) -> Iterator[Target]:
    """Yield the renderings of a term, the dominant one first."""
    for number, rendering in enumerate(term.renderings):
        text = _bare(rendering.text)
        if has_letter(text):
            status = rendering.status or _status(rendering, dominant=number == 0)
            yield Target(text, status, _note(rendering, term))


def _status(rendering: Rendering, *, dominant: bool) -> Status:
    if dominant:
        return "preferred"
    return "admitted" if rendering.difference in _ADMITTED else "deprecated"


def _note(rendering: Rendering, term: Term) -> str:
    """Return how often it stands, and what makes it different from the dominant one."""
    note = f"{rendering.count} of {term.count}"
    if rendering.difference == "same":
        return note
    words = [f"-{word}" for word in rendering.removed] + [f"+{word}" for word in rendering.added]
    return f"{note}, {rendering.difference}" + (f": {' '.join(words)}" if words else "")
