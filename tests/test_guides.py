"""docs/: what the guides show is what happens, in both languages."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from aligner.check.known_checks import KNOWN_CHECKS
from aligner.cli import run_app  # noqa: F401 - registers the commands
from aligner.cli.app import app

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {
    str(path.relative_to(DOCS)): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))
}
ENGLISH = [name for name in PAGES if not name.startswith("zh/")]
BLOCK = re.compile(r"^( *)```(\S*)(.*?)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
RUN = "<!-- run -->\n"  # before a block of commands that a test runs
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
INLINE = re.compile(r"`(aligner [^`]+)`")
OF_REFERENCE = {"api.md", "architecture.md", "formats.md", "checks.md"}  # English alone
COMMAND = typer.main.get_command(app)


class Block(NamedTuple):
    """A block of code of a page."""

    kind: str
    text: str
    is_run: bool


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page."""
    for found in BLOCK.finditer(PAGES[page]):
        before = PAGES[page][: found.start()]
        yield Block(found[2], found[4], before.endswith(RUN))


def command_lines(page: str) -> list[str]:
    """Return the calls of the program in the blocks of a page, without comments."""
    found = []
    for block in blocks(page):
        if block.kind == "sh":
            lines = block.text.splitlines()
        else:
            lines = [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]
        found += [line for line in lines if re.match(r"(\w+=\S+ )?aligner ", line)]
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors of the headings of a page."""
    made = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in made}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each link to a file of the checkout leads to one, and to a heading of it."""
    for link in LINK.findall(BLOCK.sub("", PAGES[page])):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (DOCS / page).parent / name if name else DOCS / page
        assert target.is_file(), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_exist(page: str) -> None:
    """The program takes every call that a page shows, whole ones with their arguments."""
    for line in command_lines(page):
        _, _, words = line.partition("aligner ")
        parse(shlex.split(words, comments=True), whole=True)
    for line in INLINE.findall(BLOCK.sub("", PAGES[page])):
        parse(shlex.split(line)[1:], whole=False)


def parse(words: list[str], *, whole: bool) -> None:
    """Let the program read a call without doing it.

    Args:
        words: Behind `aligner`.
        whole: Whether what a command needs is given; in a sentence only its name may be.
    """
    command: Any = COMMAND
    while words and not words[0].startswith("-") and hasattr(command, "commands"):
        assert words[0] in command.commands, words[0]
        command, words = command.commands[words[0]], words[1:]
    if whole:
        command.make_context("aligner", list(words))
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    asked = {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)}
    assert asked <= known | {"--help", "--install-completion"}


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if "console\n$ aligner" in PAGES[page]])
def test_console_examples_print_what_they_are_said_to(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of a page are run in their order, and what they print is compared."""
    for path in (DOCS / "examples").iterdir():
        shutil.copy(path, tmp_path)
    shutil.copytree(DOCS.parent / "corpora", tmp_path / "corpora")
    (tmp_path / "documents").mkdir()
    for path in (tmp_path / "corpora").glob("*/*.??.txt"):
        shutil.copy(path, tmp_path / "documents")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for block in blocks(page):
        if block.is_run:
            for line in block.text.splitlines():
                assert called(line)[0] == 0
        elif block.kind == "console":
            line, _, wanted = block.text.removeprefix("$ ").partition("\n")
            assert called(line)[1] == wanted


def called(line: str) -> tuple[int, str]:
    """Return the exit status of a call, and all that it prints but for what is said once."""
    words = shlex.split(line, comments=True)
    assert words.pop(0) == "aligner"
    done = subprocess.run(
        [sys.executable, "-m", "aligner", *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines(keepends=True)
    return done.returncode, "".join(line for line in lines if not line.startswith("compiling "))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in PAGES[page] and page != "python.md"]
)
def test_python_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python of a guide gives what it says; docs/python.md has a test of its own."""
    shutil.copytree(DOCS.parent / "corpora", tmp_path / "corpora")
    monkeypatch.chdir(tmp_path)
    text = "\n".join(block.text for block in blocks(page) if block.kind == "python")
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(text, {}, page, page, 0))
    assert runner.summarize(verbose=False).attempted
    assert runner.failures == 0


def test_each_check_has_its_page() -> None:
    """A page and a line of the overview for each check, and no others."""
    pages = {Path(name).stem for name in PAGES if name.startswith("checks/")}
    assert pages == set(KNOWN_CHECKS)
    for name in KNOWN_CHECKS:
        assert f"{{check-page}} {name}\n" in PAGES[f"checks/{name}.md"]
        assert f"[{name}](checks/{name}.md)" in PAGES["checks.md"]


@pytest.mark.parametrize(
    "page",
    [
        name
        for name in ENGLISH
        if name not in OF_REFERENCE and not name.startswith(("checks/", "plugin-example/"))
    ],
)
def test_each_guide_is_there_in_chinese(page: str) -> None:
    """The Chinese guide shows the same calls in the same order."""
    assert command_lines(f"zh/{page}") == command_lines(page)
