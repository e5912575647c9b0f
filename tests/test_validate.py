"""Checks of files: what is right passes, what is wrong is named with line and rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from case_files import load_cases

from aligner.errors import FormatError, OtherKindError, ReadError, SettingError
from aligner.formats.bitexts import read_bitext
from aligner.formats.glossaries import Entry, Glossary, Target, read_glossary, write_glossary
from aligner.formats.outputs import BITEXT_FORMATS, write_bitext
from aligner.formats.validate import CHECKED_FORMATS, Problem, rules_for, validate

CORPORA = Path(__file__).parents[1] / "corpora"
SKELETONS = Path(__file__).parents[2] / "shared" / "schemas" / "skeletons"


@pytest.mark.parametrize("case", load_cases("validate.jsonl"))
def test_each_problem_has_its_line_and_rule(case: dict[str, Any], tmp_path: Path) -> None:
    """The problems of each case are found, no others, in the order of the file."""
    path = tmp_path / case["input"]["name"]
    path.write_text(case["input"]["text"], "utf-8")
    found = validate(path)
    assert len(found) == len(case["wanted"]), [str(problem) for problem in found]
    for problem, (line, rule, message) in zip(found, case["wanted"], strict=True):
        assert problem.line == line
        assert rule in problem.rule
        assert message in problem.message


@pytest.mark.parametrize("name", sorted(set(BITEXT_FORMATS) & set(CHECKED_FORMATS)))
def test_what_we_write_is_right(tmp_path: Path, name: str) -> None:
    """A sample document has no problem in any format that is checked."""
    value = read_bitext(CORPORA / "regulation" / "regulation.sent.align")
    path = write_bitext(value, tmp_path / f"a.{name}")[0]
    assert validate(path, from_=name) == ()


@pytest.mark.parametrize("name", ["tbx", "tbx2"])
def test_termbases_that_we_write_are_right(tmp_path: Path, name: str) -> None:
    """A glossary has no problem in either version of TBX, by our rules or by a schema."""
    good = Target("pilot zone", note="<b> & ]]>")
    entries = (
        Entry("示范区", (good, Target("model area", "deprecated")), note="注"),
        Entry("项目", (Target("project", "admitted"), Target("item", "forbidden"))),
    )
    (path,) = write_glossary(Glossary(entries), tmp_path / "a.tbx", to=name)
    assert validate(path) == ()
    if SKELETONS.is_dir() and name == "tbx":
        done = subprocess.run(
            [sys.executable, SKELETONS.parent / "validate.py", path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not SKELETONS.is_dir(), reason="the schemas are not at hand")
def test_files_that_a_schema_accepts_have_no_problem() -> None:
    """One file of each format, valid by its schema, is right by our rules."""
    for path in SKELETONS.iterdir():
        if path.suffix in {".tmx", ".xlf", ".tbx"}:
            assert validate(path) == (), path


def test_pairs_of_files(tmp_path: Path) -> None:
    """Both files have as many lines, none of them blank, in UTF-8, without odd line ends."""
    (tmp_path / "a.zh").write_text("甲\n\n丙\u2028\n", "utf-8")
    (tmp_path / "a.en").write_text("A\nB\n")
    found = validate(tmp_path / "a.zh")
    assert found == validate(tmp_path / "a.en") == validate(tmp_path / "a.moses")
    assert [(p.line, p.message) for p in found] == [
        (2, "a.zh has a blank one"),
        (3, "a.zh has U+2028"),
        (None, "a.zh has 3, a.en has 2"),
    ]
    (tmp_path / "a.en").unlink()
    with pytest.raises(ReadError, match=r"a\.en: no such file"):
        validate(tmp_path / "a.zh")


def test_links_are_checked_against_their_texts(tmp_path: Path) -> None:
    """A sentence in no link, and a link to a sentence that is not there."""
    (tmp_path / "a.zh").write_text("甲\n乙\n", "utf-8")
    (tmp_path / "a.en").write_text("A\n")
    (tmp_path / "a.align").write_text("[0]:[0]\n")
    (problem,) = validate(tmp_path / "a.align")
    assert problem.message == "1 Chinese ones are in none, the first is 1"
    (tmp_path / "a.align").write_text("[0]:[0]\n[1]:[1]\n")
    (problem,) = validate(tmp_path / "a.align")
    assert (problem.line, problem.message[:21]) == (2, "no English sentence 1")


def test_an_encoding_that_is_not_utf_8(tmp_path: Path) -> None:
    """Tables are to be UTF-8; what they are is said."""
    path = tmp_path / "a.tsv"
    text = "zh\ten\n" + "各有关单位应当及时报送材料。\tReport in time.\n" * 3
    path.write_bytes(text.encode("gb18030"))
    (problem,) = validate(path)
    assert problem.message == "it is gb18030"


def test_parquet_by_rows(tmp_path: Path) -> None:
    """A row of a Parquet file counts as a line."""
    table = pl.DataFrame({"zh": ["雨", "风"], "en": ["Rain", "Wind"], "p": [0.5, 2.0]})
    table.write_parquet(tmp_path / "a.parquet")
    (problem,) = validate(tmp_path / "a.parquet")
    assert str(problem) == "line 2: p is a probability from 0 to 1: it is 2.0"


def test_the_list_is_bounded(tmp_path: Path) -> None:
    """A file in which everything is wrong does not fill the memory."""
    path = tmp_path / "a.tsv"
    path.write_text("zh\ten\n" + "雨\tRain\tx\n" * 5_000, "utf-8")
    assert len(validate(path)) == 4
    assert validate(path)[-1].message == "4997 more like this, up to line 5001"
    assert len(validate(path, most=3)) == 3


def test_formats_without_rules(tmp_path: Path) -> None:
    """A suffix that names no format is an error with a hint; a format can be named."""
    path = tmp_path / "a.txt"
    path.write_text("zh\ten\n雨\tRain\n", "utf-8")
    with pytest.raises(SettingError, match=r"no rules for \.txt \(plain text\)") as caught:
        validate(path)
    assert "--from" in caught.value.hint
    assert validate(path, from_="tsv") == ()


def test_a_problem_reads_as_a_sentence() -> None:
    """Line, rule, and what is instead."""
    assert str(Problem(3, "no seg is empty", "it is")) == "line 3: no seg is empty: it is"
    assert str(Problem(None, "a", "b")) == "a: b"


def test_a_table_of_terms_is_checked_as_a_glossary(tmp_path: Path) -> None:
    """`--from glossary` names the rows that reading would leave out, and contradictions."""
    path = tmp_path / "g.csv"
    text = "中文,英文,状态\n水闸,sluice gate,\n堰,,\n水闸,sluice gate,禁用\n"
    path.write_text(text, encoding="utf-8")
    assert list(map(str, validate(path, from_="glossary"))) == [
        "a row has a term and a target: row 3: no English term for 堰",
        "a target has one status: row 4: 水闸: 'sluice gate' is forbidden, but preferred in row 2",
    ]
    path.write_text("中文,英文\n水闸,sluice gate\n", encoding="utf-8")
    assert not validate(path, from_="glossary")


def test_a_term_with_a_gap_is_told_since_no_text_has_it(tmp_path: Path) -> None:
    """Both reading and checking a glossary say that 从……到 is never found."""
    path = tmp_path / "g.csv"
    path.write_text("中文,英文\n从……到,from … to\n水闸,sluice gate\n", encoding="utf-8")
    (problem,) = validate(path, from_="glossary")
    assert "row 2: 从……到" in str(problem)
    (note,) = read_glossary(path).notes
    assert "从……到" in note
    assert "水闸" not in note


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("usageStatus", "forbidden", "forbidden"),
        ("administrativeStatus", "notRecommended", "deprecated"),
        ("administrativeStatus", "superseded", "deprecated"),
        ("termStatus", "obsolete", "deprecated"),
        ("processStatus", "finalized", "preferred"),
    ],
)
def test_a_status_counts_in_whatever_field(
    tmp_path: Path, field: str, value: str, status: str
) -> None:
    """What no field of status says is none; how far the work on a term is says nothing."""
    path = tmp_path / "g.tbx"
    path.write_text(TERMBASE.format(field=field, value=value), encoding="utf-8")
    assert [e.targets[0].status for e in read_glossary(path).entries] == [status]


def test_an_unknown_status_is_told(tmp_path: Path) -> None:
    """A target of which nobody knows whether it may be used is not taken as one that may."""
    path = tmp_path / "g.tbx"
    path.write_text(TERMBASE.format(field="usageStatus", value="odd"), encoding="utf-8")
    with pytest.raises(FormatError, match="unknown status 'odd'"):
        read_glossary(path)
    assert any("'odd'" in str(problem) for problem in validate(path))


TERMBASE = """<martif type="TBX-Basic" xml:lang="zh"><text><body><termEntry id="a">
<langSet xml:lang="zh"><tig><term>水闸</term></tig></langSet>
<langSet xml:lang="en"><tig><term>floodgate</term><termNote type="{field}">{value}</termNote></tig>
</langSet></termEntry></body></text></martif>
"""


HEADS = {
    "terms.jsonl": '{"term": "水闸", "count": 2, "consistency": 1.0, "renderings": []}\n',
    "findings.jsonl": '{"doc": "a", "term": "水闸", "rendering": "sluice", "class": "order",'
    ' "severity": "warning", "why": "Other order of the words.", "src_ids": [4]}\n',
    "accepted.jsonl": '{"term": "水闸", "rendering": "sluice", "reason": "a title"}\n',
    "pairs.tsv": "original\ttranslation\tid\tscore\n水闸.txt\tsluice.txt\ta\t1\n",
    "report.csv": "原文 source,译文 translation,保留 keep,baseline entry\n水闸。,A sluice.,,{}\n",
}


@pytest.mark.parametrize("name", HEADS)
def test_what_is_no_bitext_is_refused_by_its_columns(tmp_path: Path, name: str) -> None:
    """A list of terms or findings, a report, a baseline or a manifest is read as no bitext."""
    path = tmp_path / name
    path.write_text(HEADS[name], encoding="utf-8")
    for read in (validate, read_bitext):
        with pytest.raises(OtherKindError, match=f"{path}: is .*, not a bitext") as caught:
            read(path)
        assert caught.value.hint


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_our_own_glossaries_and_bitexts_are_told_apart(tmp_path: Path, suffix: str) -> None:
    """A glossary is checked as one, without --from; a bitext with another status stays one."""
    entries = (
        Entry(
            "水闸", (Target("sluice gate", "proposed", note="elsewhere in the text: sluice (1)"),)
        ),
    )
    path = write_glossary(Glossary(entries), tmp_path / f"g.{suffix}")[0]
    assert rules_for(path) == "glossary"
    assert validate(path) == ()
    bitext = write_bitext(read_bitext(CORPORA / "news/news.sent.align"), tmp_path / f"b.{suffix}")
    assert rules_for(bitext[0]) == suffix


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("zh,en,status\n水闸,sluice gate,首选\n堰,weir,\n", "glossary"),
        ("术语,译文\n水闸,sluice gate\n", "glossary"),
        ("zh,en,status\n雨停了。,The rain stopped.,Translated\n", "csv"),
        ("zh,en,status,p\n水闸,sluice gate,首选,0.9\n", "csv"),
        ("zh,en,status\n水闸,sluice gate,\n", "csv"),
        ('zh,en\n"水闸,weir\n', "csv"),
    ],
)
def test_a_glossary_is_known_by_its_columns(tmp_path: Path, text: str, rules: str) -> None:
    """Terms are named as such, or each row has a status of terms; else it is a bitext."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert rules_for(path) == rules
    assert rules_for(path, from_="csv") == "csv"


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("src,tgt,src_ids,tgt_ids", "a bitext"),
        ("原文 source,译文 translation,保留 keep,baseline entry", "the report of a check"),
    ],
)
def test_sentences_are_no_glossary(tmp_path: Path, head: str, what: str) -> None:
    """A bitext or a report given as a glossary is refused, with what is needed."""
    path = tmp_path / "a.csv"
    path.write_text(f"{head}\n雨停了。,The rain stopped.,[0],[0]\n", encoding="utf-8")
    with pytest.raises(OtherKindError, match=f"is {what}, not a glossary") as caught:
        read_glossary(path)
    assert "table of terms" in caught.value.hint
