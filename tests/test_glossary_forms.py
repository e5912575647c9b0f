"""Forms of the words of a glossary's targets: verbs, possessives, roots, prefixes, units."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from stand_ins import make_looked

from aligner.check.against.suggested_form import in_place
from aligner.check.against.target_places import target_places
from aligner.check.checks.prescribed import against_glossary
from aligner.cli import main
from aligner.findings import Finding
from aligner.formats.glossaries import read_glossary
from aligner.glossary.entries import Entry, Target
from aligner.span import Span
from aligner.terms.target_forms import find_forms
from aligner.terms.targets import find_targets
from aligner.wording.content_words import content_key


def findings(targets: list[list[str]], zh: str, key: str, en: str, words: str) -> list[Finding]:
    """Return the findings for one place of a term that these words render."""
    place = {"u": 0, "en": words, "found": 0.95}
    term = {"key": key, "glossary": targets, "places": [place]}
    return list(
        against_glossary(make_looked({"terms": [term], "units": [[zh, en]]}), sensitivity="high")
    )


@pytest.mark.parametrize(
    ("wrong", "sentence", "place"),
    [
        ("dredge", "The harbour was dredged in May.", "dredged"),
        ("dredge", "Dredging goes on.", "Dredging"),
        ("write off", "The loan is written off.", "written off"),
        ("overtake", "Ships overtook the ferry.", "overtook"),
        ("meeting", "They met twice.", None),
        ("old", "The oldest ships are sold.", None),
        ("the deaf", "Seats for the deaf are near the stage.", "the deaf"),
        ("the deaf", "Deaf passengers sit near the stage.", None),
        ("the deaf", "Help the deaf passengers.", None),
        ("a pilot", "The pilot came.", "pilot"),
        ("look into", "They looked into it.", "looked into"),
        ("look into", "They looked away.", None),
        ("look into", "We look into it.", "look into"),
        ("look into", "We look away.", None),
        ("put into practice", "It was put into practice.", "put into practice"),
    ],
)
def test_where_a_forbidden_target_stands(wrong: str, sentence: str, place: str | None) -> None:
    """A verb in any form; a noun with its article alone."""
    entry = Entry("某词", (Target("other", "preferred"), Target(wrong, "forbidden")))
    found = [sentence[slice(*each.span)] for each in target_places(sentence, entry).wrong]
    assert found == ([] if place is None else [place])


@pytest.mark.parametrize(
    ("status", "severity"), [("forbidden", "error"), ("deprecated", "warning")]
)
def test_a_form_of_a_verb_is_told_as_its_status(status: str, severity: str) -> None:
    """With what to write instead."""
    targets = [["repeal", "preferred"], ["scrap", status]]
    (finding,) = findings(targets, "该规定已废止。", "废止", "The rule was scrapped.", "scrapped")
    assert (finding.difference, finding.severity) == ("status", severity)
    assert finding.rendering == "scrapped"
    assert f"‘scrap’ as {status}; use ‘repeal’" in finding.why


def test_a_verb_of_the_target_does_not_excuse_a_forbidden_noun() -> None:
    """The steersman steers, and is a steersman all the same."""
    targets = [["steerer", "preferred"], ["steersman", "forbidden"]]
    (finding,) = findings(targets, "舵手掌舵。", "舵手", "The steersman steers.", "steersman")
    assert (finding.difference, finding.severity) == ("status", "error")


def test_a_root_of_the_target_comes_before_a_forbidden_word_for_something_else() -> None:
    """The repeal is rendered; the scrapping is that of the ships."""
    targets = [["repeal", "preferred"], ["abandon", "forbidden"]]
    english = "After the repealing of the rule ships were abandoned."
    found = findings(targets, "废止规定后弃船。", "废止", english, "repealing")
    assert [each.difference for each in found if each.severity != "info"] == []


@pytest.mark.parametrize(
    "sentence",
    ["It binds Party A's agent.", "Party A’s stamp is needed.", "the buyer (‘Party A’) pays"],
)
def test_the_letter_before_a_possessive_or_a_quotation_mark_is_content(sentence: str) -> None:
    """Party A's is Party A, and not Party."""
    assert find_targets(sentence, Entry("甲方", (Target("Party A"),)))
    assert not find_targets(sentence, Entry("方", (Target("Party B"),)))
    assert content_key(sentence[sentence.index("Party") :])[:2] == ("party", "a")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("photoactivation", "photoactivated"),
        ("proteolysis", "proteolytics"),
        ("coagulation", "coagulant"),
        ("licence", "unlicensed"),
        ("licence", "sublicensing"),
        ("alignment", "misaligned"),
        ("inspection", "re-inspected"),
        ("birth", "born"),
    ],
)
def test_a_word_of_the_root_of_the_target_is_a_remark_at_most(target: str, words: str) -> None:
    """With a prefix before it too."""
    english = f"The pier is {words} here."
    found = findings([[target, "preferred"]], "码头校准一次。", "校准", english, words)
    assert [each.difference for each in found] in ([], ["derivation"])
    assert all(each.severity == "info" for each in found)


@pytest.mark.parametrize(
    ("target", "words"), [("port", "report"), ("vacation", "vacant"), ("source", "resource")]
)
def test_a_word_that_only_looks_like_a_prefix_and_the_target_is_another(
    target: str, words: str
) -> None:
    """A report is no port."""
    english = f"The {words} is here."
    (finding,) = findings([[target, "preferred"]], "码头校准一次。", "校准", english, words)
    assert (finding.difference, finding.severity) == ("substitution", "error")


