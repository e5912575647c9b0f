"""What units of TMX and XLIFF hold and a bitext has no place for, counted by its kind.

It is told when a bitext is converted, once a file: codes inside texts, ids, states,
properties, suggestions and texts in other languages. What our own files say of a unit is
carried over, and is none of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from aligner.formats.common.xml_elements import local
from aligner.messages import N_, _

INLINE_CODES: Final = N_("codes inside texts: {}")
_IDS: Final = N_("ids of units: {}")
_STATES: Final = N_("states: {}")
_PROPERTIES: Final = N_("properties: {}")
_ATTRIBUTES: Final = N_("units with dates, users or other attributes: {}")
_SUGGESTIONS: Final = N_("suggestions: {}")
OTHER_TEXTS: Final = N_("texts in other languages: {}")
_ORDER: Final = (INLINE_CODES, _IDS, _STATES, _PROPERTIES, _ATTRIBUTES, _SUGGESTIONS, OTHER_TEXTS)
_CARRIED: Final = frozenset({"final", "signed-off", "reviewed"})  # as confirmed
_EMPTY: Final = frozenset({"", "initial", "new"})  # states that say nothing
_PROPS: Final = frozenset({"prop", "prop-group", "context-group", "metadata", "count-group"})
_OWN_PROPS: Final = frozenset({
    "x-doc", "x-kind", "x-p", "x-score", "x-src-ids", "x-tgt-ids", "x-src-span", "x-tgt-span",
    "x-src-times", "x-tgt-times", "x-confirmed",
})  # fmt: skip


def codes_in(node: Any) -> int:  # noqa: ANN401 - lxml has no types
    """Return how many inline elements stand in a text, but for marks of segments."""
    return sum(1 for inner in node.iterdescendants("*") if inner.get("mtype") != "seg")


def of_tmx(unit: Any, *, ours: bool) -> Counter[str]:  # noqa: ANN401
    """Return what a `tu` holds beside its texts and notes; `ours`: we wrote the file."""
    props = [p for p in unit.iterdescendants("*") if local(p) == "prop"]
    found = {
        _IDS: int("tuid" in unit.attrib and not ours),
        _PROPERTIES: sum(p.get("type", "") not in _OWN_PROPS for p in props),
        _ATTRIBUTES: int(bool(set(unit.attrib) - {"tuid"})),
    }
    return Counter({kind: count for kind, count in found.items() if count})


def of_xliff(unit: Any, *, ours: bool) -> Counter[str]:  # noqa: ANN401
    """Return what a `trans-unit` or `unit` holds beside its texts and notes."""
    found: Counter[str] = Counter()
    found[_IDS] = int("id" in unit.attrib and not ours)
    found[_ATTRIBUTES] = int(unit.get("translate") == "no" or "resname" in unit.attrib)
    for node in _outside_texts(unit):
        name, state = local(node), node.get("state", "")
        found[_STATES] += state not in _CARRIED | _EMPTY and not ours
        found[_SUGGESTIONS] += name in {"alt-trans", "match"}
        found[_PROPERTIES] += name in _PROPS and not ours
        if name in {"source", "target"}:
            found[INLINE_CODES] += codes_in(node)
    return +found


def _outside_texts(unit: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the elements of a unit but for those in texts and in suggestions."""
    from lxml import etree

    walk = etree.iterwalk(unit, events=("start",))
    for _event, node in walk:
        yield node
        if local(node) in {"alt-trans", "match", "source", "target", "seg-source", *_PROPS}:
            walk.skip_subtree()


def unkept_note(counts: Counter[str]) -> tuple[str, ...]:
    """Return what to tell of it; nothing if there is nothing.

    >>> unkept_note(Counter({OTHER_TEXTS: 2, INLINE_CODES: 3}))
    ('not kept: codes inside texts: 3; texts in other languages: 2',)
    """
    told = "; ".join(_(kind).format(counts[kind]) for kind in _ORDER if counts[kind])
    return (_("not kept: {told}").format(told=told),) if told else ()
