"""Which places of a glossary's term are its own: not across words, not inside other compounds.

A string of a term may stand in a text without being the term: 国人 in 中国|人民, 新分配 in
重新|分配, 审查 in 非审查 or in a longer name of its own. The Chinese side raises the doubt, the
English side settles it: a place in whose sentence a target stands is always kept. The
doubts, each a fact of the language and none a list of terms:

* a word of the dictionary lies across an edge of the place, or holds it (国|人 in 中国, 人民),
  unless the segmenter has cut it wrongly (`cut_again`);
* a prefix stands before it that makes another thing of it (非, 反, 副, 准, 亚, 超, 最);
* a neighbouring noun or adjective always goes with another rendering: wherever it stands
  beside the term no target is found, while the other places mostly have one;
* the place is a piece of a longer entry of the dictionary, and English has a translation of
  that: 表面 in 表面活性剂 beside `surfactant`.

Cost: linear in the text of the sentences that have a term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from aligner.glossary.entries import Entry
from aligner.lang.shadow import shadow
from aligner.lexicon import load_lexicon
from aligner.lexicon.gloss import plain_words, stem
from aligner.lexicon.words import Word, cut_words, word_cutter
from aligner.span import Span
from aligner.terms.candidates.tags import tag_of
from aligner.terms.own_places.cut_again import TextUse, is_cut_from_words, was_cut_wrongly
from aligner.terms.targets import find_targets
from aligner.terms.units import english_words

# Before a noun they name its opposite, its deputy or its degree. 不 and 未 are left out: what
# is not done (未验收) is still rendered by the same word.
_PREFIXES: Final = "非反副准亚亞超最準"
_NEIGHBOUR_LEAST: Final = 3  # places beside one neighbour: twice may be two slips
_ELSEWHERE_LEAST: Final = 2  # places without it
_ELSEWHERE_SHARE: Final = 0.5  # of them that have a target
_COMPOUNDING: Final = ("n", "a", "b", "vn", "j", "x", "eng")  # tags of what makes compounds
_LONGEST_REST: Final = 4  # characters that a compound has before or behind the term


class EntryPlace(NamedTuple):
    """One place of an entry's string."""

    unit: int
    span: Span  # in the unit's Chinese text


class _Around(NamedTuple):
    """What stands round a place, cut into words."""

    prefixed: bool
    over: tuple[Word, ...]  # the words over it, if one of them goes over its edge
    beside: tuple[tuple[Literal["left", "right"], str], ...]


def own_places(
    found: Mapping[str, Sequence[EntryPlace]],
    entries: Mapping[str, Entry],
    texts: Sequence[tuple[str, str]],
) -> dict[str, list[EntryPlace]]:
    """Return the places of each entry that are places of the term; entries without any go.

    Args:
        found: The places of each entry by its key, in order.
        entries: The entries by their keys.
        texts: The Chinese and English text of each unit.
    """
    cut = cache(lambda unit: cut_words(texts[unit][0]))
    stems = cache(lambda unit: english_stems(texts[unit][1]))
    characters = sum(len(text) for text, _sentence in texts)
    kept = {}
    for key, places in found.items():
        entry = entries[key]
        rendered = [_has_target(texts[place.unit][1], entry) for place in places]
        around = [_around(cut(place.unit), place.span, texts[place.unit][0]) for place in places]
        other = _other_compounds(around, rendered)
        clear = sum(yes or not here.over for yes, here in zip(rendered, around, strict=True))
        use = TextUse(clear, characters)

        def is_doubtful(place: EntryPlace, here: _Around, use: TextUse = use) -> bool:
            text, over = texts[place.unit][0], here.over
            return here.prefixed or (
                bool(over) and not was_cut_wrongly(over, place.span, text, stems(place.unit), use)
            )

        mine = [
            place
            for place, yes, here in zip(places, rendered, around, strict=True)
            if yes
            or not (
                is_doubtful(place, here)
                or other.intersection(here.beside)
                or _in_rendered_compound(
                    texts[place.unit][0], cut(place.unit), stems(place.unit), place.span
                )
            )
        ]
        if mine:
            kept[key] = mine
    return kept


