"""Write a bitext as one XML file with an element for each document in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from aligner.bitext import Unit
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_writing import xml_file

DocumentWriter = Callable[[Any, Units, str, Iterator[Unit], int], None]


def write_documents(
    bitext: Units, path: Path, root: Callable[[Any], Any], write_document: DocumentWriter
) -> tuple[Path, ...]:
    """Write the two-sided units by document, and the others beside; return the files.

    Args:
        bitext: Its units in the order of the documents. One without any gets one empty
            document, so that the file says what it is of.
        path: The file.
        root: Opens the root element of an XML file.
        write_document: Writes the element of a document: the XML file, the bitext, the
            document's id, its units and its number from 1.
    """
    aside = Aside(path)
    units = aside.two_sided(bitext.units())
    with together(path) as files:
        file = files.open(path)
        with xml_file(file) as xml, root(xml):
            xml.flush()
            start, number = file.tell(), 0
            for number, (doc, group) in enumerate(groupby(units, key=lambda u: u.doc), start=1):
                write_document(xml, bitext, doc, group, number)
            if not number:
                write_document(xml, bitext, bitext.id, iter(()), 1)
        aside.sign(file, start)
        return (path, *aside.add_to(files))
