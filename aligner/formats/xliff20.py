"""XLIFF 2.0: units with the metadata module, in a file for each document: writing and checking.

The probability and the rest of what is known of a link stand in the metadata group
`aligner` of its unit; links that a person should look at have the sub-state
`aligner:review`, and what a person confirmed is `reviewed`. A unit without partner has no
place here and goes beside. Files of 2.1 and 2.2 may be checked too;
`aligner.formats.xliff` reads all versions.
Sources: OASIS, "XLIFF Version 2.0", 2014, with section 5.3, the metadata module, and
"XLIFF Version 2.1", 2018.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner.bitext import Unit
from aligner.formats.common.format_problem import (
    Ids,
    Problem,
    code_problem,
    forbidden_problem,
    undefined_problem,
)
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED
from aligner.formats.common.xml_documents import write_documents
from aligner.formats.common.xml_elements import (
    XML_LANG,
    XML_SPACE,
    Element,
    elements,
    line_of,
    local,
    namespace,
)
from aligner.formats.common.xml_inline import text_of
from aligner.formats.common.xml_writing import SURE_LINK, TOOL, facts, source_first, xml_text
from aligner.messages import N_, _

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
_NS: Final = f"{{{_NAMESPACE}}}"
_MDA: Final = f"{{{_METADATA}}}"
_MAP: Final = {None: _NAMESPACE, "mda": _METADATA}
_UNIQUE: Final = N_("the id of a {} is one word, and unique")
_VERSIONS: Final = frozenset({"2.0", "2.1", "2.2"})
_STATES: Final = frozenset({"initial", "translated", "reviewed", "final"})
_NMTOKEN: Final = re.compile(r"[\w.:-]+")
_SUB_STATE: Final = re.compile(r"[^\s:]+:\S+")
_INLINE: Final = frozenset({"cp", "ec", "em", "mrk", "pc", "ph", "sc", "sm"})
REVIEWED: Final = "reviewed"  # the state of what a person confirmed
_PARTS: Final = ("notes", "originalData", "segment", "ignorable")


def write_xliff20(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    codes = source_first(bitext, bitext.src_lang, bitext.tgt_lang)
    languages = dict(zip(("srcLang", "trgLang"), codes, strict=True))
    root = partial(_root, attributes={"version": "2.0", **languages})
    return write_documents(bitext, path, root, _write_file)


def _root(xml: Any, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - lxml has no types
    return xml.element(f"{_NS}xliff", attributes, nsmap=_MAP)


def _write_file(
    xml: Any,  # noqa: ANN401 - lxml has no types
    bitext: Units,
    doc: str,
    units: Iterator[Unit],
    number: int,
) -> None:
    attributes = {"id": f"f{number}", "original": xml_text(doc)}
    with xml.element(f"{_NS}file", attributes):
        facts_of_file = {UNPAIRED: NO_LIST} if number == 1 else {}
        if bitext.signature:
            facts_of_file["signature"] = xml_text(bitext.signature)
        if facts_of_file:
            xml.write(_metadata(facts_of_file), pretty_print=True)
        at = 0
        for at, unit in enumerate(units, start=1):
            xml.write(_unit_element(unit, at, bitext), pretty_print=True)
        if not at:  # a file must hold something
            xml.write(etree.Element(f"{_NS}group", id="g1", nsmap=_MAP))


def _metadata(values: Mapping[str, str]) -> Any:  # noqa: ANN401
    metadata = etree.Element(f"{_MDA}metadata", nsmap=_MAP)
    group = etree.SubElement(metadata, f"{_MDA}metaGroup", category=TOOL)
    for name, value in values.items():
        etree.SubElement(group, f"{_MDA}meta", type=name).text = value
    return metadata


def _unit_element(unit: Unit, number: int, bitext: Units) -> Any:  # noqa: ANN401
    element = etree.Element(f"{_NS}unit", {"id": f"u{number}", XML_SPACE: "preserve"}, nsmap=_MAP)
    element.append(_metadata(facts(unit)))
    if unit.note:
        notes = etree.SubElement(element, f"{_NS}notes")
        etree.SubElement(notes, f"{_NS}note").text = xml_text(unit.note)
    segment = etree.SubElement(element, f"{_NS}segment", id="s1", state="translated")
    if unit.confirmed:
        segment.set("state", REVIEWED)
    elif unit.p < SURE_LINK:
        segment.set("subState", f"{TOOL}:review")
    source, target = source_first(bitext, unit.src, unit.tgt)
    etree.SubElement(segment, f"{_NS}source").text = xml_text(source)
    etree.SubElement(segment, f"{_NS}target").text = xml_text(target)
    return element


def check_xliff20(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file of XLIFF 2, in its order.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    languages: tuple[str, str] = ("", "")
    files, units = Ids(_(_UNIQUE).format("file")), Ids(_(_UNIQUE).format("unit"))
    for element in elements(source, roots=("xliff",), begins=("xliff", "file"), whole=("unit",)):
        if written := element.forbidden or element.taken_out:
            yield forbidden_problem(written, element.line)
        if element.forbidden:
            continue
        if element.undefined:
            yield undefined_problem(element.undefined, element.line)
        node = element.node
        if element.name == "xliff" and not element.complete:
            languages = (node.get("srcLang", ""), node.get("trgLang", ""))
            yield from _root_problems(element)
        elif element.name == "file" and not element.complete:
            units = Ids(units.rule)
            yield from _id_problems(element, files)
        elif element.name == "unit":
            yield from _id_problems(element, units)
            yield from _unit_problems(element, languages)


def _root_problems(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    rule = _('the root is <xliff version="2.0"> of the namespace {namespace}').format(
        namespace=_NAMESPACE
    )
    if node.get("version") not in _VERSIONS:
        yield Problem(line, rule, _("the version is {get!r}").format(get=node.get("version")))
    if namespace(node) != _NAMESPACE:
        yield Problem(
            line, rule, _("the namespace is {namespace!r}").format(namespace=namespace(node))
        )
    for name in ("srcLang", "trgLang"):
        if found := code_problem(node.get(name), name, line):
            yield found


def _id_problems(element: Element, seen: Ids) -> Iterator[Problem]:
    name = element.node.get("id", "")
    if not _NMTOKEN.fullmatch(name):
        yield Problem(
            element.line,
            seen.rule,
            _("it is {name!r}").format(name=name) if name else _("it has none"),
        )
    yield from seen.check(name, element.line)


def _unit_problems(element: Element, languages: tuple[str, str]) -> Iterator[Problem]:
    node, start = element.node, element.line
    last, segments = -1, 0
    for child in node:
        name, line = local(child), line_of(child, start)
        if namespace(child) != namespace(node):
            place = -1
        elif name in _PARTS:
            place = min(_PARTS.index(name), 2)
        else:
            yield Problem(
                line,
                _("a unit holds {parts}").format(parts=", ".join(_PARTS)),
                _("it holds <{name}>").format(name=name),
            )
            continue
        if place < last:
            rule = _("modules stand first in a unit, then notes, originalData and segments")
            yield Problem(line, rule, _("<{name}> stands too late").format(name=name))
        last = max(last, place)
        if place == 2:
            segments += name == "segment"
            yield from _segment_problems(child, languages, line)
    if not segments:
        yield Problem(start, _("a unit has a segment"), _("it has none"))


def _segment_problems(
    node: Any,  # noqa: ANN401 - lxml has no types
    languages: tuple[str, str],
    start: int,
) -> Iterator[Problem]:
    names = [local(child) for child in node]
    if names not in (["source"], ["source", "target"]):
        rule = _("a segment holds a source, and then a target")
        yield Problem(
            start, rule, _("it holds {names}").format(names=", ".join(names) or _("nothing"))
        )
    state = node.get("state", "initial")
    if state not in _STATES:
        rule = _("state is one of {states}").format(states=", ".join(sorted(_STATES)))
        yield Problem(start, rule, _("it is {state!r}").format(state=state))
    if state in _STATES - {"initial"} and "target" not in names:
        yield Problem(
            start,
            _("what is translated has a target"),
            _("the state is {state}").format(state=state),
        )
    if "subState" in node.attrib and (
        "state" not in node.attrib or not _SUB_STATE.fullmatch(node.get("subState"))
    ):
        rule = _("subState is prefix:value, and stands beside a state")
        yield Problem(start, rule, _("it is {get!r}").format(get=node.get("subState")))
    for child in node:
        if local(child) in {"source", "target"}:
            code = languages[local(child) == "target"]
            yield from _side_problems(child, code, line_of(child, start))


def _side_problems(node: Any, code: str, line: int) -> Iterator[Problem]:  # noqa: ANN401
    own = node.get(XML_LANG)
    if own is not None and own != code:
        rule = _("xml:lang of a side is the language of the file")
        yield Problem(
            line, rule, _("it is {own!r}, the file has {code!r}").format(own=own, code=code)
        )
    empty = local(node.getparent()) == "segment" and not text_of(node).strip() and not len(node)
    if empty:
        yield Problem(
            line,
            _("no side is empty"),
            _("<{name}> is empty").format(name=local(node)),
            _("leave the unit out"),
        )
    for inner in node.iterdescendants():
        if namespace(inner) == namespace(node) and local(inner) not in _INLINE:
            rule = _("a text holds inline elements alone")
            yield Problem(
                line_of(inner, line), rule, _("it holds <{local}>").format(local=local(inner))
            )
