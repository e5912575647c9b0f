"""The terms that were found, as a glossary that a translator can go on with.

One row a term: its dominant rendering in its citation form, as a proposal, with the
number of its places and the share of them that have it; the other renderings stand in the
note. Only terms that are worth a row are taken (`Term.citation`, which the check of terms
fills). What a glossary says already stays as it says it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from aligner.messages import _

_ADMITTED: Final[frozenset[Difference]] = frozenset(
    {"same", "form", "acronym", "short form", "expansion"}
)
_NO_SEPARATOR: Final = str.maketrans(dict.fromkeys(SEPARATORS, ","))
_OTHERS: Final = 3  # other renderings that a note names
_DIGITS: Final = 2  # decimals of a share


def glossary_of(terms: Terms, *, variants: bool = False) -> Glossary:
    """Return the terms that are worth a row as a glossary, in their order.

    Args:
        terms: What was found.
        variants: Take all terms with all renderings instead, those of other words as
            deprecated: for a checklist of what should not stand in a text.

    What stands between two targets of a cell becomes a comma inside one. Of two terms that
    are one in simplified characters the first counts. Cost: linear.
    """
    found: dict[str, Entry] = {}
    for term in terms.terms:
        src = _bare(term.text if variants else term.citation_src or term.text)
        targets = _variants(term) if variants else _rows(term)
        if targets and has_letter(src):
            found.setdefault(source_key(src), Entry(src, targets))
    return Glossary(tuple(found.values()))


def _bare(text: str) -> str:
    return " ".join(text.translate(_NO_SEPARATOR).split())


def _rows(term: Term) -> tuple[Target, ...]:
    """Return what a glossary says of a term, or a proposal where it names no word to use."""
    settled = _settled(term)
    if any(target.status in {"preferred", "admitted"} for target in settled):
        return settled
    known = {target_key(target.text) for target in settled}
    return (*(t for t in _proposed(term) if target_key(t.text) not in known), *settled)


def _settled(term: Term) -> tuple[Target, ...]:
    """Return the renderings that a glossary names, with the status that it gives them."""
    named: dict[str, list[Rendering]] = {}  # the forms of one target are one
    for rendering in term.renderings:
        text = _bare(rendering.target or rendering.text)
        if rendering.status and has_letter(text):
            named.setdefault(target_key(text), []).append(rendering)
    return tuple(_counted(renderings, term) for renderings in named.values())


def _counted(renderings: Sequence[Rendering], term: Term) -> Target:
    """Return the target of which some renderings are forms, with their number and share."""
    first, count = renderings[0], sum(each.count for each in renderings)
    text = _bare(first.target or first.text)
    return Target(text, first.status or "preferred", "", count, _share(count, term))


def _share(count: int, term: Term) -> float:
    return round(count / max(1, term.count), _DIGITS)


def _proposed(term: Term) -> tuple[Target, ...]:
    """Return the citation form of a term as the one target that is proposed."""
    text = _bare(term.citation)
    if not has_letter(text) or not term.renderings:
        return ()
    cited = [each for each in term.renderings if _is_cited(each, term)]
    others = [each for each in term.renderings if not _is_cited(each, term)]
    count = sum(each.count for each in cited)
    return (Target(text, "proposed", _elsewhere(others), count, _share(count, term)),)


def _is_cited(rendering: Rendering, term: Term) -> bool:
    """Tell whether a rendering has the words of the term's citation form."""
    if term.cited:
        return rendering.text in term.cited
    return rendering.difference in {"same", "form"}


def _elsewhere(others: Sequence[Rendering]) -> str:
    """Return the other renderings of a term as a note, each with its number of places."""
    if not others:
        return ""
    named = [f"{_bare(each.text)} ({each.count})" for each in others[:_OTHERS]]
    if more := len(others) - len(named):
        named.append(_("and {count} more").format(count=more))
    return _("elsewhere in the text: {renderings}").format(renderings=_(", ").join(named))


def _variants(term: Term) -> tuple[Target, ...]:
    """Return all renderings: what differs in form is admitted, other words are deprecated."""
    found: dict[str, Target] = {}
    for number, rendering in enumerate(term.renderings):
        text = _bare(rendering.text)
        if has_letter(text):
            allowed: Status = "admitted" if number else "preferred"
            usual = allowed if rendering.difference in _ADMITTED or not number else "deprecated"
            target = Target(text, rendering.status or usual, _note(rendering, term))
            found.setdefault(target_key(text), target)
    return tuple(found.values())


def _note(rendering: Rendering, term: Term) -> str:
    """Return how often it stands, and what makes it different from the dominant one."""
    note = _("{count} of {count2}").format(count=rendering.count, count2=term.count)
    if rendering.difference == "same":
        return note
    words = [f"-{word}" for word in rendering.removed] + [f"+{word}" for word in rendering.added]
    return f"{note}, {rendering.difference}" + (f": {' '.join(words)}" if words else "")
