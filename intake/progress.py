"""Reports how far an intake is; a bar shows it when it takes more than some seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

PATIENCE_SECONDS = 2.0


class Progress(Protocol):
    """A function that is called with a step and how much of it is done."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Note that ``done`` of the ``total`` units of work of ``step`` are done."""


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


@contextmanager
def progress_bar(
    console: Console | None = None, patience: float = PATIENCE_SECONDS
) -> Iterator[Progress]:
    """Give a Progress that draws a bar on the terminal once ``patience`` seconds have passed."""
    console = console or Console(stderr=True)
    bar = RichProgress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("", total=1)

    def show(step: str, done: int, total: int) -> None:
        bar.update(task, description=step, completed=done, total=max(total, 1))

    timer = Timer(patience, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield show
    finally:
        timer.cancel()
        timer.join()
        if bar.live.is_started:
            bar.stop()
