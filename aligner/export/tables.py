"""The tables: TSV, CSV and Parquet, by polars.

TSV and CSV have the columns of `rows.Row`. In TSV a tab or a line end inside a text
is a blank; CSV keeps them, in quotation marks. Parquet has lists of numbers for the
sentence numbers and spans, and the signature in its metadata.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from aligner.bitext import Bitext
from aligner.export.files import replacing
from aligner.export.rows import Row, one_line, rows


def frame(bitext: Bitext) -> pl.DataFrame:
    """Return the units as text columns and p as a number."""
    schema = dict.fromkeys(Row._fields, pl.String()) | {"p": pl.Float64()}
    return pl.DataFrame(list(rows(bitext)), schema=schema, orient="row")


def write_tsv(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write a table with tabs and without quotation marks."""
    table = frame(bitext)
    table = table.with_columns(
        pl.col("doc", "src", "tgt").map_elements(one_line, return_dtype=pl.String)
    )
    with replacing(path) as temporary:
        table.write_csv(temporary, separator="\t", quote_style="never", float_precision=4)
    return (path,)


def write_csv(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write a table with commas; texts are in quotation marks where they need it."""
    with replacing(path) as temporary:
        frame(bitext).write_csv(temporary, float_precision=4)
    return (path,)


def write_parquet(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write Parquet: numbers as numbers, spans as two of them, null for none."""
    whole = pl.List(pl.Int64)
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "doc": pl.String, "src": pl.String, "tgt": pl.String,
        "src_ids": whole, "tgt_ids": whole, "kind": pl.String, "p": pl.Float64,
        "src_span": whole, "tgt_span": whole,
    }  # fmt: skip
    data = [
        (
            u.doc, u.src, u.tgt, list(u.src_ids), list(u.tgt_ids), u.kind, u.p,
            list(u.src_span) if u.src_span else None, list(u.tgt_span) if u.tgt_span else None,
        )
        for u in bitext.units()
    ]  # fmt: skip
    table = pl.DataFrame(data, schema=schema, orient="row")
    with replacing(path) as temporary:
        table.write_parquet(temporary, metadata={"signature": bitext.signature})
    return (path,)
