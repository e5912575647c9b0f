"""Bytes to text: find the encoding of a Chinese or English file.

In this order: what the user named; a byte-order mark; strict UTF-8; then UTF-16
without a mark, GB 18030, Big5 and Windows-1252, of which the one wins that gives
the likeliest text (see `likelihood`). A guess is always reported in a note, and
bytes that make likely text in no encoding are an error, never a guess.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from aligner.errors import EncodingError, SettingError
from aligner.likelihood import Fit, fit
from aligner.messages import N_, _

_HINT = N_("name the encoding, such as --encoding gb18030, or save as UTF-8")

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Our name for an encoding, and the codecs that may stand behind it. cp950 reads
# the marks of Big5 as they were meant in Taiwan, big5hkscs the characters of Hong Kong.
_CODECS = {
    "utf-16-le": ("utf-16-le",),
    "utf-16-be": ("utf-16-be",),
    "gb18030": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "windows-1252": ("cp1252",),
}
# What people and pages call an encoding, where the standard in use is a wider one.
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5"}
_NEARLY = 8.0  # nats: an encoding this close to the best is named in the note
_WESTERN_SHARE = 0.2  # English has few bytes above 0x7F; more is some other alphabet,
_WESTERN_FEW = 2  # but the ’ of a very short text is no alphabet
_FEW_TELLING = 0.2  # share of characters beyond ASCII in a text that is Latin for sure
_SAMPLE = 2_000_000  # bytes from which the likelihood is taken
_STRAY_NULS = 0.01  # of the bytes of a UTF-8 text; more is a binary file


class _Candidate(NamedTuple):
    """One way to decode a file, and how likely the text is."""

    fit: Fit
    label: str
    codec: str
    size: int  # characters that were looked at


class Decoded(NamedTuple):
    """A text, the name of its encoding and what the user should know of it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, name: str, *, encoding: str | None = None) -> Decoded:
    """Return the text of a file.

    Args:
        raw: All bytes of the file.
        name: The file's name, for messages.
        encoding: A codec's name, if the user gave one: nothing else is tried.

    Raises:
        EncodingError: The bytes are not text in the encoding named, or in any known.
        SettingError: There is no such encoding.
    """
    if encoding is not None:
        return as_told(raw, name, encoding)
    marked = by_mark(raw, name)
    if marked is not None:
        return marked
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(raw, name, error)
    if b"\0" not in raw:
        return Decoded(text, "utf-8")
    return _with_nuls(raw, name, text)


def as_told(raw: bytes, name: str, encoding: str) -> Decoded:
    """Return the text in the encoding that was named, without a byte-order mark.

    Raises:
        EncodingError: The bytes are not text in it; says which byte.
        SettingError: There is no such encoding of text.
    """
    label = canonical(encoding)
    first: UnicodeError | None = None
    for codec in _CODECS.get(label, (label,)):
        try:
            return Decoded(raw.decode(codec).removeprefix("\ufeff"), label)
        except UnicodeError as error:
            first = first or error
        except (LookupError, ValueError) as error:  # a codec of bytes, such as `hex`
            raise _unknown(encoding) from error
    raise EncodingError(
        _("{name}: {place} is not {encoding}").format(
            name=name, place=_place(raw, first), encoding=encoding
        ),
        hint=_(
            "leave out --encoding to let the program find it, or name another, such as {other}"
        ).format(other="utf-8" if label.startswith("gb") else "gb18030"),
    ) from first


def canonical(encoding: str) -> str:
    """Return our name for an encoding.

    >>> canonical("GB2312"), canonical("utf8")
    ('gb18030', 'utf-8')

    Raises:
        SettingError: There is no such encoding.
    """
    try:
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise _unknown(encoding) from error
    return _ALIASES.get(codec, codec)


