"""Find the places where a unit of text is cut into sentences, in one linear pass.

What both languages share: the walk over the marks of a unit, from one to the next by
one compiled expression; brackets, inside which nothing is cut; pieces without a word,
which never stand alone. What a mark means is the language's own rule (`rules_zh`, `rules_en`).

Brackets: an opening one counts only if its closing one stands in the same unit and at
most REACH characters away. A stray one would otherwise swallow the rest of the text.

Cost: linear in the length of the unit. Every mark is looked at once, its rule reads a
bounded number of characters round it, and runs of marks and of white space are each
read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from aligner.span import Span

SCAN_REACH: Final = 400  # characters between two brackets that belong together

_WORD = re.compile(r"[^\W_]")
_CURLY = "“”"


class MarkPlace(NamedTuple):
    """Where a rule is asked: what it may need beside the mark itself."""

    start: int  # of the sentence that the mark may end
    stop: int  # of the unit, not included
    closing: Collection[int]  # where straight double quotes close a quotation
    head: int  # of the unit
    careless: bool  # the unit's writer does not begin sentences with capitals


@dataclass(frozen=True, slots=True)
class Rules:
    """What one language says about the marks in a text.

    `tokens` names its groups `open`, `close`, `quote`, `soft` and `end`; exactly one of
    them matches. `cut` is asked about each `end` and gives the offset where the sentence
    is over, closing marks included, or 0 where it goes on.
    """

    tokens: re.Pattern[str]
    brackets: Mapping[str, str]
    titles: str  # opening brackets of names: an end mark in them ends nothing
    quotes: str  # opening quotation marks, where quotations are not cut; else empty
    capitals: bool  # begin sentences, so that `cut` knows one behind a bracket by its head
    careless: re.Pattern[str] | None  # shows in a unit that its writer leaves capitals out
    cut: Callable[[str, re.Match[str], MarkPlace], int]


def token_pattern(brackets: Mapping[str, str], soft: str, end: str) -> re.Pattern[str]:
    """Return the expression for all marks of a language (see `Rules`).

    Args:
        brackets: Those in which nothing is cut, each with its closing one.
        soft: Characters behind which a sentence may be cut.
        end: Expression for a run of marks that may end a sentence.
    """
    return re.compile(
        f"(?P<open>[{re.escape(''.join(brackets))}])"
        f"|(?P<close>[{re.escape(''.join(brackets.values()))}])"
        f'|(?P<quote>["“”])|(?P<soft>[{soft}])|(?P<end>{end})'
    )


class Cuts(NamedTuple):
    """Offsets in the document's text, rising; each lies inside its unit."""

    hard: list[int]  # a sentence ends before the offset
    soft: list[int]  # a sentence may be cut before the offset


class _Pairs(NamedTuple):
    closes: dict[int, int]  # from the offset of an opening bracket to its closing one
    quotes: set[int]  # offsets of closing straight double quotes


def cuts(text: str, unit: Span, rules: Rules) -> Cuts:
    """Return where the sentences of a unit end, without the unit's own ends."""
    pairs = _pairs(text, unit, rules)
    hard: list[int] = []
    soft: list[int] = []
    start, word = unit.start, _find(_WORD, text, unit)
    careless = bool(rules.careless and rules.careless.search(text, *unit))
    for token, outer in _outermost(text, unit, rules, pairs):
        at, inside = token.start(), token.start() < outer.stop
        if token.lastgroup == "soft":
            soft += [] if inside else [token.end()]
            continue
        place = MarkPlace(start, unit.stop, pairs.quotes, unit.start, careless)
        cut = rules.cut(text, token, place) if at >= start else 0
        if inside and not (cut >= outer.stop and _ends_with(text, outer, word, rules)):
            continue
        if word < cut < unit.stop:
            hard.append(cut)
            start, word = cut, _find(_WORD, text, Span(cut, unit.stop))
        elif hard and start < cut <= word and _is_blank(text, start, at):
            hard[-1] = start = cut  # more end marks after a blank: `? !`
    if hard and word >= unit.stop:
        hard.pop()  # no word is left for a sentence of its own
    return Cuts(hard, soft)


def _outermost(
    text: str, unit: Span, rules: Rules, pairs: _Pairs
) -> Iterator[tuple[re.Match[str], Span]]:
    """Yield the end and soft marks of a unit, each with the last outermost pair of brackets.

    The mark is inside these brackets if it stands before their end.
    """
    outer = Span(unit.start, unit.start)
    for token in rules.tokens.finditer(text, *unit):
        at = token.start()
        if token.lastgroup in {"end", "soft"}:
            yield token, outer
        elif at >= outer.stop and at in pairs.closes:
            outer = Span(at, pairs.closes[at] + 1)


def _ends_with(text: str, outer: Span, word: int, rules: Rules) -> bool:
    """Tell whether a sentence may end with the bracket that closes right behind its mark.

    Args:
        text: The document's text.
        outer: The brackets and what they hold.
        word: Where the sentence's first word begins.
        rules: Of the language.
    """
    opener = text[outer.start]
    whole = rules.capitals or outer.start <= word
    return opener in rules.quotes or (whole and opener not in rules.titles)


def _is_blank(text: str, start: int, stop: int) -> bool:
    """Tell whether at most a few blanks stand between two offsets."""
    return stop - start <= 8 and not text[start:stop].strip()


class _OpenQuotes:
    """Where the quotations in double marks began that are open at a place.

    A straight mark may close what a curly one opened, and the reverse: many texts mix them.
    """

    def __init__(self) -> None:
        self._straight = self._curly = -1

    def read(self, text: str, mark: str, at: int) -> int:
        """Take a mark in; return where the quotation began that a straight one closes, or -1."""
        if mark in _CURLY:
            if mark == "”" and self._curly < 0:
                self._straight = -1
            self._curly = at if mark == "“" and self._curly < 0 else -1  # a second “ is a misused ”
            return -1
        if self._straight < 0 and self._closes_curly(text, at):
            opened, self._curly = self._curly, -1
            return opened
        opened, self._straight = self._straight, at if self._straight < 0 else -1
        return opened

    def _closes_curly(self, text: str, at: int) -> bool:
        if self._curly < 0 or at - self._curly > SCAN_REACH or at - 1 == self._curly:
            return False
        return not (text[at - 1].isspace() and text[at + 1 : at + 2].strip())


def _pairs(text: str, unit: Span, rules: Rules) -> _Pairs:
    """Match the brackets of a unit, each kind by itself, and its straight quotes."""
    open_at: dict[str, list[int]] = {close: [] for close in rules.brackets.values()}
    closes: dict[int, int] = {}
    quotes: set[int] = set()
    open_quotes = _OpenQuotes()
    for token in rules.tokens.finditer(text, *unit):
        kind, mark, at = token.lastgroup, token.group(), token.start()
        opened = -1
        if kind == "open":
            open_at[rules.brackets[mark]].append(at)
        elif kind == "close" and open_at[mark]:
            opened = open_at[mark].pop()
        if mark == '"' or mark in _CURLY:
            began = open_quotes.read(text, mark, at)
            quotes.update([at] if began >= 0 else [])
            opened = began if mark in rules.quotes and began >= 0 else opened
        if opened >= 0 and at - opened <= SCAN_REACH:
            closes[opened] = at
    return _Pairs(closes, quotes)


def _find(pattern: re.Pattern[str], text: str, span: Span) -> int:
    """Return where a pattern is first found in a span, or the span's end."""
    found = pattern.search(text, *span)
    return found.start() if found else span.stop
