"""Whether words of an English sentence are those of a target in another form.

Beside number, case and spelling (`aligner.terms.targets`) a target may stand in the form
of a verb (file, filed, filing), with its unit of measure as a symbol (24 h, hours), with
words between in a coordination (operational and cyber resilience), spelled out or as an
acronym; all these are the target. A word of one root (economic for economy) and another
order are told apart, and so is a piece that stands alone. A noun that only modifies another
one is no verb: an Auditing Board is an Audit Board by its root, not in another form.

Sources: inflections by LemmInflect (`aligner.wording.forms`); symbols: those of
`aligner.wording.unit_symbols`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.wording.content_words import Atom, atoms_of, prepositions_of, read_words, words
from aligner.wording.forms import base_form, is_lemma, parts_of_speech
from aligner.wording.initials import parts_of, spelled_out
from aligner.wording.letter_a import letters_a
from aligner.wording.prefixed import is_prefixed
from aligner.wording.roots import same_root
from aligner.wording.unit_symbols import SYMBOLS, unit_atoms, with_symbols

FormKind = Literal["form", "derivation", "order"]

_SHORTENED: Final = frozenset({"sq", "cu"})  # a full stop behind them ends no sentence
_INNER_HYPHEN: Final = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_LETTER_A: Final = re.compile(r"(?<=[^\W\d_][ -])A\b(?!['’](?!s\b)\w|[.\w])|\bA(?=[- ]shares?\b)")
_ALPHA: Final = "\N{GREEK CAPITAL LETTER ALPHA}"
_MOST_BETWEEN: Final = 4  # words inside a target that is one half of a coordination
_STOPS: Final = frozenset(".;:!?。；：！？")
_COMMAS: Final = frozenset(",()[]，、（）")  # words in another order do not go across one
_JOINING: Final = frozenset({"and", "or"})
_WINDOW: Final = 3  # words more than the target has, among which its words may be moved
_ACRONYM_WORDS: Final = 8  # of a name that an acronym stands for


class FormPlace(NamedTuple):
    """Where words of a target stand, and what makes them another form."""

    span: Span
    kind: FormKind


class _Read(NamedTuple):
    atom: Atom
    span: Span
    word: int  # number among all words, stop words included


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> tuple[tuple[_Read, ...], tuple[str, ...], frozenset[int], frozenset[int]]:
    """Return the content words of a text, all its words, and which follow a stop or a comma."""
    spans = [Span(*span) for span in words(text)]
    raw = tuple(text[slice(*span)] for span in spans)
    known = read_words(" ".join(raw))
    aligned = [atoms for _, atoms in known] if len(known) == len(raw) else None
    found = []
    for n, (span, word) in enumerate(zip(spans, raw, strict=True)):
        atoms = aligned[n] if aligned else atoms_of(word)
        found += [_Read(atom, span, n) for atom in unit_atoms(word, atoms)]
    gaps = [text[spans[n - 1].stop : spans[n].start] for n in range(1, len(spans))]
    stops = frozenset(
        n
        for n, gap in enumerate(gaps, 1)
        if not _STOPS.isdisjoint(gap) and raw[n - 1].lower() not in _SHORTENED
    )
    commas = frozenset(n for n, gap in enumerate(gaps, 1) if not _COMMAS.isdisjoint(gap))
    return tuple(found), tuple(word.lower() for word in raw), stops, commas


def find_forms(sentence: str, target: str) -> list[FormPlace]:
    """Return where a target stands in another form, apart, in order of places.

    What differs least goes first. Cost: the product of the two numbers of words.
    """
    sentence = with_symbols(with_letters(sentence), target)
    target = with_letters(target)
    wanted = tuple(each.atom for each in _read(target)[0])
    if not wanted:
        return []
    inner = inner_prepositions(target)
    modifiers = _modifiers(target)
    found = [*_in_order(sentence, wanted, inner, modifiers), *_moved(sentence, wanted)]
    kept: list[FormPlace] = []
    for kind in ("form", "derivation", "order"):
        for place in found:
            if place.kind == kind and not any(
                place.span.start < k.span.stop and k.span.start < place.span.stop for k in kept
            ):
                kept.append(place)
    return sorted(kept)


def inner_prepositions(text: str) -> tuple[str, ...]:
    """Return the prepositions inside a text, also those between hyphens: end-to-end."""
    return prepositions_of(unhyphened(text))


@lru_cache(maxsize=1 << 14)
def unhyphened(text: str) -> str:
    """Return a text of the same length with blanks for the hyphens inside its words."""
    return _INNER_HYPHEN.sub(" ", text)


@lru_cache(maxsize=1 << 14)
def with_letters(text: str) -> str:
    """Return a text of the same length in which a letter A that names something is no article.

    It follows a word, or comes before shares, and is a capital: Party A, hepatitis A, A
    shares. Another alphabet's capital takes its place, which no list of articles holds.

    >>> with_letters("Party A, a party") == "Party A, a party", with_letters("A party")
    (False, 'A party')
    >>> with_letters("It binds Party A.")[-2:].isascii(), with_letters("Jo A. Quill")
    (False, 'Jo A. Quill')
    """
    if "A." in text:  # where the sentence ends, else it is an initial
        for at in letters_a(text):
            text = f"{text[:at]}{_ALPHA}{text[at + 1 :]}"
    return _LETTER_A.sub(_ALPHA, text)


def lettered_span(sentence: str, span: Span) -> Span:
    """Return a range with the letter that names something behind it: Party B, Class A.

    >>> lettered_span("If Party B pays", Span(3, 8))
    Span(start=3, stop=10)
    """
    rest = with_letters(sentence)[span.stop :]
    if len(rest) >= 2 and rest[0] == " " and rest[1].isupper() and not rest[2:3].isalnum():
        return Span(span.start, span.stop + 2)
    return span


@lru_cache(maxsize=1 << 12)
def _modifiers(target: str) -> frozenset[int]:
    """Return which content words of a target stand directly before a noun that they modify.

    >>> sorted(_modifiers("audit board")), sorted(_modifiers("register with the court"))
    ([0], [])
    """
    read = _read(target)[0]
    tags = tag_words([target[slice(*span)] for span in words(target)])
    return frozenset(
        n
        for n, (one, following) in enumerate(pairwise(read))
        if following.word - one.word <= 1 and tags[one.word] != Tag.VERB
    )


def _in_order(
    sentence: str, wanted: Sequence[Atom], inner: tuple[str, ...], modifiers: frozenset[int]
) -> Iterator[FormPlace]:
    """Yield the words of a target in their order; between them only what a coordination adds."""
    read, raw, breaks, commas = _read(sentence)
    for first, start in enumerate(read):
        kind = alike(wanted[0], start.atom, modifies=0 in modifiers)
        at, kinds, joined = first, [kind], True
        while kind is not None and len(kinds) < len(wanted):
            k, before = len(kinds), at
            nearer = range(at + 1, min(at + 2 + _MOST_BETWEEN, len(read)))
            at = next((n for n in nearer if alike(wanted[k], read[n].atom)), -1)
            kind = alike(wanted[k], read[at].atom, modifies=k in modifiers) if at >= 0 else None
            kinds.append(kind)
            joined &= at <= before + 1 or not _has_own_noun(read, before, wanted, commas)
        if kind is None or at < 0 or not joined:
            continue
        between = raw[start.word : read[at].word]
        if breaks.intersection(range(start.word + 1, read[at].word + 1)):
            continue
        if at - first + 1 > len(wanted) and _JOINING.isdisjoint(between):
            continue
        span = Span(start.span.start, read[at].span.stop)
        whole = at - first + 1 == len(wanted)
        if whole and inner_prepositions(sentence[slice(*span)]) != inner:
            continue
        yield FormPlace(span, "derivation" if "derivation" in kinds else "form")


def _has_own_noun(
    read: Sequence[_Read], at: int, wanted: Sequence[Atom], commas: frozenset[int]
) -> bool:
    """Tell whether a word goes on with one that is none of the target's: an audit office and..."""
    behind = read[at + 1]
    beside = behind.word == read[at].word + 1 and behind.word not in commas
    return beside and not any(alike(atom, behind.atom) for atom in wanted)


