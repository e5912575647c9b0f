"""The commands for many documents, as the worked example of the README uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.report.shown_text import cell_width

CORPORA = Path(__file__).parents[1] / "corpora"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four pairs, paired and aligned."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "documents").mkdir()
    for path in CORPORA.glob("*/*.txt"):
        shutil.copy(path, folder / "documents")
    manifest, corpus = str(folder / "pairs.csv"), str(folder / "corpus")
    assert main(["pair", str(folder / "documents"), "-o", manifest]) == 0
    assert main(["batch", manifest, "-o", corpus, "--jobs", "1"]) == 0
    return folder


def test_a_second_run_does_nothing(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was done before is kept."""
    assert main(["batch", str(work / "pairs.csv"), "-o", str(work / "corpus"), "--jobs", "1"]) == 0
    assert "4 pairs: 4 done, 0 failed (4 from an earlier run, 0 now" in capsys.readouterr().err


def test_a_bad_document_fails_alone(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One failed pair gives status 1 and its reason; the others are done."""
    bad = work / "bad"
    shutil.copytree(work / "documents", bad)
    (bad / "news.en.txt").write_bytes(b"")
    manifest = work / "bad.csv"
    rows = [f"bad/{name}.zh.txt,bad/{name}.en.txt,{name}" for name in ("news", "story")]
    manifest.write_text("original,translation,id\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert main(["batch", str(manifest), "-o", str(work / "half"), "--jobs", "1"]) == 1
    err = capsys.readouterr().err
    assert "2 pairs: 1 done, 1 failed" in err
    assert "news: document: " in err


def test_a_term_is_shown_in_its_contexts(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Simplified and traditional are alike, the rendering is marked and counted."""
    assert main(["search", "綠色航運先導區", str(work / "corpus")]) == 0
    out = capsys.readouterr().out
    assert "【绿色航运先导区】" in out
    assert "【Green Shipping Pilot Zone】" in out
    assert main(["search", "绿色航运先导区", str(work / "corpus"), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"Green Shipping Pilot Zone", "Green Shipping Pilot Area"} <= {
        row["rendering"] for row in rows
    }
    assert main(["search", "pilot zone", str(work / "corpus"), "--no-marks"]) == 0
    assert "【Pilot Zone】" in capsys.readouterr().out


def test_an_export_says_what_it_removed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each filter tells how many pairs it removed; the file is valid."""
    target = str(work / "good.tmx")
    words = ["--min-p", "0.9", "--numbers", "--languages", "--duplicates", "near"]
    assert main(["corpus", "export", str(work / "corpus"), "-o", target, *words]) == 0
    err = capsys.readouterr().err
    assert "no partner: " in err
    assert "probability: " in err
    assert "near duplicates: " in err
    assert main(["validate", target]) == 0


def test_a_corpus_is_counted(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents, sentences, kinds and probabilities."""
    assert main(["corpus", "stats", str(work / "corpus")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("4 documents, ")
    assert "of 1-1" in out


def test_terms_run_over_a_corpus(work: Path) -> None:
    """Terms are counted across documents, and findings name theirs."""
    target = work / "findings.jsonl"
    assert main(["terms", str(work / "corpus"), "-o", str(target)]) == 0
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert {"notice", "news", "regulation"} <= {row["doc"] for row in rows}


def test_a_concordance_fits_the_terminal(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The context gives way on a narrow terminal, never the term or what renders it."""
    for columns in (60, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main(["search", "先导区", str(work / "corpus"), "--no-marks"]) == 0
        out = capsys.readouterr().out
        assert "【先导区】" in out
        assert max(map(cell_width, out.splitlines())) <= columns
