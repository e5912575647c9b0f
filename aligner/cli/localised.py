"""The commands with their words in the reader's language.

Help stands in the code in English, in docstrings and in `help=N_("...")`, since it is read
before the language is known. When the commands have been made, each of their texts is
looked up, and the names of formats are put into it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer
import typer.main

from aligner.cli.wide_lines import wrapped
from aligner.formats.format_lookup import listed, listed_suffixes
from aligner.messages import N_, _, language

if TYPE_CHECKING:
    from typer._click import Command

_SENTENCE: Final = re.compile("[^。]*。")
_AS_IT_IS: Final = "\b\n"  # before a paragraph that click is not to wrap
_REQUIRED: Final = re.compile(r"\{([^{}]+)\}")  # {PAIR}... in the line of usage
_TYPE: Final = re.compile(r"^(\w+) <.*>$")  # PAIR <list[Path]>
_COLUMN: Final = 30  # the widest first column of a list, as click has it
# what typer and click say by themselves
SAID_BY_TYPER: Final = (
    N_("Usage: "),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


def localised(app: typer.Typer) -> Command:
    """Return the command of an application, its help in the language of messages."""
    command = typer.main.get_command(app)
    for each in _all(command):
        _say(each)
    return command


def _all(command: Any) -> Iterator[Any]:  # noqa: ANN401 - a command or a group of typer's
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from _all(inner)


def _say(command: Any) -> None:  # noqa: ANN401 - the same
    command.context_class = _Context
    command.options_metavar = _("[OPTIONS]")
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
    if command.help:
        command.help = _(inspect.cleandoc(command.help))
        first = _SENTENCE.match(command.help)  # in Chinese a line may go on
        summary = " ".join(command.help.split("\n\n")[0].split())
        command.short_help = first[0] if first else summary  # else typer cuts it
    for parameter in command.params:
        if parameter.help:
            parameter.help = _formats_named(_(parameter.help))


def _formats_named(text: str) -> str:
    """Put the names or the suffixes of formats into a text: `{bitext_in}`, `{check}`."""

    def named(match: re.Match[str]) -> str:
        ability: Any = match[1].removesuffix("_suffixes")
        return listed_suffixes(ability) if ability != match[1] else listed(ability, last=_("or"))

    return re.sub(r"\{(\w+)\}", named, text)


# A class attribute of typer's, which mypy does not take for a class.
_HelpFormatter: Any = typer.Context.formatter_class


class _Formatter(_HelpFormatter):  # type: ignore[misc]
    """Help whose headings are translated, and whose lines break between Chinese characters.

    An argument is shown as manuals have it: `PAIR...` if required, `[NAME]` if not; without
    the name of its type in the program.
    """

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _REQUIRED.sub(r"\1", args), prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        super().write_text(_broken(text, self.width - self.current_indent))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = 2
    ) -> None:
        rows = [(_TYPE.sub(r"\1", name), told) for name, told in rows]
        first = min(max(len(row[0]) for row in rows), col_max) + col_spacing
        width = max(self.width - first - 2, 10)
        super().write_dl([(a, _broken(b, width)) for a, b in rows], col_max, col_spacing)


class _Context(typer.Context):
    formatter_class = _Formatter


def _broken(text: str, width: int) -> str:
    """Break the lines of a text that has wide characters, paragraph by paragraph."""
    if language() == "en":
        return text
    return "\n\n".join(
        part if part.startswith("\b") else _AS_IT_IS + "\n".join(wrapped(part, width))
        for part in text.replace("Show this message and exit.", _("Show this message and exit."))
        .split("\n\n")
    )  # fmt: skip
