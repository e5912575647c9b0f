"""Tell whether gold and test number the same sentences, and make them so where it is known.

A text of one sentence a line may have blank lines between its paragraphs. Some programs
count these, ours (`--pre-split`) do not, and then every link after the first blank line is
wrong without a word. The texts beside the links, NAME.zh and NAME.en, say which of the
two a file does: numbers up to the last line, none of them that of a blank line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from aligner.errors import AlignerError
from aligner.formats.common.link_lines import Link, read_text
from aligner.lang.codes import SIDE_NAMES
from aligner.messages import N_, _
from aligner.scoring.counts import count, scores

_ENDINGS: Final = ((".zh", ".zh.txt"), (".en", ".en.txt"))
_POOR: Final = 0.5  # F1 below which numbers may be of something else
_GAIN: Final = 0.1  # of F1, if all numbers are moved by one
_HINT: Final = N_(
    "number the lines without the blank ones, as --pre-split does, or put NAME.zh and NAME.en"
    " beside the links so that it can be told"
)


class Numbered(NamedTuple):
    """Links whose numbers mean the same sentences, as far as it is known."""

    gold: tuple[Link, ...]
    test: tuple[Link, ...]
    notes: tuple[str, ...]  # what a user should know


@dataclass(frozen=True, slots=True)
class _Lines:
    """One side's text: which of its lines are blank."""

    name: str
    blank: tuple[bool, ...]

    def are_counted(self, numbers: set[int]) -> bool:
        """Tell whether the numbers must be of all lines, the blank ones too."""
        return self.may_be_counted(numbers) and self.blank.count(False) <= max(numbers)

    def may_be_counted(self, numbers: set[int]) -> bool:
        """Tell whether the numbers can be of all lines: none of them is that of a blank one."""
        if not numbers or not any(self.blank) or max(numbers) >= len(self.blank):
            return False
        return not any(self.blank[number] for number in numbers)

    def without_blank(self) -> list[int]:
        """Return the number of each line if blank ones do not count."""
        return [number - 1 for number in accumulate(int(not blank) for blank in self.blank)]


def same_numbers(
    gold: Sequence[Link], test: Sequence[Link], *, files: tuple[Path, Path]
) -> Numbered:
    """Return the links with numbers that do not count blank lines, and what seems wrong.

    Args:
        gold: What is right.
        test: What an aligner found.
        files: Where they were read; the texts are looked for beside them.

    Cost: linear, and nine counts where most links are wrong.
    """
    notes: list[str] = []
    both = [tuple(gold), tuple(test)]
    for side in (0, 1):
        lines = _text_beside(files, side)
        if lines is None or not any(lines.blank):
            continue
        counted = [lines.are_counted(_numbers(links, side)) for links in both]
        if counted[0] != counted[1]:
            which = 0 if counted[0] else 1
            both[which] = _renumbered(both[which], side, lines.without_blank())
            notes.append(
                _(
                    "{files}: its {sides} numbers count the blank lines of {name},"
                    " those of {files2} do not; they are compared without"
                ).format(
                    files=files[which],
                    sides=_(SIDE_NAMES[side]),
                    name=lines.name,
                    files2=files[1 - which],
                )
            )
    if not notes and (doubt := _blank_lines_may_count(both[0], both[1], files)):
        notes.append(doubt)
    return Numbered(both[0], both[1], (*notes, *_doubts(both[0], both[1], files)))


def _blank_lines_may_count(
    gold: tuple[Link, ...], test: tuple[Link, ...], files: tuple[Path, Path]
) -> str:
    """Return a note if one file would fit better with its numbers taken as of all lines."""
    for which in (0, 1):
        both = [gold, test]
        for side in (0, 1):
            lines = _text_beside(files, side)
            if lines is not None and lines.may_be_counted(_numbers(both[which], side)):
                both[which] = _renumbered(both[which], side, lines.without_blank())
        if _f1(both[0], both[1]) > _f1(gold, test) + _GAIN:
            return _("{files}: would fit better if its numbers count blank lines; {hint}").format(
                files=files[which], hint=_(_HINT)
            )
    return ""


def _f1(gold: Sequence[Link], test: Sequence[Link]) -> float:
    return scores(count(gold, test))["non-null"].f1


def _numbers(links: Sequence[Link], side: int) -> set[int]:
    return {number for link in links for number in (link.src, link.tgt)[side]}


def _renumbered(links: Sequence[Link], side: int, to: Sequence[int]) -> tuple[Link, ...]:
    return tuple(
        Link(tuple(to[n] for n in link.src), link.tgt, link.p)
        if side == 0
        else Link(link.src, tuple(to[n] for n in link.tgt), link.p)
        for link in links
    )


def _text_beside(files: tuple[Path, Path], side: int) -> _Lines | None:
    for file in files:
        for ending in _ENDINGS[side]:
            path = file.with_name(file.stem + ending)
            if path.is_file():
                try:
                    lines = read_text(path).split("\n")
                except AlignerError:  # in another encoding: then nothing is known
                    continue
                while lines and not lines[-1].strip():
                    lines.pop()
                return _Lines(str(path), tuple(not line.strip() for line in lines))
    return None


def _doubts(gold: Sequence[Link], test: Sequence[Link], files: tuple[Path, Path]) -> Iterator[str]:
    """Yield why the numbers may be of other sentences."""
    if not (gold and test):
        return
    f1 = _f1(gold, test)
    poor = f1 < _POOR
    whole = any(link.is_null for link in gold)  # then gold names every sentence
    if f1 < 1 - _GAIN and (moved := _moved(gold, test, more_than=max(f1 + _GAIN, _POOR))):
        yield _("{files}: {moved}; links count from 0").format(files=files[1], moved=moved)
        return
    for side in (0, 1):
        last = [max(_numbers(links, side), default=-1) for links in (gold, test)]
        if last[0] > last[1] or (last[0] < last[1] and (whole or poor)):
            yield (
                _(
                    "{files}: ends at {sides} sentence {last}, the gold at {last2}:"
                    " the numbers may not be of the same lines; {hint}"
                ).format(
                    files=files[1],
                    sides=_(SIDE_NAMES[side]),
                    last=last[1],
                    last2=last[0],
                    hint=_(_HINT),
                )
            )


def _moved(gold: Sequence[Link], test: Sequence[Link], *, more_than: float) -> str:
    """Return by how much the test would have to be moved to fit; nothing if it would not."""
    best, moves = more_than, ""
    for src in (-1, 0, 1):
        for tgt in (-1, 0, 1):
            f1 = _f1(gold, [_by(link, src, tgt) for link in test])
            if f1 > best:
                best = f1
                moves = _(
                    "would fit with its Chinese numbers {src:+d} and its English ones {tgt:+d}"
                ).format(src=src, tgt=tgt)
    return moves


def _by(link: Link, src: int, tgt: int) -> Link:
    return Link(tuple(n + src for n in link.src), tuple(n + tgt for n in link.tgt))
