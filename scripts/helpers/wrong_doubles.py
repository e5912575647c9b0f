"""Plant sentences that are translated in two ways, and names that are spelt in two ways.

A slip of segments is a copy of a unit at the end of the text with something changed in it; a
slip of names is a change of one place of a name.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from aligner.check.spelt.person_names import person_names, sounds
from aligner.lexicon.dictionary import load_lexicon
from aligner.lexicon.words import cut_words
from aligner.terms.units import TextUnit
from aligner.wording.forms import is_word

Place = tuple[tuple[str, int], ...]  # units that may be told, the changed one first
_LEAST_P: Final = 0.9  # of a bead into which something is planted
_WORD: Final = re.compile(r"\b[a-z]{5,}\b")
_NAME: Final = re.compile(r"(?<= )[A-Z][a-z]{4,}\b(?!['’-])")
_NUMBER: Final = re.compile(r"\d+")
_LONG: Final = range(12, 120)  # characters of the Chinese of a copied sentence
_OFTEN: Final = 3  # units that have a name
_LETTERS: Final = "abdeghiklmnoprstuvwyz"


def planted(
    kind: str, units: Sequence[TextUnit], count: int, chance: random.Random
) -> tuple[list[TextUnit], list[Place]]:
    """Return the units with slips of a kind, and the places of the slips."""
    check, change = KINDS[kind]
    order = [n for n, u in enumerate(units) if u.p >= _LEAST_P and u.src and u.tgt]
    chance.shuffle(order)
    wrong, places = list(units), list[Place]()
    last = max((unit.bead for unit in units), default=0)
    for n, src, tgt in change(units, order, chance):
        if len(places) == count:
            break
        changed = _with(units[n], src, tgt)
        if check == "segments":
            last += 1
            changed = replace(changed, bead=last)
            wrong.append(changed)
        else:
            wrong[n] = changed
        places.append(((changed.doc, changed.bead), (units[n].doc, units[n].bead)))
    return wrong, places


def _with(unit: TextUnit, src: str, tgt: str) -> TextUnit:
    chars = [np.arange(len(text), dtype=np.int32) for text in (src, tgt)]
    return replace(unit, src=src, tgt=tgt, src_char=chars[0], tgt_char=chars[1])


Changed = Iterator[tuple[int, str, str]]


def _other(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with another English word, and other numbers on both sides."""
    vocabulary = sorted({w for u in units for w in _WORD.findall(u.tgt)})
    for n in _copied(units, order):
        src, tgt = units[n].src, units[n].tgt
        found = list(_WORD.finditer(tgt))
        if not found:
            continue
        word = chance.choice(found)
        text = tgt[: word.start()] + chance.choice(vocabulary) + tgt[word.end() :]
        shared = set(_NUMBER.findall(src)) & set(_NUMBER.findall(text))
        for number in sorted(shared):
            src, text = (re.sub(rf"(?<!\d){number}(?!\d)", "7", side) for side in (src, text))
        yield n, src, text


