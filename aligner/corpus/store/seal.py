"""Digests that tell whether what is read is what was written.

A digest is the SHA-256 of bytes, in hexadecimal. A sealed line is an object of JSON
whose last key, `line_sha256`, is the digest of all that stands before it, so that a line
vouches for itself. This guards against damage, not against people: whoever can write the
files can write digests as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from aligner.errors import ExportError, FormatError, ReadError
from aligner.formats.common.file_bytes import read_bytes
from aligner.messages import _, reason_of

PARTS: Final = "parts"  # the folders of a corpus
TABLE: Final = "table"
MOST_FILE_BYTES: Final = 4_000_000_000  # of one file of a corpus
_SEAL: Final = b', "line_sha256": "'
_AFTER: Final = 66  # bytes of a line behind that: the digest and `"}`


class Checked(NamedTuple):
    """A file of a corpus, and what its bytes must be."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """Return the bytes, which are those that the batch wrote.

        What is made of them needs no second look at the file, which may change.

        Raises:
            FormatError: They are others, or cannot be read.
        """
        raw = file_bytes(self.path)
        if digest(raw) != self.sha256:
            raise damaged(self.path, _("it is not what the batch wrote"))
        return raw


def digest(raw: bytes) -> str:
    """Return the SHA-256 of bytes. Cost: 1.4 GB a second on a processor that helps."""
    return hashlib.sha256(raw).hexdigest()


def json_line(row: Mapping[str, Any]) -> str:
    """Return an object as JSON on a line; a name that is not UTF-8 is written in ASCII."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(row)
    return line + "\n"


def sealed(row: Mapping[str, Any]) -> str:
    """Return an object as a line that tells whether it was changed.

    >>> unsealed(sealed({"a": 1}).encode())
    {'a': 1}
    """
    body = json_line(row).removesuffix("}\n").encode()
    return (body + _SEAL + digest(body).encode()).decode() + '"}\n'


def unsealed(line: bytes) -> dict[str, Any]:
    """Return the object of a sealed line.

    Raises:
        ValueError: The line was changed, or was not sealed.
    """
    body, seal, rest = line.removesuffix(b"\n").rpartition(_SEAL)
    if not seal or rest != digest(body).encode() + b'"}':
        raise ValueError(_("it is not what the batch wrote"))
    try:
        row = json.loads((body + b"}").decode())
    except RecursionError as error:
        raise ValueError(_("it is nested too deeply")) from error
    if not isinstance(row, dict):
        raise TypeError(_("it is not an object"))
    return row


def is_cut_off(line: bytes) -> bool:
    """Tell whether a line can be the beginning of a sealed one, as a kill leaves it."""
    _other, seal, rest = line.rpartition(_SEAL)
    whole = bool(seal) and len(rest) >= _AFTER
    return not whole and not line.endswith(b"\n") and b"\0" not in line


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file of a corpus.

    Raises:
        FormatError: It is missing, no regular file, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise damaged(path, _("it is not a file"))
        return read_bytes(path, str(path), most=MOST_FILE_BYTES, large="")
    except OSError as error:
        raise damaged(path, reason_of(error)) from error
    except FormatError:
        raise
    except ReadError as error:
        raise damaged(path, str(error).removeprefix(f"{path}: ")) from error


def make_way(path: Path) -> None:
    """Remove a link or a pipe from where a file of a corpus is to be written.

    Through a link a batch would write outside the folder.

    Raises:
        ExportError: A folder is there.
    """
    if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
        path.unlink()
    elif path.is_dir():
        raise ExportError(
            _("{path}: is a folder where a file of the corpus belongs").format(path=path),
            hint=_("move it away, and rerun the batch"),
        )


def damaged(path: Path, why: str) -> FormatError:
    """Return the error of a file of a corpus that cannot be trusted."""
    folder = path.parent.parent if path.parent.name in {PARTS, TABLE} else path.parent
    return FormatError(
        _("{path}: is damaged: {why}").format(path=path, why=why),
        hint=_("rerun `aligner batch SOURCE -o {folder}` to rebuild it").format(folder=folder),
    )


def is_file_name(name: object) -> bool:
    """Tell whether a name from a file leads nowhere else than into its folder.

    >>> [is_file_name(name) for name in ("第一章.v2", "../x", "a/b", "C:x", "..", "", 5)]
    [True, False, False, False, False, False, False]
    """
    if not isinstance(name, str) or name in {"", ".", ".."}:
        return False
    return not set(name) & set("/\\:\0\n")


def is_digest(value: object) -> bool:
    """Tell whether a value from a file is a digest."""
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")
