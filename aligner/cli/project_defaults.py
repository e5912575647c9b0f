"""Defaults of a project: the file `aligner.toml` in the working folder or one above it.

    glossary = "terms.xlsx"
    languages = "zh,en"
    checks = ["terms", "glossary"]
    sensitivity = "high"
    baseline = "accepted.toml"

A key is the default of the option of its name, of every command that has that option;
what stands on the command line wins. Paths are relative to the folder of the file. The
nearest file alone counts: what it does not say is not looked for further up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from aligner.errors import ReadError, SettingError
from aligner.filenames import shown
from aligner.messages import N_, _, reason_of

DEFAULTS_FILE: Final = "aligner.toml"

Value = str | list[str]


class Default(NamedTuple):
    """What a key of the file says."""

    option: str  # name of the parameter of the commands that take it
    take: Callable[[Path, object], Value]  # checks a value; raises ValueError with what is wanted
    what: str
    not_of: frozenset[str] = frozenset()  # commands whose option of this name means another thing


class ProjectDefaults(NamedTuple):
    """A file of defaults as read."""

    path: Path
    values: Mapping[str, Value]  # by key

    def __str__(self) -> str:
        return shown(self.path)


def _file(path: Path, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("give the name of a file"))
    found = path.parent / value
    if found.is_dir():
        raise ValueError(
            _("{found} is a folder; give the name of a file").format(found=shown(found))
        )
    return str(found)


def _existing_file(path: Path, value: object) -> str:
    found = _file(path, value)
    if not Path(found).exists():
        raise ValueError(
            _("there is no file {found}; paths are relative to {defaults_file}").format(
                found=shown(found), defaults_file=DEFAULTS_FILE
            )
        )
    return found


def _languages(_path: Path, value: object) -> str:
    words = value.split(",") if isinstance(value, str) else value
    if isinstance(words, list) and sorted(str(word).strip() for word in words) == ["en", "zh"]:
        return ",".join(str(word).strip() for word in words)
    raise ValueError(_('give "zh,en" or "en,zh", the languages of original and translation'))


def _sensitivity(_path: Path, value: object) -> str:
    if value in ("quiet", "high"):
        return str(value)
    raise ValueError(_('give "quiet" or "high"'))


def _checks(_path: Path, value: object) -> list[str]:
    from aligner.check.known_checks import all_checks

    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(_('give names of checks, such as ["terms", "numbers"]'))
    names = [word.strip() for word in words]
    known = all_checks()
    if unknown := [name for name in names if name not in known]:
        raise ValueError(
            _("there is no check {unknown!r}; checks are {known}").format(
                unknown=unknown[0], known=", ".join(known)
            )
        )
    return names


DEFAULTS: Final[Mapping[str, Default]] = {
    "glossary": Default("glossary", _existing_file, N_("terms and the renderings they may have")),
    "languages": Default(
        "langs", _languages, N_("languages of original and translation"), frozenset({"convert"})
    ),
    "checks": Default("checks", _checks, N_("what is checked")),
    "sensitivity": Default("sensitivity", _sensitivity, N_("how much is reported")),
    # it need not be there yet: --write-baseline makes it
    "baseline": Default("baseline", _file, N_("findings to keep as they are")),
}


def find_defaults(folder: Path | None = None) -> Path | None:
    """Return the file of the working folder, or of the nearest folder above that has one."""
    here = folder or Path()
    for place in (here, *here.absolute().parents):
        if (place / DEFAULTS_FILE).is_file():
            return place / DEFAULTS_FILE
    return None


def read_defaults(path: Path) -> ProjectDefaults:
    """Read a file of defaults.

    Raises:
        ReadError: It cannot be read, or is not TOML.
        SettingError: It has a key that does not exist, or a value that cannot be; names the
            file and the key.
    """
    name = shown(path)
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ReadError(f"{name}: {reason_of(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = _('a line is such as glossary = "terms.xlsx", in UTF-8')
        raise ReadError(
            _("{name}: is not TOML: {error}").format(name=name, error=error), hint=hint
        ) from error
    return ProjectDefaults(path, {key: _value(path, key, value) for key, value in said.items()})


def _value(path: Path, key: str, value: object) -> Value:
    name = shown(path)
    if key not in DEFAULTS:
        raise SettingError(
            _("{name}: unknown key {key!r}").format(name=name, key=key),
            hint=_("keys are {defaults}").format(defaults=", ".join(DEFAULTS)),
        )
    try:
        return DEFAULTS[key].take(path, value)
    except ValueError as error:
        raise SettingError(
            _("{name}: {key}: {value!r} cannot be").format(name=name, key=key, value=value),
            hint=str(error),
        ) from error


def default_map(group: Any, values: Mapping[str, Value]) -> dict[str, Any]:  # noqa: ANN401
    """Return the defaults of each command of a group, in the form of click's `default_map`.

    Args:
        group: A group of commands of click.
        values: By key; a command gets those whose option it has.
    """
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found[name] = default_map(command, values)
        else:
            found[name] = dict(_of_command(command, name, values))
    return found


def note_of(found: ProjectDefaults, taken: dict[str, Any]) -> str:
    """Return what a user should know of the defaults of a command; drop what cannot be taken.

    A baseline that is not there is none: the first `--write-baseline` makes it.
    """
    missing = ""
    if (baseline := taken.get("baseline")) and not Path(baseline).exists():
        del taken["baseline"]
        missing = _("; there is no baseline {baseline} yet").format(baseline=shown(baseline))
    keys = [key for key, default in DEFAULTS.items() if default.option in taken]
    if not keys and not missing:
        return ""
    return _("defaults of {found}: {keys}{missing}").format(
        found=found, keys=", ".join(keys) or _("none"), missing=missing
    )


def keys_of(command: Any, name: str) -> list[str]:  # noqa: ANN401 - of click, which typer has its own of
    """Return the keys of which a command takes the value."""
    options = {parameter.name for parameter in command.params}
    return [k for k, d in DEFAULTS.items() if d.option in options and name not in d.not_of]


def _of_command(
    command: Any,  # noqa: ANN401 - the same
    name: str,
    values: Mapping[str, Value],
) -> Iterator[tuple[str, Value]]:
    repeated = {parameter.name: parameter.multiple for parameter in command.params
                if hasattr(parameter, "multiple")}  # fmt: skip
    for key in keys_of(command, name):
        if key in values:
            value, option = values[key], DEFAULTS[key].option
            is_list = isinstance(value, list) and not repeated.get(option)
            yield option, ",".join(value) if is_list else value
