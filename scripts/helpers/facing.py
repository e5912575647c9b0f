"""Damaged copies in which two sentences without partner face each other.

Where a translation leaves a sentence out and adds another one in its place, or says something
else, the two are alone between right links, and nothing but what they say tells that they do
not belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from helpers.gold import Block, Sample

APART: Final = 8  # blocks from one place to the next, on average
CLOSEST: Final = 4  # at least


def with_facing(
    sample: Sample, others: Sequence[Sample], rng: np.random.Generator, apart: float = APART
) -> tuple[Sample, frozenset[tuple[int, int]]]:
    """Return a copy with pairs of sentences that face each other, and which ones these are.

    Every other place has lost neighbouring sentences on opposite sides; in the rest a
    sentence is exchanged for one of another document.

    Args:
        sample: The whole.
        others: Documents that foreign sentences come from; none: none are put in.
        rng: The source of chance.
        apart: Blocks from one place to the next, on average.

    Returns:
        The copy, and the numbers in it of each Chinese sentence and the English one that
        faces it.
    """
    texts: tuple[list[str], list[str]] = ([], [])
    blocks: list[Block] = []
    found: set[tuple[int, int]] = set()
    sources = set(sample.sources)

    def add(kind: str, src: Sequence[str], tgt: Sequence[str]) -> None:
        at = len(texts[0]), len(texts[1])
        texts[0].extend(src)
        texts[1].extend(tgt)
        spans = (at[0], len(texts[0])), (at[1], len(texts[1]))
        blocks.append(Block(kind, *spans))  # type: ignore[arg-type]

    k, since = 0, CLOSEST // 2
    while k < len(sample.blocks):
        parts = [_texts(sample, block) for block in sample.blocks[k : k + 2]]
        since += 1
        if since < CLOSEST or rng.random() > 1 / (apart - CLOSEST + 1) or not _single(sample, k):
            add(sample.blocks[k].kind, *parts[0])
            k += 1
            continue
        side = int(rng.integers(2))
        if others and rng.integers(2):
            other = others[int(rng.integers(len(others)))]
            pool = other.tgt if side else other.src
            strange = pool[int(rng.integers(len(pool)))]
            pair = (parts[0][0][0], strange) if side else (strange, parts[0][1][0])
            sources |= other.sources
            k += 1
        elif _single(sample, k + 1):
            pair = parts[0][0][0], parts[1][1][0]
            if side:
                pair = parts[1][0][0], parts[0][1][0]
            k += 2
        else:
            add(sample.blocks[k].kind, *parts[0])
            k += 1
            continue
        found.add((len(texts[0]), len(texts[1])))
        add("null", pair[:1], pair[1:])
        since = 0
    copy = replace(
        sample, name=f"{sample.name}+facing", src=tuple(texts[0]), tgt=tuple(texts[1]),
        blocks=tuple(blocks), damage="facing", sources=frozenset(sources),
    )  # fmt: skip
    return copy, frozenset(found)


def _texts(sample: Sample, block: Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return sample.src[slice(*block.src)], sample.tgt[slice(*block.tgt)]


def _single(sample: Sample, k: int) -> bool:
    """Tell whether a block is a link of one sentence to one."""
    if k >= len(sample.blocks) or sample.blocks[k].kind != "exact":
        return False
    return all(len(side) == 1 for side in _texts(sample, sample.blocks[k]))
