"""What the weights are fitted on: documents, damaged copies, unrelated pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.gold import PARAGRAPHS, Sample, damaged, load_set, unrelated

SETS = {"mac-dev": 1.0, "hkma-dev": 0.3, "tico19-split": 0.3, "bible-5k": 0.1}
COPIES = {"mac-dev": 12, "hkma-dev": 1, "tico19-split": 1, "bible-5k": 4}  # of a document
UNRELATED_PAIRS = 6  # whose Chinese is of the same set
DAMAGE = ("block", "single", "foreign", "replaced")


def samples(folder: Path, *, seed: int) -> list[Sample]:
    """Return the documents of all sets, their damaged copies and unrelated pairs."""
    clean = [
        sample
        for name in SETS
        if (folder / name).is_dir()
        for sample in load_set(folder / name, paragraphs=name in PARAGRAPHS)
    ]
    rng = np.random.default_rng(seed)
    copies = []
    for sample in clean:
        for k in range(COPIES[sample.group]):
            other = [s for s in clean if s.group != sample.group]
            foreign = other[int(rng.integers(len(other)))]
            kind = DAMAGE[int(rng.integers(len(DAMAGE))) if COPIES[sample.group] == 1 else k % 4]
            source = sample if sample.group != "bible-5k" else part_of(sample, rng)
            copies.append(damaged(source, kind, foreign, rng))
    return clean + copies + strangers(clean, rng)


def strangers(clean: list[Sample], rng: np.random.Generator) -> list[Sample]:
    """Return pairs of documents of different sets."""
    pairs = []
    for group in sorted({s.group for s in clean}):
        own = [s for s in clean if s.group == group]
        others = [s for s in clean if s.group != group]
        for _ in range(UNRELATED_PAIRS if others else 0):
            one, other = own[int(rng.integers(len(own)))], others[int(rng.integers(len(others)))]
            pairs.append(unrelated(one, other, rng))
    return pairs


def part_of(sample: Sample, rng: np.random.Generator, count: int = 600) -> Sample:
    """Return some hundred blocks of a long document as one of its own."""
    start = int(rng.integers(0, len(sample.blocks) - count))
    blocks = sample.blocks[start : start + count]
    (a, _), (c, _) = blocks[0].src, blocks[0].tgt
    (_, b), (_, d) = blocks[-1].src, blocks[-1].tgt
    moved = tuple(
        type(k)(k.kind, (k.src[0] - a, k.src[1] - a), (k.tgt[0] - c, k.tgt[1] - c)) for k in blocks
    )
    return Sample(
        sample.name, sample.group, sample.src[a:b], sample.tgt[c:d], moved, "", sample.sources
    )
