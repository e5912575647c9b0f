"""Parts of other packages: the documented example, installed, and what breaks in others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ZH = ["北港示范区今年启动建设。", "北港示范区有三个码头。", "北港示范区明年完工。"] * 2
EN = [
    "Work on the North Port pilot zone began this year.",
    "The North Port pilot zone has three wharves.",
    "The North Port pilot zone will be completed next year.",
] * 2
BROKEN = {
    "readers": {"broken": "no_such_module:read", "tmx": "json:loads", "fails": "json:loads"},
    "bitext_readers": {},
    "encoders": {"empty": "builtins:object", "gone": "json:nothing"},
    "term_checks": {"raises": "json:loads", "absent": "no_such_module:check"},
    "checks": {"form": "json:loads", "stops": "json:loads"},
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the example package, installed as pip does, and a broken one."""
    folder = tmp_path_factory.mktemp("packages")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    if subprocess.run([*install, "--help"], capture_output=True, check=False).returncode:
        pytest.skip("there is no pip")
    pytest.importorskip("hatchling", reason="builds the example")
    example = str(ROOT / "docs" / "plugin-example")
    options = ["--no-build-isolation", "--disable-pip-version-check", "--target", str(folder)]
    subprocess.run([*install, *options, example], check=True)
    about = folder / "broken_parts-2.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-parts\nVersion: 2.0\n")
    groups = [
        f"[aligner.{kind}]\n" + "".join(f"{name} = {target}\n" for name, target in parts.items())
        for kind, parts in BROKEN.items()
    ]
    (about / "entry_points.txt").write_text("\n".join(groups))
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder of documents in the formats of the example."""
    (tmp_path / "zh.fountain").write_text("[[要改]]\n\n" + "\n\n".join(ZH), encoding="utf-8")
    (tmp_path / "en.fountain").write_text("[[mend]]\n\n" + "\n\n".join(EN), encoding="utf-8")
    loud = [*EN[:5], EN[5].replace("North Port pilot zone", "NORTH PORT PILOT ZONE")]
    pairs = "".join(f"{zh} || {en}\n" for zh, en in zip(ZH, loud, strict=True))
    (tmp_path / "pairs.bars").write_text(pairs, encoding="utf-8")
    (tmp_path / "bad.bars").write_text("没有\n", encoding="utf-8")
    (tmp_path / "text.broken").write_text("text", encoding="utf-8")
    (tmp_path / "text.fails").write_text("text", encoding="utf-8")
    return tmp_path


def run(packages: Path, texts: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the packages installed."""
    return subprocess.run(
        [sys.executable, "-m", "aligner", *words], capture_output=True, text=True,
        encoding="utf-8", check=False, cwd=texts,
        env={**os.environ, "PYTHONPATH": str(packages), "COLUMNS": "200"},
    )  # fmt: skip


def test_the_parts_are_shown(packages: Path, texts: Path) -> None:
    """`formats` lists what the packages add, and says of each part whether it works."""
    done = run(packages, texts, "formats")
    assert done.returncode == 0
    assert "fountain" in done.stdout
    assert "plug-in fountain (reader of aligner-fountain 1.0): works" in done.stdout
    assert "plug-in bars (bitext reader of aligner-fountain 1.0): works" in done.stdout
    assert "plug-in letters (encoder of aligner-fountain 1.0): works" in done.stdout
    broken = next(line for line in done.stdout.splitlines() if line.startswith("plug-in broken"))
    assert "broken-parts 2.0" in broken
    assert "no_such_module" in broken
    assert "plug-in tmx (reader of broken-parts 2.0): its name is taken" in done.stdout


def test_documents_and_the_encoder_are_used(packages: Path, texts: Path) -> None:
    """A reader and an encoder of a package do their work in `align`."""
    pair = ("zh.fountain", "en.fountain", "--encoder", "letters", "-o", "x.jsonl")
    done = run(packages, texts, "align", *pair)
    assert done.returncode == 0, done.stderr
    written = (texts / "x.jsonl").read_text("utf-8")
    assert written.count('"1-1"') == len(ZH)
    assert "要改" not in written
    assert run(packages, texts, "segment", "zh.fountain").stdout.split() == ZH


def test_a_check_is_used_and_broken_ones_are_named(packages: Path, texts: Path) -> None:
    """A check finds what it looks for; others that fail are told, and nothing else is lost."""
    done = run(packages, texts, "terms", "pairs.bars", "-o", "findings.jsonl")
    assert done.returncode == 0, done.stderr
    assert "In capitals here" in (texts / "findings.jsonl").read_text("utf-8")
    assert "raises (term check of broken-parts 2.0) failed: TypeError" in done.stderr
    assert "absent (term check of broken-parts 2.0) cannot be loaded" in done.stderr


def test_checks_of_the_text_too(packages: Path, texts: Path) -> None:
    """`check` makes them, `checks` shows them, and a name of ours cannot be taken."""
    asked = (texts / "pairs.bars").read_text("utf-8").replace("码头。", "码头？", 1)
    (texts / "asked.bars").write_text(asked, encoding="utf-8")
    done = run(packages, texts, "check", "asked.bars", "--checks", "questions,stops")
    assert done.returncode == 0, done.stderr
    assert "A question in Chinese alone" in done.stdout
    assert "stops (check of broken-parts 2.0) failed: TypeError" in done.stderr
    shown = run(packages, texts, "checks").stdout
    assert "plug-in questions (check of aligner-fountain 1.0): works" in shown
    assert "plug-in form (check of broken-parts 2.0): its name is taken" in shown
    page = run(packages, texts, "checks", "questions").stdout
    assert page.startswith("Tell questions that are none")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("segment", "text.broken"), "broken (reader of broken-parts 2.0) cannot be loaded"),
        (("segment", "text.fails"), "fails (reader of broken-parts 2.0) failed on text.fails"),
        (("convert", "bad.bars", "-o", "x.tmx"), "bad.bars:1: no ||"),
        (("align", "zh.fountain", "en.fountain", "--encoder", "empty"), "no signature, dim"),
        (("align", "zh.fountain", "en.fountain", "--encoder", "gone"), "cannot be loaded"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_what_is_broken_is_an_error(
    packages: Path, texts: Path, words: tuple[str, ...], says: str
) -> None:
    """Asked for by name, a part that does not work is an error that names it."""
    done = run(packages, texts, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
