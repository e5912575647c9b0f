"""Fit how far a suspicion is trusted, on findings that were read and slips that were planted.

    python scripts/fit_trust.py ../shared -o aligner/data/weights-trust.json

`trust_labels.jsonl` beside this script has the verdicts of a reading of 560 warnings on
clean text, by their places: R, a difference of wording that a reviser would want to see;
L, a legitimate one; E, no rendering of the term. Slips are planted with other seeds than
planted_slips.py measures with. What was read is cross-validated over terms.

The report of 2019 and one half of tico19 (`tico19-b`) are not looked at here: they are
for reading the findings of the fitted model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from _terms_gold import bitexts
from fit_terms import Doubles, area, fit_logistic, stored
from planted_slips import folder_of, hits, planted

from aligner import __version__
from aligner.bitext import Bitext
from aligner.check.checks.consistency import as_finding
from aligner.check.severity import severity_of
from aligner.check.suspicion import suspicions
from aligner.check.trust import NAMES, describe
from aligner.encode.spans import SpanEncoder
from aligner.span import Span
from aligner.terms.look import look

LABELS = Path(__file__).with_name("trust_labels.jsonl")
SETS = ("hkma-2015", "hkma-2016", "hkma-2017", "hkma-2018", "tico19-a")
SEEDS = (101, 102)
SLIP_WEIGHT = 0.25  # of a planted slip; a finding that was read weighs 1
L2 = 30.0
FOLDS = 10
LEAST = {"high": 0.24, "quiet": 0.65}  # chosen by the table that is printed


Place = tuple[str, int, tuple[int, int], tuple[int, int]]  # document, bead, both spans


@dataclass(frozen=True)
class Row:
    """One suspicion."""

    place: Place
    term: str
    warning: bool
    slip: bool
    values: np.ndarray[tuple[int], np.dtype[np.float32]]


def half(name: str) -> str:
    """Return which half of tico19 a document belongs to."""
    return "tico19-a" if sum(map(ord, name)) % 2 else "tico19-b"


def of_set(documents: Sequence[Bitext], name: str) -> list[Bitext]:
    """Return the documents of a set."""
    if name.startswith("hkma-"):
        return [each for each in documents if each.id.startswith(name[5:])]
    return [each for each in documents if half(each.id) == name and each.id != "CMU_1"]


def rows(texts: Sequence[Bitext], slips: Sequence[object], encoder: SpanEncoder) -> Iterator[Row]:
    """Describe every suspicion in some texts; with slips, those that overlap one."""
    looked = look(texts, glossary=None, candidates=True, encoder=encoder, progress=silent)
    for each in suspicions(looked):
        term, unit = looked.terms[each.term], looked.units[each.seen.place.unit]
        found = as_finding(each, 1.0, looked)
        slip = any(hits(found, s) for s in slips)  # type: ignore[arg-type]
        if each.seen.span is None or (slips and not slip):
            continue
        yield Row(
            place=(unit.doc, unit.bead, each.seen.place.span, each.seen.span),
            term=term.wanted.key,
            warning=severity_of(each.comparison.difference, title=each.title) == "warning",
            slip=slip,
            values=describe(each, term),
        )


def silent(_stage: str) -> None:
    """Say nothing of the stages."""


def read_labels() -> dict[Place, bool]:
    """Return which of the places that were read are real."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    found = map(json.loads, lines)
    return {
        (d["doc"], d["bead"], Span(*d["src_span"]), Span(*d["tgt_span"])): d["label"] == "R"
        for d in found
    }


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with gold/ and terms/")
    parser.add_argument("-o", "--out", type=Path, help="write the weights here")
    args = parser.parse_args()
    encoder = SpanEncoder()
    aligned = {
        folder: list(bitexts(args.data / "gold" / folder)) for folder in ("hkma-dev", "tico19")
    }
    labels = read_labels()
    clean: list[Row] = []
    slips: list[Row] = []
    for name in SETS:
        whole = "tico19" if name.startswith("tico19") else name
        documents = aligned[folder_of(whole)]
        clean += rows(of_set(documents, name), (), encoder)
        for seed in SEEDS:
            texts, planted_here = planted(whole, args.data, seed=seed, documents=documents)
            mine = of_set(texts, name)
            ids = {bitext.id for bitext in mine}
            wanted = [slip for slip in planted_here if slip.doc in ids]
            slips += rows(mine, wanted, encoder)
        print(name, len(clean), "suspicions,", len(slips), "at slips", flush=True)
    read = [row for row in clean if row.place in labels]
    label = np.array([labels[row.place] for row in read])
    x = np.stack([row.values for row in read])
    extra = np.stack([row.values for row in slips])
    fold = np.array([crc32(row.term.encode()) % FOLDS for row in read])
    p = np.zeros(len(read))
    for k in range(FOLDS):
        here = fold == k
        model = fit_logistic(*mixed(x[~here], label[~here], extra), l2=L2)
        p[here] = 1 / (1 + np.exp(-model(x[here])))
    print(f"{len(read)} of {len(labels)} that were read: area {area(p, label):.3f}")
    for n in (40, 80, 120, 160, 220):
        best = np.argsort(-p)[:n]
        print(f"  best {n}: {label[best].mean():.2f} real, p >= {p[best[-1]]:.3f}")
    model = fit_logistic(*mixed(x, label, extra), l2=L2)
    warned = np.array([row.warning for row in slips])
    at_slips = 1 / (1 + np.exp(-model(extra)))
    for name, value in LEAST.items():
        print(
            f"{name}: p >= {value}: {label[p >= value].mean():.2f} of those read are real,"
            f" {(at_slips[warned] >= value).mean():.2f} of the suspicions at slips are reported"
        )
    if args.out:
        weights = {
            "signature": f"trust-1 ({len(read)} read, {len(slips)} at slips)",
            "provenance": {
                "script": "scripts/fit_trust.py",
                "version": __version__,
                "sets": list(SETS),
                "seeds": list(SEEDS),
                "names": list(NAMES),
            },
            "least": LEAST,
            **stored(model),
        }
        args.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def mixed(
    x: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    label: np.ndarray[tuple[int], np.dtype[np.bool_]],
    extra: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> tuple[
    np.ndarray[tuple[int, int], np.dtype[np.float32]],
    np.ndarray[tuple[int], np.dtype[np.bool_]],
    Doubles,
]:
    """Return what was read and what was planted, with labels and weights."""
    return (
        np.concatenate([x, extra]),
        np.concatenate([label, np.ones(len(extra), dtype=bool)]),
        np.concatenate([np.ones(len(x)), np.full(len(extra), SLIP_WEIGHT)]),
    )


if __name__ == "__main__":
    main()
