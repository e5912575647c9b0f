"""Places of a glossary's term that the segmenter reads in another way."""

from __future__ import annotations

import pytest
from stand_ins import make_units

from aligner.glossary.entries import Entry, Glossary, Target
from aligner.terms.wanted import wanted_terms


def places(pairs: list[list[str]], term: str, target: str) -> int:
    """Return how many places of a term some pairs have."""
    glossary = Glossary((Entry(term, (Target(target),)),))
    found = wanted_terms(make_units(pairs), glossary=glossary, linked=None)
    return sum(len(wanted.places) for wanted in found)


@pytest.mark.parametrize(
    ("term", "target", "pair"),
    [
        ("工作日", "business day", ["两个工作日内寄出。", "It is sent within two working days."]),
        ("质保期", "warranty period", ["质保期内换新。", "New ones come in the guarantee term."]),
        ("承租人", "lessee", ["承租人间另有约定。", "The tenants have agreed otherwise."]),
        ("会", "meeting", ["他在会上唱歌。", "He sang at the gathering."]),
    ],
)
def test_a_word_of_place_or_time_behind_a_term_is_none_of_its_word(
    term: str, target: str, pair: list[str]
) -> None:
    """日内 and 期内 are words of the segmenter, which the dictionary does not have."""
    assert places([pair], term, target) == 1


def test_a_word_of_the_dictionary_with_a_word_of_place_is_one() -> None:
    """国内 is `domestic`, of no 国, and 中毒 has no 中 of place."""
    assert places([["国内市场。", "The domestic market."]], "国", "country") == 0
    assert places([["中毒者三人。", "There were three victims."]], "毒", "poison") == 0


@pytest.mark.parametrize(
    "pair",
    [
        ["乙方向银行还款。", "The seller repays the bank."],
        ["乙方向工厂订货。", "The supplier orders from the plant."],
    ],
)
def test_a_word_that_english_lacks_does_not_cut_a_term(pair: list[str]) -> None:
    """乙方|向 is likelier than 乙|方向 where nothing is about a direction."""
    assert places([pair], "乙方", "Party B") == 1


def test_the_use_of_a_term_in_the_text_settles_how_it_is_cut() -> None:
    """质保期满 has 期满 in it, but the text speaks of 质保期."""
    with_it = ["质保期为两年。", "The warranty period is two years."]
    pair = ["质保期满后结清。", "It is settled on expiry of the guarantee term."]
    assert [places(pairs, "质保期", "warranty period") for pairs in ([pair], [with_it, pair])] == [
        0,
        2,
    ]


@pytest.mark.parametrize(
    ("pair", "count"),
    [
        (["转动轴后停下。", "Turn the axle, then stop."], 1),
        (["转动轴断了。", "The spindle broke."], 0),
        (["公主要回家。", "The prince's daughter must go home."], 0),
        (["大学生活很忙。", "Life at college was busy."], 0),
    ],
)
def test_a_compound_is_one_if_english_has_it(pair: list[str], count: int) -> None:
    """A verb with its object is no compound; two words of the sentence hold no third."""
    entry = {"转": ("轴", "shaft"), "公": ("主要", "main"), "大": ("学生", "student")}
    assert places([pair], *entry[pair[0][0]]) == count


def test_a_dictionary_word_that_cuts_another_does_not_hold_a_term() -> None:
    """开门 is `open the door`, but not in 推开门."""
    assert places([["她推开门。", "She pushed the door open."]], "门", "gate") == 1


def test_half_of_one_word_and_half_of_another_are_no_term() -> None:
    """中高 is cut from 中, 高危 in a word that the segmenter made up."""
    pairs = [["中高危病人。", "Patients at moderate or high risk."]]
    assert places(pairs, "中高", "mid-high") == 0
