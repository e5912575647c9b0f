"""The rules of files of links, and of pairs of files with as many lines (Moses)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from aligner.errors import FormatError
from aligner.filenames import shown
from aligner.formats.align import LinkLine, check_links, link_lines, texts_beside
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.text_lines import open_text

# what some readers take for a line end, though it is none in a file of lines
_ODD: Final = re.compile("[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")


def check_align(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file of links; with its texts, if they stand beside it.

    Raises:
        FormatError: A line is no link.
        ReadError: A file cannot be read.
    """
    lines = link_lines(source.path, encoding=source.encoding)
    yield from _check_use(lines)
    texts = texts_beside(source.path)
    if texts is None:
        return
    sizes = [_count(BitextSource(path, shown(path), source.encoding)) for path in texts]
    try:
        check_links(lines, (sizes[0], sizes[1]), source.name)
    except FormatError as error:
        yield from_error(error, source.name, "a link names sentences of its texts, once each")
        return
    for side, size in enumerate(sizes):
        used = {n for _, link in lines for n in (link.src, link.tgt)[side]}
        missing = sorted(set(range(size)) - used)
        if missing:
            what = ("Chinese", "English")[side]
            yield Problem(
                None,
                "every sentence is in a link, if need be alone: []:[3]",
                f"{len(missing)} {what} ones are in none, the first is {missing[0]}",
            )


def _check_use(lines: list[LinkLine]) -> Iterator[Problem]:
    """Yield sentences used twice, links with gaps, and links that cross the one before."""
    used: tuple[dict[int, int], dict[int, int]] = ({}, {})
    last = (-1, -1)
    for number, link in lines:
        for side, numbers in enumerate((link.src, link.tgt)):
            what = ("Chinese", "English")[side]
            for sentence in numbers:
                before = used[side].setdefault(sentence, number)
                if before != number:
                    message = f"{what} sentence {sentence} is in line {before} too"
                    yield Problem(number, "a sentence is in one link", message)
            if numbers and numbers[-1] - numbers[0] >= len(numbers):
                message = f"{what} sentences {', '.join(map(str, numbers))}"
                yield Problem(number, "the sentences of a link are neighbours", message)
        if not link.is_null:
            place = (link.src[0], link.tgt[0])
            if place[0] < last[0] or place[1] < last[1]:
                yield Problem(number, "links do not cross", "it goes back behind an earlier one")
            last = (max(last[0], place[0]), max(last[1], place[1]))


def _count(source: BitextSource) -> int:
    return sum(bool(line.strip()) for line in open_text(source).lines)


def check_moses(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with NAME.zh and NAME.en, of which `source` is one, or NAME.moses.

    Raises:
        ReadError: One of them is missing or cannot be read.
    """
    name = source.path.name.removesuffix(".moses").removesuffix(".zh").removesuffix(".en")
    paths = [source.path.with_name(f"{name}{ending}") for ending in (".zh", ".en")]
    sides = [open_text(BitextSource(path, shown(path), source.encoding)) for path in paths]
    for side, path in zip(sides, paths, strict=True):
        if side.encoding != "utf-8":
            yield Problem(None, "a text is UTF-8", f"{path.name} is {side.encoding}")
    counts = [0, 0]
    for number, pair in enumerate(zip_longest(*(s.lines for s in sides)), start=1):
        for k, (path, line) in enumerate(zip(paths, pair, strict=True)):
            if line is not None:
                counts[k] += 1
                yield from _check_line(line.removesuffix("\n").removesuffix("\r"), path, number)
    if counts[0] != counts[1]:
        yield Problem(
            None,
            "both files have as many lines",
            f"{paths[0].name} has {counts[0]}, {paths[1].name} has {counts[1]}",
            "write both files again from the alignment",
        )


def _check_line(line: str, path: Path, number: int) -> Iterator[Problem]:
    if not line.strip():
        yield Problem(number, "no line is blank", f"{path.name} has a blank one")
    odd = _ODD.search(line)
    if odd:
        rule = "a line holds no other line end"
        yield Problem(number, rule, f"{path.name} has U+{ord(odd[0]):04X}", "make it a blank")


def from_error(error: FormatError, name: str, rule: str) -> Problem:
    """Return an error of a reader as a problem, with the line that it names."""
    message = str(error).removeprefix(name)
    found = re.match(r":(\d+): ", message)
    text = message[found.end() :] if found else message.removeprefix(": ")
    return Problem(int(found[1]) if found else None, rule, text, error.hint)
