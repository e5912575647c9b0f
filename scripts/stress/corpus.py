#!/usr/bin/env python3
"""Damage the files of a corpus in every way, and see that no reader takes it for whole.

A small corpus is made of texts of its own. Then, for each damage, a copy of it is read
by all that read a corpus: each raises an `AlignerError`, or gives what the whole corpus
gives. Anything else is silent damage or a traceback. Then a batch runs over the copy, and
every file must have the bytes that it had, but for times and summaries.

    python scripts/stress/corpus.py [--flips 400] [--pairs 6] [--seed 0]

Flips of a single bit go half over all bytes alike, half over the kinds of files alike.
Then come, for each file: cut off, emptied, deleted, a block of zeros, replaced by a
folder, replaced by the file of that name of another corpus. All is done to a finished
corpus and, a quarter of the flips, to one whose batch was killed before its end.
Takes half a second a damage.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aligner.batch.engine_protocol import Settings
from aligner.batch.meter import Meter
from aligner.batch.work import run_work, settings_signature
from aligner.batch.writer import CorpusWriter, opened
from aligner.corpus import corpus_stats, export_corpus, read_corpus, search
from aligner.corpus.store import joined
from aligner.corpus.store.catalog import check_file
from aligner.corpus.store.ledger import Ledger
from aligner.errors import AlignerError
from aligner.pairing.manifest import read_manifest

SETTINGS = Settings(encoder="length")
ROWS = 60  # of a shard, so that a small corpus has several
UNSTABLE = {"summary.json", "summary.html", ".lock"}
NOUNS = {"港口": "port", "税率": "tax rate", "小说": "novel", "河流": "river", "合同": "contract"}
VERBS = {"扩大了": "has grown", "改变了": "has changed", "结束了": "has ended", "不见了": "is gone"}


@dataclass(frozen=True)
class Damage:
    """What is done to a copy of the corpus."""

    what: str
    file: str
    do: Callable[[Path], None]  # to the file


@dataclass
class Counts:
    """What became of the damages of one sort."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return a line."""
        n = self.counts
        return (
            f"{n['all']}: {n['noticed']} noticed, {n['harmless']} harmless, {n['silent']} silent,"
            f" {n['tracebacks']} tracebacks; {n['restored']} of {n['all']} restored"
        )


