"""The rules of a glossary that is a table: each row has a term and a target, and is read."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.source import Source
from aligner.formats.glossaries import MAX_BYTES, parse_table
from aligner.glossary.merge import merge


def check_glossary(source: BitextSource) -> Iterator[Problem]:
    """Yield the rows that are left out, and those that contradict others.

    Raises:
        FormatError: It cannot be taken apart into rows, or names no two languages.
        ReadError: It cannot be read.
    """
    large = "split it into several files"
    raw = read_bytes(source.path, source.name, most=MAX_BYTES, one="glossary", large=large)
    table, _ = parse_table(Source(raw, source.name, source.encoding))
    for place, what, do in table.problems:
        yield Problem(None, "a row has a term and a target", f"{place}: {what}", do)
    for place, what, do in merge(table.statements, source.name)[1]:
        yield Problem(None, "a target has one status", f"{place}: {what}", do)
    if not (table.statements or table.problems):
        yield Problem(None, "a glossary holds terms", "there is none in it")
