"""What is read of a release is made once however many ask, and is gone when another is read."""

import gc
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_drawing import gateway_of
from sqlalchemy import Engine

from store.home import Home, Served
from store.kept import kept, once
from store.release import POINTER, current_release
from store.served import open_current

MANY = 12

Keep = Callable[[Callable[[str], list[str]]], Callable[[str], list[str]]]


def at_once(act: Callable[[], Any]) -> list[Any]:
    """Let MANY act at the same moment; return what each got or what it failed with."""
    start, found = threading.Barrier(MANY), []

    def one() -> None:
        start.wait()
        try:
            found.append(act())
        except ValueError as error:
            found.append(error)

    threads = [threading.Thread(target=one) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("keep", [once, kept])
def test_what_many_ask_at_once_is_made_once(keep: Callable[[int], Keep]) -> None:
    made = []

    @keep(2)
    def slow(what: str) -> list[str]:
        made.append(what)
        time.sleep(0.2)
        return [what]

    first, *others = at_once(lambda: slow("map"))
    assert made == ["map"]
    assert all(other is first for other in others)
    assert slow("list") == ["list"]


def test_where_making_fails_the_next_one_makes_it() -> None:
    tries = []

    @kept(2)
    def broken_once(what: str) -> str:
        tries.append(what)
        time.sleep(0.1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return what

    found = at_once(lambda: broken_once("map"))
    assert len(tries) == 2
    assert sorted(str(one) for one in found) == ["map"] * (MANY - 1) + ["not yet"]


def test_only_what_was_asked_last_stays() -> None:
    made = []

    @kept(2)
    def double(number: int) -> int:
        made.append(number)
        return number * 2

    assert [double(n) for n in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert made == [1, 2, 3, 2]


@pytest.fixture
def releases(example_home: Home, tmp_path: Path) -> Path:
    """A folder with the release of the example under two names, the first of which is current."""
    for name in ("first", "second"):
        (tmp_path / f"{name}.db").symlink_to(current_release(example_home.releases))
    (tmp_path / POINTER).write_text("first\n", encoding="utf-8")
    return tmp_path


def test_another_release_is_opened_once_and_takes_what_was_made_of_the_last_with_it(
    releases: Path,
) -> None:
    def opened() -> Engine:
        return open_current(Served(releases, releases / "access"))

    first, figures = opened(), gateway_of(releases).map_figures("VG01", "gemeente")
    assert gateway_of(releases).map_figures("VG01", "gemeente") is figures
    held = weakref.ref(figures), weakref.ref(first)
    del figures, first
    (releases / POINTER).write_text("second\n", encoding="utf-8")
    second, *others = at_once(opened)
    assert str(second.url).split("?")[0].endswith("second.db")
    assert all(other is second for other in others), "or each would read all of it for itself"
    gc.collect()
    assert [thing() for thing in held] == [None, None]
