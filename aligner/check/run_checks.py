"""Run the checks by their names; one of another package that fails is told and left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from aligner.check.judging.trust import Sensitivity
from aligner.check.known_checks import KNOWN_CHECKS, check_names, load_check
from aligner.errors import PluginError
from aligner.findings import Finding
from aligner.plugins import failed, plugins
from aligner.terms.located import Looked


class CheckRun(NamedTuple):
    """What checks found, each by itself, and what a user should know of those that failed."""

    found: tuple[tuple[Finding, ...], ...]
    notes: tuple[str, ...]
    others: tuple[str, ...]  # name and package of the checks that are not ours


def run_checks(
    looked: Looked, *, sensitivity: Sensitivity, names: Iterable[str] | None = None
) -> CheckRun:
    """Return what the checks find in all that was located.

    Args:
        looked: What they look at.
        sensitivity: How much they report.
        names: Of the checks; all if None.
    """
    found: list[tuple[Finding, ...]] = []
    notes: list[str] = []
    others: list[str] = []
    for name in check_names() if names is None else names:
        if name in KNOWN_CHECKS:
            found.append(tuple(load_check(name)(looked, sensitivity=sensitivity)))
            continue
        try:
            found.append(_of_plugin(name, looked, sensitivity))
            others.append(str(plugins("checks")[name]))
        except PluginError as error:
            notes.append(f"{error}: what it would have found is missing")
    return CheckRun(tuple(found), tuple(notes), tuple(others))


def _of_plugin(name: str, looked: Looked, sensitivity: Sensitivity) -> tuple[Finding, ...]:
    """Return what a check of another package finds.

    Raises:
        PluginError: It cannot be loaded, fails, or finds something that is no finding.
    """
    check = load_check(name)
    try:
        found = tuple(check(looked, sensitivity=sensitivity))
        if wrong := [type(one).__name__ for one in found if not isinstance(one, Finding)]:
            raise TypeError(f"found a {wrong[0]}, which is no Finding")  # noqa: TRY301 - told alike
    except Exception as error:
        raise failed(plugins("checks")[name], "failed", error) from error
    return found