def english_stems(sentence: str) -> frozenset[str]:
    """Return the stems of the words of a sentence, as the keys of glosses have them.

    >>> sorted(english_stems("Axes rotate."))
    ['axe', 'rotat']
    """
    words = english_words(sentence).words
    return frozenset(stem(part) for word in words for part in plain_words(word))


def _has_target(sentence: str, entry: Entry) -> bool:
    return bool(sentence) and bool(find_targets(sentence, entry))


def _around(words: Sequence[Word], place: Span, text: str) -> _Around:
    """Look at the words over, before and behind a place."""
    before = [word for word in words if word.span.stop <= place.start][-1:]
    behind = next((word for word in words if word.span.start >= place.stop), None)
    over = [w for w in words if w.span.start < place.stop and place.start < w.span.stop]
    prefixed = text[: place.start][-1:] in _PREFIXES and place.start > 0
    across = not all(_goes_on(word, place, text) for word in over)
    beside: list[tuple[Literal["left", "right"], str]] = []
    if before and before[0].span.stop == place.start and _is_content(before[0].text):
        beside.append(("left", before[0].text))
    if behind and behind.span.start == place.stop and _is_content(behind.text):
        beside.append(("right", behind.text))
    return _Around(prefixed, tuple(over) if across else (), tuple(beside))


def _goes_on(word: Word, place: Span, text: str) -> bool:
    """Tell whether a word over a place leaves the place a term.

    It does if it lies inside; if the segmenter made it up from no word of the dictionary
    that the term cuts; and if what it has of the term is a word by itself, to which a suffix
    is joined: 投资|回报率 holds 投资回报.
    """
    a, b = max(word.span.start, place.start), min(word.span.stop, place.stop)
    if word.span.size == b - a:
        return True
    if not is_dictionary_word(word.text):
        return not is_cut_from_words(word, place, text)
    piece = shadow(text[a:b]).text
    return b - a < place.size and len(piece) > 1 and is_dictionary_word(piece)


def is_dictionary_word(word: str) -> bool:
    """Tell whether the segmenter knows a word, and has not made it up."""
    cutter = word_cutter()
    cutter.check_initialized()
    return bool(cutter.FREQ.get(word, 0))


def _is_content(word: str) -> bool:
    """Tell whether a neighbour may be a part of a compound: 一种 and 进行 are of the sentence."""
    return len(word) > 1 and word.isalpha() and tag_of(shadow(word).text).startswith(_COMPOUNDING)


def _in_rendered_compound(
    text: str, words: Sequence[Word], stems: frozenset[str], place: Span
) -> bool:
    """Tell whether a longer entry of the dictionary holds a place, and English renders that.

    It cuts no word of the sentence: 开门 is none in 推开|门.

    >>> text = "含有表面活性剂。"
    >>> stems = english_stems("It has a surfactant.")
    >>> _in_rendered_compound(text, cut_words(text), stems, Span(2, 4))
    True
    >>> _in_rendered_compound(text, cut_words(text), english_stems("an agent"), Span(2, 4))
    False
    """
    lexicon = load_lexicon()
    edges = {edge for word in words for edge in word.span} | set(place)
    return any(
        bool(key) and stems.issuperset(key)
        for start in range(max(0, place.start - _LONGEST_REST), place.start + 1)
        for stop in range(place.stop, min(len(text), place.stop + _LONGEST_REST) + 1)
        if stop - start > place.size and edges.issuperset((start, stop))
        if text[start:stop] in lexicon
        for key in lexicon.glosses(text[start:stop])
    )


def _other_compounds(
    around: Sequence[_Around], rendered: Sequence[bool]
) -> set[tuple[Literal["left", "right"], str]]:
    """Return the neighbours with which the term is never rendered by a target."""
    count: Counter[tuple[Literal["left", "right"], str]] = Counter()
    right: defaultdict[tuple[Literal["left", "right"], str], int] = defaultdict(int)
    for here, yes in zip(around, rendered, strict=True):
        for neighbour in here.beside:
            count[neighbour] += 1
            right[neighbour] += yes
    total, all_right = len(rendered), sum(rendered)
    return {
        neighbour
        for neighbour, n in count.items()
        if n >= _NEIGHBOUR_LEAST
        and not right[neighbour]
        and total - n >= _ELSEWHERE_LEAST
        and all_right >= _ELSEWHERE_SHARE * (total - n)
    }
