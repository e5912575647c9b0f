"""What the README shows is what happens."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.formats.format_lookup import table
from aligner.messages import speaking

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample documents, to run in."""
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_the_example_prints_what_it_is_said_to(checkout: Path, readme: str) -> None:
    """Each console block is run, and its output compared."""
    blocks = re.findall(r"```console\n\$ aligner (.*?)\n(.*?)```", readme, flags=re.DOTALL)
    assert blocks
    for command, wanted in blocks:
        done = subprocess.run(
            [sys.executable, "-m", "aligner", *shlex.split(command)],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.stdout + done.stderr == wanted


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_the_python_example_runs(checkout: Path, readme: str) -> None:
    """The Python block is a doctest that passes."""
    blocks = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    for number, block in enumerate(blocks):
        runner.run(parser.get_doctest(block, {}, f"README {number}", "README.md", 0))
    assert runner.summarize(verbose=False).attempted >= len(blocks)
    assert runner.failures == 0


def test_every_command_is_described() -> None:
    """The README names each command that the program has."""
    done = subprocess.run(
        [sys.executable, "-m", "aligner", "--help"], capture_output=True, text=True, check=True
    )
    listed = done.stdout.partition("Commands:")[2]
    commands = re.findall(r"^\W*([a-z]+) {2,}", listed, flags=re.MULTILINE)
    assert {"align", "segment", "evaluate"} <= set(commands)
    assert all(f"aligner {command}" in README for command in commands)
    assert all(f"aligner {command}" in CHINESE for command in commands)


def test_the_formats_stand_in_the_chinese_readme() -> None:
    """The table of formats is the one that the registry gives in Chinese."""
    with speaking("zh"):
        assert f"<!-- formats -->\n{table()}\n<!-- /formats -->" in CHINESE
