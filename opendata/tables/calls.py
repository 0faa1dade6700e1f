"""The calls that ask a table for rows, each for fewer than the service answers at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from opendata.contract import SourceFailedError
from opendata.tables.columns import Category

MOST_TESTS = 40
"""Conditions of one filter, so that no address gets too long."""


@dataclass(frozen=True)
class Call:
    """One question: its filter, how many rows it can have, and the codes asked per dimension."""

    filter: str
    most: int
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Piece:
    """Some categories of a dimension, and the conditions that choose just those (or none)."""

    categories: tuple[Category, ...]
    tests: tuple[str, ...]


def split(
    wanted: Mapping[str, tuple[Sequence[Category], Sequence[Category]]],
    order: Sequence[str],
    most_rows: int,
) -> list[Call]:
    """Return the calls that together ask for every combination of wanted categories.

    ``wanted`` gives per dimension the categories asked for and all that there are. Dimensions are
    split in ``order``: the first into single categories (a past month then stays one address, that
    can come from the cache), the last by the beginnings of its keys.
    """
    pieces = {
        key: _Piece(tuple(some), _chosen(key, some, every)) for key, (some, every) in wanted.items()
    }
    if any(not piece.categories for piece in pieces.values()):
        return []
    return [
        Call(
            " and ".join(_either(piece.tests) for piece in parts.values() if piece.tests),
            prod(len(piece.categories) for piece in parts.values()),
            {key: frozenset(c.code for c in piece.categories) for key, piece in parts.items()},
        )
        for parts in _parts(pieces, wanted, list(order), most_rows)
    ]


def _parts(
    pieces: dict[str, _Piece],
    wanted: Mapping[str, tuple[Sequence[Category], Sequence[Category]]],
    order: list[str],
    most: int,
) -> Iterator[dict[str, _Piece]]:
    size = prod(len(piece.categories) for piece in pieces.values())
    if size <= most and all(len(piece.tests) <= MOST_TESTS for piece in pieces.values()):
        yield pieces
        return
    if not order:
        raise SourceFailedError(
            f"{size:,} rows cannot be split into calls of at most {most:,}; ask for less at once.",
            "too_large",
        )
    key, later = order[0], order[1:]
    some, every = wanted[key]
    if later:
        single = [_Piece((c,), (_equal(key, c),)) for c in pieces[key].categories]
        parts: Iterable[_Piece] = single
    else:
        room = most // (size // len(pieces[key].categories))
        parts = _packed(list(_beginnings(key, "", list(every), set(some), room)), room)
    for part in parts:
        yield from _parts({**pieces, key: part}, wanted, later, most)


def _chosen(key: str, some: Sequence[Category], every: Sequence[Category]) -> tuple[str, ...]:
    """Return the conditions of ``some`` of the categories: none for all of them."""
    if len(some) == len(every):
        return ()
    if len(some) <= MOST_TESTS:
        return tuple(_equal(key, category) for category in some)
    found = _beginnings(key, "", list(every), set(some), len(every))
    return tuple(test for piece in found for test in piece.tests)


def _beginnings(
    key: str, start: str, every: list[Category], some: set[Category], room: int
) -> Iterator[_Piece]:
    """Yield the shortest beginnings of keys under which all are wanted, and at most ``room``."""
    wanted = [category for category in every if category in some]
    if not wanted:
        return
    if len(every) == 1:
        yield _Piece((every[0],), (_equal(key, every[0]),))
        return
    if start and len(wanted) == len(every) and len(every) <= room:
        yield _Piece(tuple(every), (f"startswith({key},'{start}')",))
        return
    longer: dict[str, list[Category]] = {}
    for category in every:
        longer.setdefault(category.key[: len(start) + 1], []).append(category)
    for beginning, below in longer.items():
        yield from _beginnings(key, beginning, below, some, room)


def _packed(pieces: list[_Piece], room: int) -> Iterator[_Piece]:
    """Yield pieces joined while their categories still have room in one call."""
    categories: tuple[Category, ...] = ()
    tests: tuple[str, ...] = ()
    for piece in pieces:
        full = len(categories) + len(piece.categories) > room
        if categories and (full or len(tests) >= MOST_TESTS):
            yield _Piece(categories, tests)
            categories, tests = (), ()
        categories, tests = categories + piece.categories, tests + piece.tests
    if categories:
        yield _Piece(categories, tests)


def _equal(key: str, category: Category) -> str:
    return f"{key} eq '{category.key.replace(chr(39), chr(39) * 2)}'"


def _either(tests: tuple[str, ...]) -> str:
    return f"({' or '.join(tests)})" if len(tests) > 1 else tests[0]
