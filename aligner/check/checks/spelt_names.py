"""Names that are spelt in two ways, not as their characters sound, or another place's.

What it does: it reads the names of Chinese people and places beside their characters, and
reports pinyin that is a letter off, a name that is spelt, hyphenated or parted in another
way than elsewhere in the text, and a given name before the surname where the others stand
behind it. A name in Wade-Giles is in order, unless the text has its pinyin too. Other names
are compared with each other: two that are a letter apart and stand for the same Chinese word.
Names in other romanisations, as they are usual in Hong Kong and Taiwan, are left alone, and so
is what the dictionary has as an established spelling. It also reports a country, a province of
China or a well-known city that is rendered as another one, its adjective, people and language
included, and a direction turned round (以北: south of). A short form (中美, 沪), a capital that
stands for its country, and a name that the sentence before or after has in its place are in order.

Why that is bad: to a reader Wang Xiaoming and Wang Xiaomin are two people, and a name that
is misspelt cannot be looked up. Liberia for 利比亚 is wrong, and nothing in the English shows it.

Example:
    馆长王小明致辞。 | Wang Xiaoming, the curator, gave a speech.
    王小明介绍了展品。 | Wang Xiaoming presented the exhibits.
    随后王小明答问。 | Then Wang Xiao-ming answered questions.
    副馆长张强也在场。 | Zhan Qiang, the deputy curator, was present too.
    展品来自奥地利。 | The exhibits are from Australia.
    -> ‘王小明’, ‘Wang Xiao-ming’ (two spellings, warning)
    -> ‘张强’, ‘Zhan Qiang’ (pinyin, warning)
    -> ‘奥地利’, ‘Australia’ (another place, error)

To switch it off: leave it out of `--checks`, or accept a finding with its reason in a
file and give it with `--baseline`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.check.noticed import Noticed, notice
from aligner.check.spelt.compass import turned_round
from aligner.check.spelt.foreign_names import two_spellings
from aligner.check.spelt.other_places import other_places
from aligner.check.spelt.person_names import PersonName, letters, person_names
from aligner.check.spelt.place_names import wrong_places
from aligner.findings import Severity
from aligner.messages import _, ngettext
from aligner.span import Span
from aligner.terms.units import TextUnit

_CHECK: Final = "names"
_LEAST_P: Final = 0.3  # of a link: a name is rarely in a neighbouring sentence too
_LIKELY_P: Final = 0.5  # of a link of which two names of places have to be one
_FEW: Final = 3  # people from whom a text shows in which order it gives names
_MOSTLY: Final = 0.8
_LONGEST: Final = 30  # characters of a name: what is told of it is told once


class _SpeltPlace(NamedTuple):
    unit: TextUnit
    name: PersonName


def names(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield names that are spelt in two ways, or against their characters.

    Args:
        units: Of one or more documents; a name has one spelling in all of them.
    """
    used = [unit for unit in units if unit.src and unit.tgt and unit.p >= _LEAST_P]
    people: defaultdict[str, list[_SpeltPlace]] = defaultdict(list)
    for unit in used:
        for name in person_names(unit.src, unit.tgt):
            people[name.chars].append(_SpeltPlace(unit, name))
    surname_first = _surname_first(people)
    told: set[tuple[str, int, int]] = set()
    for places in people.values():
        for place, found in _of_person(places, surname_first=surname_first):
            told.add((place.unit.doc, place.unit.bead, place.name.tgt.start))
            yield found
    likely = [unit for unit in used if unit.p >= _LIKELY_P]
    others = [*_of_other_places(likely), *_of_directions(likely)]
    for unit, span, found in [*others, *_of_words(used), *_of_places(used)]:
        stands = (unit.doc, unit.bead)
        if not any((*stands, at) in told for at in range(span.start - _LONGEST, span.stop)):
            told.add((*stands, span.start))
            yield found


def _of_words(units: Sequence[TextUnit]) -> Iterator[tuple[TextUnit, Span, Noticed]]:
    """Yield the places of words that are spelt in two ways."""
    for pair in two_spellings(units):
        why = _("‘{zh}’ is ‘{usual}’ in {places}.").format(
            zh=pair.zh, usual=pair.usual, places=_places(pair.usual_count)
        )
        for n, span in pair.places:
            unit = units[n]
            # in another document it may be somebody else
            sure = pair.usual_count > len(pair.places) and unit.doc in pair.usual_docs
            src = _zh_span(unit, pair.zh)
            found = _noticed(unit, "two spellings", _sure(sure), why, src, span, pair.usual)
            yield unit, span, found


