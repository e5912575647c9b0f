#!/usr/bin/env python3
"""Let a batch run out of disk at every file it writes, and see that the next run completes it.

The corpus is written to a file system in memory with room for a share of it, from almost
nothing to all. The batch must end with status 2 and two lines, and leave no temporary
file. Then there is room, and a second run must give the bytes of one that always had it.

    python scripts/stress/full_disk.py [--steps 24] [--pairs 12]

Needs Linux, and the right to mount (root).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from kills import contents, temporary, write_pairs

BLOCK = 4096
ROOM = 64 << 20  # bytes: more than the corpus takes


def main() -> None:
    """Run the test and print what happened; end with status 1 if anything is amiss."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--pairs", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        source = write_pairs(work / "documents", options.pairs, random.Random(0))  # noqa: S311
        whole, disk = work / "whole" / "corpus", work / "disk"
        whole.parent.mkdir()
        disk.mkdir()
        first = batch(source, whole)
        if first.returncode:
            parser.error(first.stderr)
        blocks = sum(path.stat().st_size // BLOCK + 1 for path in whole.rglob("*"))
        sizes = sorted({max(1, blocks * n // options.steps) for n in range(options.steps)})
        faults = [fault for size in sizes for fault in fill(source, disk, size, contents(whole))]
    print(f"{len(sizes)} sizes, {len(faults)} faults")
    sys.exit(bool(faults))


def fill(source: Path, disk: Path, blocks: int, wanted: dict[str, bytes]) -> list[str]:
    """Run the batch on a disk of so many blocks, then with room; return what is amiss."""
    faults = []
    system("mount", "-t", "tmpfs", "-o", f"size={blocks * BLOCK}", "tmpfs", str(disk))
    try:
        done = batch(source, disk / "corpus")
        said = [line for line in done.stderr.splitlines() if not line.endswith("...")][1:]
        fits = done.returncode == 0
        if not fits and (done.returncode != 2 or len(said) != 2):
            faults.append(f"status {done.returncode}: {said[-3:]}")
        if left := temporary(disk / "corpus"):
            faults.append(f"temporary files are left: {left}")
        system("mount", "-o", f"remount,size={ROOM}", str(disk))
        again = batch(source, disk / "corpus")
        if again.returncode or contents(disk / "corpus") != wanted:
            faults.append(f"not completed: {again.stderr}")
    finally:
        system("umount", str(disk))
    print(f"{blocks} blocks: {'fits' if fits else said[0]}", *faults, sep="\n  FAULT: ", flush=True)
    return faults


def system(*command: str) -> None:
    """Run a program of the system."""
    subprocess.run(command, check=True)


def batch(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run a batch to its end."""
    command = [sys.executable, "-m", "aligner", "batch", str(source), "-o", str(out),
               "--encoder", "length", "--jobs", "1"]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
