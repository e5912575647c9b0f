"""Plain text: bytes of unknown encoding, paragraphs between blank lines."""

from __future__ import annotations

from aligner.bitext import Document
from aligner.formats.common.decode import decode
from aligner.formats.common.file_kind import refuse_binary
from aligner.formats.common.source import Source, document_from_text


def parse_txt(source: Source) -> Document:
    r"""Return a plain-text file as a document.

    Line ends inside a paragraph stay: whether one is a hard wrap or the end of a
    heading is for the segmenter to say.

    >>> parse_txt(Source("第一章\r\n\r\n正文。".encode("gb18030"), name="书.txt")).text
    '第一章\n\n正文。'

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: The file is of a known kind that is no text.
        ReadError: There is no text in it.
        SettingError: There is no such encoding.
    """
    if source.encoding is None:
        refuse_binary(source.raw, source.name)
    text, encoding, notes = decode(source.raw, source.name, encoding=source.encoding)
    return document_from_text(source, text, encoding=encoding, notes=notes, by_line=True)
