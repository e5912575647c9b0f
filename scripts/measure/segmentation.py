#!/usr/bin/env python3
"""Measure how well sentences are cut, on treebanks or on texts with a sentence a line.

    python scripts measure.segmentation PATH... [--wrong 20]

Each path is a file or a folder of files: CoNLL-U, as the Universal Dependencies treebanks
are (https://universaldependencies.org/format.html), or `.zh` and `.en` files with one
sentence a line. The sentences are put together again as running text: `# newdoc` and
`# newpar` begin a paragraph, and English sentences are parted by a blank. Only comments
and the last word's `SpaceAfter=No` are read. Prints for each file: sentences, those found,
precision, recall and F1, and with `--wrong` the first found sentences that are not gold.

A sentence is right if it begins and ends where one of the gold does, white space left
out, as in the CoNLL 2018 shared task: D. Zeman et al., "CoNLL 2018 Shared Task:
Multilingual Parsing from Raw Text to Universal Dependencies", https://aclanthology.org/K18-2001.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from aligner.bitext import Document
from aligner.lang import marks_zh as zh
from aligner.lang.joins import gap
from aligner.segment import segment
from aligner.span import Lang, Span

HAN = re.compile(f"[{zh.HAN}]")
NO_SPACE = "SpaceAfter=No"
SUFFIXES = (".conllu", ".zh", ".en")


@dataclass(slots=True)
class GoldText:
    """Paragraphs of gold sentences, each with whether a blank follows it."""

    paragraphs: list[list[tuple[str, bool]]] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """All sentences, in order."""
        return [text for paragraph in self.paragraphs for text, _ in paragraph]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a file."""

    gold: int
    found: int
    right: int
    wrong: Sequence[str]  # found sentences that are not gold

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.gold + self.found)


def read_conllu(text: str) -> GoldText:
    """Read the sentences of a treebank."""
    gold = GoldText([[]])
    for block in re.split(r"\n[^\S\n]*\n", text):
        lines = block.strip().splitlines()
        sentence = next((line[8:] for line in lines if line.startswith("# text = ")), "").strip()
        if any(re.match(r"# new(?:doc|par)\b", line) for line in lines) and gold.paragraphs[-1]:
            gold.paragraphs.append([])
        if sentence:
            gold.paragraphs[-1].append((sentence, NO_SPACE not in lines[-1].split("\t")[-1]))
    return gold


def read_lines(text: str) -> GoldText:
    """Read a text with one sentence a line."""
    return GoldText([[(line.strip(), True) for line in text.split("\n") if line.strip()]])


def joined(gold: GoldText, lang: Lang) -> Document:
    """Put the sentences together again as a document."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = 0
    for paragraph in gold.paragraphs:
        start = at
        for number, (text, _) in enumerate(paragraph):
            if number:
                joiner = " " if lang == "en" else ""
                pieces.append(gap(pieces[-1], text, joiner) if paragraph[number - 1][1] else "")
                at += len(pieces[-1])
            pieces.append(text)
            at += len(text)
        spans.append(Span(start, at))
        pieces.append("\n\n")
        at += 2
    return Document("gold", "".join(pieces), tuple(span for span in spans if span.size))


def places(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Return where sentences begin and end, counted without white space."""
    sizes = [sum(not sign.isspace() for sign in text) for text in texts]
    ends = list(accumulate(sizes))
    return [(end - size, end) for size, end in zip(sizes, ends, strict=True)]


def measure(gold: GoldText) -> Found:
    """Cut the running text and compare."""
    sentences = gold.sentences
    chinese = sum(bool(HAN.search(text)) for text in sentences)
    lang: Lang = "zh" if 2 * chinese > len(sentences) else "en"
    document = joined(gold, lang)
    cut = [document.text[slice(*item.span)] for item in segment(document, lang)]
    wanted = set(places(sentences))
    got = places(cut)
    wrong = [text for text, place in zip(cut, got, strict=True) if place not in wanted]
    return Found(len(sentences), len(cut), len(wanted & set(got)), wrong)


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those in the folders that are."""
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (one for one in inside if one.suffix in SUFFIXES)


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong sentences")
    options = parser.parse_args()
    print(f"{'file':40} {'gold':>7} {'found':>7} {'right':>7}      P      R     F1")
    for path in files(options.paths):
        text = path.read_text(encoding="utf-8")
        done = measure(read_conllu(text) if path.suffix == ".conllu" else read_lines(text))
        shares = (done.right / max(1, done.found), done.right / max(1, done.gold), done.f1)
        name = f"{path.parent.name}/{path.name}"[-40:]
        figures = " ".join(f"{share:.4f}" for share in shares)
        print(f"{name:40} {done.gold:7} {done.found:7} {done.right:7} {figures}")
        for sentence in done.wrong[: options.wrong]:
            print(f"    {sentence}")


if __name__ == "__main__":
    main()
