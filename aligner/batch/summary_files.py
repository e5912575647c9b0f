"""The summary of a run as files of its corpus: JSON for programs, a page for people."""

from __future__ import annotations

import json
from pathlib import Path

from aligner.batch.summary import RunSummary, summary_row
from aligner.batch.summary_page import render_page
from aligner.formats.common.writing import write_text


def write_summary(summary: RunSummary, folder: Path) -> tuple[Path, ...]:
    """Write `summary.json` and `summary.html` into a corpus folder; return their paths."""
    rows = json.dumps(summary_row(summary), ensure_ascii=False, indent=1)
    return (
        write_text(folder / "summary.json", rows + "\n"),
        write_text(folder / "summary.html", render_page(summary, folder)),
    )
