"""The stages in order, for one pair: what the commands do, as functions.

    read -> segment -> encode -> align -> export     (`align_pair`)
                                       -> checks -> report  (`check_terms`)

The stages are imported where they are called: who only segments or scores does not wait
for compilers and models to load.
"""

from __future__ import annotations

from aligner.pipeline.align_pair import (
    align,
    align_documents,
    evaluate,
    render,
    segment,
    write,
)
from aligner.pipeline.check_terms import TermCheck, check, terms

__all__ = [
    "TermCheck",
    "align",
    "align_documents",
    "check",
    "evaluate",
    "render",
    "segment",
    "terms",
    "write",
]
