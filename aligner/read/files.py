"""Read the bytes of a file that a user named, or say why there are none."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import ReadError


def read_bytes(  # noqa: PLR0913 - what its messages say
    path: Path, name: str, *, most: int, one: str = "document", large: str, missing: str = ""
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
        ReadError: It is missing, a folder, too large, or cannot be read.
    """
    try:
        if path.is_dir():
            raise ReadError(f"{name}: is a folder, not a file", hint=f"give one {one}")
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError as error:
        hint = missing or "check the name and the folder"
        raise ReadError(f"{name}: no such file", hint=hint) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read: {reason}", hint="check the file") from error
    if len(raw) > most:
        raise ReadError(f"{name}: is larger than {most // 1_000_000} MB", hint=large)
    return raw
