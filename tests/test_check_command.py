"""The command `check`: an error of each kind is found in each form of input, and settled."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from docx import Document as WordFile

from aligner import pipeline
from aligner.check.known_checks import KNOWN_CHECKS
from aligner.cli import main

PLANTED: Final = [  # a sentence, its translation, the check that tells, and what it is
    ("图书馆新楼投资412万元。", "The new library building cost 41.2 million yuan.",
     "numbers", "magnitude"),
    ("读者有37人参加了开馆仪式。", "Many readers took part in the opening ceremony.",
     "numbers", "missing"),
    ("第十二条 馆员应当每日清点图书。", "Article 13 Librarians shall take stock of books daily.",
     "references", "label"),
    ("儿童阅览室明年秋天开放。", "The children's 阅览室 opens next autumn.",
     "leftovers", "Chinese characters"),
    ("比赛在周末举行。", "The the match takes place at the weekend.", "form", "doubled word"),
]  # fmt: skip
CLEAN: Final = [
    ("图书馆周一闭馆，周二照常开放。", "The library is closed on Mondays and opens on Tuesdays."),
    (
        "请读者爱护图书，按时归还。",
        "Readers are asked to treat books well and return them in time.",
    ),
]
PAIRS: Final = [CLEAN[0], *((zh, en) for zh, en, _, _ in PLANTED), CLEAN[1]]
WANTED: Final = sorted((check, kind) for _, _, check, kind in PLANTED)
TEXT_CHECKS: Final = ",".join(name for name, check in KNOWN_CHECKS.items() if not check.of_terms)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def write_tsv(path: str = "library.tsv") -> str:
    """Write the pairs as a table."""
    lines = ["zh\ten", *(f"{zh}\t{en}" for zh, en in PAIRS)]
    Path(path).write_text("\n".join(lines) + "\n", "utf-8")
    return path


def found(path: str = "findings.jsonl") -> list[dict[str, Any]]:
    """Return the findings that were written."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def kinds(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the check and the kind of each finding."""
    return sorted((each["check"], each["kind"]) for each in findings)


@pytest.mark.parametrize("suffix", ["tsv", "jsonl", "xlsx", "tmx", "xliff", "csv", "parquet"])
def test_a_bitext_is_checked_unit_by_unit(suffix: str) -> None:
    """Each planted error is told, and nothing else, with its unit, line or row in the file."""
    name = write_tsv()
    if suffix != "tsv":
        name = f"library.{suffix}"
        assert main(["convert", "library.tsv", "-o", name]) == 0
    assert main(["check", name, "--checks", TEXT_CHECKS, "-o", "findings.jsonl"]) == 0
    findings = found()
    assert kinds(findings) == WANTED
    kind, first = {
        "jsonl": ("line", 1),
        "tsv": ("line", 2),
        "csv": ("line", 2),
        "xlsx": ("row", 2),
        "parquet": ("row", 1),
    }.get(suffix, ("unit", 1))
    for each in findings:
        number = [zh for zh, _ in PAIRS].index(each["sentence"]) + first
        assert each["place"]["tgt"] == {"file": name, kind: number}


def write_word(name: str, side: int) -> None:
    """Write one side as a Word document, under two headings."""
    word = WordFile()
    word.add_heading(("第一章 新馆", "Chapter One The New Building")[side], 1)
    for pair in PAIRS[:4]:
        word.add_paragraph(pair[side])
    word.add_heading(("第二章 活动", "Chapter Two Events")[side], 1)
    for pair in PAIRS[4:]:
        word.add_paragraph(pair[side])
    word.save(name)


def test_two_documents_are_aligned_and_places_are_theirs() -> None:
    """A finding in Word documents has the paragraph and the heading above it, on both sides."""
    write_word("library.zh.docx", 0)
    write_word("library.en.docx", 1)
    pair = ["library.zh.docx", "library.en.docx"]
    assert main(["check", *pair, "--encoder", "length", "--checks", TEXT_CHECKS,
                 "-o", "findings.jsonl"]) == 0  # fmt: skip
    findings = found()
    assert set(WANTED) <= set(kinds(findings))
    by_kind = {each["kind"]: each["place"] for each in findings}
    assert by_kind["magnitude"] == {
        "src": {"file": "library.zh.docx", "paragraph": 3, "heading": "第一章 新馆"},
        "tgt": {
            "file": "library.en.docx",
            "paragraph": 3,
            "heading": "Chapter One The New Building",
        },
    }
    assert by_kind["doubled word"]["tgt"] == {
        "file": "library.en.docx",
        "paragraph": 8,
        "heading": "Chapter Two Events",
    }


def test_a_corpus_is_checked() -> None:
    """A folder of a batch has the findings of its pairs, with the places in their documents."""
    for side, lang in enumerate(("zh", "en")):
        text = "\n\n".join(pair[side] for pair in PAIRS)
        Path(f"library.{lang}.txt").write_text(text, "utf-8")
    Path("pairs.tsv").write_text("id\tsrc\ttgt\nlib\tlibrary.zh.txt\tlibrary.en.txt\n", "utf-8")
    assert main(["batch", "pairs.tsv", "-o", "corpus", "--encoder", "length"]) == 0
    assert main(["check", "corpus", "--checks", TEXT_CHECKS, "-o", "findings.jsonl"]) == 0
    findings = found()
    assert set(WANTED) <= set(kinds(findings))
    place = next(each["place"]["tgt"] for each in findings if each["kind"] == "doubled word")
    assert place["line"] == 11


