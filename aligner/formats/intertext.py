"""InterText: a text file for each side, and a file of links between their sentences.

InterText Editor imports the three together. Paragraphs and sentences are numbered
from 1; `2:3` is the third sentence of the second paragraph. In a link, the numbers
before the semicolon are of the file `toDoc`, which is the English one, and the first
number of its type counts those. The format has no place for probabilities; the
status of a link that a person confirmed is `man`, that of others `auto`.
Source: the files that InterText 2 and InterText Editor export.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from aligner.bitext import Bead, Bitext, Segment
from aligner.filenames import shown
from aligner.formats.common.bitext_file import BitextFile
from aligner.formats.common.check_outputs import Output
from aligner.formats.common.writing import together
from aligner.formats.common.xml_writing import xml_file, xml_text


def intertext_paths(path: Path) -> tuple[Path, Path, Path]:
    """Return the file of links, the Chinese text and the English text.

    >>> [p.name for p in intertext_paths(Path("law.intertext"))]
    ['law.zh.en.xml', 'law.zh.xml', 'law.en.xml']
    """
    name = path.stem if path.suffix.lower() in {".intertext", ".xml"} else path.name
    links, zh, en = (path.with_name(name + end) for end in (".zh.en.xml", ".zh.xml", ".en.xml"))
    return links, zh, en


def intertext_output(path: Path) -> Output:
    """Return what is written for a path."""
    return Output(intertext_paths(path))


def write_intertext(units: Bitext | BitextFile, path: Path) -> tuple[Path, ...]:
    """Write the links and both texts; every sentence is in its text, with partner or not."""
    bitext = units if isinstance(units, Bitext) else units.whole()
    links, zh, en = intertext_paths(path)
    with together(links) as files:
        zh_ids = _write_text(files.open(zh), bitext.src)
        en_ids = _write_text(files.open(en), bitext.tgt)
        with (
            xml_file(files.open(links)) as xml,
            xml.element("linkGrp", toDoc=shown(en.name), fromDoc=shown(zh.name)),
        ):
            xml.write("\n")
            for bead in bitext.alignment.beads:
                xml.write(_link(bead, zh_ids, en_ids))
                xml.write("\n")
    return links, zh, en


def _link(bead: Bead, zh_ids: list[str], en_ids: list[str]) -> Any:  # noqa: ANN401 - lxml untyped
    targets = [
        " ".join(ids[slice(*span)]) for ids, span in ((en_ids, bead.tgt), (zh_ids, bead.src))
    ]
    return etree.Element(
        "link",
        type=f"{bead.tgt.size}-{bead.src.size}",
        xtargets=";".join(targets),
        status="man" if bead.confirmed else "auto",
    )


def _write_text(file: BinaryIO, segments: Sequence[Segment]) -> list[str]:
    """Write a side; return the numbers of its sentences."""
    numbers: list[str] = []
    with xml_file(file) as xml, xml.element("text"):
        for number, group in enumerate(_paragraphs(segments), start=1):
            paragraph = etree.Element("p", id=str(number))
            for place, segment in enumerate(group, start=1):
                numbers.append(f"{number}:{place}")
                sentence = etree.SubElement(paragraph, "s", id=numbers[-1])
                sentence.text = xml_text(segment.text)
            xml.write(paragraph, pretty_print=True)
    return numbers


def _paragraphs(segments: Sequence[Segment]) -> Iterator[Iterator[Segment]]:
    return (group for _, group in groupby(segments, key=lambda segment: segment.paragraph))
