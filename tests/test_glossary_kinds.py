"""What in a glossary or a text looks like a violation, or like a term, and is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stand_ins import make_bitext, make_looked, make_units

from aligner.check.checks.prescribed import against_glossary
from aligner.check.find_terms import find_terms
from aligner.check.proposed.proposed_rows import citations
from aligner.check.shown import shown_terms
from aligner.findings import Finding, Status, Terms
from aligner.glossary.collect import glossary_of
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.terms.alternatives import with_alternatives
from aligner.terms.look import look
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
        ("只读权限", ["只读权限已开。", "They grant read-only access."], "read-only access",
         "read-only access"),
        ("灯塔值守", ["灯塔值守改期。", "They moved the lighthouse watch."], "lighthouse watch",
         "lighthouse watch"),
        ("湾底生物", ["湾底生物减少。", "The benthos is in decline here."], "benthos", "benthos"),
        ("海员茶馆", ["海员茶馆开门。", "They opened the teahouses."], "teahouses", "teahouse"),
        ("栉孔球菌", ["栉孔球菌增多。", "There is more Vibrio marinae."], "Vibrio marinae",
         "Vibrio marinae"),
        ("沃伦", ["沃伦来了。", "Then came Mr Warren."], "Mr Warren", "Warren"),
    ],
)  # fmt: skip
def test_citation_forms(term: str, pair: list[str], english: str, cited: str) -> None:
    """Acronyms in the singular, summation plurals and pairs in the plural, Latin as it stands."""
    places = [{"u": n, "en": english} for n in range(3)]
    looked = make_looked({"units": [pair] * 3, "terms": [{"key": term, "places": places}]})
    assert citations(looked) == {term: cited}


def test_a_term_that_is_rendered_in_two_ways_is_proposed() -> None:
    """A glossary is for such terms most of all; the fuller form is the one that is cited."""
    units = [
        ["海港先导区很大。", "The harbour pilot zone is large."],
        ["海港先导区免税。", "They keep the harbour pioneer area tax-free."],
        ["航道部开会。", "Then the Ministry met."],
        ["航道部收费。", "Then the Ministry levied fees."],
        ["航道部成立。", "Then the Ministry of Waterways was founded."],
    ]
    places = {
        "海港先导区": ["harbour pilot zone", "harbour pioneer area"],
        "航道部": ["Ministry", "Ministry", "Ministry of Waterways"],
    }
    terms = [
        {"key": "海港先导区", "places": _numbered(places["海港先导区"], 0)},
        {"key": "航道部", "places": _numbered(places["航道部"], 2)},
    ]
    looked = make_looked({"units": units, "terms": terms})
    assert citations(looked) == {
        "海港先导区": "harbour pilot zone",
        "航道部": "Ministry of Waterways",
    }
    row = {
        entry.src: entry.targets[0]
        for entry in glossary_of(Terms((), shown_terms(looked), (), 1.0)).entries
    }
    assert row["航道部"].count == 1
    assert "Ministry (2)" in row["航道部"].note


def test_forms_of_a_target_are_one_target() -> None:
    """A glossary that is written again has its target as it was, with all its places."""
    units = [
        ["闸门关闭。", "Every lock gate is shut."],
        ["闸门打开。", "All lock gates are open."],
        ["闸门损坏。", "They found that the lock gates were damaged."],
    ]
    glossary = [["lock gate", "preferred"]]
    places = _numbered(["lock gate", "lock gates", "lock gates"], 0)
    looked = make_looked(
        {"units": units, "terms": [{"key": "闸门", "glossary": glossary, "places": places}]}
    )
    (entry,) = glossary_of(Terms((), shown_terms(looked), (), 1.0)).entries
    assert [(each.text, each.count, each.consistency) for each in entry.targets] == [
        ("lock gate", 3, 1.0)
    ]


def test_a_name_is_cited_whole() -> None:
    """English says how far a Chinese name goes: 景行 is Lu Jingxing, 佩兰 stands behind He."""
    units = [
        ["主任陆景行到港。", "Director Lu Jingxing came to the port."],
        ["昨天陆景行离港。", "Yesterday Lu Jing-xing left the port."],
        ["船长何佩兰到港。", "Then captain He Peilan came to the port."],
        ["昨天何佩兰离港。", "Yesterday He Peilan left the port."],
    ]
    terms = [
        {"key": "陆景", "places": _numbered(["Lu Jingxing", "Lu Jing-xing"], 0)},
        {"key": "佩兰", "places": _numbered(["Peilan", "Peilan"], 2)},
    ]
    looked = make_looked({"units": units, "terms": terms})
    found = glossary_of(Terms((), shown_terms(looked), (), 1.0))
    assert [(entry.src, entry.targets[0].text) for entry in found.entries] == [
        ("陆景行", "Lu Jingxing"),
        ("何佩兰", "He Peilan"),
    ]


def _numbered(renderings: Sequence[str], first: int) -> list[dict[str, object]]:
    """Return places of one term in units from a number on."""
    return [{"u": first + n, "en": en, "p": 0.95, "found": 1.0} for n, en in enumerate(renderings)]


@pytest.mark.parametrize(
    ("units", "terms"),
    [
        # what is done to something, and a word that no English one stands for
        (["我们修缮码头。", "It is by repairing old quays."],
         {"修缮码头": "repairing old quays"}),
        (["船员登上轮船。", "The crew is on the steamer."],
         {"登上轮船": "steamer", "轮船": "steamer"}),
        # what is counted in, the middle of a preposition
        (["他等了三小时。", "He waited three hours."], {"小时": "hours"}),
        (["船只依规停靠。", "Ships moor in accordance with rules."],
         {"依规": "accordance with rules"}),
    ],
)  # fmt: skip
def test_what_is_no_row(units: list[str], terms: dict[str, str]) -> None:
    """Acts, units of measure and pieces of sentences are no rows."""
    looked = make_looked(
        {
            "units": [units] * 3,
            "terms": [{"key": key, "places": _numbered([en] * 3, 0)} for key, en in terms.items()],
        }
    )
    assert citations(looked).keys() <= {"轮船"}


def test_a_term_in_every_sentence() -> None:
    """Marks and grammar go with everything: they do not take the words of such a term."""
    zh = ["先导区启动了。", "先导区有了三个港口。", "先导区完工了。", "先导区免税了。"]
    en = ["started", "has got three ports", "is finished", "is free of tax now"]
    pairs = [(a, f"The pilot zone {b}.") for a, b in zip(zh, en, strict=True)]
    glossary = Glossary((Entry("先导区", (Target("demonstration area"),)),))
    terms = find_terms(make_bitext(pairs), glossary=glossary, candidates=False)
    assert [(f.rendering, f.severity) for f in terms.findings] == [("pilot zone", "error")] * 4


def test_a_piece_of_an_entry_is_no_place_of_a_candidate() -> None:
    """供电设施 has a part of the entry 港口供电 in 港口供电设施, so it stands elsewhere alone."""
    pairs = [
        ("东港检修港口供电设施。", "Donggang repairs the port power supply facilities."),
        ("西港更换港口供电设施。", "Xigang replaces the port power supply facilities."),
        ("南港的港口供电设施完好。", "The port power supply facilities of Nangang are sound."),
        ("北港的供电设施完好。", "The power supply facilities of Beigang are sound."),
        ("中港的供电设施改造完成。", "Zhonggang's renewal of power supply facilities is done."),
        ("外港的供电局推迟改造。", "The power supply bureau of Waigang delays the renewal."),
        ("内港的供电局开会。", "The power supply bureau of Neigang held a meeting."),
    ]
    looked = look(
        [make_bitext(pairs)],
        glossary=Glossary((Entry("港口供电", (Target("port power supply"),)),)),
        candidates=True,
        progress=lambda _stage: None,
    )
    places = {
        term.wanted.text: [place.unit for place in term.wanted.places] for term in looked.terms
    }
    assert places["港口供电"] == [0, 1, 2]
    assert places["港口供电设施"] == [0, 1, 2]
    assert places["供电设施"] == [3, 4]
