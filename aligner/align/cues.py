"""What the surface of a sentence says about where a bead may end.

Translators keep questions, exclamations, quotations and figures, so a bead whose two
sides disagree on them is less likely. Everything here is one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


def surface_cues(src: Sequence[str], tgt: Sequence[str]) -> tuple[Cues, Cues]:
    """Return the cues of the Chinese and of the English sentences.

    Cost: linear in the text.
    """
    latin = [set(map(str.lower, LATIN.findall(text))) for text in src]
    shared = set(chain.from_iterable(latin))
    numbers_src = [number_values(text, "zh") for text in src]
    numbers_tgt = [number_values(text, "en") for text in tgt]
    ids: dict[float | str, int] = {}

    def number(items: Sequence[float | str]) -> list[int]:
        return [ids.setdefault(item, len(ids)) for item in items]

    src_values = [number([*v, *sorted(w)]) for v, w in zip(numbers_src, latin, strict=True)]
    found = [sorted(shared.intersection(map(str.lower, LATIN.findall(t)))) for t in tgt]
    tgt_values = [number([*v, *w]) for v, w in zip(numbers_tgt, found, strict=True)]
    return _cues(src, "zh", src_values), _cues(tgt, "en", tgt_values)


def _cues(texts: Sequence[str], lang: Lang, values: Sequence[Sequence[int]]) -> Cues:
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
    if len(texts):
        flags[:, [CueFlag.INSIDE, CueFlag.SPEECH]] = _quotations(texts, lang)
    lengths = [len(v) for v in values]
    return Cues(
        flags=flags,
        digits=np.array([len(DIGIT_RUN.findall(t)) for t in texts], dtype=np.int32),
        values=np.fromiter(chain.from_iterable(values), dtype=np.int32, count=sum(lengths)),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
    )


def _quotations(texts: Sequence[str], lang: Lang) -> Bools:
    """Return whether a quotation is open at the end of each sentence, and begins in it.

    The style is the one whose opening marks the text has most of, since a novel in
    single quotation marks has doubles inside them, and the other way round. Only the
    last mark counts, so one that was never closed does no lasting harm. Shape (n, 2).
    """
    styles = ("zh", "zh nested") if lang == "zh" else ("double", "single")
    opening, closing = max(
        (QUOTE_STYLES[name] for name in styles),
        key=lambda marks: sum(len(re.findall(marks[0], text)) for text in texts),
    )
    either = re.compile(f"({opening})|{closing}")
    states: list[tuple[bool, bool]] = []
    inside = False
    for text in texts:
        begins = False
        for match in either.finditer(text):
            inside = match[1] is not None
            begins |= inside
        states.append((inside, begins))
    return np.array(states, dtype=bool)