def _moved(sentence: str, wanted: Sequence[Atom]) -> Iterator[FormPlace]:
    """Yield the words of a target close together in another order."""
    if len(wanted) < 2:
        return
    read, raw, stops, commas = _read(sentence)
    breaks = stops | commas
    for first in range(len(read)):
        window = read[first : first + len(wanted) + _WINDOW]
        if not any(alike(atom, window[0].atom) for atom in wanted):
            continue
        left, last = list(wanted), window[0]
        for each in window:
            mate = next((atom for atom in left if alike(atom, each.atom)), None)
            if mate is not None:
                left.remove(mate)
                last = each
            if not left:
                break
        if left or breaks.intersection(range(window[0].word + 1, last.word + 1)):
            continue
        two = not _JOINING.isdisjoint(raw[window[0].word : last.word])
        if not (two and _has_own_noun(read, first, wanted, commas)):
            yield FormPlace(Span(window[0].span.start, last.span.stop), "order")


@lru_cache(maxsize=1 << 16)
def alike(one: Atom, other: Atom, *, modifies: bool = False) -> FormKind | None:
    """Tell how a word of a target and a word of a text are one, if they are.

    Args:
        one: Of the target.
        other: Of the text.
        modifies: Whether the target's word modifies a noun, which makes another verb form of
            it a word of the same root.

    >>> word = lambda text: atoms_of(text)[0]
    >>> alike(word("file"), word("filing")), alike(word("economy"), word("economic"))
    ('form', 'derivation')
    >>> alike(word("hour"), word("hrs")), alike(word("zone"), word("area"))
    ('form', None)
    """
    if one.key == other.key:
        return "form"
    first, second = _unit(one), _unit(other)
    if second in {first, f"{first}s"} or first == f"{second}s":
        return "form"  # APIs: the lexicon has no such plural
    if _verbs(one.surface) & _verbs(other.surface):
        return "derivation" if modifies else "form"
    kin = same_root(one.key, other.key) or is_prefixed(other.surface, one.key)
    return "derivation" if kin else None


