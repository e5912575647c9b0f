"""Sentences, list items and clauses that only one side has, and blocks given twice.

What it does: it reports what stands in the original and has no translation, and what stands
in the translation alone: sentences in a row as one finding with their number, list items
and headings under their own name, clauses that nothing in the translation renders, and
sentences much shorter or longer than their partner asks for. A sentence of the translation
that stands there once more, though the original says it once, is given twice.

Why that is bad: what is left out is missed by the reader who needs it, and nobody who reads
the translation alone can see that it is not there.

Example:
    图书馆周一闭馆。 | The library is closed on Mondays.
    读者每人可借十册图书。 | Every reader may borrow ten books.
    逾期不还者须缴纳罚款。 | Readers who return books late must pay a fine.
    阅览室内请勿饮食。 | Please do not eat or drink in the reading room.
    进馆请出示读者证。 | Please show your reader's card when you enter.
    周二至周日上午九点开馆，儿童阅览室和自习室设在二楼，进馆请出示读者证。 | It opens at nine from Tuesday to Sunday; please show your reader's card when you enter.
    档案室只在下午开放。 |
    （三）查阅馆藏档案须预约； |
    | The café on the ground floor sells hot meals.
    -> ‘儿童阅览室和自习室设在二楼，’ (clause, info)
    -> ‘档案室只在下午开放。 … （三）查阅馆藏档案须预约；’ (not translated, warning)
    -> ‘The café on the ground floor sells hot meals.’ (added, warning)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""  # noqa: E501 - an example is one line

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from aligner.check.lost.lengths import Misfit, misfits
from aligner.check.lost.lost_parts import LostPart, lost_parts
from aligner.check.lost.one_sided import LoneBlock, blocks, sentence_key
from aligner.check.lost.pieces import sentences
from aligner.check.noticed import Noticed, notice
from aligner.findings import Severity
from aligner.messages import N_, _, ngettext
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

if TYPE_CHECKING:
    from aligner.encode.spans import SpanEncoder

_CHECK: Final = "omissions"
_SURE: Final = 0.5  # from this probability on a finding is a warning
_LONG: Final = 60  # characters of a block's first and last unit that are shown
_LANGS: Final[tuple[Lang, Lang]] = ("zh", "en")
_NAMES: Final = {"zh": N_("original"), "en": N_("translation")}


def omissions(
    units: Sequence[TextUnit], *, encoder: SpanEncoder | None = None
) -> Iterator[Noticed]:
    """Yield what only one side has, document by document.

    Args:
        units: All beads of some bitexts, those with one side too.
        encoder: For the vectors of clauses; the default one, if there is none.
    """
    if encoder is None and any(unit.src and unit.tgt for unit in units):
        from aligner.encode.spans import SpanEncoder

        encoder = SpanEncoder()
    for _other, group in groupby(units, key=lambda unit: unit.doc):
        of_doc = list(group)
        said = {lang: _times(of_doc, lang) for lang in _LANGS}
        both = [unit for unit in of_doc if unit.src and unit.tgt]
        told: set[int] = set()
        if encoder is not None:
            for lang, parts in zip(_LANGS, lost_parts(both, encoder), strict=True):
                for part in parts:
                    told.add(both[part.unit].bead)
                    yield _of_part(both[part.unit], part, lang, said[lang])
        for block in blocks(of_doc):
            yield _of_block(block, said[block.lang])
        for misfit in misfits(both):
            if both[misfit.unit].bead not in told:
                yield _of_length(both[misfit.unit], misfit)


def _times(of_doc: Sequence[TextUnit], lang: Lang) -> Counter[str]:
    """Return how often each longer sentence stands on a side."""
    texts = [unit.src if lang == "zh" else unit.tgt for unit in of_doc]
    keys = (sentence_key(text[slice(*s)], lang) for text in texts for s in sentences(text, lang))
    return Counter(key for key in keys if key)


def _of_part(unit: TextUnit, part: LostPart, lang: Lang, said: Counter[str]) -> Noticed:
    text = unit.src if lang == "zh" else unit.tgt
    key = sentence_key(text[slice(*part.span)], lang)
    twice = bool(key) and said[key] > 1
    other = _(_NAMES["en" if lang == "zh" else "zh"])
    why = _("Nothing in the {other} renders this part of the sentence.").format(other=other)
    if twice:
        why = _("The {names} has this {said} times, here without a partner.").format(
            names=_(_NAMES[lang]), said=said[key]
        )
    return notice(
        unit,
        check=_CHECK,
        kind="given twice" if twice else "clause" if lang == "zh" else "added clause",
        severity=_severity(part.p),
        why=why,
        p=part.p,
        src=part.span if lang == "zh" else None,
        tgt=part.span if lang == "en" else None,
    )


def _of_block(block: LoneBlock, said: Counter[str]) -> Noticed:
    """Return what is told of units in a row that only one side has."""
    keys = [
        sentence_key(text[slice(*s)], block.lang)
        for text in block.texts
        for s in sentences(text, block.lang)
    ]
    twice = all(key and said[key] > 1 for key in keys)
    other = _(_NAMES["en" if block.lang == "zh" else "zh"])
    count = len(block.texts)
    why = ngettext(
        "This has no partner in the {other}; {size} characters.",
        "These {count} sentences and headings in a row have no partner in the {other};"
        " {size} characters.",
        count,
    ).format(count=count, other=other, size=sum(map(len, block.texts)))
    if twice:
        why = _("The {names} gives this more than once, here without a partner.").format(
            names=_(_NAMES[block.lang])
        )
    first, last = block.units[0], block.units[-1]
    whole = Span(0, len(block.texts[0]))
    found = notice(
        first,
        check=_CHECK,
        kind="given twice" if twice else block.kind,
        severity=_severity(block.p),
        why=why,
        p=block.p,
        src=whole if block.lang == "zh" else None,
        tgt=whole if block.lang == "en" else None,
    )
    if first is last:
        return found
    shown = f"{_short(block.texts[0])} … {_short(block.texts[-1])}"
    if block.lang == "zh":
        end = last.src_span(Span(0, len(last.src))).stop
        begin = first.src_span(Span(0, len(first.src))).start
        return replace(found, src=shown, src_span=Span(begin, end))
    end = last.tgt_span(Span(0, len(last.tgt))).stop
    begin = first.tgt_span(Span(0, len(first.tgt))).start
    return replace(found, tgt=shown, tgt_span=Span(begin, end))


def _of_length(unit: TextUnit, misfit: Misfit) -> Noticed:
    longer = misfit.factor > 1
    factor = misfit.factor if longer else 1 / misfit.factor
    why = (
        _(
            "The translation is {factor:.1f} times longer than the original asks for"
            " in this document."
        )
        if longer
        else _(
            "The translation is {factor:.1f} times shorter than the original asks for"
            " in this document."
        )
    )
    return notice(
        unit,
        check=_CHECK,
        kind="much longer" if longer else "much shorter",
        severity=_severity(misfit.p),
        why=why.format(factor=factor),
        p=misfit.p,
        src=Span(0, len(unit.src)),
        tgt=Span(0, len(unit.tgt)),
    )


def _severity(p: float) -> Severity:
    return "warning" if p >= _SURE else "info"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[:_LONG]}…"
