"""What the surface of a sentence says about where a bead may end.

Translators keep questions, exclamations, quotations and figures, so a bead whose two
sides disagree on them is less likely. Everything here is one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from aligner.align._features import CueFlag
from aligner.encode.protocol import Bools, Ints
from aligner.lang.numbers import number_values
from aligner.span import Lang

OPENING = "“「『〝＂\"‘'`"
CLOSING = "”」』〞＂\"’'"
TERMINAL = "。！？!?.…：:；;"
TRAILING = re.compile(r"[\s”’」』）)》】〕〉\]\"'＂]+$")
DIGIT_RUN = re.compile(r"[0-9０-９]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
# the marks of a quotation, opening and closing, by style; a text keeps to one style
QUOTE_STYLES = {
    "zh": (r"[“＂\"](?!$)|[「]", r"[”」]"),
    "zh nested": (r"[『‘]", r"[』’]"),
    "double": (r"“|(?<![^\s(\[—–-])\"(?=\S)", r"”|(?<=\S)\"(?![^\s)\].,;:!?—–-])"),
    "single": (r"(?<![^\s(\[—–-])[‘'](?=\S)", r"(?<=[.,!?;:…—–-])[’'](?=$|[\s)\]\"”—–])"),
}


@dataclass(frozen=True, slots=True)
class Cues:
    """The surface of one side, a row a sentence."""

    flags: Bools  # Shape (n, flags), see `CueFlag`
    digits: Ints  # groups of digits. Shape (n,)
    values: Ints  # numbers and Latin words as ids that both sides share, end to end
    starts: NDArray[np.int64]  # values[starts[i] : starts[i + 1]] belong to sentence i


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a few sentences of a document are read by, so that their cues are those of all."""

    shared: Collection[str]  # Latin words of the Chinese side, in lower case
    styles: tuple[str, str]  # of quotation marks, on both sides
    inside: tuple[bool, bool]  # whether a quotation is open before the first sentence


def latin_words(text: str) -> set[str]:
    """Return the Latin words of a text in lower case."""
    return set(map(str.lower, LATIN.findall(text)))


def surface_cues(
    src: Sequence[str], tgt: Sequence[str], *, within: Surroundings | None = None
) -> tuple[Cues, Cues]:
    """Return the cues of the Chinese and of the English sentences.

    Args:
        src: The Chinese sentences.
        tgt: The English sentences.
        within: Of what document they are a part; None if they are all.

    Cost: linear in the text.
    """
    latin = [latin_words(text) for text in src]
    shared = set(chain.from_iterable(latin)) if within is None else within.shared
    if within is None:
        styles = quotation_style(src, "zh"), quotation_style(tgt, "en")
        within = Surroundings(shared, styles, (False, False))
    numbers_src = [_numbers(text, "zh") for text in src]
    numbers_tgt = [_numbers(text, "en") for text in tgt]
    ids: dict[float | str, int] = {}

    def number(items: Sequence[float | str]) -> list[int]:
        return [ids.setdefault(item, len(ids)) for item in items]

    src_values = [number([*v, *sorted(w)]) for v, w in zip(numbers_src, latin, strict=True)]
    found = [sorted(word for word in latin_words(t) if word in shared) for t in tgt]
    tgt_values = [number([*v, *w]) for v, w in zip(numbers_tgt, found, strict=True)]
    (zh_style, en_style), (zh_inside, en_inside) = within.styles, within.inside
    return (
        _cues(src, "zh", src_values, quotation_states(src, zh_style, inside=zh_inside)),
        _cues(tgt, "en", tgt_values, quotation_states(tgt, en_style, inside=en_inside)),
    )


# of a text that is read again after a correction near it
_numbers = lru_cache(maxsize=4096)(number_values)


def _cues(
    texts: Sequence[str], lang: Lang, values: Sequence[Sequence[int]], quotations: Bools
) -> Cues:
    cores = [TRAILING.sub("", text) for text in texts]
    stripped = [text.strip() for text in texts]
    tests: dict[CueFlag, Callable[[int], bool]] = {
        CueFlag.OPENS: lambda i: stripped[i][:1] in OPENING and bool(stripped[i]),
        CueFlag.CLOSES: lambda i: stripped[i][-1:] in CLOSING and bool(stripped[i]),
        CueFlag.QUESTION: lambda i: "？" in texts[i] or "?" in texts[i],
        CueFlag.EXCLAMATION: lambda i: "！" in texts[i] or "!" in texts[i],
        CueFlag.COLON: lambda i: cores[i][-1:] in {"：", ":"},
        CueFlag.ENDS_QUESTION: lambda i: cores[i][-1:] in {"？", "?"},
        CueFlag.TERMINATED: lambda i: bool(cores[i]) and cores[i][-1] in TERMINAL,
        CueFlag.LOWER: lambda i: lang == "en" and stripped[i][:1].islower(),
    }
    flags = np.zeros((len(texts), len(CueFlag)), dtype=bool)
    for flag, test in tests.items():
        flags[:, flag] = [test(i) for i in range(len(texts))]
    flags[:, [CueFlag.INSIDE, CueFlag.SPEECH]] = quotations
    lengths = [len(v) for v in values]
    return Cues(
        flags=flags,
        digits=np.array([len(DIGIT_RUN.findall(t)) for t in texts], dtype=np.int32),
        values=np.fromiter(chain.from_iterable(values), dtype=np.int32, count=sum(lengths)),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
    )


def quotation_style(texts: Sequence[str], lang: Lang) -> str:
    """Return the style of quotation marks, by name: the one whose opening marks are most.

    A novel in single quotation marks has doubles inside them, and the other way round.
    """
    names = ("zh", "zh nested") if lang == "zh" else ("double", "single")

    def count(name: str) -> int:
        return sum(len(re.findall(QUOTE_STYLES[name][0], text)) for text in texts)

    return max(names, key=count)


def quotation_states(texts: Sequence[str], style: str, *, inside: bool = False) -> Bools:
    """Return whether a quotation is open at the end of each sentence, and begins in it.

    Only the last mark counts, so one that was never closed does no lasting harm.
    `inside` tells whether one is open before the first sentence. Shape (n, 2).
    """
    opening, closing = QUOTE_STYLES[style]
    either = re.compile(f"({opening})|{closing}")
    states: list[tuple[bool, bool]] = []
    for text in texts:
        begins = False
        for match in either.finditer(text):
            inside = match[1] is not None
            begins |= inside
        states.append((inside, begins))
    return np.array(states, dtype=bool).reshape(len(texts), 2)
