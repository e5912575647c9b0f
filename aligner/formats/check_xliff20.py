"""The rules of XLIFF 2. Source: OASIS, "XLIFF Version 2.0", 2014, and 2.1, 2018."""

from __future__ import annotations

import re
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

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_UNIQUE: Final = "the id of a {} is one word, and unique"
_VERSIONS: Final = frozenset({"2.0", "2.1", "2.2"})
_STATES: Final = frozenset({"initial", "translated", "reviewed", "final"})
_NMTOKEN: Final = re.compile(r"[\w.:-]+")
_SUB_STATE: Final = re.compile(r"[^\s:]+:\S+")
_INLINE: Final = frozenset({"cp", "ec", "em", "mrk", "pc", "ph", "sc", "sm"})
_UNIT: Final = ("notes", "originalData", "segment", "ignorable")


def check_xliff20(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file of XLIFF 2, in its order.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    languages: tuple[str, str] = ("", "")
    files, units = Ids(_UNIQUE.format("file")), Ids(_UNIQUE.format("unit"))
    for element in elements(source, roots=("xliff",), begins=("xliff", "file"), whole=("unit",)):
        if element.forbidden:
            yield forbidden_problem(element.forbidden, element.line)
            continue
        node = element.node
        if element.name == "xliff" and not element.complete:
            languages = (node.get("srcLang", ""), node.get("trgLang", ""))
            yield from _root(element)
        elif element.name == "file" and not element.complete:
            units = Ids(units.rule)
            yield from _id(element, files)
        elif element.name == "unit":
            yield from _id(element, units)
            yield from _unit(element, languages)


def _root(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    rule = f'the root is <xliff version="2.0"> of the namespace {_NAMESPACE}'
    if node.get("version") not in _VERSIONS:
        yield Problem(line, rule, f"the version is {node.get('version')!r}")
    if namespace(node) != _NAMESPACE:
        yield Problem(line, rule, f"the namespace is {namespace(node)!r}")
    for name in ("srcLang", "trgLang"):
        if found := code_problem(node.get(name), name, line):
            yield found


def _id(element: Element, seen: Ids) -> Iterator[Problem]:
    name = element.node.get("id", "")
    if not _NMTOKEN.fullmatch(name):
        yield Problem(element.line, seen.rule, f"it is {name!r}" if name else "it has none")
    yield from seen.check(name, element.line)


def _unit(element: Element, languages: tuple[str, str]) -> Iterator[Problem]:
    node, start = element.node, element.line
    last, segments = -1, 0
    for child in node:
        name, line = local(child), line_of(child, start)
        if namespace(child) != namespace(node):
            place = -1
        elif name in _UNIT:
            place = min(_UNIT.index(name), 2)
        else:
            yield Problem(line, f"a unit holds {', '.join(_UNIT)}", f"it holds <{name}>")
            continue
        if place < last:
            rule = "modules stand first in a unit, then notes, originalData and segments"
            yield Problem(line, rule, f"<{name}> stands too late")
        last = max(last, place)
        if place == 2:
            segments += name == "segment"
            yield from _segment(child, languages, line)
    if not segments:
        yield Problem(start, "a unit has a segment", "it has none")


def _segment(
    node: Any,  # noqa: ANN401 - lxml has no types
    languages: tuple[str, str],
    start: int,
) -> Iterator[Problem]:
    names = [local(child) for child in node]
    if names not in (["source"], ["source", "target"]):
        rule = "a segment holds a source, and then a target"
        yield Problem(start, rule, f"it holds {', '.join(names) or 'nothing'}")
    state = node.get("state", "initial")
    if state not in _STATES:
        rule = f"state is one of {', '.join(sorted(_STATES))}"
        yield Problem(start, rule, f"it is {state!r}")
    if state in _STATES - {"initial"} and "target" not in names:
        yield Problem(start, "what is translated has a target", f"the state is {state}")
    if "subState" in node.attrib and (
        "state" not in node.attrib or not _SUB_STATE.fullmatch(node.get("subState"))
    ):
        rule = "subState is prefix:value, and stands beside a state"
        yield Problem(start, rule, f"it is {node.get('subState')!r}")
    for child in node:
        if local(child) in {"source", "target"}:
            code = languages[local(child) == "target"]
            yield from _side(child, code, line_of(child, start))


def _side(node: Any, code: str, line: int) -> Iterator[Problem]:  # noqa: ANN401
    own = node.get(XML_LANG)
    if own is not None and own != code:
        rule = "xml:lang of a side is the language of the file"
        yield Problem(line, rule, f"it is {own!r}, the file has {code!r}")
    empty = local(node.getparent()) == "segment" and not text_of(node).strip() and not len(node)
    if empty:
        yield Problem(line, "no side is empty", f"<{local(node)}> is", "leave the unit out")
    for inner in node.iterdescendants():
        if namespace(inner) == namespace(node) and local(inner) not in _INLINE:
            rule = "a text holds inline elements alone"
            yield Problem(line_of(inner, line), rule, f"it holds <{local(inner)}>")
