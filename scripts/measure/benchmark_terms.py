"""Measure the seconds that a look at the terms takes against those of the alignment.

    python scripts measure.benchmark_terms ZH EN [--repeat 2]

ZH and EN hold one sentence a line. The text is also taken written out --repeat times, as
documents of their own, to see whether the cost is linear. The first look of a process
loads tables and compiled loops and is not counted. Quote ratios of one run.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from aligner.bitext import Bitext
from aligner.check.find_terms import find_terms
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.encode.spans import SpanEncoder
from aligner.formats.documents import read_document
from aligner.pipeline import align_documents


def aligned(paths: tuple[Path, Path], encoder: Encoder, copies: int) -> tuple[list[Bitext], float]:
    """Align a pair so many times; return the bitexts and the seconds."""
    src, tgt = map(read_document, paths)
    begin = time.perf_counter()
    made = [align_documents(src, tgt, pre_split=True, encoder=encoder) for _ in range(copies)]
    seconds = time.perf_counter() - begin
    return [replace(bitext, id=f"copy-{n}") for n, bitext in enumerate(made)], seconds


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("zh", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    args = parser.parse_args()
    encoder, spans = load_encoder("use"), SpanEncoder()
    paths = (args.zh, args.en)
    find_terms(aligned(paths, encoder, 1)[0], encoder=spans)
    print("| beads | alignment, s | terms, s | ratio |\n|---|---|---|---|")
    for copies in sorted({1, args.repeat}):
        bitexts, seconds = aligned(paths, encoder, copies)
        begin = time.perf_counter()
        find_terms(bitexts, encoder=spans)
        took = time.perf_counter() - begin
        beads = sum(len(bitext.alignment.beads) for bitext in bitexts)
        print(f"| {beads} | {seconds:.1f} | {took:.1f} | {took / seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
