"""Open a file that a user named, and read its bytes, or say why there are none.

Only regular files are opened. A pipe, a socket or a terminal would make its reader wait
for ever, a device such as /dev/zero has no end, and formats are told by their suffix and
read more than once. So the shell's `<(command)` and `/dev/stdin` behind a pipe are
refused too, with what to do instead.

A file is read up to the size that it had when it was opened: one that is written to
meanwhile comes to an end as well.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import ReadError
from aligner.filenames import shown
from aligner.messages import N_, _, reason_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_KINDS: Final = (
    (stat.S_ISFIFO, N_("a pipe")),
    (stat.S_ISSOCK, N_("a socket")),
    (stat.S_ISCHR, N_("a device or a terminal")),
    (stat.S_ISBLK, N_("a device")),
)
_SAVE: Final = N_("save what comes out of it to a file first, with the suffix of its format")
_BUFFER: Final = 1 << 16  # bytes
# O_NONBLOCK: a pipe that takes the place of the file in between does not block either.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_bytes(  # noqa: PLR0913 - what its messages say
    path: Path, name: str, *, most: int, one: str = N_("document"), large: str, missing: str = ""
) -> bytes:
    """Return the bytes of a file.

    Args:
        path: Where it is.
        name: As messages show it.
        most: How many bytes it may have.
        one: What it should be, for a hint.
        large: What to do if it is too large.
        missing: What to do if it is not there; to look at the name by default.

    Raises:
        ReadError: It is missing, no regular file, too large, or cannot be read.
    """
    try:
        with open_regular(path, name, one=one, missing=missing) as file:
            size = os.fstat(file.fileno()).st_size
            raw = file.read(min(most, size) + 1)  # room is made for all that is asked for
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(raw) > most:
        raise ReadError(
            _("{name}: is larger than {most} MB").format(name=name, most=most // 1000000),
            hint=large,
        )
    return raw


def size_and_digest(path: str | Path) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256 in hexadecimal digits.

    Raises:
        ReadError: As `open_regular`.
    """
    name = shown(path)
    with open_regular(Path(path), name) as file:
        try:
            return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _unreadable(name, error) from error


def open_regular(
    path: Path, name: str, *, one: str = N_("document"), missing: str = ""
) -> io.BufferedReader:
    """Open a regular file for reading; anything else is refused before it is opened.

    Args:
        path: Where it is.
        name: As messages show it.
        one: What it should be, for a hint.
        missing: What to do if it is not there; to look at the name by default.

    Raises:
        ReadError: It is missing, a folder, a pipe or the like, or cannot be opened.
    """
    try:
        _refuse(path.stat().st_mode, name, one)
        handle = os.open(path, _FLAGS)
        try:
            status = os.fstat(handle)  # it may be another one by now
            _refuse(status.st_mode, name, one)
            raw = _Sized(handle, status.st_size)
        except BaseException:
            os.close(handle)
            raise
        return io.BufferedReader(raw, _BUFFER)
    except FileNotFoundError as error:
        hint = missing or _("check the name and the folder")
        raise ReadError(_("{name}: no such file").format(name=name), hint=hint) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _unreadable(name, error) from error


def _refuse(mode: int, name: str, one: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise ReadError(
            _("{name}: is a folder, not a file").format(name=name),
            hint=_("give one {one}").format(one=_(one)),
        )
    what = _(next((words for is_kind, words in _KINDS if is_kind(mode)), N_("something special")))
    raise ReadError(_("{name}: is {what}, not a file").format(name=name, what=what), hint=_(_SAVE))


def _unreadable(name: str, error: Exception) -> ReadError:
    reason = reason_of(error)
    return ReadError(
        _("{name}: cannot be read: {reason}").format(name=name, reason=reason),
        hint=_("check the file"),
    )


class _Sized(io.FileIO):
    """An open file that ends where it ended when it was opened."""

    def __init__(self, handle: int, size: int) -> None:
        super().__init__(handle, "rb")
        self._size = size

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        """Fill a buffer as far as the file's size allows."""
        view = memoryview(buffer).cast("B")
        return super().readinto(view[: max(0, self._size - self.tell())])

    def readall(self) -> bytes:
        """Return the rest."""
        return self.read(max(0, self._size - self.tell())) or b""
