"""Run checks over bitexts: the stages in order, whatever the checks.

Only what the asked checks need is done: terms are located, for which models are loaded,
if one of them looks at terms; the others read the text alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, get_args

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.build import of_noticed, ordered
from aligner.check.find_places import placed
from aligner.check.judging.trust import Sensitivity
from aligner.check.known_checks import known, load_term_checks, load_unit_checks
from aligner.check.noticed import Noticed
from aligner.check.uncollected import uncollected
from aligner.errors import PluginError, SettingError
from aligner.findings import SEVERITIES, Finding, Terms
from aligner.messages import _
from aligner.plugins import failed
from aligner.terms.units import units

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.encode.spans import SpanEncoder
    from aligner.glossary.entries import Glossary
    from aligner.terms.located import Looked
    from aligner.terms.units import TextUnit

Progress = Callable[[str], None]

_OF_TERMS: Final = ("terms", "glossary")  # which the signature does not name
_SPELLINGS: Final = ("names", "form")  # the checks that look at words which terms are made of
_LEAST_TOLD: Final = 0.1  # of ten such remarks nine say nothing: none is shown unasked
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
    with uncollected():
        looked = None
        if any(known(name).of_terms for name in checks):
            from aligner.terms.look import look

            looked = look(
                texts, glossary=glossary, candidates=candidates, encoder=encoder, progress=tell
            )
        tell("judging")
        of_text = looked.units if looked else [unit for bitext in texts for unit in units(bitext)]
        model = looked.encoder if looked else encoder
        aside = _Aside([], 0)
        of_terms = list(_of_terms(looked, checks, sensitivity, aside)) if looked else []
        others = _of_units(_Texts(of_text, by_id, model), checks, sensitivity, aside)
        found = _one_a_name([*of_terms, *_told_once(list(others))])
        findings = tuple(placed(ordered(found), by_id))
        if baseline:
            from aligner.check.baseline.accepted import apply

            findings = apply(findings, baseline)
        settings = f"sensitivity={sensitivity}"
        if looked:
            settings += f"; candidates={candidates}; glossary={_name(glossary)}"
        results = _results(texts, findings, looked, tuple(checks), settings)
    return replace(results, notes=tuple(aside.notes), withheld=aside.withheld)


@dataclass(slots=True)
class _Aside:
    """What is told besides the findings."""

    notes: list[str]
    withheld: int  # remarks that were not asked for, but for those that a check itself leaves out


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the checks of the text alone look at."""

    units: Sequence[TextUnit]
    bitexts: Mapping[str, Bitext]
    encoder: SpanEncoder | None


def _of_terms(
    looked: Looked, checks: Sequence[str], sensitivity: Sensitivity, aside: _Aside
) -> Iterator[Finding]:
    """Yield the findings of each check of terms but for what one before said in a bead.

    A remark on the glossary that is hardly likely is shown if it is asked for.
    """
    by_place: dict[tuple[str, int, str], tuple[str, int]] = {}
    for name in checks:
        if not known(name).of_terms:
            continue
        for number, found in enumerate(_found_terms(name, looked, sensitivity, aside.notes)):
            for finding in found:
                place = finding.doc, finding.bead, finding.term
                if by_place.setdefault(place, (name, number)) != (name, number):
                    continue
                if sensitivity == "high" or finding.severity != "info" or finding.p >= _LEAST_TOLD:
                    yield replace(finding, check=name)
                else:
                    aside.withheld += 1


def _found_terms(
    name: str, looked: Looked, sensitivity: Sensitivity, notes: list[str]
) -> Iterator[Iterable[Finding]]:
    """Yield what each function of a check finds; that of a plug-in that fails is noted."""
    plugin = known(name).plugin
    if plugin is None:
        for function in load_term_checks(name):
            yield function(looked, sensitivity=sensitivity)
        return
    try:
        for function in load_term_checks(name):
            try:
                found = list(function(looked, sensitivity=sensitivity))
                _all_are(found, Finding)
            except Exception as error:
                raise failed(plugin, "failed", error) from error
            yield found
    except PluginError as error:
        notes.append(_("{error}: what it would have found is missing").format(error=error))


