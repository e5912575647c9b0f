"""The formats that are lines of text: JSONL, links alone, and a Moses pair."""

from __future__ import annotations

import json
from pathlib import Path

from aligner.bitext import Bitext, Unit
from aligner.export.files import write_text
from aligner.export.rows import beside, ids_text, one_line, write_unpaired


def write_jsonl(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write one bead a line; a side without sentences has no span."""
    lines = [json.dumps(_value(unit), ensure_ascii=False) + "\n" for unit in bitext.units()]
    return (write_text(path, "".join(lines)),)


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
    }


def write_align(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write one link a line, `[0,1]:[0]:0.9870`, the Chinese side first."""
    lines = [
        f"[{ids_text(unit.src_ids)}]:[{ids_text(unit.tgt_ids)}]:{unit.p:.4f}\n"
        for unit in bitext.units()
    ]
    return (write_text(path, "".join(lines)),)


def write_moses(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write NAME.zh and NAME.en with as many lines, one bead a line.

    Units without partner go to NAME.unpaired.tsv, since a line must have both sides.
    """
    pairs = [
        (one_line(unit.src), one_line(unit.tgt))
        for unit in bitext.units()
        if unit.src_ids and unit.tgt_ids
    ]
    sides = []
    for k, language in enumerate(("zh", "en")):
        text = "".join(f"{pair[k]}\n" for pair in pairs)
        sides.append(write_text(path.with_name(f"{path.stem}.{language}"), text))
    return (*sides, *write_unpaired(bitext, beside(path)))
