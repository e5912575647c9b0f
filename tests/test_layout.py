"""Gold sets from files of the shape of their public sources: lines, links, tables of terms."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from fit import layout
from fit._gold_mix import SETS
from helpers.gold import load_set
from helpers.terms_gold import read_dictionary


def lay(monkeypatch: pytest.MonkeyPatch, name: str, source: Path, out: Path) -> int:
    """Run the command."""
    monkeypatch.setattr(sys, "argv", ["layout", name, str(source), str(out)])
    return layout.main()


def read(folder: Path, name: str) -> dict[str, list[str]]:
    """Return the files of a document by suffix, as lines."""
    return {
        path.name.removeprefix(f"{name}."): path.read_text(encoding="utf-8").splitlines()
        for path in folder.glob(f"{name}.*")
    }


def write(folder: Path, **files: str) -> None:
    """Write files; two underscores in a name stand for a point."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def test_links_of_intertext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids of sentences become lines; the side named zh is the Chinese one, in either order."""
    folder = tmp_path / "mac" / "dev" / "intertext"
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    write(
        folder,
        dev__001_zh__xml=f"{head}<text><p id='1'><s id='1:1'>他来了。</s>"
        "<s id='1:2'>又走了。</s></p><p id='2'><s id='2:1'>夜深了。</s></p></text>",
        dev__001_en__xml=f"{head}<text><p id='1'><s id='1:1'>He came\n and left.</s></p>"
        "<p id='2'><s id='2:1'>He &amp; she.</s></p></text>",
        dev__001_zh__001_en__xml=f"{head}<linkGrp toDoc='dev.001_en.xml' fromDoc='dev.001_zh.xml'>"
        "<link type='2-1' xtargets='1:1 1:2;1:1' status='man'/>"
        "<link type='1-0' xtargets='2:1;' status='man'/>"
        "<link type='0-1' xtargets=';2:1' status='man'/></linkGrp>",
        dev__002_zh__xml=f"{head}<text><p id='1'><s id='1:1'>好。</s></p></text>",
        dev__002_en__xml=f"{head}<text><p id='1'><s id='1:1'>Well.</s>"
        "<s id='1:2'>So.</s></p></text>",
        dev__002_en__002_zh__xml=f"{head}<linkGrp toDoc='dev.002_zh.xml' fromDoc='dev.002_en.xml'>"
        "<link type='2-1' xtargets='1:1 1:2;1:1' status='man'/></linkGrp>",
    )
    assert lay(monkeypatch, "mac-dev", tmp_path / "mac", tmp_path / "gold") == 0
    assert read(tmp_path / "gold" / "mac-dev", "001") == {
        "zh": ["他来了。", "又走了。", "夜深了。"],
        "en": ["He came and left.", "He & she."],
        "align": ["[0,1]:[0]", "[2]:[]", "[]:[1]"],
    }
    assert read(tmp_path / "gold" / "mac-dev", "002")["align"] == ["[0]:[0,1]"]
    samples = list(load_set(tmp_path / "gold" / "mac-dev", paragraphs=False))
    assert [[b.kind for b in s.blocks] for s in samples] == [["exact", "null", "null"], ["exact"]]


def test_the_bible_changes_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source side of the set is English; verses go beside the lines where they are known."""
    folder = tmp_path / "eval" / "data" / "bible"
    for name, text in {
        "src/001": "In the beginning.\nAnd so.\n",
        "tgt/001": "起初。\n地是空虚混沌。\n渊面黑暗。\n",
        "gold/001.align": "[0]:[0]\n[1]:[1,2]\n",
        "tgt.verse": "Gen:1:1\nGen:1:2\nGen:1:2\nGen:1:3\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert lay(monkeypatch, "bible-5k", tmp_path / "eval", tmp_path / "gold") == 0
    assert read(tmp_path / "gold" / "bible-5k", "001") == {
        "zh": ["起初。", "地是空虚混沌。", "渊面黑暗。"],
        "en": ["In the beginning.", "And so."],
        "align": ["[0]:[0]", "[1,2]:[1]"],
        "zh.verse": ["Gen:1:1", "Gen:1:2", "Gen:1:2"],
    }


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header segtype="paragraph" srclang="en"/><body>
<tu tuid="News_1:1"><prop type="note">x</prop><tuv xml:lang="en">
<seg>Dr. Li of the U.S. Army met &quot;us&quot;. He left on 3 May.</seg></tuv>
<tuv xml:lang="zh"><seg>李医生见了我们。他于5月3日离开。</seg></tuv></tu>
<tu tuid="News_1:2"><tuv xml:lang="en"><seg>“Stay!” he said, i.e. A or B.</seg></tuv>
<tuv xml:lang="zh"><seg>“留下！”他说，即甲或乙。</seg></tuv></tu>
<tu tuid="Wiki_2:1"><tuv xml:lang="en"><seg>a phrase</seg></tuv>
<tuv xml:lang="zh-CN"><seg>短语</seg></tuv></tu>
</body></tmx>
"""


