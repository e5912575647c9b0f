"""Pairs of texts, one a line, with two bars between Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.errors import FormatError
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair, side


def read_bars(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the pairs.

    Raises:
        FormatError: A line has no bars.
    """
    lines = source.path.read_text(source.encoding or "utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        src, bars, tgt = line.partition("||")
        if not bars:
            raise FormatError(f"{source.name}:{number}: no || in the line", hint="write 中 || Z")
        yield RawPair(side(src.strip()), side(tgt.strip()))
