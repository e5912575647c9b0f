"""Gold alignments as training material: blocks, folders of documents, damaged copies.

A block is a rectangle of the lattice: `exact` (one bead), `any` (some path inside,
which one is not known: a paragraph, a verse, crossing links) or `null` (no partner).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from aligner.align.second_pass.unit_kinds import is_heading
from aligner.align.shapes import SHAPES
from aligner.bitext import Document
from aligner.scoring import Link, merge_units, read_align
from aligner.segment import segment
from aligner.span import Lang, Span

PARAGRAPHS = frozenset({"hkma-dev"})  # sets whose lines are paragraphs
ZH_LABELS = ("{han}、", "（{han}）", "第{han}章 ")
EN_LABELS = ("{roman}. ", "Chapter {roman} ")
HAN_NUMBERS = "〇一二三四五六七八九十"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
RESTARTED = 0.15  # of the headings begin to count anew
UNRELATED = 40  # sentences of a side of an unrelated pair: all their borders are searched


@dataclass(frozen=True)
class Block:
    """Sentences src[0]..src[1]-1 face tgt[0]..tgt[1]-1."""

    kind: Literal["exact", "any", "null"]
    src: tuple[int, int]
    tgt: tuple[int, int]


@dataclass(frozen=True)
class Sample:
    """One document pair with its gold."""

    name: str
    group: str  # the set that it belongs to
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    blocks: tuple[Block, ...]
    damage: str = ""
    sources: frozenset[str] = frozenset()  # names of all documents that it has text of


def blocks_of(links: Sequence[Link], n: int, m: int, *, loose: bool) -> tuple[Block, ...]:
    """Order links into monotone blocks; crossing ones become one `any` block.

    So does a link of a shape that the model lacks and, with `loose`, one of several
    sentences on both sides.
    """
    owner: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for k, link in enumerate(links):
        if not link.is_null:
            owner[0].update((i, k) for i in link.src)
            owner[1].update((j, k) for j in link.tgt)
    found: list[Block] = []
    i = j = 0
    while i < n or j < m:
        a, b = i, j
        if i < n and i not in owner[0]:
            i += 1
            found.append(Block("null", (a, i), (b, b)))
        elif j < m and j not in owner[1]:
            j += 1
            found.append(Block("null", (a, a), (b, j)))
        else:
            used = {owner[0][i]} if i < n else {owner[1][j]}
            size = 0
            while size != len(used):
                size = len(used)
                i = max(max(links[k].src) for k in used) + 1
                j = max(max(links[k].tgt) for k in used) + 1
                used |= {owner[0][x] for x in range(a, i) if x in owner[0]}
                used |= {owner[1][x] for x in range(b, j) if x in owner[1]}
            many = (i - a, j - b) not in SHAPES or (loose and min(i - a, j - b) > 1)
            whole = sum(len(links[k].src) + len(links[k].tgt) for k in used) == i - a + j - b
            exact = len(used) == 1 and whole and not many
            found.append(Block("exact" if exact else "any", (a, i), (b, j)))
    return tuple(found)


def lines(path: Path) -> list[str]:
    """Return the lines of a file that ends with a line feed or not."""
    text = path.read_text(encoding="utf-8")
    return text.removesuffix("\n").split("\n")


def load_set(folder: Path, *, paragraphs: bool) -> Iterator[Sample]:
    """Yield the documents of one set; `paragraphs`: split its lines into sentences."""
    for path in sorted(folder.glob("*.align")):
        zh, en = lines(path.with_suffix(".zh")), lines(path.with_suffix(".en"))
        blocks = blocks_of(read_align(path), len(zh), len(en), loose=folder.name != "mac-dev")
        name = f"{folder.name}/{path.stem}"
        sample = Sample(name, folder.name, tuple(zh), tuple(en), blocks, "", frozenset([name]))
        yield split_sample(sample) if paragraphs else sample


def split_sample(sample: Sample) -> Sample:
    """Return a sample of paragraphs as one of sentences."""
    sides = []
    for texts, lang in ((sample.src, "zh"), (sample.tgt, "en")):
        cut = [sentences(text, lang) for text in texts]  # type: ignore[arg-type]
        starts = np.concatenate([[0], np.cumsum([len(c) for c in cut])]).tolist()
        sides.append((tuple(s for c in cut for s in c), starts))
    (src, at_src), (tgt, at_tgt) = sides
    blocks = []
    for block in sample.blocks:
        a, b = at_src[block.src[0]], at_src[block.src[1]]
        c, d = at_tgt[block.tgt[0]], at_tgt[block.tgt[1]]
        kind = block.kind
        if kind == "exact" and (min(b - a, d - c) > 1 or (b - a, d - c) not in SHAPES):
            kind = "any"
        blocks.append(Block(kind, (a, b), (c, d)))
    return replace(sample, src=src, tgt=tgt, blocks=tuple(blocks))


def sentences(paragraph: str, lang: Lang) -> list[str]:
    """Split one paragraph."""
    document = Document("p", paragraph, (Span(0, len(paragraph)),)) if paragraph.strip() else None
    return [s.text for s in segment(document, lang)] if document else [paragraph]


def _share(rng: np.random.Generator, sample: Sample) -> tuple[int, int]:
    """Return a range of blocks that holds 5 to 30 % of them."""
    count = len(sample.blocks)
    size = max(2, int(count * rng.uniform(0.05, 0.30)))
    start = int(rng.integers(0, max(1, count - size)))
    return start, min(count, start + size)


def damaged(sample: Sample, kind: str, foreign: Sample, rng: np.random.Generator) -> Sample:
    """Return a copy in which something has no partner any more.

    Args:
        sample: What is damaged.
        kind: `block` (a stretch of one side is lost), `single` (single beads lose a
            side), `heading` (so do a third of the headings), `foreign` (text of another
            document is put in on one side) or `replaced` (a stretch of one side is
            exchanged for foreign text).
        foreign: Where foreign text comes from.
        rng: The source of chance.
    """
    side = int(rng.integers(2))
    first, last = _share(rng, sample)
    pool = foreign.tgt if side else foreign.src
    count = min(
        len(pool), max(3, int(len(sample.tgt if side else sample.src) * rng.uniform(0.05, 0.3)))
    )
    at = int(rng.integers(0, len(pool) - count + 1))
    strange = pool[at : at + count]
    place = [0, len(sample.blocks), int(rng.integers(len(sample.blocks)))][int(rng.integers(3))]
    lost = set(range(first, last)) if kind in {"block", "replaced"} else set()
    if kind == "single":
        lost = {k for k in range(len(sample.blocks)) if rng.random() < 0.06}
    if kind == "heading":
        lost = {k for k in headings(sample) if rng.random() < 1 / 3}
    insertions = {"foreign": place, "replaced": first}
    copy, _ = altered(sample, side, lost=lost, strange=strange, place=insertions.get(kind))
    sources = sample.sources | (foreign.sources if kind in insertions else frozenset())
    return replace(
        copy, name=f"{sample.name}+{kind}", damage=kind, sources=sources,
        blocks=merge_nulls(copy.blocks),
    )  # fmt: skip


def headings(sample: Sample) -> list[int]:
    """Return the blocks that are a heading on both sides."""
    return [
        k
        for k, block in enumerate(sample.blocks)
        if block.src[1] - block.src[0] == block.tgt[1] - block.tgt[0] == 1
        and is_heading(sample.src[block.src[0]])
        and is_heading(sample.tgt[block.tgt[0]])
    ]


def titled(sample: Sample, rng: np.random.Generator) -> Sample:
    """Return a copy whose headings lack the marks of markup and may be numbered.

    Most texts have no such marks. Both sides are numbered alike, each in a style of its own,
    and now and then from one again.
    """
    texts = list(sample.src), list(sample.tgt)
    zh, en = ZH_LABELS[int(rng.integers(len(ZH_LABELS)))], EN_LABELS[int(rng.integers(2))]
    numbered, number = bool(rng.integers(2)), 0
    for k in headings(sample):
        number = 1 if rng.random() < RESTARTED else number + 1
        places = sample.blocks[k].src[0], sample.blocks[k].tgt[0]
        for side, at, style in zip(texts, places, (zh, en), strict=True):
            bare = side[at].lstrip("# ")
            label = style.format(han=HAN_NUMBERS[min(number, 10)], roman=ROMAN[min(number, 10)])
            side[at] = label + bare if numbered and bare and number <= 10 else bare or side[at]
    return replace(sample, src=tuple(texts[0]), tgt=tuple(texts[1]))


def altered(
    sample: Sample,
    side: int,
    *,
    lost: Collection[int] = (),
    strange: Sequence[str] = (),
    place: int | None = None,
) -> tuple[Sample, list[int | None]]:
    """Return a copy with one side changed, and which block each of its blocks was.

    Args:
        sample: The whole.
        side: Which side changes: 0 the Chinese one, 1 the English one.
        lost: Blocks that lose this side.
        strange: Sentences that are put in on this side; their block was None.
        place: The block before which they come.
    """
    texts: tuple[list[str], list[str]] = ([], [])
    blocks: list[Block] = []
    origin: list[int | None] = []

    def add(kind: str, parts: tuple[Sequence[str], Sequence[str]], number: int | None) -> None:
        a, c = len(texts[0]), len(texts[1])
        texts[0].extend(parts[0])
        texts[1].extend(parts[1])
        if len(texts[0]) > a or len(texts[1]) > c:
            blocks.append(Block(kind, (a, len(texts[0])), (c, len(texts[1]))))  # type: ignore[arg-type]
            origin.append(number)

    for k in range(len(sample.blocks) + 1):
        if place == k:
            add("null", ((), strange) if side else (strange, ()), None)
        if k < len(sample.blocks):
            block = sample.blocks[k]
            parts = sample.src[slice(*block.src)], sample.tgt[slice(*block.tgt)]
            if k in lost:
                add("null", (parts[0], ()) if side else ((), parts[1]), k)
            else:
                add(block.kind, parts, k)
    copy = replace(sample, src=tuple(texts[0]), tgt=tuple(texts[1]), blocks=tuple(blocks))
    return copy, origin


def unrelated(sample: Sample, foreign: Sample, rng: np.random.Generator) -> Sample:
    """Return some Chinese of one document facing some English of another."""
    sides = []
    for texts in (sample.src, foreign.tgt):
        at = int(rng.integers(0, max(1, len(texts) - UNRELATED)))
        sides.append(texts[at : at + UNRELATED])
    src, tgt = sides
    block = Block("null", (0, len(src)), (0, len(tgt)))
    return Sample(
        f"{sample.name}+unrelated", sample.group, src, tgt, (block,), "unrelated",
        sample.sources | foreign.sources,
    )  # fmt: skip


def merge_nulls(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Join neighbouring null blocks, since the order of skips means nothing."""
    merged: list[Block] = []
    for block in blocks:
        if merged and block.kind == merged[-1].kind == "null":
            last = merged.pop()
            block = Block("null", (last.src[0], block.src[1]), (last.tgt[0], block.tgt[1]))  # noqa: PLW2901
        merged.append(block)
    return tuple(merged)


def gold_links(sample: Sample) -> list[Link]:
    """Return the sample's blocks as links, null blocks as one link a sentence."""
    links: list[Link] = []
    for block in sample.blocks:
        src, tgt = tuple(range(*block.src)), tuple(range(*block.tgt))
        if block.kind == "null":
            links += [Link((i,), ()) for i in src] + [Link((), (j,)) for j in tgt]
        else:
            links.append(Link(src, tgt))
    return links


def merged(sample: Sample, found: Iterable[Link]) -> tuple[Link, ...]:
    """Join neighbouring links inside a block of which only the borders are known."""
    units = [[f"{side}{k}" for k in range(len(texts))] for side, texts in
             (("src", sample.src), ("tgt", sample.tgt))]  # fmt: skip
    for k, block in enumerate(sample.blocks):
        if block.kind == "any":
            for names, span in zip(units, (block.src, block.tgt), strict=True):
                names[slice(*span)] = [f"block {k}"] * (span[1] - span[0])
    return merge_units(found, *units)
