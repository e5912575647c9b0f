"""Signals: whatever ends a command, it leaves no temporary file behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from aligner.cli import main
from aligner.cli.signals import stoppable
from aligner.formats.common.writing import replacing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

CORPORA = Path(__file__).parent.parent / "corpora"
ENDS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
o-tmf="t" adminlang="en" srclang="zh" datatype="plaintext"/><body><tu>
<tuv xml:lang="zh"><seg>天亮了。</seg></tuv><tuv xml:lang="en"><seg>Day broke.</seg></tuv>
</tu></body></tmx>"""


@pytest.fixture(autouse=True)
def usual_signals() -> Iterator[None]:
    """Let signals do what they do in a shell, whatever the tests were started from."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in ENDS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def send(number: int) -> None:
    """Send this process a signal, and let Python see it."""
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_unwinds_and_gives_its_status(number: int, tmp_path: Path) -> None:
    """The temporary file is gone, the old one stands, and signals are as they were."""
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")

    def write() -> int:
        with replacing(path) as temporary:
            temporary.write_text("new", encoding="utf-8")
            send(number)
        return 0

    assert stoppable(write) == ENDS[signal.Signals(number)]
    assert [p.name for p in tmp_path.iterdir()] == ["x.txt"]
    assert path.read_text("utf-8") == "old"
    assert signal.getsignal(number) == signal.SIG_DFL


def test_what_cleans_up_is_not_broken_off() -> None:
    """`timeout` and systemd send two signals; an error while cleaning changes no status."""
    cleaned = []

    def work() -> int:
        try:
            send(signal.SIGTERM)
        finally:
            send(signal.SIGHUP)
            cleaned.append(True)
            raise OSError("the terminal is gone")

    assert stoppable(work) == 143
    assert cleaned


def test_ignored_and_foreign_signals_are_left_alone() -> None:
    """As under nohup, and in a program with a handler of its own."""
    seen: list[int] = []

    def mine(number: int, _: FrameType | None) -> None:
        seen.append(number)

    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, mine)

    def work() -> int:
        send(signal.SIGHUP)
        send(signal.SIGTERM)
        return 7

    assert stoppable(work) == 7
    assert seen == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN


def _commands(folder: Path) -> dict[str, list[str]]:
    story = [str(CORPORA / "story" / f"story.{lang}.txt") for lang in ("zh", "en")]
    (folder / "in.tmx").write_text(TMX, encoding="utf-8")
    documents = folder / "documents"
    documents.mkdir()
    for path in map(Path, story):
        (documents / path.name).write_bytes(path.read_bytes())
    out = folder / "out"
    out.mkdir()
    return {
        "align": ["align", *story, "--encoder", "length", "-o", str(out / "x.tmx")],
        "convert": ["convert", str(folder / "in.tmx"), "-o", str(out / "x.xlsx")],
        "terms": ["terms", str(folder / "in.tmx"), "-o", str(out / "x.html")],
        "pair": ["pair", str(documents), "--by-name-only", "-o", str(out / "x.csv")],
    }


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("command", ["align", "convert", "terms", "pair"])
def test_no_command_leaves_a_temporary_file(
    command: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes when the new file is whole and has not got its name yet."""
    argv = _commands(tmp_path)[command]
    monkeypatch.setattr(os, "replace", _signalled(number))
    assert main(argv) == ENDS[signal.Signals(number)]
    assert not list((tmp_path / "out").iterdir())


def _signalled(number: int) -> Callable[[Path, Path], None]:
    def replace(path: Path, _: Path) -> None:
        assert Path(path).is_file()
        send(number)

    return replace


def test_a_process_ends_with_the_one_that_started_it() -> None:
    """Also when that one is killed and the process is busy outside of Python."""
    busy = "from aligner.lifeline import *; end_with_parent(); print(1, flush=True); pow(3, 10**9)"
    start = (
        "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', sys.argv[1]],"
        " stdout=subprocess.PIPE); print(p.pid, p.stdout.read(1), flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", start, busy]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline().split()[0])
        parent.kill()
    assert ended(child)


def ended(pid: int, seconds: float = 20.0) -> bool:
    """Wait until a process is gone, or nothing but its entry is left."""
    import time

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
