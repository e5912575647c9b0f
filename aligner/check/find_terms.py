"""Find terms, their renderings, and what is inconsistent: the stages in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.baseline.baseline_file import apply
from aligner.check.build import findings, ordered
from aligner.check.checks.prescribed import against_glossary
from aligner.check.checks.shared import shared_renderings
from aligner.check.suspicion import Suspicion, is_remarkable, suspicions
from aligner.check.trust import Sensitivity, TrustWeights, load_trust_weights, trust
from aligner.errors import SettingError
from aligner.findings import Term, Terms
from aligner.terms.group import Grouped, as_term
from aligner.terms.locate.score import load_term_weights
from aligner.terms.look import announced_forms, look
from aligner.terms.units import Unit, units
from aligner.terms.wanted import wanted_terms

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.encode.spans import SpanEncoder
    from aligner.glossary.entries import Glossary

Progress = Callable[[str], None]


def find_terms(  # noqa: PLR0913 - the options of the command
    bitexts: Bitext | Iterable[Bitext],
    *,
    glossary: Glossary | None = None,
    candidates: bool = True,
    sensitivity: Sensitivity = "high",
    baseline: Baseline | None = None,
    encoder: SpanEncoder | None = None,
    progress: Progress | None = None,
) -> Terms:
    r"""Find the terms of aligned texts, what renders them, and what is out of line.

    Args:
        bitexts: One or several; terms are counted over all of them.
        glossary: Terms to look for and the renderings that they may have.
        candidates: Whether to look for terms that no glossary names.
        sensitivity: `high` for reading; `quiet` reports less, and is more often right.
        baseline: Findings that were accepted before; they are kept, with the reason.
        encoder: One at hand; the default one is loaded if None.
        progress: Is told what begins.

    Returns:
        All terms that have a rendering somewhere, and the findings, the worst first.
        Cost: linear in the number of places of terms.

    Raises:
        SettingError: There is nothing to look for, or no such sensitivity.

    >>> from aligner.bitext import Document, Span
    >>> from aligner.pipeline import align_documents
    >>> zh = "先导区今年成立。先导区面积不大。先导区免税。\n先导区有港口。"
    >>> en = (
    ...     "The pilot zone was set up this year. The pilot zone is small."
    ...     " The pilot zone is tax-free.\nThere is a port in the pilot area."
    ... )
    >>> document = lambda name, text: Document(name, text, (Span(0, len(text)),))
    >>> found = find_terms(align_documents(document("zh", zh), document("en", en)))
    >>> [(f.term, f.rendering, f.expected, f.why) for f in found.findings]
    [('先导区', 'pilot area', 'pilot zone', '...')]
    """
    from aligner.encode.spans import SpanEncoder  # noqa: PLC0415 - loads the compiler

    tell = progress or _silent
    texts = (bitexts,) if isinstance(bitexts, Bitext) else tuple(bitexts)
    if sensitivity not in get_args(Sensitivity):
        raise SettingError(
            f"no sensitivity {sensitivity!r}", hint="choose high (for reading) or quiet"
        )
    if not candidates and glossary is None:
        raise SettingError("nothing to look for", hint="give a glossary, or look for candidates")
    by_id = {bitext.id: bitext for bitext in texts}
    if len(by_id) < len(texts):
        raise SettingError("two bitexts have one id", hint="give each pair an id of its own")
    tell("looking for terms")
    all_units = [unit for bitext in texts for unit in units(bitext)]
    terms = wanted_terms(all_units, glossary=glossary, candidates=candidates)
    tell("locating renderings")
    model = encoder or SpanEncoder()
    weights, trusted = load_term_weights(), load_trust_weights()
    announced = announced_forms(all_units)
    grouped = look(all_units, terms, announced, encoder=model, weights=weights)
    tell("judging")
    suspected = suspicions(grouped, all_units, model, announced)
    kept = _trusted(suspected, grouped, trusted, sensitivity)
    found = findings(kept, grouped, all_units, by_id)
    if sensitivity == "high":
        free = [term for term in grouped if term.wanted.entry is None]
        found += shared_renderings(free, all_units, by_id)
    found += against_glossary(grouped, all_units, by_id)
    shown = _terms(grouped, all_units)
    signature = (
        f"aligner {__version__}; terms={weights.signature}; trust={trusted.signature};"
        f" sensitivity={sensitivity}; candidates={candidates}; glossary={_name(glossary)}"
    )
    result = Terms(
        bitexts=texts,
        terms=shown,
        findings=ordered(found),
        consistency=overall(shown),
        signature=signature,
    )
    return replace(result, findings=apply(result.findings, baseline)) if baseline else result


def overall(terms: Sequence[Term]) -> float:
    """Return the mean consistency of terms with two renderings or more to compare.

    Each counts by its rendered places; 1 where there is none.
    """
    counted = [(t.consistency, t.count - len(t.unrendered)) for t in terms]
    counted = [(value, count) for value, count in counted if count > 1]
    total = sum(count for _, count in counted)
    return round(sum(value * count for value, count in counted) / total, 4) if total else 1.0


def _trusted(
    suspected: Sequence[Suspicion],
    grouped: Sequence[Grouped],
    weights: TrustWeights,
    sensitivity: Sensitivity,
) -> list[tuple[Suspicion, float]]:
    """Return the suspicions that are worth reporting, with their probability."""
    least = weights.least[sensitivity]
    return [
        (replace(each, sure=p >= least), p)
        for each, p in zip(suspected, trust(suspected, grouped, weights).tolist(), strict=True)
        if p >= least or (sensitivity == "high" and is_remarkable(each, grouped[each.term]))
    ]


def _terms(grouped: Sequence[Grouped], all_units: Sequence[Unit]) -> tuple[Term, ...]:
    """Return what is a term: named by the glossary, or surely rendered somewhere."""
    return tuple(
        as_term(term, all_units)
        for term in grouped
        if term.wanted.entry is not None or any(group.sure for group in term.groups)
    )


def _name(glossary: Glossary | None) -> str:
    return glossary.source or "given" if glossary else "none"


def _silent(_stage: str) -> None:
    pass
