"""TMX 1.4b, the exchange format of translation memories.

Rules kept: `srclang` is the language of a `tuv` of every unit; language codes are
BCP 47; notes and props stand before the `tuv`s; no `seg` is empty; only characters
that XML allows. A unit without partner has no place in it and goes beside.
Source: LISA, "TMX 1.4b Specification", 2005.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from aligner import __version__
from aligner.bitext import Unit
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED, Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_writing import TOOL, XML_LANG, facts, xml_file, xml_text


def write_tmx(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    aside = Aside(path)
    with together(path) as files:
        file = files.open(path)
        with xml_file(file) as xml:
            xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
            with xml.element("tmx", version="1.4"):
                xml.flush()
                start = file.tell()
                xml.write(_header(bitext), pretty_print=True)
                with xml.element("body"):
                    for unit in aside.two_sided(bitext.units()):
                        xml.write(_unit(unit, bitext), pretty_print=True)
        aside.sign(file, start)
        return (path, *aside.add_to(files))


def _header(bitext: Units) -> Any:  # noqa: ANN401 - lxml has no types
    header = etree.Element(
        "header",
        creationtool=TOOL,
        creationtoolversion=__version__,
        segtype="sentence",
        adminlang="en",
        srclang=bitext.src_lang,
        datatype="plaintext",
    )
    header.set("o-tmf", TOOL)
    etree.SubElement(header, "prop", type=f"x-{UNPAIRED}").text = NO_LIST
    if bitext.signature:
        etree.SubElement(header, "note").text = xml_text(bitext.signature)
    return header


def _unit(unit: Unit, bitext: Units) -> Any:  # noqa: ANN401 - lxml has no types
    props = facts(unit)
    tu = etree.Element(
        "tu", tuid=":".join((props["x-doc"], props["x-src-ids"], props["x-tgt-ids"]))
    )
    for name, value in props.items():
        etree.SubElement(tu, "prop", type=name).text = value
    for language, text in ((bitext.src_lang, unit.src), (bitext.tgt_lang, unit.tgt)):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: language})
        etree.SubElement(tuv, "seg").text = xml_text(text)
    return tu
