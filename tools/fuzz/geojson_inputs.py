"""GeoJSON border files with odd values, odd shapes and deep nesting, and damage in their text."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tools.fuzz.mutating import mutated
from tools.fuzz.texts import any_text, encodable

Json = Any
LITERALS = (
    *("NaN", "Infinity", "-Infinity", "1e400", "-1e-400", "0x1", "01", "1.", "'x'", "undefined"),
    *(
        '"\\ud800"',
        '"\\u0000"',
        "9" * 400,
        "[" * 2_000,
        "{" * 50,
        "]" * 5,
        '{"a":1,"a":2}',
        "/**/1",
    ),
)
NAMES = ("wijkcode", "wijknaam", "statcode", "water", "jaarcode", "code", "name", "WIJKCODE")
TYPES = ("Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection", "MultiPoint", "x")


def square(number: int) -> list[list[list[float]]]:
    """Return the rings of a square kilometre in Rotterdam, in degrees."""
    west, south = 4.40 + number % 10 * 0.015, 51.90 + number // 10 * 0.01
    east, north = west + 0.014, south + 0.009
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def collection(count: int) -> Json:
    """Return a sound file of ``count`` wijken."""
    return {
        "type": "FeatureCollection",
        "name": "wijken",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "wijkcode": f"WK0599{n:02}",
                    "wijknaam": f"Wijk {n}",
                    "water": "NEE",
                },
                "geometry": {"type": "Polygon", "coordinates": square(n)},
            }
            for n in range(count)
        ],
    }


def _value(chance: Random) -> Json:
    text = encodable(any_text(chance))
    number = chance.choice((0, -1, 2**31, 2**63, 2**70, 1e308, -1e308, 5e-324, 121_500, 52.37))
    nested: Json = text
    for _ in range(chance.choice((1, 2, 40))):
        nested = [nested] if chance.random() < 0.5 else {text[:9]: nested}
    return chance.choice(
        (None, True, False, text, text, number, [], {}, nested, chance.choice(TYPES))
    )


def _feature(chance: Random, data: Json) -> Json:
    """Return one of the features, made whole enough to be spoilt further."""
    feature = chance.choice(data["features"])
    whole = isinstance(feature, dict) and isinstance(feature.get("properties"), dict)
    return feature if whole else {"properties": {}}


def _property(chance: Random, data: Json) -> None:
    name = chance.choice((*NAMES, encodable(any_text(chance))))
    _feature(chance, data)["properties"][name] = _value(chance)


def _every_property(chance: Random, data: Json) -> None:
    name, value = chance.choice(NAMES), _value(chance)
    for feature in data["features"]:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            feature["properties"][name] = value


def _coordinate(chance: Random, data: Json) -> None:
    shape = _feature(chance, data).get("geometry")
    if (
        isinstance(shape, dict)
        and isinstance(shape.get("coordinates"), list)
        and shape["coordinates"]
    ):
        ring = shape["coordinates"][0]
        if isinstance(ring, list) and ring:
            ring[chance.randrange(len(ring))] = chance.choice(
                (
                    [1e308, -1e308],
                    [4.4],
                    [4.4, 51.9, 3.0],
                    [4.4, 51.9, 0, 1, 2],
                    [],
                    None,
                    "x",
                    _value(chance),
                )
            )


def _shape(chance: Random, data: Json) -> None:
    rings = square(chance.randrange(40))
    kinds: tuple[Json, ...] = (
        None,
        {},
        [],
        {"type": chance.choice(TYPES), "coordinates": rings},
        {"type": "MultiPolygon", "coordinates": [rings, rings]},
        {"type": "Polygon", "coordinates": [ring[:2] for ring in rings]},
        {"type": "Polygon", "coordinates": [list(reversed(rings[0])), rings[0]]},
        {"type": "Polygon", "coordinates": []},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "coordinates": rings}] * 3,
        },
        {"type": "Polygon", "coordinates": [[[x * 1e6, y] for x, y in rings[0]]]},
    )
    _feature(chance, data)["geometry"] = chance.choice(kinds)


def _top(chance: Random, data: Json) -> None:
    systems = ("urn:ogc:def:crs:EPSG::28992", "EPSG:9999999", "urn:ogc:def:crs:OGC:1.3:CRS84", "x")
    name = {"type": "name", "properties": {"name": chance.choice((*systems, _value(chance)))}}
    key = chance.choice(
        ("crs", "crs", "type", "features", "name", "bbox", "totalFeatures", "transform")
    )
    data[key] = name if key == "crs" else _value(chance)


def _repeat(chance: Random, data: Json) -> None:
    data["features"] += [_feature(chance, data) for _ in range(chance.choice((1, 5, 40)))]


def _deep(chance: Random, data: Json) -> None:
    depth = chance.choice((10, 40, 200, 300))
    shape: Json = {"type": "Polygon", "coordinates": square(1)}
    rings: Json = square(1)
    for _ in range(depth):
        shape, rings = {"type": "GeometryCollection", "geometries": [shape]}, [rings]
    _feature(chance, data)["geometry"] = chance.choice(
        (shape, {"type": "MultiPolygon", "coordinates": rings})
    )


_WAYS: tuple[Callable[[Random, Json], None], ...] = (
    *(_property, _property, _every_property, _every_property, _coordinate, _coordinate, _shape),
    *(_shape, _top, _repeat, _deep),
)


def _text(chance: Random, data: Json) -> str:
    text = json.dumps(data, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.15:
        numbers = [place for place, char in enumerate(text) if char in ":,["]
        place = chance.choice(numbers) + 1
        text = text[:place] + chance.choice(LITERALS) + text[place:]
    return text


def geojson(chance: Random) -> bytes:
    """Return a hostile GeoJSON file."""
    data = collection(chance.choice((1, 3, 12)))
    for _ in range(chance.choice((0, 1, 1, 2))):
        if isinstance(data.get("features"), list) and data["features"]:
            chance.choice(_WAYS)(chance, data)
    encoding = chance.choice(("utf-8",) * 8 + ("utf-16", "utf-8-sig", "latin-1"))
    written = _text(chance, data).encode(encoding, "replace")
    return mutated(chance, written) if chance.random() < 0.3 else written
