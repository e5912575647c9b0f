"""The command `config`: what `aligner.toml` says, and for which commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.app import app
from aligner.cli.project_defaults import DEFAULTS, DEFAULTS_FILE, find_defaults, keys_of
from aligner.cli.spoken import MessageLanguage
from aligner.cli.wide_lines import left
from aligner.filenames import shown
from aligner.messages import N_, _
from aligner.report.shown_text import cell_width


@app.command()
def config(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", show_default=False, help=N_("Where to look; here by default.")
        ),
    ] = None,
    *,
    _lang: MessageLanguage = None,
) -> None:
    """Show the project's defaults: what aligner.toml says, in the folder or above it.

    \b
    Its keys, each the default of the option of that name; the command line wins:
      glossary = "terms.xlsx"              relative to the file
      languages = "zh,en"
      checks = ["terms", "glossary"]
      sensitivity = "high"
      baseline = "accepted.toml"

    \b
    Example:
      aligner config translations
    """
    from aligner.cli.output import print_bytes, print_note
    from aligner.cli.project_defaults import read_defaults

    path = find_defaults(folder)
    values = read_defaults(path).values if path else {}
    if not path:
        print_note(
            _("there is no {defaults_file} in the folder or above it").format(
                defaults_file=DEFAULTS_FILE
            )
        )
    group = context.parent.command if context.parent else None
    lines = [f"# {shown(path)}"] if path else []
    rows = []
    for key, default in DEFAULTS.items():
        value = values.get(key)
        said = ",".join(value) if isinstance(value, list) else value
        users = [n for n, c in getattr(group, "commands", {}).items() if key in keys_of(c, n)]
        taken = (
            _("taken by {users}").format(users=_(", ").join(users))
            if users
            else _("no command takes it")
        )
        told = _("; ").join([_(default.what), taken])
        rows.append((key, said or _("(not set)"), told))
    widths = [max(cell_width(row[n]) for row in rows) for n in (0, 1)]
    lines += [
        f"{left(key, widths[0])}  {left(said, widths[1])}  # {told}" for key, said, told in rows
    ]
    print_bytes("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))
