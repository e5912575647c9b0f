"""Mutated files of every kind give a value or an error of ours, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STRESS = Path(__file__).parent.parent / "scripts" / "stress" / "readers.py"


@pytest.mark.skipif(sys.platform != "linux", reason="needs bounds on the memory of a process")
def test_mutated_samples_give_a_document_or_an_error() -> None:
    """Of mutated samples none hangs, fills the memory or raises what is not ours."""
    command = [sys.executable, str(STRESS), "--inputs", "84", "--seed", "7", "--no-crafted"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith("mutated: 84 inputs")
    assert ", 0 others;" in last