def main() -> None:
    """Run the test and print the counts; end with status 1 if there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--flips", type=int, default=400)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    start = time.monotonic()
    faults = []
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(joined, "SHARD_ROWS", ROWS),
    ):
        work = Path(name)
        source = write_source(work / "source", chance, options.pairs)
        other = write_source(work / "other-source", chance, options.pairs)
        for folder, documents in (("whole", source), ("other", other)):
            batch(documents, work / folder)
        killed, other_killed = unfinished(work / "whole"), unfinished(work / "other")
        for title, whole, second, n_flips in (
            ("finished", work / "whole", work / "other", options.flips),
            ("unfinished", killed, other_killed, options.flips // 4),
        ):
            for sort, damages in (
                ("flips", flips(whole, chance, n_flips)),
                ("other damages", others(whole, second, chance)),
            ):
                found = judge(whole, work / "whole", source, damages)
                print(f"{title} corpus, {sort} {found}", flush=True)
                faults += found.faults
    print(f"{time.monotonic() - start:.0f} s")
    print("\n".join(faults))
    sys.exit(bool(faults))


def judge(whole: Path, wanted: Path, source: Path, damages: Iterator[Damage]) -> Counts:
    """Do each damage to a copy, read it, and let a batch restore it.

    Args:
        whole: What is copied.
        wanted: What a batch makes of it.
        source: Manifest of the batch.
        damages: To be done.
    """
    found = Counts()
    copy = whole.with_name("copy")
    good = {name: read(whole) for name, read in readers(copy.with_suffix(".tsv")).items()}
    files = contents(wanted)
    for damage in damages:
        shutil.copytree(whole, copy)
        damage.do(copy / damage.file)
        states = Counter[str]()
        for name, read in readers(copy.with_suffix(".tsv")).items():
            state = outcome(read, copy, good[name])
            states[state] += 1
            if state in {"silent", "tracebacks"} and not is_cut_ledger(whole, damage):
                found.faults.append(f"{state}: {name} after {damage.what} of {damage.file}")
        if damage.file.endswith(".parquet"):  # as `convert` does before it reads a part
            states[outcome(check_file, copy / damage.file, None)] += 1
        if is_cut_ledger(whole, damage):  # as if the kill had come earlier
            states["silent"] = 0
        order = ("tracebacks", "silent", "noticed", "harmless")
        found.counts[next((state for state in order if states[state]), "harmless")] += 1
        found.counts["all"] += 1
        try:
            batch(source, copy)
            same = contents(copy) == files
        except AlignerError as error:
            # a folder in the place of a file is not removed, but named
            same = damage.what == "a folder instead" and damage.file in str(error)
        except Exception:  # noqa: BLE001 - what is looked for
            found.faults.append(traceback.format_exc())
            same = False
        found.counts["restored"] += same
        if not same:
            found.faults.append(f"not restored after {damage.what} of {damage.file}")
        shutil.rmtree(copy)
    return found


def outcome(read: Callable[[Path], Any], path: Path, good: object) -> str:
    """Tell what a reader makes of a corpus, or of a file of one."""
    try:
        return "harmless" if read(path) == good else "silent"
    except AlignerError:
        return "noticed"
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - polars panics with one that is no Exception
        traceback.print_exc()
        return "tracebacks"


def readers(out: Path) -> dict[str, Callable[[Path], Any]]:
    """Return all that read a corpus; `terms` takes what `read_corpus` gives."""

    def export(folder: Path) -> bytes:
        export_corpus(folder, out)
        return out.read_bytes()

    return {
        "search zh": lambda folder: search("港口", folder),
        "search en": lambda folder: search("tax rate", folder, min_p=0.1),
        "stats": corpus_stats,
        "export": export,
        "read_corpus": lambda folder: list(read_corpus(folder)),
    }


def is_cut_ledger(whole: Path, damage: Damage) -> bool:
    """Tell whether a ledger was cut off of which one cannot know that it was longer."""
    is_cut = damage.what in {"a cut", "emptying"} and damage.file == "ledger.jsonl"
    return is_cut and not (whole / "table" / "stamp.json").exists()


def flips(whole: Path, chance: random.Random, count: int) -> Iterator[Damage]:
    """Yield flips of single bits."""
    files = names(whole)
    sizes = [(whole / name).stat().st_size for name in files]
    kinds: dict[str, list[str]] = {}
    for name in files:
        kinds.setdefault(name if "/" not in name else str(Path(name).parent), []).append(name)
    kinds["table/stamp.json"] = [n for n in kinds.get("table", []) if n.endswith(".json")]
    for number in range(count):
        if number % 2:
            name = chance.choices(files, sizes)[0]
        else:
            name = chance.choice(chance.choice([group for group in kinds.values() if group]))
        at, bit = chance.randrange((whole / name).stat().st_size), 1 << chance.randrange(8)

        def flip(path: Path, at: int = at, bit: int = bit) -> None:
            raw = bytearray(path.read_bytes())
            raw[at] ^= bit
            path.write_bytes(raw)

        yield Damage(f"flip of bit {bit} at {at}", name, flip)


def others(whole: Path, second: Path, chance: random.Random) -> Iterator[Damage]:
    """Yield the other damages, each once for each file."""
    for name in names(whole):
        size = (whole / name).stat().st_size
        cut = chance.randrange(1, size)
        start = chance.randrange(size)

        def zeros(path: Path, start: int = start) -> None:
            raw = bytearray(path.read_bytes())
            raw[start : start + 512] = bytes(len(raw[start : start + 512]))
            path.write_bytes(raw)

        def truncate(path: Path, cut: int = cut) -> None:
            path.write_bytes(path.read_bytes()[:cut])

        def swap(path: Path, name: str = name) -> None:
            shutil.copyfile(second / name, path)

        def folder(path: Path) -> None:
            path.unlink()
            path.mkdir()

        yield Damage("a cut", name, truncate)
        yield Damage("emptying", name, lambda path: os.truncate(path, 0))
        yield Damage("removal", name, Path.unlink)
        yield Damage("zeros", name, zeros)
        yield Damage("a folder instead", name, folder)
        if (second / name).exists():
            yield Damage("a swap", name, swap)


def batch(manifest: Path, out: Path) -> None:
    """Do what `run_batch` does, in this process."""
    pairs = read_manifest(manifest).pairs
    with opened(out):
        writer = CorpusWriter(out, pairs, SETTINGS, settings_signature(SETTINGS))
        for work in writer.works(Meter(pairs, None)):
            writer.record(run_work(work))
        writer.finish()


def unfinished(folder: Path) -> Path:
    """Return a copy as a kill leaves it before index and table are written."""
    copy = folder.with_name(f"{folder.name}-killed")
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "table")
    (copy / "index.jsonl").unlink()
    return copy


def contents(folder: Path) -> dict[str, object]:
    """Return what must be the same again: all bytes but those of times."""
    found: dict[str, object] = {name: (folder / name).read_bytes() for name in names(folder)}
    entries = Ledger(folder / "ledger.jsonl").entries.values()
    return found | {"ledger.jsonl": [replace(entry, seconds=0.0) for entry in entries]}


def names(folder: Path) -> list[str]:
    """Return the files of a corpus."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name not in UNSTABLE)


def write_source(folder: Path, chance: random.Random, count: int) -> Path:
    """Write pairs of short documents; return their manifest."""
    folder.mkdir()
    rows = ["original,translation"]
    for number in range(count):
        pairs = [
            (chance.choice(list(NOUNS)), chance.choice(list(VERBS)), chance.randrange(1900, 2100))
            for _ in range(40)
        ]
        zh = [f"{year}年，这里的{noun}{verb}。" for noun, verb, year in pairs]
        en = [f"In {year}, the {NOUNS[noun]} here {VERBS[verb]}." for noun, verb, year in pairs]
        for lang, lines in (("zh", zh), ("en", en)):
            (folder / f"{number}.{lang}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        rows.append(f"{number}.zh.txt,{number}.en.txt")
    path = folder / "pairs.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
