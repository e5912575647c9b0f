#!/usr/bin/env python3
"""End a batch by signals again and again, and see that its corpus is that of an unbroken run.

Each signal comes at a random moment of a stage drawn at random: while the batch starts,
after so many pairs, or when all are aligned and the corpus is joined and indexed. The
moments go by progress and by the times of an unbroken run, not by seconds of one machine.
SIGKILL and SIGTERM go to the batch alone or to its whole process group, SIGHUP and SIGINT
to the group, as from a terminal. After each signal:

- no process of the batch lives on, and after another one than SIGKILL its status is
  128 + the signal, and no temporary file is left;
- every file that is there is whole: it has the bytes of the unbroken run.

The batch is started again each time; in the end the corpus must have the same bytes and
hold no other file. Then, until there were enough signals, it begins anew.

    python scripts/stress/kills.py [FOLDER] [--kills 100] [--signal KILL] [--pairs 40]
        [--jobs 2] [--engine local] [--encoder length] [--seed 0]

FOLDER holds documents to pair; without it, so many small pairs are made. `--signal` may be
given again; signals are then drawn from these. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TIMES = ("ledger.jsonl", "summary.json", "summary.html")  # hold seconds: not the same bytes
LOCK = ".lock"
KILLS_A_ROUND = 9
PATIENCE = 300.0  # seconds: longer than any step of these batches takes


@dataclass
class Tally:
    """What was seen."""

    stages: Counter[str] = field(default_factory=Counter)
    signals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    swept: int = 0  # temporary files that SIGKILL left, and the next run removed
    slowest: float = 0.0  # seconds from a signal to the end of the last process

    def fault(self, text: str) -> None:
        """Note what must not be, and say it at once."""
        self.faults.append(text)
        print(f"  FAULT: {text}", flush=True)


@dataclass
class Batch:
    """How the batch is started, and what an unbroken run of it gave."""

    command: list[str]
    scratch: Path  # for temporary files that are not beside their target
    pairs: int
    start: float = 0.0  # seconds to the first pair
    pair: float = 0.0  # seconds of a pair
    end: float = 0.0  # seconds from the last pair to the end
    wanted: dict[str, bytes] = field(default_factory=dict)

    def begin(self, out: Path) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, with the usual signals."""
        return subprocess.Popen(
            [*self.command, "-o", str(out)],
            start_new_session=True,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(self.scratch)},
            preexec_fn=usual_signals,  # noqa: PLW1509 - this script has no threads
        )

    def measure(self, out: Path) -> None:
        """Run it to its end."""
        begun = time.monotonic()
        process = self.begin(out)
        for wanted in (1, self.pairs):
            while done_pairs(out) < wanted and process.poll() is None:
                time.sleep(0.002)
            self.start, self.end = self.start or time.monotonic() - begun, time.monotonic()
        _, said = process.communicate(timeout=PATIENCE)
        if process.returncode:
            sys.exit(f"the unbroken run failed: {said.decode()}")
        self.pair = (self.end - begun - self.start) / max(1, self.pairs - 1)
        self.end = time.monotonic() - self.end
        self.wanted = contents(out)


