"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from aligner.errors import ExportError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name in the same folder; rename it to `path` at the end.

    Raises:
        ExportError: The file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_prefix(path))
        os.close(handle)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _failure(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        raise _failure(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 with LF line ends; return the path."""
    with replacing(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", errors="replace"))
    return path


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Give a file to write UTF-8 to, which takes its name at the end."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="replace", newline="") as file,
    ):
        yield file


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """Write lines with their line ends as UTF-8, one after the other; return the path."""
    with writing(path) as file:
        file.writelines(lines)
    return path


def _prefix(path: Path) -> str:
    """Return how a temporary name begins; always UTF-8, since lxml takes no other name."""
    return f".{path.name[:40].encode(errors='replace').decode()}."


def _failure(path: Path, error: OSError | ValueError) -> ExportError:
    return ExportError(
        f"{path}: cannot be written ({getattr(error, 'strerror', None) or error})",
        hint="choose a folder that exists and that you may write to",
    )
