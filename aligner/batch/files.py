"""Read the bytes of a document, or say why there are none."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import ReadError


def read_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of a file.

    Args:
        path: Where it is.
        name: As messages show it.

    Raises:
        ReadError: It is missing, a folder, too large for a document, or cannot be read.
    """
    from aligner.read import MAX_BYTES  # noqa: PLC0415 - readers on demand

    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError(f"{name}: no such file", hint="check the name and the folder") from error
    except IsADirectoryError as error:
        raise ReadError(f"{name}: is a folder", hint="name one document") from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read: {reason}", hint="check the file") from error
    if len(raw) > MAX_BYTES:
        raise ReadError(
            f"{name}: is larger than {MAX_BYTES // 1_000_000} MB",
            hint="split it into chapters and align these",
        )
    return raw
