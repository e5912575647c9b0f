"""A file of links with its two texts: NAME.align beside NAME.zh and NAME.en.

The texts have a sentence a line; blank lines do not count. A bitext runs in one
direction, so links that cross or leave out a sentence between two of theirs are joined
into the smallest run that holds them, as unlikely as the least likely of them, and a
sentence without any link stands alone.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.errors import AlignerError, FormatError, ReadError, SettingError
from aligner.filenames import shown
from aligner.formats.common.link_lines import Link, parse_align
from aligner.formats.common.pairs import Source
from aligner.formats.common.source import Source as TextSource
from aligner.formats.common.source import document_from_text, document_id
from aligner.formats.common.textfile import open_text
from aligner.pair import order_sides
from aligner.segment import split_lines
from aligner.span import Span

_ENDINGS: Final = ((".zh", ".en"), (".zh.txt", ".en.txt"))

_NOWHERE: Final = sys.maxsize  # in the order of the file

_Alone: TypeAlias = dict[int, tuple[int, Span, float]]  # first number: order, run, p


class _Piece(NamedTuple):
    """A one-sided bead to be."""

    order: int  # of its link in the file
    span: Span
    p: float


class Line(NamedTuple):
    """A link and where it stands."""

    number: int  # of the line, counted from 1
    link: Link


def read_links(
    path: str | Path,
    *,
    texts: Sequence[str | Path] | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
) -> Bitext:
    """Read a file of links and the texts that it links.

    Args:
        path: The links, `[0,1]:[0]:0.987`, Chinese side first.
        texts: The two texts, one sentence a line; those beside the file if None.
        encoding: Of all three files; found from their bytes if None.
        langs: The languages of `texts`, in their order; found from the script if None.

    Raises:
        FormatError: A line is no link, or names a sentence that is not there or that
            another link has.
        LanguageError: The texts are not one Chinese and one English.
        ReadError: A file is missing or cannot be read.
    """
    path = Path(path)
    lines = link_lines(path, encoding=encoding)
    src_doc, tgt_doc = _documents(path, texts, encoding, langs)
    src, tgt = split_lines(src_doc), split_lines(tgt_doc)
    check_links(lines, (len(src), len(tgt)), shown(path))
    return _bitext(path, (src_doc, tgt_doc), (src, tgt), [line.link for line in lines])


def texts_beside(path: Path) -> tuple[Path, Path] | None:
    """Return the Chinese and the English text beside a file of links, if they are there."""
    for endings in _ENDINGS:
        zh, en = (path.with_name(path.stem + ending) for ending in endings)
        if zh.is_file() and en.is_file():
            return zh, en
    return None


def link_lines(path: Path, *, encoding: str | None = None) -> list[Line]:
    """Return the links of a file with the numbers of their lines.

    Raises:
        FormatError: A line is no link.
        ReadError: The file cannot be read.
    """
    name = shown(path)
    found: list[Line] = []
    for number, line in enumerate(open_text(Source(path, name, encoding)).lines, start=1):
        try:
            found += (Line(number, link) for link in parse_align(line, name=name))
        except (AlignerError, ValueError) as error:  # ValueError: a number of 5,000 digits
            raise FormatError(
                f"{name}:{number}: not a link: {line.strip()[:60]!r}",
                hint="one link a line, such as [0,1]:[0], counted from 0, Chinese side first",
            ) from error
    return found


def check_links(lines: Iterable[Line], sizes: tuple[int, int], name: str) -> None:
    """Check that every link names sentences that there are and that are free.

    Raises:
        FormatError: One does not; its line is named.
    """
    used: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, link in lines:
        for side, numbers in enumerate((link.src, link.tgt)):
            what = ("Chinese", "English")[side]
            for sentence in numbers:
                if sentence >= sizes[side]:
                    raise FormatError(
                        f"{name}:{number}: no {what} sentence {sentence},"
                        f" the text has {sizes[side]}, counted from 0",
                        hint="the links must be of the lines of these texts, without blank lines",
                    )
                before = used[side].setdefault(sentence, number)
                if before != number:
                    raise FormatError(
                        f"{name}:{number}: {what} sentence {sentence} is in line {before} too",
                        hint="put all sentences of a link into one line",
                    )


def beads_of(links: Iterable[Link], n_src: int, n_tgt: int) -> tuple[Bead, ...]:
    """Return links as beads that use every sentence once, in order.

    >>> [bead.kind for bead in beads_of([Link((0,), (1,)), Link((1,), (0,))], 3, 2)]
    ['2-2', '1-0']

    Cost: that of sorting.
    """
    runs: list[Bead] = []
    alone: tuple[_Alone, _Alone] = ({}, {})
    for order, link in enumerate(links):
        p = 1.0 if link.p is None else link.p
        if link.is_null:
            for side, numbers in zip(alone, (link.src, link.tgt), strict=True):
                side |= {run.start: (order, run, p) for run in _runs(numbers)}
        else:
            runs.append(Bead(_hull(link.src), _hull(link.tgt), p))
    return tuple(_filled(_uncrossed(runs), alone, n_src, n_tgt))


def _hull(numbers: tuple[int, ...]) -> Span:
    return Span(numbers[0], numbers[-1] + 1)


def _runs(numbers: Iterable[int]) -> Iterator[Span]:
    """Yield the runs of neighbours in rising numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield _hull(tuple(number for _, number in run))


