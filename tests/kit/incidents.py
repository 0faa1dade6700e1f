"""Deliveries of incidents: where each lies, when it was, and under which number."""

import numpy as np
import pandas as pd
from small_home import ROTTERDAM, as_csv

from geo import hexagons
from geo.coordinates import to_lonlat

GRONINGEN = (233_900.0, 582_000.0)


def incidents(
    count: int,
    near: tuple[float, float] = ROTTERDAM,
    prefix: str = "VERZONNEN-",
    first: str = "2025-01-01",
    days: int = 365,
) -> pd.DataFrame:
    """Return incidents in one order of numbers, a few metres from one another, over the days."""
    number = np.arange(count)
    date = pd.Timestamp(first) + pd.to_timedelta(number * days // max(count, 1), unit="D")
    return pd.DataFrame(
        {
            "incident_id": [f"{prefix}{n:06d}" for n in number],
            "type": "drug_waste_dumping",
            "date": date,
            "registered": date,
            "discovery": "tip",
            "x": near[0] + 3.0 * (number % 200),
            "y": near[1] + 2.0 * (number // 200),
        }
    )


def kept(frame: pd.DataFrame) -> pd.DataFrame:
    """Return incidents as intake keeps them; their numbers stay readable."""
    lon, lat = to_lonlat(frame["x"].to_numpy(), frame["y"].to_numpy())
    return frame.assign(lon=lon, lat=lat, cell=hexagons.index_points(lon, lat))


__all__ = ["GRONINGEN", "ROTTERDAM", "as_csv", "incidents", "kept"]
