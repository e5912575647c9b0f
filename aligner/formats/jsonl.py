"""Bitexts in JSON Lines: an object a line.

The texts stand under their names, or in an object of languages:
`{"translation": {"zh": .., "en": ..}}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from aligner.bitext import Unit
from aligner.errors import FormatError
from aligner.formats.common.bitext_columns import Cells
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.table_pairs import table_pairs
from aligner.formats.common.table_rules import check_table
from aligner.formats.common.text_lines import open_text
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.writing import write_lines
from aligner.messages import _, library_words

_NESTED: Final = "translation"


def read_jsonl(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a file with an object a line."""
    return table_pairs(jsonl_rows(source, head), source, head)


def jsonl_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the object of each line that is not blank, with its number."""
    text = open_text(source)
    head.encoding, head.notes, head.counted = text.encoding, text.notes, "line"
    for number, line in enumerate(text.lines, start=1):
        if line.strip():
            yield number, _object(line, f"{source.name}:{number}")


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            _("{where}: is not JSON: {error}").format(where=where, error=library_words(error)),
            hint=_("write one JSON object a line"),
        ) from error
    if not isinstance(value, dict):
        raise FormatError(
            _("{where}: holds {name}, not an object").format(
                where=where, name=type(value).__name__
            ),
            hint=_('write one object a line, such as {"zh": "...", "en": "..."}'),
        )
    nested = value.get(_NESTED)
    return nested if isinstance(nested, dict) else value


def write_jsonl(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write one bead a line; a side without sentences has no span."""
    lines = (json.dumps(_value(unit), ensure_ascii=False) + "\n" for unit in bitext.units())
    return (write_lines(path, lines),)


def _value(unit: Unit) -> dict[str, object]:
    return {
        "doc": unit.doc,
        "src": unit.src,
        "tgt": unit.tgt,
        "src_ids": unit.src_ids,
        "tgt_ids": unit.tgt_ids,
        "kind": unit.kind,
        "p": round(unit.p, 4),
        "src_span": unit.src_span,
        "tgt_span": unit.tgt_span,
        **({"src_times": unit.src_times} if unit.src_times else {}),
        **({"tgt_times": unit.tgt_times} if unit.tgt_times else {}),
        **({"confirmed": True} if unit.confirmed else {}),
        **({"note": unit.note} if unit.note else {}),
    }


def check_jsonl(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file with an object a line (see `check_table`)."""
    return check_table(source, jsonl_rows)
