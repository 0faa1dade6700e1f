"""Reads a collection of a service by OGC API Features (OGC 17-069r4), page by page.

Only the columns that are wanted are kept, and borders become shapes at once, so that no more than
one page of text is in memory.
"""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode, urlsplit

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from errors import shortened
from geo.coordinates import DEGREES
from opendata.contract import Fetcher, SourceFailedError

PER_PAGE = 1000
MOST_PAGES = 1000


@dataclass(frozen=True)
class _Page:
    rows: dict[str, list[Any]]
    shapes: NDArray[np.object_]
    following: str | None


def read_collection(
    fetcher: Fetcher, address: str, query: dict[str, str], wanted: Sequence[str]
) -> gpd.GeoDataFrame:
    """Return every feature of the collection at ``address``: columns of ``wanted``, geometry.

    Columns that no feature has are absent; a feature without a border has an empty one. Raises
    SourceFailedError for an answer that is no page of the collection, and for no features at all.
    """
    pages = list(_pages(fetcher, address, query, wanted))
    rows = {name: list(chain.from_iterable(p.rows[name] for p in pages)) for name in wanted}
    shapes = np.concatenate([page.shapes for page in pages])
    if not len(shapes):
        raise SourceFailedError(f"{address} has no features: expected some thousands of areas.")
    frame = pd.DataFrame({n: pd.Series(v, dtype=object) for n, v in rows.items()})
    there = [name for name in wanted if frame[name].notna().any()]
    return gpd.GeoDataFrame(frame[there], geometry=shapes, crs=DEGREES)


def _pages(
    fetcher: Fetcher, address: str, query: dict[str, str], wanted: Sequence[str]
) -> Iterator[_Page]:
    url: str | None = f"{address}?{urlencode({'f': 'json', **query, 'limit': PER_PAGE})}"
    seen: set[str] = set()
    while url:
        if url in seen or len(seen) == MOST_PAGES:
            raise SourceFailedError(f"{address} has no last page.")
        seen.add(url)
        parsed: list[_Page] = []
        fetcher.get(url, lambda body: parsed.append(_page(address, body, wanted)))  # noqa: B023
        yield parsed[0]
        url = parsed[0].following


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, through what has no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def _page(address: str, body: bytes, wanted: Sequence[str]) -> _Page:
    """Return a page; SourceFailedError when the body is anything else."""
    try:
        content = json.loads(body)
        features = content["features"]
        if content["type"] != "FeatureCollection":
            raise ValueError(f"a {content['type']}")
        said = content.get("numberReturned", len(features))
        if said != len(features):
            raise ValueError(f"{len(features)} features where it says {said}")
        rows = {name: [f["properties"].get(name) for f in features] for name in wanted}
        shapes = _shapes([feature["geometry"] for feature in features])
        return _Page(rows, shapes, _following(address, content.get("links", [])))
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as odd:
        found = f"{type(odd).__name__}: {odd}" if not isinstance(odd, ValueError) else str(odd)
        begin = shortened(body[:60].decode("utf-8", "replace"))
        raise SourceFailedError(
            f"{address} gave something else than a page of features ({shortened(found, 120)}; it "
            f"begins with {begin})."
        ) from None


def _following(address: str, links: list[dict[str, str]]) -> str | None:
    """Return the address of the next page: of the same collection, or there is none."""
    found = next((link["href"] for link in links if link["rel"] == "next"), None)
    if found is not None:
        here, there = urlsplit(address), urlsplit(found)
        if (here.scheme, here.netloc, here.path) != (there.scheme, there.netloc, there.path):
            raise ValueError(f"a next page elsewhere, at {found}")
    return found


def _shapes(geometries: list[dict[str, Any] | None]) -> NDArray[np.object_]:
    """Return polygons and multipolygons as multipolygons, all at once."""
    corners: list[list[float]] = []
    rings, polygons, shapes = [0], [0], [0]
    for geometry in geometries:
        for polygon in _polygons(geometry):
            for ring in polygon:
                corners.extend(ring)
                rings.append(len(corners))
            polygons.append(len(rings) - 1)
        shapes.append(len(polygons) - 1)
    points = _points(corners)
    offsets = tuple(np.array(ends) for ends in (rings, polygons, shapes))
    found: NDArray[np.object_] = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, points, offsets
    )
    return found


def _points(corners: list[list[float]]) -> NDArray[np.float64]:
    """Return x and y of corners; a height is dropped."""
    sizes = set(map(len, corners)) or {2}
    if sizes not in ({2}, {3}):
        raise ValueError(f"corners of {sorted(sizes)} numbers: expected 2 each, or 3 each")
    numbers = np.fromiter(chain.from_iterable(corners), dtype=float)
    return numbers.reshape(len(corners), sizes.pop())[:, :2]


def _polygons(geometry: dict[str, Any] | None) -> list[list[list[list[float]]]]:
    if geometry is None:
        return []
    parts: list[list[list[list[float]]]] = geometry["coordinates"]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} where a polygon belongs")
    return parts if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
