"""Defaults of a project: `aligner.toml`, found upwards, named in errors, and overruled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from aligner.cli import main
from aligner.cli.app import app
from aligner.cli.project_defaults import DEFAULTS, default_map, find_defaults, read_defaults
from aligner.errors import AlignerError

ZH = "示范区建设启动。示范区有三个港口。示范区明年完工。" * 2
EN = (
    "Work on the pilot zone began. The pilot zone has three ports. The pilot zone will be"
    " completed next year. "
) * 2


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with a glossary, from a folder inside of which commands are called."""
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "terms.csv").write_text("zh,en\n示范区,demonstration area\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("zh,en\n示范区,pilot zone\n", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    monkeypatch.chdir(tmp_path / "texts")
    return tmp_path


def say(project: Path, text: str) -> Path:
    """Write the project's defaults."""
    path = project / "aligner.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_is_found(project: Path) -> None:
    """The file of the working folder counts before those above it."""
    above = say(project, "")
    assert find_defaults() == above
    Path("aligner.toml").write_text("", encoding="utf-8")
    assert find_defaults() == Path("aligner.toml")


def test_defaults_are_taken_and_the_command_line_wins(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A glossary of the file is that of `terms`, relative to the file, unless one is named."""
    say(project, 'glossary = "terms.csv"\n')
    pair = ["terms", "../zh.txt", "../en.txt", "--encoder", "length", "--fail-on", "error"]
    assert main(pair) == 1
    out, err = capsys.readouterr()
    assert "error (1)" in out
    assert "aligner.toml: glossary" in err
    assert main([*pair, "--glossary", "../other.csv"]) == 0


def test_a_glossary_of_the_project_keeps_no_other_check_away(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where its check is not asked for it is left out with a word; a named one is an error."""
    say(project, 'glossary = "terms.csv"\n')
    words = ["check", "../zh.txt", "../en.txt", "--encoder", "length", "--checks", "form"]
    assert main(words) == 0
    assert "note: the project's glossary is not used" in capsys.readouterr().err
    assert main([*words, "--glossary", "../terms.csv"]) == 2


def test_commands_get_only_their_own_options(project: Path) -> None:
    """Whatever commands there are: each gets the keys of its options, lists as it takes them."""
    group = typer.main.get_command(app)
    defaults = read_defaults(say(project, 'languages = ["zh", "en"]\nsensitivity = "high"\n'))
    given = default_map(group, defaults.values)
    assert given["terms"] == {"langs": "zh,en", "sensitivity": "high"}
    assert given["align"] == {"langs": "zh,en"}
    assert given["convert"] == {}
    assert given["corpus"]["stats"] == {}


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("colour = 1\n", "colour", "sensitivity"),
        ("sensitivity = 'loud'\n", "sensitivity", "quiet"),
        ("sensitivity = []\n", "sensitivity", "quiet"),
        ("languages = 'zh,fr'\n", "languages", "zh,en"),
        ("glossary = 'none.xlsx'\n", "glossary", "none.xlsx"),
        ("glossary = 3\n", "glossary", "file"),
        ("baseline = 'texts'\n", "baseline", "folder"),
        ("checks = ['spelling']\n", "checks", "terms"),
        ("checks = [1]\n", "checks", "terms"),
        ("glossary = \n", "TOML", "glossary = "),
    ],
    ids=str,
)
def test_errors_name_the_file_and_the_key(project: Path, text: str, key: str, hint: str) -> None:
    """A wrong key or value is an error that says what to write instead."""
    with pytest.raises(AlignerError) as caught:
        read_defaults(say(project, text))
    assert "aligner.toml: " in str(caught.value)
    assert key in str(caught.value)
    assert hint in caught.value.hint


def test_config_shows_each_key(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`config` shows the file, each value, and which commands take it; help needs no file."""
    say(project, "sensitivity = 'high'\nchecks = ['terms', 'glossary']\n")
    assert main(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"# {project / 'aligner.toml'}"
    assert [line.split()[0] for line in lines[1:]] == list(DEFAULTS)
    assert any("high" in line and "taken by check, terms" in line for line in lines)
    assert len({line.index("# ") for line in lines[1:]}) == 1  # below each other
    say(project, "broken")
    assert main(["align", "--help"]) == 0
    assert main(["config"]) == 2


def test_a_baseline_that_is_to_be_written(project: Path) -> None:
    """A baseline need not be there before it is written; then it counts."""
    say(project, 'glossary = "terms.csv"\nbaseline = "accepted.toml"\n')
    pair = ["terms", "../zh.txt", "../en.txt", "--encoder", "length", "--fail-on", "error"]
    assert main([*pair, "--write-baseline", "../accepted.toml"]) == 1
    assert main(pair) == 0


def test_the_shell_completes_commands() -> None:
    """Shell completion offers the commands that begin as the word does."""
    wanted = {"_ALIGNER_COMPLETE": "complete_bash", "COMP_WORDS": "aligner te", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from aligner.cli import main; main([])"],
        capture_output=True, text=True, check=False, env=os.environ | wanted,
    )  # fmt: skip
    assert done.stdout.split() == ["terms"]
