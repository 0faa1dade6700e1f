"""How long reading every neighbourhood takes, as a ratio to downloading and parsing alone.

    make bench BENCHMARKS=open_data

A server on this machine plays PDOK with 14,700 buurten, 3,400 wijken and 342 gemeenten, each with
a border of 60 corners and 120 properties. In one run, in turns and each in a fresh process: the
bare download of every page with ``json.loads``, and the source ``pdok_neighbourhoods`` with its
cache, figures and border files. Prints both medians, their ratio and the most memory.
"""

import json
import math
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

from opendata import source_named
from opendata.contract import UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher
from opendata.http.network import Network
from opendata.left_out import MISSING

YEAR, PER_PAGE, ROUNDS = 2025, 1000, 7
GEMEENTEN, WIJKEN, BUURTEN = 342, 3_400, 14_700
CORNERS, PROPERTIES = 60, 120
LEVELS = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt"}
PATH = f"api.pdok.nl/cbs/wijken-en-buurten-{YEAR}/ogc/v1/collections"


@cache
def codes(collection: str) -> list[str]:
    """Return codes that lie within one another."""
    gemeenten = [f"{n:04d}" for n in range(1, GEMEENTEN + 1)]
    wijken = [f"{gemeenten[n % GEMEENTEN]}{n // GEMEENTEN:02d}" for n in range(WIJKEN)]
    buurten = [f"{wijken[n % WIJKEN]}{n // WIJKEN:02d}" for n in range(BUURTEN)]
    prefix, found = {
        "gemeenten": ("GM", gemeenten),
        "wijken": ("WK", wijken),
        "buurten": ("BU", buurten),
    }[collection]
    return [prefix + code for code in found]


def feature(level: str, code: str, number: int) -> dict[str, object]:
    """Return an area as PDOK writes one."""
    x, y = 4 + number % 120 / 40, 51.5 + number // 120 / 60
    ring = [
        [round(x + math.cos(turn) / 99, 7), round(y + math.sin(turn) / 99, 7)]
        for turn in (2 * math.pi * n / CORNERS for n in range(CORNERS))
    ]
    others = {f"percentage_of_something_else_{n}": n % 7 for n in range(PROPERTIES)}
    own = {"aantal_inwoners": number, "aantal_bedrijfsvestigingen": -99997}
    land = {"woningvoorraad": 5, "oppervlakte_land_in_ha": 12.5}
    names = {f"{level}code": code, f"{level}naam": f"Naam {number}", "water": "NEE"}
    return {
        "type": "Feature",
        "id": number,
        "properties": {**names, "jaarcode": YEAR, **own, **land, **others},
        "geometry": {"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]},
    }


@cache
def page(collection: str, start: int) -> bytes:
    """Return one page as it is sent."""
    listed = codes(collection)
    chosen = listed[start : start + PER_PAGE]
    features = [feature(LEVELS[collection], c, start + n) for n, c in enumerate(chosen)]
    links = []
    if start + PER_PAGE < len(listed):
        href = f"https://{PATH}/{collection}/items?cursor={start + PER_PAGE}&f=json&limit=1000"
        links = [{"rel": "next", "href": href}]
    content = {"type": "FeatureCollection", "links": links, "features": features}
    return json.dumps({**content, "numberReturned": len(features)}).encode()


class Pages(BaseHTTPRequestHandler):
    """Answers pages."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        start = int(dict(parse_qsl(parts.query)).get("cursor", "0"))
        body = page(parts.path.split("/")[-2], start)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(ready: Connection) -> None:
    """Make every page beforehand, then serve."""
    for collection in LEVELS:
        for start in range(0, len(codes(collection)), PER_PAGE):
            page(collection, start)
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        ready.send(server.server_port)
        server.serve_forever()


def bare(mirror: str) -> int:
    """Download and parse every page, one after the other."""
    count, session = 0, requests.Session()
    for collection in LEVELS:
        url: str | None = f"{mirror}/{PATH}/{collection}/items?f=json&limit=1000"
        while url:
            content = json.loads(session.get(url, timeout=60).content)
            count += len(content["features"])
            links = [link["href"] for link in content["links"]]
            url = links[0].replace("https:/", mirror) if links else None
    return count


def source(mirror: str) -> int:
    """Read the source, cache and border files included."""
    with tempfile.TemporaryDirectory() as folder:
        fetcher = HttpFetcher(Cache(Path(folder)), Network(mirror=mirror, pause=0))
        brought = source_named("pdok_neighbourhoods").fetch(
            fetcher, UpdateRequest(YEAR, date(YEAR, 1, 1))
        )
        missing = dict(brought.left_out)[MISSING]
        return (len(brought.figures) + missing) // 4


def timed(read: Callable[[str], int], mirror: str, results: Connection) -> None:
    """Send seconds and the peak of memory (MB) of one reading to ``results``."""
    start = time.perf_counter()
    count = read(mirror)
    seconds = time.perf_counter() - start
    if count != GEMEENTEN + WIJKEN + BUURTEN:
        raise AssertionError(count)
    results.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measured(read: Callable[[str], int], mirror: str) -> tuple[float, float]:
    """Return seconds and MB of one reading in a fresh process."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=timed, args=(read, mirror, sender)
    )
    process.start()
    found: tuple[float, float] = receiver.recv()
    process.join()
    return found


def main() -> dict[str, float]:
    """Measure both in turns and print and return the ratio."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(sender,), daemon=True)
    server.start()
    mirror = f"http://127.0.0.1:{receiver.recv()}"
    rounds = [(measured(bare, mirror), measured(source, mirror)) for _ in range(ROUNDS)]
    server.terminate()
    for name, found in zip(("bare", "source"), zip(*rounds, strict=True), strict=True):
        seconds, memory = zip(*found, strict=True)
        print(f"{name}: {statistics.median(seconds):.2f} s, at most {max(memory):,.0f} MB")
    ratios = [after[0] / before[0] for before, after in rounds]
    ratio = statistics.median(ratios)
    print(f"ratio: {ratio:.2f} (rounds {', '.join(f'{r:.2f}' for r in ratios)})")
    return {"reading every neighbourhood, to downloading and parsing": ratio}
