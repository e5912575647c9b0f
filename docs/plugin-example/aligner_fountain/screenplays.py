"""Screenplays in Fountain: what is spoken or described, without the notes of the author.

Source: https://fountain.io/syntax
"""

from __future__ import annotations

import re

from aligner.bitext import Document
from aligner.formats.common.decode import decode
from aligner.formats.common.source import Source, document_from_blocks

_NOTE = re.compile(r"\[\[.*?\]\]|/\*.*?\*/", re.DOTALL)


def read_fountain(source: Source) -> Document:
    """Read a screenplay; its notes are left out, scene headings are paragraphs.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        ReadError: It holds no text.
    """
    read = decode(source.raw, source.name, encoding=source.encoding)
    text = _NOTE.sub("", read.text)
    blocks = (block.lstrip(".!@>~ ") for block in re.split(r"\n\s*\n", text))
    return document_from_blocks(source, blocks, encoding=read.encoding)