def test_a_memory_is_documents_of_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit's name tells its document; each unit is a line, and faces its own translation."""
    write(tmp_path, all__tmx=TMX)
    assert lay(monkeypatch, "tico19", tmp_path / "all.tmx", tmp_path) == 0
    assert read(tmp_path / "tico19", "News_1") == {
        "zh": ["李医生见了我们。他于5月3日离开。", "“留下！”他说，即甲或乙。"],
        "en": [
            'Dr. Li of the U.S. Army met "us". He left on 3 May.',
            "“Stay!” he said, i.e. A or B.",
        ],
        "align": ["[0]:[0]", "[1]:[1]"],
    }
    assert read(tmp_path / "tico19", "Wiki_2")["zh"] == ["短语"]


def test_a_memory_is_cut_after_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link holds all sentences of a unit, whose number stands beside each of them."""
    write(tmp_path, all__tmx=TMX)
    assert lay(monkeypatch, "tico19-split", tmp_path / "all.tmx", tmp_path) == 0
    assert read(tmp_path / "tico19-split", "News_1") == {
        "zh": ["李医生见了我们。", "他于5月3日离开。", "“留下！”", "他说，即甲或乙。"],
        "en": [
            'Dr. Li of the U.S. Army met "us".',
            "He left on 3 May.",
            "“Stay!” he said, i.e. A or B.",
        ],
        "align": ["[0,1]:[0,1]", "[2,3]:[2]"],
        "zh.unit": ["0", "0", "1", "1"],
        "en.unit": ["0", "0", "1"],
    }


def test_reports_are_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of a paragraph are joined; reports that are kept for judging are not read."""
    for year in (2015, 2020):
        write(
            tmp_path / "v3" / str(year) / "md",
            C04_Aims__md="# 目標\n\n維持穩定\n的體系。\n \n- 甲\n",
            **{"04_Aims__md": "# Aims\n\nTo keep\nstable.\n \n- a\n"},
        )
    assert lay(monkeypatch, "hkma-dev", tmp_path / "v3", tmp_path) == 0
    assert [path.name for path in (tmp_path / "hkma-dev").glob("*.zh")] == ["2015_04_Aims.zh"]
    assert read(tmp_path / "hkma-dev", "2015_04_Aims") == {
        "zh": ["# 目標", "維持穩定的體系。", "- 甲"],
        "en": ["# Aims", "To keep stable.", "- a"],
        "align": ["[0]:[0]", "[1]:[1]", "[2]:[2]"],
    }


def test_texts_by_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same key is a pair, 2 comes before 10, and what is not translated is left out."""
    pytest.importorskip("yaml")
    folder = tmp_path / "sdg" / "translations"
    write(
        folder / "zh-Hans",
        global_goals__yml="'10':\n  short: 减少不平等\n'2':\n  short: 零饥饿\n  title: Hunger\n",
        status__yml="open: 开放\nlast: 最后\n",
    )
    write(
        folder / "en",
        global_goals__yml="'10':\n  short: Less\n'2':\n  short: No hunger\n  title: Hunger\n",
        status__yml="open: >\n  Open\n  now\n",
    )
    assert lay(monkeypatch, "open-sdg", tmp_path / "sdg", tmp_path) == 0
    assert read(tmp_path / "open-sdg", "global_goals") == {
        "zh": ["零饥饿", "减少不平等"],
        "en": ["No hunger", "Less"],
        "keys": ["global_goals.2-short", "global_goals.10-short"],
        "align": ["[0]:[0]", "[1]:[1]"],
    }
    assert read(tmp_path / "open-sdg", "interface")["en"] == ["Open now"]


def test_dictionaries_of_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keyed by either language, with one rendering or a list, they become one table."""
    lines = {
        "2015.enzh.proper.jsonl": {"en": "text", "terms": {"Board": ["董事局"], "AA+": "AA+"}},
        "2016.zhen.proper.jsonl": {
            "zh": "文",
            "terms": {"董事局": ["Board", "The Board"]},
        },
        "2016.zhen.random.jsonl": {"zh": "文", "terms": {"的": ["of"]}},
        "2021.enzh.proper.jsonl": {"en": "text", "terms": {"Late": ["遲"]}},
    }
    for name, value in lines.items():
        text = (json.dumps(value, ensure_ascii=False) + "\n") * 2
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert lay(monkeypatch, "hkma-terms", tmp_path, tmp_path / "terms") == 0
    found = read_dictionary(tmp_path / "terms" / "hkma-2015-2019.tsv")
    assert set(found.values()) == {frozenset({"aa+"}), frozenset({"board", "the board"})}


def test_lists_of_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From either language, with and without a description; other languages are left out."""
    write(
        tmp_path,
        a__csv="id,sourceLang,targetLang,sourceString,targetString\n1,en,zh_CN,flu,流感\n2,en,fr,flu,grippe\n",
        b__csv="stringID,sourceLang,targetLang,pos,description,sourceString,targetString\n"
        'x,zh-Hant,en,noun,"a, b",病毒,virus\n',
    )
    assert lay(monkeypatch, "tico19-terms", tmp_path, tmp_path) == 0
    rows = (tmp_path / "tico19-merged.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["流感\tflu\tzh-CN\t\t\ta.csv", "病毒\tvirus\tzh-TW\tnoun\ta, b\tb.csv"]


def test_every_set_that_is_fitted_on_can_be_laid_out() -> None:
    """A newcomer can refit the models."""
    assert set(SETS) <= set(layout.SETS)


def test_nothing_found_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not the source gives status 2."""
    assert lay(monkeypatch, "mac-dev", tmp_path, tmp_path / "gold") == 2
