"""A line of the original that stands twice and has two translations.

What it does: it looks for headings, titles, labels and sentences that stand in the original
word for word at two places or more, each a segment of its own, and reports the places whose
translation has other words than most. Capitals, number and spelling are in order.

Why that is bad: a repeated heading or label is a reference. Translated in two ways it is
two headings, and the reader looks for the second one in vain.

Example:
    海港开放日程 | Harbour Open Day Schedule
    船只每小时一班。 | Boats leave every hour.
    海港开放日程 | Programme of the Port Open Day
    登船须持票。 | Boarding requires a ticket.
    海港开放日程 | Harbour Open Day Schedule
    -> 海港开放日程: ‘Programme of the Port Open Day’, expected ‘Harbour Open Day Schedule’ (substitution, warning)

To switch it off: accept the translation with its reason in the file that `--baseline` names.
"""  # noqa: E501 - an example is one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.build import build, changes
from aligner.check.judging.trust import Sensitivity
from aligner.check.severity import is_harmless
from aligner.findings import Difference, Finding, Severity
from aligner.lang.shadow import shadow
from aligner.messages import _
from aligner.span import Span
from aligner.terms.located import Looked, Seen
from aligner.terms.units import TextUnit
from aligner.terms.wanted import TermPlace
from aligner.wording.content_words import group_key
from aligner.wording.difference import compare_once

SURELY_ALIGNED: Final = 0.8  # P(link): a wrong one has another translation by nature
LEAST: Final = 2  # characters; a single one is a mark of a list
QUOTED_FROM: Final = 60  # characters: a longer text that stands twice is a quotation
LABEL: Final = 24  # characters up to which a text without a full stop is a heading or a label
# That a reviser wants to see it: of 20 such places in five genres, by one reader's eye, 8 of
# 10 labels and headings, and 4 of 10 sentences.
P_LABEL: Final = 0.8
P_SENTENCE: Final = 0.4
SENTENCE_ENDS: Final = frozenset("。！？；.!?;")
OTHER_WORDS: Final = frozenset(("substitution", "short form", "expansion"))


def repeated_lines(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield a finding for each place of a repeated text that is out of line. Cost: linear."""
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(looked.units):
        if unit.src and unit.tgt and unit.p >= SURELY_ALIGNED and len(unit.src) <= QUOTED_FROM:
            key = _bare(unit.src)
            if len(key) >= LEAST and not key.isascii():
                by_text[key].append(number)
    for numbers in by_text.values():
        if len(numbers) > 1:
            yield from _odd(looked, numbers, sensitivity)


def _odd(looked: Looked, numbers: Sequence[int], sensitivity: Sensitivity) -> Iterator[Finding]:
    by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        by_key[group_key(looked.units[number].tgt)].append(number)
    usual, *others = sorted(by_key.values(), key=lambda each: (-len(each), each[0]))
    expected = " ".join(looked.units[usual[0]].tgt.split())
    for places in others:
        text = " ".join(looked.units[places[0]].tgt.split())
        comparison = compare_once(expected, text)
        if is_harmless(comparison.difference) and comparison.difference != "short form":
            continue
        severity = _severity(looked.units[places[0]].src, comparison.difference)
        if severity == "info" and sensitivity == "quiet":
            continue
        changed = changes(comparison)
        why = _("The same text is translated in other words elsewhere")
        for number in places:
            yield build(
                looked,
                _whole(looked.units[number], number),
                term=" ".join(looked.units[number].src.split()),
                expected=expected,
                difference=comparison.difference,
                severity=severity,
                why=f"{why}: {changed}." if changed else f"{why}.",
                p=P_LABEL if severity == "warning" else P_SENTENCE,
            )


def _severity(text: str, difference: Difference) -> Severity:
    """Return how much it matters: the wording of a label is fixed, that of a sentence is not."""
    is_label = len(text) <= LABEL and text[-1] not in SENTENCE_ENDS
    return "warning" if is_label and difference in OTHER_WORDS else "info"


def _whole(unit: TextUnit, number: int) -> Seen:
    place = TermPlace(number, Span(0, len(unit.src)), crosses=False, title=True)
    text = " ".join(unit.tgt.split())
    return Seen(place, Span(0, len(unit.tgt)), text, unit.p, 1.0)


def _bare(text: str) -> str:
    """Return a text as it is compared: simplified, without marks."""
    return "".join(c for c in shadow(text).text if c.isalnum()).lower()
