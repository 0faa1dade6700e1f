"""Do incidents come again near in space soon after? Over the whole country, from exact points."""

import duckdb
import numpy as np

from analysis.near_repeat import Blur, near_repeats
from geo.coordinates import to_rd
from indicators import Indicator
from release.periods import Period
from release.score_hindcast import incident_codes
from store.evidence import rounded
from store.evidence.of_records import DAYS, METRES, NearRepeat

LEAST_EVENTS, MOST_EVENTS = 100, 50_000
"""Pairs grow with the square of the events: of more than the most a random part is looked at."""

SPREAD = 5.0
"""Deviation of the published pairs: more than what one gemeente of few incidents adds."""

LEAST_PAIRS = 5.0
"""A band that expects fewer pairs would show the deviation."""

MASK = 2**63 - 1
SIMULATIONS = 199
SEED = 2026


def near_repeat_rows(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, periods: list[Period]
) -> list[NearRepeat]:
    """Return per band of METRES and DAYS how many times as often pairs occur as by chance.

    For indicators of incidents only, over all periods; [] with fewer than LEAST_EVENTS. By Knox
    (1964), of pairs with a deviation drawn from the keys of the records: so that no pair can be
    counted back. Bands that expect fewer than LEAST_PAIRS are left out. Of more than MOST_EVENTS a
    random part is looked at: both pairs and what is expected shrink alike.
    """
    if not incident_codes({indicator.code: indicator}):
        return []
    months = [period for period in periods if period.kind == "month"]
    rows = con.execute(
        "SELECT i.lon, i.lat, n.date, n.unit FROM (SELECT unit, date FROM"
        f" ({indicator.numerator.sql})) n JOIN incident i ON i.unit = n.unit AND i.date = n.date"
        " WHERE n.date BETWEEN ? AND ? ORDER BY ALL",
        [months[0].start, months[-1].end],
    ).df()
    if len(rows) < LEAST_EVENTS:
        return []
    if len(rows) > MOST_EVENTS:
        rows = rows.sample(MOST_EVENTS, random_state=SEED)
    points = np.column_stack(to_rd(rows["lon"].to_numpy(), rows["lat"].to_numpy()))
    days = (rows["date"] - rows["date"].min()).dt.days.to_numpy(dtype=float)
    blur = Blur(SPREAD, int(rows["unit"].sum()) & MASK)
    found = near_repeats(points, days, METRES, DAYS, SIMULATIONS, SEED, blur)
    return [
        rounded(
            NearRepeat(
                indicator.code,
                metres,
                within,
                ratio=float(found.ratio[i, j]),
                p=float(found.p[i, j]),
            )
        )
        for i, metres in enumerate(METRES)
        for j, within in enumerate(DAYS)
        if found.expected[i, j] >= LEAST_PAIRS
    ]
