"""The check against a glossary: acronyms, other parts of speech, one slip of two entries."""

from __future__ import annotations

from typing import Any

import pytest
from stand_ins import make_looked

from aligner.check.checks.prescribed import against_glossary
from aligner.findings import Finding
from aligner.terms.target_forms import has_spelled_out


def found(case: dict[str, Any]) -> list[Finding]:
    """Return what the check finds in a case."""
    return list(against_glossary(make_looked(case), sensitivity="high"))


def body(count: int, en: str, announced: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a case of a body that some sentences name."""
    units = [["江河水务总局同意。", f"The {en} agreed in case {n}."] for n in range(count)]
    term = {
        "key": "江河水务总局",
        "glossary": [["General Rivers Authority", "preferred"]],
        "places": [{"u": n, "en": en, "found": 0.95} for n in range(count)],
    }
    return {"units": units, "terms": [term], "announced": announced}


def test_an_acronym_that_nobody_announces_is_told_once() -> None:
    """GRA is not what the glossary asks for, and no reader has met it."""
    (finding,) = found(body(5, "GRA"))
    assert (finding.difference, finding.severity, finding.rendering) == (
        "short form",
        "warning",
        "GRA",
    )
    assert "5" in finding.why


def test_an_acronym_that_is_announced_is_in_order() -> None:
    """So is one that stands once in a text that never comes back to it."""
    assert not found(body(5, "GRA", announced=("GRA",)))
    assert not found(body(1, "GRA"))


def test_an_acronym_beside_the_full_form_is_a_remark() -> None:
    """Where the text has the full form, a reader may guess what the acronym is."""
    case = body(6, "GRA")
    case["units"].insert(0, ["江河水务总局成立。", "The General Rivers Authority was set up."])
    for place in case["terms"][0]["places"]:
        place["u"] += 1
    case["terms"][0]["places"].insert(0, {"u": 0, "en": "General Rivers Authority", "found": 0.95})
    (finding,) = found(case)
    assert (finding.difference, finding.severity) == ("short form", "info")


def test_the_acronym_of_another_body_is_told_as_other_words() -> None:
    """NWB is no General Rivers Authority."""
    (finding,) = found(body(1, "NWB"))
    assert (finding.difference, finding.severity) == ("substitution", "warning")


@pytest.mark.parametrize(
    ("sentence", "target", "spelled"),
    [
        ("CAT tests are dear.", "CT scan", False),
        ("Book a computed tomography scan.", "CT scan", True),
        ("The Wi-Fi unit is small.", "Wi-Fi module", False),
    ],
)
def test_an_acronym_inside_a_target_does_not_stand_for_all_of_it(
    sentence: str, target: str, *, spelled: bool
) -> None:
    """What the target has beside its acronym must be in the sentence too."""
    assert has_spelled_out(sentence, target) is spelled


@pytest.mark.parametrize(
    ("pair", "key", "target", "picked"),
    [
        (["他活动了一下手腕。", "He stretched his wrists."], "活动", "event", "stretched VERB"),
        (["他学会了下棋。", "She mastered chess."], "学会", "society", "mastered VERB"),
    ],
)
def test_a_verb_is_a_remark_for_a_noun(pair: list[str], key: str, target: str, picked: str) -> None:
    """An entry whose targets are nouns says nothing of what 了 shows to be a verb."""
    en, tag = picked.split()
    place = {"u": 0, "en": en, "found": 0.95, "tags": [tag]}
    term = {"key": key, "glossary": [[target, "preferred"]], "places": [place]}
    assert [f.severity for f in found({"terms": [term], "units": [pair]})] == ["info"]


def test_a_piece_of_the_clause_is_no_wording() -> None:
    """Nothing joins `making` to 业务: the noun was left out."""
    links = [["making", 0.4, 0.5, 0.0, 0.0]]
    place = {"u": 0, "en": "making", "found": 0.93, "tags": ["ING"], "links": links}
    term = {"key": "业务", "glossary": [["business", "preferred"]], "places": [place]}
    pair = ["租赁业务赢利最多。", "Leases grew, with cars making most of the profit."]
    (finding,) = found({"terms": [term], "units": [pair]})
    assert (finding.difference, finding.severity, finding.rendering) == ("not rendered", "info", "")


def test_one_word_for_a_compound_of_the_dictionary_is_a_remark() -> None:
    """故障排除 is in the dictionary, and English has one word for it."""
    place = {"u": 0, "en": "troubleshooting", "found": 0.95}
    term = {"key": "故障", "glossary": [["fault", "preferred"]], "places": [place]}
    pair = ["先看故障排除一章。", "First read the chapter on troubleshooting."]
    (finding,) = found({"terms": [term], "units": [pair]})
    assert finding.severity == "info"
    assert "故障排除" in finding.why


def test_one_slip_is_told_once_where_two_entries_meet() -> None:
    """The words that stand for both are told of the likelier one."""
    pair = ["检查法兰垫片。", "Check the bracket."]
    terms = [
        {
            "key": key,
            "glossary": [[target, "preferred"]],
            "places": [{"u": 0, "en": "bracket", **p}],
        }
        for key, target, p in (
            ("法兰", "flange", {"found": 0.95}),
            ("垫片", "gasket", {"found": 0.8}),
        )
    ]
    (finding,) = found({"terms": terms, "units": [pair]})
    assert finding.term == "法兰"
