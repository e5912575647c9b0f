"""Score an alignment against gold, and its probabilities against what was right.

Links may be written in any order and may cross. A link is right if both of its
sides are exactly the sides of a gold link. How links without a partner are counted
differs from paper to paper, so three conventions are given, and a lax one
(`counts`); where only paragraphs are known, links are held against these
(`paragraphs`).
"""

from aligner.formats.common.link_lines import Link, links_of, parse_align, read_align
from aligner.scoring.calibration import Bin, Calibration, calibrate, calibration, judge
from aligner.scoring.counts import (
    CONVENTIONS,
    LINK_KINDS,
    KindCounts,
    LinkCounts,
    Score,
    count,
    kind_of,
    scores,
)
from aligner.scoring.evaluation import DocumentScore, Evaluation, evaluate
from aligner.scoring.gold import merge_units, pair_files, read_units
from aligner.scoring.paragraphs import ParagraphCounts, count_paragraphs

__all__ = [
    "CONVENTIONS",
    "LINK_KINDS",
    "Bin",
    "Calibration",
    "DocumentScore",
    "Evaluation",
    "KindCounts",
    "Link",
    "LinkCounts",
    "ParagraphCounts",
    "Score",
    "calibrate",
    "calibration",
    "count",
    "count_paragraphs",
    "evaluate",
    "judge",
    "kind_of",
    "links_of",
    "merge_units",
    "pair_files",
    "parse_align",
    "read_align",
    "read_units",
    "scores",
]
