"""Tell questions that are none in the other language.

What it does: a warning for each unit with a question mark on one side alone.

Why that is bad: the reader of the translation is asked nothing, or asked too much.

To switch it off: leave `questions` out of `--checks`, or remove the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.check.noticed import Noticed, notice
from aligner.span import Span
from aligner.terms.units import TextUnit


def lost_questions(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield the units that ask on one side alone."""
    for unit in units:
        if not (unit.src and unit.tgt):
            continue
        asks, asks_too = "？" in unit.src or "?" in unit.src, "?" in unit.tgt
        if asks != asks_too:
            yield notice(
                unit,
                check="questions",
                kind="question",
                severity="warning",
                why=f"A question in {'Chinese' if asks else 'English'} alone.",
                p=0.7,
                src=Span(0, len(unit.src)),
                tgt=Span(0, len(unit.tgt)),
            )
