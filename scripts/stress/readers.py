#!/usr/bin/env python3
"""Give hostile files to every reader: each must become a document or an error of ours.

    python scripts/stress/readers.py [--inputs 3000] [--seed 1] [--only FORMAT]...
        [--crafted NAME | --no-crafted] [--jobs 2] [--keep FOLDER]

First the crafted inputs (`_crafted*`), each the worst that we know of its kind; then
mutated samples of every format (`_mutate`). Each is read in a worker that may use 20 s of
processor time and 1.5 GB of memory, its own children's included; what raises another
exception, hangs, floods warnings or goes beyond these bounds is printed, and kept if a
folder is given. The last line holds the figures; the exit status is 1 if any failed.
Needs Linux, where the peak memory of a process can be read and bounded.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from _crafted import crafted
from _formats import FORMS, Input, samples
from _mutate import mutants
from _worker import Reader, Result

SHOWN = 25  # inputs between two lines of progress


class Tally:
    """What came of the inputs."""

    def __init__(self, keep: Path | None) -> None:
        self._keep = keep
        self._started = time.monotonic()
        self.outcomes: Counter[str] = Counter()
        self.failed: list[str] = []
        self.slowest = (0.0, "none")
        self.largest = (0, "none")

    def add(self, one: Input, result: Result) -> None:
        """Count an input; print and keep it if it failed."""
        name = f"{one.name} as {one.form}"
        self.outcomes["document" if result.outcome == "document" else "AlignerError"] += 1
        self.slowest = max(self.slowest, (result.seconds, name))
        self.largest = max(self.largest, (result.megabytes, name))
        if result.failed:
            self.outcomes["failed"] += 1
            self.failed.append(name)
            print(f"FAILED {name}: {result.outcome}", flush=True)
            if self._keep:
                _save(one, self._keep)
        if self.outcomes.total() % SHOWN == 0:
            print(f"  {self.line()}", flush=True)

    def line(self) -> str:
        """Return the figures."""
        failed = len(self.failed)
        read, refused = self.outcomes["document"], self.outcomes["AlignerError"] - failed
        return (
            f"{read + refused + failed} inputs in {time.monotonic() - self._started:.0f} s:"
            f" {read} documents, {refused} AlignerErrors, {failed} others;"
            f" slowest {self.slowest[0]:.1f} s ({self.slowest[1]}),"
            f" largest {self.largest[0]} MB ({self.largest[1]})"
        )


def _save(one: Input, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = one.name.replace("/", "_").replace(" ", "-")
    for suffix, raw in ((FORMS[one.form].suffix, one.raw), *one.beside):
        (folder / f"{name}{suffix}").write_bytes(raw)


def read_all(inputs: Iterable[Input], jobs: int) -> Iterator[tuple[Input, Result]]:
    """Yield the inputs with what came of them, as they come."""
    readers: SimpleQueue[Reader] = SimpleQueue()
    for _ in range(jobs):
        readers.put(Reader())

    def read(one: Input) -> tuple[Input, Result]:
        reader = readers.get()
        result = reader.read(one)
        readers.put(reader)
        return one, result

    waiting = iter(inputs)
    with ThreadPoolExecutor(jobs) as pool:
        while some := list(islice(waiting, 4 * jobs)):  # a few, since inputs may be large
            yield from pool.map(read, some)
    for _ in range(jobs):
        readers.get().close()


def main() -> None:
    """Read the inputs and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=3000, help="mutated ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=list(FORMS), help="formats")
    parser.add_argument("--crafted", metavar="TEXT", default="", help="those named like this")
    parser.add_argument("--no-crafted", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    options = parser.parse_args()
    forms = options.only or list(FORMS)
    made = (one for one in crafted(forms) if options.crafted in one.name)
    parts = {
        "crafted": iter(()) if options.no_crafted else made,
        "mutated": mutants(samples(), forms, options.inputs, options.seed),
    }
    failed = 0
    for name, inputs in parts.items():
        tally = Tally(options.keep)
        for one, result in read_all(inputs, options.jobs):
            tally.add(one, result)
        failed += len(tally.failed)
        print(f"{name}: {tally.line()}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
