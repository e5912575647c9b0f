"""Doubled words and blanks, marks of the wrong width, and words spelt in two ways.

What it does: it reports a word that stands twice in a row, more than one blank between
words, a blank before a comma, brackets with nothing in them, half-width marks between
Chinese characters in a text that has full-width ones, and the rarer spelling of a word that
a document spells in two ways, whatever its form: colour and colors, organised and organize,
catalogue and catalog. So it does with a compound that is written in one word and apart or
with a hyphen (ciphertext, cipher text; e-mail, email), and with a capital inside a name. Where
at least five words show that a document is British or American, the few words of the other
kind are remarks; Oxford spelling (organize, colour) is British. Words with a capital letter
are left alone but at the beginning of a sentence: a name is spelt as its owner spells it. So
are pairs that are two words in British English: tyre and tire, licence and license, the
program of a computer.

Why that is bad: such slips cost a reader's trust, and a client's first look finds them.

Example:
    比赛在周末举行。 | The the match takes place at the weekend.
    比赛已经结束。 | The match is  over.
    观众,请入座。 | Please take your seats , everybody.
    观众，请离场。 | Please leave.
    请勿吸烟，谢谢。 | Thank you for not smoking.
    好，再见，各位。 | Well, goodbye, everybody.
    灰色的门 | a grey door
    灰色的墙 | grey walls
    灰色的窗 | a gray window
    -> ‘The the’ (doubled word, warning)
    -> ‘’ (doubled blank, info)
    -> ‘,’ (blank before a mark, info)
    -> ‘,’ (half-width mark, info)
    -> ‘gray’ (word spelt in two ways, warning)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.noticed import Noticed, notice, told_once
from aligner.check.spelt.joined_words import joined_words
from aligner.check.spelt.two_spellings import spellings
from aligner.lang.marks_zh import HAN
from aligner.lexicon.words import cut_words
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit

_CHECK: Final = "form"
# words that are rightly said twice: he had had enough, the fact that that is so, asked her
# her name, very very
_TWICE: Final = frozenset(
    "had that her is very so no bye ha many much far really long more again never knock".split()  # noqa: SIM905 - reads best as words
)
_DOUBLED: Final = re.compile(r"(?<![-'’])\b([a-z]{2,})(?: +\1\b)+(?![-'’])", re.IGNORECASE)
_DOUBLED_ZH: Final = re.compile(
    "(?<![目标有])的的(?!确)|与与|及及|和和(?![气睦美])|，，|。。(?!。)|、、"
)
_BLANKS: Final = re.compile(r"(?<=[A-Za-z,;]) {2,}(?=[A-Za-z(])")
_BEFORE_MARK: Final = re.compile(r"(?<=[A-Za-z]) +[,;](?= |$)|(?<=[a-z]) +\.(?= [A-Z]|$)")
_EMPTY: Final = re.compile(r"\( *\)|（ *）|\[ {1,}\]|【 *】|《 *》")
_CALL: Final = re.compile(r"[A-Za-z0-9_\]>]$")  # f(): code
_HALF: Final = re.compile(rf"(?<=[{HAN}])[,;:?!](?=[{HAN}])|(?<=[{HAN}])[,;?!]$")
_FULL: Final = re.compile(rf"(?<=[{HAN}])[，；：？！]")
_MOSTLY: Final = 0.8


def form(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield slips of form, in order but for those that a whole document shows."""
    docs: defaultdict[str, list[TextUnit]] = defaultdict(list)
    for unit in units:
        docs[unit.doc].append(unit)
    for of_doc in docs.values():
        for unit in of_doc:
            yield from _of_words(unit)
            yield from _of_blanks(unit)
            yield from _of_brackets(unit)
        yield from told_once(_half_width(of_doc), frozenset({"half-width mark"}))
    yield from spellings(units)
    yield from joined_words(units)


def _of_words(unit: TextUnit) -> Iterator[Noticed]:
    for match in _DOUBLED.finditer(unit.tgt):
        _other, second, *more = match[0].split()
        # a name (Bora Bora) and a beat (tick tick tick) are as they should be
        if not more and second.islower() and second not in _TWICE:
            yield _slip(unit, "doubled word", match.span(), _("The word stands twice."), second)
    for match in _DOUBLED_ZH.finditer(unit.src):
        if _is_in_word(unit.src, match.start()):
            continue  # 公众参与与监督, 安宁和和平
        yield notice(
            unit,
            check=_CHECK,
            kind="doubled word",
            severity="info",
            why=_("The original has this twice."),
            p=0.8,
            src=Span(*match.span()),
            suggestion=match[0][0],
        )


def _is_in_word(text: str, start: int) -> bool:
    """Tell whether a longer word has the first or the second of two characters."""
    return any(
        word.span.size > 1 and word.span.start <= start + 1 and start < word.span.stop
        for word in cut_words(text)
        if word.text.isalpha()
    )


def _of_blanks(unit: TextUnit) -> Iterator[Noticed]:
    for match in _BLANKS.finditer(unit.tgt):
        why = _("More than one blank stands between two words.")
        yield _slip(unit, "doubled blank", match.span(), why, "")
    for match in _BEFORE_MARK.finditer(unit.tgt):
        why = _("A blank stands before the mark.")
        yield _slip(unit, "blank before a mark", match.span(), why, match[0].strip())


def _of_brackets(unit: TextUnit) -> Iterator[Noticed]:
    if _EMPTY.search(unit.src):
        return  # a form to be filled in
    for match in _EMPTY.finditer(unit.tgt):
        if not _CALL.search(unit.tgt[max(0, match.start() - 1) : match.start()]):
            yield _slip(
                unit, "empty brackets", match.span(), _("Nothing stands in the brackets."), ""
            )


def _slip(unit: TextUnit, kind: str, span: tuple[int, int], why: str, suggestion: str) -> Noticed:
    return notice(
        unit,
        check=_CHECK,
        kind=kind,
        severity="warning" if kind in ("doubled word", "empty brackets") else "info",
        why=why,
        p=0.9,
        tgt=Span(*span),
        suggestion=suggestion,
    )


def _half_width(of_doc: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield the first half-width mark of a unit, in a text that mostly has full-width ones."""
    half = [(unit, found) for unit in of_doc if (found := list(_HALF.finditer(unit.src)))]
    count = sum(len(found) for _other, found in half)
    full = sum(len(_FULL.findall(unit.src)) for unit in of_doc)
    if not half or full < _MOSTLY * (full + count):
        return
    for unit, found in half:
        mark = found[0]
        yield notice(
            unit,
            check=_CHECK,
            kind="half-width mark",
            severity="info",
            why=_("The text has full-width marks in {full} other places.").format(full=full),
            p=0.8,
            src=Span(*mark.span()),
            suggestion=chr(ord(mark[0]) + 0xFEE0),
        )
