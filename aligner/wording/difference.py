"""Name the difference between two English renderings of one Chinese term.

The tests go from what is harmless to what is not: the same words, a difference of
form, of prepositions, of order; an acronym; content words left out or added; words
of one root; other words. Words are compared in their normal form (`words`), those
that both renderings have are set aside, and acronyms are spelled out with the words
of the other rendering (`readings`). What remains names the class.

A rendering's span may be short by a word or two. If the words beside it make it
agree with the dominant rendering but for form, order or an acronym, that wider text
is compared instead.

Cost: the product of the two numbers of words, both small.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aligner.findings import Difference
from aligner.span import Span
from aligner.wording.content_words import RELATIONS, Atom, content_key, prepositions_of, words
from aligner.wording.initials import is_short, parts_of, spelled_out
from aligner.wording.readings import read_pair
from aligner.wording.roots import same_root

BESIDE_SPAN: Final = 48  # characters round a span that hold the words beside it
_BESIDE: Final = 3  # words on either side by which a span may be too short
_HARMLESS: Final = frozenset({"same", "form", "order", "acronym"})
_DOUBTFUL: Final = frozenset({"substitution", "short form", "expansion", "derivation"})
_STOPS: Final = frozenset(".,;:!?，；。：")  # end the neighbourhood of a span
HONORIFICS: Final = frozenset({"mr", "ms", "mrs", "miss", "madam"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a rendering differs from the dominant one.

    `removed` and `added` are the words that make the difference, in lower case as
    they stand in the texts: content words; for the class "preposition" the
    prepositions; for "acronym" the acronyms themselves.
    """

    difference: Difference
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def compare(
    dominant: str,
    other: str,
    *,
    before: str = "",
    after: str = "",
    announced: Collection[str] = (),
) -> Comparison:
    """Name the difference of a rendering to the dominant one.

    Args:
        dominant: The main rendering of the term.
        other: The rendering to be judged.
        before: The text before `other` in its sentence; its last words are enough.
        after: The text behind it.
        announced: Short forms that the text itself announces (hereinafter "the Plan").

    >>> compare("Green Shipping Pilot Zone", "Green Shipping Pilot Areas")
    Comparison(difference='substitution', removed=('zone',), added=('areas',))
    >>> compare("consumer protection", "protection", after="of consumers in").difference
    'order'
    """
    found = _compare(dominant, other)
    if found.difference not in _DOUBTFUL:
        return found
    if _may_agree(found, dominant, other):
        for wider in _wider(other, before, after):
            better = _compare(dominant, wider)
            if better.difference in _HARMLESS:
                return better
    if acronym := _acronym_beside(dominant, before, after):
        return Comparison("acronym", (), (acronym,))
    short = _bare_forms(tuple(announced))
    if _bare(other) in short and _bare(dominant) not in short:  # Party A is not Party B
        return Comparison("short form", found.removed, found.added)
    return found


def compare_at(
    dominant: str, other: str, sentence: str, span: Span, *, announced: tuple[str, ...] = ()
) -> Comparison:
    """Name the difference of a rendering where it stands, with the words beside it.

    Args:
        dominant: The main rendering of the term.
        other: The rendering to be judged, on one line.
        sentence: The English text in which it stands.
        span: Its place there.
        announced: Short forms that the text itself announces.
    """
    before = sentence[max(0, span.start - BESIDE_SPAN) : span.start]
    after = sentence[span.stop : span.stop + BESIDE_SPAN]
    return compare_once(dominant, other, before=before, after=after, announced=announced)


@lru_cache(maxsize=1 << 14)
def compare_once(
    dominant: str,
    other: str,
    *,
    before: str = "",
    after: str = "",
    announced: tuple[str, ...] = (),
) -> Comparison:
    """Compare as `compare` does, each pair of texts once."""
    return compare(dominant, other, before=before, after=after, announced=announced)


def _may_agree(found: Comparison, dominant: str, other: str) -> bool:
    """Tell whether more words could make two renderings agree.

    They do not take away a word that the dominant rendering has not, unless it is a
    part of a compound or an acronym is in play.
    """
    whole = dominant.lower()
    return all(word in whole for word in found.added) or any(
        sum(map(str.isupper, word)) >= 2 for word in f"{dominant} {other}".split()
    )


def _wider(other: str, before: str, after: str) -> Iterator[str]:
    """Yield the span with up to three words more on either side, the nearest first."""
    left = [before[start:] for start, _ in reversed(words(before))][:_BESIDE]
    right = [after[:stop] for _, stop in words(after)][:_BESIDE]
    sides = [(x, y) for x in ["", *left] for y in ["", *right] if x or y]
    for x, y in sorted(sides, key=lambda side: len(words(side[0])) + len(words(side[1]))):
        if _STOPS.isdisjoint(x) and _STOPS.isdisjoint(y):
            yield f"{x} {other} {y}"


def _acronym_beside(dominant: str, before: str, after: str) -> str:
    """Return the acronym of the whole dominant rendering that stands beside the span."""
    near = [before[start:stop] for start, stop in words(before)[-_BESIDE:]]
    near += [after[start:stop] for start, stop in words(after)[:_BESIDE]]
    near = [word for word in near if is_short(word)]
    if not near:
        return ""
    parts = parts_of(dominant)
    whole = {part.word for part in parts if not part.free}
    for word in near:
        if any(whole <= set(range(*run)) for run in spelled_out(word, parts)):
            return word.lower()
    return ""


