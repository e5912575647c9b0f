"""Sentences in two translations and names in two spellings: what is told, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_check_pages import bitext

from aligner.check.alike.near_pairs import near_pairs
from aligner.check.checks.segments import segments
from aligner.check.checks.spelt_names import names
from aligner.check.run_checks import run_checks
from aligner.check.spelt.person_names import is_near, person_names
from aligner.terms.units import units

FORM = ("申请人应当在窗口领取表格。", "Applicants shall collect the form at the counter.")
OPEN = ("办公室每天上午开放，节假日除外。", "The office is open every morning except on holidays.")


def kinds(check: str, *pairs: tuple[str, str]) -> list[str]:
    """Return the kinds of what a check finds."""
    look = segments if check == "segments" else names
    return [each.kind for each in look(list(units(bitext(list(pairs)))))]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ((FORM[0], "Candidates must fetch the paper at the window."), ["other translation"]),
        ((FORM[0], "The applicant shall collect the forms at the counter"), []),
        (("申請人應當在窗口領取表格", FORM[1]), []),
        (("申请人应当在机场领取行李。", FORM[1]), ["same translation"]),
        (
            ("申请人应当在窗口提交表格。", "All papers have to be handed in here."),
            ["near sentence"],
        ),
        (("申请人应当在窗口提交表格。", "Applicants shall submit the form at the counter."), []),
    ],
)
def test_a_second_sentence(other: tuple[str, str], wanted: list[str]) -> None:
    """The same, another and a near sentence, with the same, a like and another translation."""
    assert kinds("segments", FORM, OPEN, other) == wanted


def test_numbers_and_dates_are_set_aside() -> None:
    """Sentences that differ in numbers alone are one sentence, as are their translations."""
    one = ("表格须于5月1日前交回办公室。", "The form must be returned to the office by 1 May.")
    two = (
        "表格须于11月20日前交回办公室。",
        "The form must be returned to the office by November 20.",
    )
    odd = ("表格须于6月3日前交回办公室。", "Send your application before 3 June.")
    assert not kinds("segments", one, two)
    assert kinds("segments", one, two, odd) == ["other translation"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("张伟到场。", "Zhang Wei attended."),
        ("張偉到場。", "Chang Wei attended."),  # Wade-Giles
        ("張偉民到場。", "Chang Weimin attended."),
        ("許文濤到場。", "Hsu Wen-t'ao attended."),
        ("鄧志強到場。", "Teng Chih-ch'iang attended."),
        ("陳大文到場。", "Chan Tai-man attended."),  # Cantonese
        ("李显龙到场。", "Lee Hsien Loong attended."),  # as in Singapore
        ("馬英九到場。", "Ma Ying-jeou attended."),
        ("單小紅到場。", "Shan Xiaohong attended."),  # 單 is also read dan
        ("吕小红到场。", "Lü Xiaohong attended, and Lu Xiaohong's aunt."),
        ("他去了陕西。", "He went to Shaanxi."),
        ("他去了香港。", "He went to Hong Kong."),
        ("韩国与韩国人", "Korea and Korean people"),
    ],
)
def test_names_that_are_as_they_should_be(zh: str, en: str) -> None:
    """Pinyin that fits, other romanisations and established spellings are not told."""
    assert "pinyin" not in kinds("names", (zh, en))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("张强到场。", "Zhan Qiang attended."),
        ("李小红到场。", "Li Xiaohon attended."),
        ("他去了山东。", "He went to Shangdong."),
        ("他去了深圳市。", "He went to Shenzen."),
    ],
)
def test_pinyin_that_is_a_letter_off(zh: str, en: str) -> None:
    """A letter too few or too many is told."""
    assert kinds("names", (zh, en)) == ["pinyin"]


def test_a_name_in_two_spellings() -> None:
    """A hyphen, and another order of the names, are told where the other way is commoner."""
    usual = ("王小明致辞。", "Wang Xiaoming spoke.")
    assert kinds("names", usual, usual, ("王小明离开。", "Wang Xiao-ming left.")) == [
        "two spellings"
    ]
    assert kinds("names", usual, usual, ("王小明离开。", "Xiaoming Wang left.")) == ["name order"]
    dotless = ("吕玲致辞。", "Lu Ling spoke.")
    assert kinds("names", dotless, dotless, ("吕玲离开。", "Lv Ling left.")) == ["two spellings"]
    abroad = ("约翰逊致辞。", "Johnson spoke.")
    assert kinds("names", abroad, abroad, ("约翰逊离开。", "Jonhson left.")) == ["two spellings"]


@given(st.text("李王小明张红abe ", max_size=12), st.text("LiWangXaomn- '’sZh ", max_size=24))
def test_any_texts_have_names_in_them(src: str, tgt: str) -> None:
    """Whatever the texts, the places of names lie in them."""
    for name in person_names(src, tgt):
        assert tgt[slice(*name.tgt)] == name.text
        assert 0 <= name.src.start < name.src.stop <= len(src)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_near_is_the_same_from_both_sides(one: str, other: str) -> None:
    """Which word is first makes no difference, and a word is not near itself."""
    assert is_near(one, other) == is_near(other, one)
    assert not is_near(one, one)


@given(
    st.lists(
        st.lists(st.sampled_from("abcd"), min_size=4, max_size=7).map(tuple),
        unique=True,
        max_size=4,
    )
)
def test_near_pairs_differ_in_one_place(sequences: list[tuple[str, ...]]) -> None:
    """What stands before and behind the place is equal."""
    for pair in near_pairs(sequences, most=2, share=0.5):
        one, other = sequences[pair.one], sequences[pair.other]
        assert one[: pair.one_span.start] == other[: pair.other_span.start]
        assert one[pair.one_span.stop :] == other[pair.other_span.stop :]


def of_name(*spellings: str) -> list[tuple[str, str]]:
    """Return what the checks of terms and of names tell of one name, spelt so line by line."""
    zh = ["沈若川在会上发言。", "沈若川介绍了计划。", "随后沈若川答问。", "沈若川已经离开。"]
    en = ["{} spoke at the meeting.", "{} presented the plan.", "Then {} answered.", "{} has left."]
    pairs = [(a, b.format(name)) for a, b, name in zip(zh, en, spellings, strict=True)]
    found = run_checks(bitext(pairs), checks=["terms", "names"], sensitivity="high").findings
    return [(each.check, each.kind) for each in found]


def test_wade_giles_beside_pinyin_is_a_second_spelling() -> None:
    """The name fits its characters in either way, so it is not said to be misspelt."""
    pairs = [("许文涛致辞。", "Xu Wentao spoke."), ("许文涛答问。", "Xu Wentao took questions.")]
    assert kinds("names", *pairs, ("许文涛离开。", "Hsu Wen-tao left.")) == ["two spellings"]
    older = [(zh, en.replace("Xu Wentao", "Hsu Wen-tao")) for zh, en in pairs]
    assert not kinds("names", *older)


def test_a_name_in_two_spellings_is_told_once() -> None:
    """The check of terms tells it, with all places; a letter off, the one that reads characters."""
    usual = "Shen Ruochuan"
    assert of_name(usual, usual, "Shen Ruo-chuan", usual) == [("terms", "form")]
    assert of_name(usual, usual, "Shen Ruo-chuan", "Shen Ruo-chuan") == [("terms", "form")] * 2
    assert of_name(usual, usual, "Shen Ruochan", usual) == [("names", "pinyin")]
    assert not of_name(usual, usual, usual, usual)


@pytest.mark.parametrize(
    ("zh", "usual", "odd", "told"),
    [
        ("长汀", "Changting", "Chang Ting", True),
        ("西安", "Xi'an", "Xian", True),  # two English words, but the characters sound so
        ("西安", "Xi'an", "Xi’an", False),  # the same mark
        ("夜校", "Night School", "Night-School", False),  # words of the language
        ("夜校", "night school", "night-school", False),
    ],
)
def test_hyphens_and_blanks_in_a_name(zh: str, usual: str, odd: str, told: bool) -> None:  # noqa: FBT001 - a case
    """A name has one spelling down to its hyphens and blanks; other words have not."""
    lines = [("{}的茶园很大。", "There are tea gardens in {}."), ("我们去年到过{}。", "We saw {}.")]
    lines += [("{}有一座新桥。", "There is a new bridge in {}."), ("{}很冷。", "It is cold in {}.")]
    names_of = [usual, usual, odd, usual]
    pairs = [(a.format(zh), b.format(en)) for (a, b), en in zip(lines, names_of, strict=True)]
    found = run_checks(bitext(pairs), checks=["terms"]).findings
    assert [(each.rendering, each.expected) for each in found] == [(odd, usual)] * told


def test_a_spelling_that_the_characters_refute_is_asked_for_by_no_check() -> None:
    """The commoner spelling is a slip: nobody says that the right one should be it."""
    lines = [("顾建国是校长。", "Gu Jiangou is headmaster."), ("顾建国讲话。", "Gu Jiangou spoke.")]
    lines += [("顾建国回答。", "Gu Jianguo replied."), ("众人离开。", "All left.")]
    found = run_checks(bitext(lines), checks=["terms", "names"], sensitivity="high").findings
    asked = {each.suggestion for each in found if "Gu" in each.rendering}
    assert asked == {"Gu Jianguo"}
