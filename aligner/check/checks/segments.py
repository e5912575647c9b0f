"""The same sentence in two translations, and one translation of two sentences.

What it does: it compares whole sentences, headings and labels, numbers and dates set aside.
It reports a Chinese sentence that stands in the text again with other English words, English
words that stand there again for another Chinese sentence, and, of two Chinese sentences that
differ in one place, those whose translations differ all over. Capitals, number, spelling
and small words are in order, and so are very short sentences, which people say in many ways.

Why that is bad: a reader takes two wordings for two rules. And an English sentence that
stands for two Chinese ones was often taken over from the first and never adapted.

Example:
    申请人应当在窗口领取表格。 | Applicants shall collect the form at the counter.
    办公室每天上午开放，节假日除外。 | The office is open every morning except on holidays.
    申请人应当在窗口领取表格。 | Candidates must fetch the paper at the window.
    办公室每天下午开放，节假日除外。 | The office is open every morning except on holidays.
    -> ‘申请人应当在窗口领取表格。’, ‘Candidates must fetch the paper at the window.’ (other translation, warning)
    -> ‘办公室每天下午开放，节假日除外。’, ‘The office is open every morning except on holidays.’ (same translation, warning)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""  # noqa: E501 - an example is one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from aligner.check.alike.near_pairs import NearPair, near_pairs
from aligner.check.alike.segment_keys import ANY_NUMBER, Key, key
from aligner.check.build import changes
from aligner.check.noticed import Noticed, notice
from aligner.check.severity import is_harmless
from aligner.findings import Severity
from aligner.lexicon.dictionary import load_lexicon
from aligner.messages import _, ngettext
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.wording.difference import compare_once

_CHECK: Final = "segments"
_LEAST_P: Final = 0.8  # of a link: a wrong one has another translation by nature
_FEW_ZH: Final = 6  # characters of the words of a sentence; shorter ones are said in many ways
_FEW_EN: Final = 4  # words
_MOST: Final = 2  # words in which near sentences differ
_SHARE: Final = 0.75  # of their words that are equal
_APART: Final = 0.6  # share of English words in common, up to which translations differ all over
_HALF: Final = 0.5  # of a sentence
_SHOWN: Final = 80  # characters of another place's text


def segments(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield what is translated in two ways, and what stands for two things.

    Args:
        units: Of one or more documents; all are compared with all, at the cost of sorting.
    """
    used = [n for n, unit in enumerate(units) if _is_compared(unit)]
    zh = {n: key(units[n].src, "zh") for n in used}
    en = {n: key(units[n].tgt, "en") for n in used}
    by_zh, by_en = _grouped(zh, _FEW_ZH), _grouped(en, 0)
    for numbers in by_zh.values():
        yield from _other_translations(units, numbers, en)
    for words, numbers in by_en.items():
        if len(words) >= _FEW_EN:
            yield from _same_translations(units, numbers, zh)
    yield from _unlike(units, by_zh, en)


def _is_compared(unit: TextUnit) -> bool:
    return bool(unit.src and unit.tgt) and unit.p >= _LEAST_P


