"""What in a glossary or a text looks like a violation, or like a term, and is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stand_ins import make_bitext, make_looked, make_units

from aligner.check.checks.prescribed import against_glossary
from aligner.check.find_terms import find_terms
from aligner.check.proposed.proposed_rows import citations
from aligner.findings import Finding, Status
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.terms.alternatives import with_alternatives
from aligner.terms.target_forms import find_forms
from aligner.terms.wanted import wanted_terms


def found(pair: Sequence[str], key: str, target: str, en: str, **seen: float) -> list[Finding]:
    """Return the findings for one place that these words render."""
    place = {"u": 0, "en": en, "found": 0.95, **seen}
    term = {"key": key, "glossary": [[target, "preferred"]], "places": [place]}
    looked = make_looked({"terms": [term], "units": [list(pair)]})
    return list(against_glossary(looked, sensitivity="high"))


def test_a_piece_of_a_dictionary_word_that_english_renders_is_no_place() -> None:
    """表面 in 表面活性剂 beside `surfactant` says nothing of the surface."""
    pairs = [["它含有表面活性剂。", "It contains a surfactant."], ["表面光滑。", "It is smooth."]]
    glossary = Glossary((Entry("表面", (Target("surface"),)),))
    (wanted,) = wanted_terms(make_units(pairs), glossary=glossary, linked=None)
    assert [place.unit for place in wanted.places] == [1]


@pytest.mark.parametrize(
    ("target", "status", "texts"),
    [
        ("failure/breakdown", "preferred", ["failure/breakdown", "failure", "breakdown"]),
        ("pilot zone (PZ)", "preferred", ["pilot zone"]),
        ("carbon dioxide (CO2)", "preferred", ["carbon dioxide (CO2)", "carbon dioxide", "CO2"]),
        ("service brake / service braking", "preferred",
         ["service brake / service braking", "service brake", "service braking"]),
        ("ward round/ward visit", "preferred",
         ["ward round/ward visit", "ward round", "ward visit", "ward round visit",
          "ward ward visit"]),
        ("PZA/Pilot Zone Authority", "preferred",
         ["PZA/Pilot Zone Authority", "PZA", "Pilot Zone Authority"]),
        ("bank (of a river)", "forbidden", ["bank (of a river)"]),
        ("km/h", "preferred", ["km/h"]),
    ],
)  # fmt: skip
def test_what_a_target_with_a_slash_or_brackets_stands_for(
    target: str, status: Status, texts: list[str]
) -> None:
    """Each wording counts; units and what a forbidden word is limited by do not."""
    entry = with_alternatives(Entry("某词", (Target(target, status),)))
    assert [each.text for each in entry.targets] == texts


def test_an_acronym_does_not_mend_the_words_before_it() -> None:
    """The name is wrong, though its acronym in brackets is the right one's."""
    pair = ["港务管理局成立。", "The Harbour Governing Council (HGB) was set up."]
    (finding,) = found(pair, "港务管理局", "Harbour Governing Board", "Harbour Governing Council")
    assert (finding.difference, finding.severity) == ("substitution", "error")


def test_half_a_hyphenated_word_is_no_rendering() -> None:
    """`site visits` is no wording in `off-site visits`."""
    pair = ["现场检查两次。", "Two off-site visits were made."]
    (finding,) = found(pair, "现场检查", "field inspection", "site visits", p=0.9)
    assert finding.severity == "info"


def test_words_in_another_order_do_not_go_across_a_comma() -> None:
    """What stands behind the comma belongs to the next item."""
    assert not find_forms("starting the lift pump, check the oil", "oil lift")
    assert [place.kind for place in find_forms("oil of the lift", "lift oil")] == ["order"]


def test_one_side_of_a_contract_named_for_the_other() -> None:
    """A party too many and the other too few, though both stand in the sentence's original."""
    pairs = [
        ["甲方交付货物。", "The Consignor delivers the goods."],
        ["乙方验收货物。", "The Consignee inspects the goods."],
        [
            "乙方逾期的，甲方可以留置货物。",
            "If the Consignee is late, the Consignee may keep them.",
        ],
        ["甲方开具发票。", "The Consignor issues an invoice."],
    ]
    entries = (Entry("甲方", (Target("Consignor"),)), Entry("乙方", (Target("Consignee"),)))
    terms = find_terms(make_bitext(pairs), glossary=Glossary(entries), candidates=False)
    assert [(f.term, f.rendering, f.expected, f.severity) for f in terms.findings] == [
        ("甲方", "Consignee", "Consignor", "error")
    ]


@pytest.mark.parametrize(
    ("term", "pair", "english"),
    [
        ("水手们", ["水手们来了。", "The sailors came."], "sailors"),
        ("甲板上", ["甲板上有人。", "Someone was on deck."], "deck"),
        ("船长的帽子", ["船长的帽子丢了。", "They lost the captain's hat."], "captain's hat"),
        ("不同码头", ["不同码头收费。", "They charge at different quays."], "different quays"),
        ("tidelog", ["见 www.tidelog.org。", "They say see www.tidelog.org."], "tidelog"),
    ],
)
def test_pieces_of_sentences_are_no_entries(term: str, pair: list[str], english: str) -> None:
    """Plurals, places in something, possessors, determiners and addresses are no rows."""
    places = [{"u": n, "en": english} for n in range(3)]
    looked = make_looked({"units": [pair] * 3, "terms": [{"key": term, "places": places}]})
    assert citations(looked) == {}


@pytest.mark.parametrize(
    ("term", "pair", "english", "cited"),
    [
        ("民间团体", ["民间团体开会。", "Today the NGOs met."], "NGOs", "NGO"),
        ("对外事务", ["对外事务繁多。", "They deal with external affairs."], "external affairs",
         "external affairs"),
        ("Buffer", ["用 Buffer 写入。", "Write it with a Buffer."], "Buffer", "Buffer"),
        ("余家坝", ["他们沿余家坝散步。", "They walked along the Yujia Dam today."], "Yujia Dam",
         "Yujia Dam"),
        ("绳具", ["绳具齐全。", "They have all ropes and tackles."], "ropes and tackles",
         "ropes and tackles"),
    ],
)  # fmt: skip
def test_citation_forms(term: str, pair: list[str], english: str, cited: str) -> None:
    """Acronyms in the singular, summation plurals and pairs in the plural, Latin as it stands."""
    places = [{"u": n, "en": english} for n in range(3)]
    looked = make_looked({"units": [pair] * 3, "terms": [{"key": term, "places": places}]})
    assert citations(looked) == {term: cited}


def test_a_term_in_every_sentence() -> None:
    """Marks and grammar go with everything: they do not take the words of such a term."""
    zh = ["先导区启动了。", "先导区有了三个港口。", "先导区完工了。", "先导区免税了。"]
    en = ["started", "has got three ports", "is finished", "is free of tax now"]
    pairs = [(a, f"The pilot zone {b}.") for a, b in zip(zh, en, strict=True)]
    glossary = Glossary((Entry("先导区", (Target("demonstration area"),)),))
    terms = find_terms(make_bitext(pairs), glossary=glossary, candidates=False)
    assert [(f.rendering, f.severity) for f in terms.findings] == [("pilot zone", "error")] * 4
