"""The dictionary: gloss keys, links between words, pinyin, and the words of a text."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.lexicon import GlossLink, Lexicon, cut_words, load_lexicon
from aligner.lexicon.cedict import CedictEntry, build_table
from aligner.lexicon.gloss import GlossKey, content_stems, gloss_keys, references
from aligner.lexicon.gloss_table import GlossTable
from aligner.lexicon.pinyin import pinyin
from aligner.lexicon.words import word_cutter

CASES = Path(__file__).parent / "cases" / "glosses.jsonl"


def _entry(traditional: str, simplified: str, pinyin: str, *definitions: str) -> CedictEntry:
    return CedictEntry(
        traditional=traditional,
        simplified=simplified,
        pinyin=pinyin,
        definitions=list(definitions),
    )


ENTRIES = [
    _entry("登記", "登记", "deng1 ji4", "to register", "registration"),
    _entry("積體電路", "积体电路", "ji1 ti3 dian4 lu4", "integrated circuit (IC)"),
    _entry("示範", "示范", "shi4 fan4", "to demonstrate", "model example"),
    _entry("區", "区", "qu1", "area", "zone"),
    _entry("我們", "我们", "wo3 men5", "we", "us"),
    _entry("女人", "女人", "nü3 ren2", "woman", "women folk"),
    _entry("臺", "台", "tai2", "platform"),
    _entry("檯", "台", "tai2", "desk"),
    _entry("平臺", "平台", "ping2 tai2", "variant of 臺|台[tai2]"),
    _entry("衛視", "卫视", "Wei4 shi4", "satellite TV (abbr. for 衛星電視|卫星电视)"),
    _entry("衛星電視", "卫星电视", "wei4 xing1 dian4 shi4", "satellite television"),
    _entry("廈門", "厦门", "Xia4 men2", "Xiamen city in the south"),
]


@pytest.fixture(scope="module")
def small() -> Lexicon:
    """Return a lexicon of a dozen entries."""
    return Lexicon(build_table(ENTRIES))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Return the real lexicon, built in a folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_CACHE", str(tmp_path_factory.mktemp("cache")))
        load_lexicon.cache_clear()
        built = load_lexicon()
        load_lexicon.cache_clear()
        read = load_lexicon()
    load_lexicon.cache_clear()
    assert built is not read
    assert built.glosses("登记") == read.glosses("登记")
    return read


# --- glosses ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda row: row["label"],
)
def test_a_gloss_becomes_the_stems_of_its_content_words(row: dict[str, Any]) -> None:
    """Notes about the Chinese word are dropped, the translation is stemmed."""
    found = [list(key) for key in gloss_keys(row["definition"], name=row["name"])]
    assert found == row["wanted"]


def test_a_reference_gives_the_simplified_word() -> None:
    """Of 臺|台 the second form is the simplified one; a lone form is both."""
    assert list(references("variant of 臺|台[tai2]")) == ["台"]
    assert list(references("see 葡萄[pu2 tao5]")) == ["葡萄"]
    assert list(references("to see")) == []


@given(st.text(max_size=40), st.booleans())
def test_keys_of_any_text_are_short_and_plain(text: str, name: bool) -> None:  # noqa: FBT001
    """Whatever the definition, a key has one to six different stems."""
    for key in gloss_keys(text, name=name):
        assert 0 < len(key) <= 6
        assert len(set(key)) == len(key)


def test_forms_of_a_word_share_a_stem() -> None:
    """Case, number and tense do not matter."""
    assert content_stems("Registering the Registers") == content_stems("registered") == ("regist",)


# --- the table -------------------------------------------------------------------


@given(
    st.dictionaries(
        st.text(alphabet="甲乙丙丁", min_size=1, max_size=3),
        st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3), max_size=3),
        min_size=1,
    )
)
def test_a_table_is_read_back_as_it_was(glosses: dict[str, list[list[str]]]) -> None:
    """Packing and unpacking changes nothing, and the same glosses give the same bytes."""
    keys: dict[str, list[GlossKey]] = {word: [tuple(k) for k in ks] for word, ks in glosses.items()}
    keys["丁丁"] = [("z",)]
    table = GlossTable.of(keys, {"丁丁"}, {"a"})
    again = GlossTable.unpack(table.pack())
    assert (again.words, again.stems) == (table.words, table.stems)
    for name in ("gloss_start", "stem_start", "stem_ids", "names", "common"):
        assert np.array_equal(getattr(again, name), getattr(table, name))
    assert GlossTable.of(dict(reversed(keys.items())), {"丁丁"}, {"a"}).pack() == table.pack()


def test_every_word_keeps_its_own_glosses(small: Lexicon) -> None:
    """Both scripts lead to the glosses; a simplified form has those of all its originals."""
    assert small.glosses("登记") == small.glosses("登記") == (("regist",), ("registr",))
    assert small.glosses("台") == (("platform",), ("desk",))
    assert small.glosses("臺") == (("platform",),)
    assert small.glosses("没有") == ()
    assert "登記" in small
    assert "没有" not in small


def test_a_word_explained_by_another_has_its_glosses(small: Lexicon) -> None:
    """A variant or an abbreviation leads to the glosses of what it stands for."""
    assert small.glosses("平台") == (("platform",), ("desk",))
    assert ("satellit", "televis") in small.glosses("卫视")


# --- links -----------------------------------------------------------------------


def test_a_whole_gloss_has_share_one(small: Lexicon) -> None:
    """Both words of a gloss are joined with share 1, one of them alone with a half."""
    both = small.links(["积体电路"], ["Integrated", "circuits", "here"])
    assert both == [GlossLink(0, 0, 1.0), GlossLink(0, 1, 1.0)]
    assert small.links(["积体电路"], ["an", "integrated", "plan"]) == [GlossLink(0, 1, 0.5)]
    assert small.matches(["积体电路"], ["an", "integrated", "plan"]) == []
    assert small.matches(["积体电路"], ["an", "integrated", "plan"], least=0.5) == [(0, 1)]
    assert small.matches(["积体电路"], ["ICs", "IC"]) == [(0, 0), (0, 1)]


def test_every_place_of_a_word_is_joined(small: Lexicon) -> None:
    """Words that stand twice give a pair each; punctuation and case do not matter."""
    found = small.matches(["登记", "区", "登记"], ["Register,", "zone.", "registered"])
    assert found == [(0, 0), (0, 2), (1, 1), (2, 0), (2, 2)]


def test_a_hyphen_joins_two_words_in_one_place(small: Lexicon) -> None:
    """Each part of a compound counts for the place where the compound stands."""
    assert small.matches(["示范", "区"], ["demonstration-zone"]) == [(0, 0), (1, 0)]


def test_an_unknown_word_counts_by_its_pieces(small: Lexicon) -> None:
    """示范区 is not an entry: 示范 and 区 speak for it, the longest piece first."""
    assert small.matches(["示范区"], ["Demonstration", "Zone"]) == [(0, 0), (0, 1)]
    assert small.matches(["无此词"], ["nothing"]) == []


def test_nothing_is_joined_with_nothing(small: Lexicon) -> None:
    """Empty sides have no pairs."""
    assert small.links([], ["zone"]) == small.links(["区"], []) == small.links([""], [""]) == []


# --- names -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("深圳", ("shenzhen",)),
        ("西丽湖", ("xilihu", "xili", "lihu")),
        ("西麗湖", ("xilihu", "xili", "lihu")),
        ("重慶", ("chongqing",)),
        ("廈門", ("xiamen",)),
        ("吕梁", ("luliang", "lyuliang", "lvliang")),
        ("区", ()),
        ("生物医药产业", ()),
        ("5G", ()),
    ],
)
def test_a_name_is_spelled_by_its_pinyin(word: str, wanted: tuple[str, ...]) -> None:
    """Toneless joins of every run of two and more characters, in either script."""
    assert pinyin(word) == wanted


def test_a_name_is_joined_by_its_sound(small: Lexicon) -> None:
    """A place that no dictionary has is found by pinyin, also with an apostrophe."""
    assert small.matches(["西丽湖"], ["Xili", "Lake"]) == [(0, 0)]
    assert small.matches(["西安"], ["Xi’an"]) == [(0, 0)]
    assert small.matches(["吕梁"], ["Lüliang"]) == [(0, 0)]


def test_a_surname_counts_only_beside_the_given_name(small: Lexicon) -> None:
    """Of a person both words are joined; a syllable elsewhere is not."""
    words = ["Wang", "Xiaoming", "and", "another", "Wang"]
    assert small.matches(["王晓明"], words) == [(0, 0), (0, 1)]


def test_a_sound_that_is_an_english_word_does_not_count(small: Lexicon) -> None:
    """我们 sounds like women, which the dictionary knows as a word."""
    assert small.matches(["我们"], ["women"]) == []
    assert small.matches(["女人"], ["women", "folk"]) == [(0, 0), (0, 1)]


# --- the real dictionary ---------------------------------------------------------


def test_the_dictionary_knows_words_in_both_scripts(whole: Lexicon) -> None:
    """CC-CEDICT is read in full: common words, terms, abbreviations and names."""
    assert ("innov",) in whole.glosses("创新")
    assert whole.glosses("集成电路") == whole.glosses("集成電路")
    assert ("integr", "circuit") in whole.glosses("集成电路")
    assert ("shenzhen",) in whole.glosses("深圳")
    assert ("ndrc",) in whole.glosses("发改委")
    assert whole.signature.startswith("cc-cedict=")


def test_a_sentence_is_joined_word_by_word(whole: Lexicon) -> None:
    """The words of a sentence of ours find their renderings."""
    zh = [word.text for word in cut_words("各区应当在年底前完成登记")]
    en = ["Each", "district", "shall", "complete", "registering", "within", "the", "year"]
    pairs = {(zh[i], en[j]) for i, j in whole.matches(zh, en)}
    assert zh == ["各区", "应当", "在", "年底", "前", "完成", "登记"]
    assert {("各区", "district"), ("完成", "complete"), ("登记", "registering")} <= pairs


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["居民可以在网上登记。", "居民可以在網上登記。", "ＧＤＰ 增长 4.8%"]
)
def test_words_are_slices_of_the_text(text: str) -> None:
    """Spans are in order and cover all but white space, in either script."""
    words = cut_words(text)
    assert "".join(text[slice(*word.span)] for word in words) == "".join(text.split())
    assert all(a.span.stop <= b.span.start for a, b in pairwise(words))


def test_traditional_text_is_cut_like_simplified() -> None:
    """The words of the shadow are simplified, so the lexicon and jieba know them."""
    assert [word.text for word in cut_words("網上登記")] == ["网上", "登记"]


@given(st.text(alphabet="居民登記网上ＡB1２。，　 \n…㎡", max_size=30))
def test_any_text_can_be_cut(text: str) -> None:
    """Spans stay inside the text and in order."""
    at = 0
    for word in cut_words(text):
        assert at <= word.span.start < word.span.stop <= len(text)
        at = word.span.start
        assert word.text.strip()


def test_our_dictionary_is_jiebas() -> None:
    """What we keep in the cache cuts exactly as jieba's own tokenizer does."""
    import jieba

    fresh = jieba.Tokenizer()
    fresh.FREQ, fresh.total = fresh.gen_pfdict(fresh.get_dict_file())
    ours = word_cutter()
    assert ours is not jieba.dt
    assert (ours.FREQ, ours.total) == (fresh.FREQ, fresh.total)


def test_cutting_prints_nothing_and_leaves_no_file_elsewhere(tmp_path: Path) -> None:
    """The progress of jieba stays off stderr, and its cache out of the shared temporary folder."""
    code = "from aligner.lexicon import cut_words; assert cut_words('网上登记')"
    elsewhere, cache = tmp_path / "tmp", tmp_path / "cache"
    elsewhere.mkdir()
    variables = {"TMPDIR": str(elsewhere), "ALIGNER_CACHE": str(cache), "PYTHONPATH": _path()}
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, check=True, text=True
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert list(elsewhere.iterdir()) == []
    assert [path.name[:6] for path in cache.iterdir()] == ["words-"]


def _path() -> str:
    """Return where the tested package is, for a new process."""
    import aligner

    return str(Path(aligner.__file__).parents[1])
