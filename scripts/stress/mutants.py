#!/usr/bin/env python3
"""Change one place of the package at a time and see whether a test notices.

    python scripts/stress/mutants.py [--only TEXT]... [--limit 120] [--minutes 15]

The changes stand in mutations.jsonl: the file below aligner/, the text before and after,
and what it means. A place is found by its text; where a file was moved, the text is looked
for in the whole package. Each change is made in a copy of the repository, and the tests of
its room are run there until the first one fails: first the quick ones, then the slow ones.
What passes them all has survived. A change that never ends is stopped and counts as
noticed. The last line is the figure; the exit status is 1 if a place was not found, 2 if
the tests fail without any change.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CHANGES = Path(__file__).with_name("mutations.jsonl")
HEAVY = ("pytest", "hypothesis", "numba", "lemminflect", "jieba", "opencc", "lxml")
COPIED = ("aligner", "tests", "scripts", "corpora", "pyproject.toml")
JUDGING = ("tests/test_judging.py", "tests/test_grouping.py")
# The tests of a room, those that take more than some seconds apart.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "findings": (JUDGING, ()),
    "check": ((*JUDGING, "tests/test_terms_judge.py", "tests/test_baseline.py"), ()),
    "terms": (
        (*JUDGING, "tests/test_picking.py", "tests/test_terms_units.py"),
        ("tests/test_definitions.py", "tests/test_candidates.py"),
    ),
    "wording": ((*JUDGING, "tests/test_difference.py"), ()),
    "report": (("tests/test_aligning.py", "tests/test_summary.py"), ()),
    "align": (("tests/test_aligning.py",), ("tests/test_align.py",)),
}


class Change(NamedTuple):
    """One place of the package, and what is made of it."""

    where: str  # below aligner/
    before: str
    after: str
    what: str

    @property
    def name(self) -> str:
        """A line that says which change it is."""
        return f"{self.where}: {self.what}: {self.before.strip()} -> {self.after.strip() or '-'}"

    @property
    def tests(self) -> Iterator[tuple[str, ...]]:
        """The tests of its room, the quick ones first."""
        room = Path(self.where).parts[0].removesuffix(".py")
        return (tests for tests in ROOMS[room] if tests)


def changes(only: Sequence[str]) -> list[Change]:
    """Return the changes whose name holds one of the texts, or all."""
    lines = CHANGES.read_text(encoding="utf-8").splitlines()
    listed = [Change(**json.loads(line)) for line in lines]
    return [each for each in listed if not only or any(text in each.name for text in only)]


def place(change: Change, folder: Path) -> Path | None:
    """Return the one file that holds the text, in the named file or else anywhere."""
    package = folder / "aligner"
    for files in ([package / change.where], sorted(package.rglob("*.py"))):
        found = [
            path for path in files if path.is_file() and change.before in path.read_text("utf-8")
        ]
        if len(found) == 1 and found[0].read_text("utf-8").count(change.before) == 1:
            return found[0]
    return None


def passes(tests: Sequence[str], folder: Path, limit: float) -> bool:
    """Run tests in a copy of the repository; tell whether all pass in time.

    The process is a fork of one that has imported what takes long, but nothing of ours.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([*HEAVY])
    process = context.Process(target=run, args=(tests, folder))
    process.start()
    process.join(limit)
    if process.exitcode is None:
        process.kill()
        process.join()
    return process.exitcode == 0


def run(tests: Sequence[str], folder: Path) -> None:
    """Run tests where they stand, silently, with the package that stands beside them."""
    import pytest

    os.chdir(folder)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))


def survives(change: Change, file: Path, folder: Path, limit: float) -> bool:
    """Make a change, run the tests of its room, and take it back."""
    kept = file.with_suffix(".kept")
    shutil.copy2(file, kept)
    try:
        text = file.read_text("utf-8").replace(change.before, change.after)
        file.write_text(text, encoding="utf-8")
        return all(passes(tests, folder, limit) for tests in change.tests)
    finally:
        kept.replace(file)  # with its time, so that what was compiled from it is still good


def main() -> int:
    """Make every change once and count those that no test notices."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", action="append", default=[], help="changes whose name holds it")
    parser.add_argument("--limit", type=float, default=120, help="seconds for the tests of one")
    parser.add_argument("--minutes", type=float, default=15, help="for all of them")
    given = parser.parse_args()
    stop = time.monotonic() + 60 * given.minutes
    tried, survivors, missing = 0, [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in COPIED:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
            copy(ROOT / part, folder / part)
        listed = changes(given.only)
        for tests in sorted({tests for change in listed for tests in change.tests}):
            if not passes(tests, folder, 2 * given.limit):
                print(f"without any change these fail: {' '.join(tests)}")
                return 2
        for change in listed:
            if time.monotonic() > stop:
                print(f"stopped after {given.minutes:g} minutes")
                break
            file = place(change, folder)
            if file is None:
                missing.append(change)
                print(f"not found  {change.name}", flush=True)
                continue
            tried += 1
            if survives(change, file, folder, given.limit):
                survivors.append(change)
            print(f"{'survived' if change in survivors else 'killed'}  {change.name}", flush=True)
    for change in survivors:
        print(f"survivor: {change.name}")
    print(f"{tried - len(survivors)} of {tried} killed, {len(missing)} not found")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
