"""The jinja2 environment of all pages: every text escaped, nothing left undefined.

jinja2 is imported on first use.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aligner.messages import _, language, ngettext
from aligner.report.shown_text import clean

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment(package: str) -> Environment:
    """Return the environment of a package's `templates`."""
    from jinja2 import (
        Environment,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    made = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.globals.update({"_": _, "ngettext": ngettext, "language": language})
    made.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return made
