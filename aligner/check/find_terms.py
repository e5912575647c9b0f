"""Find terms, their renderings, and what is inconsistent: the checks of terms alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from aligner.bitext import Bitext
from aligner.check.judging.trust import Sensitivity
from aligner.check.run_checks import Progress, run_checks
from aligner.findings import Terms
from aligner.plugins import plugins

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.encode.spans import SpanEncoder
    from aligner.glossary.entries import Glossary

TERM_CHECKS: Final = ("terms", "glossary")


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
    checks = [name for name in TERM_CHECKS if glossary or name != "glossary"]
    checks += [name for name in plugins("term_checks") if name not in checks]
    return run_checks(
        bitexts,
        checks=checks,
        glossary=glossary,
        candidates=candidates,
        sensitivity=sensitivity,
        baseline=baseline,
        encoder=encoder,
        progress=progress,
    )