def main() -> None:
    """Run the test and print what happened; end with status 1 if anything is amiss."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--signal", action="append", choices=["KILL", "TERM", "HUP", "INT"])
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--encoder", default="length")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tally = repeat(options, Path(name))
    kills = sum(tally.signals.values())
    print(f"{kills} signals ({counts(tally.signals)}) while {counts(tally.stages)};"
          f" slowest end {tally.slowest:.1f} s, {tally.swept} temporary files swept,"
          f" {len(tally.faults)} faults")  # fmt: skip
    sys.exit(bool(tally.faults))


def repeat(options: argparse.Namespace, work: Path) -> Tally:
    """Break batches off until there were enough signals."""
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    source = options.folder or write_pairs(work / "documents", options.pairs, chance)
    scratch = work / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "aligner", "batch", str(source), "--jobs", str(options.jobs),
               "--engine", options.engine, "--encoder", options.encoder]  # fmt: skip
    batch = Batch(command, scratch, options.pairs)
    batch.measure(work / "whole")
    batch.pairs = done_pairs(work / "whole")
    print(f"unbroken: {batch.pairs} pairs, {len(batch.wanted)} files; {batch.start:.1f} s to the"
          f" first, {batch.pair:.3f} s a pair, {batch.end:.1f} s to end", flush=True)  # fmt: skip
    tally = Tally()
    names = options.signal or ["KILL"]
    while sum(tally.signals.values()) < options.kills and len(tally.faults) < 5:
        most = min(KILLS_A_ROUND, options.kills - sum(tally.signals.values()))
        out = work / "broken"
        for _ in range(most):
            break_off(batch, out, chance.choice(names), chance, tally)
        finish(batch, out, tally)
        shutil.rmtree(out)
    return tally


def break_off(batch: Batch, out: Path, name: str, chance: random.Random, tally: Tally) -> None:
    """Start the batch and send a signal at a moment of a stage drawn at random."""
    stray = len(temporary(out))
    done = done_pairs(out)
    left = batch.pairs - done
    stage = chance.choices(["starting", "aligning", "ending"], [2, 7, 1] if left else [1, 0, 4])[0]
    process = batch.begin(out)
    match stage:
        case "starting":
            pause = chance.uniform(0.05, batch.start)
        case "aligning":
            wait_for(process, out, chance.randint(done, min(done + 9, batch.pairs - 1)))
            pause = chance.uniform(0, (batch.start if done_pairs(out) == done else 0) + batch.pair)
        case _:
            wait_for(process, out, batch.pairs)
            whole = not left  # then nothing but the end is to do
            pause = chance.uniform(0, batch.end + (batch.start if whole else 0))
    wait_at_most(process, pause)
    if process.poll() is not None:  # too late: it had ended
        process.communicate()
        return
    number = getattr(signal, f"SIG{name}")
    group = name in {"HUP", "INT"} or chance.random() < 0.5
    sent = time.monotonic()
    (os.killpg if group else os.kill)(process.pid, number)
    check(process, batch, out, number, tally)
    tally.slowest = max(tally.slowest, time.monotonic() - sent)
    tally.stages[stage] += 1
    tally.signals[name] += 1
    now = len(temporary(out))
    tally.swept += max(0, stray - now)
    print(f"  {name}{' to the group' if group else ''} while {stage}: {done_pairs(out)} pairs"
          f" done, {now} temporary files", flush=True)  # fmt: skip


def check(
    process: subprocess.Popen[bytes], batch: Batch, out: Path, number: int, tally: Tally
) -> None:
    """See that the batch ended as it should, with all its processes, and left whole files."""
    try:
        _, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        tally.fault("it did not end")
        return
    deadline = time.monotonic() + 90  # the agents of Ray look every half minute
    while (alive := session(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    if alive:
        tally.fault(f"processes live on: {alive}")
    if number != signal.SIGKILL:
        # before Python has begun to run the command, the signal itself ends the process
        if process.returncode not in {128 + number, -number}:
            tally.fault(f"status {process.returncode} after signal {number}")
        if b"Traceback" in said:
            tally.fault(f"it printed {said.decode(errors='replace')[-2000:]}")
        logs = batch.scratch / "ray"  # which Ray keeps
        if left := [*temporary(out), *(p for p in batch.scratch.iterdir() if p != logs)]:
            tally.fault(f"temporary files are left: {left}")
    for name, raw in contents(out).items():
        if raw != batch.wanted.get(name, raw):
            tally.fault(f"half a file: {name}")


def finish(batch: Batch, out: Path, tally: Tally) -> None:
    """Run the batch to its end, and compare."""
    stray = len(temporary(out))
    process = batch.begin(out)
    _, said = process.communicate(timeout=PATIENCE)
    if process.returncode:
        tally.fault(f"the last run failed: {said.decode(errors='replace')[-2000:]}")
    found = contents(out)
    tally.swept += stray
    if found != batch.wanted:
        other = sorted(n for n in {*found, *batch.wanted} if found.get(n) != batch.wanted.get(n))
        tally.fault(f"not the bytes of the unbroken run: {other}")
    if done_pairs(out) != batch.pairs:
        tally.fault(f"{done_pairs(out)} lines in the ledger")
    print(f"finished: {len(found)} files, same bytes: {found == batch.wanted}", flush=True)


def wait_for(process: subprocess.Popen[bytes], out: Path, pairs: int) -> None:
    """Wait until so many pairs are done."""
    deadline = time.monotonic() + PATIENCE
    while done_pairs(out) < pairs and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)


def wait_at_most(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait so long, or until the process ends."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)


def done_pairs(out: Path) -> int:
    """Return how many pairs the ledger calls done, by its whole lines."""
    try:
        lines = (out / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return 0
    return len({line.split(b",", 1)[0] for line in lines if line.endswith(b"\n")})


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files that must be there: all, but for what holds times the name alone."""
    return {
        name: b"" if name in TIMES else path.read_bytes()
        for name, path in files(folder)
        if name != LOCK
    }


def temporary(folder: Path) -> list[str]:
    """Return the temporary files in a corpus folder."""
    return [name for name, path in files(folder) if path.name.startswith(".") and name != LOCK]


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield all files of a folder with their names in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path


def session(leader: int) -> list[str]:
    """Return the processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, number = path.read_text("utf-8").rpartition(")")[2].split()[:4]
            command = path.with_name("cmdline").read_bytes().replace(b"\0", b" ")
        except (OSError, ValueError):  # it has just ended
            continue
        if int(number) == leader and state != "Z":
            found.append(f"{path.parent.name} {command.decode(errors='replace')[:80]}")
    return found


def usual_signals() -> None:
    """Let signals end a process, whatever this script was started from."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def write_pairs(folder: Path, n_pairs: int, chance: random.Random) -> Path:
    """Write pairs of small documents whose names and texts differ."""
    folder.mkdir()
    for number in range(n_pairs):
        days = [chance.randrange(1_000) for _ in range(chance.randint(5, 60))]
        zh = "".join(f"第{day}天，他们走过了第{day * 7 % 1000}座桥。\n\n" for day in days)
        en = "".join(f"On day {d} they crossed bridge {d * 7 % 1000}.\n\n" for d in days)
        (folder / f"report{number:02}.zh.txt").write_text(zh, encoding="utf-8")
        (folder / f"report{number:02}.en.txt").write_text(en, encoding="utf-8")
    return folder


def counts(found: Counter[str]) -> str:
    """Return counts in words."""
    return ", ".join(f"{name} {count}" for name, count in sorted(found.items()))


if __name__ == "__main__":
    main()
