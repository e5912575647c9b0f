"""Lines of a text file in whatever encoding, without holding the file.

UTF-8 is streamed. Any other encoding is found from all of the bytes (see
`aligner.formats.common.decode`), so that such files are held, and are bounded.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from aligner.errors import FormatError, ReadError
from aligner.formats.common.decode import canonical, decode
from aligner.formats.common.file_bytes import open_regular
from aligner.formats.common.file_kind import refuse_binary
from aligner.formats.common.raw_pairs import BitextSource
from aligner.messages import N_, _

_MOST_RECODED: Final = 200_000_000  # of a file that is not UTF-8
LONGEST_LINE: Final = 10_000_000  # characters
_BLOCK: Final = 1 << 20
_HEAD: Final = 16  # bytes: without a null in them, UTF-8 is meant as such


class Text(NamedTuple):
    """An open text file."""

    lines: Iterator[str]  # with their line ends
    encoding: str
    notes: tuple[str, ...]


def open_binary(source: BitextSource) -> BinaryIO:
    """Open a file for reading.

    Raises:
        ReadError: It is missing, no regular file, empty or not readable.
    """
    name = source.name
    file = open_regular(source.path, name, one=N_("bitext"))
    try:
        is_empty = not file.peek(1)
    except OSError as error:
        file.close()
        raise ReadError(
            _("{name}: cannot be read: {error}").format(name=name, error=error),
            hint=_("check the file"),
        ) from error
    if is_empty:
        file.close()
        raise ReadError(
            _("{name}: the file is empty").format(name=name),
            hint=_("check that it was saved in full"),
        )
    return file


def open_text(source: BitextSource, *, newline: str = "\n") -> Text:
    r"""Open a text file.

    Args:
        source: The file; its encoding, if told, is not questioned.
        newline: What ends a line: `"\n"`, or `""` for any line end of old or new.

    Raises:
        ReadError: The file cannot be read, is not text or is in no known encoding.
    """
    with open_binary(source) as file:
        streamed = _is_utf8(file, source)
    if streamed:
        return Text(_limited(_utf8_lines(source, newline), source.name), "utf-8", ())
    with open_binary(source) as file:
        raw = file.read(_MOST_RECODED + 1)
    if len(raw) > _MOST_RECODED:
        raise ReadError(
            _("{name}: is larger than {most_recoded} MB and not UTF-8").format(
                name=source.name, most_recoded=_MOST_RECODED // 1000000
            ),
            hint=_("save it as UTF-8"),
        )
    refuse_binary(raw, source.name)
    found = decode(raw, source.name, encoding=source.encoding)
    lines = iter(io.StringIO(found.text, newline=newline))
    return Text(_limited(lines, source.name), found.encoding, found.notes)


def _is_utf8(file: BinaryIO, source: BitextSource) -> bool:
    """Tell whether all of a file is UTF-8 and meant to be. Cost: linear, nothing is held."""
    if source.encoding is not None and canonical(source.encoding) not in {"utf-8", "utf-8-sig"}:
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    block = file.read(_BLOCK)
    if b"\0" in block[:_HEAD]:
        return False
    try:
        while block:
            decoder.decode(block)
            block = file.read(_BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_lines(source: BitextSource, newline: str) -> Iterator[str]:
    try:
        with io.TextIOWrapper(open_binary(source), "utf-8-sig", newline=newline) as file:
            yield from iter(lambda: file.readline(LONGEST_LINE + 1), "")
    except (OSError, UnicodeDecodeError) as error:  # the file was changed meanwhile
        raise ReadError(
            _("{name}: cannot be read: {error}").format(name=source.name, error=error),
            hint=_("try again"),
        ) from error


def _limited(lines: Iterator[str], name: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise FormatError(
                _("{name}:{number}: the line is longer than {longest_line} characters").format(
                    name=name, number=number, longest_line=LONGEST_LINE
                ),
                hint=_("check that this is the right file; a unit stands on a line of its own"),
            )
        yield line
