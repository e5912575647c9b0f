"""Write files whole or not at all: every writer of the package goes through here.

A file is written under a temporary name in its own folder, brought to the disk (fsync)
and renamed. Whatever goes wrong before, such as a full disk, the old file stays as it
was and nothing is left beside it. Of an old file the new one keeps permissions and, if
the system allows it, owner. A symbolic link is followed: what it points to is replaced,
the link stays. One of several hard links comes apart from the others. A file that is
write-protected is not replaced.

What is no regular file, such as a named pipe, `/dev/null` or `/dev/stdout`, cannot be
replaced: it gets the bytes once they are complete.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from aligner.errors import AlignerError, ExportError
from aligner.filenames import shown
from aligner.messages import N_, _, reason_of

NAME_BYTES: Final = 255  # of a file's name, on the file systems in use
_PREFIX_BYTES: Final = 100  # of a temporary name, before its random end
_STREAM: Final = re.compile(r"/(?:dev|proc/[^/]+)/fd")  # the folder of a process's open files
_OWN: Final = "/proc/{}/fd"  # the same of this process
_OS_ERROR: Final = re.compile(r"\(os error (\d+)\)")  # as Rust ends the text of an error
_FOLDER: Final = N_("choose a folder that exists, and a file that you may write to")
_HINTS: Final = {
    errno.ENOSPC: N_(
        "free some space and run it again; a large output also needs room in the"
        " folder for temporary files, which TMPDIR names"
    ),
    errno.EDQUOT: N_("your quota is used up: delete something, or choose a folder on another disk"),
    errno.EFBIG: N_("files may not be so large here: see ulimit -f, or choose another disk"),
    errno.EIO: N_("the disk has a fault, or was taken away: choose a folder on another one"),
    errno.EROFS: N_("choose a folder that is not read-only"),
    errno.ENAMETOOLONG: N_("choose a shorter name"),
    errno.EPIPE: N_("what reads this pipe has ended before the end"),
}


class Files:
    """Files that take their names together, once all of them are complete."""

    def __init__(self) -> None:
        self._made: list[tuple[Path, Path]] = []  # temporary name, and the one to take
        self._open: list[BinaryIO] = []
        self._dropped: list[Path] = []

    def temporary(self, path: Path) -> Path:
        """Return an empty file to be written by its name, which will replace `path`.

        Raises:
            ExportError: The folder takes no new file, or the old one is protected.
        """
        target = real(path)
        try:
            if is_special(target):
                handle, name = tempfile.mkstemp(prefix="aligner-")
            elif target.exists() and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, _("is write-protected"))
            else:
                handle, name = tempfile.mkstemp(dir=target.parent, prefix=prefix(target))
            os.close(handle)
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            raise failure(path, error) from error
        self._made.append((Path(name), target))
        return Path(name)

    def open(self, path: Path) -> BinaryIO:
        """Return a file to write to, which will replace `path`."""
        file = self.temporary(path).open("w+b")
        self._open.append(file)
        return file

    def drop(self, path: Path) -> None:
        """Have an old file removed when the others take their names."""
        self._dropped.append(path)

    def finish(self) -> None:
        """Bring everything to the disk, then let each file take its name."""
        for file in self._open:
            file.close()
        for temporary, target in self._made:
            _settle(temporary, target)
        for temporary, target in self._made:
            if is_special(target):
                _copy(temporary, target)
            else:
                temporary.replace(target)
        for path in self._dropped:
            path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what has not taken its name."""
        for file in self._open:
            with suppress(OSError):  # what is still to be flushed may not fit
                file.close()
        for temporary, _other in self._made:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def together(path: Path) -> Iterator[Files]:
    """Give a set of files, which take their names at the end; `path` names it in errors.

    Raises:
        ExportError: One of them cannot be written. None has then been replaced.
    """
    files = Files()
    try:
        with named_errors(path):
            yield files
            files.finish()
    finally:
        files.discard()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name in the same folder; rename it to `path` at the end.

    Raises:
        ExportError: The file cannot be written.
    """
    with together(path) as files:
        yield files.temporary(path)


@contextmanager
def writing_bytes(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write bytes to, which takes its name at the end."""
    with together(path) as files:
        yield files.open(path)


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Give a file to write UTF-8 to, which takes its name at the end."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="replace", newline="") as file,
    ):
        yield file