def _of_person(
    places: Sequence[_SpeltPlace], *, surname_first: bool | None
) -> Iterator[tuple[_SpeltPlace, Noticed]]:
    """Yield what is wrong with the spellings of one person's name."""
    fitting = [place for place in places if place.name.fits]
    times = Counter(_form(place.name) for place in fitting or places)
    usual, count = max(times.items(), key=lambda item: item[1])
    shown = next(p.name.text for p in places if _form(p.name) == usual)
    for place in places:
        name = place.name
        if name.wade_giles:
            if any(p.unit.doc == place.unit.doc for p in fitting):
                yield place, _of_other_spelling(place, shown, count, sure=count > 1)
        elif not name.fits:
            if not (name.sure or any(p.unit.doc == place.unit.doc for p in fitting)):
                continue  # another romanisation
            yield place, _of_pinyin(place, shown if fitting else name.pinyin)
        elif _form(name) != usual and (
            name.given_first == usual[1] or letters(name.text) == letters(shown)
        ):  # such as Lu and Lv for 吕, which both fit
            sure = count > times[_form(name)]
            yield place, _of_other_spelling(place, shown, count, sure=sure)
        elif name.given_first != usual[1] and count > times[_form(name)]:
            why = _("‘{chars}’ is ‘{shown}’ in {places}, in the other order.").format(
                chars=name.chars, shown=shown, places=_places(count)
            )
            how: tuple[Severity, float] = ("warning", 0.7)
            yield place, _noticed(place.unit, "name order", how, why, name.src, name.tgt, shown)
        elif surname_first is not None and name.given_first == surname_first:
            why = _("The surname stands on the other side than in most names of the text.")
            how = ("info", 0.4)  # who lives abroad may write it so
            yield place, _noticed(place.unit, "name order", how, why, name.src, name.tgt, "")


def _form(name: PersonName) -> tuple[str, bool]:
    return name.text.replace("’", "'").replace("‐", "-"), name.given_first


def _surname_first(people: dict[str, list[_SpeltPlace]]) -> bool | None:
    """Tell in which order the names of a text are, or None where it does not show."""
    orders = Counter(
        name.given_first for places in people.values() for _other, name in places if name.fits
    )
    total = orders.total()
    if total < _FEW or max(orders.values()) < _MOSTLY * total:
        return None
    return orders[False] > orders[True]


def _of_other_spelling(place: _SpeltPlace, shown: str, count: int, *, sure: bool) -> Noticed:
    name = place.name
    why = _("‘{chars}’ is ‘{shown}’ in {places}.").format(
        chars=name.chars, shown=shown, places=_places(count)
    )
    return _noticed(place.unit, "two spellings", _sure(sure), why, name.src, name.tgt, shown)


def _of_pinyin(place: _SpeltPlace, wanted: str) -> Noticed:
    name = place.name
    why = _("‘{chars}’ is {pinyin} in pinyin, which the spelling does not fit.").format(
        chars=name.chars, pinyin=name.pinyin
    )
    return _noticed(place.unit, "pinyin", ("warning", 0.8), why, name.src, name.tgt, wanted)


def _of_places(units: Sequence[TextUnit]) -> Iterator[tuple[TextUnit, Span, Noticed]]:
    """Yield the places whose names are a letter from their pinyin."""
    for unit in units:
        for name in wrong_places(unit.src, unit.tgt):
            why = _("‘{chars}’ is {pinyin} in pinyin; the spelling is a letter off.").format(
                chars=name.chars, pinyin=name.pinyin
            )
            how: tuple[Severity, float] = ("warning", 0.8)
            found = _noticed(unit, "pinyin", how, why, name.src, name.tgt, name.pinyin)
            yield unit, name.tgt, found


def _of_other_places(units: Sequence[TextUnit]) -> Iterator[tuple[TextUnit, Span, Noticed]]:
    """Yield the places that are rendered as others."""
    for place in other_places(units):
        unit = place.unit
        why = _("‘{en}’ is not what ‘{zh}’ means, and nothing else in the original explains it.")
        why = why.format(en=unit.tgt[slice(*place.tgt)], zh=unit.src[slice(*place.src)])
        how: tuple[Severity, float] = ("error", 0.9) if place.sure else ("warning", 0.7)
        found = _noticed(unit, "another place", how, why, place.src, place.tgt, place.wanted)
        yield unit, place.tgt, found


def _of_directions(units: Sequence[TextUnit]) -> Iterator[tuple[TextUnit, Span, Noticed]]:
    """Yield the directions that are turned round."""
    for unit in units:
        if pair := turned_round(unit.src, unit.tgt):
            src, tgt = pair
            why = _("‘{en}’ is the opposite of ‘{zh}’.")
            why = why.format(en=unit.tgt[slice(*tgt)], zh=unit.src[slice(*src)])
            yield unit, tgt, _noticed(unit, "direction", ("error", 0.8), why, src, tgt, "")


def _sure(more: bool) -> tuple[Severity, float]:  # noqa: FBT001 - its only argument
    """Return how much a second spelling matters: whether the other one is commoner."""
    return ("warning", 0.7) if more else ("info", 0.4)


def _noticed(  # noqa: PLR0913, PLR0917 - what is told of a name
    unit: TextUnit,
    kind: str,
    how: tuple[Severity, float],
    why: str,
    src: Span | None,
    tgt: Span,
    suggestion: str,
) -> Noticed:
    severity, p = how
    return notice(
        unit,
        check=_CHECK,
        kind=kind,
        severity=severity,
        why=why,
        p=p * unit.p,
        src=src,
        tgt=tgt,
        suggestion=suggestion,
    )


def _zh_span(unit: TextUnit, zh: str) -> Span | None:
    at = unit.src.find(zh)
    return Span(at, at + len(zh)) if at >= 0 else None


def _places(count: int) -> str:
    return ngettext("{count} place", "{count} places", count).format(count=count)
