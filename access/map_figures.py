"""The figures of one indicator at one level over all 12-month windows, as a map draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from map_classes import as_written, classify

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

NONE = 255
"""No class, no percentile, no period, no stability."""

NOWHERE = -1
"""A place that has no column in a sheet."""

ROW, SHOWS, FEW = 1, 2, 4
"""Bits of ``Sheet.marks``: there is a row; it has a figure; a protected count of it shows 0."""

CLEAR, HOT = 8, 32
"""What ``clear`` and ``hot``, each from -1 to 1, are multiplied by in ``Sheet.marks``, plus one."""


@dataclass(frozen=True)
class Sheet:
    """The rows of the areas of one level: arrays of shape (windows, m).

    ``of`` (n,) is, for each place of the map its column here, or NOWHERE. ``value`` is an index in
    ``MapFigures.values``, ``since`` one in ``MapFigures.since``; ``class_`` is the class on this
    map, ``percentile`` 0-99. All are NONE, ``value`` the number of values, where there is none.
    """

    level: str
    of: NDArray[np.int32]
    marks: Bytes
    value: NDArray[np.uint32]
    class_: Bytes
    percentile: Bytes
    since: Bytes


@dataclass(frozen=True, eq=False)
class MapFigures:
    """What each place of a level shows in each of ``periods``, oldest first.

    A place shows its row of the first of ``sheets`` that has a figure for it in that window: its
    own, else that of the larger area around it; without any, its own row has no figure.
    ``values`` (v,) rise, and are rounded as pages say them: rates as written
    (``map_classes.as_written``), scores and counts whole. ``counts``: they are plain counts;
    ``limits`` are the upper limits of the classes. ``held`` (m of the first sheet)
    says how well the rank of a score holds in the last window (``Stability.stability``).
    """

    code: str
    level: str
    periods: tuple[str, ...]
    limits: tuple[float, ...]
    counts: bool
    values: Floats
    since: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    held: Bytes


@dataclass(frozen=True, eq=False)
class MapBounds:
    """The 90% intervals of the own figures of a map: ``low`` and ``high``, shape (windows, m).

    Both are indices in ``values``, which are rates as written; their number where there is none.
    ``of`` (n,) is for each place its column, or NOWHERE.
    """

    code: str
    level: str
    values: Floats
    of: NDArray[np.int32]
    low: NDArray[np.uint32]
    high: NDArray[np.uint32]


class Found(NamedTuple):
    """One row of a release: a figure, or a score as far as it has these fields."""

    area: str
    period_id: int
    numerator: float | None
    measure: float | None
    percentile: float | None
    class_: int
    clear: int
    hot: int
    since: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Table:
    """Rows as arrays of shape (windows, m), NaN where there is none; ``areas`` (m,) are codes."""

    areas: tuple[str, ...]
    numerator: Floats
    measure: Floats
    percentile: Floats
    class_: Floats
    clear: Floats
    hot: Floats
    since: Floats
    low: Floats
    high: Floats

    @property
    def shows(self) -> NDArray[np.bool_]:
        """Where there is a figure, shape (windows, m)."""
        return ~np.isnan(self.measure)


def table_of(found: Sequence[tuple[Any, ...]], windows: Sequence[int]) -> Table:
    """Return rows, each as a ``Found``, as arrays; ``windows`` are the ids of periods, rising."""
    codes = sorted({row[0] for row in found})
    place = {code: column for column, code in enumerate(codes)}
    cells = np.array([row[1:] for row in found], np.float64).reshape(-1, len(Found._fields) - 1)
    column = [place[row[0]] for row in found]
    window = np.searchsorted(np.asarray(windows), cells[:, 0])
    filled = np.full((cells.shape[1], len(windows), len(codes)), np.nan)
    filled[:, window, column] = cells.T
    return Table(tuple(codes), *filled[1:])


@dataclass(frozen=True)
class Layer:
    """A table with the level that it is of, and for each place (n,) its column, or NOWHERE."""

    level: str
    table: Table
    of: NDArray[np.int32]


class Names(NamedTuple):
    """Of which area each place (n,) is: ``codes[at]``, '' for none."""

    codes: tuple[str, ...]
    at: NDArray[np.int32]


def names_of(codes: Sequence[str]) -> Names:
    """Return names of which each is looked up once, however many places share it."""
    number = {code: place for place, code in enumerate(dict.fromkeys(codes))}
    return Names(tuple(number), np.array([number[code] for code in codes], np.int32))


def layer_of(level: str, table: Table, names: Names) -> Layer:
    """Return a layer of rows of areas that are named for each place."""
    column = {code: number for number, code in enumerate(table.areas)}
    of = np.array([column.get(code, NOWHERE) for code in names.codes], np.int32)
    return Layer(level, table, of[names.at])


@dataclass(frozen=True)
class Reading:
    """How rows are read: in which classes, as counts or rates, whole or not, protected or not.

    ``periods`` are the windows, ``known`` the codes of all periods by id.
    """

    code: str
    level: str
    limits: Sequence[float]
    whole: bool
    counts: bool
    protected: bool
    periods: Sequence[str]
    known: Mapping[int, str]


def figures_of(reading: Reading, own: Layer, larger: Sequence[Layer], held: Bytes) -> MapFigures:
    """Return the figures of a map from its own rows and those that ``larger`` areas lend."""
    table, say = own.table, _whole if reading.whole else _written
    said = [say(table.numerator if reading.counts else table.measure)]
    for layer in larger:
        measure = layer.table.measure
        said.append(np.full_like(measure, np.nan) if reading.counts else say(measure))
    every = np.concatenate([part.ravel() for part in said])
    values = np.unique(every[~np.isnan(every)])
    began = np.unique(table.since[~np.isnan(table.since)])
    classes = _classes(table.numerator, reading) if reading.counts else _small(table.class_)
    return MapFigures(
        code=reading.code,
        level=reading.level,
        periods=tuple(reading.periods),
        limits=tuple(reading.limits),
        counts=reading.counts,
        values=values,
        since=tuple(reading.known[int(number)] for number in began),
        sheets=(
            Sheet(
                level=own.level,
                of=own.of,
                marks=_marks(table, protected=reading.protected),
                value=_places_in(values, said[0]),
                class_=classes,
                percentile=_small(np.minimum(np.floor(table.percentile), 99)),
                since=_small(np.where(np.isnan(table.since), NONE, _places_in(began, table.since))),
            ),
            *(
                _lent_sheet(layer, part, values, reading)
                for layer, part in zip(larger, said[1:], strict=True)
            ),
        ),
        held=held,
    )


def bounds_of(code: str, own: Layer) -> MapBounds:
    """Return the intervals of a layer."""
    low, high = _written(own.table.low), _written(own.table.high)
    both = np.concatenate([low.ravel(), high.ravel()])
    values = np.unique(both[~np.isnan(both)])
    places = _places_in(values, low), _places_in(values, high)
    return MapBounds(code, own.level, values, own.of, *places)


def _lent_sheet(layer: Layer, said: Floats, values: Floats, reading: Reading) -> Sheet:
    """Return what larger areas lend: their value, in its class on this map, and nothing else.

    None or few has the lowest class, as in ``Figure.lent_to``.
    """
    nothing = np.full(said.shape, NONE, np.uint8)
    measure = np.where(np.isnan(said), np.nan, layer.table.measure)
    marks = np.where(layer.table.shows, ROW | SHOWS | CLEAR | HOT, 0)
    few = (layer.table.numerator == 0) & ~np.isnan(measure)
    return Sheet(
        level=layer.level,
        of=layer.of,
        marks=marks.astype(np.uint8),
        value=_places_in(values, said),
        class_=np.where(few, np.uint8(0), _classes(measure, reading)),
        percentile=nothing,
        since=nothing,
    )


def _marks(table: Table, *, protected: bool) -> Bytes:
    """Return the bits of each row, 0 where there is none."""
    there = ~np.isnan(table.class_)
    few = (table.numerator == 0) & protected
    signs = CLEAR * (np.nan_to_num(table.clear) + 1) + HOT * (np.nan_to_num(table.hot) + 1)
    marks = ROW + SHOWS * table.shows + FEW * few + signs
    return np.where(there, marks, 0).astype(np.uint8)


def _written(values: Floats) -> Floats:
    return as_written(values.ravel()).reshape(values.shape)


def _whole(values: Floats) -> Floats:
    return np.rint(values)


def _classes(values: Floats, reading: Reading) -> Bytes:
    return _small(classify(values.ravel(), reading.limits).reshape(values.shape))


def _small(numbers: Floats | NDArray[np.int64] | NDArray[np.uint32]) -> Bytes:
    """Return numbers below NONE as bytes; what is none or negative, or too large, is NONE."""
    known = (numbers >= 0) & (numbers < NONE)
    return np.where(known, numbers, NONE).astype(np.uint8)


def _places_in(values: Floats, found: Floats) -> NDArray[np.uint32]:
    """Return where each of ``found`` stands in ``values``; their number where it is NaN."""
    return np.searchsorted(values, found).astype(np.uint32)
