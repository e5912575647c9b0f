r"""Names of files as text: what is shown and written of a name, and the way back to the file.

A name is bytes on Linux, and need not be UTF-8: archives packed in China unpack to names
in GBK. Python holds such bytes as lone surrogates, which no output can encode. So a name
becomes text once, at the door (`shown`), and what is inside handles only that text; only
a `Path` leads to a file, and `named` finds it from the text.

The text is the name itself but for what cannot be read or would be lost in a table:
bytes that are not UTF-8, control characters, marks that turn the direction of text or
cannot be seen, and white space or a quotation mark at an end. They stand as `\xb5` (a
byte) or `\u202e` (a character). In a text that has such an escape, or that would be
taken for one, a backslash is `\\`. So no two names have one text.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

# Control characters; soft hyphen; zero-width space and marks of direction, but not the
# joiners of emoji and Indic scripts; line and paragraph separators; surrogates; what
# marks the order of bytes; no characters at all.
_UNSEEN: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_HIDDEN: Final = re.compile(f"[{_UNSEEN}]")
_AT_ENDS: Final = re.compile(r'^[\s"]|\s$|^"|"$')
_ESCAPE: Final = re.compile(r"\\(?:(\\)|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")
_CODECS: Final = ("gb18030", "big5hkscs")  # of names that archives leave as bytes
_BYTE: Final = re.compile("[\udc80-\udcff]")  # surrogates that stand for bytes


def shown(name: str | os.PathLike[str]) -> str:
    r"""Return the text of a name or path; no two have the same.

    >>> print(shown("\udcb5\udcda1.txt"), shown("第1章.txt"))
    \xb5\xda1.txt 第1章.txt
    >>> print(shown("a\nb"), shown("C:\\texts"), shown("a\\x41"))
    a\x0ab C:\texts a\\x41
    """
    text = decoded(os.fspath(name))
    if not (_HIDDEN.search(text) or _AT_ENDS.search(text)) and _raw(text) == text:
        return text
    text = _HIDDEN.sub(_escape, text.replace("\\", "\\\\"))
    return _AT_ENDS.sub(_escape, text)


def named(folder: Path, text: str) -> Path:
    """Return the file that a text names, as `shown` writes it or as it stands.

    Args:
        folder: Which the name is relative to.
        text: As a person or `shown` wrote it. It is taken as it stands if it holds no
            escape, or if what it names with its escapes is not there.
    """
    raw = _raw(text)
    names = dict.fromkeys((raw, _as_utf8(raw), text, _as_utf8(text)))
    if len(names) == 1:
        return folder / text
    return next((folder / name for name in names if _exists(folder / name)), folder / text)


def printable(message: str) -> str:
    r"""Return a text for people in which nothing is hidden, whatever names are in it.

    >>> print(printable("\udcb5\udcda.txt: is a folder\x1b[2J"))
    \xb5\xda.txt: is a folder\x1b[2J
    """
    return _HIDDEN.sub(_escape, decoded(message))


def decoded(text: str) -> str:
    """Return a text from the command line or the file system, its bytes read as UTF-8.

    Only those that are not UTF-8 stay lone surrogates, whatever the locale.
    """
    if not _BYTE.search(text) or os.name == "nt":  # surrogates of Windows are no bytes
        return text
    try:
        return os.fsencode(text).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # it has others, or characters that the locale lacks
        return text


def legible(text: str) -> str:
    r"""Return the text of a name with its escaped bytes read as GB 18030 or Big5.

    For ids and for comparing names; the way back to the file is lost. Bytes that make
    likely text in neither stay escaped.

    >>> legible(r"\xb5\xda1\xd5\xc2.txt"), legible(r"\xff1.txt")
    ('第1章.txt', '\\xff1.txt')
    """
    if text.isprintable() and "\\" not in text:
        return text
    return "/".join(map(_guessed, _raw(text).split("/")))


def _raw(text: str) -> str:
    """Return a text without escapes."""
    found = _ESCAPE.sub(_unescape, text)
    try:  # bytes side by side may be a character
        return found.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return found


def _as_utf8(text: str) -> str:
    """Return a name as a process sees it, by its locale, that is UTF-8 on the disk."""
    if os.name == "nt" or text.isascii():
        return text
    try:
        return os.fsdecode(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return text


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if _BYTE.match(found[0]) and os.name != "nt":
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"


def _unescape(found: re.Match[str]) -> str:
    backslash, byte, character = found.groups()
    if backslash:
        return "\\"
    if character:
        return chr(int(character, 16))
    code = int(byte, 16)
    return chr(code if code < 0x80 else 0xDC00 + code)


def _guessed(part: str) -> str:
    from aligner.likelihood import fit

    if not _BYTE.search(part):
        return shown(part) if _HIDDEN.search(part) else part
    try:
        raw = part.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return shown(part)
    texts = []
    for codec in _CODECS:
        try:
            texts.append(raw.decode(codec))
        except UnicodeDecodeError:
            continue
    likely = [text for text in texts if text.isprintable() and fit(text).plausible]
    return max(likely, key=lambda text: fit(text).total, default=shown(part))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False
