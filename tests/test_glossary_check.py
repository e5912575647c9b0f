"""The check against a glossary: places of terms, words of targets, and what is said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from stand_ins import make_bitext, make_looked, make_units

from aligner.check.against.glossary_verdicts import closest
from aligner.check.checks.prescribed import against_glossary
from aligner.check.find_terms import find_terms
from aligner.check.proposed.proposed_rows import citations
from aligner.check.shown import commonest_share
from aligner.findings import Finding
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.terms.target_forms import find_forms, has_spelled_out
from aligner.terms.targets import find_targets
from aligner.terms.wanted import wanted_terms


def places(pairs: list[list[str]], term: str, target: str) -> list[int]:
    """Return the sentences that have a place of a term of the glossary."""
    glossary = Glossary((Entry(term, (Target(target),)),))
    found = wanted_terms(make_units(pairs), glossary=glossary, linked=None)
    return [place.unit for wanted in found for place in wanted.places]


@pytest.mark.parametrize(
    ("term", "target", "across", "own"),
    [
        ("学生", "student", ["大学生活很愉快。", "University life is pleasant."],
         ["学生来了。", "The students came."]),
        ("民法", "civil law", ["人民法院休庭。", "The people's court adjourned."],
         ["民法很重要。", "The civil law matters."]),
        ("主要", "main", ["公主要回家。", "The princess must go home."],
         ["主要原因。", "The main reason."]),
    ],
)  # fmt: skip
def test_a_term_is_not_found_across_words(
    term: str, target: str, across: list[str], own: list[str]
) -> None:
    """A string that begins or ends inside a word of the sentence is no place of the term."""
    assert places([across, own], term, target) == [1]


def test_a_place_whose_sentence_has_the_target_is_kept() -> None:
    """The English side settles a doubt of the Chinese one."""
    assert places([["大学生活很愉快。", "Student life is pleasant."]], "学生", "student") == [0]


def test_a_suffix_leaves_the_term_a_term() -> None:
    """回报率 holds 回报, so that 投资回报 stands in 投资回报率."""
    pair = ["本年投资回报率为四厘。", "The yield on holdings was 4% this year."]
    assert places([pair], "投资回报", "investment return") == [0]


def test_the_opposite_is_no_place() -> None:
    """非 before a term makes another thing of it."""
    pairs = [["非居民须申报。", "Aliens must declare."], ["居民须申报。", "Locals must declare."]]
    assert places(pairs, "居民", "resident") == [1]


def test_a_neighbour_that_decides_the_rendering_makes_another_term() -> None:
    """Beside one word the target never stands, elsewhere it does: a compound of its own."""
    pairs = [["轮胎压力不足。", "Tyre inflation is low."]] * 3
    pairs += [["压力上升。", "The pressure rises."]] * 3
    assert places(pairs, "压力", "pressure") == [3, 4, 5]


@pytest.mark.parametrize(
    ("target", "sentence", "kind"),
    [
        ("register with the court", "It was registered with the court.", "form"),
        ("hour", "It takes 24 hrs at most.", "form"),
        ("kilogram", "It weighs 5kg or more.", "form"),
        ("soil conservation", "soil and water conservation", "form"),
        ("industry", "an industrial area", "derivation"),
        ("harbour dues", "dues of the harbour", "order"),
        ("dredging board", "the Dredged Board", "derivation"),  # it modifies a noun
        ("soil conservation", "conservation of water and soil", "order"),
    ],
)
def test_another_form_of_a_target(target: str, sentence: str, kind: str) -> None:
    """Verb forms, units and coordinations are the target; roots and order are told apart."""
    assert [place.kind for place in find_forms(sentence, target)] == [kind]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("dredging board", "a dredging office and a pilots board"),
        ("dredging board", "the dredged basin or the board"),
    ],
)
def test_words_with_a_noun_of_their_own_are_no_target(target: str, sentence: str) -> None:
    """What is joined by "and" is one coordination only if the first part lacks a noun."""
    assert not find_forms(sentence, target)


@pytest.mark.parametrize(
    ("english", "severity"),
    [
        ("They sent the plan for dredging.", "warning"),
        (
            "The board wrote a very long letter on the late plan for dredging.",
            None,
        ),  # the rest stands elsewhere
        ("Dredging", None),  # a cell or a heading may do without
        ("They sent the plan to the dredging office.", "error"),
        ("They sent the plan to the dredging board.", None),
    ],
)
def test_a_modifier_alone_is_no_target(english: str, severity: str | None) -> None:
    """The noun of a target is not left out, unless the sentence has it elsewhere."""
    start = english.lower().index("dredging")
    words = english[start:][: len("dredging office" if "office" in english else "dredging")]
    term = {
        "key": "疏浚委员会",
        "glossary": [["dredging board", "preferred"]],
        "places": [{"u": 0, "en": words}],
    }
    told = [each.severity for each in found(term, [["疏浚委员会审议了方案。", english]])]
    assert [each for each in told if each != "info"] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("target", "sentence", "times"),
    [
        ("door-to-door service", "A door to door service is offered.", 1),
        ("Tenant A", "Tenant B shall pay.", 0),
        ("Tenant A", "Tenant A shall pay a tenant.", 1),
        ("Tenant A", "The goods belong to Tenant A.", 1),
        ("A shares", "holders of A shares and of shares", 1),
    ],
)
def test_letters_and_hyphens_of_targets(target: str, sentence: str, times: int) -> None:
    """A hyphen is a blank; a letter A that names something is no article."""
    assert len(find_targets(sentence, Entry("某词", (Target(target),)))) == times


def test_an_acronym_in_brackets_does_not_excuse_the_words_before_it() -> None:
    """Outside brackets it is the target."""
    assert has_spelled_out("the WMO met", "World Meteorological Organization")
    assert not has_spelled_out("the World Weather Body (WMO)", "World Meteorological Organization")


def test_of_several_targets_the_closest_is_expected() -> None:
    """It has the most words of what stands there."""
    entry = Entry("滤芯", (Target("strainer"), Target("filter element")))
    assert closest(entry, "filter unit") == "filter element"


@pytest.mark.parametrize(
    ("target", "rendering", "wanted"),
    [
        ("Sea Rescue Board (SRB)", "Coast Group", "Sea Rescue Board"),
        ("berth(s)", "docks", "berths"),
        ("berth(s)", "dock", "berth"),
        ("failure/breakdown", "a breakdown of pumps", "breakdown"),
        ("bank (of a river)", "shore", "bank"),
        ("TCP/IP", "protocol", "TCP/IP"),
    ],
)
def test_what_is_asked_for_can_be_written(target: str, rendering: str, wanted: str) -> None:
    """Of a target with brackets or a slash, one of the wordings that it stands for."""
    assert closest(Entry("某词", (Target(target),)), rendering) == wanted


def test_the_message_cites_the_glossary_as_it_is_written() -> None:
    """What stands in the glossary is said; what to write is a wording."""
    term = {
        "key": "海上救援会",
        "glossary": [["Sea Rescue (Volunteers) Board", "preferred"]],
        "places": [{"u": 0, "en": "Coast Group"}],
    }
    (finding,) = found(term, [["海上救援会成立。", "The Coast Group was founded."]])
    assert "‘Sea Rescue (Volunteers) Board’" in finding.why
    assert finding.expected == finding.suggestion == "Sea Rescue Board"


def found(term: Mapping[str, object], units: list[list[str]]) -> list[Finding]:
    """Return what the glossary finds over located places."""
    looked = make_looked({"terms": [term], "units": units})
    return list(against_glossary(looked, sensitivity="high"))


def test_a_short_form_that_nothing_announces_is_one_finding() -> None:
    """Thirty places of a short form are said once, with their number."""
    units = [["示范区。", "The zone grew."] for _ in range(30)]
    term = {
        "key": "示范区",
        "glossary": [["pilot zone", "preferred"]],
        "places": [{"u": n, "en": "zone"} for n in range(30)],
    }
    (finding,) = found(term, units)
    assert (finding.difference, finding.severity) == ("short form", "warning")
    assert "30 places" in finding.why


def test_errors_are_likely() -> None:
    """Under a probability of .3 a finding is a remark."""
    term = {
        "key": "示范区",
        "glossary": [["pilot zone", "preferred"]],
        "places": [{"u": 0, "en": "grew slowly", "p": 0.2, "found": 0.9}],
    }
    (finding,) = found(term, [["示范区发展。", "It grew slowly."]])
    assert finding.p < 0.3
    assert finding.severity == "info"


def severity(key: str, target: str, pair: list[str], en: str, p: float = 0.9) -> str:
    """Return how much other words for a term matter."""
    place = {"u": 0, "en": en, "p": p, "found": 0.9}
    (finding,) = found({"key": key, "glossary": [[target, "preferred"]], "places": [place]}, [pair])
    return finding.severity


def test_an_error_is_likelier_than_not() -> None:
    """Under .6 a reviser is asked, and under .3 told only of a phrase."""
    pair = ["示范区发展。", "The test area grew slowly."]
    found_at = {p: severity("示范区", "pilot zone", pair, "test area", p) for p in (0.9, 0.5, 0.2)}
    assert found_at == {0.9: "error", 0.5: "warning", 0.2: "warning"}
    assert severity("示范区", "pilot zone", pair, "area", 0.2) == "info"


def test_a_defined_name_for_another_is_an_error() -> None:
    """Lessee for Party B is no style, however unsure the place."""
    pair = ["乙方付款。", "The Lessee shall pay."]
    assert severity("乙方", "Party B", pair, "Lessee", 0.5) == "error"


def test_behind_a_negation_the_word_is_another() -> None:
    """无雾 is fogless; it says nothing of 雾."""
    assert severity("雾", "fog", ["这里无雾。", "It is clear here."], "clear", 0.9) == "info"
    assert severity("雾", "fog", ["这里有雾。", "There is mist here."], "mist", 0.9) == "error"


def test_words_run_together_and_greek_endings_are_kin() -> None:
    """What a page lost a hyphen of, or another word of the root, is a remark."""
    pair = ["港口贷款。", "It is harbourrelated lending."]
    assert severity("港口", "harbour", pair, "harbourrelated") == "info"
    pair = ["预后因素。", "It is a prognostic factor."]
    assert severity("预后", "prognosis", pair, "prognostic") == "info"


def test_what_is_left_out_after_a_pronoun_is_a_remark() -> None:
    """A term that no word renders is told, but is no error."""
    term = {
        "key": "示范区",
        "glossary": [["pilot zone", "preferred"]],
        "places": [{"u": 0, "en": "pilot zone"}, {"u": 1}],
    }
    units = [["示范区成立。", "The pilot zone opened."], ["示范区免税。", "It is tax-free."]]
    (finding,) = found(term, units)
    assert (finding.difference, finding.severity, finding.rendering) == ("not rendered", "info", "")


def test_one_party_named_for_the_other() -> None:
    """Where the text has Tenant B and the original the first tenant, that is an error."""
    pairs = [
        ["甲方租用仓库。", "Tenant A rents the warehouse."],
        ["乙方租用车位。", "Tenant B rents the parking space."],
        ["甲方支付押金。", "Tenant B pays the deposit."],
        ["甲方保管钥匙。", "Tenant A keeps the key."],
    ]
    entries = (Entry("甲方", (Target("Tenant A"),)), Entry("乙方", (Target("Tenant B"),)))
    terms = find_terms(make_bitext(pairs), glossary=Glossary(entries), candidates=False)
    assert [(f.term, f.rendering, f.expected, f.severity) for f in terms.findings] == [
        ("甲方", "Tenant B", "Tenant A", "error")
    ]


def test_the_share_of_the_commonest_rendering() -> None:
    """Three of four places, two of two; a term that stands once is left out."""
    units = [["字词甲", "one two three"]] * 4
    looked = make_looked(
        {
            "units": units,
            "terms": [
                {"key": "字", "places": [{"u": n, "en": "one" if n else "two"} for n in range(4)]},
                {"key": "词", "places": [{"u": 0, "en": "two"}, {"u": 1, "en": "two"}]},
                {"key": "甲", "places": [{"u": 0, "en": "three"}]},
            ],
        }
    )
    assert commonest_share(looked.terms) == round(5 / 6, 4)


def test_a_proposal_is_in_citation_form() -> None:
    """Small letters and the singular, unless the words are a name; a piece of an entry is none."""
    pairs = [
        ["潮汐船闸昨日开放。", "Tidal locks opened yesterday."],
        ["他们修好了潮汐船闸。", "They repaired the tidal locks."],
        ["潮汐船闸属于北湾港务局。", "Each tidal lock belongs to the North Bay Port Authority."],
        ["北湾港务局收费。", "The North Bay Port Authority levies fees."],
    ]
    terms = ["潮汐船闸", "北湾港务局", "船闸"]
    places = {
        "潮汐船闸": ["Tidal locks", "tidal locks", "tidal lock"],
        "北湾港务局": ["North Bay Port Authority"] * 2,
        "船闸": ["locks", "locks", "lock"],
    }
    units = {"潮汐船闸": (0, 1, 2), "北湾港务局": (2, 3), "船闸": (0, 1, 2)}
    looked = make_looked(
        {
            "units": pairs,
            "terms": [
                {
                    "key": term,
                    "places": [
                        {"u": u, "en": en} for u, en in zip(units[term], places[term], strict=True)
                    ],
                }
                for term in terms
            ],
        }
    )
    assert citations(looked) == {
        "潮汐船闸": "tidal lock",
        "北湾港务局": "North Bay Port Authority",
    }


@pytest.mark.parametrize(
    ("pair", "words", "severity"),
    [
        (["各校安排工作经费。", "Schools arrange an operating budget."], "operating", "info"),
        (["他的工作完成了。", "His job is finished."], "job", "error"),
        (["重要工作完成了。", "The important job is finished."], "job", "error"),
        (
            ["各校安排工作，经费充足。", "Schools arrange the operating budget."],
            "operating",
            "error",
        ),
    ],
)
def test_a_compound_has_a_name_of_its_own(pair: list[str], words: str, severity: str) -> None:
    """A word before a noun is a piece of what renders both; alone it is a violation."""
    places = [{"u": 0, "en": "work"}, {"u": 1, "en": words}]
    term = {"key": "工作", "glossary": [["work", "preferred"]], "places": places}
    told = found(term, [["工作很重要。", "The work is important."], pair])
    assert [each.severity for each in told] == [severity]


def test_a_compound_that_has_the_target_elsewhere_is_held_to_it() -> None:
    """Where a compound has the target once, other words in it are a slip."""
    units = [
        ["工作经费充足。", "The work budget is ample."],
        ["工作经费少。", "The job budget is low."],
    ]
    places = [{"u": 0, "en": "work"}, {"u": 1, "en": "job"}]
    term = {"key": "工作", "glossary": [["work", "preferred"]], "places": places}
    assert [each.severity for each in found(term, units)] == ["error"]


def test_an_entry_of_several_words_is_asked_for_in_compounds_too() -> None:
    """The glossary names the words of a compound itself."""
    units = [["风险管理部门很大。", "The danger management office is large."]]
    places = [{"u": 0, "en": "danger management"}]
    term = {"key": "风险管理", "glossary": [["risk management", "preferred"]], "places": places}
    assert [each.severity for each in found(term, units)] == ["error"]


def test_a_verb_of_the_root_of_the_noun_is_no_mere_modifier() -> None:
    """The party inspects it: what is left out is "harbour", not the noun."""
    term = {
        "key": "港检",
        "glossary": [["harbour inspection", "preferred"]],
        "places": [{"u": 0, "en": "inspect"}],
    }
    told = found(term, [["乙方应当港检。", "They shall inspect it soon."]])
    assert [each.severity for each in told] == ["info"]
