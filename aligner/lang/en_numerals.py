"""English number words, and the value of a run such as "two hundred and five".

Whether a word is a number at all in its sentence (one of the, first-class) is
decided in `numbers_en`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def _numbered(words: str, *, start: int = 1, step: int = 1) -> dict[str, int]:
    return {word: step * n for n, word in enumerate(words.split(), start=start)}


def any_of(words: Iterable[str]) -> str:
    """Return the source of an expression for any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


CARDINALS = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
) | _numbered("twenty thirty forty fifty sixty seventy eighty ninety", start=2, step=10)
ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
) | {word.removesuffix("y") + "ieth": n for word, n in CARDINALS.items() if n >= 20}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "quadrillion": 10**15,
    "quintillion": 10**18,
    "sextillion": 10**21,
}
MONTHS = _numbered(
    "January February March April May June July August September October November December"
)
MONTHS |= {name[:3]: n for name, n in MONTHS.items()} | {"Sept": 9}
WORD = any_of({*CARDINALS, *ORDINALS, *SCALES})

_ONE_WORD = re.compile(WORD)


@dataclass(slots=True)
class WordNumber:
    """A number in words as read so far: its value is `total + group`."""

    start: int
    stop: int
    words: int = 0
    total: int = 0  # of what stands before the last of thousand, million ...
    group: int = 0  # of what stands after it
    limit: int = 10**24  # the next of thousand, million ... must be smaller
    last: str = ""

    def fits(self, word: str, glue: str) -> bool:
        """Whether the number can go on with this word after this glue."""
        if self.last in ORDINALS or self.last == "dozen":
            return False
        if word in SCALES:
            value = SCALES[word]
            return "and" not in glue and (
                0 < self.group < 100 if value < 1_000 else self.group > 0 and value < self.limit
            )
        if self.last in SCALES:
            return True
        value = CARDINALS.get(word, 0) or ORDINALS[word]
        return "and" not in glue and CARDINALS.get(self.last, 0) >= 20 and value < 10

    def take(self, word: str, stop: int) -> None:
        """Add one word."""
        scale = SCALES.get(word, 0)
        if scale >= 1_000:
            self.total, self.group, self.limit = self.total + self.group * scale, 0, scale
        elif scale:
            self.group *= scale
        else:
            self.group += CARDINALS.get(word, 0) or ORDINALS[word]
        self.words, self.last, self.stop = self.words + 1, word, stop


def read_words(run: str, *, counted: bool) -> Iterator[WordNumber]:
    """Yield the numbers of a run of number words in lower case, one or several in a row.

    Args:
        run: Words of `WORD` with blanks, hyphens or "and" between them.
        counted: Whether an article stands before the run, so that a scale at its
            head counts (a million); without, such a word states no number.

    >>> [n.total + n.group for n in read_words("two hundred and five", counted=False)]
    [205]
    """
    number: WordNumber | None = None
    for token in _ONE_WORD.finditer(run):
        word, (start, stop) = token[0], token.span()
        if number is not None and number.fits(word, run[number.stop : start]):
            number.take(word, stop)
            continue
        unit_of_time = False
        if number is not None:
            yield number
            unit_of_time = word == "second" and 0 < number.group < CARDINALS["twenty"]
        number = None
        head = word in SCALES
        if not unit_of_time and (not head or (counted and start == 0)):
            number = WordNumber(start, stop, group=int(head))
            number.take(word, stop)
    if number is not None:
        yield number
