"""The commands `terms`, `convert` and `validate`: what they print and write, and their status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.cli import main

ROOT = Path(__file__).parents[1]
PAIR = [str(ROOT / "corpora" / "news" / f"news.{side}.txt") for side in ("zh", "en")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def test_without_an_output_a_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The table names the terms that are out of line, with both renderings."""
    assert main(["terms", *PAIR]) == 0
    out, err = capsys.readouterr()
    assert "远岚航运集团" in out
    assert "Marine" in out
    assert "locating renderings" in err


def test_every_output_is_written_and_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    """Reports, lines, glossaries and a checklist; the glossary is a glossary again."""
    names = ["report.html", "report.xlsx", "terms.jsonl", "findings.jsonl", "glossary.xlsx",
             "news.tbx", "news.xbckl"]  # fmt: skip
    assert main(["terms", *PAIR, *(word for name in names for word in ("-o", name))]) == 0
    assert all(Path(name).stat().st_size > 0 for name in names)
    lines = [json.loads(line) for line in Path("findings.jsonl").read_text("utf-8").splitlines()]
    assert {"远岚航运集团", "北屿集装箱码头"} <= {line["term"] for line in lines}
    assert main(["validate", "news.tbx"]) == 0
    capsys.readouterr()
    assert main(["terms", *PAIR, "--glossary", "glossary.xlsx", "--glossary-only"]) == 0


def test_findings_make_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning gives 1 with --fail-on warning, 0 with --fail-on error."""
    assert main(["terms", *PAIR, "--fail-on", "warning"]) == 1
    assert main(["terms", *PAIR, "--fail-on", "error"]) == 0


def test_what_a_baseline_accepts_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    """After --write-baseline the same findings are no longer new."""
    assert main(["terms", *PAIR, "--write-baseline", "accepted.toml"]) == 0
    assert main(["terms", *PAIR, "--baseline", "accepted.toml", "--fail-on", "info"]) == 0
    assert "settled" in capsys.readouterr().out


def test_a_bitext_is_looked_at_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """A pair that was aligned before, in another format, gives the same findings."""
    assert main(["align", *PAIR, "-o", "news.jsonl"]) == 0
    assert main(["convert", "news.jsonl", "-o", "news.xlf"]) == 0
    assert main(["validate", "news.xlf", "news.jsonl"]) == 0
    found = []
    for source in (PAIR, ["news.jsonl"], ["news.xlf"]):
        assert main(["terms", *source, "-o", "findings.jsonl"]) == 0
        lines = Path("findings.jsonl").read_text("utf-8").splitlines()
        found.append({(d["term"], d["rendering"], d["class"]) for d in map(json.loads, lines)})
    assert found[0] == found[1] == found[2]


def test_a_broken_rule_is_told_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`validate` names the file, the line and the rule, and exits with 1."""
    Path("bad.align").write_text("[0]:[0]\n[0]:[1]\n", encoding="utf-8")
    assert main(["validate", "bad.align"]) == 1
    assert "bad.align: line 2: " in capsys.readouterr().out


def test_one_file_that_cannot_be_checked_keeps_no_other_from_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`validate` names it, why and what to do, checks the rest, and exits with 2."""
    Path("bad.align").write_text("[0]:[0]\nx\n", encoding="utf-8")
    Path("good.csv").write_text("zh,en\n雨停了。,The rain stopped.\n", encoding="utf-8")
    Path("terms.csv").write_text("术语,译文\n水闸,sluice gate\n堰,\n", encoding="utf-8")
    Path("report.html").write_text("<p>雨</p>", encoding="utf-8")
    Path("a.tmx").mkdir()
    names = ["gone.tmx", "report.html", "a.tmx", "terms.csv", "bad.align", "good.csv"]
    assert main(["validate", *names]) == 2
    out, err = capsys.readouterr()
    assert "terms.csv: a row has a term and a target: row 3: no English term for 堰" in out
    assert "bad.align: line 2:" in out
    assert err.splitlines()[::2][:2] == [
        "aligner: error: gone.tmx: no such file",
        "aligner: error: report.html: no rules for .html (web pages)",
    ]
    assert "a.tmx: is a folder" in err
    assert "terms.csv: checked as a glossary" in err
    assert "good.csv: no problem found" in err
    assert main(["validate", "bad.align", "good.csv"]) == 1
    assert main(["validate", "good.csv"]) == 0
