"""What the parts of a Word document or a presentation have to do with one another.

Beside a part lies another one that names those it is related to, each with an id and the
kind of the relation. Targets outside the package are left alone.
Source: ECMA-376, part 2, "Open Packaging Conventions", 5th edition, 2021, 6.5.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final, NamedTuple

from aligner.formats.common.zip_package import Package

_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """One part that another is related to."""

    id: str
    kind: str  # the last word of its address, such as `footnotes`
    part: str


def relations(package: Package, part: str) -> Iterator[Relation]:
    """Yield what a part is related to inside the package; of the whole if it is empty.

    Raises:
        lxml.etree.XMLSyntaxError: The part that says so is not well-formed XML.
        FormatError: It is damaged or too large.
    """
    from lxml import etree

    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in package:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for relation in etree.fromstring(package.read(listed), parser).iter(_RELATION):
        if relation.get("TargetMode", "Internal") == "Internal":
            target = posixpath.join("/", folder, relation.get("Target", ""))
            yield Relation(
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(target).lstrip("/"),
            )


def related(package: Package, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part is related to in one way (see `relations`)."""
    return (relation.part for relation in relations(package, part) if relation.kind == kind)
