"""XLIFF 2.0: units with the metadata module, in a file for each document.

The probability and the rest of what is known of a link stand in the metadata group
`aligner` of its unit; links that a person should look at have the sub-state
`aligner:review`. A unit without partner has no place here and goes beside.
Source: OASIS, "XLIFF Version 2.0", 2014, with section 5.3, the metadata module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner.bitext import Unit
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED, Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_writing import SURE, TOOL, XML_SPACE, facts, xml_file, xml_text

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
_NS: Final = f"{{{NAMESPACE}}}"
_MDA: Final = f"{{{METADATA}}}"
_MAP: Final = {None: NAMESPACE, "mda": METADATA}


def write_xliff20(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    aside = Aside(path)
    units = aside.two_sided(bitext.units())
    languages = {"srcLang": bitext.src_lang, "trgLang": bitext.tgt_lang}
    with together(path) as files:
        file = files.open(path)
        with (
            xml_file(file) as xml,
            xml.element(f"{_NS}xliff", {"version": "2.0", **languages}, nsmap=_MAP),
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
    attributes = {"id": f"f{number}", "original": xml_text(doc)}
    with xml.element(f"{_NS}file", attributes):
        facts_of_file = {UNPAIRED: NO_LIST} if number == 1 else {}
        if bitext.signature:
            facts_of_file["signature"] = xml_text(bitext.signature)
        if facts_of_file:
            xml.write(_metadata(facts_of_file), pretty_print=True)
        at = 0
        for at, unit in enumerate(units, start=1):
            xml.write(_unit(unit, at), pretty_print=True)
        if not at:  # a file must hold something
            xml.write(etree.Element(f"{_NS}group", id="g1", nsmap=_MAP))


def _metadata(values: Mapping[str, str]) -> Any:  # noqa: ANN401
    metadata = etree.Element(f"{_MDA}metadata", nsmap=_MAP)
    group = etree.SubElement(metadata, f"{_MDA}metaGroup", category=TOOL)
    for name, value in values.items():
        etree.SubElement(group, f"{_MDA}meta", type=name).text = value
    return metadata


def _unit(unit: Unit, number: int) -> Any:  # noqa: ANN401
    element = etree.Element(f"{_NS}unit", {"id": f"u{number}", XML_SPACE: "preserve"}, nsmap=_MAP)
    element.append(_metadata(facts(unit)))
    segment = etree.SubElement(element, f"{_NS}segment", id="s1", state="translated")
    if unit.p < SURE:
        segment.set("subState", f"{TOOL}:review")
    etree.SubElement(segment, f"{_NS}source").text = xml_text(unit.src)
    etree.SubElement(segment, f"{_NS}target").text = xml_text(unit.tgt)
    return element
