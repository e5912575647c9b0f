"""Plant one slip of reference, language or form in a sentence pair.

Each kind belongs to the check that is to find it; a pair that has no place for it gives none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aligner.lang.labels import head_label
from aligner.wording.varieties import variety

_WORD: Final = re.compile(r"(?<= )[a-z]{3,}(?= )")
_HAN: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_LABEL: Final = re.compile(r"(?<=[A-Za-z] )\d+|(?<=^\()\d+|^\d+(?=\.)")
_CLOSER: Final = re.compile(r"[)”\]]")
_COMMA: Final = re.compile(r",(?= )")


class FormSlip(NamedTuple):
    """What was planted, and the pair that has it."""

    check: str
    kind: str
    src: str
    tgt: str


def form_slips(src: str, tgt: str, chance: random.Random) -> Iterator[FormSlip]:
    """Yield the slips that a sentence pair has a place for."""
    yield from _references(src, tgt, chance)
    words = list(_WORD.finditer(tgt))
    han = _HAN.search(src)
    if words and han:
        word = chance.choice(words)
        head, tail = tgt[: word.start()], tgt[word.end() :]
        yield FormSlip("leftovers", "Chinese word", src, f"{head}{han[0]}{tail}")
        yield FormSlip("form", "doubled word", src, f"{head}{word[0]} {word[0]}{tail}")
        yield FormSlip("form", "doubled blank", src, f"{head} {word[0]}{tail}")
    if comma := _COMMA.search(tgt):
        head, tail = tgt[: comma.start()], tgt[comma.end() :].lstrip()
        yield FormSlip("leftovers", "full-width comma", src, f"{head}，{tail}")
        yield FormSlip("form", "blank before a comma", src, f"{head} , {tail}")
    if han:
        yield FormSlip("leftovers", "not translated", src, src)
    for word in words:
        if found := variety(word[0]):
            other = tgt[: word.start()] + found.other + tgt[word.end() :]
            yield FormSlip("form", "another spelling", src, other)
            break


def _references(src: str, tgt: str, chance: random.Random) -> Iterator[FormSlip]:
    label = head_label(tgt)
    if head_label(src) and label and (number := _LABEL.search(tgt[: label[0].stop])):
        other = str(int(number[0]) + chance.choice([1, 2, 10]))
        wrong = tgt[: number.start()] + other + tgt[number.end() :]
        yield FormSlip("references", "label", src, wrong)
    closers = list(_CLOSER.finditer(tgt))
    if closers and any(mark in src for mark in "）)”」"):
        at = chance.choice(closers).start()
        yield FormSlip("references", "not closed", src, tgt[:at] + tgt[at + 1 :])
    document = f"依据国文办〔2019〕{chance.randrange(10, 99)}号，{src}"
    yield FormSlip("references", "document number", document, f"Under a document of 2019, {tgt}")
    note = chance.randrange(20, 60)
    yield FormSlip("references", "note mark", f"{src.rstrip('。')}[{note}]。", tgt)
