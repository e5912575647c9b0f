"""The rules of TBX-Basic that termbases trip over: what `aligner validate` says of them.

Sources: as of `tbx`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from aligner.formats.common.format_problem import (
    Problem,
    code_problem,
    forbidden_problem,
    undefined_problem,
)
from aligner.formats.common.glossary_columns import status_of
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_elements import (
    XML_LANG,
    Element,
    elements,
    line_of,
    local,
    namespace,
)
from aligner.messages import _

_ROOTS: Final = ("martif", "tbx")
_TERM_LISTS: Final = frozenset({"tig", "ntig", "termSec"})
_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"  # of version 3
_CONCEPTS: Final = ("conceptEntry", "termEntry")
_LANGUAGES: Final = frozenset({"langSec", "langSet"})
_STATUSES: Final = frozenset({
    "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts", "standardizedTerm-admn-sts", "legalTerm-admn-sts",
    "regulatedTerm-admn-sts",
})  # fmt: skip

_OTHER_STATUS: Final = frozenset({"usageStatus", "normativeAuthorization"})  # of other dialects


def check_tbx(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a termbase, in the order of the file.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    ids: set[str] = set()
    for element in elements(source, roots=_ROOTS, begins=_ROOTS, whole=_CONCEPTS):
        if written := element.forbidden or element.taken_out:
            yield forbidden_problem(written, element.line)
        if element.forbidden:
            continue
        if element.undefined:
            yield undefined_problem(element.undefined, element.line)
        if element.name in _ROOTS:
            if not element.complete:
                yield from _root_problems(element)
        else:
            yield from _concept_problems(element, ids)


def _root_problems(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    if not node.get("type"):
        yield Problem(
            line, _("the root names its dialect as type, such as TBX-Basic"), _("no type")
        )
    if found := code_problem(node.get(XML_LANG), "xml:lang", line):
        yield found
    if element.name == "tbx":
        if namespace(node) != _NAMESPACE:
            rule = _("version 3 is of the namespace {namespace}").format(namespace=_NAMESPACE)
            yield Problem(line, rule, _("it is of {namespace!r}").format(namespace=namespace(node)))
        if node.get("style", "dca") not in {"dca", "dct"}:
            yield Problem(
                line, _("style is dca or dct"), _("it is {get!r}").format(get=node.get("style"))
            )


def _concept_problems(element: Element, ids: set[str]) -> Iterator[Problem]:
    node, start = element.node, element.line
    name = node.get("id")
    if name is not None and name in ids:
        yield Problem(
            start,
            _("the id of a concept is unique"),
            _("{name!r} is there twice").format(name=name),
        )
    if name is None and element.name == "conceptEntry":
        yield Problem(start, _("a concept has an id"), _("it has none"))
    ids.add(name or "")
    languages = [child for child in node if local(child) in _LANGUAGES]
    if not languages:
        yield Problem(start, _("a concept has terms in a language"), _("it has none"))
    codes: set[str] = set()
    for language in languages:
        line, code = line_of(language, start), language.get(XML_LANG) or ""
        if found := code_problem(code, "xml:lang", line):
            yield found
        if code in codes:
            yield Problem(
                line,
                _("a concept has each language once"),
                _("{code} is there twice").format(code=code),
            )
        codes.add(code)
        yield from _language_problems(language, line)


def _language_problems(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    sections = [child for child in node if local(child) in _TERM_LISTS]
    if not sections:
        yield Problem(start, _("a language has a term"), _("it has none"))
    for section in sections:
        line = line_of(section, start)
        terms = [inner for inner in section.iter() if local(inner) == "term"]
        if len(terms) != 1 or not "".join(terms[0].itertext()).strip():
            yield Problem(
                line, _("a term section has one term, and it is not empty"), _("it has not")
            )
        for note in section.iter():
            kind = note.get("type") or local(note)
            value = "".join(note.itertext()).strip()
            if kind in _OTHER_STATUS and status_of(value) is None:
                yield Problem(
                    line_of(note, line),
                    _("a status says whether a term may be used"),
                    _("it is {value!r}").format(value=value),
                    _("write preferred, admitted, deprecated or forbidden"),
                )
            if kind == "administrativeStatus" and value not in _STATUSES:
                yield Problem(
                    line_of(note, line),
                    _("administrativeStatus is a value of TBX-Basic"),
                    _("it is {value!r}").format(value=value),
                    _(
                        "write preferredTerm-admn-sts, admittedTerm-admn-sts or"
                        " deprecatedTerm-admn-sts"
                    ),
                )
