"""Run the application and turn every expected end into words and an exit status."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never, TextIO, cast

import typer

from aligner.cli.app import app
from aligner.cli.localised import localised
from aligner.cli.output import ERROR, NO_READER, print_error
from aligner.cli.spoken import spoken
from aligner.cli.usage_errors import usage_words
from aligner.errors import AlignerError, ExportError
from aligner.filenames import printable

# The commands register themselves, in the order in which --help names them.
# isort: off
from aligner.cli import convert_commands  # noqa: F401
from aligner.cli import batch_commands  # noqa: F401
from aligner.cli import corpus_commands  # noqa: F401
from aligner.cli import check_command  # noqa: F401
from aligner.cli import terms_command  # noqa: F401
from aligner.messages import _, reason_of
from aligner.cli import review_command  # noqa: F401
from aligner.cli import config_command  # noqa: F401
# isort: on

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EFBIG, errno.EDQUOT})
INTERRUPTED = 130  # 128 + the number of SIGINT, as shells report it


def run(argv: Sequence[str] | None = None) -> int:
    """Return the exit status; an `AlignerError` or a wrong option is reported in two lines.

    Any other exception is a bug of ours and keeps its traceback.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _replace_closed_streams()
    _print_any_text()
    with spoken(words):
        try:
            command = localised(app)
            status = command(args=words, prog_name="aligner", standalone_mode=False, obj=words)
            sys.stdout.flush()
        except (KeyboardInterrupt, typer.Abort):
            status = INTERRUPTED
        except (AlignerError, typer.TyperException, UnicodeEncodeError, OSError) as error:
            return _told(error, words)
        if status == INTERRUPTED:  # as typer returns it, too
            print(_stopped(words), file=sys.stderr)
    return status if isinstance(status, int) else 0


def _stopped(words: Sequence[str]) -> str:
    """Return what to say when the user stopped a command."""
    command = next((word for word in words if not word.startswith("-")), "")
    if command == "batch":
        return _("stopped: rerun the same command to resume; the pairs that are done are kept")
    return _("stopped: what was under way has not been written")


def _told(error: Exception, words: Sequence[str] = ()) -> int:
    """Report an error and return the exit status; raise it again if it is a bug of ours."""
    match error:
        case AlignerError():
            return _fail(str(error), error.hint)
        case typer.TyperException():
            return _fail(usage_words(printable(error.format_message())), _help_hint(error, words))
        case UnicodeEncodeError() if (coding := sys.getfilesystemencoding()) != "utf-8":
            return _fail(
                _("a file name cannot be written in the encoding of the locale, {coding}").format(
                    coding=coding
                ),
                _("set a UTF-8 locale, such as LC_ALL=C.UTF-8, or PYTHONUTF8=1"),
            )
        case OSError() if error.filename is None and error.errno in _UNWRITABLE:
            _abandon_stdout()
            if isinstance(error, BrokenPipeError):
                return NO_READER
            return _fail(_("standard output: {reason}").format(reason=reason_of(error)), "")
    raise error


def _abandon_stdout() -> None:
    """Let standard output go: the interpreter flushes it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Closed(io.TextIOBase):
    """Standard output of a process that was started without one, as by `>&-`."""

    @property
    def buffer(self) -> Never:  # what `print_bytes` writes to
        raise ExportError(_("standard output: is closed"), hint=_("name a file with -o"))

    def write(self, _text: str) -> int:
        return len(self.buffer)


def _replace_closed_streams() -> None:
    """Let no file that is opened later take the number of a standard stream that is closed.

    What is printed would go into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    if sys.stdout is None:
        sys.stdout = cast("TextIO", _Closed())
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end


def _fail(message: str, hint: str) -> int:
    print_error(message, hint)
    return ERROR


def _print_any_text() -> None:
    """Let the standard streams show what they cannot encode as an escape, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _help_hint(error: typer.TyperException, words: Sequence[str]) -> str:
    """Name the help of the command that was called wrongly, or how to give a file like -a.txt."""
    for word in words:
        if word.startswith("-") and Path(word).is_file():
            return _("{name} is a file: give it as ./{name}").format(name=printable(word))
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "aligner"
    return _("see {command} --help").format(command=command)
