"""A rendering that the glossary forbids, or that is not the one it asks for.

What it does: it looks at every sentence that has a term of the glossary. A sentence is in
order if it has as many accepted renderings as places of the term, wherever they stand and
in whatever form: number, verb form, spelling, hyphens, an acronym, a coordination. What is
missing is looked for among the words that render the term. A forbidden rendering, and
other words than any that the glossary has, are errors; a deprecated one, another
preposition or order are warnings, a word of one root is a remark. A term of which nothing
is found is a remark, since the sentence may do without it. A short form that nothing
announces is reported once. An error that is less likely than `SURE_ERROR` is a warning, and
what is hardly likely a remark. So are other words for an entry of one word where they are a
piece of what renders a longer compound (工作 in 工作经费, operating budget). A target with a
slash or brackets stands for each of its wordings: failure/breakdown, line(s), pilot zone
(PZ).

Why that is bad: the client, or the law, has settled what the thing is called.

Example:
    glossary: 先导区 = pilot zone; not test zone (forbidden)
    先导区今年成立。 | The pilot zone was set up this year.
    先导区有港口。 | There is a port in the test zone.
    -> 先导区: ‘test zone’, expected ‘pilot zone’ (status, error)

To switch it off: give no glossary, add the rendering to the entry as admitted, or accept
it with its reason in the file that `--baseline` names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.against.glossary_verdicts import (
    CLEARLY_FOUND,
    LIKELY_WORDS,
    NO_WORDS,
    OMISSIONS,
    RESEMBLING,
    GlossaryVerdict,
    as_whole,
    by_status,
    by_words,
    closest,
    graded,
    has_han,
    may_do_without,
    not_rendered,
    of_another,
    one_line,
    only_part,
)
from aligner.check.against.in_compound import EntryCompounds, is_acronym_alone
from aligner.check.against.likely_words import LikelyWords, with_neighbour
from aligner.check.against.number_words import ends_a_number
from aligner.check.against.other_speech import SPEECH_FACTORS, speech_of
from aligner.check.against.part_or_kin import is_modifier, stands_apart
from aligner.check.against.picked_words import (
    ACRONYM_FACTOR,
    COMPOUND_FACTOR,
    COMPOUND_NOUN_FACTOR,
    MODIFIER_FACTOR,
    NEGATED_FACTOR,
    NEIGHBOUR_FACTOR,
    lacks_head,
    weighed,
)
from aligner.check.against.places_left import (
    Missing,
    Silent,
    any_overlap,
    evidence_of,
    moved_to,
    overlap,
    places_of,
    told_once,
)
from aligner.check.against.short_forms import ShortForms
from aligner.check.against.suggested_form import in_capitals, in_place
from aligner.check.against.target_places import target_places, without_forms
from aligner.check.build import build
from aligner.check.judging.compounds import is_negated
from aligner.check.judging.trust import Sensitivity
from aligner.findings import Finding
from aligner.glossary.entries import Entry, Target
from aligner.span import Span
from aligner.terms.located import RENDERED_SURELY, Grouped, Looked, Seen
from aligner.terms.target_forms import find_forms, lettered_span

MANY_SILENT: Final = 12  # places without a rendering, some of them beside one that is in order
CERTAIN_NAME: Final = 0.9  # that another entry's target stands there by mistake


def against_glossary(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield the findings for all terms of the glossary, at either sensitivity.

    Cost: linear in their places.
    """
    del sensitivity  # a glossary is binding
    likely = LikelyWords(looked)
    yield from told_once(
        finding
        for term in looked.terms
        if term.wanted.entry is not None
        for finding in _Checked(looked, term, term.wanted.entry, likely).findings()
    )