def _uncrossed(beads: Iterable[Bead]) -> list[Bead]:
    """Return beads in order, those that cross joined."""
    found: list[Bead] = []
    for bead in sorted(beads, key=lambda b: (b.src, b.tgt)):
        joined = bead
        while found and _crosses(found[-1], joined):
            joined = _joined(found.pop(), joined)
        found.append(joined)
    return found


def _crosses(a: Bead, b: Bead) -> bool:
    return a.src.stop > b.src.start or a.tgt.stop > b.tgt.start


def _joined(a: Bead, b: Bead) -> Bead:
    src = Span(min(a.src.start, b.src.start), max(a.src.stop, b.src.stop))
    tgt = Span(min(a.tgt.start, b.tgt.start), max(a.tgt.stop, b.tgt.stop))
    return Bead(src, tgt, min(a.p, b.p))


def _filled(
    runs: Sequence[Bead], alone: tuple[_Alone, _Alone], n_src: int, n_tgt: int
) -> Iterator[Bead]:
    """Yield the runs, and one-sided beads for what lies between them."""
    src = tgt = 0
    end = Bead(Span(n_src, n_src), Span(n_tgt, n_tgt), 1.0)
    for run in (*runs, end):
        left = deque(_gap(Span(src, run.src.start), alone[0]))
        right = deque(_gap(Span(tgt, run.tgt.start), alone[1]))
        while left or right:  # in the order of the file, as far as that of the sentences allows
            if left and (not right or left[0].order <= right[0].order):
                piece = left.popleft()
                src = piece.span.stop
                yield Bead(piece.span, Span(tgt, tgt), piece.p)
            else:
                piece = right.popleft()
                tgt = piece.span.stop
                yield Bead(Span(src, src), piece.span, piece.p)
        if run is not end:
            yield run
        src, tgt = run.src.stop, run.tgt.stop


def _gap(gap: Span, alone: _Alone) -> Iterator[_Piece]:
    """Yield the pieces of a gap: what stands alone in a line, and single sentences."""
    at = gap.start
    while at < gap.stop:
        order, span, p = alone.get(at, (_NOWHERE, Span(at, at + 1), 1.0))
        yield _Piece(order, Span(at, min(span.stop, gap.stop)), p)
        at = min(span.stop, gap.stop)


def _bitext(
    path: Path,
    documents: tuple[Document, Document],
    segments: tuple[tuple[Segment, ...], tuple[Segment, ...]],
    links: Sequence[Link],
) -> Bitext:
    from aligner.lang.script import detect_variant

    sizes = len(segments[0]), len(segments[1])
    return Bitext(
        id=document_id(shown(path)),
        src_doc=documents[0],
        tgt_doc=documents[1],
        src=segments[0],
        tgt=segments[1],
        alignment=Alignment(beads_of(links, *sizes), *sizes),
        src_lang=detect_variant(documents[0].text),
    )


def _documents(
    path: Path,
    texts: Sequence[str | Path] | None,
    encoding: str | None,
    langs: Sequence[str] | None,
) -> tuple[Document, Document]:
    """Return the Chinese and the English document."""
    if texts is not None:
        if len(texts) != 2:
            raise SettingError(f"{len(texts)} texts for {path}", hint="name two, such as a.zh a.en")
        first, second = (_document(Path(text), encoding) for text in texts)
        return order_sides(first, second, langs=langs)
    found = texts_beside(path)
    if found is None:
        raise ReadError(
            f"{path}: no {path.stem}.zh and {path.stem}.en beside it",
            hint="name the two texts, one sentence a line, with --texts ZH EN",
        )
    return _document(found[0], encoding), _document(found[1], encoding)


def _document(path: Path, encoding: str | None) -> Document:
    text = open_text(Source(path, shown(path), encoding))
    return document_from_text(
        TextSource(b"", shown(path)), "".join(text.lines), encoding=text.encoding, notes=text.notes
    )
