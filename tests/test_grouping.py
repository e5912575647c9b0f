"""How renderings of a term come together, and how a glossary judges them, as data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stand_ins import (
    Case,
    cases,
    letters,
    make_grouped,
    make_looked,
    make_seen,
    make_units,
    make_wanted,
)

from aligner.check.checks.prescribed import against_glossary
from aligner.check.shown import as_term, consistency, surface
from aligner.glossary.entries import Entry, Target
from aligner.span import Span
from aligner.terms.announced import chinese_short_forms, english_short_forms
from aligner.terms.group import commonest, group
from aligner.terms.linked import link_units
from aligner.terms.located import RenderingGroup
from aligner.terms.targets import accepts, find_targets
from aligner.terms.wanted import in_title, wanted_terms
from aligner.wording.difference import Comparison, compare
from aligner.wording.roots import same_root


def grouped(given: Case) -> object:
    """Return rendering, difference, places, expected and sure places of each group."""
    term = make_grouped(given["term"], given["units"])
    return [
        [g.text, g.comparison.difference, len(g.places), round(g.mass, 3), g.sure]
        for g in term.groups
    ] + [len(term.unrendered)]


def shown(given: Case) -> object:
    """Return a term's renderings as they are shown."""
    term = as_term(make_grouped(given["term"], given["units"]), make_units(given["units"]))
    flags = [name for name in ("in_glossary", "title") if getattr(term, name)]
    forms = [
        [r.text, r.difference, r.count, *([r.status] if r.status else [])] for r in term.renderings
    ]
    return [*forms, len(term.unrendered), term.consistency, *flags]


def places(given: Case) -> object:
    """Return each place as it is shown: rendering, places in the documents, p."""
    term = as_term(make_grouped(given["term"], given["units"]), make_units(given["units"]))
    found = [o for r in term.renderings for o in r.occurrences] + list(term.unrendered)
    return [
        [o.rendering, list(o.src_span), list(o.tgt_span) if o.tgt_span else None, o.p]
        + ([] if o.translated else ["untranslated"])
        for o in sorted(found, key=lambda o: o.src_span)
    ]


def index(given: Case) -> object:
    """Return the consistency of groups, each a difference and how many places it has."""
    term = {"key": "字", "places": [{"u": 0, "en": "x"}]}
    pairs = [["字", "x"]]
    (seen,) = make_seen(term, pairs)
    groups = [
        RenderingGroup("x", Comparison(name), (seen,) * n, 1.0) for name, n in given["groups"]
    ]
    return round(consistency(groups), 4)


def most(given: Case) -> object:
    """Return the commonest surface form of some places."""
    pairs = [["字", text] for text in given["texts"]]
    listed = [{"u": n, "en": text} for n, text in enumerate(given["texts"])]
    return commonest(make_seen({"key": "字", "places": listed}, pairs))


def judged(given: Case) -> object:
    """Return what a glossary finds wrong, with its places in the Chinese and English texts."""
    looked = make_looked({"terms": [given["term"]], "units": given["units"]})
    found = against_glossary(looked, sensitivity="high")
    return [
        [f.rendering, f.difference, f.severity, f.p, f.src_span.start, f.expected, f.why]
        for f in found
        if f.src_span
    ]


def entry(given: Case) -> Entry:
    """Return an entry of a glossary for one term."""
    return Entry("字", tuple(Target(*target) for target in given["glossary"]))


def accepted(given: Case) -> object:
    """Return the target that a rendering is, and its status."""
    target = accepts(entry(given), given["text"])
    return [target.text, target.status] if target else None


def targets(given: Case) -> object:
    """Return where targets stand in a sentence."""
    return [
        [given["text"][slice(*span)], target.text]
        for span, target in find_targets(given["text"], entry(given))
    ]


def title(given: Case) -> object:
    """Tell whether a word stands inside title or quotation marks."""
    start = given["text"].index(given["word"])
    return in_title(given["text"], Span(start, start + len(given["word"])))


def compared(given: Case) -> object:
    """Return how a rendering differs from the dominant one, in its sentence."""
    beside = {side: given.get(side, "") for side in ("before", "after")}
    found = compare(given["dominant"], given["other"], **beside)
    return [found.difference, list(found.removed), list(found.added)]


def short_forms(given: Case) -> object:
    """Return the short forms that a text announces, and what they stand for."""
    find = chinese_short_forms if given["lang"] == "zh" else english_short_forms
    return [[form.short, form.full] for form in find(given["text"])]


def looked_for(given: Case) -> object:
    """Return the terms that the text marks as names."""
    found = make_units(given["units"])
    terms = wanted_terms(found, glossary=None, linked=link_units(found, letters()))
    return [[each.key, "marked"] for each in terms if each.marked]


RULES: dict[str, Callable[[Case], object]] = {
    "groups": grouped,
    "shown": shown,
    "places": places,
    "consistency": index,
    "commonest": most,
    "surface": lambda given: surface(given["text"], given["common"]),
    "glossary": judged,
    "accepted": accepted,
    "targets": targets,
    "in title": title,
    "compared": compared,
    "short forms": short_forms,
    "looked for": looked_for,
    "one root": lambda given: same_root(*given["words"]),
}


@pytest.mark.parametrize("case", [*cases("grouping.jsonl"), *cases("glossary_judging.jsonl")])
def test_a_rule_of_grouping(case: Case) -> None:
    """Each rule does what its example says."""
    assert RULES[case["rule"]](case["input"]) == case["wanted"]


def test_the_places_of_equal_groups_decide_their_order() -> None:
    """Of two renderings with as much mass the one that stands first is dominant."""
    pairs = [["字", "area"], ["字", "zone"]]
    term = {"key": "字", "places": [{"u": 1, "en": "zone"}, {"u": 0, "en": "area"}]}
    found = group(make_wanted(term, pairs), make_seen(term, pairs), ())
    assert [each.text for each in found.groups] == ["area", "zone"]


def test_candidates_are_looked_for_only_where_they_are_wanted() -> None:
    """Without a glossary and without candidates nothing is looked for."""
    units = make_units([["海水淡化厂。", "A plant."]] * 2)
    assert wanted_terms(units, glossary=None, linked=None) == []
