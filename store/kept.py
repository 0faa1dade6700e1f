"""Keeps what is read of a release: made once however many ask at once, and gone when another comes.

Readers all ask for the same when a release is published: without this each of them makes it anew,
and everybody waits for that.
"""

from collections.abc import Callable
from threading import Condition
from typing import ParamSpec, TypeVar

from cachetools import LRUCache, cached

Given = ParamSpec("Given")
Made = TypeVar("Made")

_DROPS: list[Callable[[], None]] = []


def once(most: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keep what a function makes, for the ``most`` arguments that were last asked.

    Who asks for what another is making waits for it; where that fails, the next one makes it.
    """
    return cached(LRUCache[object, object](most), condition=Condition())


def kept(most: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keep as ``once`` does what a function makes of a release, as long as that is read."""

    def of(make: Callable[Given, Made]) -> Callable[Given, Made]:
        found = cached(LRUCache[object, Made](most), condition=Condition())(make)
        _DROPS.append(found.cache_clear)
        return found

    return of


def drop_kept() -> None:
    """Forget all that was made of releases."""
    for drop in _DROPS:
        drop()
