"""Numbers of documents, articles, list items and notes, and brackets that are not closed.

What it does: it reports the number of an official document (沪文发〔2019〕35号) that the
translation does not give, or whose abbreviation it translates word by word; an article,
paragraph, item, annex, table or figure that is cited by another number; a label at the
head of a sentence, 第三条 or （二）, that is another one in the translation, or missing where
its neighbours have theirs; the mark of a note that only the original has; and a bracket or
quotation mark that is opened and not closed, or closed and not opened, on one side alone.

Why that is bad: a reader who looks up Article 13 for Article 12 finds the wrong rule, and a
document whose number is wrong cannot be found at all.

Example:
    第十二条 馆员应当每日清点。 | Article 13 Staff shall take stock daily.
    根据沪文发〔2019〕35号文件 | According to a document of 2019
    沪文发〔2019〕36号 | Shanghai Culture Development [2019] No. 36
    依照前条第（三）项办理，见附件二。 | It is handled under item (4) above, see Annex II.
    年均增长一成[2]。 | It grew by a tenth every year.
    他说：“明天来。” | He said, “Come tomorrow.
    -> ‘第十二条’, ‘Article 13’ (label, error)
    -> ‘沪文发〔2019〕35号’ (document number, error)
    -> ‘沪文发〔2019〕36号’, ‘Shanghai Culture Development’ (document number, warning)
    -> ‘第（三）项’, ‘item (4)’ (citation, error)
    -> ‘[2]’ (note mark, warning)
    -> ‘“’ (not closed, warning)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from aligner.check.noticed import Noticed, notice
from aligner.lang.cited import miscited
from aligner.lang.labels import DocumentNumber, document_numbers, head_label, note_marks
from aligner.lexicon.pinyin import syllables
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit

_CHECK: Final = "references"
_LEAST_P: Final = 0.5  # of a link
_AROUND: Final = 2  # units before and after in which a mark may be closed
_SPEECH: Final = 8  # and in which a quotation may
# halves that belong together, whatever their width
_BRACKETS: Final = (
    ("(（", ")）"),
    ("[［【〔", "]］】〕"),
    ("《", "》"),
    ("「", "」"),
    ("『", "』"),
)
_ITEM: Final = re.compile(r"(?:^|[\s;；，,、。：:])[0-9A-Za-z一二三四五六七八九十]{1,3}$")  # a), 1)
_FACE: Final = re.compile("[:;：；]-?[)）]")
_QUOTES: Final = re.compile('[“”"]')
_INCHES: Final = re.compile(r'\d"(?= |-|$)')
_LABEL: Final = 5  # characters of a list item's label at most, with what stands before it
_FEW: Final = 4  # labelled units from which a document shows that it keeps its labels
_MOSTLY: Final = 0.8


def references(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield what refers to another place or document, and does not find it, in order."""
    for _other, group in groupby(units, key=lambda unit: unit.doc):
        of_doc = list(group)
        keeps = _keeps_labels(of_doc)
        for n, unit in enumerate(of_doc):
            if not unit.src or not unit.tgt or unit.p < _LEAST_P:
                continue
            near = _window(of_doc, n, _AROUND)
            yield from _label(unit, keeps=keeps)
            yield from _cited(unit)
            yield from _documents(unit, near)
            yield from _notes(unit, near)
            yield from _unclosed(unit, near)
            yield from _unclosed_quotes(unit, _window(of_doc, n, _SPEECH))


def _window(of_doc: Sequence[TextUnit], n: int, reach: int) -> Sequence[TextUnit]:
    return of_doc[max(0, n - reach) : n + reach + 1]


def _keeps_labels(of_doc: Sequence[TextUnit]) -> bool:
    labelled = [unit for unit in of_doc if unit.tgt and head_label(unit.src)]
    kept = sum(head_label(unit.tgt) is not None for unit in labelled)
    return len(labelled) >= _FEW and kept >= _MOSTLY * len(labelled)


def _label(unit: TextUnit, *, keeps: bool) -> Iterator[Noticed]:
    ours, theirs = head_label(unit.src), head_label(unit.tgt)
    if ours is None or (theirs is None and not keeps):
        return
    if theirs is None:
        if not any(str(value) in unit.tgt for value in ours[1]):
            yield notice(
                unit,
                check=_CHECK,
                kind="label",
                severity="warning",
                why=_("The label is missing, and nearly all others of the document are kept."),
                p=0.8,
                src=ours[0],
            )
    elif not ours[1] & theirs[1]:
        yield notice(
            unit,
            check=_CHECK,
            kind="label",
            severity="error",
            why=_("The sentence has another number in the translation."),
            p=0.9,
            src=ours[0],
            tgt=theirs[0],
        )