def _of_units(
    texts: _Texts, checks: Sequence[str], sensitivity: Sensitivity, aside: _Aside
) -> Iterator[Finding]:
    """Yield what the checks of the text alone notice, as findings."""
    by_bead = {(unit.doc, unit.bead): unit for unit in texts.units}
    for name in checks:
        if known(name).of_terms:
            continue
        for noticed in _noticed(name, texts, aside.notes):
            if sensitivity == "high" or noticed.severity != "info" or noticed.p >= _LIKELY:
                unit = by_bead[noticed.doc, noticed.bead]
                yield of_noticed(noticed, unit, texts.bitexts[noticed.doc])
            else:
                aside.withheld += 1


def _noticed(name: str, texts: _Texts, notes: list[str]) -> Iterator[Noticed]:
    """Yield what a check notices; a plug-in that fails is noted."""
    plugin = known(name).plugin
    if plugin is None:
        for function in load_unit_checks(name, encoder=texts.encoder):
            yield from function(texts.units)
        return
    try:
        for function in load_unit_checks(name):
            try:
                found = [replace(one, check=name) for one in function(texts.units)]
                _all_are(found, Noticed)
            except Exception as error:
                raise failed(plugin, "failed", error) from error
            yield from found
    except PluginError as error:
        notes.append(_("{error}: what it would have found is missing").format(error=error))


def _all_are(found: Sequence[object], kind: type) -> None:
    """Hold a plug-in to what it has to yield.

    Raises:
        TypeError: Something else is there.
    """
    if wrong := [type(one).__name__ for one in found if not isinstance(one, kind)]:
        raise TypeError(
            _("found a {wrong}, which is no {name}").format(wrong=wrong[0], name=kind.__name__)
        )


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


def _one_a_name(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those that ask for a spelling that another one asks for.

    The check of terms looks at the same words as those of names and form: the worse finding is
    kept. Of equals that is kept which knows from the characters what is right, and else that of
    terms, which brings all places of the term together. A term's usual spelling that the characters
    refute is asked for by nobody. Where a term has two spellings of which neither prevails, one
    finding says so.
    """
    by_bead: defaultdict[tuple[str, int], list[Finding]] = defaultdict(list)
    mended: set[tuple[str, str]] = set()  # a wrong spelling, and the one that the characters have
    for finding in found:
        if finding.check in _SPELLINGS and finding.suggestion:
            by_bead[finding.doc, finding.bead].append(finding)
            if finding.kind == "pinyin":
                mended.add((finding.rendering.casefold(), finding.suggestion.casefold()))
    dropped = _told_by_terms(found)
    for finding in found:
        if finding.of_term and any(_undoes(finding, *spellings) for spellings in mended):
            dropped.add(id(finding))
        for name in by_bead.get((finding.doc, finding.bead), ()) if finding.of_term else ():
            if _asks_for(finding, name):
                worst = min((name, finding), key=_weight)
                dropped.add(id(finding if worst is name else name))
    return [finding for finding in found if id(finding) not in dropped]


def _told_by_terms(found: Sequence[Finding]) -> set[int]:
    """Return remarks on two spellings of which a term is said to have both, in either order."""
    told = {
        frozenset((each.expected.casefold(), each.rendering.casefold()))
        for each in found
        if each.of_term
    }
    return {
        id(each)
        for each in found
        if each.check in _SPELLINGS
        and each.severity == "info"
        and frozenset((each.suggestion.casefold(), each.rendering.casefold())) in told
    }


def _undoes(finding: Finding, wrong: str, right: str) -> bool:
    """Tell whether a finding asks for a spelling that the characters do not have."""
    asked, there = finding.suggestion.casefold(), finding.rendering.casefold()
    return _has_words(asked, wrong) and _has_words(there, right)


def _has_words(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None


def _weight(finding: Finding) -> tuple[int, bool, bool]:
    return SEVERITIES.index(finding.severity), finding.kind != "pinyin", not finding.of_term


def _asks_for(finding: Finding, name: Finding) -> bool:
    """Tell whether a finding of a term asks for what one of a name asks for, at one place."""
    one, other = finding.tgt_span, name.tgt_span
    meet = one and other and one.start < other.stop and other.start < one.stop
    return bool(meet) and name.suggestion.casefold() in finding.suggestion.casefold()


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
        made = f"{made}; {settings}; checks={_joined(checks)}"
        return Terms(texts, (), findings, 1.0, made, checks=checks)
    from aligner.check.judging.trust import load_trust_weights
    from aligner.check.shown import commonest_share, is_shown, overall, shown_terms
    from aligner.terms.locate.score import load_term_weights

    shown = shown_terms(looked)
    weights = f"terms={load_term_weights().signature}; trust={load_trust_weights().signature}"
    others = [name for name in checks if name not in _OF_TERMS]
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
