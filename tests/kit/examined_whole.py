"""A delivery that is examined, with all its sound records in memory, as tests compare them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from frames import DTYPES
from intake_samples import TODAY

from geo.hexagons import index_points
from intake.examining import Examined, examine
from intake.parsing import Columns
from intake.points import Points
from intake.progress import silent
from records import RecordKind


@dataclass
class Whole:
    """Sound records, gathered from all parts of a delivery, and what was said of it."""

    kind: RecordKind
    parts: list[tuple[Columns, Points | None]] = field(default_factory=list)
    examined: Examined = field(init=False)

    def add(self, columns: Columns, points: Points | None) -> None:
        """Take in more records."""
        self.parts.append((columns, points))

    def clear(self) -> None:
        """Forget the records so far."""
        self.parts.clear()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The records, with the types of pandas."""
        columns = {
            column.name: pa.concat_arrays([part[column.name] for part, _ in self.parts])
            for column in self.kind.columns
        }
        types = {column.name: DTYPES[column.type] for column in self.kind.columns}
        values = {name: values.to_pylist() for name, values in columns.items()}
        return pd.DataFrame(values, dtype=object).astype(types)

    @property
    def points(self) -> Points:
        """Where the records lie."""
        found = [points for _, points in self.parts if points]
        return Points(
            np.concatenate([one.lon for one in found]), np.concatenate([one.lat for one in found])
        )

    @property
    def cells(self) -> np.ndarray[Any, Any]:
        """The hexagons that the records lie in."""
        return index_points(self.points.lon, self.points.lat)


def examine_whole(data: bytes, kind: RecordKind, accept_valid: bool = False) -> Whole:
    """Return the sound records in ``data``; DeliveryRefused as ``examine``."""
    whole = Whole(kind)
    whole.examined = examine(data, kind, TODAY, silent, accept_valid, sink=whole)
    return whole
