"""Numbers by value, so that 2.5万 and 25,000 are seen to be the same.

What counts as a number is the same on both sides wherever the two languages allow:
a percentage is the figure before the sign, a sign is not part of the value, ordinals
and list markers count, articles and idioms do not. `numbers_zh` and `numbers_en` say
what each language writes.
"""

from __future__ import annotations

from typing import NamedTuple

from aligner.lang.numbers_en import numbers_en
from aligner.lang.numbers_zh import numbers_zh
from aligner.span import Lang, Span


class Number(NamedTuple):
    """A number and where the text states it."""

    span: Span  # characters of the text
    value: float


def find_numbers(text: str, lang: Lang) -> tuple[Number, ...]:
    """Return the numbers of a text in reading order, with their places.

    Spans do not overlap. The cost grows with the length of the text.

    >>> find_numbers("超过2.5万件", "zh")
    (Number(span=Span(start=2, stop=6), value=25000.0),)
    """
    found = numbers_zh(text) if lang == "zh" else numbers_en(text)
    return tuple(Number(Span(start, stop), value) for start, stop, value in found)


def number_values(text: str, lang: Lang) -> tuple[float, ...]:
    """Return the values of the numbers of a text in reading order.

    >>> number_values("2020年7月4日，百分之三十五", "zh")
    (2020.0, 7.0, 4.0, 35.0)
    >>> number_values("thirty-five per cent on July 4, 2020", "en")
    (35.0, 7.0, 4.0, 2020.0)
    """
    return tuple(number.value for number in find_numbers(text, lang))
