"""Chinese that was left in the English text, English left in the Chinese, and copied sentences.

What it does: it reports Chinese characters in the translation, unless they stand in
brackets or quotation marks as a gloss; full-width marks, letters and figures in it; an
English sentence in the original; and a sentence whose translation is the original.

Why that is bad: it is what a reader of the translation sees first, and it shows that
nobody has read it.

Example:
    新馆明年开放。 | The new 展馆 opens next year.
    门票免费。 | Admission is free。
    报名截止。 | 报名截止。
    请带身份证。 | Please bring your ID card (身份证).
    -> ‘展馆’ (Chinese characters, error)
    -> ‘。’ (full-width marks, warning)
    -> ‘报名截止。’, ‘报名截止。’ (not translated, error)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from aligner.check.noticed import Noticed, notice, told_once
from aligner.lang.marks_zh import HAN
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit

_CHECK: Final = "leftovers"
_HAN: Final = re.compile(f"[{HAN}]")
_HAN_RUN: Final = re.compile(rf"[{HAN}](?:[{HAN}，、。；：\d ]*[{HAN}])?")
_LATIN: Final = re.compile("[A-Za-z]")
# a gloss of an English word: Wuwei (无为), the character “福”
_GLOSS: Final = re.compile(
    r"\((?:[^()]|\([^()]*\))*\)|（[^（）]*）|\[[^\[\]]*\]|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|《[^《》]*》|「[^「」]*」"
)
_WIDE: Final = re.compile("[，。；：？！、（）《》【】〔〕「」『』％＋－／～]|[Ａ-Ｚａ-ｚ０-９]+")
# words of a sentence, not of a name or a title
_SENTENCE: Final = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[,;:]? ){7,}[A-Za-z][A-Za-z'’-]*")
_FUNCTION: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|that|which|this|they|we|it|not|be|been)\b"
)
_NARROW: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): narrow
    for wide, narrow in zip("。、《》【】〔〕「」『』", ".,“”[][]“”‘’", strict=True)
}
_FEW: Final = 3  # function words of a sentence
_MOSTLY: Final = 0.5  # share of Chinese letters from which an English side is not translated


def leftovers(units: Iterable[TextUnit]) -> Iterator[Noticed]:
    """Yield what stands in the wrong language or script, in order."""
    yield from told_once(_left(units), frozenset({"full-width marks"}))


def _left(units: Iterable[TextUnit]) -> Iterator[Noticed]:
    for unit in units:
        if unit.tgt and _is_untranslated(unit):
            yield notice(
                unit,
                check=_CHECK,
                kind="not translated",
                severity="error",
                why=_("The translation is the original, or mostly Chinese."),
                p=0.98,
                src=Span(0, len(unit.src)) if unit.src else None,
                tgt=Span(0, len(unit.tgt)),
            )
            continue
        yield from _chinese_characters(unit)
        yield from _wide_marks(unit)
        yield from _english_sentences(unit)


def _is_untranslated(unit: TextUnit) -> bool:
    han, latin = len(_HAN.findall(unit.tgt)), len(_LATIN.findall(unit.tgt))
    if not han:
        return False
    same = "".join(unit.src.split()) == "".join(unit.tgt.split())
    return same or han > _MOSTLY * (han + latin)


def _chinese_characters(unit: TextUnit) -> Iterator[Noticed]:
    """Yield one finding for all Chinese words of a unit, at the first one."""
    glosses = [match.span() for match in _GLOSS.finditer(unit.tgt)]
    left = [
        match
        for match in _HAN_RUN.finditer(unit.tgt)
        if not any(start <= match.start() < stop for start, stop in glosses)
    ]
    if left:
        places = _(" in {count} places").format(count=len(left)) if len(left) > 1 else ""
        yield notice(
            unit,
            check=_CHECK,
            kind="Chinese characters",
            severity="error",
            why=_(
                "Chinese characters stand in the translation{places}, and not in brackets."
            ).format(places=places),
            p=0.9,
            tgt=Span(*left[0].span()),
        )


def _wide_marks(unit: TextUnit) -> Iterator[Noticed]:
    """Yield one finding for all full-width marks of a unit, at the first one."""
    glosses = [match.span() for match in _GLOSS.finditer(unit.tgt) if _HAN.search(match[0])]
    marks = [
        match
        for match in _WIDE.finditer(unit.tgt)
        if not any(start <= match.start() < stop for start, stop in glosses)
    ]
    if not marks:
        return
    kinds = sorted({match[0] for match in marks})
    yield notice(
        unit,
        check=_CHECK,
        kind="full-width marks",
        severity="warning",
        why=_("Full-width marks stand in the translation: {kinds} ({count}).").format(
            kinds=" ".join(kinds), count=len(marks)
        ),
        p=0.9,
        tgt=Span(*marks[0].span()),
        suggestion=" ".join(kinds).translate(_NARROW),
    )


def _english_sentences(unit: TextUnit) -> Iterator[Noticed]:
    for match in _SENTENCE.finditer(unit.src):
        if len(_FUNCTION.findall(match[0])) >= _FEW:
            yield notice(
                unit,
                check=_CHECK,
                kind="English sentence",
                severity="warning",
                why=_("An English sentence stands in the Chinese text."),
                p=0.8,
                src=Span(*match.span()),
            )
