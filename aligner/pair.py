"""What is settled about a pair of documents before and after it is aligned.

Before: which one is Chinese, and what the pair is called. After: which links are too
unlikely to be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from aligner.bitext import Alignment, Bead, Document
from aligner.errors import LanguageError, SettingError
from aligner.lang.codes import lang_of
from aligner.messages import N_, _
from aligner.span import Lang, Span

_NAMES = {"zh": N_("Chinese"), "en": N_("English")}


def detect(document: Document) -> Lang:
    """Return the language of a document.

    Raises:
        LanguageError: It is neither Chinese nor English; the document is named.
    """
    from aligner.lang.script import detect_language

    try:
        return detect_language(document.text)
    except LanguageError as error:
        raise LanguageError(f"{_name(document)}: {error}", hint=error.hint) from error


def order_sides(
    original: Document, translation: Document, *, langs: Sequence[str] | None = None
) -> tuple[Document, Document]:
    """Return the Chinese document and the English one.

    Args:
        original: One of the two.
        translation: The other.
        langs: Their languages, instead of those found from the script.

    Raises:
        LanguageError: They are not one Chinese and one English text, or plainly in the languages
            that `langs` gives to the other one: every output would name the wrong ones.
        SettingError: `langs` is not `zh` and `en` in some order.
    """
    told = ordered_langs(langs)
    if told and _contradicts(told, original, translation):
        raise LanguageError(
            _swapped(original, translation),
            hint=_("write --langs {langs}, or leave it out").format(langs=",".join(told[::-1])),
        )
    first, second = told or (detect(original), detect(translation))
    if first == second:
        raise LanguageError(
            _("{original} and {translation} both look {names}").format(
                original=_name(original), translation=_name(translation), names=_(_NAMES[first])
            ),
            hint=_(
                "give one Chinese and one English document,"
                " or name the languages with --langs zh,en"
            ),
        )
    return (original, translation) if first == "zh" else (translation, original)


def _contradicts(told: tuple[Lang, Lang], original: Document, translation: Document) -> bool:
    """Tell whether both documents plainly are in the language of the other."""
    try:
        return (detect(translation), detect(original)) == told
    except LanguageError:
        return False


def _swapped(original: Document, translation: Document) -> str:
    return _(
        "--langs names the languages the other way round: {original} looks {name} and"
        " {translation} {name2}"
    ).format(
        original=_name(original),
        name=_(_NAMES[detect(original)]),
        translation=_name(translation),
        name2=_(_NAMES[detect(translation)]),
    )


def ordered_langs(langs: Sequence[str] | None) -> tuple[Lang, Lang] | None:
    """Return two languages as the user named them, whatever the letter case or region.

    >>> ordered_langs(["EN", "zh-CN"])
    ('en', 'zh')

    Raises:
        SettingError: They are not Chinese and English in some order.
    """
    if langs is None:
        return None
    found = [lang_of(code) for code in langs]
    if sorted(map(str, found)) != sorted(_NAMES):
        raise SettingError(
            _("invalid languages: {langs}").format(langs=", ".join(langs)),
            hint=_(
                "name zh and en in the order of the documents or columns, such as --langs zh,en"
            ),
        )
    return ("zh", "en") if found[0] == "zh" else ("en", "zh")


def pair_id(src_id: str, tgt_id: str) -> str:
    """Return the name of a pair: what its documents' names begin with, or end with.

    >>> pair_id("notice.zh", "notice.en"), pair_id("zh_law_2020", "en_law_2020")
    ('notice', 'law_2020')
    >>> pair_id("原文", "translation")
    '原文'
    """
    src, tgt = re.split("([._ -]+)", src_id), re.split("([._ -]+)", tgt_id)
    head = _common(src, tgt)
    tail = _common(src[::-1], tgt[::-1])[::-1]
    return "".join(head).strip("._ -") or "".join(tail).strip("._ -") or src_id


def withhold(alignment: Alignment, min_p: float) -> Alignment:
    """Take apart every link less likely than `min_p`, so that no sentence is lost.

    Its two sides become one-sided beads side by side, which keep the link's p.

    >>> link = Bead(Span(0, 2), Span(0, 1), 0.4)
    >>> [bead.kind for bead in withhold(Alignment((link,), 2, 1), 0.5).beads]
    ['2-0', '0-1']
    """
    beads: list[Bead] = []
    for bead in alignment.beads:
        if bead.p < min_p and bead.src.size and bead.tgt.size:
            start = Span(bead.tgt.start, bead.tgt.start)
            stop = Span(bead.src.stop, bead.src.stop)
            beads += [Bead(bead.src, start, bead.p), Bead(stop, bead.tgt, bead.p)]
        else:
            beads.append(bead)
    return Alignment(tuple(beads), alignment.n_src, alignment.n_tgt)


def withheld_links(beads: Iterable[Bead], min_p: float) -> tuple[tuple[Bead, Bead], ...]:
    """Return the one-sided halves of links that were taken apart by `min_p`.

    The halves stand side by side and share the link's p, which two sentences that lack a
    partner never do: `align` gives them different ones.
    """
    return tuple(
        (src, tgt)
        for src, tgt in pairwise(beads)
        if not src.tgt.size and not tgt.src.size and src.p == tgt.p < min_p
    )


def _common(first: Sequence[str], second: Sequence[str]) -> list[str]:
    pairs = zip(first, second, strict=False)  # as far as the shorter one goes
    return [a for a, _other in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def _name(document: Document) -> str:
    return document.source or document.id
