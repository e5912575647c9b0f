"""A document as JSON values, as the journal of a review holds it."""

from __future__ import annotations

from typing import Any

from aligner.bitext import Document
from aligner.span import Shown, Span


def document_row(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "id": document.id,
        "text": document.text,
        "paragraphs": [at for span in document.paragraphs for at in span],
        "source": document.source,
        "encoding": document.encoding,
        "notes": list(document.notes),
        "places": [list(place) for place in document.places],
        "headings": list(document.headings),
        "by_line": document.by_line,
        "shown": [list(piece) for piece in document.shown],
    }


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of `document_row`."""
    at = row["paragraphs"]
    spans = tuple(map(Span, at[::2], at[1::2]))
    return Document(
        id=row["id"],
        text=row["text"],
        paragraphs=spans,
        source=row["source"],
        encoding=row["encoding"],
        notes=tuple(row["notes"]),
        places=tuple(tuple((kind, at) for kind, at in place) for place in row["places"]),
        headings=tuple(row["headings"]),
        by_line=row["by_line"],
        # a journal that an older version wrote does not have them
        shown=tuple(Shown(Span(*span), *times) for span, *times in row.get("shown", ())),
    )
