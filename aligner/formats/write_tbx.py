"""A glossary as TBX-Basic: version 3 in DCA style, or version 2.

Source: ISO 30042:2019 and ISO 30042:2008; the dialect TBX-Basic, https://www.tbxinfo.net.
One concept an entry. TBX has no status for what is forbidden: such a target is
deprecated here. Only characters that XML allows; others are U+FFFD.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from aligner.findings import Status
from aligner.formats.common.writing import writing_bytes
from aligner.formats.common.xml_writing import XML_LANG, xml_text
from aligner.glossary.entries import Entry, Glossary, Target

_STATUS: Final[dict[Status, str]] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}


class _Names(NamedTuple):
    """What the parts of a termbase are called in a version of TBX."""

    namespace: str
    root: str
    style: dict[str, str]  # attributes of the root besides type and language
    header: str
    concept: str
    language: str
    term: str
    doctype: str

    def tag(self, name: str) -> str:
        """Return a name with its namespace."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


_V3: Final = _Names(
    "urn:iso:std:iso:30042:ed-2", "tbx", {"style": "dca"}, "tbxHeader", "conceptEntry",
    "langSec", "termSec", "",
)  # fmt: skip
_V2: Final = _Names(
    "", "martif", {}, "martifHeader", "termEntry", "langSet", "tig",
    '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
)  # fmt: skip


def write_tbx(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write TBX version 3, TBX-Basic, DCA style."""
    return _write(glossary, path, _V3)


def write_tbx2(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write TBX version 2, TBX-Basic."""
    return _write(glossary, path, _V2)


def _write(glossary: Glossary, path: Path, names: _Names) -> tuple[Path, ...]:
    root = etree.Element(
        names.tag(names.root),
        {"type": "TBX-Basic", **names.style, XML_LANG: "zh"},
        nsmap={None: names.namespace} if names.namespace else None,
    )
    source = root
    for part in (names.header, "fileDesc", "sourceDesc", "p"):
        source = etree.SubElement(source, names.tag(part))
    source.text = "terms and their renderings in aligned texts"
    body = etree.SubElement(etree.SubElement(root, names.tag("text")), names.tag("body"))
    for number, entry in enumerate(glossary.entries, start=1):
        body.append(_concept(entry, f"c{number}", names))
    with writing_bytes(path) as file:
        etree.ElementTree(root).write(
            file,
            encoding="UTF-8",
            xml_declaration=True,
            pretty_print=True,
            doctype=names.doctype or None,
        )
    return (path,)


def _concept(entry: Entry, name: str, names: _Names) -> Any:  # noqa: ANN401 - lxml untyped
    """Return a term and its targets, each with its status and note."""
    concept = etree.Element(names.tag(names.concept), id=name)
    sides = (("zh", (Target(entry.src, note=entry.note),)), ("en", entry.targets))
    for language, targets in sides:
        group = etree.SubElement(concept, names.tag(names.language), {XML_LANG: language})
        for target in targets:
            term = etree.SubElement(group, names.tag(names.term))
            etree.SubElement(term, names.tag("term")).text = xml_text(target.text)
            status = etree.SubElement(term, names.tag("termNote"), type="administrativeStatus")
            status.text = _STATUS[target.status]
            if target.note:
                etree.SubElement(term, names.tag("note")).text = xml_text(target.note)
    return concept