def _grouped(keys: dict[int, Key], least: int) -> dict[tuple[str, ...], list[int]]:
    """Return the units of each key, in order; too short ones are left out."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, each in keys.items():
        if sum(map(len, each.content)) >= least and set(each.content) - {ANY_NUMBER}:
            groups[each.words].append(n)
    return groups


def _other_translations(
    units: Sequence[TextUnit], numbers: Sequence[int], en: dict[int, Key]
) -> Iterator[Noticed]:
    """Yield the places whose translation is not the one that is commonest."""
    by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in numbers:
        by_key[tuple(sorted(en[n].content))].append(n)
    if len(by_key) == 1:
        return
    usual, *others = sorted(by_key.values(), key=lambda each: (-len(each), each[0]))
    expected = " ".join(units[usual[0]].tgt.split())
    for places in others:
        text = " ".join(units[places[0]].tgt.split())
        found = compare_once(expected, text)
        if is_harmless(found.difference):
            continue
        sure = found.difference == "substitution"
        changed = changes(found)
        for n in places:
            yield _noticed(
                units[n],
                kind="other translation",
                severity="warning" if sure else "info",
                p=0.5 if sure else 0.3,
                why=_("The same Chinese is ‘{expected}’ in {places}{changed}.").format(
                    expected=_short(expected),
                    places=_places(len(usual)),
                    changed=f": {changed}" if changed else "",
                ),
                suggestion=expected if len(usual) > len(places) else "",
            )


def _same_translations(
    units: Sequence[TextUnit], numbers: Sequence[int], zh: dict[int, Key]
) -> Iterator[Noticed]:
    """Yield the places of one translation whose Chinese says something else."""
    by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in numbers:
        by_key[zh[n].content].append(n)
    if len(by_key) == 1:
        return
    usual, *others = sorted(by_key.values(), key=lambda each: (-len(each), each[0]))
    for places in others:
        gone, new = _changed(zh[usual[0]].content, zh[places[0]].content)
        if (not gone and not new) or _mean_the_same(gone, new):
            continue
        place = max(len(gone), len(new)) <= _MOST  # else it is put in other words
        whole = len(gone) >= _HALF * len(zh[usual[0]].content)
        sure = bool(gone and new) and (place or whole) and not _share_characters(gone, new)
        for n in places:
            yield _noticed(
                units[n],
                kind="same translation",
                severity="warning" if sure else "info",
                p=0.5 if sure else 0.2,
                why=_(
                    "The same English stands for ‘{src}’ too; "
                    "the Chinese differs: {gone} there, {new} here."
                ).format(src=_short(units[usual[0]].src), gone=_told(gone), new=_told(new)),
                suggestion="",
            )


def _unlike(
    units: Sequence[TextUnit], by_zh: dict[tuple[str, ...], list[int]], en: dict[int, Key]
) -> Iterator[Noticed]:
    """Yield sentences that differ in one place, and whose translations differ all over."""
    sequences = [words for words in by_zh if len(words) > _MOST]
    seen: set[int] = set()
    for pair in near_pairs(sequences, most=_MOST, share=_SHARE):
        n, m = by_zh[sequences[pair.one]][0], by_zh[sequences[pair.other]][0]
        common = SequenceMatcher(None, en[n].content, en[m].content, autojunk=False).ratio()
        if common > _APART or m in seen:
            continue
        seen.add(m)
        yield _noticed(
            units[m],
            kind="near sentence",
            severity="info",
            p=0.3,
            why=_(
                "But for {pair} the Chinese is the same as where the translation is ‘{tgt}’."
            ).format(pair=_one_place(pair, sequences), tgt=_short(units[n].tgt)),
            suggestion="",
        )


def _one_place(pair: NearPair, sequences: Sequence[tuple[str, ...]]) -> str:
    here = "".join(sequences[pair.other][slice(*pair.other_span)])
    there = "".join(sequences[pair.one][slice(*pair.one_span)])
    return _("‘{words}’").format(words=here or there)


def _changed(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that only one of two sentences has, in order."""
    match = SequenceMatcher(None, one, other, autojunk=False)
    gone: list[str] = []
    new: list[str] = []
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            gone += one[a:b]
            new += other[c:d]
    return tuple(gone), tuple(new)


def _mean_the_same(gone: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Tell whether each word of one side has a word of the other with a translation in common."""
    lexicon = load_lexicon()
    # a word whose translations are all small words (very) adds nothing
    sides = [[w for w in words if w not in lexicon or lexicon.glosses(w)] for words in (gone, new)]
    if sorted(sides[0]) == sorted(sides[1]):
        return True
    stems = [[set(lexicon.glosses(word)) for word in words] for words in sides]
    return bool(gone and new) and all(
        any(mine & theirs for theirs in others)
        for ours, others in (stems, stems[::-1])
        for mine in ours
    )


def _share_characters(gone: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Tell whether most characters of the shorter side are on the other too: a synonym."""
    one, other = sorted(("".join(gone), "".join(new)), key=len)
    return sum(character in other for character in one) * 2 > len(one)


def _noticed(  # noqa: PLR0913 - what is told, each by its name
    unit: TextUnit, *, kind: str, severity: Severity, p: float, why: str, suggestion: str
) -> Noticed:
    return notice(
        unit,
        check=_CHECK,
        kind=kind,
        severity=severity,
        why=why,
        p=p * unit.p,
        src=Span(0, len(unit.src)),
        tgt=Span(0, len(unit.tgt)),
        suggestion=suggestion,
    )


def _told(words: tuple[str, ...]) -> str:
    return _("‘{words}’").format(words=" ".join(words)) if words else _("nothing")


def _places(count: int) -> str:
    return ngettext("{count} other place", "{count} other places", count).format(count=count)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
