"""Align sets of documents with gold links and print how right the result is.

    python scripts measure.alignment FOLDER... [--paragraphs SET]... [--weights FILE]
        [--refine NAME] [--out DIR] [--json]

A FOLDER is a set, or holds sets: folders of NAME.zh, NAME.en (one sentence a line) and
NAME.align. Where NAME.zh.verse or NAME.zh.unit stand beside them, links inside one unit
are joined before scoring. In a set named by --paragraphs the lines are paragraphs: both
sides are split into sentences first, and links are held against the paragraphs.

Figures are pooled over the documents of a set (micro average). Seconds are those of
reading, splitting, encoding and aligning; models are loaded before.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from aligner import pipeline, scoring
from aligner.bitext import Bitext, Document
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.encode.second_encoder import load_second
from aligner.errors import AlignerError
from aligner.formats.documents import read_document
from aligner.formats.outputs import write_bitext
from aligner.span import Span
from helpers.gold import PARAGRAPHS


class Model(NamedTuple):
    """What aligns."""

    encoder: Encoder
    weights: Path | None  # those that come with the package if None
    refine: Encoder | None = None  # a second encoder


@dataclass
class SetResult:
    """One set's figures; either `paragraphs` or the others are filled."""

    name: str
    documents: int = 0
    src: int = 0  # sentences
    tgt: int = 0
    seconds: float = 0.0
    counts: scoring.LinkCounts = field(default_factory=scoring.LinkCounts)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    paragraphs: scoring.ParagraphCounts | None = None

    @property
    def figures(self) -> dict[str, object]:
        """All figures by name, for JSON."""
        data: dict[str, object] = {
            "set": self.name,
            "documents": self.documents,
            "zh": self.src,
            "en": self.tgt,
            "seconds": round(self.seconds, 2),
        }
        if self.paragraphs:
            return {
                **data,
                "inside": self.paragraphs.respect,
                "paragraphs": self.paragraphs.score._asdict(),
            }
        calibration = scoring.calibrate(self.judged)
        return {
            **data,
            "scores": {k: v._asdict() for k, v in scoring.scores(self.counts).items()},
            "kinds": {k: v._asdict() for k, v in self.counts.kinds.items()},
            "ece": calibration.ece,
            "bins": [part._asdict() for part in calibration.bins],
        }


