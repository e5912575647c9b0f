"""The command line: argv -> calls of public functions; the only place that prints.

Results go to standard output or to the named files, all else to standard error.
Exit status: 0 fine, 1 the checks found something, 2 an error, 130 interrupted, 143
terminated, 129 hung up.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    Args:
        argv: The words after `aligner`; those of the process if None.
    """
    # Only now, so that importing the package costs nothing.
    from aligner.background import is_working, leave
    from aligner.cli.signals import stoppable

    def command() -> int:
        from aligner.cli.run_app import run

        return run(argv)

    status = stoppable(command)
    if argv is None and is_working():  # the process is ours to end
        leave(status)
    return status
