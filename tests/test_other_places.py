"""Countries, provinces and cities that are rendered as others, and what is none of these."""

from __future__ import annotations

from importlib.resources import files

import pytest
from test_check_pages import bitext

from aligner.check.checks.spelt_names import names
from aligner.check.spelt.other_places import other_places
from aligner.check.spelt.place_table import place_table
from aligner.lang.shadow import shadow
from aligner.terms.units import units


def told(*pairs: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return the Chinese name, the English one and the suggestion of what is told of pairs."""
    return [
        (place.unit.src[slice(*place.src)], place.unit.tgt[slice(*place.tgt)], place.wanted)
        for place in other_places(list(units(bitext(list(pairs)))))
    ]


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ("利比亚政府致谢。", "The Liberian government gave thanks.", ("利比亚", "Liberian", "")),
        ("浙江的企业增资。", "Firms in Jiangxi invested more.", ("浙江", "Jiangxi", "Zhejiang")),
        ("法国总统访问了德国。", "The Italian president visited Germany.", ("法国", "Italian", "")),
        ("他在日本工作。", "He works in Germany.", ("日本", "Germany", "Japan")),
        ("會議以法語舉行。", "The meeting was held in German.", ("法語", "German", "")),
        ("義大利隊獲勝。", "The Irish team won.", ("義大利", "Irish", "")),
        ("尼日總統致辭。", "The Nigerian president spoke.", ("尼日", "Nigerian", "")),
        ("山西的煤", "coal from Shaanxi", ("山西", "Shaanxi", "Shanxi")),
        ("会议在巴黎举行。", "The meeting was held in London.", ("巴黎", "London", "Paris")),
        ("日方表示反对。", "The German side objected.", ("日方", "German", "")),
    ],
)
def test_another_place_is_told(zh: str, en: str, found: tuple[str, str, str]) -> None:
    """As noun, adjective or language, in either script; a noun where a noun is to be mended."""
    assert told((zh, en)) == [found]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("利比亚政府致谢。", "The Libyan government gave thanks."),
        ("中美就此磋商，日本未参加。", "China and the US met; Tokyo did not."),
        ("沪市上涨，浙江企业受益。", "Shanghai stocks rose, and firms there gained."),
        ("英国派出代表。", "A Scottish delegate came."),
        ("他赴美学习，后回到中国。", "He studied in the US and then came home."),
        ("日本的店卖法式面包。", "The shop sells French bread."),
        ("美国宣布制裁。", "Washington announced sanctions."),
        ("约旦队与法国队", "Michael Jordan and the French"),
        ("他有好多哥哥在家。", "He has many brothers in Germany."),
        ("印度洋上的船来自韩国。", "The ship in the Indian Ocean was Korean."),
        ("公司在马里兰。", "The company is in Maryland."),
        ("双方在法国和德国会谈。", "They met in Italy and Spain."),
    ],
)
def test_other_words_for_a_place_are_none(zh: str, en: str) -> None:
    """Short forms, capitals, parts of a country, longer names, words of the dictionary."""
    assert not told((zh, en))


def test_a_name_that_stands_one_sentence_on_is_moved() -> None:
    """What the next sentence has on one side alone is no other place."""
    lone = ("他去了法国。", "Then he went on to Spain.")
    assert told(lone) == [("法国", "Spain", "France")]
    assert not told(lone, ("随后去西班牙。", "Before that he had been there."))
    assert not told(lone, ("随后离开。", "He had left France before."))


def test_a_place_that_is_right_elsewhere_in_the_sentence_is_told_if_no_other_text_has_it() -> None:
    """Two of 意大利 and one Italy: the other may be Mexican only if Mexico is about."""
    pair = ("意大利总理说，意大利会恢复。", "The Mexican premier said that Italy would recover.")
    assert told(pair) == [("意大利", "Mexican", "")]
    found = next(iter(names(list(units(bitext([pair]))))))
    assert (found.kind, found.severity) == ("another place", "warning")
    away = [("他写信。", "He wrote a letter.")] * 3
    assert not told(pair, *away, ("墨西哥正下雨。", "It is raining in Mexico."))


@pytest.mark.parametrize(
    ("zh", "en", "opposite"),
    [
        ("该市位于长江以北。", "The city lies south of the Yangtze.", True),
        ("他住在河北東部。", "He lives in western Hebei.", True),
        ("該市在江西以北。", "The city is north of Jiangxi.", False),
        ("南部有雨，北部晴。", "There is rain in the southern part; the north is dry.", False),
        ("韩国北部下雪。", "It is snowing in South Korea.", False),
        ("东西放在东边。", "The things are in the west.", False),
        ("船向北驶入港口北侧。", "The ship came from the south.", True),
        ("东北部有矿。", "There are mines in the southwest.", False),
    ],
)
def test_a_direction_that_is_turned_round_is_told(zh: str, en: str, opposite: bool) -> None:  # noqa: FBT001 - a table
    """Only where each text has it plainly; directions in names of places count for nothing."""
    found = [each.kind for each in names(list(units(bitext([(zh, en)]))))]
    assert found == ["direction"] * opposite


def test_the_table_is_in_order() -> None:
    """Each place has a sure name in Chinese, in simplified characters; no name stands twice."""
    lines = (files("aligner") / "data" / "places.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    for kinds, zh, en in rows:
        assert set(kinds.split(",")) <= {"country", "province", "city"}
        assert shadow(zh).text == zh
        for side in (zh, en):
            plain = side.replace("?", "").split(",")
            assert len(set(plain)) == len(plain), side
        assert any(len(name) > 1 and name[0] != "?" for name in zh.split(",")), zh
    assert sum(kinds == "province" for kinds, *_ in rows) + 6 == 34  # four cities and two regions
    assert {"Libya", "Tuvalu", "Eswatini"} <= place_table().en.keys()
