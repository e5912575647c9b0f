"""The command line: what it prints where, its exit statuses and its errors."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from aligner import __version__, pipeline
from aligner.cli import main
from aligner.cli.app import app
from aligner.report.shown_text import cell_width

HERE = Path(__file__).parent
CASES = [
    json.loads(line)
    for line in (HERE / "cases" / "cli_errors.jsonl").read_text(encoding="utf-8").splitlines()
]
COMMANDS = [
    str(command.callback.__name__) for command in app.registered_commands if command.callback
]

ZH = "我们昨天去了北京。天气很好。晚上大家一起吃了饭。"
EN = "Yesterday we went to Beijing. The weather was fine. In the evening we all had dinner."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with small good and bad files in it."""
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text(ZH, encoding="utf-8")
    Path("zh2.txt").write_text(ZH + ZH, encoding="utf-8")
    Path("en.txt").write_text(EN, encoding="utf-8")
    Path("ru.txt").write_text("Вчера мы ездили в Пекин.", encoding="utf-8")
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(bytes(range(256)) * 9)
    Path("a.align").write_text("[0]:[0]\n", encoding="utf-8")
    Path("folder").mkdir()
    return tmp_path


def run(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401
    """Run the command as a user does, in a process of its own."""
    command = [sys.executable, "-m", "aligner", *args]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_errors(case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """An error has one line of what and where, a hint, status 2, and nothing on stdout."""
    assert main(case["args"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    told = [line for line in err.splitlines() if not line.endswith(" ...")]
    assert told[0].startswith("aligner: error: ")
    assert case["says"] in told[0]
    if case["hint"]:
        assert told[1].startswith("  hint: ")
        assert case["hint"] in told[1]
    assert len(told) <= 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command shows a call of it, on a line of its own."""
    assert main([command, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    example = lines[lines.index("  Example:") + 1]
    assert example.startswith(f"    aligner {command} ")


@pytest.mark.parametrize(
    "command", [*COMMANDS, "terms", "check", "checks", "review", "pair", "batch", "search",
                "convert", "validate", "formats", "config"],
)  # fmt: skip
def test_help_shows_arguments_as_manuals_do(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No braces round what is required, no type of the program, dots only once."""
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    usage = out.splitlines()[0]
    assert not set("{}") & set(out)
    assert "......" not in usage
    assert not re.search(r"^  [A-Z.]+ <", out, re.MULTILINE)
    required = re.search(r"\[OPTIONS\] ([A-Z]+)", usage)
    assert required is None or re.search(rf"^  {required[1]}  ", out, re.MULTILINE)


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """The overall help names every command and exits with 0."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {command} " in out for command in COMMANDS)


def test_version() -> None:
    """The version goes to standard output."""
    done = run("--version")
    assert (done.stdout.decode().strip(), done.stderr, done.returncode) == (
        f"aligner {__version__}",
        b"",
        0,
    )


def test_table_on_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    """Without -o the result is a table on stdout, and the summary is on stderr."""
    assert main(["align", "zh.txt", "en.txt"]) == 0
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert lines[0].split("\t")[:3] == ["doc", "src", "tgt"]
    assert [line.split("\t")[1] for line in lines[1:]] == [
        "我们昨天去了北京。",
        "天气很好。",
        "晚上大家一起吃了饭。",
    ]
    assert "3 links" in err
    assert "  zh.txt (zh-CN, utf-8): 3 sentences, 0 (0%) without partner" in err
    assert "  en.txt (en-US, utf-8): 3 sentences" in err
    assert "3 of 1-1" in err


def test_every_output_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    """Each -o writes one format; all files are named, and stdout stays empty."""
    names = ["b.tmx", "b.tsv", "b.csv", "b.jsonl", "b.parquet", "b.xlsx", "b.align"]
    outs = [word for name in names for word in ("-o", name)]
    assert main(["align", "zh.txt", "en.txt", *outs]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    for name in names:
        assert f"wrote {name}" in err
        assert Path(name).stat().st_size


def test_order_of_the_documents_is_free(capfd: pytest.CaptureFixture[str]) -> None:
    """Whichever document is named first, the Chinese side comes first in the output."""
    assert main(["align", "zh.txt", "en.txt", "--to", "jsonl"]) == 0
    first = capfd.readouterr().out
    assert main(["align", "en.txt", "zh.txt", "--to", "jsonl"]) == 0
    assert capfd.readouterr().out == first
    assert json.loads(first.splitlines()[0])["src"] == "我们昨天去了北京。"


def test_languages_can_be_told(capfd: pytest.CaptureFixture[str]) -> None:
    """--langs names the languages in the order of the documents, whatever they look like."""
    assert main(["align", "zh.txt", "zh2.txt", "--langs", "en,zh"]) == 0
    err = capfd.readouterr().err
    assert err.index("zh2.txt (zh-CN") < err.index("zh.txt (en-US")


def test_min_p_loses_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Links below --min-p come out one-sided and are counted; every sentence is there."""
    assert main(["align", "zh.txt", "en.txt", "--min-p", "1", "--to", "jsonl"]) == 0
    out, err = capfd.readouterr()
    units = [json.loads(line) for line in out.splitlines()]
    assert "".join(unit["src"] for unit in units) == ZH
    assert " ".join(unit["tgt"] for unit in units if unit["tgt"]) == EN
    held = [unit for unit in units if not (unit["src"] and unit["tgt"])]
    assert f"below --min-p: {len(held) // 2} links" in err
    assert held


def test_pre_split(capfd: pytest.CaptureFixture[str]) -> None:
    """With --pre-split a line is a sentence, whatever marks are in it."""
    Path("zh.txt").write_text("一。二。\n三。\n", encoding="utf-8")
    Path("en.txt").write_text("One. Two.\nThree.\n", encoding="utf-8")
    assert main(["align", "zh.txt", "en.txt", "--pre-split", "--to", "jsonl"]) == 0
    units = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [unit["src"] for unit in units if unit["src"]] == ["一。二。", "三。"]


def test_segment(capfd: pytest.CaptureFixture[str]) -> None:
    """Sentences go to stdout or to the named file, one a line."""
    assert main(["segment", "zh.txt"]) == 0
    out = capfd.readouterr().out
    assert out == "我们昨天去了北京。\n天气很好。\n晚上大家一起吃了饭。\n"
    assert main(["segment", "zh.txt", "-o", "sentences", "--lang", "zh"]) == 0
    assert Path("sentences").read_text(encoding="utf-8") == out
    assert capfd.readouterr().out == ""


def test_evaluate(capfd: pytest.CaptureFixture[str]) -> None:
    """Scores are printed as a table, per document if wanted, or as JSON."""
    Path("b.align").write_text("[0]:[0]:0.75\n[1]:[]:0.5\n", encoding="utf-8")
    assert main(["evaluate", "a.align", "b.align", "--per-doc"]) == 0
    table = capfd.readouterr().out
    assert "all-links     0.5000  1.0000  0.6667" in table
    assert "expected calibration error 0.2500 over 1 non-null links" in table
    assert main(["evaluate", "a.align", "b.align", "--json", "--per-doc"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["scores"]["non-null"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert data["per_doc"]["a"] == data["scores"]
    assert data["ece"] == 0.25


def test_unsound_alignments_are_told(capfd: pytest.CaptureFixture[str]) -> None:
    """A sentence in two links is worth a warning."""
    Path("b.align").write_text("[0]:[0]\n[0]:[1]\n", encoding="utf-8")
    assert main(["evaluate", "a.align", "b.align"]) == 0
    assert "warning: 1 sentences of the test are in more than one link" in capfd.readouterr().err


def test_output_is_utf8_whatever_the_locale() -> None:
    """A pipe gets the bytes that a file would hold."""
    done = run("segment", "zh.txt", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.stdout.decode("utf-8").startswith("我们昨天去了北京。\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves(unbuffered: str) -> None:
    """If whoever reads the output stops, so do we, without a word."""
    Path("long.txt").write_text("天气很好。" * 60_000, encoding="utf-8")
    command = [sys.executable, "-m", "aligner", "segment", "long.txt"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().decode("utf-8") == "天气很好。\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk(unbuffered: str) -> None:
    """Standard output that cannot be written is an error like any other."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "aligner", "segment", "zh.txt"]
        environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            command, env=environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"aligner: error: standard output: ")


def test_interrupt(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with status 130 and no traceback."""

    def interrupted(*args: object, **options: object) -> Sequence[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "segment", interrupted)
    assert main(["segment", "zh.txt"]) == 130
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert told.count("stopped: what was under way has not been written") == 1


def test_a_file_that_looks_like_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hint says how to give it."""
    (tmp_path / "-a.txt").write_text("下雨了。", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["segment", "-a.txt"]) == 2
    assert "give it as ./-a.txt" in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not an error of the input is not made to look like one."""

    def broken(*args: object, **options: object) -> Sequence[object]:
        raise RuntimeError("ours")

    monkeypatch.setattr(pipeline, "segment", broken)
    with pytest.raises(RuntimeError, match="ours"):
        main(["segment", "zh.txt"])


@pytest.mark.parametrize("columns", [60, 80])
def test_lists_fit_a_narrow_terminal(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help names each command in a whole sentence; the formats become a list."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (["--help"], ["formats"], ["formats", "--lang", "zh"]):
        assert main(words) == 0
        lines = capsys.readouterr().out.splitlines()
        assert max(map(cell_width, lines)) <= columns
        assert not any(line.endswith("...") for line in lines if "COMMAND" not in line)


def test_segment_says_what_it_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The encoding that was found from the bytes is told, as align does."""
    (tmp_path / "a.txt").write_bytes("昨天下了一场大雨，河水涨了三米。".encode("gb18030"))
    assert main(["segment", str(tmp_path / "a.txt")]) == 0
    assert "note: read as gb18030" in capsys.readouterr().err
