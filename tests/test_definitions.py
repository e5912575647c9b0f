"""Short forms that a text announces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.terms.announced import chinese_short_forms, english_short_forms

CHINESE = [
    ("印发《海岛行动方案》（以下简称《方案》）。", [("方案", "海岛行动方案")]),
    ("为高质量建设海岛绿色先导区（以下简称先导区），", [("先导区", "高质量建设海岛绿色先导区")]),
    ("成立渔港改造领导小组（以下简称领导小组），", [("领导小组", "渔港改造领导小组")]),
    ("海上搜救中心（下稱「中心」）負責", [("中心", "海上搜救中心")]),
    ("《渔港条例》，以下称《条例》，自公布之日起", [("条例", "渔港条例")]),
    ("渔港（以下分别简称“甲港”和“乙港”）", [("甲港", "渔港"), ("乙港", "渔港")]),
    ("海岛县（简称“岛”）", [("岛", "海岛县")]),
    ("（以下简称：示范区）", [("示范区", "")]),
    ("他简称自己为老王。", []),
    ("《方案》提到以下内容。", []),
]
ENGLISH = [
    (
        'the Action Plan for the Bay (hereinafter referred to as the "Plan")',
        [("Plan", "Action Plan for the Bay")],
    ),
    ("the Bay Pilot Zone (hereinafter the Pilot Zone)", [("Pilot Zone", "Bay Pilot Zone")]),
    (
        "the Steering Group for the Bay (hereinafter “the Group”)",
        [("Group", "Steering Group for the Bay")],
    ),
    ('a Steering Group (the "Group") was set up', [("Group", "Steering Group")]),
    ("Rules on Ports, hereinafter the Rules, shall", [("Rules", "Rules on Ports")]),
    ('the fund (hereafter called "the Fund").', [("Fund", "fund")]),
    (
        "harbour repair services in villages (hereinafter referred to as repair services)",
        [("repair services", "repair services in villages")],
    ),
    (
        "firm A (“Party A”) and firm B (“Party B”)",
        [("Party A", "firm A"), ("Party B", "firm B")],
    ),
    ("the Bay Shipping Exchange (BSE)", [("BSE", "Bay Shipping Exchange")]),
    ("small and medium-sized ports (SMPs)", [("SMP", "small and medium-sized ports")]),
    ("the Ministry of Ports and Fishing (MOPF)", [("MOPF", "Ministry of Ports and Fishing")]),
    ("see Table 2 (OK)", []),
    ("the port (a large one) is below the Bay of Sails", []),
]


@pytest.mark.parametrize(("text", "wanted"), CHINESE)
def test_chinese(text: str, wanted: list[tuple[str, str]]) -> None:
    """A short form is found with what it stands for, in its place."""
    found = chinese_short_forms(text)
    assert [(form.short, form.full) for form in found] == wanted
    assert all(text[slice(*form.span)] == form.short for form in found)


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_english(text: str, wanted: list[tuple[str, str]]) -> None:
    """The same in English, with acronyms whose letters are initials."""
    found = english_short_forms(text)
    assert [(form.short, form.full) for form in found] == wanted
    assert all(text[slice(*form.span)] == form.short for form in found)


_PIECES = (
    "( ) \" “ ” ' the The Plan PLN hereinafter referred to as called , . "
    "以下简称 《 》 （ ） 简称 方案 海港"
)


@given(st.lists(st.sampled_from(_PIECES.split(" ")), max_size=14))
def test_law_of_spans(pieces: list[str]) -> None:
    """Whatever the text, a short form stands in its span."""
    for text in (" ".join(pieces), "".join(pieces)):
        for form in [*chinese_short_forms(text), *english_short_forms(text)]:
            assert form.short
            assert text[slice(*form.span)] == form.short
