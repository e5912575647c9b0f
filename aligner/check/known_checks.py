"""The checks by their names. A new one is a module in `checks/` and a line here.

A check is a function from what was located to findings, unordered. The docstring of its
module is the user's page on it: what it does, why that is bad, an example that a test
runs, how to switch it off. Other packages add checks by the group `aligner.checks` (see
`aligner.plugins`): such functions, with the docstring of the module as their page.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Final, Protocol, cast

from aligner.check.judging.trust import Sensitivity
from aligner.findings import Finding
from aligner.plugins import load_plugin, plugins

if TYPE_CHECKING:
    from aligner.terms.located import Looked

KNOWN_CHECKS: Final = {
    "repeated": "aligner.check.checks.repeated:repeated_lines",
    "consistency": "aligner.check.checks.consistency:inconsistent_renderings",
    "shared": "aligner.check.checks.shared:shared_renderings",
    "glossary": "aligner.check.checks.prescribed:against_glossary",
}


class Check(Protocol):
    """Yields what is out of line, each finding made by `aligner.check.build.build`."""

    def __call__(self, looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
        """Look at all terms; `quiet` asks for warnings only, `high` for remarks too."""


def check_names() -> tuple[str, ...]:
    """Return the names of all checks, ours first."""
    return tuple(dict.fromkeys((*KNOWN_CHECKS, *plugins("checks"))))


def load_check(name: str) -> Check:
    """Return a check by its name.

    Raises:
        PluginError: It is of another package and cannot be loaded.
    """
    if name not in KNOWN_CHECKS:
        return cast("Check", load_plugin(plugins("checks")[name]))
    module, _, function = KNOWN_CHECKS[name].partition(":")
    check: Check = getattr(import_module(module), function)
    return check


def page(name: str) -> str:
    """Return what a user should know about a check.

    Raises:
        PluginError: It is of another package and cannot be loaded.
    """
    if name not in KNOWN_CHECKS:
        return getdoc(import_module(load_check(name).__module__)) or ""
    return getdoc(import_module(KNOWN_CHECKS[name].partition(":")[0])) or ""
