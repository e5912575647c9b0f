"""TMX 1.4b, the exchange format of translation memories.

Rules kept: `srclang` is the language of a `tuv` of every unit; language codes are
BCP 47; notes and props stand before the `tuv`s; no `seg` is empty; only characters
that XML allows. A unit without partner has no place in it and goes beside.
Source: LISA, "TMX 1.4b Specification", 2005.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from aligner import __version__
from aligner.bitext import Bitext, Unit
from aligner.export.files import replacing
from aligner.export.rows import beside, ids_text, span_text, two_sided, write_unpaired

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    with replacing(path) as temporary, etree.xmlfile(str(temporary), encoding="utf-8") as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", version="1.4"):
            xml.write(_header(bitext), pretty_print=True)
            with xml.element("body"):
                for unit in bitext.units():
                    if two_sided(unit):
                        xml.write(_unit(unit, bitext), pretty_print=True)
    return (path, *write_unpaired(bitext, beside(path)))


def _header(bitext: Bitext) -> Any:  # noqa: ANN401 - lxml has no types
    header = etree.Element(
        "header",
        creationtool="aligner",
        creationtoolversion=__version__,
        segtype="sentence",
        adminlang="en",
        srclang=bitext.src_lang,
        datatype="plaintext",
    )
    header.set("o-tmf", "aligner")
    if bitext.signature:
        etree.SubElement(header, "note").text = _text(bitext.signature)
    return header


def _unit(unit: Unit, bitext: Bitext) -> Any:  # noqa: ANN401 - lxml has no types
    tu = etree.Element("tu", tuid=f"{ids_text(unit.src_ids)}:{ids_text(unit.tgt_ids)}")
    props = {
        "x-doc": unit.doc,
        "x-kind": unit.kind,
        "x-p": f"{unit.p:.4f}",
        "x-src-ids": ids_text(unit.src_ids),
        "x-tgt-ids": ids_text(unit.tgt_ids),
        "x-src-span": span_text(unit.src_span),
        "x-tgt-span": span_text(unit.tgt_span),
    }
    for name, value in props.items():
        etree.SubElement(tu, "prop", type=name).text = _text(value)
    for language, text in ((bitext.src_lang, unit.src), (bitext.tgt_lang, unit.tgt)):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: language})
        etree.SubElement(tuv, "seg").text = _text(text)
    return tu


def _text(text: str) -> str:
    """Return a text whose characters XML allows; others are U+FFFD."""
    return NOT_XML.sub("\ufffd", text)
