"""Say what is being done: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STAGES = (
    "reading",
    "loading the encoder",
    "segmenting",
    "aligning",
    "looking for terms",
    "locating renderings",
    "judging",
    "writing",
)


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Yield a function that is told which of `STAGES` begins; all goes to standard error."""
    if not sys.stderr.isatty():
        yield lambda stage: print(f"{stage} ...", file=sys.stderr)
        return
    # Loaded only where there is a terminal to draw on.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(STAGES))

        def begin(stage: str) -> None:
            done = STAGES.index(stage) if stage in STAGES else None
            bar.update(task, description=stage, completed=done)

        yield begin
