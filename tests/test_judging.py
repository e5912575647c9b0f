"""Rules of judging, one example each: what is out of line, how badly, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from stand_ins import Case, cases, make_grouped, make_looked, make_units

from aligner.check.baseline.accepted import Accepted, Baseline, merged
from aligner.check.build import ordered
from aligner.check.checks import consistency
from aligner.check.checks.consistency import findings, inconsistent_renderings, judged, why
from aligner.check.checks.repeated import repeated_lines
from aligner.check.checks.shared import are_siblings, shared_renderings
from aligner.check.judging.compounds import is_inside_compound
from aligner.check.judging.exceptions import NO_EXCEPTION, exception_from
from aligner.check.judging.nested_verdicts import Verdict
from aligner.check.judging.suspicion import Suspicion, suspicions
from aligner.check.judging.term_facts import term_facts
from aligner.check.judging.traits import NAMES, traits
from aligner.check.judging.trust import (
    TrustWeights,
    is_doubtful,
    is_fixed,
    load_trust_weights,
    names_something_else,
    trust,
)
from aligner.check.shown import as_term, overall
from aligner.findings import Finding, Term, Terms
from aligner.fitted import Linear
from aligner.span import Span
from aligner.terms.located import Grouped
from aligner.wording.difference import Comparison
from aligner.wording.names import is_title


def suspected(given: Case) -> tuple[list[Suspicion], list[Grouped]]:
    """Return what is suspected of the terms of a case, and the terms."""
    looked = make_looked(given)
    return suspicions(looked), list(looked.terms)


def shown_suspicions(given: Case) -> object:
    """Return term, rendering and difference of each suspicion, and what is true of it."""
    found, terms = suspected(given)
    return [
        [terms[each.term].wanted.key, each.seen.text, each.comparison.difference]
        + [name for name in ("title", "claimed", "covered", "recent") if getattr(each, name)]
        for each in found
    ]


def likeness(given: Case) -> object:
    """Return the cosines of renderings and of words that differ, to three decimals."""
    return [[round(e.likeness, 3), round(e.word_likeness, 3)] for e in suspected(given)[0]]


def model(bias: float = 0.0) -> Linear:
    """Return a model that knows nothing but its bias."""
    size = len(NAMES)
    return Linear(np.zeros(size), np.ones(size), np.zeros(size), bias)


def weights(warning: float, remark: float, *, bias: float = 0.0) -> TrustWeights:
    """Return weights that give every suspicion the same probability, by its bias."""
    halves = model(50.0), model(0.0)  # located for certain, wanted by half
    line = (1.0, 0.0, bias)
    return TrustWeights(*halves, (1.0, 0.0), line, 0.9, 0.8, warning, remark)


def tiers(given: Case) -> object:
    """Return what is reported and how, if every suspicion has a probability of .5."""
    looked = make_looked(given)
    asked = weights(given["warning"], given["remark"])
    kept = judged(suspicions(looked), looked, asked)
    return [
        [v.suspicion.comparison.difference, v.severity, v.p]
        + (["two senses"] if v.two_senses else [])
        for v in kept
    ]


def described(given: Case) -> object:
    """Return what is known of the suspicion of a case, the traits that are asked for."""
    found, terms = suspected(given)
    each = found[given.get("which", 0)]
    values = traits(each, terms[each.term])._asdict()
    return {name: round(float(values[name]), 3) for name in given["traits"]}


def fixed(given: Case) -> object:
    """Tell for each suspicion whether it is a settled name in another wording."""
    found, terms = suspected(given)
    return [is_fixed(each, terms[each.term]) for each in found]


def exceptions(given: Case) -> object:
    """Tell for each suspicion whether a settled term has plainly other words."""
    found, terms = suspected(given)
    return [
        exception_from(each, terms[each.term], term_facts(terms[each.term])) < NO_EXCEPTION
        for each in found
    ]


def doubtful(given: Case) -> object:
    """Tell whether signs of a false difference stand at half of all places."""
    found, terms = suspected(given)
    return is_doubtful(found, terms[0], term_facts(terms[0]))


def reported(given: Case) -> object:
    """Return the findings of all suspicions, each with its probability and place."""
    looked = make_looked(given)
    found = suspicions(looked)
    severity = given.get("severity", "warning")
    verdicts = [Verdict(each, p, severity) for each, p in zip(found, given["p"], strict=True)]
    made = findings(verdicts, looked)
    return [[f.term, f.rendering, f.expected, f.severity, f.p, f.bead] for f in ordered(made)]


def reasons(given: Case) -> object:
    """Return what is said of each suspicion."""
    found, terms = suspected(given)
    return [why(Verdict(each, 0.5, "warning"), terms[each.term]) for each in found]


def repeated(given: Case) -> object:
    """Return what repeated lines are translated in two ways."""
    looked = make_looked({**given, "terms": []})
    found = repeated_lines(looked, sensitivity=given.get("sensitivity", "high"))
    return [[f.term, f.rendering, f.expected, f.difference, f.severity] for f in found]


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


FOUR = [
    ["先导区成立。", "The pilot zone was set up."],
    ["先导区不大。", "The pilot zone is small."],
    ["先导区免税。", "The test area is tax-free."],
    ["先导区开放。", "There are two test areas."],
]
TWICE: Case = {
    "key": "先导区",
    "places": [
        {"u": 0, "en": "pilot zone"},
        {"u": 1, "en": "pilot zone", "found": 0.7},
        {"u": 2, "en": "test area", "found": 0.9},
        {"u": 3, "en": "test areas", "found": 0.6},
    ],
}

RULES: dict[str, Callable[[Case], object]] = {
    "title": lambda given: is_title(given["text"]),
    "compound": lambda given: is_inside_compound(
        given["before"],
        Comparison("substitution", tuple(given["removed"]), tuple(given["added"])),
    ),
    "suspicions": shown_suspicions,
    "likeness": likeness,
    "tiers": tiers,
    "fixed": fixed,
    "exceptions": exceptions,
    "doubtful": doubtful,
    "named": lambda given: names_something_else(suspected(given)[0]),
    "repeated": repeated,
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


def test_trust_is_a_logistic_function_of_the_score() -> None:
    """A score of 0 is a probability of one half, and nothing suspected is nothing."""
    given = cases("judging.jsonl", rule="tiers")[0].values[0]["input"]
    found, terms = suspected(given)
    assert trust(found, terms, weights(0.5, 0.1)).p.tolist() == [0.5] * len(found)
    one = trust(found, terms, weights(0.5, 0.1, bias=1.0)).p
    assert one.tolist() == pytest.approx([0.731058579] * len(found), abs=1e-8)
    assert trust([], terms, weights(0.5, 0.1)).p.shape == (0,)


def test_the_places_of_a_rendering_are_trusted_alike() -> None:
    """Each place of a rendering has the probability of their mean."""
    found, terms = suspected({"terms": [TWICE], "units": FOUR})
    assert len(found) == 2
    assert len(set(trust(found, terms, load_trust_weights()).p.tolist())) == 1


def test_a_warning_asks_for_more_than_a_remark() -> None:
    """Fewer differences are sure than are worth a look, and a name is sure enough."""
    shipped = load_trust_weights()
    assert 0 < shipped.remark < shipped.warning <= min(shipped.fixed, shipped.exception) < 1


@pytest.mark.parametrize(("least", "told"), [(0.4, 1), (0.6, 0)])
def test_remarks_are_told_at_high_sensitivity_alone(
    least: float, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sensitivities have the same warnings, and the lower one nothing else."""
    units = [
        ["先导区成立。", "The pilot zone was set up."],
        ["先导区不大。", "The pilot zone is small."],
        ["先导区免税。", "The pilot area is tax-free."],
    ]
    words = ("pilot zone", "pilot zone", "pilot area")
    places = [{"u": n, "en": text} for n, text in enumerate(words)]
    looked = make_looked({"units": units, "terms": [{"key": "先导区", "places": places}]})
    monkeypatch.setattr(consistency, "load_trust_weights", lambda: weights(least, 0.2))
    high = list(inconsistent_renderings(looked, sensitivity="high"))
    quiet = list(inconsistent_renderings(looked, sensitivity="quiet"))
    assert len(high) == 1
    assert quiet == [each for each in high if each.severity != "info"]
    assert len(quiet) == told
