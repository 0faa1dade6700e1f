"""A bar appears when an intake takes a while, and only then."""

import io
import time

from rich.console import Console

from intake.progress import progress_bar


def screen() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_quick_step_shows_nothing() -> None:
    console = screen()
    with progress_bar(console, patience=5) as progress:
        progress("reading", 1, 2)
    assert shown(console) == ""


def test_a_slow_step_shows_how_far_it_is() -> None:
    console = screen()
    with progress_bar(console, patience=0.05) as progress:
        progress("checking", 1, 4)
        time.sleep(0.4)
    assert "checking" in shown(console)
    assert "25%" in shown(console)


def test_no_bar_where_there_is_no_terminal() -> None:
    console = Console(file=io.StringIO(), force_terminal=False)
    with progress_bar(console, patience=0.05) as progress:
        progress("checking", 1, 4)
        time.sleep(0.2)
    assert shown(console).strip() == ""
