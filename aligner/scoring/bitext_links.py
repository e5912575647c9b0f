"""Links of a file, whether it holds links alone or a bitext that numbers its sentences.

Numbers are those that the file gives. A bitext of another program has none: what is a unit
there may be several sentences of the gold, so that any figure would be of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.errors import SettingError
from aligner.filenames import shown
from aligner.formats.bitexts import BITEXT_SUFFIXES, LINKS, open_bitext
from aligner.formats.common.bitext_file import BitextFile
from aligner.formats.common.link_lines import Link, read_align
from aligner.formats.common.raw_pairs import RawPair, RawSide
from aligner.messages import _


def links_in(path: Path) -> tuple[Link, ...]:
    """Return the links of a .align file, or of a bitext in any format that is read.

    Raises:
        ReadError: It is missing, or not of the format of its suffix; names the line.
        SettingError: It is a bitext that does not number its sentences, or of several documents.
    """
    form = BITEXT_SUFFIXES.get(path.suffix.lower())
    if form is None or form.name == LINKS:
        return read_align(path)
    opened = open_bitext(path)
    if not isinstance(opened, BitextFile):
        return read_align(path)
    return tuple(_links(opened.pairs(), shown(path)))


def _links(pairs: Iterator[RawPair], name: str) -> Iterator[Link]:
    doc: str | None = None
    for pair in pairs:
        doc = pair.doc if doc is None else doc
        if pair.doc != doc:
            raise SettingError(
                _("{name}: holds more than one document: {doc} and {other}").format(
                    name=name, doc=doc, other=pair.doc
                ),
                hint=_("give the links of one document, such as its .align file, or two folders"),
            )
        if not (_is_numbered(pair.src) and _is_numbered(pair.tgt)):
            raise SettingError(
                _("{name}: does not say which sentences its units hold").format(name=name),
                hint=_(
                    "give a .align file, one link a line, such as [0,1]:[0], or a bitext that"
                    " aligner wrote"
                ),
            )
        yield Link(_numbers(pair.src), _numbers(pair.tgt), pair.p)


def _is_numbered(side: RawSide) -> bool:
    return side.first is not None or not side.size


def _numbers(side: RawSide) -> tuple[int, ...]:
    return () if side.first is None else tuple(range(side.first, side.first + side.size))
