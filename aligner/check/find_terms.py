"""Find terms, their renderings, and what is inconsistent: the stages in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, get_args

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.baseline.accepted import apply
from aligner.check.build import ordered
from aligner.check.judging.trust import Sensitivity, load_trust_weights
from aligner.check.run_checks import run_checks
from aligner.check.shown import commonest_share, is_shown, overall, shown_terms
from aligner.errors import SettingError
from aligner.findings import Finding, Terms
from aligner.terms.locate.score import load_term_weights
from aligner.terms.look import look

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
    sensitivity: Sensitivity = "quiet",
    baseline: Baseline | None = None,
    encoder: SpanEncoder | None = None,
    progress: Progress | None = None,
) -> Terms:
    r"""Find the terms of aligned texts, what renders them, and what is out of line.

    Args:
        bitexts: One or several; terms are counted over all of them.
        glossary: Terms to look for and the renderings that they may have.
        candidates: Whether to look for terms that no glossary names.
        sensitivity: `quiet` reports warnings, nearly all of them right; `high` remarks too.
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
    >>> zh = "海港先导区今年成立。海港先导区面积不大。海港先导区免税。\n海港先导区有港口。"
    >>> en = (
    ...     "The harbour pilot zone was set up this year. The harbour pilot zone is small."
    ...     " The harbour pilot zone is tax-free.\nThere is a port in the harbour pilot area."
    ... )
    >>> document = lambda name, text: Document(name, text, (Span(0, len(text)),))
    >>> found = find_terms(align_documents(document("zh", zh), document("en", en)))
    >>> [(f.term, f.rendering, f.expected, f.why) for f in found.findings]
    [('海港先导区', 'harbour pilot area', 'harbour pilot zone', '...')]
    """
    tell = progress or _silent
    texts = (bitexts,) if isinstance(bitexts, Bitext) else tuple(bitexts)
    if sensitivity not in get_args(Sensitivity):
        raise SettingError(
            f"no sensitivity {sensitivity!r}", hint="choose quiet (warnings) or high (remarks too)"
        )
    looked = look(texts, glossary=glossary, candidates=candidates, encoder=encoder, progress=tell)
    tell("judging")
    checked = run_checks(looked, sensitivity=sensitivity)
    shown = shown_terms(looked)
    findings = ordered(_once(checked.found))
    return Terms(
        bitexts=texts,
        terms=shown,
        findings=apply(findings, baseline) if baseline else findings,
        consistency=overall(shown),
        commonest_share=commonest_share([term for term in looked.terms if is_shown(term)]),
        signature=(
            f"aligner {__version__}; terms={load_term_weights().signature};"
            f" trust={load_trust_weights().signature}; sensitivity={sensitivity};"
            f" candidates={candidates}; glossary={_name(glossary)}"
            + "".join(f"; check={name}" for name in checked.others)
        ),
        notes=checked.notes,
    )


def _once(found: Iterable[Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of each check but for what one before said of a term in a bead."""
    by_place: dict[tuple[str, int, str], int] = {}
    for number, findings in enumerate(found):
        for finding in findings:
            place = finding.doc, finding.bead, finding.term
            if by_place.setdefault(place, number) == number:
                yield finding


def _name(glossary: Glossary | None) -> str:
    return glossary.source or "given" if glossary else "none"


def _silent(_stage: str) -> None:
    pass
