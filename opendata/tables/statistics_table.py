"""A table of a statistics service: measures over areas, periods and other dimensions, by name.

Columns and codes are never guessed: the suffix of a column changes every year, keys are padded to
a width of their own, and a filter with another width answers empty with status 200. So columns
are found by their names in the service's own metadata, keys are used as its category tables write
them, and every answer is held against what was asked.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar

import pandas as pd

from errors import shortened
from opendata.contract import SourceFailedError
from opendata.tables.columns import (
    TOTAL,
    WHOLE,
    Category,
    Dimension,
    Kind,
    Measure,
    squeezed,
    without_code,
)

Chosen = Mapping[Dimension, Sequence[Category]]


class StatisticsTable(ABC):
    """One table; ``where`` is what messages call it.

    ``hint`` ends a message about a name that is not there.
    """

    hint: ClassVar[str] = ""

    def __init__(self, where: str) -> None:
        self.where = where
        self._categories: dict[Dimension, tuple[Category, ...]] = {}

    @property
    @abstractmethod
    def measures(self) -> tuple[Measure, ...]:
        """Its columns of figures."""

    @property
    @abstractmethod
    def dimensions(self) -> tuple[Dimension, ...]:
        """Its dimensions."""

    @abstractmethod
    def _read_categories(self, dimension: Dimension) -> list[Category]: ...

    @cached_property
    def areas(self) -> Dimension:
        """The dimension of areas."""
        return self._of_kind("area")

    @cached_property
    def periods(self) -> Dimension | None:
        """The dimension of periods, or None in a table of one moment."""
        return next((d for d in self.dimensions if d.kind == "period"), None)

    def has_one(self, name: str, group: str = "") -> bool:
        """Return whether exactly one measure has this name."""
        return len(self._measures_named(name, group)) == 1

    def has_any(self, name: str, group: str = "") -> bool:
        """Return whether at least one measure has this name."""
        return len(self._measures_named(name, group)) > 0

    def measure(self, name: str, group: str = "", unit: str = "") -> Measure:
        """Return the measure of a name, in a unit and below a group that begins so, if given.

        Names are compared by letters and digits alone, with titles and with keys without their
        suffix. SourceFailedError when there is none, more than one, or another unit.
        """
        found = self._measures_named(name, group)
        wanted = f"'{name}'" + (f" below '{group}'" if group else "")
        if len(found) != 1:
            what = f"{len(found)} columns {wanted}" if found else f"no column {wanted}"
            known = "; ".join(
                " / ".join((*(m.groups or ()), m.title)) for m in found or self.measures
            )
            raise SourceFailedError(
                f"{self.where} has {what}; is it renamed? It has: {shortened(known, 2_000)}."
                + self.hint
            )
        said = found[0].unit
        if unit and said is not None and squeezed(said) != squeezed(unit):
            raise SourceFailedError(f"{self.where}: {wanted} is in '{said}', expected '{unit}'.")
        return found[0]

    def dimension(self, name: str) -> Dimension:
        """Return the dimension of a name; SourceFailedError names those that there are."""
        for dimension in self.dimensions:
            if squeezed(name) in (squeezed(dimension.title), squeezed(dimension.key)):
                return dimension
        known = ", ".join(d.title for d in self.dimensions)
        raise SourceFailedError(f"{self.where} has no dimension '{name}', but: {known}.")

    def categories(self, dimension: Dimension) -> tuple[Category, ...]:
        """Return the categories of a dimension, with keys as the service writes them."""
        if dimension not in self._categories:
            read = self._read_categories(dimension)
            if len({category.key for category in read}) < len(read):
                raise SourceFailedError(
                    f"{self.where}: its list of '{dimension.title}' has codes twice."
                )
            self._categories[dimension] = tuple(read)
        return self._categories[dimension]

    def category(self, dimension: Dimension, name: str) -> Category:
        """Return the category with this code or title (a code before a title is not read).

        SourceFailedError when there is none, or more than one.
        """
        there = self.categories(dimension)
        if name == TOTAL:
            forms = ([c for c in there if form.fullmatch(c.code)] for form in WHOLE)
            found = next(filter(None, forms), [])
        else:
            found = [c for c in there if c.code == name] or [
                c for c in there if squeezed(without_code(c.title)) == squeezed(name)
            ]
        if len(found) != 1:
            what = f"{len(found)} categories" if found else "no category"
            known = "; ".join(c.title for c in there)
            raise SourceFailedError(
                f"{self.where} has {what} '{name}' of '{dimension.title}'; is it renamed? It has:"
                f" {shortened(known, 2_000)}.{self.hint}"
            )
        return found[0]

    @abstractmethod
    def rows(self, measures: Sequence[Measure], chosen: Chosen) -> pd.DataFrame:
        """Return a row for each combination of categories that there is.

        ``chosen`` names the categories of some dimensions, of the others all are asked. Columns:
        the key of each dimension, with codes without padding, and the key of each measure, as the
        table gives it. SourceFailedError for a row twice.
        """

    def _of_kind(self, kind: Kind) -> Dimension:
        found = [dimension for dimension in self.dimensions if dimension.kind == kind]
        if len(found) != 1:
            raise SourceFailedError(f"{self.where} has {len(found)} dimensions of {kind}s, not 1.")
        return found[0]

    def _measures_named(self, name: str, group: str) -> list[Measure]:
        wanted, above = squeezed(name), squeezed(group)
        return [
            measure
            for measure in self.measures
            if wanted in (squeezed(measure.title), squeezed(re.sub(r"_\d+$", "", measure.key)))
            and (not above or _below(measure, above))
        ]


def _below(measure: Measure, above: str) -> bool:
    """Return whether a measure stands below a group, or may: where its groups are not known."""
    groups = measure.groups
    return groups is None or any(squeezed(title).startswith(above) for title in groups)
