"""Public figures of former areas, carried over to the areas of today before they are counted."""

import duckdb
import geopandas as gpd
import pandas as pd

from geo import areas
from geo.code_history import carried
from geo.finer_history import division_years
from geo.matching import matches
from release.placing import FINE, Placer

OWN = (
    *("figure", "level", "area", "date", "months", "value", "source"),
    *("partner", "received", "sequence"),
)


def carry_over(con: duckdb.DuckDBPyConnection, placer: Placer) -> pd.DataFrame:
    """Rewrite ``raw_area_figure`` on the areas in use, and return what could not be carried over.

    A delivery follows one division of the country; of two figures of the same area and day the
    one delivered last stands. What was lost comes with its reason (of ``geo.code_history``).
    """
    columns = ", ".join(OWN)
    delivered = con.execute(
        f"SELECT {columns} FROM raw_area_figure ORDER BY sequence DESC, row"
    ).df()
    delivered["value"] = delivered["value"].astype(float)
    in_use = {
        level: placer.layers[level]["code"].tolist() for level in FINE if level in placer.layers
    }
    years, matched = _finer(delivered, placer)
    result = carried(delivered, in_use, years, matched)
    con.register("carried", result.figures)
    con.execute(
        "CREATE OR REPLACE TABLE raw_area_figure AS SELECT row_number() OVER (ORDER BY figure,"
        " level, area, date, months, partner, source, value) AS row, * FROM (SELECT figure, level,"
        " area, date::DATE AS date, months::BIGINT AS months, value::DECIMAL(18,2) AS value,"
        " source, partner, received::DATE AS received, sequence FROM carried QUALIFY row_number()"
        " OVER (PARTITION BY figure, level, area, date, months"
        " ORDER BY sequence DESC, value, partner, source) = 1)"
    )
    con.unregister("carried")
    return result.lost


def _finer(
    delivered: pd.DataFrame, placer: Placer
) -> tuple["pd.Series[int]", dict[int, pd.DataFrame]]:
    """Return the year whose division each figure follows, and what became of such years.

    The year is 0 where no borders of another year are kept, or those in use fit.
    """
    followed = pd.Series(0, index=delivered.index)
    found: dict[int, list[pd.DataFrame]] = {}
    for sheet in areas.installed(placer.folder):
        files = areas.former_borders(sheet.level, placer.folder)
        now, own = placer.layers[sheet.level], delivered[delivered["level"] == sheet.level]
        if not files or own.empty:
            continue
        codes = {y: pd.read_parquet(file, columns=["code"])["code"] for y, file in files.items()}
        years = division_years(own, codes | {sheet.year: now["code"]})
        here = own[(years == sheet.year) & (own["figure"] == "inhabitants")]
        people = here.sort_values(["date", "sequence"]).groupby("area")["value"].last()
        followed[own.index] = years.where(years != sheet.year, 0)
        for year in sorted(set(years) - {sheet.year}):
            former = gpd.read_parquet(files[year])
            found.setdefault(year, []).append(matches(former, now, dict(people)))
    return followed, {year: pd.concat(parts) for year, parts in found.items()}