def _cited(unit: TextUnit) -> Iterator[Noticed]:
    """Yield places that the translation cites by another number."""
    ours, theirs = head_label(unit.src), head_label(unit.tgt)
    for src, tgt in miscited(unit.src, unit.tgt):
        if ours and theirs and src.span.start < ours[0].stop and tgt.span.start < theirs[0].stop:
            continue  # told as the label of the sentence
        yield notice(
            unit,
            check=_CHECK,
            kind="citation",
            severity="error",
            why=_("The translation cites another number."),
            p=0.9,
            src=src.span,
            tgt=tgt.span,
        )


def _documents(unit: TextUnit, near: Sequence[TextUnit]) -> Iterator[Noticed]:
    for found in document_numbers(unit.src):
        said = " ".join(other.tgt for other in near)
        lost = [n for n in (found.year, found.number) if not _says(said, n)]
        if lost:
            yield notice(
                unit,
                check=_CHECK,
                kind="document number",
                severity="error",
                why=_("The translation does not give {lost}.").format(
                    lost=_(" and ").join(map(str, lost))
                ),
                p=0.9,
                src=found.span,
                suggestion=f"[{found.year}] No. {found.number}",
            )
        else:
            yield from _translated_code(unit, found)


def _translated_code(unit: TextUnit, found: DocumentNumber) -> Iterator[Noticed]:
    """Yield an issuer's abbreviation that was translated word by word.

    沪文发 is no development, but a city, an office and a way of sending: pinyin stands for it.
    """
    tail = re.search(
        r"((?:[A-Z][\w’'-]*,? (?:(?:and|of|for|the|on) )*){3,})"
        rf"[\[(〔（]{found.year}[\])〕）],? No\. ?{found.number}\b",
        unit.tgt,
    )
    code = re.split(r"[〔\[［【（(]", unit.src[slice(*found.span)])[0]
    if tail is None:
        return
    read = syllables(code)
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", tail[1])}
    if not words & {*read, "".join(read)}:
        spelt = " ".join(one.capitalize() for one in read)
        yield notice(
            unit,
            check=_CHECK,
            kind="document number",
            severity="warning",
            why=_("The abbreviation of the issuer is translated as if its characters were words."),
            p=0.7,
            src=found.span,
            tgt=Span(*tail.span(1)),
            suggestion=f"{spelt} [{found.year}] No. {found.number}",
        )


def _says(text: str, number: int) -> bool:
    return bool(re.search(rf"(?<![\d.,]){number}(?!\d|[.,]\d)", text))


def _notes(unit: TextUnit, near: Sequence[TextUnit]) -> Iterator[Noticed]:
    theirs = {number for other in near for number in note_marks(other.tgt)}
    for number, span in note_marks(unit.src).items():
        # a mark that lost its form is a figure at the end of a word
        if number not in theirs and not re.search(rf"(?<!\d){number}(?!\d)", unit.tgt):
            yield notice(
                unit,
                check=_CHECK,
                kind="note mark",
                severity="warning",
                why=_("The mark of the note is missing in the translation."),
                p=0.8,
                src=span,
            )


def _unclosed(unit: TextUnit, near: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield brackets of one side that have no other half, where the other side's have theirs."""
    ours, theirs = _open_brackets(unit.src), _open_brackets(unit.tgt)
    if bool(ours) == bool(theirs):
        return
    texts = [other.src if ours else other.tgt for other in near if other is not unit]
    if not any(map(_open_brackets, texts)):
        for at in ours or theirs:
            yield _half(unit, Span(at, at + 1), src=bool(ours))


def _open_brackets(text: str) -> list[int]:
    """Return the places of brackets without their other half."""
    text = _FACE.sub("  ", text)
    found = []
    for first, last in _BRACKETS:
        opened: list[int] = []
        for at, character in enumerate(text):
            if character in first:
                opened.append(at)
            elif character in last:
                if opened:
                    opened.pop()
                elif not _ITEM.search(text[:at][-_LABEL:]):
                    found.append(at)
        found += opened
    return found


def _unclosed_quotes(unit: TextUnit, near: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield a quotation mark of one side without its other half.

    A quotation may go on in the next sentence, so the other language must have both halves
    in this one, and no sentence near may have the half that is missing here.
    """
    ours, theirs = (
        [match.start() for match in _QUOTES.finditer(text)] for text in (unit.src, unit.tgt)
    )
    odd, even = (ours, theirs) if len(ours) % 2 else (theirs, ours)
    if not (len(odd) % 2 and even and len(even) % 2 == 0) or _INCHES.search(unit.src + unit.tgt):
        return
    texts = [other.src if odd is ours else other.tgt for other in near if other is not unit]
    if not any(len(_QUOTES.findall(text)) % 2 for text in texts):
        yield _half(unit, Span(odd[-1], odd[-1] + 1), src=odd is ours)


def _half(unit: TextUnit, span: Span, *, src: bool) -> Noticed:
    return notice(
        unit,
        check=_CHECK,
        kind="not closed",
        severity="info" if src else "warning",
        why=_("The mark has no other half; those of the other language have theirs."),
        p=0.7,
        src=span if src else None,
        tgt=None if src else span,
    )