def by_mark(raw: bytes, name: str) -> Decoded | None:
    """Return the text if the bytes begin with a byte-order mark.

    Raises:
        EncodingError: They do, but what follows is not what the mark promises.
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            try:
                text = raw[len(mark) :].decode(codec)
            except UnicodeDecodeError as error:
                place = _place(raw, error, len(mark))
                raise EncodingError(
                    _("{name}: {place} is not {upper}, as the byte-order mark says").format(
                        name=name, place=place, upper=codec.upper()
                    ),
                    hint=_("the file is damaged there: save it again as UTF-8"),
                ) from error
            notes = (
                ()
                if codec == "utf-8"
                else (_("read as {codec}, from the byte-order mark").format(codec=codec),)
            )
            return Decoded(text, codec, notes)
    return None


def _guess(raw: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """Return the likeliest text of bytes that are not UTF-8."""
    place = _place(raw, error)
    if _is_damaged_utf8(raw):
        raise EncodingError(
            _("{name}: {place} is not UTF-8, though most of the file is").format(
                name=name, place=place
            ),
            hint=_("the file is damaged there: correct that place and save it again as UTF-8"),
        ) from error
    ranked = _candidates(raw)
    if not ranked or not ranked[0].fit.plausible:
        raise EncodingError(
            _("{name}: {place} is not UTF-8").format(name=name, place=place), hint=_(_HINT)
        ) from error
    return _reported(raw, ranked)


def _with_nuls(raw: bytes, name: str, text: str) -> Decoded:
    """Tell UTF-16 from a binary file and from UTF-8 text with stray null bytes."""
    ranked = _candidates(raw)
    if ranked and (ranked[0].fit.plausible or _is_mostly_ascii(ranked[0])):
        return _reported(raw, ranked)
    nuls = raw.count(b"\0")
    if nuls <= _STRAY_NULS * len(raw):
        return Decoded(text, "utf-8", (_("{nuls} null bytes read as spaces").format(nuls=nuls),))
    raise EncodingError(
        _("{name}: null byte at offset {index}: a binary file, not text").format(
            name=name, index=raw.index(0)
        ),
        hint=_("give a text file, or a .docx or .html; or name the encoding with --encoding"),
    )


def _candidates(raw: bytes) -> list[_Candidate]:
    """Return every decoding that is possible, best first; of a long file its beginning tells."""
    found = []
    is_long = len(raw) > _SAMPLE
    for label, names in _CODECS.items():
        if b"\0" in raw and not label.startswith("utf-16"):
            continue
        if label == "windows-1252" and not _looks_western(raw):
            continue
        for codec in names:
            try:
                text = raw.decode(codec)
            except UnicodeDecodeError:
                continue
            if is_long:  # the last character may be cut
                text = codecs.getincrementaldecoder(codec)().decode(raw[:_SAMPLE])
            found.append(_Candidate(fit(text), label, codec, len(text)))
    return sorted(found, key=lambda candidate: -candidate.fit.total)


def _is_mostly_ascii(candidate: _Candidate) -> bool:
    """Tell UTF-16 of a Latin text: no other file has a null at every second byte."""
    return candidate.fit.telling < _FEW_TELLING * candidate.size


def _reported(raw: bytes, ranked: list[_Candidate]) -> Decoded:
    best, label, codec, _other = ranked[0]
    note = _("read as {label}, guessed from the bytes; if wrong, name it with --encoding").format(
        label=label
    )
    close = {other.label for other in ranked if best.total - other.fit.total < _NEARLY} - {label}
    if close:
        note += _(" ({close} is nearly as likely)").format(close=" or ".join(sorted(close)))
    return Decoded(raw.decode(codec), label, (note,))


def _looks_western(raw: bytes) -> bool:
    high = len(raw.translate(None, bytes(range(0x80))))
    return high <= max(_WESTERN_FEW, _WESTERN_SHARE * len(raw))


def _is_damaged_utf8(raw: bytes) -> bool:
    """Tell UTF-8 with some bad bytes from another encoding, where most are bad."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    return good > 2 * bad


def _place(raw: bytes, error: UnicodeError | None, skipped: int = 0) -> str:
    if not isinstance(error, UnicodeDecodeError) or error.start + skipped >= len(raw):
        return _("the text")
    offset = error.start + skipped
    return _("byte 0x{raw:02x} at offset {offset}").format(raw=raw[offset], offset=offset)


def _unknown(encoding: str) -> SettingError:
    return SettingError(
        _("unknown encoding {encoding!r}").format(encoding=encoding),
        hint=_("known are utf-8, gb18030, big5, utf-16-le, windows-1252 and Python's other codecs"),
    )
