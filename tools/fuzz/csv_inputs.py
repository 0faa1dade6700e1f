"""CSV deliveries, spoilt in their cells, their shape and their bytes."""

import csv
import io
from collections.abc import Callable
from random import Random

from records.examples import as_delivered
from tools.fuzz.mutating import mutated
from tools.fuzz.samples import any_kind, records
from tools.fuzz.texts import any_text, encodable

ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
)
Grid = list[list[str]]


def _cells(chance: Random, grid: Grid) -> None:
    for _ in range(chance.choice((1, 1, 2, 6))):
        row = chance.choice(grid)
        if row:
            row[chance.randrange(len(row))] = any_text(chance)


def _column(chance: Random, grid: Grid) -> None:
    text, place = any_text(chance), chance.randrange(len(grid[0]))
    for row in grid[1:]:
        if place < len(row):
            row[place] = text


def _heads(chance: Random, grid: Grid) -> None:
    head = grid[0]
    place, other = chance.randrange(len(head)), chance.randrange(len(head))
    head[place] = chance.choice(
        (any_text(chance), head[other], head[place].upper(), f" {head[place]} ", head[place][:-1])
    )


def _ragged(chance: Random, grid: Grid) -> None:
    row = chance.choice(grid)
    if chance.random() < 0.5:
        row += [any_text(chance)] * chance.choice((1, 3, 50))
    else:
        del row[chance.randrange(len(row) + 1) :]


def _reordered(chance: Random, grid: Grid) -> None:
    place = chance.randrange(len(grid[0]))
    for row in grid:
        if place < len(row):
            row.append(row.pop(place))


def _repeated(chance: Random, grid: Grid) -> None:
    grid += [list(chance.choice(grid)) for _ in range(chance.choice((1, 5, 60)))]


def _wide(chance: Random, grid: Grid) -> None:
    more = chance.choice((20, 300, 3_000))
    for row in grid:
        row += [f"c{number}" for number in range(more)]


_WAYS: tuple[Callable[[Random, Grid], None], ...] = (
    *(_cells, _cells, _cells, _cells, _column, _column),
    *(_heads, _heads, _ragged, _reordered, _repeated),
)


def _spoilt_grid(chance: Random, kind: str) -> Grid:
    rows = records(kind, chance.choice((1, 2, 3, 8)))
    grid = [list(rows[0]), *([as_delivered(value) for value in row.values()] for row in rows)]
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        if all(grid):
            chance.choice(_WAYS)(chance, grid)
    if chance.random() < 0.01:
        _wide(chance, grid)
    return grid


def _text(chance: Random, grid: Grid) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        delimiter=chance.choice(";;;,\t|"),
        lineterminator=chance.choice(("\r\n", "\n", "\r")),
        quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        escapechar=chance.choice((None, None, "\\")),
    )
    writer.writerows(grid)
    return stream.getvalue()


def csv_delivery(chance: Random) -> bytes:
    """Return the kind of a delivery, a line end, and its bytes."""
    kind = any_kind(chance).name
    if chance.random() < 0.02:
        return f"{kind}\n".encode() + chance.randbytes(chance.choice((0, 1, 5, 400)))
    text = encodable(_text(chance, _spoilt_grid(chance, kind)))
    data = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.45:
        data = mutated(chance, data)
    return f"{kind}\n".encode() + data
