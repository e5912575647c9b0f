"""A first day's use: help, closed streams, the word while loops are compiled, the demo."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from numba import njit

from aligner.cli import main
from aligner.compiled import EACH_TIME, ONCE, announced, compiled


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which $ALIGNER is the command."""
    variables = {**os.environ, "ALIGNER": f"{sys.executable} -m aligner"}
    return subprocess.run(
        ["bash", "-c", line],  # noqa: S607 - the shell of whoever tests
        capture_output=True,
        check=False,
        env=variables,
        timeout=120,
    )


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"], ["corpus"], ["align", "-h"]])
def test_help_without_asking(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The command alone, a group alone, `-h` and `--help` print help with status 0."""
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Usage: aligner ")
    assert err == ""


@pytest.mark.parametrize(
    "words", ["--help", "segment zh.txt", "corpus", "nosuch", "segment no.txt"]
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams(words: str, closed: str, tmp_path: Path) -> None:
    """A stream that is closed is an error where it is needed, and never a traceback."""
    (tmp_path / "zh.txt").write_text("第一句。第二句。", encoding="utf-8")
    done = shell(f"cd {tmp_path} && $ALIGNER {words} {closed}")
    assert b"Traceback" not in done.stderr
    wrong = ">&-" in closed.replace("2>&-", "") or words in {"nosuch", "segment no.txt"}
    assert done.returncode == (2 if wrong else 0)


def test_a_closed_stream_lends_its_number_to_no_file(tmp_path: Path) -> None:
    """What is told on a closed standard error does not land in a file that is opened later."""
    (tmp_path / "zh.txt").write_text("第一句。第二句。", encoding="utf-8")
    shell(f"cd {tmp_path} && $ALIGNER segment zh.txt -o out.txt >&- 2>&-")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "第一句。\n第二句。\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["--help", "corpus", "segment zh.txt"])
def test_full_standard_output(words: str, tmp_path: Path) -> None:
    """A full disk behind standard output is told in words, with status 2."""
    (tmp_path / "zh.txt").write_text("第一句。第二句。", encoding="utf-8")
    done = shell(f"cd {tmp_path} && $ALIGNER {words} >/dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith(b"aligner: error: standard output: ")


@pytest.mark.parametrize(("make", "says"), [(compiled(), ONCE), (njit, EACH_TIME)])
def test_compilation_is_announced_once(
    make: Callable[[Callable[[int], int]], Callable[[int], int]],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever waits for the compiler is told so, once, and whether it happens again."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "loops.py").write_text("def twice(n):\n    return 2 * n\n", encoding="utf-8")
    import loops  # type: ignore[import-not-found]

    told: list[str] = []
    with announced(told.append):
        twice = make(loops.twice)
        assert twice(4) == 8
        assert twice(4.5) == 9.0  # type: ignore[arg-type]
    assert told == [says]
    twice("ab")  # type: ignore[arg-type]
    assert told == [says]  # nobody listens any more
    del sys.modules["loops"]
