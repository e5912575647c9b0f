"""The basic rules of termbases in TBX 2 and 3.

Sources: ISO 30042:2008 and 30042:2019; the dialect TBX-Basic, https://www.tbxinfo.net.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from aligner.formats.common.format_problem import Problem, code_problem, forbidden_problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_elements import (
    XML_LANG,
    Element,
    elements,
    line_of,
    local,
    namespace,
)

_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"  # of version 3
_ROOTS: Final = ("martif", "tbx")
_CONCEPTS: Final = ("conceptEntry", "termEntry")
_LANGUAGES: Final = frozenset({"langSec", "langSet"})
_TERMS: Final = frozenset({"termSec", "tig", "ntig"})
_STATUSES: Final = frozenset({
    "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts", "standardizedTerm-admn-sts", "legalTerm-admn-sts",
    "regulatedTerm-admn-sts",
})  # fmt: skip


def check_tbx(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a termbase, in the order of the file.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    ids: set[str] = set()
    for element in elements(source, roots=_ROOTS, begins=_ROOTS, whole=_CONCEPTS):
        if element.forbidden:
            yield forbidden_problem(element.forbidden, element.line)
            continue
        if element.name in _ROOTS:
            if not element.complete:
                yield from _root(element)
        else:
            yield from _concept(element, ids)


def _root(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    if not node.get("type"):
        yield Problem(line, "the root names its dialect as type, such as TBX-Basic", "no type")
    if found := code_problem(node.get(XML_LANG), "xml:lang", line):
        yield found
    if element.name == "tbx":
        if namespace(node) != _NAMESPACE:
            rule = f"version 3 is of the namespace {_NAMESPACE}"
            yield Problem(line, rule, f"it is of {namespace(node)!r}")
        if node.get("style", "dca") not in {"dca", "dct"}:
            yield Problem(line, "style is dca or dct", f"it is {node.get('style')!r}")


def _concept(element: Element, ids: set[str]) -> Iterator[Problem]:
    node, start = element.node, element.line
    name = node.get("id")
    if name is not None and name in ids:
        yield Problem(start, "the id of a concept is unique", f"{name!r} is there twice")
    if name is None and element.name == "conceptEntry":
        yield Problem(start, "a concept has an id", "it has none")
    ids.add(name or "")
    languages = [child for child in node if local(child) in _LANGUAGES]
    if not languages:
        yield Problem(start, "a concept has terms in a language", "it has none")
    codes: set[str] = set()
    for language in languages:
        line, code = line_of(language, start), language.get(XML_LANG) or ""
        if found := code_problem(code, "xml:lang", line):
            yield found
        if code in codes:
            yield Problem(line, "a concept has each language once", f"{code} is there twice")
        codes.add(code)
        yield from _language(language, line)


def _language(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    sections = [child for child in node if local(child) in _TERMS]
    if not sections:
        yield Problem(start, "a language has a term", "it has none")
    for section in sections:
        line = line_of(section, start)
        terms = [inner for inner in section.iter() if local(inner) == "term"]
        if len(terms) != 1 or not "".join(terms[0].itertext()).strip():
            yield Problem(line, "a term section has one term, and it is not empty", "it has not")
        for note in section.iter():
            kind = note.get("type") or local(note)
            value = "".join(note.itertext()).strip()
            if kind == "administrativeStatus" and value not in _STATUSES:
                yield Problem(
                    line_of(note, line),
                    "administrativeStatus is a value of TBX-Basic",
                    f"it is {value!r}",
                    "write preferredTerm-admn-sts, admittedTerm-admn-sts or"
                    " deprecatedTerm-admn-sts",
                )
