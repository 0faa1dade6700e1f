"""Plays PDOK: collections by OGC API Features, of a small invented country on real soil."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

import shapely
from server import Answer, Reply, Request, Services, as_json

from geo.areas import gemeenten

NEIGHBOURHOODS = "https://api.pdok.nl/cbs/wijken-en-buurten-{year}/ogc/v1/collections/{name}/items"
BORDERS = "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1/collections/{name}/items"
TOWNS = 6
BRANCHES = (
    *("landbouw_bosbouw_visserij", "nijverheid_energie", "handel_en_horeca"),
    *("vervoer_informatie_communicatie", "financieel_onroerend_goed", "zakelijke_dienstverlening"),
    *("overheid_onderwijs_en_zorg", "cultuur_recreatie_overige"),
)
PLURAL = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}

Feature = dict[str, Any]


def collection(address: str, features: Sequence[Feature], per_page: int) -> Answer:
    """Answer pages of features; the cursor is opaque, and only ``jaarcode`` filters."""

    def answer(request: Request) -> Reply:
        wanted = request.query.get("jaarcode")
        chosen = [f for f in features if wanted in (None, str(f["properties"].get("jaarcode")))]
        start = int(request.query.get("cursor", "c0|x").split("|")[0][1:])
        page = chosen[start : start + per_page]
        links = [{"rel": "self", "href": address}]
        if start + per_page < len(chosen):
            query = "".join(f"&{k}={v}" for k, v in request.query.items() if k != "cursor")
            cursor = quote(f"c{start + per_page}|x")
            links.append({"rel": "next", "href": f"{address}?cursor={cursor}{query}"})
        return as_json(
            {
                "type": "FeatureCollection",
                "links": links,
                "numberReturned": len(page),
                "timeStamp": "2026-11-23T12:00:00Z",
                "features": page,
            },
            "application/geo+json",
        )

    return answer


def halves(shape: shapely.Polygon, upright: bool) -> list[shapely.Polygon]:
    west, south, east, north = shape.bounds
    x, y = (west + east) / 2, (south + north) / 2
    boxes = (
        [(west, south, x, north), (x, south, east, north)]
        if upright
        else [(west, south, east, y), (west, y, east, north)]
    )
    return [shapely.box(*box) for box in boxes]


@cache
def _shapes() -> dict[str, dict[str, tuple[str, shapely.Polygon]]]:
    """Return name and shape by level and code: a square in the middle of each real town."""
    found: dict[str, dict[str, tuple[str, shapely.Polygon]]] = {n: {} for n in PLURAL}
    towns = gemeenten().to_crs("EPSG:4326").head(TOWNS)
    for code, name, shape in towns[["code", "name", "geometry"]].itertuples(index=False):
        middle = shape.representative_point()
        box = shapely.box(*middle.buffer(0.02).bounds)
        found["gemeente"][code] = (name, box)
        for w, wijk in enumerate(halves(box, upright=True)):
            found["wijk"][f"WK{code[2:]}{w:02d}"] = (f"Wijk {w} {name}", wijk)
            for b, buurt in enumerate(halves(wijk, upright=False)):
                found["buurt"][f"BU{code[2:]}{w:02d}{b:02d}"] = (f"Buurt {w}{b} {name}", buurt)
    return found


def areas(level: str, year: int, figures: Callable[[int], Feature] | None = None) -> list[Feature]:
    """Return the features of wijken-en-buurten: codes, names, water and key figures."""
    made = []
    for number, (code, (name, shape)) in enumerate(_shapes()[level].items()):
        own = (
            figures(number)
            if figures
            else {
                "aantal_inwoners": 1000 + number,
                "aantal_bedrijfsvestigingen": 100 + number,
                "woningvoorraad": 400 + number,
                "oppervlakte_land_in_ha": 250.0 + number,
                **{f"aantal_bedrijven_{name}": 5 * n for n, name in enumerate(BRANCHES, 1)},
            }
        )
        properties = {
            f"{level}code": code,
            f"{level}naam": name,
            "gemeentecode": f"GM{code[2:6]}",
            "water": "NEE",
            "jaarcode": year,
            **own,
        }
        made.append(feature(properties, shape))
    return made


def water(level: str, year: int, mark: str = "JA") -> Feature:
    """Return a feature that is no Dutch land."""
    digits = {"gemeente": "GM1999", "wijk": "WK199900", "buurt": "BU19990000"}[level]
    properties = {f"{level}code": digits, f"{level}naam": "Water", "water": mark, "jaarcode": year}
    missing = dict.fromkeys(("aantal_inwoners", "aantal_bedrijfsvestigingen"), -99997)
    return feature({**properties, **missing}, shapely.box(4, 53.4, 4.1, 53.5))


def divisions(level: str, year: int) -> list[Feature]:
    """Return the features of gebiedsindelingen of one level and year."""
    police = {f"RE{n:02d}": (f"Eenheid {n}", shapely.box(5, 52, 6, 53)) for n in range(1, 11)}
    return [
        feature(
            {
                "statcode": code,
                "jrstatcode": f"{year}{code}",
                "statnaam": name,
                "rubriek": level,
                "jaarcode": year,
            },
            shape,
        )
        for code, (name, shape) in _shapes().get(level, police).items()
    ]


def feature(properties: Feature, shape: shapely.Polygon) -> Feature:
    return {
        "type": "Feature",
        "id": "x",
        "properties": properties,
        "geometry": shapely.MultiPolygon([shape]).__geo_interface__,
    }


def serve_neighbourhoods(
    services: Services, year: int = 2025, per_page: int = 5, **extra: list[Feature]
) -> None:
    """Serve three collections of a year; ``extra`` features by level."""
    for level, name in PLURAL.items():
        address = NEIGHBOURHOODS.format(year=year, name=name)
        features = [*areas(level, year), *extra.get(level, [])]
        services.serve(address, collection(address, features, per_page))


def serve_borders(
    services: Services, years: Sequence[int] = (2024, 2025), per_page: int = 5
) -> None:
    """Serve the collections of every level, several years in each."""
    for level in (*PLURAL, "regionale_eenheid"):
        address = BORDERS.format(name=f"{level}_gegeneraliseerd")
        features = [f for year in years for f in divisions(level, year)]
        services.serve(address, collection(address, features, 5))
