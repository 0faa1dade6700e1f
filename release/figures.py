"""All figures of a release while it is built: on disk, for they do not fit in memory together.

They come an indicator at a time, are scored a window of a level at a time, and then votes are dated
an indicator at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from release.unlikeliness import CHANCE
from store.release import Figure

KEYS = ("indicator_id", "level", "period_id", "area_id")
LATER = ("contribution", "vote")
"""What is known of a figure only once all indicators are there."""

TYPES = {
    column.name: "DOUBLE" if column.nullable or column.type.python_type is float else "INTEGER"
    for column in Figure.__table__.columns
} | {CHANCE: "DOUBLE"}
MEASURED = [name for name in TYPES if name not in (*LATER, CHANCE)]
BY_KEYS = ", ".join(KEYS)


@dataclass(frozen=True)
class Figures:
    """Figures in a database ``con``; iterating gives what is published, an indicator at a time.

    Each frame has the columns of ``store.release.Figure``, in the order of its keys.
    """

    con: duckdb.DuckDBPyConnection

    def add(self, frame: pd.DataFrame) -> None:
        """Add the figures of one indicator: MEASURED and CHANCE."""
        self._add("figure", [*MEASURED, CHANCE], frame)

    def keep_scored(self, frame: pd.DataFrame) -> None:
        """Add contributions, and which figures have a vote; ``frame`` has KEYS."""
        self._add("scored", [*KEYS, *LATER], frame)

    def keep_votes(self, frame: pd.DataFrame) -> None:
        """Add since when some figures have a vote; ``frame`` has KEYS."""
        self._add("voted", [*KEYS, "vote"], frame)

    def voted(self) -> Iterator[pd.DataFrame]:
        """Give which figures have a vote, with KEYS, an indicator at a time."""
        for number in self.distinct("indicator_id"):
            yield self._of(number, f"SELECT {BY_KEYS}, vote FROM scored")

    def _add(self, table: str, names: Sequence[str], frame: pd.DataFrame) -> None:
        columns = ", ".join(f"{name} {TYPES[name]}" for name in names)
        self.con.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        self.con.register("found", frame)
        self.con.execute(f"INSERT INTO {table} SELECT {', '.join(names)} FROM found")
        self.con.unregister("found")

    def distinct(self, column: str, where: str = "true") -> list[int]:
        """Return the values of a column, each once."""
        query = f"SELECT DISTINCT {column} FROM figure WHERE {where} ORDER BY 1"
        return [int(value) for (value,) in self.con.execute(query).fetchall()]

    def at(
        self, columns: Sequence[str], periods: Sequence[int], levels: Sequence[int]
    ) -> pd.DataFrame:
        """Return KEYS and ``columns`` of all indicators at some levels in some periods."""
        found: pd.DataFrame = self.con.execute(
            f"SELECT {', '.join([*KEYS, *columns])} FROM figure"
            " WHERE list_contains(?, level) AND list_contains(?, period_id)"
            f" ORDER BY {BY_KEYS}",
            [list(levels), list(periods)],
        ).df()
        return found

    def __iter__(self) -> Iterator[pd.DataFrame]:
        measured = ", ".join(f"figure.{name}" for name in MEASURED)
        joined = "".join(f" LEFT JOIN {table} USING ({BY_KEYS})" for table in ("scored", "voted"))
        for number in self.distinct("indicator_id"):
            query = f"SELECT {measured}, contribution, voted.vote FROM figure{joined}"
            yield self._of(number, query)

    def _of(self, number: int, query: str) -> pd.DataFrame:
        ordered = f"{query} WHERE indicator_id = ? ORDER BY {BY_KEYS}"
        found: pd.DataFrame = self.con.execute(ordered, [number]).df()
        return found
