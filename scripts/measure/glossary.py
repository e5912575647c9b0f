"""Hold a clean yearly report against true entries, and against planted violations.

    python scripts measure.glossary ../shared [--years 2016] [--seeds 1 2] [--out FILE]

(a) Entries: terms of `terms/hkma-2015-2019.tsv` with one rendering that stand in at least
four units and have that rendering in at least three of four of them; 90 are drawn. What is reported
over the report as it was published is counted by severity and written, with the sentences,
to --out: a reader says which errors are true.
(b) Slips are planted (`helpers.slips`) in terms of the same kind, which are the glossary; a
slip is found if an error or a warning overlaps its words, or lies in its sentence and names
its term. A remark counts apart.

Takes about half a minute a year and seed on one core, besides the alignment.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from aligner.bitext import Bitext
from aligner.check.find_terms import find_terms
from aligner.encode.spans import SpanEncoder
from aligner.findings import Finding
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.lang.shadow import shadow
from aligner.terms.units import TextUnit
from helpers.judged import texts_of
from helpers.planting import hits
from helpers.slip_wordings import normal, with_other_number
from helpers.slips import Slip, plant
from helpers.terms_gold import both_sided, read_dictionary

LEAST_UNITS: Final = 4
LEAST_SHARE: Final = 0.75  # of the units of a term that have its rendering
DRAWN: Final = 90
SLIPS: Final = 40


def true_entries(
    texts: Sequence[Bitext], dictionary: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Return the terms that have one rendering in the dictionary and mostly in the text."""
    units = [unit for bitext in texts for unit in both_sided(bitext)]
    src = [shadow(unit.src).text for unit in units]
    tgt = [f" {normal(unit.tgt)} " for unit in units]
    found = {}
    for term, renderings in sorted(dictionary.items()):
        numbers = {form for text in renderings for form in with_other_number(text)}
        if len(renderings) > 1 and len(renderings - with_other_number(min(renderings))) > 0:
            continue
        having = [n for n, text in enumerate(src) if term in text]
        share = sum(any(f" {form} " in tgt[n] for form in numbers) for n in having)
        if len(having) >= LEAST_UNITS and share >= LEAST_SHARE * len(having):
            found[term] = min(renderings)
    return {term: as_written(text, units) for term, text in found.items()}


def as_written(text: str, units: Sequence[TextUnit]) -> str:
    """Return a rendering with the capitals that it mostly has inside sentences."""
    forms: Counter[str] = Counter()
    for unit in units:
        found = list(re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", unit.tgt, re.IGNORECASE))
        inside = [match for match in found if re.search(r"[a-z,] $", unit.tgt[: match.start()])]
        forms.update({match[0]: 100 for match in inside})
        forms.update(match[0] for match in found)
    return max(sorted(forms), key=lambda form: forms[form], default=text)


def glossary_from(entries: Mapping[str, str]) -> Glossary:
    """Return entries as a glossary."""
    return Glossary(tuple(Entry(term, (Target(text),)) for term, text in entries.items()), "drawn")


def clean(texts: Sequence[Bitext], entries: Mapping[str, str], seed: int) -> list[Finding]:
    """Return what is reported with some entries, drawn, over texts as they are."""
    terms = sorted(entries)
    chosen = np.random.default_rng(seed).permutation(len(terms))[:DRAWN]
    drawn = glossary_from({terms[n]: entries[terms[n]] for n in sorted(chosen)})
    found = find_terms(texts, glossary=drawn, candidates=False, encoder=SpanEncoder())
    return list(found.findings)


def planted_found(
    texts: Sequence[Bitext], dictionary: Mapping[str, frozenset[str]], seed: int
) -> list[tuple[Slip, Finding | None]]:
    """Return planted slips, each with the worst finding that points at it, if any does."""
    changed, slips = plant(texts, dictionary, terms=SLIPS, seed=seed)
    units = [unit for bitext in texts for unit in both_sided(bitext)]
    settled = {slip.term: as_written(slip.old, units) for slip in slips}
    found = find_terms(
        changed, glossary=glossary_from(settled), candidates=False, encoder=SpanEncoder()
    )
    outcome = []
    for slip in slips[:SLIPS]:
        hit = None
        for each in found.findings:
            same = each.doc == slip.doc and each.bead == slip.bead
            if hits(each, slip) or (same and shadow(each.term).text == slip.term):
                hit = each
                break
        outcome.append((slip, hit))
    return outcome


def written(texts: Sequence[Bitext], finding: Finding) -> dict[str, object]:
    """Return a finding with its sentences, for reading."""
    bitext = next(each for each in texts if each.id == finding.doc)
    return {
        "severity": finding.severity,
        "p": finding.p,
        "term": finding.term,
        "rendering": finding.rendering,
        "expected": finding.expected,
        "difference": finding.difference,
        "why": finding.why,
        "doc": finding.doc,
        "zh": "".join(bitext.src[n].text for n in finding.src_ids),
        "en": " ".join(bitext.tgt[n].text for n in finding.tgt_ids),
    }


def parse_args() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, metavar="FOLDER", help="has gold and terms")
    parser.add_argument("--years", nargs="+", default=["2016"], metavar="YEAR")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1], metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="findings, one a line")
    return parser.parse_args()


def main() -> int:
    """Measure all years and seeds; return the exit status."""
    args = parse_args()
    dictionary = read_dictionary(args.shared / "terms" / "hkma-2015-2019.tsv")
    lines: list[dict[str, object]] = []
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for year in args.years:
        texts = texts_of(f"hkma-{year}", args.shared)
        entries = true_entries(texts, dictionary)
        for seed in args.seeds:
            found = clean(texts, entries, seed)
            slips = planted_found(texts, dictionary, seed)
            for name, counts in (
                ("clean", Counter(each.severity for each in found)),
                ("planted", Counter(hit.severity if hit else "missed" for _, hit in slips)),
            ):
                totals[name].update(counts)
                size = f"{min(DRAWN, len(entries))} entries" if name == "clean" else "slips"
                print(f"hkma-{year} seed {seed} {name:8} ({size}): {dict(counts)}", flush=True)
            tag = {"year": year, "seed": seed}
            lines += [{**tag, "kind": "clean", **written(texts, each)} for each in found]
            lines += [
                {**tag, "kind": "planted", "severity": hit.severity if hit else "missed",
                 "term": slip.term, "old": slip.old, "new": slip.new, "slip": slip.kind,
                 "why": hit.why if hit else "", "p": hit.p if hit else 0.0}
                for slip, hit in slips
            ]  # fmt: skip
    planted = totals["planted"]
    total = max(1, planted.total())
    severe = (planted["error"] + planted["warning"]) / total
    print(
        f"all: clean {dict(totals['clean'])}; planted {dict(planted)}:"
        f" {severe:.3f} by an error or warning, {1 - planted['missed'] / total:.3f} by any finding"
    )
    if args.out:
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        args.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
