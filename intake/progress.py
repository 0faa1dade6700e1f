"""Reports how far an intake is; a bar shows it when it takes more than some seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
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
    console: "Console | None" = None, patience: float = PATIENCE_SECONDS
) -> Iterator[Progress]:
    """Give a Progress that draws a bar on the terminal once ``patience`` seconds have passed."""
    bar = _Bar(console)
    timer = Timer(patience, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar.show
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


class _Bar:
    """A bar of rich, which takes long to import and is seldom needed."""

    def __init__(self, console: "Console | None") -> None:
        self._console = console
        self._last = ("", 0, 1)
        self._drawn: RichProgress | None = None

    def show(self, step: str, done: int, total: int) -> None:
        """Note how far a step is."""
        self._last = (step, done, max(total, 1))
        if self._drawn:
            self._update(self._drawn)

    def start(self) -> None:
        """Draw the bar, where there is a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        console = self._console or Console(stderr=True)
        if not console.is_terminal:
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        bar = RichProgress(*columns, TimeElapsedColumn(), console=console, transient=True)
        bar.add_task("")
        self._update(bar)
        bar.start()
        self._drawn = bar

    def stop(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._drawn.stop()

    def _update(self, bar: "RichProgress") -> None:
        step, done, total = self._last
        bar.update(bar.task_ids[0], description=step, completed=done, total=total)