def test_a_baseline_settles_single_places(capsys: pytest.CaptureFixture[str]) -> None:
    """What is accepted no longer counts; the same slip in another sentence does."""
    name = write_tsv()
    every = ["check", name, "--checks", TEXT_CHECKS]
    assert main([*every, "--fail-on", "error"]) == 1
    assert main([*every, "--write-baseline", "accepted.toml"]) == 0
    entries = tomllib.loads(Path("accepted.toml").read_text("utf-8"))["accepted"]
    assert {entry["check"] for entry in entries} == {check for check, _ in WANTED}
    assert main([*every, "--baseline", "accepted.toml", "--fail-on", "info"]) == 0
    assert f"{len(WANTED)} settled" in capsys.readouterr().out
    with Path(name).open("a", encoding="utf-8") as file:
        file.write("读者有37人留言。\tMany readers left a note.\n")
    assert main([*every, "--baseline", "accepted.toml", "--fail-on", "warning",
                 "-o", "findings.jsonl"]) == 1  # fmt: skip
    assert [each["sentence"] for each in found() if "accepted" not in each] == ["读者有37人留言。"]


def test_only_the_named_checks_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    """`--checks` takes names with commas; the counts name the checks that were made.

    The label of an article counts as a number here, since references are not looked at.
    """
    name = write_tsv()
    assert main(["check", name, "--checks", "form, numbers", "-o", "findings.jsonl"]) == 0
    assert "numbers 3, form 1; " in capsys.readouterr().err
    assert {check for check, _ in kinds(found())} == {"numbers", "form"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--checks", "spelling"], "no check 'spelling'"),
        (["--checks", ","], "no check is named"),
        (["--checks", "glossary"], "needs a glossary"),
        (["--checks", "form", "--glossary", "terms.csv"], "is not asked for"),
    ],
)
def test_a_wrong_choice_is_an_error(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check that does not exist, or cannot be made, is told before any work is done."""
    assert main(["check", write_tsv(), *words]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert "reading" not in err
    if words[1] == "spelling":
        assert ", ".join(KNOWN_CHECKS) in err


def test_checks_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    """`checks` names every check; with a name it prints the check's page."""
    assert main(["checks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == list(KNOWN_CHECKS)
    assert main(["checks", "numbers"]) == 0
    page = capsys.readouterr().out
    assert "To switch it off" in page
    assert main(["checks", "spelling"]) == 2


def test_terms_and_glossary_are_checked_too() -> None:
    """With a glossary all checks are made, and findings of terms have places like the others."""
    pairs = [*PAIRS, ("读者证免费办理。", "A library pass is free."),
             ("读者证遗失须挂失。", "A lost reader's card must be reported.")]  # fmt: skip
    Path("library.tsv").write_text("zh\ten\n" + "".join(f"{a}\t{b}\n" for a, b in pairs), "utf-8")
    Path("terms.csv").write_text("zh,en\n读者证,reader's card\n", "utf-8")
    check = pipeline.check("library.tsv", glossary="terms.csv", out=["findings.jsonl"])
    assert check.terms.checks == tuple(KNOWN_CHECKS)
    assert set(WANTED) <= set(kinds(found()))
    (against,) = [each for each in found() if each["check"] == "glossary"]
    assert against["place"]["tgt"] == {"file": "library.tsv", "line": len(PAIRS) + 2}
    assert against["suggestion"] == "reader's card"


def test_the_label_of_an_article_is_told_once() -> None:
    """Article 13 for 第十二条 is a wrong reference, and not a wrong number besides."""
    check = pipeline.check(write_tsv(), checks=["numbers", "references"])
    assert [
        f.check for f in check.terms.findings if "Article" in f.sentence or "第" in f.sentence
    ] == ["references"]


def test_every_report_has_the_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """The page, the sheet and the table name each place, and count in one way."""
    name = write_tsv()
    words = ["check", name, "--checks", TEXT_CHECKS]
    assert main([*words, "-o", "report.html", "-o", "report.xlsx"]) == 0
    page = Path("report.html").read_text("utf-8")
    book = openpyxl.load_workbook("report.xlsx")
    assert book.sheetnames == ["findings", "settings"]
    head, *rows = book["findings"].iter_rows(values_only=True)
    assert len(rows) == len(WANTED) == page.count('<article class="term slip')
    places = {row[head.index("Place")] for row in rows}
    assert places == {f"{name}, line {n}" for n in range(3, 8)}
    assert all(place in page for place in places)
    assert f"<b>{len(WANTED)} findings</b>" in page
    capsys.readouterr()
    assert main(words) == 0
    assert "line 3" in " ".join(capsys.readouterr().out.split())