class _Checked:
    """One term of the glossary, with what was seen of it sentence by sentence."""

    def __init__(self, looked: Looked, term: Grouped, entry: Entry, likely: LikelyWords) -> None:
        self._looked = looked
        self._term = term
        self._entry = entry
        self._likely = likely
        self._compounds = EntryCompounds(term, looked.units)
        self._shorts = ShortForms(entry)
        self._silent: list[Silent] = []
        self._full: set[int] = set()  # units with an accepted rendering

    def findings(self) -> Iterator[Finding]:
        by_unit: defaultdict[int, list[Seen]] = defaultdict(list)
        for seen in places_of(self._term):
            by_unit[seen.place.unit].append(seen)
        for number in sorted(by_unit):
            yield from self._of_unit(by_unit[number], number)
            self._shorts.look(by_unit[number][0], self._looked.units[number].tgt)
        yield from self._left_out()
        yield from self._recurring()

    def _of_unit(self, places: list[Seen], number: int) -> Iterator[Finding]:
        """Yield what is wrong with the places of a term in one sentence pair."""
        unit = self._looked.units[number]
        right, wrong, other_forms = target_places(unit.tgt, self._entry)
        if right:
            self._full.add(number)
        counted = sum(
            ends_a_number(unit.src, seen.place.span, self._entry, unit.tgt) for seen in places
        )
        missing = max(0, len(places) - max(counted, len(right)))
        located = [seen.span for seen in places if seen.span]
        instead = sum(any_overlap(form, located) for form in other_forms)
        told = wrong[: max(0, missing - instead)]
        for seen, (span, target, p) in zip(places, told, strict=False):
            at = next((s for s in places if s.span and overlap(s.span, span)), seen)
            yield self._finding(at, by_status(self._entry, target), span, p=p)
        covered = [*right, *(place.span for place in wrong)]
        left = Missing(places, missing - len(told), covered, len(right))
        if left.lacking > 0 and unit.tgt:
            rest = without_forms(left, unit.tgt, self._entry)
            if len(rest.covered) > len(left.covered):
                self._full.add(number)
            yield from self._of_missing(rest, number)

    def _of_missing(self, left: Missing, number: int) -> Iterator[Finding]:
        count = left.lacking
        silent = []
        for seen in left.seen:
            if count <= 0:
                return
            verdict = self._of_located(seen, left.covered)
            if verdict is None:
                silent.append(seen)
                continue
            count -= 1
            if isinstance(verdict, Finding):
                yield verdict
        for seen in silent[:count]:
            yield from self._of_silent(seen, left, number)

    def _of_located(self, seen: Seen, covered: Sequence[Span]) -> Finding | str | None:
        """Return what is wrong with a located rendering, a word if nothing is, None if unsure."""
        if seen.span is None or seen.found < RENDERED_SURELY or any_overlap(seen.span, covered):
            return None
        if other := self._likely.of_another(seen.place.unit, self._entry):
            return self._as_other(seen, *other)
        # another entry's words; a piece of a longer name; a Latin term that English has as it is
        if (
            self._likely.is_anothers(seen, self._entry)
            or self._compounds.is_in_acronym(seen)
            or not has_han(self._term.wanted.text)
        ):
            return None
        near = self._likely.explained(seen.place.unit, self._term, near=True)
        unit = self._looked.units[seen.place.unit]
        verdict = by_words(self._entry, seen, unit, explained=near)
        if verdict.difference == "short form":
            return self._of_short(seen, seen.span, verdict)
        if verdict.severity == "none":
            return "in order"
        form = None
        if verdict.difference in {"substitution", "expansion"}:
            form = self._other_form(seen, covered)
        return form or self._as_words(seen, verdict, seen.span)

    def _of_short(self, seen: Seen, span: Span, verdict: GlossaryVerdict) -> Finding | str | None:
        """Judge a part of a target: another word beside it, a mere modifier, or a short form."""
        if instead := self._instead_of_part(seen, span):
            return instead
        if lacks_head(verdict.expected, seen.text):
            return self._of_modifier(seen, span, verdict)
        self._shorts.add(seen, span)
        return "in order"

    def _of_modifier(self, seen: Seen, span: Span, verdict: GlossaryVerdict) -> Finding | None:
        """Return a warning for a mere modifier of a target, where nothing excuses it."""
        number, wanted = seen.place.unit, verdict.expected
        unit, before = self._looked.units[number], number - 1 in self._full
        excused = number in self._full or may_do_without(unit, 0, full_before=before)
        mere = is_modifier(wanted, seen.text)
        if excused or not mere or stands_apart(wanted, seen.text, unit.tgt, span):
            return None
        if (p := seen.p * seen.found) < CLEARLY_FOUND:
            return None
        told = only_part(self._entry, wanted, seen.text)
        return self._finding(seen, told, span, p=p * MODIFIER_FACTOR)

    def _as_words(self, seen: Seen, verdict: GlossaryVerdict, span: Span) -> Finding:
        """Return a finding for words that were picked, with P(a violation)."""
        p, clear = seen.p * seen.found, True
        unit = self._looked.units[seen.place.unit]
        sentence = unit.tgt
        other = verdict.difference == "substitution"
        speech = speech_of(self._entry, seen, unit.src, sentence) if other else "same"
        if speech == "clause":
            verdict = not_rendered(self._entry, self._term.wanted.text)
            return self._finding(seen, verdict, Span(0, 0), p=NO_WORDS)
        compound = self._compounds.at(seen.place.unit, seen.place.span, span)
        if other and is_acronym_alone(self._entry, seen.text):
            p *= ACRONYM_FACTOR
        elif compound is not None and verdict.difference in {"substitution", "expansion"}:
            text = one_line(sentence, compound.span)
            verdict = as_whole(verdict, self._entry, seen.text, compound, text)
            p *= COMPOUND_FACTOR if compound.modifies else COMPOUND_NOUN_FACTOR
        elif verdict.difference == "substitution":
            p, clear = weighed(
                seen, span, self._term, self._likely, sentence=sentence, expected=verdict.expected
            )
        return self._finding(seen, verdict, span, p=p * SPEECH_FACTORS[speech], clear=clear)

    def _instead_of_part(self, seen: Seen, span: Span) -> Finding | None:
        """Return a finding if a word beside a short form stands where the target has another."""
        unit = self._looked.units[seen.place.unit]
        explained = self._likely.explained(seen.place.unit, self._term)
        wanted = closest(self._entry, seen.text)
        wider = with_neighbour(unit.tgt, span, explained, behind=lacks_head(wanted, seen.text))
        if wider is not None:
            verdict = by_words(self._entry, moved_to(seen, wider, unit.tgt), unit)
            if verdict.difference == "substitution":
                return self._finding(seen, verdict, wider, p=seen.found * NEIGHBOUR_FACTOR)
        return None

    def _as_other(self, seen: Seen, span: Span, target: Target, term: str) -> Finding:
        verdict = of_another(self._entry, self._term.wanted.text, target, term)
        return self._finding(seen, verdict, span, p=CERTAIN_NAME)

    def _of_silent(self, seen: Seen, left: Missing, number: int) -> Iterator[Finding]:
        """Yield a finding for a place of which nothing was found that could be judged.

        What is not clear at once waits until the whole text has been read.
        """
        unit = self._looked.units[number]
        if not left.right and (other := self._likely.of_another(number, self._entry)):
            yield self._as_other(seen, *other)
            return
        if (other_form := self._other_form(seen, left.covered)) is not None:
            if isinstance(other_form, Finding):
                yield other_form
            return
        optional = may_do_without(unit, left.right, full_before=number - 1 in self._full)
        self._silent.append(Silent(seen, tuple(left.covered), optional, left.right))

    def _other_form(self, seen: Seen, covered: Sequence[Span]) -> Finding | str | None:
        """Return what is wrong with a target's own words in another order or of one root."""
        unit = self._looked.units[seen.place.unit]
        for target in self._entry.preferred:
            for place in find_forms(unit.tgt, target.text):
                if place.kind != "form" and not any_overlap(place.span, covered):
                    verdict = by_words(self._entry, moved_to(seen, place.span, unit.tgt), unit)
                    if verdict.severity == "none":
                        return "in order"
                    if verdict.difference == "expansion":
                        verdict = verdict._replace(difference="order")
                    return self._finding(seen, verdict, place.span, p=LIKELY_WORDS)
        return None

    def _left_out(self) -> Iterator[Finding]:
        """Yield findings for the places without any rendering.

        A term that is left out at many places is one that English does without; there one
        remark is enough.
        """
        prone = (
            sum(not each.optional for each in self._silent) >= OMISSIONS
            or len(self._silent) >= MANY_SILENT
        )
        for number, each in enumerate(self._silent):
            seen = each.seen
            unit = self._looked.units[seen.place.unit]
            likely = None
            if not prone:
                likely = self._likely.best(seen.place.unit, self._term, each.covered)
            resembles = likely is not None and evidence_of(seen, likely) >= RESEMBLING
            instead = likely is not None and likely.alike and each.right > 0
            if likely is not None and resembles and not each.right:
                verdict = by_words(self._entry, moved_to(seen, likely.span, unit.tgt), unit)
                if verdict.severity == "none":
                    continue
            if likely is not None and resembles and not (prone or (each.optional and not instead)):
                text = one_line(unit.tgt, likely.span)
                verdict = not_rendered(self._entry, self._term.wanted.text, text)
                yield self._finding(seen, verdict, likely.span, p=LIKELY_WORDS)
            elif not each.covered and not (prone and number):
                times = len(self._silent) if prone else 1
                verdict = not_rendered(self._entry, self._term.wanted.text, times=times)
                yield self._finding(seen, verdict, Span(0, 0), p=NO_WORDS)

    def _recurring(self) -> Iterator[Finding]:
        """Yield one finding for each short form that nothing announces and that recurs."""
        for short, verdict in self._shorts.told(self._full, self._looked.announced):
            yield self._finding(short.seen, verdict, short.span, p=short.seen.found)

    def _finding(
        self, seen: Seen, verdict: GlossaryVerdict, span: Span, *, p: float, clear: bool = True
    ) -> Finding:
        unit = self._looked.units[seen.place.unit]
        # a word of one root is of another part of speech or sense: subcontractors, subcontract
        suggested = in_capitals if verdict.difference == "derivation" else in_place
        if verdict.difference == "substitution" and is_negated(unit.src, seen.place.span):
            p *= NEGATED_FACTOR
        return build(
            self._looked,
            seen,
            term=unit.src[slice(*seen.place.span)],
            expected=verdict.expected,
            difference=verdict.difference,
            severity=graded(verdict, unit.tgt[slice(*span)], p, clear=clear),
            why=verdict.why,
            span=(place := lettered_span(unit.tgt, span)),
            p=p,
            suggestion=suggested(verdict.expected, unit.tgt, place),
        )
