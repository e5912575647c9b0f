"""What the XML formats share: the characters that may stand in them, and the facts of a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, TypeVar

from lxml import etree

from aligner.bitext import Unit
from aligner.formats.common.clock_times import times_text
from aligner.formats.common.unit_rows import Units, ids_text, span_text

_Value = TypeVar("_Value")
TOOL: Final = "aligner"  # how our files are known as ours
SURE_LINK: Final = 0.9  # p from which a link needs no look of a person
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@contextmanager
def xml_file(file: BinaryIO) -> Iterator[Any]:
    """Give a writer of XML, its declaration written; what the system refuses is an OSError."""
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        yield xml


def xml_text(text: str) -> str:
    r"""Return a text whose characters XML allows; others are U+FFFD.

    >>> xml_text("a\x00b")
    'a\ufffdb'
    """
    return NOT_XML.sub("\ufffd", text)


def source_first(bitext: Units, src: _Value, tgt: _Value) -> tuple[_Value, _Value]:
    """Return what belongs to the two sides, that of the original first.

    Args:
        bitext: Says which language is that of the original.
        src: Of the Chinese side.
        tgt: Of the English side.
    """
    return (tgt, src) if bitext.source == "en" else (src, tgt)


def facts(unit: Unit) -> dict[str, str]:
    """Return what is known of a unit beside its texts, as props and metadata hold it.

    Names begin with `x-`, as TMX and XLIFF 1.2 want those of a single program. Numbers
    are counted from 0; spans are characters of the documents' texts, such as `10-52`. Units
    of subtitles also have their times.
    """
    times = {"x-src-times": unit.src_times, "x-tgt-times": unit.tgt_times}
    return {
        "x-doc": xml_text(unit.doc),
        "x-kind": unit.kind,
        "x-p": f"{unit.p:.4f}",
        "x-src-ids": ids_text(unit.src_ids),
        "x-tgt-ids": ids_text(unit.tgt_ids),
        "x-src-span": span_text(unit.src_span),
        "x-tgt-span": span_text(unit.tgt_span),
        **{name: times_text(value) for name, value in times.items() if value},
    }
