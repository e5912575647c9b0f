"""What the checks of segments and names find: in good texts, and of planted slips.

    python scripts measure.doubles DATA [--out FILE] [--planted 50] [--seed 1] [INPUT...]

Inputs are those of `helpers.judged`. All findings are written to FILE with both sentences,
to be read. Then slips (see helpers/wrong_doubles.py) are planted into each input, all of a
kind at once; one is found if its check tells of the place, and did not before.

Seconds: 200 for 11,000 pairs, after the texts are aligned.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from aligner.check.checks.segments import segments
from aligner.check.checks.spelt_names import names
from aligner.check.noticed import Noticed
from aligner.terms.units import TextUnit, units
from helpers.judged import NOVELS, YEARS, texts_of
from helpers.wrong_doubles import KINDS, planted
from measure.numbers import told

CHECKS: Final[dict[str, Callable[[Sequence[TextUnit]], Iterable[Noticed]]]] = {
    "segments": segments,
    "names": names,
}
_INPUTS: Final = (
    *(f"hkma-{year}" for year in YEARS),
    *NOVELS,
    *("news21", "ntrex-a", "ntrex-b", "open-sdg", "law"),
)


def main() -> None:
    """Print how many findings each check has, and the share of planted slips found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("inputs", nargs="*", default=_INPUTS)
    parser.add_argument("--out", type=Path, help="for all findings with their sentences")
    parser.add_argument("--planted", type=int, default=8, help="of each kind in an input, at most")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines: list[str] = []
    times, noticed = Counter[str](), Counter[str]()
    chance = random.Random(options.seed)  # noqa: S311 - for drawing places
    for name in options.inputs:
        every = [unit for bitext in texts_of(name, options.data) for unit in units(bitext)]
        before = {check: list(look(every)) for check, look in CHECKS.items()}
        for check, found in before.items():
            kinds = Counter(f"{each.kind}, {each.severity}" for each in found)
            print(f"{name:12} {len(every):5} units, {check}: {dict(kinds)}", flush=True)
            lines += told(name, every, found)
        for kind, (check, _) in KINDS.items():
            wrong, places = planted(kind, every, options.planted, chance)
            known = {(f.doc, f.bead) for f in before[check]}
            after = {(f.doc, f.bead) for f in CHECKS[check](wrong)} if places else set()
            for place in places:
                key = f"{check}: {kind}"
                times[key] += 1
                hit = any(at in after and at not in known for at in place)
                noticed[key] += hit
                if not hit:
                    unit = next(u for u in wrong if (u.doc, u.bead) == place[0])
                    lines.append(f"missed {key} {name}\n{unit.src}\n{unit.tgt}\n")
    for key, count in sorted(times.items()):
        print(f"{key:36} {noticed[key]:3} of {count:3} found, {noticed[key] / count:.3f}")
    if options.out:
        options.out.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
