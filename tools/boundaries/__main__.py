"""`python -m tools.boundaries`: make data/boundaries and data/places again, byte for byte."""

from pathlib import Path

import geopandas

from geo import surroundings
from tools.boundaries import georeference, naming, places, raster, riec, sources, vector, writing

DATA = Path(__file__).parents[2] / "data"
FILES = ("ATTRIBUTION.txt", "gemeenten.geojson", "riec.geojson", "surroundings.wkt")


def gemeenten() -> geopandas.GeoDataFrame:
    """The 342 municipalities: code, name, riec, geometry (EPSG:4326, six decimals)."""
    table = riec.municipalities()
    pieces = raster.read_pieces(sources.municipality_image())
    outline = georeference.cbs_outline(sources.outline_chart())
    grid = georeference.fit(pieces, outline)
    codes = naming.official_codes(sources.official_names())
    differing = [(code, name) for code, name, _ in table if codes[name] != int(code[2:])]
    if differing:
        raise SystemExit(f"riec.csv disagrees with the official names: {differing}")
    points = naming.votes(sources.geonames_with_municipality())
    shapes = vector.polygons(naming.named(pieces, grid, points, codes), grid)
    if {int(code[2:]) for code, _, _ in table} != set(shapes):
        raise SystemExit("the image and riec.csv do not hold the same municipalities")
    frame = geopandas.GeoDataFrame(
        table,
        columns=["code", "name", "riec"],
        geometry=[shapes[int(code[2:])] for code, _, _ in table],
        crs=28992,
    )
    writing.refuse_faults(frame, len(table))
    print(f"{pieces.count} pieces, {len(frame)} municipalities, {grid}")
    print(f"{frame.area.sum() / 1e6:,.0f} km2; CBS outline {outline.area / 1e6:,.0f} km2")
    return writing.rounded_wgs84(frame)


def main() -> None:
    """Write the two border files, the places, and their checksums."""
    borders, settled = DATA / "boundaries", DATA / "places"
    areas = gemeenten()
    writing.refuse_faults(areas, 342)
    regions = riec.dissolved(areas)
    writing.refuse_faults(regions, 10)
    writing.write_geojson(areas, borders / "gemeenten.geojson")
    writing.write_geojson(regions, borders / "riec.geojson")
    around = surroundings.surroundings(areas.to_crs(28992))
    surroundings.FILE.write_text(f"{around}\n", encoding="ascii")
    table = places.placed(places.read(sources.geonames_with_population()), areas)
    table.to_csv(settled / "places.csv", index=False, lineterminator="\n")
    writing.write_checksums(
        borders / "README.md",
        [borders / name for name in FILES],
    )
    writing.write_checksums(
        settled / "README.md", [settled / name for name in ("gateways.csv", "places.csv")]
    )
    print(f"{len(table):,} places, {table['population'].sum():,} inhabitants")


if __name__ == "__main__":
    main()
