"""A small store for what is slow to make: files in the user's cache folder.

A file is never trusted. It opens with its own name and the digest of its content, so
that a damaged, cut or foreign file is seen and made again. It is written under a
temporary name and renamed, so that two processes may build it at once and neither
reads half a file. A folder that cannot be used is no error: the work is then done in
memory, each time. The content is plain bytes; nothing in it is executed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_dir

FOLDER_VARIABLE = "ALIGNER_CACHE"
LARGEST = 256 * 2**20  # bytes; no file of ours comes near

_DIGEST_SIZE = hashlib.sha256().digest_size

T = TypeVar("T")


def cache_folder() -> Path:
    """Return the folder for cached files, which need not exist.

    The environment variable ALIGNER_CACHE names another one.
    """
    return Path(os.environ.get(FOLDER_VARIABLE) or user_cache_dir("aligner", appauthor=False))


def load_or_build(path: Path, *, load: Callable[[bytes], T], build: Callable[[], bytes]) -> T:
    """Return the value of a cached file, made anew if there is no good one.

    Args:
        path: Where the file is or will be. Its name must tell all that the content
            depends on, such as versions.
        load: Turns the content into the value; called only with content that `build`
            made, of this process or an earlier one.
        build: Makes the content.
    """
    content = _read(path)
    if content is None:
        content = build()
        _write(path, content)
    return load(content)


def _head(path: Path) -> bytes:
    return f"aligner cache {path.name}\n".encode()


def _read(path: Path) -> bytes | None:
    """Return the content of a whole and undamaged file, or None."""
    head = _head(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST)
    except OSError:
        return None
    digest, content = raw[len(head) : len(head) + _DIGEST_SIZE], raw[len(head) + _DIGEST_SIZE :]
    whole = raw.startswith(head) and hashlib.sha256(content).digest() == digest
    return content if whole else None


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, or leave things as they are."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(_head(path) + hashlib.sha256(content).digest() + content)
        temporary.replace(path)
    except OSError:
        return
    finally:  # also if a signal breaks it off
        if temporary is not None:
            _remove(temporary)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
