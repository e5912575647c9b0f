#!/usr/bin/env python3
"""Measure batch, pairing, filters, search and export at size.

    python scripts measure.benchmark_batch pairing FOLDER [--orphans 3] [--seed 0]
    python scripts measure.benchmark_batch speed FOLDER
    python scripts measure.benchmark_batch memory FOLDER [--pairs 500]
    python scripts measure.benchmark_batch filters FOLDER
    python scripts measure.benchmark_batch search FOLDER [--rows 1000000]

FOLDER holds pairs NAME.zh and NAME.en, one sentence a line for `filters`.

- pairing: the files under shuffled names that say nothing, some without their partner;
- speed: seconds of one job and of two on the same pairs, and their ratio;
- memory: resident memory of a worker after each fifth of so many pairs, by one worker;
- filters: pairs of which 5 % were shuffled among themselves and 5 % repeated;
- search: a corpus of so many beads, made by repeating the pairs; search, counts and
  export, each in a process of its own, with its peak memory.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from aligner.batch.engine_protocol import Limits, Outcome, Settings, Work
from aligner.batch.engines import start_engine
from aligner.batch.run_batch import run_batch
from aligner.batch.work import facts_of
from aligner.batch.writer import CorpusWriter, opened
from aligner.corpus.store.part import read_part
from aligner.pairing.manifest_row import ManifestRow

TIMED = r"""
import json, re, sys, time
{imports}
start = time.monotonic()
{call}
seconds = time.monotonic() - start
# ru_maxrss would begin with what the process had that started this one
peak = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
print(json.dumps({{"seconds": seconds, "result": result, "peak_mb": peak / 1000}}))
"""
SEARCHES = {
    "search, Chinese": "result = search(sys.argv[2], sys.argv[1]).beads",
    "search, English": "result = search(sys.argv[3], sys.argv[1]).beads",
    "search, nothing": 'result = search("没有这个词", sys.argv[1]).beads',
    "counts": "result = corpus_stats(sys.argv[1]).pairs",
}
EXPORT = (
    "result = export_corpus(sys.argv[1], sys.argv[2], filters=Filters(min_p=.5, min_ratio=1,"
    " max_ratio=8, languages=True, duplicates={duplicates}), dev=.05, test=.05).kept"
)


def main() -> None:
    """Run one benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["pairing", "speed", "memory", "filters", "search"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orphans", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--terms", nargs=2, default=["货币政策", "exchange rate"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        globals()[options.what](options, Path(name))


def pairing(options: argparse.Namespace, work: Path) -> None:
    """Shuffle the files, take some away, and count what is found."""
    from aligner.pairing import find_pairs

    chance = random.Random(options.seed)  # noqa: S311 - no secret
    files = [path for pair in pairs_of(options.folder) for path in pair]
    chance.shuffle(files)
    true = {f"{number:05}.txt": path for number, path in enumerate(files)}
    name_of = {path: name for name, path in true.items()}
    chosen = chance.sample(pairs_of(options.folder), options.orphans)
    gone = [pair[k % 2] for k, pair in enumerate(chosen)]
    alone = {name_of[pair[1 - k % 2]] for k, pair in enumerate(chosen)}
    for name, path in true.items():
        if path not in gone:
            shutil.copy(path, work / name)
    start = time.monotonic()
    found = find_pairs(work)
    seconds = time.monotonic() - start
    right = sum(true[p.original].stem == true[p.translation].stem for p in found.pairs)
    print(f"{len(files) - len(gone)} files, {seconds:.1f} s:"
          f" {right} of {len(files) // 2 - len(gone)} pairs right,"
          f" {len(found.pairs) - right} wrong, {len(found.doubtful)} doubtful; without partner:"
          f" {len(alone & {one.name for one in found.loose})} of {len(alone)} told")  # fmt: skip


def speed(options: argparse.Namespace, work: Path) -> None:
    """Align with one job and with two, workers already loaded."""
    works = works_of(options.folder)
    seconds = {}
    for jobs in (1, 2):
        with start_engine("local", jobs=jobs, limits=Limits(), encoder="use") as engine:
            list(engine.run(works[: 2 * jobs]))  # the workers load
            start = time.monotonic()
            done = sum(outcome.trouble is None for outcome in engine.run(works))
            seconds[jobs] = time.monotonic() - start
        print(f"{jobs} jobs: {done} pairs in {seconds[jobs]:.1f} s", flush=True)
    print(f"two jobs are {seconds[1] / seconds[2]:.2f} times as fast as one")
    del work


def memory(options: argparse.Namespace, work: Path) -> None:
    """Watch the worker while it aligns the pairs again and again."""
    import multiprocessing

    works = list(islice(cycle(works_of(options.folder)), options.pairs))
    with start_engine("local", jobs=1, limits=Limits(), encoder="use") as engine:
        for number, _ in enumerate(engine.run(works), start=1):
            if number % max(1, options.pairs // 10) == 0:
                (worker,) = multiprocessing.active_children()
                status = Path(f"/proc/{worker.pid}/status").read_text("utf-8")
                kilobytes = int(status.partition("VmRSS:")[2].split()[0])
                print(f"after {number} pairs: {kilobytes / 1000:.0f} MB", flush=True)
    del work


def filters(options: argparse.Namespace, work: Path) -> None:
    """Damage pairs and count what the filters remove."""
    import polars as pl

    from aligner.corpus.filters import Filters, Sieve
    from aligner.encode import load_encoder
    from aligner.lang.shadow import shadow

    chance = random.Random(options.seed)  # noqa: S311 - no secret
    rows = [
        [zh, en, "good"]
        for pair in pairs_of(options.folder)
        for zh, en in zip(*(p.read_text("utf-8").splitlines() for p in pair), strict=True)
    ]
    count = len(rows) // 20
    wrong = chance.sample(range(len(rows)), count)
    texts = [rows[number][1] for number in wrong]
    for number, text in zip(wrong, [*texts[1:], texts[0]], strict=True):
        rows[number][1:] = text, "shuffled"
    good = [row for row in rows if row[2] == "good"]
    rows += [[zh, en, "repeated"] for zh, en, _ in chance.sample(good, count)]
    table = pl.DataFrame(rows, schema=["src", "tgt", "label"], orient="row").with_columns(
        doc=pl.lit("d"),
        p=pl.lit(1.0),
        src_key=pl.Series([shadow(src).text.lower() for src, _, _ in rows]),
    )
    sieve = Sieve(
        Filters(min_ratio=1, max_ratio=8, languages=True, duplicates="near", similarity=0.3),
        load_encoder(),
    )
    kept = Counter(sieve.keep(table)["label"])
    for label, every in Counter(table["label"]).items():
        print(f"{label}: {every - kept[label]} of {every} removed")
    print("; ".join(f"{step.name} {step.removed}" for step in sieve.steps))
    del work


def search(options: argparse.Namespace, work: Path) -> None:
    """Repeat a corpus until it has so many rows, and time what is done with it."""
    small, large = work / "small", work / "large"
    run_batch(write_manifest(options.folder, work), small)
    start = time.monotonic()
    n_rows = repeat_corpus(small, large, options.rows)
    print(f"corpus of {n_rows:,} beads, {len(list((large / 'parts').iterdir())):,} parts,"
          f" made in {time.monotonic() - start:.0f} s", flush=True)  # fmt: skip
    tools = "from aligner.corpus import Filters, corpus_stats, export_corpus, search"
    for name, call in SEARCHES.items():
        timed(name, tools, call, large, *options.terms)
    for form, duplicates in (("tmx", None), ("jsonl", "near"), ("tsv", None), ("parquet", None)):
        call = EXPORT.format(duplicates=repr(duplicates))
        timed(f"export {form}, duplicates {duplicates}", tools, call, large, work / f"x.{form}")
    (large / "table" / "stamp.json").unlink()
    timed("search, without the joined table", tools, SEARCHES["search, Chinese"], large,
          *options.terms)  # fmt: skip


def repeat_corpus(source: Path, out: Path, n_rows: int) -> int:
    """Write a corpus of the parts of another, again and again under new names."""
    import polars as pl

    models = [
        (pl.read_parquet(path), pl.read_parquet_metadata(path), facts_of(read_part(path)))
        for path in sorted((source / "parts").iterdir())
    ]
    sizes = cycle(len(rows) for rows, _, _ in models)
    pairs: list[ManifestRow] = []
    made = 0
    while made < n_rows:
        made += next(sizes)
        number = len(pairs)
        pairs.append(ManifestRow(f"d{number:06}", Path(), Path(), (f"{number}.zh", f"{number}.en")))
    with opened(out):
        writer = CorpusWriter(out, pairs, Settings(), "repeated")
        for pair, (rows, meta, facts) in zip(pairs, cycle(models), strict=False):
            told = {
                "signature": meta["signature"],
                "pair": json.dumps(json.loads(meta["pair"]) | {"id": pair.id}),
            }
            part = io.BytesIO()
            rows.with_columns(doc=pl.lit(pair.id)).write_parquet(part, metadata=told)
            writer.begin(pair, ())
            writer.record(Outcome(pair.id, 0.0, part.getvalue(), facts))
        writer.finish()
    return made


def timed(name: str, imports: str, call: str, *arguments: object) -> None:
    """Run a call in a process of its own; print its time and its peak memory."""
    code = TIMED.format(imports=imports, call=call)
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    print(f"{name}: {told['result']:,} in {told['seconds']:.2f} s,"
          f" peak {told['peak_mb']:.0f} MB", flush=True)  # fmt: skip


def pairs_of(folder: Path) -> list[tuple[Path, Path]]:
    """Return the pairs NAME.zh, NAME.en of a folder."""
    return [(path, path.with_suffix(".en")) for path in sorted(folder.absolute().glob("*.zh"))]


def works_of(folder: Path) -> list[Work]:
    """Return the pairs as work."""
    return [
        Work(zh.stem, (zh.name, en.name), zh.read_bytes(), en.read_bytes(), Settings())
        for zh, en in pairs_of(folder)
    ]


def write_manifest(folder: Path, work: Path) -> Path:
    """Write a manifest of the pairs."""
    path = work / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("original", "translation"), *pairs_of(folder)])
    return path


if __name__ == "__main__":
    main()