def write_bytes(path: Path, data: bytes) -> Path:
    """Write bytes; return the path."""
    with writing_bytes(path) as file:
        file.write(data)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 with LF line ends; return the path."""
    return write_bytes(path, text.encode("utf-8", errors="replace"))


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """Write lines with their line ends as UTF-8, one after the other; return the path."""
    with writing(path) as file:
        file.writelines(lines)
    return path


@contextmanager
def named_errors(path: Path | str) -> Iterator[None]:
    """Turn what the system refuses into an `ExportError` that names `path`.

    polars and xlsxwriter have errors of their own for it; any other exception is a bug
    and passes.
    """
    try:
        yield
    except AlignerError:
        raise
    except Exception as error:
        found = _system_error(error)
        if found is None:
            raise
        raise failure(path, found) from error


@contextmanager
def work_folder(path: Path) -> Iterator[Path]:
    """Give a hidden folder beside an output for what waits on disk; it is removed at the end."""
    target = real(path)
    beside = {} if is_special(target) else {"dir": target.parent, "prefix": prefix(target)}
    with tempfile.TemporaryDirectory(**beside) as folder:  # type: ignore[call-overload]
        yield Path(folder)


def failure(path: Path | str, error: OSError | ValueError) -> ExportError:
    """Return the error that says why a file cannot be written, and what to do."""
    reason = reason_of(error)
    hint = _(_HINTS.get(getattr(error, "errno", None) or 0, _FOLDER))
    return ExportError(
        _("{path}: cannot be written ({reason})").format(path=shown(path), reason=reason), hint=hint
    )


def real(path: Path) -> Path:
    """Return what is written when `path` is: the file that a symbolic link points to."""
    if is_special(path):
        return path
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_special(path: Path) -> bool:
    """Tell whether a path is no regular file, such as a pipe, a device or `/dev/stdout`."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or _opened_as(path) is not None


def prefix(path: Path) -> str:
    """Return how temporary names beside a file begin: hidden, and short enough in bytes."""
    name = path.name
    while len(os.fsencode(name)) > _PREFIX_BYTES:  # a Han character has three
        name = name[:-1]
    return f".{name}."


def _opened_as(path: Path) -> Path | None:
    """Return the entry of a process's open files that a path leads to, such as /dev/fd/1."""
    for _other in range(8):  # links; /dev/stdout has two
        folder = os.path.realpath(path.parent)
        if _STREAM.fullmatch(folder):
            return Path(folder, path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None


def _settle(temporary: Path, target: Path) -> None:
    """Bring a file to the disk, with the permissions that the target has or would have."""
    with temporary.open("r+b") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG}:
                raise
    if is_special(target):
        return
    try:
        old = target.stat()
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        return
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
        with suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(stat.S_IMODE(old.st_mode) & 0o777)


def _copy(temporary: Path, target: Path) -> None:
    stream = _opened_as(target)
    if (
        stream
        and stream.name.isdigit()
        and str(stream.parent) in {"/dev/fd", _OWN.format(os.getpid())}
    ):
        handle = os.dup(int(stream.name))  # so that both go on where the other ends
    else:
        handle = os.open(target, os.O_WRONLY | os.O_APPEND)  # it is there, and is kept
    with temporary.open("rb") as file, os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(file, out)


def _system_error(error: BaseException) -> OSError | ValueError | None:
    """Return the error of the system in an exception of a writer; None if it is none."""
    coded = _OS_ERROR.search(str(error))
    if coded:
        number = int(coded[1])
        return OSError(number, os.strerror(number))
    if isinstance(error, OSError):
        return error
    if type(error).__module__.partition(".")[0] != "xlsxwriter":
        return None
    inner = next((arg for arg in error.args if isinstance(arg, OSError)), None)
    return inner or ValueError(str(error))
