"""What the terminal says of files that a batch did not read, and of doubtful pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.batch.summary import RunSummary
from aligner.cli.many_output import print_run
from aligner.pairing import find_pairs


def test_unread_files_are_named_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first three by name, the others counted; lock files are counted by themselves."""
    (tmp_path / "a.zh.txt").write_text("昨天下了一场大雨。", "utf-8")
    (tmp_path / "a.en.txt").write_text("It rained heavily yesterday.", "utf-8")
    for name in ("b.txt", "c.jpg", "d.docx", "e.docx", "~$d.docx"):
        (tmp_path / name).write_bytes(b"")
    found = find_pairs(tmp_path, by_content=False)
    manifest = found.manifest()
    assert manifest.locks == found.locks == 1
    assert {one.name for one in found.loose if "; " not in one.note} == set()
    summary = RunSummary(
        1, 0, manifest.left_out, 0, 0.0, (),
        waiting=manifest.waiting, table="out/manifest.csv", locks=manifest.locks,
    )  # fmt: skip
    print_run(summary, tmp_path)
    told = capsys.readouterr().err
    assert "4 files were not read: b.txt, c.jpg, d.docx and 1 more" in told
    assert "see out/manifest.csv" in told
    assert "1 lock file" in told
    assert "decision" not in told
