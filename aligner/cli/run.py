"""Run the application and turn every expected end into words and an exit status."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import typer

from aligner.cli import formats as _formats  # noqa: F401 - the commands register themselves
from aligner.cli import many as _many  # noqa: F401 - the same
from aligner.cli import terms as _terms  # noqa: F401 - the same
from aligner.cli.app import app
from aligner.errors import AlignerError
from aligner.filenames import printable

ERROR = 2
INTERRUPTED = 130  # 128 + the number of SIGINT, as shells report it


def run(argv: Sequence[str] | None = None) -> int:
    """Return the exit status; an `AlignerError` or a wrong option is told in two lines.

    Any other exception is a bug of ours and keeps its traceback.
    """
    _print_any_text()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        status = app(args=words, prog_name="aligner", standalone_mode=False)
    except AlignerError as error:
        return _fail(str(error), error.hint)
    except typer.TyperException as error:
        return _fail(printable(error.format_message().rstrip(".")), _help_hint(error))
    except UnicodeEncodeError:
        if sys.getfilesystemencoding() == "utf-8":
            raise
        coding = sys.getfilesystemencoding()
        return _fail(f"a file cannot have its name, since the locale writes names in {coding}",
                     "set a locale of UTF-8, such as LC_ALL=C.UTF-8, or PYTHONUTF8=1")  # fmt: skip
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _fail(message: str, hint: str) -> int:
    print(f"aligner: error: {message}", file=sys.stderr)
    if hint:
        print(f"  hint: {hint}", file=sys.stderr)
    return ERROR


def _print_any_text() -> None:
    """Let the standard streams show what they cannot encode as an escape, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _help_hint(error: typer.TyperException) -> str:
    """Name the help of the command that was called wrongly."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "aligner"
    return f"see {command} --help"
