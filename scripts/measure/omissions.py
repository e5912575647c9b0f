"""What the check of omissions finds in good texts, and of what was taken out of them.

    python scripts measure.omissions DATA [--out FILE] [--seed 1] [INPUT...]

First the texts as they are: all findings are written to FILE with both sentences, to be
read. Then sentences (100), clauses (50) and list items (20), drawn by a fixed seed, are
taken out of the English of the inputs together, at most one from a unit and its neighbours;
the documents are aligned anew and checked. One is found if a finding of the Chinese side
overlaps its Chinese; for a clause that is the whole sentence.

Seconds: 400 for hkma-dev and mac-dev.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from aligner.bitext import Bitext, Document
from aligner.check.checks.omissions import omissions
from aligner.check.lost.pieces import clauses
from aligner.check.noticed import Noticed
from aligner.encode import load_encoder
from aligner.encode.spans import SpanEncoder
from aligner.lang import marks_en, marks_zh
from aligner.lang.labels import head_label
from aligner.pipeline import align_documents
from aligner.span import Span
from aligner.terms.units import units
from helpers.judged import NOVELS, YEARS, texts_of
from measure.numbers import told

_INPUTS: Final = (*(f"hkma-{year}" for year in YEARS), *NOVELS)
_WANTED: Final = {"list item": 20, "sentence": 100, "clause": 50}
_LEAST_P: Final = 0.9  # of a bead from which something is taken
_ADDED: Final = frozenset(("added", "added clause"))


class Cut(NamedTuple):
    """Something that is taken out of an English text."""

    kind: str
    input: str
    doc: str
    src: Span  # its unit in the Chinese document
    tgt: Span  # what goes, in the English document


def main() -> None:
    """Print how many findings there are, and the share found of what was taken out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("inputs", nargs="*", default=_INPUTS)
    parser.add_argument("--out", type=Path, help="for all findings with their sentences")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = {name: texts_of(name, options.data) for name in options.inputs}
    encoder, lines = SpanEncoder(), list[str]()
    for name, bitexts in texts.items():
        every = [unit for bitext in bitexts for unit in units(bitext)]
        found = list(omissions(every, encoder=encoder))
        kinds = Counter(f"{each.kind}, {each.severity}" for each in found)
        print(f"{name:12} {len(every):5} units: {dict(kinds)}", flush=True)
        lines += told(name, every, found)
    if options.out:
        options.out.write_text("\n".join(lines), "utf-8")
    cuts = list(drawn(texts, random.Random(options.seed)))  # noqa: S311
    times, noticed = Counter[str](), Counter[str]()
    aligner = load_encoder("use")
    for name, bitexts in texts.items():
        for bitext in bitexts:
            mine = [cut for cut in cuts if (cut.input, cut.doc) == (name, bitext.id)]
            if not mine:
                continue
            english = without(bitext.tgt_doc, [cut.tgt for cut in mine])
            again = align_documents(bitext.src_doc, english, encoder=aligner)
            found = list(omissions(list(units(again)), encoder=encoder))
            for cut in mine:
                times[cut.kind] += 1
                hit = any(_is_of(each, cut) for each in found)
                noticed[cut.kind] += hit
                genre = f"{cut.kind}, {name[:3]}"
                times[genre] += 1
                noticed[genre] += hit
                if not hit:
                    src, tgt = bitext.src_doc.text[slice(*cut.src)], bitext.tgt_doc.text
                    lines.append(f"missed {cut.kind} {name}: {src} | {tgt[slice(*cut.tgt)]}")
    for kind, count in sorted(times.items()):
        print(f"{kind:20} {noticed[kind]:3} of {count:3} found, {noticed[kind] / count:.3f}")
    if options.out:
        options.out.write_text("\n".join(lines), "utf-8")


def drawn(texts: dict[str, list[Bitext]], chance: random.Random) -> Iterator[Cut]:
    """Yield what is taken out, list items first, since there are few of them."""
    places = [
        (name, bitext, n)
        for name, bitexts in texts.items()
        for bitext in bitexts
        for n in range(len(bitext.alignment.beads))
    ]
    chance.shuffle(places)
    taken: set[tuple[str, str, int]] = set()
    for kind, count in _WANTED.items():
        left = count
        for name, bitext, n in places:
            if left == 0:
                break
            if any((name, bitext.id, n + by) in taken for by in (-1, 0, 1)):
                continue
            cut = _cut(kind, name, bitext, n, chance)
            if cut:
                taken.add((name, bitext.id, n))
                left -= 1
                yield cut


def _cut(kind: str, name: str, bitext: Bitext, n: int, chance: random.Random) -> Cut | None:
    bead = bitext.alignment.beads[n]
    if bead.p < _LEAST_P or not bead.src.size or not bead.tgt.size:
        return None
    src, tgt = bitext.src[slice(*bead.src)], bitext.tgt[slice(*bead.tgt)]
    whole = Span(src[0].span.start, src[-1].span.stop)
    is_item = marks_zh.ITEM.match(src[0].text) or head_label(src[0].text)
    is_item = is_item and (marks_en.ITEM.match(tgt[0].text) or head_label(tgt[0].text))
    if kind != "clause":
        if (kind == "list item") != bool(is_item):
            return None
        return Cut(kind, name, bitext.id, whole, Span(tgt[0].span.start, tgt[-1].span.stop))
    one = chance.choice(tgt)
    parts = clauses(one.text, "en")
    if len(parts) == 1 or one.text != bitext.tgt_doc.text[slice(*one.span)]:
        return None
    part = chance.choice(parts)
    start = one.span.start
    return Cut(kind, name, bitext.id, whole, Span(start + part.start, start + part.stop))


def without(document: Document, spans: Sequence[Span]) -> Document:
    """Return a document without some stretches; paragraphs that become empty are gone."""
    gone = bytearray(len(document.text))
    for span in spans:
        gone[span.start : span.stop] = b"\1" * span.size
    lines = [
        "".join(document.text[n] for n in range(*paragraph) if not gone[n]).strip()
        for paragraph in document.paragraphs
    ]
    lines = [line for line in lines if line]
    stops = [sum(len(line) + 1 for line in lines[: n + 1]) - 1 for n in range(len(lines))]
    paragraphs = tuple(Span(b - len(line), b) for line, b in zip(lines, stops, strict=True))
    return replace(document, text="\n".join(lines), paragraphs=paragraphs)


def _is_of(each: Noticed, cut: Cut) -> bool:
    span = each.src_span
    if span is None or each.kind in _ADDED:
        return False
    return span.start < cut.src.stop and cut.src.start < span.stop


if __name__ == "__main__":
    main()
