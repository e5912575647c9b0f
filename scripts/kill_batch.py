#!/usr/bin/env python3
"""Kill a batch again and again, and see that its corpus is that of an unbroken run.

The whole process group gets SIGKILL at random moments, and the batch is started again
each time. When it ends, the corpus is compared byte by byte with one that was made
without a break; then, until there were enough kills, it begins anew in an empty folder.

    python scripts/kill_batch.py FOLDER [--kills 20] [--jobs 2] [--engine local]

FOLDER holds pairs NAME.zh and NAME.en.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STABLE = ("corpus.json", "index.jsonl", "parts", "table")  # the same bytes in every run
CHILD = """
import json, sys
from aligner.batch.run import run_batch
if __name__ == "__main__":
    source, out, settings = sys.argv[1:]
    run_batch(source, out, **json.loads(settings))
"""


def main() -> None:
    """Run the test and print what happened; end with status 1 if bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    settings = {"jobs": options.jobs, "engine": options.engine, "encoder": options.encoder}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        manifest, n_pairs = write_manifest(options.folder, work)
        if not n_pairs:
            parser.error(f"{options.folder} holds no pair NAME.zh and NAME.en")
        start = time.monotonic()
        if start_batch(manifest, work / "whole", settings).wait():
            parser.error("the unbroken run failed")
        seconds = time.monotonic() - start
        wanted = contents(work / "whole")
        print(f"unbroken: {n_pairs} pairs, {len(wanted)} files, {seconds:.1f} s", flush=True)
        chance = random.Random(options.seed)  # noqa: S311 - no secret
        kills = rounds = 0
        same = True
        while kills < options.kills:
            rounds += 1
            out = work / f"broken-{rounds}"
            n = kill_until_done(manifest, out, settings, chance, seconds, options.kills - kills)
            kills += n
            found = contents(out)
            same &= found == wanted
            lost = len(set(wanted) - set(found))
            entries = done_pairs(out)
            same &= len(entries) == len(set(entries)) == n_pairs
            print(f"round {rounds}: {n} kills, {len(entries)} pairs in the ledger,"
                  f" {lost} files lost, same bytes: {found == wanted}", flush=True)  # fmt: skip
            shutil.rmtree(out)
    print(f"{kills} kills in {rounds} rounds: {'all the same bytes' if same else 'BYTES DIFFER'}")
    sys.exit(not same)


def kill_until_done(  # noqa: PLR0913, PLR0917 - a helper of this script
    manifest: Path,
    out: Path,
    settings: dict[str, object],
    chance: random.Random,
    seconds: float,
    most: int,
) -> int:
    """Run a batch to its end, killing it at most so many times; return how many."""
    kills = 0
    while True:
        process = start_batch(manifest, out, settings)
        if kills == most:
            process.wait()
            return kills
        try:
            process.wait(timeout=chance.uniform(0.2, 0.5 * seconds))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            print(f"  killed after {len(done_pairs(out))} pairs", flush=True)
        else:
            return kills


def done_pairs(out: Path) -> list[str]:
    """Return the ids of the whole lines of a ledger."""
    try:
        lines = (out / "ledger.jsonl").read_text("utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    return [json.loads(line)["id"] for line in lines if line.endswith("\n")]


def start_batch(manifest: Path, out: Path, settings: dict[str, object]) -> subprocess.Popen[bytes]:
    """Start a batch in a process group of its own."""
    command = [sys.executable, "-c", CHILD, str(manifest), str(out), json.dumps(settings)]
    return subprocess.Popen(command, start_new_session=True)


def write_manifest(folder: Path, work: Path) -> tuple[Path, int]:
    """Write a manifest of the pairs NAME.zh, NAME.en; return it and how many there are."""
    rows = [(path, path.with_suffix(".en")) for path in sorted(folder.absolute().glob("*.zh"))]
    path = work / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("original", "translation"), *rows])
    return path, len(rows)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files that must be the same."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] in STABLE
    }


if __name__ == "__main__":
    main()
