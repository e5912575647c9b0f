"""The rules of XLIFF 1.2. Source: OASIS, "XLIFF Version 1.2", 2008, the strict schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from aligner.formats.common.format_problem import Ids, Problem, code_problem, forbidden_problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_elements import (
    XML_LANG,
    Element,
    elements,
    line_of,
    local,
    namespace,
)
from aligner.formats.common.xml_inline import text_of

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_UNIQUE: Final = "the id of a trans-unit is unique in its file"
_BEGINS: Final = ("xliff", "file", "body")
_STATES: Final = frozenset({
    "final", "needs-adaptation", "needs-l10n", "needs-review-adaptation", "needs-review-l10n",
    "needs-review-translation", "needs-translation", "new", "signed-off", "translated",
})  # fmt: skip
_ORDER: Final = {"source": 0, "seg-source": 1, "target": 2}
_AFTER: Final = frozenset({"alt-trans", "context-group", "count-group", "note", "prop-group"})
_INLINE: Final = frozenset({"bpt", "bx", "ept", "ex", "g", "it", "mrk", "ph", "sub", "x"})
_NUMBERED: Final = _INLINE - {"mrk", "sub"}


def check_xliff12(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file of XLIFF 1.2, in its order.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    languages, ids, body = ("", ""), Ids(_UNIQUE), True
    for element in elements(source, roots=("xliff",), begins=_BEGINS, whole=("trans-unit",)):
        if element.forbidden:
            yield forbidden_problem(element.forbidden, element.line)
            continue
        if element.name == "xliff" and not element.complete:
            yield from _root(element)
        elif element.name == "file" and not element.complete:
            ids, body = Ids(_UNIQUE), False
            languages = (
                element.node.get("source-language", ""),
                element.node.get("target-language", ""),
            )
            yield from _file(element)
        elif element.name == "file" and not body:
            yield Problem(element.line, "a file has a body", "it has none")
        elif element.name == "body":
            body = True
        elif element.name == "trans-unit":
            yield from _unit(element, languages, ids)


def _root(element: Element) -> Iterator[Problem]:
    rule = f'the root is <xliff version="1.2"> of the namespace {_NAMESPACE}'
    if element.node.get("version") != "1.2":
        yield Problem(element.line, rule, f"the version is {element.node.get('version')!r}")
    if namespace(element.node) != _NAMESPACE:
        yield Problem(element.line, rule, f"the namespace is {namespace(element.node)!r}")


def _file(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    missing = [name for name in ("original", "datatype") if name not in node.attrib]
    if missing:
        yield Problem(line, "a file has original and datatype", f"no {', '.join(missing)}")
    for name in ("source-language", "target-language"):
        if found := code_problem(node.get(name), name, line):
            yield found


def _unit(element: Element, languages: tuple[str, str], ids: Ids) -> Iterator[Problem]:
    node, start = element.node, element.line
    name = node.get("id")
    if not name:
        yield Problem(start, "a trans-unit has an id", "it has none")
    yield from ids.check(name, start)
    if node.get("approved", "no") not in {"yes", "no"}:
        yield Problem(start, "approved is yes or no", f"it is {node.get('approved')!r}")
    yield from _children(node, start)
    for side, code in zip(("source", "target"), languages, strict=True):
        for child in node.iterchildren(f"{{{namespace(node)}}}{side}"):
            yield from _side(child, code, line_of(child, start))
    yield from _segments(node, start)


def _children(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    rule = "a trans-unit holds source, seg-source, target and then all else"
    names = [(local(child), child) for child in node if namespace(child) == namespace(node)]
    last = -1
    for name, child in names:
        place = _ORDER.get(name, len(_ORDER))
        line = line_of(child, start)
        if name not in _ORDER and name not in _AFTER:
            yield Problem(line, rule, f"<{name}> has no place there")
        if place < last or (place == last and name in _ORDER):
            yield Problem(line, rule, f"<{name}> stands too late, or twice")
        last = max(last, place)
    if not names or names[0][0] != "source":
        yield Problem(start, "a trans-unit begins with its source", "it does not")


def _side(node: Any, code: str, line: int) -> Iterator[Problem]:  # noqa: ANN401
    own = node.get(XML_LANG)
    if own is not None and own != code:
        rule = "xml:lang of a side is the language of the file"
        yield Problem(line, rule, f"it is {own!r}, the file has {code!r}")
    state = node.get("state", "final")
    if state not in _STATES and not state.startswith("x-"):
        yield Problem(line, "state is one of XLIFF 1.2, or begins with x-", f"it is {state!r}")
    if not text_of(node).strip() and not len(node):
        yield Problem(line, "no side is empty", f"<{local(node)}> is", "leave the unit out")
    for inner in node.iterdescendants():
        name, where = local(inner), line_of(inner, line)
        if namespace(inner) == namespace(node) and name not in _INLINE:
            yield Problem(where, "a text holds inline elements alone", f"it holds <{name}>")
        elif name in _NUMBERED and not inner.get("id"):
            yield Problem(where, f"<{name}> has an id", "it has none")


def _segments(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401
    found = {
        local(child): [m.get("mid") for m in child.iter("{*}mrk") if m.get("mtype") == "seg"]
        for child in node
        if local(child) in {"seg-source", "target"}
    }
    if "seg-source" in found and found.get("target"):
        alone = set(map(str, found["target"])) - set(map(str, found["seg-source"]))
        if alone:
            yield Problem(
                start,
                "every segment of the target is one of seg-source",
                f"mid {', '.join(sorted(alone))} is not",
            )
