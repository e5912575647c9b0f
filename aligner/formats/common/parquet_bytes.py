"""A polars table as the bytes of a Parquet file.

They are written by Python: where the disk is full, polars may say no more than "Invalid
thrift: transport error".
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


def parquet_bytes(frame: pl.DataFrame, **options: Any) -> bytes:  # noqa: ANN401 - those of polars
    """Return the file of a table; the options are those of `write_parquet`."""
    file = io.BytesIO()
    frame.write_parquet(file, **options)
    return file.getvalue()
