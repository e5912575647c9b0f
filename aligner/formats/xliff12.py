"""XLIFF 1.2, the exchange format that most translation programs open: writing and checking.

A unit is a `trans-unit` of the file that is its document. Its state says whether a
person should look at the link, or has confirmed it (`signed-off`, and approved); a note
gives kind and probability, and a `context-group` all that is known of it. A unit without
partner has no place here and goes beside. `aligner.formats.xliff` reads both versions.
Source: OASIS, "XLIFF Version 1.2", 2008, the strict schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner import __version__
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
from aligner.formats.common.xml_writing import (
    SURE_LINK,
    TOOL,
    facts,
    source_first,
    xml_text,
)
from aligner.messages import N_, _

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_NS: Final = f"{{{_NAMESPACE}}}"
_UNIQUE: Final = N_("the id of a trans-unit is unique in its file")
_BEGINS: Final = ("xliff", "file", "body")
_STATES: Final = frozenset({
    "final", "needs-adaptation", "needs-l10n", "needs-review-adaptation", "needs-review-l10n",
    "needs-review-translation", "needs-translation", "new", "signed-off", "translated",
})  # fmt: skip
_ORDER: Final = {"source": 0, "seg-source": 1, "target": 2}
_AFTER: Final = frozenset({"alt-trans", "context-group", "count-group", "note", "prop-group"})
_INLINE: Final = frozenset({"bpt", "bx", "ept", "ex", "g", "it", "mrk", "ph", "sub", "x"})
SIGNED_OFF: Final = "signed-off"  # the state of what a person confirmed
_NUMBERED: Final = _INLINE - {"mrk", "sub"}


def write_xliff12(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    root = partial(_root, attributes={"version": "1.2"})
    return write_documents(bitext, path, root, _write_file)


def _root(xml: Any, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - lxml has no types
    return xml.element(f"{_NS}xliff", attributes, nsmap={None: _NAMESPACE})


def _write_file(
    xml: Any,  # noqa: ANN401 - lxml has no types
    bitext: Units,
    doc: str,
    units: Iterator[Unit],
    number: int,
) -> None:
    codes = source_first(bitext, bitext.src_lang, bitext.tgt_lang)
    attributes = {
        "original": xml_text(doc),
        "source-language": codes[0],
        "target-language": codes[1],
        "datatype": "plaintext",
        "tool-id": TOOL,
    }
    with xml.element(f"{_NS}file", attributes):
        xml.write(_header_element(bitext, number), pretty_print=True)
        with xml.element(f"{_NS}body"):
            for at, unit in enumerate(units, start=1):
                xml.write(_unit_element(unit, at, bitext), pretty_print=True)


def _header_element(bitext: Units, number: int) -> Any:  # noqa: ANN401 - lxml has no types
    header = etree.Element(f"{_NS}header", nsmap={None: _NAMESPACE})
    names = {"tool-id": TOOL, "tool-name": TOOL, "tool-version": __version__}
    etree.SubElement(header, f"{_NS}tool", names)
    if number == 1:
        mark = etree.SubElement(header, f"{_NS}note", {"from": TOOL})
        mark.text = f"{UNPAIRED} {NO_LIST}"
    if bitext.signature:
        note = etree.SubElement(header, f"{_NS}note", {"from": TOOL})
        note.text = xml_text(bitext.signature)
    return header


def _unit_element(unit: Unit, number: int, bitext: Units) -> Any:  # noqa: ANN401
    sure = unit.p >= SURE_LINK
    approved = "yes" if unit.confirmed else "no"
    attributes = {"id": str(number), "approved": approved, XML_SPACE: "preserve"}
    element = etree.Element(f"{_NS}trans-unit", attributes, nsmap={None: _NAMESPACE})
    sides = (bitext.src_lang, unit.src), (bitext.tgt_lang, unit.tgt)
    (code, text), (target_code, target_text) = source_first(bitext, *sides)
    etree.SubElement(element, f"{_NS}source", {XML_LANG: code}).text = xml_text(text)
    state = "translated" if sure else "needs-review-translation"
    state = SIGNED_OFF if unit.confirmed else state
    target = etree.SubElement(element, f"{_NS}target", {XML_LANG: target_code, "state": state})
    target.text = xml_text(target_text)
    # the names of groups are unique in a file
    names = {"name": f"{TOOL}-{number}", "purpose": "information"}
    group = etree.SubElement(element, f"{_NS}context-group", names)
    for name, value in facts(unit).items():
        etree.SubElement(group, f"{_NS}context", {"context-type": name}).text = value
    if unit.note:
        etree.SubElement(element, f"{_NS}note").text = xml_text(unit.note)
    note = etree.SubElement(element, f"{_NS}note", {"from": TOOL})
    note.text = _("link {kind}, p={p:.4f}").format(kind=unit.kind, p=unit.p)
    return element


def check_xliff12(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file of XLIFF 1.2, in its order.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    languages, ids, body = ("", ""), Ids(_(_UNIQUE)), True
    for element in elements(source, roots=("xliff",), begins=_BEGINS, whole=("trans-unit",)):
        if written := element.forbidden or element.taken_out:
            yield forbidden_problem(written, element.line)
        if element.forbidden:
            continue
        if element.undefined:
            yield undefined_problem(element.undefined, element.line)
        if element.name == "xliff" and not element.complete:
            yield from _root_problems(element)
        elif element.name == "file" and not element.complete:
            ids, body = Ids(_(_UNIQUE)), False
            languages = (
                element.node.get("source-language", ""),
                element.node.get("target-language", ""),
            )
            yield from _file_problems(element)
        elif element.name == "file" and not body:
            yield Problem(element.line, _("a file has a body"), _("it has none"))
        elif element.name == "body":
            body = True
        elif element.name == "trans-unit":
            yield from _unit_problems(element, languages, ids)


def _root_problems(element: Element) -> Iterator[Problem]:
    rule = _('the root is <xliff version="1.2"> of the namespace {namespace}').format(
        namespace=_NAMESPACE
    )
    if element.node.get("version") != "1.2":
        yield Problem(
            element.line, rule, _("the version is {get!r}").format(get=element.node.get("version"))
        )
    if namespace(element.node) != _NAMESPACE:
        yield Problem(
            element.line,
            rule,
            _("the namespace is {namespace!r}").format(namespace=namespace(element.node)),
        )


def _file_problems(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    missing = [name for name in ("original", "datatype") if name not in node.attrib]
    if missing:
        yield Problem(
            line,
            _("a file has original and datatype"),
            _("no {missing}").format(missing=", ".join(missing)),
        )
    for name in ("source-language", "target-language"):
        if found := code_problem(node.get(name), name, line):
            yield found


def _unit_problems(element: Element, languages: tuple[str, str], ids: Ids) -> Iterator[Problem]:
    node, start = element.node, element.line
    name = node.get("id")
    if not name:
        yield Problem(start, _("a trans-unit has an id"), _("it has none"))
    yield from ids.check(name, start)
    if node.get("approved", "no") not in {"yes", "no"}:
        yield Problem(
            start, _("approved is yes or no"), _("it is {get!r}").format(get=node.get("approved"))
        )
    yield from _child_problems(node, start)
    for side, code in zip(("source", "target"), languages, strict=True):
        for child in node.iterchildren(f"{{{namespace(node)}}}{side}"):
            yield from _side_problems(child, code, line_of(child, start))
    yield from _segment_problems(node, start)


def _child_problems(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    rule = _("a trans-unit holds source, seg-source, target and then all else")
    names = [(local(child), child) for child in node if namespace(child) == namespace(node)]
    last = -1
    for name, child in names:
        place = _ORDER.get(name, len(_ORDER))
        line = line_of(child, start)
        if name not in _ORDER and name not in _AFTER:
            yield Problem(line, rule, _("<{name}> has no place there").format(name=name))
        if place < last or (place == last and name in _ORDER):
            yield Problem(line, rule, _("<{name}> stands too late, or twice").format(name=name))
        last = max(last, place)
    if not names or names[0][0] != "source":
        yield Problem(start, _("a trans-unit begins with its source"), _("it does not"))


def _side_problems(node: Any, code: str, line: int) -> Iterator[Problem]:  # noqa: ANN401
    own = node.get(XML_LANG)
    if own is not None and own != code:
        rule = _("xml:lang of a side is the language of the file")
        yield Problem(
            line, rule, _("it is {own!r}, the file has {code!r}").format(own=own, code=code)
        )
    state = node.get("state", "final")
    if state not in _STATES and not state.startswith("x-"):
        yield Problem(
            line,
            _("state is one of XLIFF 1.2, or begins with x-"),
            _("it is {state!r}").format(state=state),
        )
    if not text_of(node).strip() and not len(node):
        yield Problem(
            line,
            _("no side is empty"),
            _("<{name}> is empty").format(name=local(node)),
            _("leave the unit out"),
        )
    for inner in node.iterdescendants():
        name, where = local(inner), line_of(inner, line)
        if namespace(inner) == namespace(node) and name not in _INLINE:
            yield Problem(
                where,
                _("a text holds inline elements alone"),
                _("it holds <{name}>").format(name=name),
            )
        elif name in _NUMBERED and not inner.get("id"):
            yield Problem(where, _("<{name}> has an id").format(name=name), _("it has none"))


def _segment_problems(node: Any, start: int) -> Iterator[Problem]:  # noqa: ANN401
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
                _("every segment of the target is one of seg-source"),
                _("mid {alone} is not").format(alone=", ".join(sorted(alone))),
            )
