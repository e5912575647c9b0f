"""What the checks of references, leftovers and form find: in good texts, and of planted slips.

    python scripts measure.noticed DATA [--out FILE] [--planted 50] [--seed 1] [INPUT...]

Inputs are those of `helpers.judged`. All findings are written to FILE with both sentences,
to be read. Then slips (see helpers/wrong_form.py) are planted, one a sentence, so many of
each kind. One is found if its check finds more with it than without it, in a document of
the sentence and its neighbours.

Seconds: 20 for 7,000 pairs, after the texts are aligned.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from aligner.check.checks.form import form
from aligner.check.checks.leftovers import leftovers
from aligner.check.checks.references import references
from aligner.check.noticed import Noticed
from aligner.terms.units import TextUnit, units
from helpers.judged import texts_of
from helpers.wrong_form import FormSlip, form_slips
from measure.numbers import INPUTS, told

CHECKS: Final[dict[str, Callable[[Sequence[TextUnit]], Iterable[Noticed]]]] = {
    "references": references,
    "leftovers": leftovers,
    "form": form,
}
_NEAR: Final = 200  # units round a slip that are looked at, for what a document mostly does
_LEAST_P: Final = 0.5  # of a link into which a slip is planted


def main() -> None:
    """Print how many findings each check has, and the share of planted slips found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("inputs", nargs="*", default=INPUTS)
    parser.add_argument("--out", type=Path, help="for all findings with their sentences")
    parser.add_argument("--planted", type=int, default=50, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    every: list[TextUnit] = []
    lines: list[str] = []
    for name in options.inputs:
        of_text = [unit for bitext in texts_of(name, options.data) for unit in units(bitext)]
        every += of_text
        for check, look in CHECKS.items():
            found = list(look(of_text))
            kinds = Counter(each.kind for each in found)
            print(f"{name:12} {len(of_text):5} units, {check}: {dict(kinds)}")
            lines += told(name, of_text, found)
    if options.out:
        options.out.write_text("\n".join(lines), "utf-8")
    times, noticed = Counter[str](), Counter[str]()
    for place, slip in drawn(every, random.Random(options.seed), options.planted):  # noqa: S311
        key = f"{slip.check}: {slip.kind}"
        times[key] += 1
        noticed[key] += is_found(every, place, slip)
    for key, count in sorted(times.items()):
        print(f"{key:36} {noticed[key]:3} of {count:3} found, {noticed[key] / count:.3f}")


def drawn(
    every: Sequence[TextUnit], chance: random.Random, count: int
) -> Iterator[tuple[int, FormSlip]]:
    """Yield planted slips with the number of their unit."""
    places = list(range(len(every)))
    chance.shuffle(places)
    had = Counter[str]()
    for place in places:
        unit = every[place]
        if unit.p < _LEAST_P or not (unit.src and unit.tgt):
            continue
        slips = [s for s in form_slips(unit.src, unit.tgt, chance) if had[s.kind] < count]
        if slips:
            slip = min(slips, key=lambda s: had[s.kind])
            had[slip.kind] += 1
            yield place, slip


def is_found(every: Sequence[TextUnit], place: int, slip: FormSlip) -> bool:
    """Tell whether a slip's check finds more near it than without it."""
    unit = every[place]
    around = [u for u in every[max(0, place - _NEAR) : place + _NEAR + 1] if u.doc == unit.doc]
    wrong = replace(
        unit,
        src=slip.src,
        tgt=slip.tgt,
        src_char=np.arange(len(slip.src), dtype=np.int32),
        tgt_char=np.arange(len(slip.tgt), dtype=np.int32),
    )
    look = CHECKS[slip.check]
    changed = [wrong if each is unit else each for each in around]
    return len(list(look(changed))) > len(list(look(around)))


if __name__ == "__main__":
    main()
