#!/usr/bin/env python3
"""Give mutated files to every reader: each must become a document or an error of ours.

    python scripts/fuzz_readers.py [--inputs 5000] [--seed 1] [--keep FOLDER]

The samples of corpora/ are the seeds. Of a ZIP package, the entries are mutated too,
and packed again; of a text, the characters, written in one encoding or another. Each
input is read in a process whose memory is bounded and that is ended after some
seconds; what fails is printed, and kept if a folder is given. Needs a system that can
bound the memory of a process (Linux).
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from aligner.errors import AlignerError
from aligner.read import Source, parse
from aligner.read.mixed import is_mixed, split_sides

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")
TEXTS = frozenset({".txt", ".md", ".html"})
ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "gb18030", "big5")
SECONDS = 5.0
MEGABYTES = 500
INSIDE = 0.7  # share of the inputs that are mutated below the encoding or the packing
WRONG_SUFFIX = 0.05  # share of the inputs that get the suffix of another reader


class Case(NamedTuple):
    """One mutated file."""

    number: int
    name: str
    raw: bytes


def seeds() -> list[tuple[str, bytes]]:
    """Return the samples by their suffix; texts in each encoding that holds them."""
    found = []
    for path in sorted(CORPORA.rglob("*")):
        if path.suffix not in SUFFIXES or path.name == "README.md":
            continue
        raw = path.read_bytes()
        found.append((path.suffix, raw))
        if path.suffix in TEXTS:
            text = raw.decode()
            found += [(path.suffix, text.encode(codec, "replace")) for codec in ENCODINGS[1:]]
    return found


def flip(raw: bytearray, chance: random.Random) -> None:
    """Turn some bits."""
    for _ in range(chance.choice((1, 3, 10, 100))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def cut(raw: bytearray, chance: random.Random) -> None:
    """Cut off the end, or take out a piece."""
    at = chance.randrange(len(raw))
    del raw[at : len(raw) if chance.random() < 0.5 else at + chance.randrange(1, 2000)]


def splice(raw: bytearray, chance: random.Random) -> None:
    """Copy a piece over another place."""
    size = chance.randrange(1, max(2, len(raw) // 2))
    start, at = chance.randrange(len(raw)), chance.randrange(len(raw))
    raw[at : at + size] = raw[start : start + size]


def repeat(raw: bytearray, chance: random.Random) -> None:
    """Repeat a piece many times."""
    size = chance.choice((1, 4, 30, 1000))
    at = chance.randrange(len(raw))
    raw[at:at] = raw[at : at + size] * chance.choice((10, 300, 100_000 // size))


def strew(raw: bytearray, chance: random.Random) -> None:
    """Put in what means something to one parser or another."""
    words = (
        *(b"<", b"&#x110000;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"\xff\xfe", b"\0" * 9),
        *(b"<div>" * 900, b"[" * 900, b"> " * 900, b"<w:p>", b"</w:p>", b"<w:tbl>" * 300),
        *(b" endobj ", b" 1 0 R ", b"<<" * 500, b"[" * 5000, b"q " * 9000, b"/Kids", b"stream\n"),
        *(b"2147483648", b"-1", b"\xf0\x9f\x98\x80", b"\x81\x30\x81\x30", b"%s%n", b"\r", b"|-|"),
    )
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(raw) + 1)
        raw[at:at] = chance.choice(words)


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip, cut, splice, repeat, strew),
)


def mutate(raw: bytes, chance: random.Random) -> bytes:
    """Return a file with one to three mutations."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if out:
            chance.choice(MUTATIONS)(out, chance)
    return bytes(out)


def mutate_text(raw: bytes, chance: random.Random) -> bytes:
    """Return a UTF-8 text that is mutated and still a text, in one encoding or another."""
    text = mutate(raw, chance).decode("utf-8", "ignore")
    return text.encode(chance.choice(ENCODINGS), "replace")


def rename(raw: bytes, chance: random.Random) -> bytes:
    """Return well-formed XML in which one element has the name of another."""
    names = sorted(set(re.findall(rb"<(w:\w+)", raw)))
    if len(names) < 2:
        return raw
    old, new = chance.sample(names, 2)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\1" + new, raw)


def mutate_entries(raw: bytes, chance: random.Random) -> bytes:
    """Return a package of which some entries are mutated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        spoilt = chance.sample(old.namelist(), k=chance.choice((1, 1, 2)))
        if chance.random() < 0.7:
            spoilt.append("word/document.xml")
        for name in old.namelist():
            data = old.read(name)
            if name in spoilt:
                data = chance.choice((mutate, rename, rename))(data, chance)
            new.writestr(name, data)
    return out.getvalue()


def cases(count: int, seed: int) -> Iterator[Case]:
    """Yield mutated files of every reader in turn, the same for the same seed."""
    by_suffix: dict[str, list[bytes]] = {suffix: [] for suffix in SUFFIXES}
    for suffix, raw in seeds():
        by_suffix[suffix].append(raw)
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - a sample
        suffix = SUFFIXES[number % len(SUFFIXES)]
        raw = chance.choice(by_suffix[suffix])
        inside = chance.random() < INSIDE
        if suffix == ".docx" and inside:
            raw = mutate_entries(raw, chance)
        elif suffix in TEXTS and inside:
            raw = mutate_text(raw, chance)
        else:
            raw = mutate(raw, chance)
        if chance.random() < WRONG_SUFFIX:
            suffix = chance.choice(SUFFIXES)
        yield Case(number, f"{number}{suffix}", raw)


def outcome(case: Case) -> str:
    """Read one file; return `document` or the name of the error. Raises what it may not."""
    try:
        document = parse(Source(case.raw, case.name))
        if is_mixed(document):
            split_sides(document)
    except AlignerError as error:
        return type(error).__name__
    return "document"


def serve(pipe: Connection) -> None:
    """Read the files that come in, in bounded memory; answer with what came of each."""
    limit = MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    while True:
        case = pipe.recv()
        try:
            pipe.send(outcome(case))
        except BaseException as error:  # noqa: BLE001 - to find any is the purpose
            pipe.send(f"FAILED {type(error).__name__}: {error}"[:300])


class Reader:
    """A process that reads, made anew when it had to be ended."""

    def __init__(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()

    def read(self, case: Case) -> str:
        """Return what came of a file."""
        self._pipe.send(case)
        try:
            if self._pipe.poll(SECONDS):
                answer: str = self._pipe.recv()
                return answer
        except (EOFError, ConnectionError):
            return "FAILED: the process died"
        return f"FAILED: more than {SECONDS:g} seconds"

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def main() -> None:
    """Read the mutated files and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    failed, slowest, reader = 0, (0.0, ""), Reader()
    for case in cases(options.inputs, options.seed):
        started = time.monotonic()
        answer = reader.read(case)
        slowest = max(slowest, (time.monotonic() - started, case.name))
        counts[Path(case.name).suffix, answer.partition(":")[0]] += 1
        if answer.startswith("FAILED"):
            failed += 1
            print(f"{case.name}: {answer}", flush=True)
            if options.keep:
                (options.keep / case.name).write_bytes(case.raw)
            reader.close()
            reader = Reader()
    reader.close()
    for (suffix, answer), count in sorted(counts.items()):
        print(f"{suffix:6} {answer:20} {count:6}")
    print(f"slowest: {slowest[1]}, {slowest[0]:.1f} s; failed: {failed} of {options.inputs}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
