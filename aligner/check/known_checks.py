"""The checks by the names that users give them. A new one is a module and a line here.

A check is a function, unordered in what it yields. One of terms looks at what was located
and yields findings; any other looks at the units of all bitexts, one-sided ones too, and
yields what it notices. The docstring of its module is the user's page on it: what it does,
why that is bad, an example that a test runs, how to switch it off. A module is imported
when its check is asked for. Other packages add such functions by the groups
`aligner.term_checks` and `aligner.checks` (see `aligner.plugins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, cast

from aligner.errors import SettingError
from aligner.messages import _
from aligner.plugins import Plugin, load_plugin, plugins

if TYPE_CHECKING:
    from aligner.check.judging.trust import Sensitivity
    from aligner.check.noticed import Noticed
    from aligner.encode.spans import SpanEncoder
    from aligner.findings import Finding
    from aligner.terms.located import Looked
    from aligner.terms.units import TextUnit

Needs = Literal[
    "terms",  # located, with their renderings
    "glossary",  # that too, and a glossary
    "units",  # the text alone
    "vectors",  # the text, and an encoder of its words
]


class KnownCheck(NamedTuple):
    """Where a check is, as functions `module:function` below `checks`, and what it needs."""

    functions: tuple[str, ...]
    needs: Needs = "units"
    plugin: Plugin | None = None  # if another package adds it

    @property
    def of_terms(self) -> bool:
        """Whether it looks at terms, and not at the text alone."""
        return self.needs in {"terms", "glossary"}


KNOWN_CHECKS: Final = {
    "terms": KnownCheck(
        (
            "repeated:repeated_lines",
            "consistency:inconsistent_renderings",
            "shared:shared_renderings",
        ),
        "terms",
    ),
    "glossary": KnownCheck(("prescribed:against_glossary",), "glossary"),
    "numbers": KnownCheck(("wrong_numbers:wrong_numbers",)),
    "references": KnownCheck(("references:references",)),
    "omissions": KnownCheck(("omissions:omissions",), "vectors"),
    "leftovers": KnownCheck(("leftovers:leftovers",)),
    "segments": KnownCheck(("segments:segments",)),
    "names": KnownCheck(("spelt_names:names",)),
    "form": KnownCheck(("form:form",)),
}
_FOLDER: Final = "aligner.check.checks"


class TermCheckFunction(Protocol):
    """Yields what is out of line, each finding made by `aligner.check.build.build`."""

    def __call__(self, looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
        """Look at all terms; `quiet` asks for warnings only, `high` for remarks too."""


class UnitCheckFunction(Protocol):
    """Yields what it notices, each made by `aligner.check.noticed.notice`."""

    def __call__(self, units: Sequence[TextUnit], /) -> Iterable[Noticed]:
        """Look at the units of all bitexts, in their order.

        A check that needs vectors has an argument `encoder`, a `SpanEncoder` or None.
        """


def all_checks() -> dict[str, KnownCheck]:
    """Return the checks by name: ours, then those of other packages, which take no name of ours."""
    found: dict[str, KnownCheck] = dict(KNOWN_CHECKS)
    for name, plugin in plugins("term_checks").items():
        found.setdefault(name, KnownCheck((plugin.target,), "terms", plugin))
    for name, plugin in plugins("checks").items():
        found.setdefault(name, KnownCheck((plugin.target,), "units", plugin))
    return found


def chosen_checks(names: Sequence[str] | None, *, has_glossary: bool) -> tuple[str, ...]:
    """Return the checks to make, in the order of the table.

    Args:
        names: As the user asked for them; None: all that apply.
        has_glossary: Whether there is a glossary to hold renderings against.

    Raises:
        SettingError: There is no such check, none is named, or the glossary is named and
            not given, or given and not to be looked at.

    >>> chosen_checks(["form", "numbers"], has_glossary=False)
    ('numbers', 'form')
    """
    if names is None:
        return tuple(
            name
            for name, check in all_checks().items()
            if has_glossary or check.needs != "glossary"
        )
    asked = [name.strip().lower() for name in names]
    for name in asked:
        known(name)
    found = tuple(name for name in all_checks() if name in asked)
    if not found:
        raise SettingError(_("no check is named"), hint=_listed())
    wants = any(known(name).needs == "glossary" for name in found)
    if wants and not has_glossary:
        raise SettingError(
            _("the check glossary needs a glossary"), hint=_("name it with --glossary")
        )
    if has_glossary and not wants:
        raise SettingError(
            _("a glossary is given, and the check glossary is not asked for"),
            hint=_("add glossary to --checks, or leave out --glossary"),
        )
    return found


def known(name: str) -> KnownCheck:
    """Return a check by its name.

    Raises:
        SettingError: There is no such check.
    """
    check = all_checks().get(name)
    if check is None:
        raise SettingError(_("no check {name!r}").format(name=name), hint=_listed())
    return check


def load_term_checks(name: str) -> list[TermCheckFunction]:
    """Return the functions of a check that needs terms.

    Raises:
        PluginError: It is of another package and cannot be loaded.
    """
    return [cast("TermCheckFunction", function) for function in _functions(known(name))]


def load_unit_checks(name: str, *, encoder: SpanEncoder | None = None) -> list[UnitCheckFunction]:
    """Return the functions of a check of the text; those that need vectors have the encoder.

    Raises:
        PluginError: It is of another package and cannot be loaded.
    """
    check = known(name)
    functions = [cast("UnitCheckFunction", function) for function in _functions(check)]
    if check.needs != "vectors":
        return functions
    return [partial(cast("Any", function), encoder=encoder) for function in functions]


def pages(name: str) -> list[str]:
    """Return what a user should know about a check: a page for each of its functions.

    Raises:
        SettingError: There is no such check.
        PluginError: It is of another package and cannot be loaded.
    """
    check = known(name)
    if check.plugin:
        return [getdoc(import_module(load_plugin(check.plugin).__module__)) or ""]
    modules = [import_module(_module(target)) for target in check.functions]
    return [_(page) for module in modules if (page := getdoc(module))]


def _functions(check: KnownCheck) -> list[object]:
    if check.plugin:
        return [load_plugin(check.plugin)]
    return [
        getattr(import_module(_module(target)), target.partition(":")[2])
        for target in check.functions
    ]


def _module(target: str) -> str:
    return f"{_FOLDER}.{target.partition(':')[0]}"


def _listed() -> str:
    return _("checks are {all_checks}").format(all_checks=", ".join(all_checks()))
