"""The formats that are lines of text: JSONL, links alone, and a Moses pair."""

from __future__ import annotations

import json
from pathlib import Path

from aligner.bitext import Unit
from aligner.formats.common.unit_rows import Units, ids_text, one_line
from aligner.formats.common.unpaired_list import Aside, named
from aligner.formats.common.writing import together, write_lines


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
    }


def write_align(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write one link a line, `[0,1]:[0]:0.9870`, the Chinese side first."""
    lines = (
        f"[{ids_text(unit.src_ids)}]:[{ids_text(unit.tgt_ids)}]:{unit.p:.4f}\n"
        for unit in bitext.units()
    )
    return (write_lines(path, lines),)


def write_moses(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write NAME.zh and NAME.en with as many lines, one bead a line.

    Units without partner go to NAME.unpaired.tsv, since a line must have both sides.
    """
    zh, en, unpaired = moses_paths(path)
    aside = Aside(zh, unpaired)
    with together(zh) as files:
        src, tgt = files.open(zh), files.open(en)
        for unit in aside.two_sided(bitext.units()):
            src.write(f"{one_line(unit.src)}\n".encode(errors="replace"))
            tgt.write(f"{one_line(unit.tgt)}\n".encode(errors="replace"))
        return (zh, en, *aside.add_to(files))


def moses_paths(path: Path) -> tuple[Path, Path, Path]:
    """Return the Chinese file, the English one and the one for units without partner.

    >>> [p.name for p in moses_paths(Path("v1.2.moses"))]
    ['v1.2.zh', 'v1.2.en', 'v1.2.unpaired.tsv']
    """
    name = path.stem if path.suffix.lower() == ".moses" else path.name
    return path.with_name(f"{name}.zh"), path.with_name(f"{name}.en"), named(path, name)