def _same(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with another Chinese word and the same English."""
    vocabulary = sorted(
        {w.text for n in order[:400] for w in cut_words(units[n].src) if _is_long(w.text)}
    )
    for n in _copied(units, order):
        src = units[n].src
        found = [w for w in cut_words(src) if _is_long(w.text)]
        if found:
            span = chance.choice(found).span
            yield n, src[: span.start] + chance.choice(vocabulary) + src[span.stop :], units[n].tgt


def _near(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with another Chinese word and the English of another one, about as long."""
    for n, src, tgt in _same(units, order, chance):
        other = units[chance.choice(order)].tgt
        if len(tgt) < 2 * len(other) < 4 * len(tgt):
            yield n, src, other


def _copied(units: Sequence[TextUnit], order: Sequence[int]) -> Iterator[int]:
    return (n for n in order if len(units[n].src) in _LONG)


def _is_long(word: str) -> bool:
    return len(word) > 1 and not word.isascii() and word in load_lexicon()


def _letter(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with a person's name that is a letter off."""
    for n, name, _ in _people(units, order):
        at = chance.randrange(1, len(name))
        if name[at].isalpha() and name[at].islower():
            kind = chance.randrange(3)
            new = ("", name[at] * 2, chance.choice(_LETTERS.replace(name[at], "")))[kind]
            yield n, *_renamed(units[n], name, name[:at] + new + name[at + 1 :])


def _hyphen(units: Sequence[TextUnit], order: Sequence[int], _chance: random.Random) -> Changed:
    """Yield a unit with a given name of two characters hyphenated, which it is not elsewhere."""
    for n, name, chars in _people(units, order, often=2):
        sur, _, given = name.partition(" ")
        first = min(sounds(chars[-2]), key=lambda one: not given.lower().startswith(one))
        if len(chars) > 2 and given.lower().startswith(first) and "-" not in name:
            yield n, *_renamed(units[n], name, f"{sur} {given[: len(first)]}-{given[len(first) :]}")


def _order(units: Sequence[TextUnit], order: Sequence[int], _chance: random.Random) -> Changed:
    """Yield a unit with the surname behind the given name."""
    for n, name, _ in _people(units, order, often=2):
        yield n, *_renamed(units[n], name, " ".join(reversed(name.split(" "))))


def _people(
    units: Sequence[TextUnit], order: Sequence[int], *, often: int = 1
) -> Iterator[tuple[int, str, str]]:
    """Yield a place of each person's name that is there often enough."""
    found = {n: [p for p in person_names(units[n].src, units[n].tgt) if p.fits] for n in order}
    times = Counter((p.chars, p.text) for names in found.values() for p in names)
    known = Counter(p.chars for names in found.values() for p in names)
    seen = set()
    for n in order:
        for p in found[n]:
            same = times[p.chars, p.text]
            if p.chars not in seen and same == known[p.chars] > often and p.text.count(" ") == 1:
                seen.add(p.chars)
                yield n, p.text, p.chars
                break


def _place(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with a place's name of pinyin a letter off, everywhere in the unit."""
    lexicon = load_lexicon()
    seen = set()
    for n in order:
        for word in cut_words(units[n].src):
            for sound in sorted(sounds(word.text)) if len(word.text) == 2 else ():
                name = sound.capitalize()
                if (
                    len(name) > 5
                    and word.text not in seen
                    and lexicon.is_name(word.text)
                    and re.search(rf"\b{name}\b", units[n].tgt)
                ):
                    seen.add(word.text)
                    at = chance.randrange(2, len(name))
                    yield n, *_renamed(units[n], name, name[:at] + name[at + 1 :])


def _foreign(units: Sequence[TextUnit], order: Sequence[int], chance: random.Random) -> Changed:
    """Yield a unit with a name of several places a letter off in one of them."""
    times = Counter(word for u in units for word in set(_NAME.findall(u.tgt)))
    lower = {word for u in units for word in _WORD.findall(u.tgt)}
    lexicon = load_lexicon()
    seen = set()
    for n in order:
        for name in _NAME.findall(units[n].tgt):
            small = name.lower()
            if times[name] < _OFTEN or name in seen or small in lower or is_word(small):
                continue
            cut = cut_words(units[n].src)
            zh = [w.text for w in cut if lexicon.is_name(w.text) or w.text not in lexicon]
            if lexicon.links(zh, [name]):
                seen.add(name)
                at = chance.randrange(2, len(name) - 1)
                new = chance.choice(_LETTERS.replace(name[at], ""))
                yield n, *_renamed(units[n], name, name[:at] + new + name[at + 1 :])
                break


def _renamed(unit: TextUnit, name: str, new: str) -> tuple[str, str]:
    return unit.src, re.sub(rf"\b{name}\b", new, unit.tgt)


Change = Callable[[Sequence[TextUnit], Sequence[int], random.Random], Changed]
KINDS: Final[dict[str, tuple[str, Change]]] = {
    "other translation": ("segments", _other),
    "same translation": ("segments", _same),
    "near sentence": ("segments", _near),
    "person, a letter": ("names", _letter),
    "person, hyphen": ("names", _hyphen),
    "person, order": ("names", _order),
    "place, a letter": ("names", _place),
    "foreign, a letter": ("names", _foreign),
}
