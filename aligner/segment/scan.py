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

_PAIRED = frozenset({"open", "close", "quote"})
_WORD = re.compile(r"[^\W_]")
_CURLY = "“”"
_ENDED = "。！？!?.．…—，,”’」』"  # a mark behind one of these may close


class MarkPlace(NamedTuple):
    """Where a rule is asked: what it may need beside the mark itself."""

    start: int  # of the sentence that the mark may end
    stop: int  # of the unit, not included
    closing: Collection[int]  # where such marks close a quotation
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


def token_pattern(
    brackets: Mapping[str, str], soft: str, end: str, quote: str = '["“”]'
) -> re.Pattern[str]:
    """Return the expression for all marks of a language (see `Rules`).

    Args:
        brackets: Those in which nothing is cut, each with its closing one.
        soft: Characters behind which a sentence may be cut.
        end: Expression for a run of marks that may end a sentence.
        quote: Expression for a mark that does not show whether it opens or closes: the
            straight ones, and curly ones, which writers mix up.
    """
    return re.compile(
        f"(?P<open>[{re.escape(''.join(brackets))}])"
        f"|(?P<close>[{re.escape(''.join(brackets.values()))}])"
        f"|(?P<quote>{quote})|(?P<soft>[{soft}])|(?P<end>{end})"
    )


class Cuts(NamedTuple):
    """Offsets in the document's text, rising; each lies inside its unit."""

    hard: list[int]  # a sentence ends before the offset
    soft: list[int]  # a sentence may be cut before the offset


class _Pairs(NamedTuple):
    closes: dict[int, int]  # from the offset of an opening bracket to its closing one
    quotes: set[int]  # offsets of closing straight quotes, and of “ that closes


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
    """Where the quotations in marks of unclear direction began that are open at a place.

    A straight mark may close what a curly one opened, and the reverse: many texts mix them.
    Some write „...“, ”...“, or “...“ for want of a key.
    """

    def __init__(self) -> None:
        self._straight: dict[str, int] = {}
        self._curly = -1
        self._reversed = False  # what is open is closed by “

    def read(self, text: str, mark: str, at: int, following: str) -> int:
        """Take a mark in; return where the quotation began that it closes, or -1.

        A curly mark that closes as it should is -1 too: it says so itself.

        Args:
            text: The document's text.
            mark: The mark.
            at: Its offset.
            following: The next curly mark in the unit; empty if there is none.
        """
        if mark == "„":
            self._curly, self._reversed = at, True
            return -1
        if mark in _CURLY:
            return self._read_curly(text, mark, at, following)
        if mark == '"' and mark not in self._straight and self._closes_curly(text, at):
            opened, self._curly = self._curly, -1
            return opened
        if mark in self._straight:
            return self._straight.pop(mark)
        self._straight[mark] = at
        return -1

    def _read_curly(self, text: str, mark: str, at: int, following: str) -> int:
        opened, self._curly = self._curly, -1
        if mark == "”":
            if opened < 0:
                self._reversed = (
                    following == "“" and '"' not in self._straight and _announced(text, at)
                )
                self._straight.pop('"', None)
                self._curly = at if self._reversed else -1
            return -1
        if opened < 0:
            self._curly, self._reversed = at, False
            return -1
        ended = text[at - 1] in _ENDED and at - opened <= SCAN_REACH
        alone = following != "”" and _announced(text, opened)
        return opened if ended and (self._reversed or alone) else -1

    def _closes_curly(self, text: str, at: int) -> bool:
        if self._curly < 0 or at - self._curly > SCAN_REACH or at - 1 == self._curly:
            return False
        return not (text[at - 1].isspace() and text[at + 1 : at + 2].strip())


def _announced(text: str, at: int) -> bool:
    """Tell whether a colon before a mark shows that a quotation begins there."""
    return at > 0 and text[at - 1] in "：:"


def _pairs(text: str, unit: Span, rules: Rules) -> _Pairs:
    """Match the brackets of a unit, each kind by itself, and its straight quotes."""
    open_at: dict[str, list[int]] = {close: [] for close in rules.brackets.values()}
    closes: dict[int, int] = {}
    quotes: set[int] = set()
    open_quotes = _OpenQuotes()
    found = [token for token in rules.tokens.finditer(text, *unit) if token.lastgroup in _PAIRED]
    curly = [token.group() for token in found if token.group() in _CURLY]
    read = 0
    for token in found:
        kind, mark, at = token.lastgroup, token.group(), token.start()
        opened = -1
        if kind == "open":
            open_at[rules.brackets[mark]].append(at)
        elif kind == "close" and open_at[mark]:
            opened = open_at[mark].pop()
        if kind == "quote" or mark in _CURLY:
            read += mark in _CURLY
            following = curly[read] if read < len(curly) else ""
            began = open_quotes.read(text, mark, at, following)
            quotes.update([at] if began >= 0 else [])
            opened = began if mark in rules.quotes and began >= 0 else opened
        if opened >= 0 and at - opened <= SCAN_REACH:
            closes[opened] = at
    return _Pairs(closes, quotes)


def _find(pattern: re.Pattern[str], text: str, span: Span) -> int:
    """Return where a pattern is first found in a span, or the span's end."""
    found = pattern.search(text, *span)
    return found.start() if found else span.stop
