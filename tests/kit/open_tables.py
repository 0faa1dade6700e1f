"""The build's tables of public figures, of a small invented country, without a build."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from release.area_figures import area_tables
from release.look_tables import period_table
from release.periods import Period, calendar_of

COUNTRY = 1
RIECS = (11, 12)
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)


@dataclass(frozen=True)
class PublicFigure:
    """One public figure of the area with number ``area`` of a level, or of cell ``area``."""

    figure: str
    level: str
    area: int
    date: str
    value: float
    months: int = 0
    source: str = "CBS"


@dataclass(frozen=True)
class Cell:
    """A hexagon on land, or (``small``) an area that holds the centre of none."""

    number: int
    gemeente: int
    wijk: int = 0
    buurt: int = 0
    km2: float = 0.1
    small: bool = False


def riec_of(gemeente: int) -> int:
    """Return the region of a gemeente: even ones lie in the first."""
    return RIECS[gemeente % 2] if gemeente else 0


def _places(
    public: Sequence[PublicFigure], cells: Sequence[Cell], inside: dict[int, int]
) -> pd.DataFrame:
    """Return a place for each cell, and one for each area with a figure of its own."""
    rows: list[tuple[str, int, int, int, int]] = [
        ("hex9", c.number, c.gemeente, c.wijk, c.buurt) for c in cells
    ]
    for level, area in sorted({(f.level, f.area) for f in public if f.level != "hex9"}):
        own = {"gemeente": inside.get(area, 0), "wijk": 0, "buurt": 0} | {level: area}
        rows.append((level, area, own["gemeente"], own["wijk"], own["buurt"]))
    frame = pd.DataFrame(rows, columns=["of", "number", "gemeente", "wijk", "buurt"])
    return frame.assign(
        cell=frame["number"].where(frame["of"] == "hex9", 0),
        nederland=COUNTRY,
        riec=frame["gemeente"].map(riec_of),
        place=range(len(frame)),
    )


def country(
    public: Sequence[PublicFigure],
    cells: Sequence[Cell] = (),
    first: date = FIRST,
    last: date = LAST,
    inside: dict[int, int] | None = None,
) -> tuple[duckdb.DuckDBPyConnection, list[Period]]:
    """Return a connection with the tables that indicators read, and the periods.

    ``inside`` names the gemeente in which a wijk or buurt with figures lies; for those of ``cells``
    it is known.
    """
    known = {n: c.gemeente for c in cells for n in (c.wijk, c.buurt) if n}
    places = _places(public, cells, known | (inside or {}))
    keys = zip(places["of"], places["number"], strict=True)
    number = dict(zip(keys, places["place"], strict=True))
    figures = pd.DataFrame([vars(f) for f in public], columns=list(PublicFigure.__annotations__))
    figures["place"] = [number[f.level, f.area] for f in public]
    figures["row"] = range(1, len(figures) + 1)
    spots = pd.DataFrame(
        [("small_area" if c.small else "land", c.number, number["hex9", c.number]) for c in cells],
        columns=["owner", "row", "place"],
    )
    sizes = {c.number: c.km2 for c in cells}
    periods = calendar_of(first, last)
    con = duckdb.connect(config={"threads": 1})
    con.register("sizes", spots.assign(km2=spots["row"].map(sizes)))
    for name, frame in {"figures": figures, "places": places, "spots": spots}.items():
        con.register(name, frame)
    con.execute(
        "CREATE TABLE area_figure AS SELECT row, figure, level, level || area::VARCHAR AS area,"
        " date::DATE AS date, months::BIGINT AS months, value::DECIMAL(18,2) AS value, source,"
        " place FROM figures"
    )
    con.execute("CREATE VIEW raw_area_figure AS SELECT * FROM area_figure")
    con.execute("CREATE TABLE place AS SELECT * FROM places")
    con.execute(
        "CREATE TABLE spot AS SELECT owner::VARCHAR AS owner, row::BIGINT AS row,"
        " place::BIGINT AS place FROM spots"
    )
    con.execute(
        "CREATE TABLE land AS SELECT row AS cell, place, km2::DECIMAL(12,6) AS km2 FROM sizes"
        " WHERE owner = 'land'"
    )
    period_table(con, periods)
    con.execute("CREATE TABLE moments AS SELECT \"end\" AS moment FROM period WHERE kind = 'month'")
    area_tables(con)
    return con, periods
