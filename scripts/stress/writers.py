#!/usr/bin/env python3
"""Let every writer run out of room, and see that the old files stay as they were.

    python scripts/stress/writers.py [--points 24] [--mount]

The room is bounded by the largest size that a file may have (`ulimit -f`), at many
points of each output's length, so that each part of a writer fails once. With
`--mount`, which needs the right to mount, some runs fill a small file system in memory
too, whose error is another one. A run passes if it is either whole, or an error of ours
that names the file and has a hint (status 2 where it is a command), with every old file
byte by byte the same and no file left over, neither there nor in TMPDIR.

Needs a system with `resource` (Linux, macOS). Ends with status 1 if a run does not pass.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from aligner.check.baseline.baseline_file import write_baseline
from aligner.cli import main as command_line
from aligner.errors import AlignerError, ExportError
from aligner.findings import Terms
from aligner.formats.bitexts import read_bitext
from aligner.formats.outputs import FORMATS, write_bitext
from aligner.pairing import find_pairs, write_manifest
from aligner.pipeline import terms
from aligner.report.report_outputs import write_output

STORY = Path(__file__).resolve().parents[2] / "corpora" / "story"
WHOLE = "whole"  # what a run may come to, beside the reason of an error
MOUNT = ("mount", "-t", "tmpfs", "-o", "size=64k", "none")
UNMOUNT = ("umount",)
REPORTS = {
    "html": "r.html", "xlsx": "r.xlsx", "terms.jsonl": "terms.jsonl",
    "findings.jsonl": "findings.jsonl", "glossary.xlsx": "glossary.xlsx",
    "glossary.csv": "g.csv", "glossary.tsv": "g.tsv", "tbx": "g.tbx", "tbx2": "g2.tbx",
    "xbench": "g.xbckl",
}  # fmt: skip


class Writer(NamedTuple):
    """Something that writes; it raises an `ExportError`, or returns an exit status."""

    name: str
    target: str  # name of the output
    write: Callable[[Path], object]


def main() -> None:
    """Run everything and print figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--points", type=int, default=24, help="of each output's length")
    parser.add_argument("--mount", action="store_true", help="fill a file system, too")
    options = parser.parse_args()
    start, failed = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "tmp").mkdir()
        tempfile.tempdir = str(work / "tmp")
        every = list(writers(work))
        counts: Counter[str] = Counter()
        for writer in every:
            for what, outcome in attempts(writer, work, options.points):
                counts[outcome.partition(":")[0]] += 1
                failed += report(writer, what, outcome)
        if options.mount:
            for writer in every:
                outcome = on_a_full_disk(writer, work)
                counts[outcome.partition(":")[0]] += 1
                failed += report(writer, "full file system", outcome)
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    print(f"{len(every)} writers, {counts.total()} runs: {told}; {time.monotonic() - start:.0f} s")
    print(f"{failed} runs did not pass")
    sys.exit(bool(failed))


def report(writer: Writer, what: str, outcome: str) -> bool:
    """Print a run that did not pass; tell whether it is one."""
    bad = outcome.startswith("WRONG")
    if bad:
        print(f"{writer.name}, {what}: {outcome}", flush=True)
    return bad


def writers(work: Path) -> Iterator[Writer]:
    """Yield a writer for each format of each command, on the sample story."""
    source = work / "in" / "story.jsonl"
    source.parent.mkdir()
    bitext = read_bitext(STORY / "story.sent.align")
    units = [unit for unit in bitext.units() if unit.kind != "1-1"]
    write_bitext(bitext, source)
    one_sided = work / "in" / "one-sided.jsonl"
    lines = source.read_text("utf-8").splitlines(keepends=True)
    extra = '{"doc": "x", "src": "=没有译文。", "tgt": "", "src_ids": [%d], "tgt_ids": []}\n'
    one_sided.write_text("".join(lines) + "".join(extra % n for n in range(len(units) + 50)))
    for form in FORMATS:
        yield Writer(f"align, {form}", f"out.{form}", lambda p: write_bitext(bitext, p))
        yield Writer(
            f"convert, {form}", f"out.{form}", lambda p: status("convert", str(one_sided), "-o", p)
        )
    yield Writer(
        "segment", "out.txt", lambda p: status("segment", str(STORY / "story.zh.txt"), "-o", p)
    )
    found = terms(source).terms
    yield from report_writers(found)
    corpus = made_corpus(work)
    for form in sorted(FORMATS.keys() - {"align", "intertext"}):
        yield Writer(
            f"corpus export, {form}",
            f"out.{form}",
            lambda p: status("corpus", "export", str(corpus), "-o", p),
        )
    pairing = find_pairs(work / "documents", by_content=False)
    for form in ("csv", "tsv", "xlsx"):
        yield Writer(f"pair, {form}", f"pairs.{form}", lambda p: write_manifest(pairing, p))