@pytest.mark.parametrize(("target", "severity"), [("borrow", "info"), ("credit", "error")])
def test_a_noun_of_the_dictionary_beside_a_verb_of_the_glossary(target: str, severity: str) -> None:
    """`loan` is the noun of 借款, for which an entry with a verb has no word."""
    found = findings([[target, "preferred"]], "借款到期。", "借款", "The loan falls due.", "loan")
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    ("target", "sentence", "place"),
    [
        ("square metre", "A deck of 65 m².", "m²"),
        ("square metre", "A deck of 65 sq. m was laid.", "sq. m"),
        ("cubic metre", "It holds 7 m3.", "m3"),
        ("second", "It beeps for 45 s.", "s"),
        ("degree Celsius", "Store at 4 °C.", "C"),
        ("degree Celsius", "Store at 4℃.", "4℃"),
        ("percentage point", "It fell 0.4 pp.", "pp"),
        ("page", "See pp. 7–9.", "pp"),
    ],
)
def test_a_symbol_stands_for_its_words(target: str, sentence: str, place: str) -> None:
    """As it does where it is of one letter."""
    found = [(sentence[slice(*each.span)], each.kind) for each in find_forms(sentence, target)]
    assert found == [(place, "form")]


@pytest.mark.parametrize(
    ("pair", "entry", "words", "told"),
    [
        (["人口23亿。", "A population of 2.3 billion."], ["亿", "hundred million"], "billion", 0),
        (["付七万元。", "Pay 70,000 yuan."], ["万元", "ten thousand yuan"], "70,000 yuan", 0),
        (["付七万元。", "Pay 70,000 francs."], ["万元", "ten thousand yuan"], "francs", 1),
        (["以亿计。", "By the billion."], ["亿", "hundred million"], "billion", 1),
    ],
)
def test_the_value_of_a_number_counts_and_not_its_words(
    pair: list[str], entry: list[str], words: str, told: int
) -> None:
    """The unit behind it is asked for."""
    (zh, english), (key, target) = pair, entry
    assert len(findings([[target, "preferred"]], zh, key, english, words)) == told


@pytest.mark.parametrize(
    ("target", "sentence", "words", "written"),
    [
        ("repeal", "The rule was scrapped.", "scrapped", "repealed"),
        ("repeal", "Scrapping it takes time.", "Scrapping", "Repealing"),
        ("write off", "The loan was cancelled.", "cancelled", "written off"),
        ("write off", "They cancelled the loan.", "cancelled", "write off"),
        ("put off", "She delays the vote.", "delays", "puts off"),
        ("berth", "Three docks are free.", "docks", "berths"),
        ("bill of lading", "All cargo notes are lost.", "cargo notes", "bills of lading"),
        ("equipment", "The machines are old.", "machines", "equipment"),
        ("pilot zone", "The Trial Area is large.", "Trial Area", "Pilot Zone"),
        ("growth", "Exports increased.", "increased", "growth"),
        ("Party B", "It is Party A's.", "Party A's", "Party B's"),
        ("fate", "It is the will of Heaven.", "Heaven", "fate"),
        ("the Port Board", "In the Harbour Office.", "Harbour Office", "Port Board"),
    ],
)
def test_what_is_suggested_can_be_pasted(
    target: str, sentence: str, words: str, written: str
) -> None:
    """In the form that stands there; where the target has no such form, or two, as it is."""
    start = sentence.index(words)
    assert in_place(target, sentence, Span(start, start + len(words))) == written


def cased(target: str, sentence: str, words: str) -> list[Finding]:
    """Return the findings for an entry whose capitals count."""
    entry = Entry("某词", (Target(target, cased=True),))
    term = {"key": "某词", "glossary": [[target, "preferred"]],
            "places": [{"u": 0, "en": words, "found": 0.95}]}  # fmt: skip
    looked = make_looked({"terms": [term], "units": [["某词在此。", sentence]]})
    terms = tuple(replace(each, wanted=replace(each.wanted, entry=entry)) for each in looked.terms)
    return list(against_glossary(replace(looked, terms=terms), sensitivity="high"))


@pytest.mark.parametrize(
    ("target", "sentence", "words", "severities"),
    [
        ("Polish", "He speaks polish.", "polish", ["warning"]),
        ("Polish", "He speaks Polish.", "Polish", []),
        ("the Cabinet", "He joined the cabinet.", "cabinet", ["warning"]),
        ("cabinet", "Cabinets stand there.", "Cabinets", []),
        ("cabinet", "THE CABINET", "CABINET", []),
    ],
)
def test_capitals_count_where_the_glossary_says_so(
    target: str, sentence: str, words: str, severities: list[str]
) -> None:
    """Not where a sentence begins, and not where all is in capitals."""
    found = cased(target, sentence, words)
    assert [each.severity for each in found] == severities
    assert all(each.suggestion == target.removeprefix("the ") for each in found)


def test_a_column_says_that_capitals_count(tmp_path: Path) -> None:
    """Under any of its names; what it says otherwise is a broken row."""
    path = tmp_path / "terms.csv"
    path.write_text("zh,en,Case-sensitive,domain\n甲,Polish,yes,x\n乙,dock,,\n丙,pier,hm,\n")
    glossary = read_glossary(path)
    assert [entry.targets[0].cased for entry in glossary.entries] == [True, False]
    assert [note for note in glossary.notes if "domain" in note] == ["columns not read: domain"]
    assert "'hm' in the column 'Case-sensitive'" in " ".join(glossary.notes)


def test_validate_tells_of_columns_that_are_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the commands that use the glossary do; it is no problem of the file."""
    path = tmp_path / "terms.csv"
    path.write_text("zh,en,domain\n港口,port,trade\n")
    assert main(["validate", "--from", "glossary", str(path)]) == 0
    assert "columns not read: domain" in capsys.readouterr().err
