"""docs/python.md: its examples run, those of other packages where these are there."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from aligner import __version__

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "python.md").read_text("utf-8")
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
OTHERS = re.compile(r"  # doctest: \+([A-Z]+)")
# what reads our Parquet beside polars, and what it needs for that
NEEDS = {"PANDAS": ("pandas", "pyarrow"), "DATASETS": ("datasets",)}


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder with the sample documents."""
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))


def run(blocks: list[str]) -> None:
    """Run examples one after the other, as a reader would type them."""
    text = OTHERS.sub("", "\n".join(blocks))
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(text, {}, "python.md", "docs/python.md", 0))
    assert runner.summarize(verbose=False).attempted
    assert runner.failures == 0


def test_the_examples_run() -> None:
    """All that needs no other package gives what the guide says."""
    run([block for block in BLOCK.findall(GUIDE) if not OTHERS.search(block)])


@pytest.mark.parametrize("mark", NEEDS)
def test_other_packages_read_our_parquet(mark: str) -> None:
    """The examples of pandas and datasets run where these are installed."""
    if not all(importlib.util.find_spec(name) for name in NEEDS[mark]):
        pytest.skip(f"needs {' and '.join(NEEDS[mark])}")
    from aligner import pipeline

    pipeline.align("corpora/news/news.zh.txt", "corpora/news/news.en.txt", out=["news.parquet"])
    run([block for block in BLOCK.findall(GUIDE) if f"+{mark}" in block])


def test_the_citation_names_this_version() -> None:
    """CITATION.cff has the version of the package."""
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
