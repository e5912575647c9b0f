"""Run checks over bitexts: the stages in order, whatever the checks.

Only what the asked checks need is done: terms are located, for which models are loaded,
if one of them looks at terms; the others read the text alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, get_args

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.build import of_noticed, ordered
from aligner.check.find_places import placed
from aligner.check.judging.trust import Sensitivity
from aligner.check.known_checks import KNOWN_CHECKS, load_term_checks, load_unit_checks
from aligner.errors import SettingError
from aligner.findings import Finding, Terms
from aligner.messages import _
from aligner.terms.units import units

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.encode.spans import SpanEncoder
    from aligner.glossary.entries import Glossary
    from aligner.terms.located import Looked
    from aligner.terms.units import TextUnit

Progress = Callable[[str], None]

_LIKELY: Final = 0.5  # a remark that is likelier right than not is told to the quiet too


def run_checks(  # noqa: PLR0913 - the options of the command
    bitexts: Bitext | Iterable[Bitext],
    *,
    checks: Sequence[str],
    glossary: Glossary | None = None,
    candidates: bool = True,
    sensitivity: Sensitivity = "quiet",
    baseline: Baseline | None = None,
    encoder: SpanEncoder | None = None,
    progress: Progress | None = None,
) -> Terms:
    """Run checks, and return what they found with places, the worst first.

    Args:
        bitexts: One or several; terms and documents are compared over all of them.
        checks: Names of `known_checks`, in the order of its table.
        glossary: Terms to look for and the renderings that they may have.
        candidates: Whether to look for terms that no glossary names.
        sensitivity: `quiet` leaves out what is likelier wrong than right, `high` does not.
        baseline: Findings that were accepted before; they are kept, with the reason.
        encoder: One at hand; the default one is loaded if it is needed and None.
        progress: Is told what begins.

    Raises:
        SettingError: There is nothing to look for, two bitexts have one id, or there is no
            such sensitivity.
    """
    tell = progress or _silent
    texts = (bitexts,) if isinstance(bitexts, Bitext) else tuple(bitexts)
    if sensitivity not in get_args(Sensitivity):
        raise SettingError(
            _("no sensitivity {sensitivity!r}").format(sensitivity=sensitivity),
            hint=_("choose quiet (warnings) or high (remarks too)"),
        )
    by_id = {bitext.id: bitext for bitext in texts}
    if len(by_id) < len(texts):
        raise SettingError(_("two bitexts have one id"), hint=_("give each pair an id of its own"))
    looked = None
    if any(KNOWN_CHECKS[name].of_terms for name in checks):
        from aligner.terms.look import look

        looked = look(
            texts, glossary=glossary, candidates=candidates, encoder=encoder, progress=tell
        )
    tell("judging")
    of_text = looked.units if looked else [unit for bitext in texts for unit in units(bitext)]
    model = looked.encoder if looked else encoder
    found = [
        *(_of_terms(looked, checks, sensitivity) if looked else ()),
        *_told_once(list(_of_units(of_text, by_id, checks, sensitivity, model))),
    ]
    findings = tuple(placed(ordered(found), by_id))
    if baseline:
        from aligner.check.baseline.accepted import apply

        findings = apply(findings, baseline)
    settings = f"sensitivity={sensitivity}; candidates={candidates}; glossary={_name(glossary)}"
    return _results(texts, findings, looked, tuple(checks), settings)


def _of_terms(looked: Looked, checks: Sequence[str], sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield the findings of each check of terms but for what one before said in a bead."""
    functions = [
        (name, function)
        for name in checks
        if KNOWN_CHECKS[name].of_terms
        for function in load_term_checks(name)
    ]
    by_place: dict[tuple[str, int, str], int] = {}
    for number, (name, function) in enumerate(functions):
        for finding in function(looked, sensitivity=sensitivity):
            place = finding.doc, finding.bead, finding.term
            if by_place.setdefault(place, number) == number:
                yield replace(finding, check=name)


def _of_units(
    of_text: Sequence[TextUnit],
    bitexts: Mapping[str, Bitext],
    checks: Sequence[str],
    sensitivity: Sensitivity,
    encoder: SpanEncoder | None,
) -> Iterator[Finding]:
    """Yield what the checks of the text alone notice, as findings."""
    by_bead = {(unit.doc, unit.bead): unit for unit in of_text}
    for name in checks:
        if KNOWN_CHECKS[name].of_terms:
            continue
        for function in load_unit_checks(name, encoder=encoder):
            for noticed in function(of_text):
                if sensitivity == "high" or noticed.severity != "info" or noticed.p >= _LIKELY:
                    unit = by_bead[noticed.doc, noticed.bead]
                    yield of_noticed(noticed, unit, bitexts[noticed.doc])


def _told_once(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings but for those that another check says better.

    The number of an article is no number besides, and of a sentence that was not translated
    nothing more is to be said.
    """
    labels: defaultdict[tuple[str, int], list[Finding]] = defaultdict(list)
    untranslated: set[tuple[str, int]] = set()
    for finding in found:
        if finding.check == "references":
            labels[finding.doc, finding.bead].append(finding)
        elif finding.check == "leftovers" and finding.src_span and finding.tgt_span:
            untranslated.add((finding.doc, finding.bead))
    for finding in found:
        bead = finding.doc, finding.bead
        in_label = finding.check == "numbers" and any(
            _lies_in(finding, label) for label in labels.get(bead, ())
        )
        if not in_label and (finding.check == "leftovers" or bead not in untranslated):
            yield finding


def _lies_in(one: Finding, other: Finding) -> bool:
    """Tell whether all places of a finding lie in those of another."""
    pairs = (one.src_span, other.src_span), (one.tgt_span, other.tgt_span)
    return all(
        a is None or (b is not None and b.start <= a.start and a.stop <= b.stop) for a, b in pairs
    )


def _results(
    texts: tuple[Bitext, ...],
    findings: tuple[Finding, ...],
    looked: Looked | None,
    checks: tuple[str, ...],
    settings: str,
) -> Terms:
    """Return the results; consistency is 1 where no terms were looked at."""
    made = f"aligner {__version__}"
    if looked is None:
        return Terms(texts, (), findings, 1.0, f"{made}; checks={_joined(checks)}", checks=checks)
    from aligner.check.judging.trust import load_trust_weights
    from aligner.check.shown import commonest_share, is_shown, overall, shown_terms
    from aligner.terms.locate.score import load_term_weights

    shown = shown_terms(looked)
    weights = f"terms={load_term_weights().signature}; trust={load_trust_weights().signature}"
    others = [name for name in checks if not KNOWN_CHECKS[name].of_terms]
    return Terms(
        bitexts=texts,
        terms=shown,
        findings=findings,
        consistency=overall(shown),
        commonest_share=commonest_share([term for term in looked.terms if is_shown(term)]),
        signature=f"{made}; {weights}; {settings}"
        + (f"; checks={_joined(checks)}" if others else ""),
        checks=checks,
    )


def _joined(checks: Sequence[str]) -> str:
    return ",".join(checks)


def _name(glossary: Glossary | None) -> str:
    return glossary.source or "given" if glossary else "none"


def _silent(_stage: str) -> None:
    pass
