"""Facts about the two languages: scripts, variants, the shadow of a text, abbreviations."""

import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import LanguageError
from aligner.lang.column_names import role_of
from aligner.lang.marks_en import abbreviations, is_abbreviation
from aligner.lang.script import detect_language, detect_variant
from aligner.lang.shadow import shadow
from aligner.lang.variants import simplified, traditional


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("会议在北京举行。", "zh"),
        ("會議在臺北舉行。", "zh"),
        ("The meeting was held in Beijing.", "en"),
        ("使用 PyTorch 和 TensorFlow 训练 Transformer 模型，部署到 Kubernetes 集群。", "zh"),
        ("The university (北京大学) and its hospital (北京大学医院) were founded long ago.", "en"),
        ("这家店叫“虎の穴”，卖漫画。", "zh"),
        ("ＧＤＰ ａｎｄ ｔｒａｄｅ", "en"),
        ("2020年7月4日", "zh"),
    ],
)
def test_language_by_script(text: str, lang: str) -> None:
    """The script of a text tells its language, with names of the other one inside."""
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("この会議は北京で開かれました。", "Japanese"),
        ("회의는 베이징에서 열렸다.", "Korean"),
        ("Встреча прошла в Пекине.", "Cyrillic"),
        ("عُقد الاجتماع في بكين.", "Arabic"),
        ("12 + 30 = 42 …", "no letters"),
        ("", "no letters"),
    ],
)
def test_other_languages_are_named(text: str, name: str) -> None:
    """A text in neither language is an error that says what it looks like."""
    with pytest.raises(LanguageError, match=name) as caught:
        detect_language(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("促进经济社会发展", "zh-CN"),
        ("促進經濟社會發展", "zh-TW"),
        ("皇后住在后宫里，发现了头发。", "zh-CN"),
        ("皇后住在後宮裡，發現了頭髮。", "zh-TW"),
        ("她爱看台湾的戏，尤其喜欢《後宮》。", "zh-CN"),
        ("中文", "zh-CN"),
        ("No Chinese here.", "zh-CN"),
    ],
)
def test_variant(text: str, variant: str) -> None:
    """The variant is that of the characters that only one of the two writes."""
    assert detect_variant(text) == variant


def test_single_characters() -> None:
    """A character is converted by itself; what is no Chinese character stays."""
    assert (simplified("發"), traditional("发")) == ("发", "發")
    assert (simplified("a"), simplified("\ud800"), traditional("…")) == ("a", "\ud800", "…")


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("第５條：ＧＤＰ增長４．８％", "第5条:GDP增长4.8%"),
        ("等等……", "等等......"),
        ("面積３㎡", "面积3m2"),
        ("plain", "plain"),
        ("a´b", "a´b"),
        ("", ""),
    ],
)
def test_shadow(text: str, copy: str) -> None:
    """The shadow is half-width and simplified."""
    assert shadow(text).text == copy


def test_shadow_leads_back_where_lengths_differ() -> None:
    """A range of the copy leads to the whole characters that it came from."""
    copy = shadow("共３㎡…完")
    assert copy.text == "共3m2...完"
    assert copy.original_span(2, 3) == (2, 3)
    assert copy.original_span(1, 6) == (1, 4)
    assert copy.original_span(7, 8) == (4, 5)
    assert copy.original_span(8, 8) == (5, 5)


@given(st.text())
def test_shadow_covers_the_text(text: str) -> None:
    """Every character of the copy comes from one of the text, in order, none left out."""
    copy = shadow(text)
    assert len(copy.offsets) == len(copy.text)
    assert sorted(set(copy.offsets)) == list(range(len(text)))
    assert list(copy.offsets) == sorted(copy.offsets)
    assert copy.original_span(0, len(copy.text)) == (0, len(text))


def test_abbreviations_come_from_moses_and_us() -> None:
    """The Moses prefixes are there, numbers apart from words, and so are ours."""
    known = abbreviations()
    assert {"Mr", "Dr", "Gen", "i.e", "approx", "cf"} <= known.always
    assert {"No", "Art", "pp", "Fig"} <= known.before_number
    assert {"Inc", "Ltd", "al", "Jan"} <= known.may_end
    assert not known.always & (known.before_number | known.may_end)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("met Mr", "Li", True),
        ("see No", "187", True),
        ("He said no", "He left", False),
        ("in the U.S", "Congress", True),
        ("in the U.S", "The", False),
        ("by J", "Smith", True),
        ("hepatitis B", "Patients", False),
        ("由J", "王", True),
        ("It is over", "Then", False),
        ("", "Then", False),
    ],
)
def test_is_abbreviation(before: str, after: str, wanted: bool) -> None:  # noqa: FBT001 - data
    """A full stop ends a word or a sentence, by the word before and the one behind."""
    assert is_abbreviation(before, after) is wanted


def test_importing_is_light() -> None:
    """Importing the language facts and the segmenter loads neither sacremoses nor OpenCC."""
    code = (
        "import sys, aligner.segment, aligner.lang.script, aligner.lang.shadow;"
        "sys.exit(bool({'sacremoses', 'opencc', 'numpy'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


CHINESE = (
    "Chinese (China)|Chinese (Simplified, China)|Chinese_PRC|zh-CN|zh_CN|ZH-HANS|zho|chi|CN|中文"
    "|汉语|简体中文|繁體中文|Chinese - Hong Kong|ＣＮ|\ufeffzh|zh-Hant-TW|zhCN|CHS"
    "|Source (Chinese)"
)
ENGLISH = (
    "English|English (United States)|EN-US|eng|EN|英文|英语|英語（美國）|Target (en-GB)"
    "|English term"
)
FIRST = (
    "Source|Source text|Source segment|src|原文|源文|源语|源语言|源語言|sourceText|SOURCE_LANG|术语"
)
SECOND = "Target|Target segment|tgt|译文|目标语|目标语言|目標語|translation|Translated text"


@pytest.mark.parametrize(
    ("names", "role"),
    [(CHINESE, "zh"), (ENGLISH, "en"), (FIRST, "first"), (SECOND, "second"),
     ("fr|Portuguese (Brazil)|在中国|id|USA|中英对照|请稍候。|Please wait.", None)],
)  # fmt: skip
def test_columns_are_known_by_the_names_that_tools_write(names: str, role: str | None) -> None:
    """Case, blanks, `_`, width, variant, byte-order mark and a region in brackets are set aside."""
    assert {name: role_of(name) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), role
    )