def find_sets(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield each folder that holds `*.align`, at the top or one below."""
    for folder in folders:
        inner = (path for path in sorted(folder.glob("*")) if path.is_dir())
        found = [path for path in (folder, *inner) if any(path.glob("*.align"))]
        if not found:
            raise AlignerError(f"{folder}: no *.align in this folder or in one below")
        yield from found


def read_paragraphs(path: Path) -> Document:
    """Return a document whose paragraphs are the lines of the file."""
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return Document(path.name, "\n".join(lines), tuple(spans), source=str(path))


def align_pair(gold: Path, model: Model, *, paragraphs: bool) -> Bitext:
    """Align NAME.zh and NAME.en beside NAME.align."""
    read = read_paragraphs if paragraphs else read_document
    src, tgt = (read(gold.with_suffix(f".{side}")) for side in ("zh", "en"))
    return pipeline.align_documents(
        src,
        tgt,
        pre_split=not paragraphs,
        encoder=model.encoder,
        weights=model.weights,
        refine=model.refine,
    )


def add_scores(result: SetResult, gold_file: Path, bitext: Bitext) -> None:
    """Count one document's links against its gold."""
    gold, test = scoring.read_align(gold_file), scoring.links_of(bitext.alignment)
    check_lines(gold, bitext, gold_file)
    if list(gold_file.parent.glob(f"{gold_file.stem}.zh.*")):
        units = [scoring.read_units(gold_file, side) for side in ("zh", "en")]
        test = scoring.merge_units(test, *units)
    result.counts += scoring.count(gold, test)
    result.judged += scoring.judge(gold, test)


def add_paragraphs(result: SetResult, gold_file: Path, bitext: Bitext) -> None:
    """Count one document's links against its paragraphs."""
    gold, test = scoring.read_align(gold_file), scoring.links_of(bitext.alignment)
    places = [[piece.paragraph for piece in side] for side in (bitext.src, bitext.tgt)]
    counts = scoring.count_paragraphs(gold, test, *places)
    result.paragraphs = (result.paragraphs or scoring.ParagraphCounts()) + counts


def check_lines(gold: Iterable[scoring.Link], bitext: Bitext, gold_file: Path) -> None:
    """Make sure that the gold speaks of the lines that were read."""
    for side, size in (("src", len(bitext.src)), ("tgt", len(bitext.tgt))):
        top = max((n for link in gold for n in getattr(link, side)), default=-1)
        if top >= size:
            raise AlignerError(f"{gold_file}: links {side} line {top}, but {size} were read")


def write_links(bitext: Bitext, path: Path, *, paragraphs: bool) -> None:
    """Write the links, and of split paragraphs the paragraph of each sentence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bitext(bitext, path, to="align")
    if paragraphs:
        for side, pieces in (("zh", bitext.src), ("en", bitext.tgt)):
            numbers = "".join(f"{piece.paragraph}\n" for piece in pieces)
            path.with_suffix(f".{side}.unit").write_text(numbers, encoding="utf-8")


def evaluate_set(folder: Path, model: Model, *, paragraphs: bool, out: Path | None) -> SetResult:
    """Align and score all documents of one set."""
    result = SetResult(folder.name)
    for gold in sorted(folder.glob("*.align")):
        start = time.perf_counter()
        bitext = align_pair(gold, model, paragraphs=paragraphs)
        result.seconds += time.perf_counter() - start
        result.documents += 1
        result.src += len(bitext.src)
        result.tgt += len(bitext.tgt)
        (add_paragraphs if paragraphs else add_scores)(result, gold, bitext)
        if out:
            write_links(bitext, out / folder.name / gold.name, paragraphs=paragraphs)
    return result


def row(result: SetResult) -> str:
    """Return the table's row of one set."""
    name = f"{result.name:18}{result.documents:5}{result.src:7}{result.tgt:7}"
    end = f"{result.seconds:8.1f}"
    if result.paragraphs:
        p, r, f1 = result.paragraphs.score
        inside = f"links inside their paragraph {result.paragraphs.respect:.4f}"
        return f"{name}   {inside}   paragraphs {p:.4f} {r:.4f} {f1:.4f}".ljust(118) + end
    scores = scoring.scores(result.counts)
    del scores["lax"]
    parts = "".join(f"   {p:.4f} {r:.4f} {f1:.4f}" for p, r, f1 in scores.values())
    return f"{name}{parts}{scoring.calibrate(result.judged).ece:9.4f}{end}"


def head() -> str:
    """Return the table's two head lines."""
    names = "".join(f"   {name:20}" for name in ("non-null", "all-links", "vecalign"))
    columns = "   P      R      F1    " * 3
    return (
        f"{'':37}{names}\n{'set':18}{'docs':>5}{'zh':>7}{'en':>7}{columns}{'ECE':>9}{'seconds':>8}"
    )


def parse_args() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--paragraphs",
        action="append",
        default=sorted(PARAGRAPHS),
        metavar="SET",
        help="the lines of this set are paragraphs",
    )
    parser.add_argument("--encoder", default="use", help="its name (default: use)")
    parser.add_argument("--refine", metavar="NAME", help="a second encoder, for what is unsure")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="other than the shipped ones")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the links to DIR/SET/")
    parser.add_argument("--json", action="store_true", help="print JSON, one set a line")
    return parser.parse_args()


def main() -> int:
    """Evaluate all sets; return the exit status."""
    args = parse_args()
    encoder = load_encoder(args.encoder)
    refine = load_second(args.refine, encoder) if args.refine else None
    model = Model(encoder, args.weights, refine)
    if not args.json:
        print(head())
    for folder in find_sets(args.folders):
        paragraphs = folder.name in args.paragraphs
        result = evaluate_set(folder, model, paragraphs=paragraphs, out=args.out)
        print(json.dumps(result.figures) if args.json else row(result), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AlignerError as error:
        sys.exit(f"error: {error}")
