"""A Moses pair: NAME.zh and NAME.en, with as many lines, each line of one the other's translation.

A unit without partner has no place in them and goes to NAME.unpaired.tsv. Reading, a pair
is named by NAME.moses, which need not exist, or by one of its two files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from aligner.errors import FormatError
from aligner.filenames import shown
from aligner.formats.common.check_outputs import Output
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair, is_empty, side
from aligner.formats.common.text_lines import Text, open_text
from aligner.formats.common.unit_rows import Units, one_line
from aligner.formats.common.unpaired_list import Aside, named
from aligner.formats.common.writing import together
from aligner.messages import _

# what some readers take for a line end, though it is none in a file of lines
_ODD: Final = re.compile("[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")


def write_moses(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write NAME.zh and NAME.en with as many lines, one bead a line.

    Units without partner go to NAME.unpaired.tsv, since a line must have both sides.
    """
    zh, en, unpaired = moses_paths(path)
    aside = Aside(zh, unpaired)
    with together(zh) as files:
        src, tgt = files.open(zh), files.open(en)
        for unit in aside.two_sided(bitext.units()):
            src.write(f"{one_line(unit.src)}\n".encode(errors="replace"))
            tgt.write(f"{one_line(unit.tgt)}\n".encode(errors="replace"))
        return (zh, en, *aside.add_to(files))


def moses_paths(path: Path) -> tuple[Path, Path, Path]:
    """Return the Chinese file, the English one and the one for units without partner.

    >>> [p.name for p in moses_paths(Path("v1.2.moses"))]
    ['v1.2.zh', 'v1.2.en', 'v1.2.unpaired.tsv']
    """
    name = path.stem if path.suffix.lower() == ".moses" else path.name
    return path.with_name(f"{name}.zh"), path.with_name(f"{name}.en"), named(path, name)


def read_moses(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the lines of NAME.zh and NAME.en as pairs; what is blank on both sides is none.

    Raises:
        FormatError: One of them has more lines than the other.
        ReadError: One of them is missing or cannot be read.
    """
    paths, texts = _sides(source)
    head.encoding = texts[0].encoding
    head.notes = tuple(dict.fromkeys(note for text in texts for note in text.notes))
    for number, (zh, en) in enumerate(zip_longest(*(text.lines for text in texts)), start=1):
        if zh is None or en is None:
            short, long = (paths[0], paths[1]) if zh is None else (paths[1], paths[0])
            raise FormatError(
                _("{short}: has {number} lines, {name} has more").format(
                    short=shown(short), number=number - 1, name=long.name
                ),
                hint=_("both files of a pair have as many lines: write both again"),
            )
        pair = RawPair(side(zh.strip()), side(en.strip()))
        if not is_empty(pair):
            yield pair


def _sides(source: BitextSource) -> tuple[list[Path], list[Text]]:
    """Return the two files that a path names, and their open texts."""
    name = source.path.name.removesuffix(".moses").removesuffix(".zh").removesuffix(".en")
    paths = [source.path.with_name(f"{name}{ending}") for ending in (".zh", ".en")]
    return paths, [open_text(BitextSource(path, shown(path), source.encoding)) for path in paths]


def moses_output(path: Path) -> Output:
    """Return what is written for a path."""
    zh, en, unpaired = moses_paths(path)
    return Output((zh, en), unpaired)


def check_moses(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with NAME.zh and NAME.en, of which `source` is one, or NAME.moses.

    Raises:
        ReadError: One of them is missing or cannot be read.
    """
    paths, texts = _sides(source)
    for text, path in zip(texts, paths, strict=True):
        if text.encoding != "utf-8":
            yield Problem(
                None,
                _("a text is UTF-8"),
                _("{name} is {encoding}").format(name=path.name, encoding=text.encoding),
            )
    counts = [0, 0]
    for number, pair in enumerate(zip_longest(*(text.lines for text in texts)), start=1):
        for k, (path, line) in enumerate(zip(paths, pair, strict=True)):
            if line is not None:
                counts[k] += 1
                yield from _check_line(line.removesuffix("\n").removesuffix("\r"), path, number)
    if counts[0] != counts[1]:
        yield Problem(
            None,
            _("both files have as many lines"),
            _("{name} has {counts}, {name2} has {counts2}").format(
                name=paths[0].name, counts=counts[0], name2=paths[1].name, counts2=counts[1]
            ),
            _("write both files again from the alignment"),
        )


def _check_line(line: str, path: Path, number: int) -> Iterator[Problem]:
    if not line.strip():
        yield Problem(
            number, _("no line is blank"), _("{name} has a blank one").format(name=path.name)
        )
    odd = _ODD.search(line)
    if odd:
        rule = _("a line holds no other line end")
        yield Problem(
            number,
            rule,
            _("{name} has U+{ord:04X}").format(name=path.name, ord=ord(odd[0])),
            _("make it a blank"),
        )
