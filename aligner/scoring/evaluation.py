"""Score alignment files, or folders of them, against gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aligner.formats.common.link_lines import Link
from aligner.scoring.bitext_links import links_in
from aligner.scoring.calibration import Calibration, calibrate, judge
from aligner.scoring.counts import LinkCounts, Score, count, scores
from aligner.scoring.gold import merge_units, pair_files, read_units
from aligner.scoring.same_numbering import same_numbers


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's name and counts."""

    name: str
    counts: LinkCounts

    @property
    def scores(self) -> dict[str, Score]:
        """The document's score in each convention."""
        return scores(self.counts)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The documents, their sum, and the calibration if every link has a probability."""

    documents: tuple[DocumentScore, ...]
    total: LinkCounts
    calibration: Calibration | None
    notes: tuple[str, ...] = ()  # why a score may be of other sentences

    @property
    def scores(self) -> dict[str, Score]:
        """The score of all documents together in each convention."""
        return scores(self.total)


def evaluate(gold: str | Path, test: str | Path, *, merge_units: bool = False) -> Evaluation:
    """Score two files, or the `*.align` files of two folders, paired by name.

    A file holds links alone, or is a bitext that numbers its sentences, as all of ours do.

    Numbers that count the blank lines of the texts beside the links are compared with
    others that do not (see `numbering`), and noted.

    Args:
        gold: What is right.
        test: What an aligner found.
        merge_units: Join neighbouring test links inside one verse or unit first; the
            units of NAME.align are in NAME.zh.verse and NAME.en.verse (or `.unit`).

    Raises:
        ReadError: A file is missing or not an alignment.
        SettingError: One is a folder, the other a file; or a bitext has no numbers.
        AlignmentError: With `merge_units`, a link names a sentence without a unit.
    """
    documents, judged, notes = [], [], list[str]()
    has_p = True
    for name, gold_file, test_file in pair_files(gold, test):
        gold_links, test_links = links_in(gold_file), links_in(test_file)
        if merge_units:
            test_links = _merge(test_links, gold_file)
        gold_links, test_links, doubts = same_numbers(
            gold_links, test_links, files=(gold_file, test_file)
        )
        notes += doubts
        documents.append(DocumentScore(name, count(gold_links, test_links)))
        has_p = has_p and all(link.p is not None for link in test_links)
        judged += judge(gold_links, test_links) if has_p else []
    total = sum((document.counts for document in documents), LinkCounts())
    return Evaluation(
        tuple(documents), total, calibrate(judged) if has_p and judged else None, tuple(notes)
    )


def _merge(links: tuple[Link, ...], gold: Path) -> tuple[Link, ...]:
    return merge_units(links, read_units(gold, "zh"), read_units(gold, "en"))
