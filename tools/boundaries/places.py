"""Populated places with their inhabitants and municipality, from GeoNames (CC BY 4.0)."""

import json
from pathlib import Path

import geopandas
import pandas

BY_HAND = Path(__file__).with_name("places_by_hand.csv")
DUTCH_NAMES = {"The Hague": "Den Haag"}
COLUMNS = ["name", "latitude", "longitude", "population", "gemeente"]
NEAR_M = 1000.0


def read(geonames: Path) -> pandas.DataFrame:
    """Name, latitude, longitude, population of every Dutch point that has inhabitants.

    A row set by hand replaces the GeoNames point of the same name at the same spot.
    """
    by_hand = pandas.read_csv(BY_HAND)[COLUMNS[:-1]]
    listed = json.loads(geonames.read_text(encoding="utf-8")).values()
    dutch = pandas.DataFrame([place for place in listed if place["countrycode"] == "NL"])
    dutch = dutch.loc[dutch["population"] > 0, COLUMNS[:-1]].replace({"name": DUTCH_NAMES})
    spot = COLUMNS[:3]
    return pandas.concat([by_hand, dutch]).drop_duplicates(spot).reset_index(drop=True)


def placed(places: pandas.DataFrame, gemeenten: geopandas.GeoDataFrame) -> pandas.DataFrame:
    """Return the places with the code of the municipality that each lies in, or is nearest to.

    The place with most inhabitants comes first. SystemExit when one lies outside all of them.
    """
    points = geopandas.GeoDataFrame(
        places,
        geometry=geopandas.points_from_xy(places["longitude"], places["latitude"]),
        crs=4326,
    ).to_crs(28992)
    areas = gemeenten[["code", "geometry"]].to_crs(28992)
    joined = points.sjoin_nearest(areas, how="left", max_distance=NEAR_M)
    joined = joined.rename(columns={"code": "gemeente"}).sort_values("gemeente")
    joined = joined[~joined.index.duplicated()]
    outside = joined.loc[joined["gemeente"].isna(), "name"]
    if len(outside):
        raise SystemExit(f"places outside every municipality: {', '.join(outside)}")
    order = ["population", "name", "latitude"]
    return joined[COLUMNS].sort_values(order, ascending=[False, True, True])
