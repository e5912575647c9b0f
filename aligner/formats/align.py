"""A file of links with its two texts: NAME.align beside NAME.zh and NAME.en.

The texts have a sentence a line; blank lines do not count. How links become the beads of
a bitext stands in `link_beads`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from aligner.bitext import Alignment, Bitext, Document, Segment
from aligner.errors import AlignerError, FormatError, ReadError, SettingError
from aligner.filenames import shown
from aligner.formats.common.format_problem import Problem, from_error
from aligner.formats.common.link_beads import beads_of
from aligner.formats.common.link_lines import Link, parse_align
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.source import Source, document_from_text, document_id
from aligner.formats.common.text_lines import open_text
from aligner.formats.common.unit_rows import Units, ids_text
from aligner.formats.common.writing import write_lines
from aligner.lang.codes import SIDE_NAMES
from aligner.messages import _
from aligner.pair import order_sides
from aligner.segment import split_lines

_ENDINGS: Final = ((".zh", ".en"), (".zh.txt", ".en.txt"))


class LinkLine(NamedTuple):
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


def link_lines(path: Path, *, encoding: str | None = None) -> list[LinkLine]:
    """Return the links of a file with the numbers of their lines.

    Raises:
        FormatError: A line is no link.
        ReadError: The file cannot be read.
    """
    name = shown(path)
    found: list[LinkLine] = []
    for number, line in enumerate(open_text(BitextSource(path, name, encoding)).lines, start=1):
        try:
            found += (LinkLine(number, link) for link in parse_align(line, name=name))
        except (AlignerError, ValueError) as error:  # ValueError: a number of 5,000 digits
            raise FormatError(
                _("{name}:{number}: not a link: {strip!r}").format(
                    name=name, number=number, strip=line.strip()[:60]
                ),
                hint=_("one link a line, such as [0,1]:[0], counted from 0, Chinese side first"),
            ) from error
    return found


def check_links(lines: Iterable[LinkLine], sizes: tuple[int, int], name: str) -> None:
    """Check that every link names sentences that there are and that are free.

    Raises:
        FormatError: One does not; its line is named.
    """
    used: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, link in lines:
        for side, numbers in enumerate((link.src, link.tgt)):
            what = _(SIDE_NAMES[side])
            for sentence in numbers:
                if sentence >= sizes[side]:
                    raise FormatError(
                        _(
                            "{name}:{number}: no {what} sentence {sentence},"
                            " the text has {sizes}, counted from 0"
                        ).format(
                            name=name,
                            number=number,
                            what=what,
                            sentence=sentence,
                            sizes=sizes[side],
                        ),
                        hint=_(
                            "the links must be of the lines of these texts, without blank lines"
                        ),
                    )
                before = used[side].setdefault(sentence, number)
                if before != number:
                    raise FormatError(
                        _(
                            "{name}:{number}: {what} sentence {sentence} is in line {before} too"
                        ).format(
                            name=name, number=number, what=what, sentence=sentence, before=before
                        ),
                        hint=_("put all sentences of a link into one line"),
                    )


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
            raise SettingError(
                _("{count} texts for {path}").format(count=len(texts), path=path),
                hint=_("name two, such as a.zh a.en"),
            )
        first, second = (_document(Path(text), encoding) for text in texts)
        return order_sides(first, second, langs=langs)
    found = texts_beside(path)
    if found is None:
        raise ReadError(
            _("{path}: no {stem}.zh and {stem}.en beside it").format(path=path, stem=path.stem),
            hint=_("name the two texts, one sentence a line, with --texts ZH EN"),
        )
    return _document(found[0], encoding), _document(found[1], encoding)


def _document(path: Path, encoding: str | None) -> Document:
    text = open_text(BitextSource(path, shown(path), encoding))
    return document_from_text(
        Source(b"", shown(path)), "".join(text.lines), encoding=text.encoding, notes=text.notes
    )


def write_align(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write one link a line, `[0,1]:[0]:0.9870`, the Chinese side first."""
    lines = (
        f"[{ids_text(unit.src_ids)}]:[{ids_text(unit.tgt_ids)}]:{unit.p:.4f}\n"
        for unit in bitext.units()
    )
    return (write_lines(path, lines),)


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
        yield from_error(error, source.name, _("a link names sentences of its texts, once each"))
        return
    for side, size in enumerate(sizes):
        used = {n for _other, link in lines for n in (link.src, link.tgt)[side]}
        missing = sorted(set(range(size)) - used)
        if missing:
            what = _(SIDE_NAMES[side])
            yield Problem(
                None,
                _("every sentence is in a link, if need be alone: []:[3]"),
                _("{count} {what} ones are in none, the first is {missing}").format(
                    count=len(missing), what=what, missing=missing[0]
                ),
            )


def _check_use(lines: list[LinkLine]) -> Iterator[Problem]:
    """Yield sentences used twice, links with gaps, and links that cross the one before."""
    used: tuple[dict[int, int], dict[int, int]] = ({}, {})
    last = (-1, -1)
    for number, link in lines:
        for side, numbers in enumerate((link.src, link.tgt)):
            what = _(SIDE_NAMES[side])
            for sentence in numbers:
                before = used[side].setdefault(sentence, number)
                if before != number:
                    message = _("{what} sentence {sentence} is in line {before} too").format(
                        what=what, sentence=sentence, before=before
                    )
                    yield Problem(number, _("a sentence is in one link"), message)
            if numbers and numbers[-1] - numbers[0] >= len(numbers):
                message = _("{what} sentences {numbers}").format(
                    what=what, numbers=", ".join(map(str, numbers))
                )
                yield Problem(number, _("the sentences of a link are neighbours"), message)
        if not link.is_null:
            place = (link.src[0], link.tgt[0])
            if place[0] < last[0] or place[1] < last[1]:
                yield Problem(
                    number, _("links do not cross"), _("it goes back behind an earlier one")
                )
            last = (max(last[0], place[0]), max(last[1], place[1]))


def _count(source: BitextSource) -> int:
    return sum(bool(line.strip()) for line in open_text(source).lines)
