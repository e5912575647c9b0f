"""How many findings of the check of numbers are false, and how many planted errors it finds.

    python scripts measure.numbers DATA [--out FILE] [--planted 200] [--seed 1] [INPUT...]

Inputs are those of `helpers.judged`, aligned by the product. All findings are written to
FILE with both sentences, to be read: which of them are false only a reader can say. Then
errors of six kinds (see helpers/wrong_numbers.py) are planted into sentences with a number,
one a sentence, as many of each kind, at places drawn by a fixed seed. One is found if the
check finds more with it than without it, in that sentence and the 12 on each side.

Seconds: 40 for 5,000 pairs with a number, after the texts are aligned.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from aligner.check.checks.wrong_numbers import wrong_numbers
from aligner.check.noticed import Noticed
from aligner.lang.numbers import number_values
from aligner.terms.units import TextUnit, units
from helpers.judged import YEARS, texts_of
from helpers.wrong_numbers import KINDS, wrong_texts

INPUTS: Final = (
    *(f"hkma-{year}" for year in YEARS),
    "ntrex-a",
    "ntrex-b",
    "news21",
    "open-sdg",
    "law",
    "tico-a",
    "tico-b",
)
_NEAR: Final = 12  # units round an error that are looked at
_LEAST_P: Final = 0.5  # of a link into which an error is planted


def main() -> None:
    """Print how many findings there are, and the share of planted errors found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("inputs", nargs="*", default=INPUTS)
    parser.add_argument("--out", type=Path, help="for all findings with their sentences")
    parser.add_argument("--planted", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print the errors not found")
    options = parser.parse_args()
    texts = {
        name: [unit for bitext in texts_of(name, options.data) for unit in units(bitext)]
        for name in options.inputs
    }
    lines: list[str] = []
    for name, of_text in texts.items():
        found = list(wrong_numbers(of_text))
        count = sum(has_number(unit) for unit in of_text)
        print(f"{name:12} {count:5} pairs with a number, {len(found):3} findings")
        lines += told(name, of_text, found)
    if options.out:
        options.out.write_text("\n".join(lines), "utf-8")
    chance = random.Random(options.seed)  # noqa: S311 - for drawing places
    every = [unit for of_text in texts.values() for unit in of_text]
    times, noticed = Counter[str](), Counter[str]()
    for kind, place, text in drawn(every, chance, options.planted):
        times[kind] += 1
        noticed[kind] += (found_it := is_noticed(every, place, text))
        if options.missed and not found_it:
            print(kind, every[place].src, every[place].tgt, text, "", sep="\n")
    for kind in KINDS:
        share = noticed[kind] / max(1, times[kind])
        print(f"{kind:12} {noticed[kind]:4} of {times[kind]:4} found, {share:.3f}")
    print(f"{'all':12} {noticed.total():4} of {times.total():4} found")


def has_number(unit: TextUnit) -> bool:
    """Tell whether both sides are there and one states a number."""
    both = bool(unit.src and unit.tgt)
    return both and bool(number_values(unit.src, "zh") or number_values(unit.tgt, "en"))


def told(name: str, of_text: Sequence[TextUnit], found: Sequence[Noticed]) -> Iterator[str]:
    """Yield each finding with its sentences."""
    by_bead = {(unit.doc, unit.bead): unit for unit in of_text}
    for each in found:
        unit = by_bead[each.doc, each.bead]
        yield f"## {each.kind}: {each.src} | {each.tgt}  {name} {each.doc} {each.bead} {each.p}"
        yield f"{each.why}\n{unit.src}\n{unit.tgt}\n"


def drawn(
    every: Sequence[TextUnit], chance: random.Random, count: int
) -> Iterator[tuple[str, int, str]]:
    """Yield planted errors: kind, number of the unit and its English text with the error."""
    places = list(range(len(every)))
    chance.shuffle(places)
    wanted = {kind: -(-(count - n) // len(KINDS)) for n, kind in enumerate(KINDS)}
    had: defaultdict[str, int] = defaultdict(int)
    for place in places:
        unit = every[place]
        if unit.p < _LEAST_P or not (unit.tgt and number_values(unit.src, "zh")):
            continue
        kinds = [(kind, text) for kind, text in wrong_texts(unit.tgt, chance) if text != unit.tgt]
        open_kinds = [(kind, text) for kind, text in kinds if had[kind] < wanted[kind]]
        if open_kinds:
            kind, text = chance.choice(open_kinds)
            had[kind] += 1
            yield kind, place, text


def is_noticed(every: Sequence[TextUnit], place: int, text: str) -> bool:
    """Tell whether the check finds more near a sentence once it has the error."""
    unit = every[place]
    wrong = replace(unit, tgt=text, tgt_char=np.arange(len(text), dtype=np.int32))
    near = slice(max(0, place - _NEAR), place + _NEAR + 1)
    around = [each for each in every[near] if each.doc == unit.doc]
    changed = [wrong if each is unit else each for each in around]
    return len(list(wrong_numbers(changed))) > len(list(wrong_numbers(around)))


if __name__ == "__main__":
    main()
