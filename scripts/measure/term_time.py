"""Measure how the time and memory of a look at the terms grow: the text, one term, a glossary.

    python scripts measure.term_time ratio ZH EN         against the alignment of the same pair
    python scripts measure.term_time text ZH EN [--sizes 2500 5000 10000 20000]
    python scripts measure.term_time term [--sizes 2500 5000 10000 20000]
    python scripts measure.term_time glossary ZH EN [--sizes 6000 12000 25000 50000]

ZH and EN hold one sentence a line. `text` takes the pair again and again, each time as a
document of its own, with another figure in each sentence, so that no sentence stands twice.
`term` makes up sentences that all have one term, a tenth of them in other words.
`glossary` looks for the entries of a made glossary, most of which the text lacks, and for
no candidates. Seconds are of the processor (all threads), which other programs disturb
less than the clock; beside them stand those of the clock. Each size is measured in a process
of its own, after a short look that loads tables and compiled loops. Sentences are linked one
to one as they stand, so that nothing but the terms is measured.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.check.find_terms import find_terms
from aligner.encode import load_encoder
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.pipeline import align_documents
from aligner.span import Span

COPY = 500  # sentences of a made document
OWN = 500  # entries of a made glossary that the text has
SLIP = 10  # of so many sentences of a made text one has other words
_THINGS = ("港口", "船坞", "仓库", "码头", "航道", "灯塔", "泊位", "货场")
_WORDS = ("port", "dock", "depot", "wharf", "channel", "lighthouse", "berth", "yard")
_CHARACTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


class Clock:
    """Seconds of the processor and of the clock since it was made."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def read(self) -> tuple[float, float]:
        """Return both."""
        return time.process_time() - self._cpu, time.perf_counter() - self._wall


def lines_of(path: str) -> list[str]:
    """Return the sentences of a file."""
    return Path(path).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def linked(name: str, pairs: Sequence[tuple[str, str]]) -> Bitext:
    """Return sentences as a bitext in which each is linked with its translation."""
    src, tgt = (_side(f"{name}.{n}", [pair[n] for pair in pairs]) for n in (0, 1))
    beads = tuple(Bead(Span(i, i + 1), Span(i, i + 1), 1.0) for i in range(len(pairs)))
    alignment = Alignment(beads, len(pairs), len(pairs))
    return Bitext(name, src[0], tgt[0], src[1], tgt[1], alignment)


def _side(name: str, lines: Sequence[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return lines as a document with a segment a line."""
    ends = list(accumulate(len(line) + 1 for line in lines))
    spans = [Span(end - len(line) - 1, end - 1) for end, line in zip(ends, lines, strict=True)]
    segments = tuple(
        Segment(name, n, span, line)
        for n, (span, line) in enumerate(zip(spans, lines, strict=True))
    )
    return Document(name, "\n".join(lines), tuple(spans)), segments


def repeated(pairs: Sequence[tuple[str, str]], size: int) -> list[Bitext]:
    """Return a text of so many sentences, no two of them alike, as several documents."""
    copies = range(-(-size // len(pairs)))
    made = [[(f"{zh}（{1000 + n}）", f"{en} ({1000 + n})") for zh, en in pairs] for n in copies]
    kept = size - len(pairs) * (len(made) - 1)
    return [linked(f"copy-{n}", part) for n, part in enumerate([*made[:-1], made[-1][:kept]])]


def one_term(size: int) -> list[Bitext]:
    """Return made sentences that all have one term, one of `SLIP` in other words."""
    pairs = []
    for n in range(size):
        one, two = n % len(_THINGS), n // len(_THINGS) % len(_THINGS)
        zone = "pilot area" if n % SLIP == 3 else "pilot zone"
        zh = f"海港先导区第{n}号{_THINGS[one]}和{_THINGS[two]}今年开放。"
        en = f"The {_WORDS[one]} and {_WORDS[two]} No. {n} of the harbour {zone} opened this year."
        pairs.append((zh, en))
    return [linked(f"part-{at}", pairs[at : at + COPY]) for at in range(0, size, COPY)]


def made_glossary(size: int, text: str) -> Glossary:
    """Return a glossary of pieces of a text and of made entries, no two alike."""
    own = dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1))
    own_keys = [key for key in own if key.isalpha()][:OWN]
    base = len(_CHARACTERS)
    keys = (
        "".join(_CHARACTERS[n // base**k % base] for k in range(4))
        for n in range(size - len(own_keys))
    )
    entries = (Entry(key, (Target(f"made thing {n}"),)) for n, key in enumerate([*own_keys, *keys]))
    return Glossary(tuple(entries))


def measured(make: Callable[[], list[Bitext]], glossary: Callable[[], Glossary] | None) -> str:
    """Look at the terms of a text; return a row of the table."""
    find_terms(one_term(20))
    bitexts, words = make(), glossary() if glossary else None
    clock = Clock()
    found = find_terms(bitexts, glossary=words, candidates=words is None)
    cpu, wall = clock.read()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    beads = sum(len(bitext.alignment.beads) for bitext in bitexts)
    places = sum(term.count for term in found.terms)
    most = max((term.count for term in found.terms), default=0)
    return (
        f"| {beads} | {places} | {most} | {len(found.findings)} | {cpu:.1f} | {wall:.1f} |"
        f" {1000 * cpu / beads:.1f} | {peak:.0f} |"
    )


def ratio(pairs: Sequence[tuple[str, str]], repeat: int) -> None:
    """Print the seconds of the terms against those of the alignment of the same pair."""
    print("| alignment, s | terms, s | ratio | by the clock |\n|---|---|---|---|")
    encoder = load_encoder("use")
    sides = [_side(name, [pair[n] for pair in pairs])[0] for n, name in enumerate(("zh", "en"))]
    find_terms(one_term(20))
    align_documents(sides[0], sides[1], pre_split=True, encoder=encoder)
    for _ in range(repeat):
        clock = Clock()
        bitext = align_documents(sides[0], sides[1], pre_split=True, encoder=encoder)
        align = clock.read()
        clock = Clock()
        find_terms(bitext)
        terms = clock.read()
        print(f"| {align[0]:.2f} | {terms[0]:.2f} | {terms[0] / align[0]:.2f} |"
              f" {terms[1] / align[1]:.2f} |", flush=True)  # fmt: skip


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("ratio", "text", "term", "glossary"))
    parser.add_argument("files", nargs="*", help="ZH EN")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--repeat", type=int, default=2)
    args = parser.parse_args()
    if args.what != "term" and len(args.files) != 2:
        parser.error("name ZH and EN")
    pairs = list(zip(*map(lines_of, args.files), strict=False)) if args.files else []
    if args.what == "ratio":
        ratio(pairs, args.repeat)
        return
    print(
        "| sentences | places | of one term | findings | s | by the clock | ms a sentence | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    text = "\n".join(zh for zh, _ in pairs)
    default = (6000, 12000, 25000, 50000) if args.what == "glossary" else (2500, 5000, 10000, 20000)
    for size in args.sizes or default:
        make = {
            "text": partial(repeated, pairs, size),
            "term": partial(one_term, size),
            "glossary": partial(repeated, pairs, len(pairs)),
        }[args.what]
        glossary = partial(made_glossary, size, text) if args.what == "glossary" else None
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.apply(measured, (make, glossary)), flush=True)


if __name__ == "__main__":
    main()