@lru_cache(maxsize=16)
def _bare_forms(announced: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_bare, announced))


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).removeprefix("the ")


@lru_cache(maxsize=1 << 15)
def _compare(dominant: str, other: str) -> Comparison:
    if dominant.split() == other.split():
        return Comparison("same")
    one, two = content_key(dominant), content_key(other)
    if one == two or (one and two and "".join(one) == "".join(two)):
        return _by_prepositions(dominant, other)
    pair = read_pair(dominant, other)
    found = _by_words(pair.dominant, pair.other)
    if not pair.shortened:
        return found
    # Words left out beside an acronym are no matter: GBA stands for a longer name. Nor
    # are words before what the dominant acronym stands for; words behind it are added.
    whole_name = found.difference == "expansion" and pair.ends_spelled_out
    if whole_name or found.difference in {"form", "order", "short form"}:
        return Comparison("acronym", pair.long, pair.short)
    return found


def _by_prepositions(dominant: str, other: str) -> Comparison:
    one, two = prepositions_of(dominant), prepositions_of(other)
    if one == two:
        return Comparison("form")
    return Comparison("preposition", _without(one, two), _without(two, one))


def _without(one: Sequence[str], two: Sequence[str]) -> tuple[str, ...]:
    rest, left = list(two), []
    for item in one:
        if item in rest:
            rest.remove(item)
        else:
            left.append(item)
    return tuple(left)


def _by_words(one: Sequence[Atom], two: Sequence[Atom]) -> Comparison:
    """Name the difference of two lists of content words that are not one key."""
    removed, added = _unmatched(one, two)
    counted, numbers = _as_counted(two, removed, added)
    if counted != list(two):
        two = counted
        removed, added = _unmatched(one, two)
    moved = _kept(one, removed) != _kept(two, added)
    removed, added, derived = _pair_roots(removed, added)
    gone, new = _surfaces(removed), _surfaces(added)
    if gone or new:
        return Comparison(_by_rest(gone, new, moved=moved), gone, new)
    derived = derived or ([] if moved else numbers)
    if derived:
        return Comparison("derivation", *zip(*derived, strict=True))
    return Comparison("order" if moved else "form")


def _by_rest(gone: tuple[str, ...], new: tuple[str, ...], *, moved: bool) -> Difference:
    rest = gone + new
    if moved and rest == ("by",):
        return "order"  # procurement by government, government procurement
    titled = set(new) <= HONORIFICS and HONORIFICS.isdisjoint(gone)  # Shen Ruochuan, Mr Shen
    if not RELATIONS.isdisjoint(rest) or (gone and new and not titled):
        return "substitution"
    return "short form" if gone else "expansion"


def _surfaces(atoms: Sequence[Atom]) -> tuple[str, ...]:
    return tuple(atom.surface for atom in atoms)


def _unmatched(one: Sequence[Atom], two: Sequence[Atom]) -> tuple[list[Atom], list[Atom]]:
    """Return the words that only one side has, for each side."""
    return _apart(one, [atom.key for atom in two]), _apart(two, [atom.key for atom in one])


def _apart(atoms: Sequence[Atom], keys: list[str]) -> list[Atom]:
    left = []
    for atom in atoms:
        if atom.key in keys:
            keys.remove(atom.key)
        else:
            left.append(atom)
    return left


def _kept(atoms: Sequence[Atom], apart: Sequence[Atom]) -> list[str]:
    """Return the keys of what both sides have, in the order of this side."""
    return [atom.key for atom in _apart(atoms, [atom.key for atom in apart])]


def _as_counted(
    two: Sequence[Atom], removed: list[Atom], added: list[Atom]
) -> tuple[list[Atom], list[tuple[str, str]]]:
    """Give the numbers of one side the form that they have on the other: 14th, XIV, 14.

    Returns:
        The words, and the pairs that differ as three and third do.
    """
    words, pairs = list(two), []
    for atom in removed:
        for mate in added:
            if mate in words and _same_number(atom, mate):
                words[words.index(mate)] = Atom(mate.surface, atom.key)
                if not (_is_roman(atom) or _is_roman(mate)):
                    pairs.append((atom.surface, mate.surface))
                break
    return words, pairs


def _pair_roots(
    removed: list[Atom], added: list[Atom]
) -> tuple[list[Atom], list[Atom], list[tuple[str, str]]]:
    """Take out pairs of one root; return what is left on either side, and the pairs."""
    left, rest, pairs = [], list(added), []
    for atom in removed:
        mate = next((other for other in rest if same_root(atom.key, other.key)), None)
        if mate is None:
            left.append(atom)
        else:
            rest.remove(mate)
            pairs.append((atom.surface, mate.surface))
    return left, rest, pairs


def _same_number(one: Atom, two: Atom) -> bool:
    numbers = one.key[0].isdigit() and two.key[0].isdigit()
    return numbers and one.key.rstrip("dhnrst") == two.key.rstrip("dhnrst")


def _is_roman(atom: Atom) -> bool:
    return atom.key.isdigit() and set(atom.surface) <= set("ivx")
