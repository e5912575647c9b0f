"""Rules of judging, one example each: what is out of line, how badly, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from stand_ins import Case, cases, make_grouped, make_looked, make_units

from aligner.check.baseline.accepted import Accepted, Baseline, merged
from aligner.check.build import ordered
from aligner.check.checks.consistency import findings, is_remarkable, why
from aligner.check.checks.consistency import trusted as kept_of
from aligner.check.checks.shared import are_siblings, shared_renderings
from aligner.check.severity import severity_of
from aligner.check.shown import as_term, overall
from aligner.check.suspicion import Suspicion, is_inside_compound, is_title, suspicions
from aligner.check.trust import NAMES, TrustWeights, describe, load_trust_weights, trust
from aligner.findings import Finding, Term, Terms
from aligner.fitted import Linear
from aligner.span import Span
from aligner.terms.locate.span_evidence import EVIDENCE_WIDTH
from aligner.terms.located import Grouped
from aligner.wording.difference import Comparison


def suspected(given: Case) -> tuple[list[Suspicion], list[Grouped]]:
    """Return what is suspected of the terms of a case, and the terms."""
    looked = make_looked(given)
    return suspicions(looked), list(looked.terms)


def shown_suspicions(given: Case) -> object:
    """Return term, rendering and difference of each suspicion, and what is true of it."""
    found, terms = suspected(given)
    return [
        [terms[each.term].wanted.key, each.seen.text, each.comparison.difference]
        + [name for name in ("title", "claimed", "covered") if getattr(each, name)]
        for each in found
    ]


def likeness(given: Case) -> object:
    """Return the cosines of renderings and of words that differ, to three decimals."""
    return [[round(e.likeness, 3), round(e.word_likeness, 3)] for e in suspected(given)[0]]


def remarkable(given: Case) -> object:
    """Tell whether the suspicions of a case are worth a remark."""
    found, terms = suspected(given)
    return [is_remarkable(each, terms[each.term]) for each in found]


def model(bias: float = 0.0) -> Linear:
    """Return a model that knows nothing but its bias."""
    size = len(NAMES)
    return Linear(np.zeros(size), np.ones(size), np.zeros(size), bias)


def trusted(given: Case) -> object:
    """Return what is kept and sure, if each suspicion is trusted by .5 and `least` is asked."""
    found, terms = suspected(given)
    weights = TrustWeights(model(), given["least"], "")
    kept = kept_of(found, terms, weights, given["sensitivity"])
    return [[each.comparison.difference, each.sure, p] for each, p in kept]


def described(given: Case) -> object:
    """Return what is known of the suspicion of a case, by name, without what is 0."""
    found, terms = suspected(given)
    each = found[given.get("which", 0)]
    values = zip(NAMES, describe(each, terms[each.term]).tolist(), strict=True)
    return {name: round(value, 3) for name, value in values if value}


def reported(given: Case) -> object:
    """Return the findings of all suspicions, each with its probability and place."""
    looked = make_looked(given)
    found = suspicions(looked)
    pairs = [
        (replace(each, sure=given.get("sure", True)), p)
        for each, p in zip(found, given["p"], strict=True)
    ]
    made = findings(pairs, looked)
    return [[f.term, f.rendering, f.expected, f.severity, f.p, f.bead] for f in ordered(made)]


def reasons(given: Case) -> object:
    """Return what is said of each suspicion."""
    found, terms = suspected(given)
    return [why(each, terms[each.term]) for each in found]


def shared(given: Case) -> object:
    """Return the renderings that several terms share."""
    found = shared_renderings(make_looked(given), sensitivity="high")
    return [[f.term, f.rendering, f.expected, f.p, f.why] for f in found]


def siblings(given: Case) -> object:
    """Tell whether two terms look like members of one set."""
    pairs = [[key, "x"] for key in given["keys"]]
    one, other = (
        make_grouped({"key": key, "places": [{"u": n}]}, pairs)
        for n, key in enumerate(given["keys"])
    )
    return are_siblings(one, other)


def finding(given: Case) -> Finding:
    """Return a finding with what matters to its order and weight."""
    return Finding(
        doc=given.get("doc", "a"), term=given.get("term", "字"), rendering="", expected="",
        difference="substitution", severity=given["severity"], why="", bead=0, src_ids=(),
        tgt_ids=(), src_span=Span(given.get("src", 0), 9), tgt_span=Span(given.get("tgt", 0), 9),
        p=1.0, accepted=given.get("accepted"),
    )  # fmt: skip


def in_order(given: Case) -> object:
    """Return the numbers of findings in the order in which they are shown."""
    found = [finding(each) for each in given["findings"]]
    return [next(n for n, f in enumerate(found) if f is each) for each in ordered(found)]


def baseline(given: Case) -> object:
    """Return the entries that accept some findings, in the order of their file."""
    found = [
        replace(finding({"severity": "info", "term": term}), rendering=rendering)
        for term, rendering in given["findings"]
    ]
    old = Baseline(tuple(Accepted(*fields) for fields in given["old"]))
    return [[e.term, e.rendering, e.reason, e.count] for e in merged(found, old)]


def severe(given: Case) -> object:
    """Tell for each level whether a new finding is at least so severe."""
    found = Terms((), (), tuple(finding(each) for each in given["findings"]), 1.0)
    return [level for level in ("error", "warning", "info", "none") if found.is_severe(level)]


def mean_consistency(given: Case) -> object:
    """Return the consistency of several terms: of each its own, and its places."""
    pairs = [["字" * 9, "x" * 9]]
    terms = []
    for value, count, unrendered in given["terms"]:
        key = {"key": "字"}
        whole = [{"u": 0, "nth": n + 1, "en": "x"} for n in range(count)]
        bare = [{"u": 0, "nth": n + 1} for n in range(unrendered)]
        made = make_grouped({**key, "places": [*whole, *bare]}, pairs)
        terms.append(as_shown(made, pairs, value))
    return overall(terms)


def as_shown(made: Grouped, pairs: list[list[str]], value: float) -> Term:
    """Return a term as it is shown, with another consistency."""
    return replace(as_term(made, make_units(pairs)), consistency=value)


RULES: dict[str, Callable[[Case], object]] = {
    "severity": lambda given: severity_of(given["difference"], title=given["title"]),
    "title": lambda given: is_title(given["text"]),
    "compound": lambda given: is_inside_compound(
        given["before"],
        Comparison("substitution", tuple(given["removed"]), tuple(given["added"])),
    ),
    "suspicions": shown_suspicions,
    "likeness": likeness,
    "remarkable": remarkable,
    "trusted": trusted,
    "described": described,
    "reported": reported,
    "reasons": reasons,
    "shared": shared,
    "siblings": siblings,
    "order": in_order,
    "severe": severe,
    "baseline": baseline,
    "overall": mean_consistency,
}


@pytest.mark.parametrize("case", cases("judging.jsonl"))
def test_a_rule_of_judging(case: Case) -> None:
    """Each rule does what its example says."""
    assert RULES[case["rule"]](case["input"]) == case["wanted"]


def test_every_rule_has_cases() -> None:
    """No rule is listed without an example."""
    assert {p.values[0]["rule"] for p in cases("judging.jsonl")} == set(RULES)


def test_the_evidence_of_a_place_stands_beside_the_usual_one() -> None:
    """Its own row, then the mean of the dominant rendering's; without one, the mean twice."""
    (case,) = (p for p in cases("judging.jsonl", rule="described") if "no links" in str(p.id))
    found, (term,) = suspected(case.values[0]["input"])
    rows = [np.full(EVIDENCE_WIDTH, value, dtype=np.float32) for value in (1.0, 3.0)]
    places = tuple(
        replace(seen, row=row) for seen, row in zip(term.groups[0].places, rows, strict=True)
    )
    term = replace(term, groups=(replace(term.groups[0], places=places), *term.groups[1:]))
    here = replace(
        found[0], seen=replace(found[0].seen, row=np.full(EVIDENCE_WIDTH, 5.0, np.float32))
    )
    named = dict(zip(NAMES, describe(here, term).tolist(), strict=True))
    assert {v for name, v in named.items() if name.endswith(", here")} == {5.0}
    assert {v for name, v in named.items() if name.endswith(", dominant")} == {2.0}
    named = dict(zip(NAMES, describe(found[0], term).tolist(), strict=True))
    assert {v for name, v in named.items() if name.endswith(", here")} == {2.0}


def test_trust_is_a_logistic_function_of_the_score() -> None:
    """A score of 0 is a probability of one half, and nothing suspected is nothing."""
    given = cases("judging.jsonl", rule="trusted")[0].values[0]["input"]
    found, terms = suspected(given)
    least = load_trust_weights().least
    assert trust(found, terms, TrustWeights(model(), least, "")).tolist() == [0.5] * len(found)
    one = trust(found, terms, TrustWeights(model(1.0), least, ""))
    assert one.tolist() == pytest.approx([0.731058579] * len(found), abs=1e-8)
    assert trust([], terms, TrustWeights(model(), least, "")).shape == (0,)


def test_the_settings_ask_for_more_where_less_is_reported() -> None:
    """The quiet setting asks for a higher probability than the one for reading."""
    least = load_trust_weights().least
    assert 0 < least["high"] < least["quiet"] < 1
