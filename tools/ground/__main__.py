"""`python -m tools.ground`: make data/ground again, byte for byte."""

import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import shapely
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from tools.boundaries.writing import write_checksums
from tools.ground import archives
from tools.ground.land import neighbours, surroundings
from tools.ground.lines import Network, Shapes
from tools.ground.postcodes import placed

DATA = Path(__file__).parents[2] / "data"
GROUND = DATA / "ground"

ROADS_WITHIN_M, WAYS_WITHIN_M = 40_000, 120_000
"""How far abroad roads are drawn, and how far ways between places may lead."""

BUSY = 0.004
"""The part of all ways between two places from which a road is a main one."""

LARGE, LARGE_ABROAD = 15_000, 100_000
"""Inhabitants of a place between which ways are sought."""

ABROAD, NAMED_WITHIN_M = 60_000, 100_000
"""Inhabitants of a place abroad that is named on the map, and how far from the Netherlands."""

DUTCH_NAMES = {
    "Aachen": "Aken",
    "Antwerp": "Antwerpen",
    "Brussels": "Brussel",
    "Cologne": "Keulen",
    "Köln": "Keulen",
    "Ghent": "Gent",
    "Liège": "Luik",
    "Namur": "Namen",
}
"""What places abroad are called in Dutch, where that is another name."""


def roads(gemeenten: geopandas.GeoDataFrame, places: list[dict[str, Any]]) -> dict[str, Shapes]:
    """Return main and other roads: main ones lie on many shortest ways between large places."""
    graph, nodes = archives.network("world_highways")
    near = surroundings(gemeenten, WAYS_WITHIN_M)
    every = Network(graph, nodes, near)
    large = [p for p in places if p["population"] >= _least(p)]
    points = np.array([[p["longitude"], p["latitude"]] for p in large], float)
    points = points[shapely.contains_xy(near, points)]
    main = every.used(points) > BUSY * len(points) ** 2
    drawn = shapely.contains_xy(surroundings(gemeenten, ROADS_WITHIN_M), every.points)
    here = drawn[every.ends].any(axis=1)
    return {"road": every.strokes(main & here), "minor_road": every.strokes(~main & here)}


def _least(place: dict[str, Any]) -> int:
    return LARGE if place["countrycode"] == "NL" else LARGE_ABROAD


def main() -> None:
    """Write the lines and the land, the places abroad, and their checksums."""
    gemeenten = geopandas.read_file(DATA / "boundaries" / "gemeenten.geojson")
    places = archives.places()
    lines = roads(gemeenten, places)
    graph, nodes = archives.network("world_railways")
    rail = Network(graph, nodes, surroundings(gemeenten, ROADS_WITHIN_M))
    lines["rail"] = rail.strokes(np.ones(len(rail.ends), bool))
    features = [_feature("land", neighbours(gemeenten))]
    features += [_feature(kind, _rounded(found)) for kind, found in lines.items()]
    text = ",\n".join(features)
    file = GROUND / "ground.geojson"
    file.write_text(
        f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n', encoding="utf-8", newline="\n"
    )
    table = abroad(places, surroundings(gemeenten, NAMED_WITHIN_M))
    table.to_csv(GROUND / "abroad.csv", index=False, lineterminator="\n")
    dutch = pandas.read_csv(DATA / "places" / "places.csv")
    codes = placed(archives.postcodes(), dutch, gemeenten)
    codes.to_csv(GROUND / "postcodes.csv", index=False, lineterminator="\n")
    names = ("ATTRIBUTION.txt", "abroad.csv", file.name, "postcodes.csv")
    write_checksums(GROUND / "README.md", [GROUND / name for name in names])
    counts = {kind: len(found) for kind, found in lines.items()}
    print(f"{counts}, {len(table)} places abroad, {len(codes)} postcodes")


def _feature(kind: str, found: BaseGeometry) -> str:
    geometry = shapely.geometry.mapping(found)
    feature = {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}
    return json.dumps(feature, separators=(",", ":"))


def _rounded(lines: Shapes) -> BaseGeometry:
    rounded = shapely.transform(lines, lambda corners: np.round(corners, 3))
    return shapely.normalize(MultiLineString(list(rounded)))


def abroad(places: list[dict[str, Any]], near: BaseGeometry) -> pandas.DataFrame:
    """Return the large places outside the Netherlands but ``near`` it, the largest first."""
    table = pandas.DataFrame(places)
    inside = shapely.contains_xy(near, table[["longitude", "latitude"]].to_numpy())
    kept = table[inside & (table["countrycode"] != "NL") & (table["population"] >= ABROAD)]
    columns = ["name", "latitude", "longitude", "population"]
    named = kept[columns].replace({"name": DUTCH_NAMES})
    return named.sort_values(["population", "name"], ascending=[False, True])


if __name__ == "__main__":
    main()
