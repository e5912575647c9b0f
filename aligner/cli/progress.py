"""Say what is being done: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aligner.messages import N_, _

if TYPE_CHECKING:
    from rich.progress import TaskID

    from aligner.batch.engine_protocol import BatchProgress

STAGES = (
    N_("reading"),
    N_("loading the encoder"),
    N_("segmenting"),
    N_("aligning"),
    N_("looking for terms"),
    N_("locating renderings"),
    N_("judging"),
    N_("writing"),
)


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Yield a function called as each of `STAGES` starts; all goes to standard error."""
    if not sys.stderr.isatty():
        yield lambda stage: print(f"{_(stage)} ...", file=sys.stderr)
        return
    # Loaded only where there is a terminal to draw on.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(STAGES))

        def begin(stage: str) -> None:
            done = STAGES.index(stage) if stage in STAGES else None
            bar.update(task, description=_(stage), completed=done)

        yield begin


@contextmanager
def counted() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function called with what is done, how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield _tenths()
        return
    from rich.console import Console  # where there is a terminal
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(_(what), total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield tell


@contextmanager
def pairs_progress() -> Iterator[Callable[[BatchProgress], None]]:
    """Yield a function called with how far a batch is, with its rate and the time left."""
    if not sys.stderr.isatty():
        tell = _tenths()
        yield lambda now: tell(N_("aligning pairs"), now.kept + now.done + now.failed, now.total)
        return
    from rich.console import Console  # where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn(_("pairs")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(now: BatchProgress) -> None:
            left = (
                ""
                if now.seconds_left is None
                else _(", {seconds:,.0f} s left").format(seconds=now.seconds_left)
            )
            bar.update(
                task,
                completed=now.kept + now.done + now.failed,
                total=now.total,
                description=_("{rate:.2f} a second{left}, {failed} failed").format(
                    rate=now.rate, left=left, failed=now.failed
                ),
            )

        yield show


def _tenths() -> Callable[[str, int, int], None]:
    """Return a function that prints a plain line at each tenth of the work."""
    told: set[tuple[str, int]] = set()

    def tell(what: str, done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if (what, tenth) not in told:
            told.add((what, tenth))
            print(
                _("{what} {done} of {total} ...").format(what=_(what), done=done, total=total),
                file=sys.stderr,
            )

    return tell
