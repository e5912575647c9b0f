#!/usr/bin/env python3
"""Align texts under other threads, kernels and processors, and count what differs.

    python scripts/stress/threads.py FOLDER... [--most 60] [--terms 6] [--seconds 900] [--old]

A FOLDER holds NAME.zh and NAME.en, one sentence a line. A text in which the same lines
stand again and again is made from the first of them. Each way of running is a process of
its own: threads and kernels of the linear algebra library, hash seed, locale, working
folder. --old adds a processor without wide vectors and fused multiplications, for numpy,
for compiled loops (which it compiles anew, two minutes) and for the C library.

Prints for each way how many links, probabilities as written, parts and outputs of terms
(of the first --terms documents) are not those of the first way. Exit 1 if any is not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

WAYS: dict[str, dict[str, str]] = {
    "as it comes": {},
    "1 thread": {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
    "2 threads": {"OPENBLAS_NUM_THREADS": "2", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    "Prescott": {"OPENBLAS_CORETYPE": "Prescott"},
    "Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
}
GLIBC = "-AVX2,-AVX512F,-AVX512VL,-AVX,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable"


def old_processor(folder: Path) -> dict[str, str]:
    """Return the settings that hide what newer processors have."""
    numpy_core: Any = import_module("numpy._core._multiarray_umath")  # not public, so untyped
    there = [f for f in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__.get(f)]
    return {
        "OPENBLAS_CORETYPE": "Prescott",
        "NPY_DISABLE_CPU_FEATURES": " ".join(there),
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "+sse2",
        "NUMBA_CACHE_DIR": str(folder / "numba"),
        "GLIBC_TUNABLES": f"glibc.cpu.hwcaps={GLIBC}",
    }


def pairs(folders: Sequence[Path], most: int) -> list[tuple[Path, Path]]:
    """Return the documents, the first ones of each folder in turn."""
    found = [sorted(p for p in f.glob("*.zh") if p.with_suffix(".en").exists()) for f in folders]
    longest = max(map(len, found), default=0)
    ordered = [one[n] for n in range(longest) for one in found if n < len(one)]
    return [(path, path.with_suffix(".en")) for path in ordered[:most]]


def sides(path: tuple[Path, Path]) -> Iterator[tuple[str, str]]:
    """Yield a pair as it is, and with its first lines repeated like those of a form."""
    lines = [p.read_text("utf-8").splitlines() for p in path]
    yield "\n".join(lines[0]), "\n".join(lines[1])
    zh, en = ([*s[:3] * 5, *s[:40], *s[1:2] * 7, *s[:9] * 2, s[0]] for s in lines)
    yield "\n".join(zh), "\n".join(en)


def child(listed: Sequence[tuple[Path, Path]], terms: int) -> dict[str, Any]:
    """Align every document, and return what came out."""
    from threadpoolctl import threadpool_info

    from aligner.bitext import Document
    from aligner.check.find_terms import find_terms
    from aligner.corpus.store.part import part_bytes
    from aligner.encode import load_encoder
    from aligner.pipeline import align_documents
    from aligner.report.report_outputs import write_output
    from aligner.span import Span

    encoder, documents = load_encoder("use"), []
    with tempfile.TemporaryDirectory() as name:
        for number, path in enumerate(listed):
            for text in list(sides(path))[: 2 if number < terms else 1]:
                zh, en = (
                    Document(f"{number}.{side}", one, (Span(0, len(one)),))
                    for side, one in zip(("zh", "en"), text, strict=True)
                )
                bitext = align_documents(zh, en, pre_split=True, encoder=encoder)
                record: dict[str, Any] = {
                    "links": [[*b.src, *b.tgt] for b in bitext.alignment.beads],
                    "p": [f"{b.p:.4f}" for b in bitext.alignment.beads],
                    "part": hashlib.sha256(part_bytes(bitext)).hexdigest(),
                    "terms": [],
                }
                if number < terms:
                    found = find_terms(bitext)
                    for output in ("findings.jsonl", "terms.jsonl", "t.xlsx", "t.tbx"):
                        write_output(found, Path(name) / output)
                        raw = (Path(name) / output).read_bytes()
                        record["terms"].append(hashlib.sha256(raw).hexdigest())
                documents.append(record)
    kernels = sorted({f"{i.get('architecture')} x{i['num_threads']}" for i in threadpool_info()})
    return {"kernels": kernels, "documents": documents}


def differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Count what differs, and of how many."""
    counts = {"links": [0, 0], "p": [0, 0], "parts": [0, 0], "outputs of terms": [0, 0]}

    def add(name: str, wrong: int, total: int) -> None:
        counts[name][0] += wrong
        counts[name][1] += total

    for one, other in zip(wanted["documents"], found["documents"], strict=True):
        links = {tuple(link): p for link, p in zip(one["links"], one["p"], strict=True)}
        mine = {tuple(link): p for link, p in zip(other["links"], other["p"], strict=True)}
        add("links", len(links.keys() - mine.keys()), len(links))
        add("p", sum(mine.get(link, p) != p for link, p in links.items()), len(links))
        add("parts", one["part"] != other["part"], 1)
        outputs = list(zip(one["terms"], other["terms"], strict=True))
        add("outputs of terms", sum(a != b for a, b in outputs), len(outputs))
    return {name: (wrong, total) for name, (wrong, total) in counts.items()}


def run(settings: Mapping[str, str], arguments: Sequence[str], seconds: float) -> dict[str, Any]:
    """Run a child in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--child", *arguments],
            env={k: v for k, v in os.environ.items() if k not in WAYS["1 thread"]} | dict(settings),
            cwd=folder, stdout=subprocess.PIPE, check=True, timeout=max(1.0, seconds),
        )  # fmt: skip
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def main() -> int:
    """Read the command line, run every way and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=60, help="documents")
    parser.add_argument("--terms", type=int, default=6, help="of which terms are looked at")
    parser.add_argument("--seconds", type=float, default=900.0, help="limit for all ways")
    parser.add_argument("--old", action="store_true", help="an old processor as well")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    a = parser.parse_args()
    listed = pairs(a.folders, a.most)
    if a.child:
        json.dump(child(listed, a.terms), sys.stdout)
        return 0
    arguments = [*(str(f.resolve()) for f in a.folders), f"--most={a.most}", f"--terms={a.terms}"]
    end, first, wrong = time.monotonic() + a.seconds, None, 0
    with tempfile.TemporaryDirectory() as folder:
        ways = WAYS | ({"an old processor": old_processor(Path(folder))} if a.old else {})
        for name, settings in ways.items():
            try:
                found = run(settings, arguments, end - time.monotonic())
            except subprocess.TimeoutExpired:
                print(f"{name:18} no time left")
                wrong += 1
                continue
            first = first or found
            counts = differences(first, found)
            wrong += sum(count for count, _ in counts.values())
            figures = ", ".join(f"{name} {n} of {of}" for name, (n, of) in counts.items())
            print(f"{name:18} {'/'.join(found['kernels']):28} differ: {figures}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
