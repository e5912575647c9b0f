"""A process that ends while work goes on in a thread ends at once, and with its own status."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins import make_bitext

from aligner.formats.outputs import write_bitext

SECONDS = 60
WORKING = """
import atexit, sys, threading
from aligner.background import in_background
from aligner.cli import main

atexit.register(print, "the interpreter was ended")
begun = threading.Event()

def work():
    begun.set()
    threading.Event().wait()

if {works}:
    in_background(work, name="work")
    begun.wait()
sys.argv = ["aligner", *{words}]
sys.exit(main())
"""


@pytest.mark.parametrize(("words", "status"), [(["--version"], 0), (["align"], 2)])
def test_a_process_does_not_end_the_interpreter_below_its_threads(
    words: list[str], status: int
) -> None:
    """What is printed comes out, the status is that of the command."""
    ended = {
        works: subprocess.run(
            [sys.executable, "-c", WORKING.format(works=works, words=words)],
            check=False,
            capture_output=True,
            timeout=SECONDS,
            text=True,
        )
        for works in (False, True)
    }
    assert ended[True].returncode == ended[False].returncode == status
    assert ended[True].stderr == ended[False].stderr
    assert ended[False].stdout == ended[True].stdout + "the interpreter was ended\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_a_review_that_is_interrupted_at_once_ends_quietly(tmp_path: Path) -> None:
    """Nothing is said, and the status is that of a review that was ended later."""
    bitext = tmp_path / "quay.jsonl"
    pairs = [(f"第{n}号码头今天关闭。", f"Quay {n} is closed today.") for n in range(1, 400)]
    write_bitext(make_bitext(pairs), bitext)
    started = subprocess.Popen(
        [sys.executable, "-m", "aligner", "review", str(bitext), "--no-browser"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stderr is not None
    for line in started.stderr:
        if "Ctrl-C" in line:
            break
    started.send_signal(signal.SIGINT)
    _nothing, rest = started.communicate(timeout=SECONDS)
    assert (rest, started.returncode) == ("", 0)
