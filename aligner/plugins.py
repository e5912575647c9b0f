"""Parts that other packages add: found by their entry points, loaded when they are used.

A package names them in its pyproject.toml:

    [project.entry-points."aligner.readers"]
    fountain = "aligner_fountain:read_fountain"

The groups are those of `PartKind`. The name on the left is that of the part: of a reader, the
suffix of its files too. What a part has to be is said where it is used: `aligner.formats`,
`aligner.encode`, `aligner.check`. A part that cannot be loaded is an error with its name
and its package where it is asked for, and left out, with a note, where it is one of many.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from aligner.errors import PluginError
from aligner.messages import _

PartKind: TypeAlias = Literal["readers", "bitext_readers", "encoders", "checks", "term_checks"]
PART_KINDS: Final[tuple[PartKind, ...]] = get_args(PartKind)


class Plugin(NamedTuple):
    """A part of another package."""

    kind: PartKind
    name: str
    target: str  # module:object
    package: str  # name and version of its distribution

    def __str__(self) -> str:
        return _("{name} ({replace} of {package})").format(
            name=self.name,
            replace=self.kind.removesuffix("s").replace("_", " "),
            package=self.package,
        )


@cache
def plugins(kind: PartKind) -> dict[str, Plugin]:
    """Return the parts of a kind that installed packages add, by name.

    Of two with one name, that of the package that comes first in the alphabet counts.
    Nothing is imported.
    """
    found = sorted(
        (_plugin(kind, entry) for entry in entry_points(group=f"aligner.{kind}")),
        key=lambda plugin: (plugin.name, plugin.package),
    )
    first: dict[str, Plugin] = {}
    for plugin in found:
        first.setdefault(plugin.name, plugin)
    return first


def load_plugin(plugin: Plugin) -> Any:  # noqa: ANN401 - whatever it is
    """Import a part.

    Raises:
        PluginError: It cannot be imported, or nothing can be called there.
    """
    try:
        found = EntryPoint(plugin.name, plugin.target, f"aligner.{plugin.kind}").load()
    except Exception as error:
        raise failed(plugin, _("cannot be loaded"), error) from error
    if not callable(found):
        raise PluginError(
            _("the plug-in {plugin}: {target} cannot be called").format(
                plugin=plugin, target=plugin.target
            ),
            hint=_("its entry point has to name a function or a class"),
        )
    return found


def failed(plugin: Plugin, what: str, error: Exception) -> PluginError:
    """Return the error that names a part which did not do its work."""
    return PluginError(
        _("the plug-in {plugin} {what}: {name}: {error}").format(
            plugin=plugin, what=what, name=type(error).__name__, error=error
        ),
        hint=_("tell its authors, or remove the package"),
    )


def trouble(plugin: Plugin) -> str:
    """Return why a part cannot be loaded; nothing if it can."""
    try:
        load_plugin(plugin)
    except PluginError as error:
        return str(error)
    return ""


def described(kind: PartKind, taken: frozenset[str] = frozenset()) -> list[tuple[Plugin, str]]:
    """Return the parts of a kind, each with what is wrong with it, if anything.

    Args:
        kind: Of which parts.
        taken: Names that are our own: no part can have them.
    """
    return [
        (plugin, _("its name is taken") if name in taken else trouble(plugin))
        for name, plugin in plugins(kind).items()
    ]


def _plugin(kind: PartKind, entry: EntryPoint) -> Plugin:
    package = entry.dist
    name = f"{package.name} {package.version}" if package else _("an unknown package")
    return Plugin(kind, entry.name.lower(), entry.value, name)