def report_writers(found: Terms) -> Iterator[Writer]:
    """Yield a writer for each output of `terms`, and for a baseline."""
    for form, name in REPORTS.items():
        to = form if form.startswith("glossary.") or form == "tbx2" else None
        yield Writer(f"terms, {form}", name, partial(report_in, found, to))
    for name in ("accepted.toml", "accepted.jsonl"):
        yield Writer(f"terms, {name}", name, lambda p: write_baseline(found.findings, p))


def report_in(found: Terms, to: str | None, path: Path) -> None:
    """Write a report in a format."""
    write_output(found, path, to=to)


def made_corpus(work: Path) -> Path:
    """Return a corpus of one pair."""
    documents, corpus = work / "documents", work / "corpus"
    documents.mkdir()
    for path in (*STORY.glob("story.zh.txt"), *STORY.glob("story.en.txt")):
        (documents / path.name).write_bytes(path.read_bytes())
    done = status("batch", str(documents), "-o", str(corpus), "--jobs", "1", "--encoder", "length")
    if done:
        sys.exit("the sample could not be made into a corpus")
    return corpus


def status(*args: str | Path) -> int:
    """Run a command in this process; an error becomes what it was told as.

    Raises:
        ExportError: The status is 2, and something was said.
    """
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        found = command_line([str(arg) for arg in args])
    errors = [
        line for line in told.getvalue().splitlines() if "error: " in line or "hint: " in line
    ]
    if found == 2 and errors:
        raise ExportError(errors[0].partition("error: ")[2], hint="".join(errors[1:]))
    return found


def attempts(writer: Writer, work: Path, points: int) -> Iterator[tuple[str, str]]:
    """Yield a limit and what came of it, for many limits."""
    with tempfile.TemporaryDirectory(dir=work) as made:
        folder = Path(made)
        writer.write(folder / writer.target)
        whole = contents(folder)
        largest = max(map(len, whole.values()))
        for limit in limits(largest, points):
            for path in folder.iterdir():
                path.unlink()
            old = {name: b"old " + name.encode() for name in whole if "unpaired" not in name}
            for path, raw in ((folder / name, raw) for name, raw in old.items()):
                path.write_bytes(raw)
            with bounded(limit):
                outcome = result(writer, folder)
            yield f"at most {limit} of {largest} bytes", judged(outcome, folder, old, whole)


def limits(size: int, points: int) -> Sequence[int]:
    """Return sizes to fail at: both ends, borders of blocks, and between."""
    even = {size * n // points for n in range(points)}
    borders = {b + d for b in range(4096, size, max(4096, size // 4)) for d in (-1, 0, 1)}
    return sorted(n for n in even | borders | {0, 1, size - 1} if 0 <= n < size)


@contextlib.contextmanager
def bounded(limit: int) -> Iterator[None]:
    """Let no file grow beyond a size; temporary files go to a folder that must be empty then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def result(writer: Writer, folder: Path) -> str:
    """Return what came of a run: that it is whole, the reason of an error, or what is wrong."""
    try:
        found = writer.write(folder / writer.target)
    except ExportError as error:
        if writer.target.partition(".")[0] not in str(error) or not error.hint:
            return f"WRONG error: {error} ({error.hint})"
        outcome = str(error).rpartition("(")[2].rstrip(")")
    except AlignerError as error:
        return f"WRONG error: {error}"
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        return f"WRONG exception: {type(error).__name__}: {error}"
    else:
        outcome = WHOLE if found != 2 else "WRONG status: 2, without a word"
    left = sorted(path.name for path in Path(tempfile.gettempdir()).iterdir())
    return f"WRONG left over: {', '.join(left)}" if left else outcome


def judged(outcome: str, folder: Path, old: dict[str, bytes], whole: dict[str, bytes]) -> str:
    """Return the outcome, or what is wrong with the files that it left."""
    wanted = whole if outcome == WHOLE else old
    if outcome.startswith("WRONG") or contents(folder) == wanted:
        return outcome
    return f"WRONG files after {outcome}: {sorted(contents(folder))}"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def on_a_full_disk(writer: Writer, work: Path) -> str:
    """Write over an old file on a file system that has no room for another one."""
    folder = work / "small"
    folder.mkdir(exist_ok=True)
    subprocess.run([*MOUNT, str(folder)], check=True)
    try:
        with tempfile.TemporaryDirectory(dir=work) as made:
            writer.write(Path(made) / writer.target)
            whole = contents(Path(made))
        old = {name: b"old " + name.encode() for name in whole if "unpaired" not in name}
        for name, raw in old.items():
            (folder / name).write_bytes(raw)
        with contextlib.suppress(OSError), (folder / "filler").open("wb") as file:
            while True:
                file.write(b"x" * 512)
                file.flush()
        (folder / "filler").open("r+b").truncate(56_000)
        outcome = result(writer, folder)
        (folder / "filler").unlink()
        return judged(outcome, folder, old, whole)
    finally:
        subprocess.run([*UNMOUNT, str(folder)], check=True)


if __name__ == "__main__":
    main()
