"""The style and the script of our pages, put together from small files in `templates`.

The files of a folder are joined in the order of their names.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources


@cache
def joined_parts(folder: str, *, wrap: bool = False) -> str:
    """Return the files of a folder as one text, marked as what needs no escaping.

    Args:
        folder: Below `templates`.
        wrap: Whether it is a script, whose names stay its own.
    """
    from markupsafe import Markup  # comes with jinja2

    files = resources.files("aligner.report").joinpath("templates", folder).iterdir()
    parts = [file.read_text("utf-8") for file in sorted(files, key=lambda file: file.name)]
    text = "".join(parts)
    text = f'"use strict";\n(() => {{\n{text}}})();\n' if wrap else text
    return Markup(text)  # noqa: S704 - our own files, which hold no document's text


def hash_of(text: str) -> str:
    """Return a hash as a Content-Security-Policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
