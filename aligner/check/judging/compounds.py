"""Whether a rendering is a longer word because something is joined to the term in Chinese."""

from __future__ import annotations

from typing import Final

from aligner.span import Span
from aligner.wording.difference import Comparison

LONG_WORD: Final = 5  # letters of a word that may be the end of another
_JOINERS: Final = " -‐‑·"
LOOSE: Final = frozenset("的和与及或在是对以为被把了")  # grammar, and no part of a compound
_NEGATIONS: Final = tuple("非不未无無")
# Of a compound these say the opposite of it, or what may or must be: 去信任, 需信任 (trustless,
# trusted). The words behind them are then no term of their own.
_OPPOSITE: Final = (*_NEGATIONS, *"去反免可需难難")
_NEGATIVE: Final = frozenset(("non", "un", "in", "im", "dis", "anti", "counter"))
_PREFIX_LIST = """bi co de inter intra macro micro mid mini mis mono multi over post pre pro re
    semi sub super trans tri under"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())


def is_inside_compound(before: str, comparison: Comparison) -> bool:
    """Tell whether a rendering is a longer word because the Chinese one is longer here.

    β-冠状病毒 is `betacoronavirus`: something is joined to the term in Chinese, and the
    added word ends with the removed one. What only a prefix changes is a difference of
    its own (national, international), unless it negates and Chinese does so too:
    非|结构蛋白 is `nonstructural`.

    Args:
        before: The Chinese text before the term.
        comparison: With the dominant rendering.

    >>> found = Comparison("substitution", ("virus",), ("betaviruses",))
    >>> is_inside_compound("属于β-", found), is_inside_compound("，", found)
    (True, False)
    """
    joined = before.rstrip(_JOINERS)[-1:]
    for word in comparison.added:
        for old in comparison.removed:
            ends = (old, f"{old}s", f"{old}es")
            prefix = next((word.removesuffix(e) for e in ends if word.endswith(e)), "").rstrip("-")
            if prefix in _NEGATIVE:
                return before.endswith(_NEGATIONS)
            if prefix and prefix not in _PREFIXES and len(old) >= LONG_WORD and joined.isalnum():
                return True
    return False


def is_opposed(before: str, inside: str) -> bool:
    """Tell whether a term is what is left of a compound without its negation.

    >>> is_opposed("这座去", "去信任桥梁"), is_opposed("他去", ""), is_opposed("新", "新信任桥梁")
    (True, False, False)

    Args:
        before: The Chinese text before the term.
        inside: The longest candidate that covers the place.
    """
    return inside.startswith(_OPPOSITE) and before.endswith(_OPPOSITE)


def is_prefixed(comparison: Comparison) -> bool:
    """Tell whether a changed word ends with the word that it stands for.

    >>> is_prefixed(Comparison("substitution", ("prudential",), ("macroprudential",)))
    True
    """
    return any(
        len(short) >= LONG_WORD and long != short and long.endswith((short, f"-{short}"))
        for one in comparison.removed
        for two in comparison.added
        for short, long in (sorted((one, two), key=len),)
    )


def is_negated(text: str, span: Span) -> bool:
    """Tell whether a Chinese negation stands directly before a term.

    >>> is_negated("除非现场审查", Span(2, 6)), is_negated("对现场审查", Span(1, 5))
    (True, False)
    """
    return text[: span.start].endswith(_NEGATIONS)


def follows_word(text: str, span: Span) -> bool:
    """Tell whether a Chinese word stands directly before a term."""
    before = text[: span.start].rstrip(_JOINERS)[-1:]
    return before.isalnum() and before not in LOOSE