def _unit(atom: Atom) -> str:
    key = "second" if atom.surface == "second" else atom.key  # not what follows the first
    return base_form(SYMBOLS.get(atom.surface, key))


@lru_cache(maxsize=1 << 16)
def _verbs(word: str) -> frozenset[str]:
    """Return the verbs of which a word is a form; a noun with another verb's form is none."""
    if is_lemma(word, "VERB"):
        return frozenset({word})
    return frozenset(parts_of_speech(word).get("VERB", ()))


def has_spelled_out(sentence: str, target: str) -> bool:
    """Tell whether an acronym stands for a target, or the words of one that is an acronym.

    What a target has beside its acronym must be there too: CT tests are no CT scan.

    >>> has_spelled_out("the PZ grew", "pilot zone"), has_spelled_out("a pilot zone", "PZ")
    (True, True)
    >>> has_spelled_out("computed tomography tests", "CT scan")
    False
    """
    named = [target[slice(*span)] for span in words(target)]
    shorts = [word for word in named if _is_acronym(word)]
    others = {each.atom.key for word in named if word not in shorts for each in _read(word)[0]}
    if shorts and others <= {each.atom.key for each in _read(sentence)[0]}:
        parts = parts_of(sentence)
        if any(any(True for _ in spelled_out(short, parts)) for short in shorts):
            return True
    return acronym_of(sentence, target) is not None


def acronym_of(sentence: str, target: str) -> Span | None:
    """Return where an acronym of all words of a target stands; None if there is none.

    >>> acronym_of("the PZ grew", "pilot zone"), acronym_of("the PZ grew", "pilot district")
    (Span(start=4, stop=6), None)
    """
    parts = parts_of(target)
    whole = {part.word for part in parts if not part.free}
    if len(whole) < 2 or len(parts) > _ACRONYM_WORDS:
        return None
    for a, b in words(sentence):
        word = sentence[a:b]
        # in brackets it explains the words before it, which may be wrong ones
        mere = _is_acronym(word) and sentence[:a][-1:] not in {"(", "（"}
        if mere and any(whole <= set(range(*run)) for run in spelled_out(word, parts)):
            return Span(a, b)
    return None


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) >= 2 and len(word) <= _ACRONYM_WORDS
