"""Draw warnings on clean text for a person to read: how many of them are real?

    python scripts measure.sample_findings ../shared --sensitivity quiet --number 60 -o quiet.jsonl

The text is what fit_trust.py did not look at: the report of 2019 of `gold/hkma-dev` and
one half of `gold/tico19`, each as one input. Places of one rendering of one term are one
warning. Each line has the sentence pair with the two places in 【】.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from aligner.bitext import Bitext
from aligner.check.find_terms import find_terms
from aligner.encode.spans import SpanEncoder
from aligner.findings import Finding
from helpers.planting import of_set
from helpers.terms_gold import bitexts

SETS = {"hkma-2019": "hkma-dev", "tico19-b": "tico19"}
ROUND = 120  # characters shown on either side of a place


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/")
    parser.add_argument("--sensitivity", choices=("high", "quiet"), default="quiet")
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = SpanEncoder()
    lines: list[dict[str, object]] = []
    for name, folder in SETS.items():
        texts = of_set(list(bitexts(args.data / "gold" / folder)), name)
        found = find_terms(texts, sensitivity=args.sensitivity, encoder=encoder)
        by_id = {bitext.id: bitext for bitext in texts}
        first = {
            (f.term, f.rendering.lower()): f
            for f in reversed(found.findings)
            if f.severity in {"warning", "error"}
        }
        sentences = sum(len(bitext.alignment.beads) for bitext in texts)
        print(f"{name}: {len(first)} warnings, {sentences} sentence pairs", flush=True)
        lines += [_line(name, f, by_id[f.doc]) for f in first.values()]
    random = np.random.default_rng(args.seed)
    drawn = sorted(random.permutation(len(lines))[: args.number].tolist())
    text = "".join(json.dumps(lines[n], ensure_ascii=False) + "\n" for n in drawn)
    args.out.write_text(text, encoding="utf-8")


def _line(name: str, finding: Finding, bitext: Bitext) -> dict[str, object]:
    return {
        "set": name,
        "doc": finding.doc,
        "bead": finding.bead,
        "term": finding.term,
        "rendering": finding.rendering,
        "expected": finding.expected,
        "class": finding.difference,
        "p": finding.p,
        "why": finding.why,
        "zh": _marked(bitext.src_doc.text, *finding.src_span),
        "en": _marked(bitext.tgt_doc.text, *finding.tgt_span),
    }


def _marked(text: str, start: int, stop: int) -> str:
    before, after = text[max(0, start - ROUND) : start], text[stop : stop + ROUND]
    return f"{before}【{text[start:stop]}】{after}"


if __name__ == "__main__":
    main()
