"""Read alignment files: one link a line, `[0,1]:[0]:0.987`.

Chinese side first, counted from 0; `[]:[3]` is an English sentence without a
partner. What follows the second colon is a probability if it is a number from 0 to
1, and is passed over otherwise, since some aligners write costs there. The format
is the one that Vecalign and Bertalign write.

Unlike a `Bead`, a `Link` need not be a run of sentences: in gold, links may cross.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from aligner.bitext import Alignment
from aligner.errors import EncodingError, FormatError
from aligner.filenames import shown
from aligner.formats.common.file_bytes import read_bytes
from aligner.messages import N_, _

_LINK = re.compile(r"\s*\[([0-9, ]*)\]\s*:\s*\[([0-9, ]*)\]\s*(?::(.*))?", re.DOTALL)
_MOST_DIGITS = 12  # no text has so many sentences


_MOST_BYTES = 100_000_000  # of a file of links or units; a long novel's has 1 MB


_LARGE = N_("check that it is the right file")


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of one side and their translation; equal if both sides are the same."""

    src: tuple[int, ...]  # rising, counted from 0, empty for a link without partner
    tgt: tuple[int, ...]
    p: float | None = field(default=None, compare=False)  # as given by the aligner

    @property
    def is_null(self) -> bool:
        """Whether one of the sides is empty."""
        return not (self.src and self.tgt)


def links_of(alignment: Alignment) -> tuple[Link, ...]:
    """Return the beads of an alignment as links, with their probabilities."""
    return tuple(
        Link(tuple(range(*bead.src)), tuple(range(*bead.tgt)), bead.p) for bead in alignment.beads
    )


def parse_align(text: str, *, name: str = "alignment") -> tuple[Link, ...]:
    r"""Return the links of a file's text, in its order.

    Empty lines and links without any sentence are passed over.

    >>> parse_align("[0,1]:[0]:0.9\n[]:[1]\n")
    (Link(src=(0, 1), tgt=(0,), p=0.9), Link(src=(), tgt=(1,), p=None))

    Args:
        text: The whole file.
        name: How errors name it.

    Raises:
        FormatError: A line is not a link. The message gives its number.
    """
    lines = enumerate(text.split("\n"), start=1)
    links = (_parse_link(line, f"{name}:{number}") for number, line in lines if line.strip())
    return tuple(link for link in links if link.src or link.tgt)


def read_align(path: str | Path) -> tuple[Link, ...]:
    """Read an alignment file (see `parse_align`).

    Raises:
        ReadError: There is no such file, it is not UTF-8, or a line is not a link.
    """
    return parse_align(read_text(Path(path)), name=shown(path))


def _parse_link(line: str, where: str) -> Link:
    match = _LINK.fullmatch(line)
    if not match:
        raise FormatError(
            _("{where}: not a link: {strip!r}").format(where=where, strip=line.strip()[:60]),
            hint=_("one link a line, such as [0,1]:[0], counted from 0, Chinese side first"),
        )
    src, tgt, p = match.groups()
    return Link(_numbers(src, where), _numbers(tgt, where), _probability(p))


def _numbers(side: str, where: str) -> tuple[int, ...]:
    words = side.replace(",", " ").split()
    if any(len(word) > _MOST_DIGITS for word in words):
        raise FormatError(
            _("{where}: a number is too large").format(where=where),
            hint=_("sentences are counted from 0"),
        )
    return tuple(sorted(set(map(int, words))))


def _probability(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def read_text(path: Path) -> str:
    """Return a text in UTF-8 with LF line ends.

    Raises:
        ReadError: There is no such file, or it is not UTF-8.
    """
    try:
        raw = read_bytes(path, shown(path), most=_MOST_BYTES, one=N_("alignment"), large=_(_LARGE))
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise EncodingError(
            _("{path}: byte {object:#04x} at offset {start} is not UTF-8").format(
                path=path, object=error.object[error.start], start=error.start
            ),
            hint=_("save the file as UTF-8"),
        ) from error
