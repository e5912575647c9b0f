"""What is kept of a document while partners are looked for: facts, not its text.

Numbers up to 12 say little: they are list markers, months, articles. Memory: a few kB
a document, and 130 kB more for one whose partner must be found by its content.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.bitext import Document
from aligner.errors import AlignerError
from aligner.formats.documents import document_bytes
from aligner.span import Lang

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder, Floats

BLOCKS: Final = 64  # vectors of a document
MOST_SENTENCES: Final = 3_000  # that are encoded; the rest of a longer document is passed over
MOST_READ: Final = 400_000  # in which numbers are looked for
_SMALL: Final = 12
_LATIN: Final = re.compile("[A-Za-z][A-Za-z0-9]+")
_BLANK: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Print:
    """The facts of a file."""

    name: str  # path below the folder, with `/`, as `filenames.shown` writes it
    lang: Lang | None = None  # None: it is no document in either language
    trouble: str = ""  # why not
    digest: str = ""  # of its text, whatever the blanks, case, width and variant
    length: int = 0  # characters
    numbers: Counter[float] | None = None
    latin: Counter[str] | None = None


def take_print(path: Path, name: str, *, encoding: str | None = None) -> Print:
    """Read a file and keep its facts; what cannot be read is a fact as well."""
    try:
        document = _read(path, name, encoding)
        lang = _language(document)
    except AlignerError as error:
        why = str(error).removeprefix(f"{name}: ")
        return Print(name, trouble=f"{why}; {error.hint}" if error.hint else why)
    from aligner.lang.numbers import number_values
    from aligner.lang.shadow import shadow

    text = document.text[:MOST_READ]
    values = number_values(text, lang)
    bare = _BLANK.sub("", shadow(document.text).text).casefold()
    return Print(
        name=name,
        lang=lang,
        digest=hashlib.sha256(bare.encode(errors="replace")).hexdigest(),
        length=len(document.text),
        numbers=Counter(v for v in values if v > _SMALL or v != int(v)),
        latin=Counter(word.lower() for word in _LATIN.findall(text)),
    )


def blocks(
    path: Path, name: str, lang: Lang, encoder: Encoder, *, encoding: str | None = None
) -> tuple[Floats, Sequence[float]]:
    """Return the vectors of a document's parts, and where they stand.

    A document has at most `BLOCKS` parts of about the same length, each a run of whole
    sentences.

    Returns:
        Unit vectors, shape (parts, dim), and for each the place of its middle, from 0 to 1.

    Cost: the time in which the encoder reads the document.
    """
    import numpy as np

    from aligner.segment import segment

    document = _read(path, name, encoding)
    texts = [piece.text for piece in segment(document, lang)][:MOST_SENTENCES]
    lengths = np.array([len(text) for text in texts])
    middles = (np.cumsum(lengths) - lengths / 2) / lengths.sum()
    starts = np.searchsorted(middles, np.arange(BLOCKS) / BLOCKS)
    starts = np.unique(np.concatenate([[0], starts[starts < len(texts)]]))
    stops = np.append(starts[1:], len(texts))
    side = encoder.side(texts, joiner="" if lang == "zh" else " ")
    runs = [
        side.runs(int(stop - start), int(start), int(start) + 1)[0]
        for start, stop in zip(starts, stops, strict=True)
    ]
    places = [float(middles[a:b].mean()) for a, b in zip(starts, stops, strict=True)]
    return np.stack(runs), places


def _read(path: Path, name: str, encoding: str | None) -> Document:
    from aligner.formats.common.source import Source
    from aligner.formats.documents import parse

    return parse(Source(document_bytes(path, name), name, encoding))


def _language(document: Document) -> Lang:
    from aligner.lang.script import detect_language

    return detect_language(document.text)
