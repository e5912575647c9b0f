"""XLIFF 1.2, the exchange format that most translation programs open.

A unit is a `trans-unit` of the file that is its document. Its state says whether a
person should look at the link; a note gives kind and probability, and a
`context-group` all that is known of it. A unit without partner has no place here and
goes beside. Source: OASIS, "XLIFF Version 1.2", 2008, the strict schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner import __version__
from aligner.bitext import Unit
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED, Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_writing import (
    SURE,
    TOOL,
    XML_LANG,
    XML_SPACE,
    facts,
    xml_file,
    xml_text,
)

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_NS: Final = f"{{{NAMESPACE}}}"


def write_xliff12(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    aside = Aside(path)
    units = aside.two_sided(bitext.units())
    with together(path) as files:
        file = files.open(path)
        with (
            xml_file(file) as xml,
            xml.element(f"{_NS}xliff", version="1.2", nsmap={None: NAMESPACE}),
        ):
            xml.flush()
            start, number = file.tell(), 0
            for number, (doc, group) in enumerate(groupby(units, key=lambda u: u.doc), start=1):
                _write_file(xml, bitext, doc, group, number)
            if not number:
                _write_file(xml, bitext, bitext.id, iter(()), 1)
        aside.sign(file, start)
        return (path, *aside.add_to(files))


def _write_file(
    xml: Any,  # noqa: ANN401 - lxml has no types
    bitext: Units,
    doc: str,
    units: Iterator[Unit],
    number: int,
) -> None:
    attributes = {
        "original": xml_text(doc),
        "source-language": bitext.src_lang,
        "target-language": bitext.tgt_lang,
        "datatype": "plaintext",
        "tool-id": TOOL,
    }
    with xml.element(f"{_NS}file", attributes):
        xml.write(_header(bitext, number), pretty_print=True)
        with xml.element(f"{_NS}body"):
            for at, unit in enumerate(units, start=1):
                xml.write(_unit(unit, at, bitext), pretty_print=True)


def _header(bitext: Units, number: int) -> Any:  # noqa: ANN401 - lxml has no types
    header = etree.Element(f"{_NS}header", nsmap={None: NAMESPACE})
    names = {"tool-id": TOOL, "tool-name": TOOL, "tool-version": __version__}
    etree.SubElement(header, f"{_NS}tool", names)
    if number == 1:
        mark = etree.SubElement(header, f"{_NS}note", {"from": TOOL})
        mark.text = f"{UNPAIRED} {NO_LIST}"
    if bitext.signature:
        note = etree.SubElement(header, f"{_NS}note", {"from": TOOL})
        note.text = xml_text(bitext.signature)
    return header


def _unit(unit: Unit, number: int, bitext: Units) -> Any:  # noqa: ANN401
    sure = unit.p >= SURE
    attributes = {"id": str(number), "approved": "no", XML_SPACE: "preserve"}
    element = etree.Element(f"{_NS}trans-unit", attributes, nsmap={None: NAMESPACE})
    source = etree.SubElement(element, f"{_NS}source", {XML_LANG: bitext.src_lang})
    source.text = xml_text(unit.src)
    state = "translated" if sure else "needs-review-translation"
    target = etree.SubElement(element, f"{_NS}target", {XML_LANG: bitext.tgt_lang, "state": state})
    target.text = xml_text(unit.tgt)
    # the names of groups are unique in a file
    names = {"name": f"{TOOL}-{number}", "purpose": "information"}
    group = etree.SubElement(element, f"{_NS}context-group", names)
    for name, value in facts(unit).items():
        etree.SubElement(group, f"{_NS}context", {"context-type": name}).text = value
    note = etree.SubElement(element, f"{_NS}note", {"from": TOOL})
    note.text = f"link {unit.kind}, p={unit.p:.4f}"
    return element
