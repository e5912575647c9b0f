"""The spreadsheet of a report, filled in by a person, is a baseline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from aligner.check.baseline.baseline_file import read_baseline
from aligner.check.baseline.baseline_sheet import ENTRY, KEEP, entry_cell
from aligner.cli import main
from aligner.errors import FormatError
from aligner.pipeline.check_terms import check

PAIRS = [
    ("修缮工程耗资356万元。", "The repairs cost 35.6 million yuan."),
    ("共有48件展品。", "Many exhibits are on show."),
    ("音乐会在周末举行。", "The the concert takes place at the weekend."),
    ("灯塔夜里发光。", "The lighthouse shines at night."),
    ("灯塔建在岩上。", "The beacon was built on a rock."),
    ("守灯塔的人老了。", "The keeper of the beacon is old."),
]
GLOSSARY = "zh\ten\tstatus\n灯塔\tlighthouse\tpreferred\n灯塔\tbeacon\tdeprecated\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay the pairs and a glossary into an empty folder."""
    monkeypatch.chdir(tmp_path)
    rows = [("zh", "en"), *PAIRS]
    Path("museum.tsv").write_text("".join(f"{zh}\t{en}\n" for zh, en in rows), "utf-8")
    Path("terms.tsv").write_text(GLOSSARY, "utf-8")


def checked(*more: str, out: str = "report.xlsx") -> int:
    """Check the pairs; return how many findings are new."""
    words = ["check", "museum.tsv", "--checks", "numbers,form,glossary", "--glossary", "terms.tsv"]
    assert main([*words, "-o", out, "-o", "findings.jsonl", *more]) == 0
    return sum('"accepted"' not in line for line in Path("findings.jsonl").read_text().splitlines())


def fill(say: Callable[[dict[str, Any]], str | None], path: str = "report.xlsx") -> None:
    """Write into the column of choices what a function says of a row, by its heads."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for cells in sheet.iter_rows(min_row=2):
        row = dict(zip(heads, (cell.value for cell in cells), strict=True))
        if (said := say(row)) is not None:
            cells[heads.index(KEEP)].value = said
    book.save(path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_filled_in_is_not_reported_again(lang: str) -> None:
    """Whatever the language of the report; of a term, the row's sentence alone is kept."""
    count = checked("--lang", lang)
    assert count >= 5
    said = {"356": "the client's figure", "48": "是", "的人老了": "a title", "音乐会": "no"}

    def say(row: dict[str, Any]) -> str | None:
        source = str(next(iter(row.values())))
        return next((text for part, text in said.items() if part in source), None)

    fill(say)
    assert checked("--baseline", "report.xlsx", out="next.xlsx") == count - 3
    reasons = {one.sentence: one.reason for one in read_baseline("report.xlsx").entries}
    assert reasons["守灯塔的人老了。"] == "a title"
    assert reasons["共有48件展品。"] == "kept as it is, no reason given"
    # what was kept stands in the next report with its reason, and is kept by that too
    assert {*read_baseline("next.xlsx").entries} == {*read_baseline("report.xlsx").entries}
    assert checked("--baseline", "next.xlsx", "--write-baseline", "b.toml", out="last.xlsx") == (
        count - 3
    )
    assert checked("--baseline", "b.toml", out="end.xlsx") == 0


def test_a_row_that_is_not_known_again_is_named() -> None:
    """So is a workbook that is no report."""
    checked()
    book = load_workbook("report.xlsx")
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(3, heads.index(KEEP) + 1).value = "fine"
    sheet.cell(3, heads.index(ENTRY) + 1).value = "something"
    book.save("report.xlsx")
    with pytest.raises(FormatError, match="row 3") as caught:
        read_baseline("report.xlsx")
    assert caught.value.hint
    Workbook().save("other.xlsx")
    with pytest.raises(FormatError, match="no sheet has the columns") as caught:
        read_baseline("other.xlsx")
    assert caught.value.hint


def test_every_row_can_be_known_again() -> None:
    """Each finding of the report has its entry, which covers it."""
    checked()
    fill(lambda _row: "x")
    entries = read_baseline("report.xlsx").entries
    found = check("museum.tsv", glossary="terms.tsv", checks=["numbers", "form", "glossary"])
    findings = found.terms.findings
    assert findings
    for finding in findings:
        assert entry_cell(finding)
        assert any(entry.covers(finding) for entry in entries)
