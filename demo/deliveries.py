"""Writes the example deliveries: what partners would send, invented, with known patterns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from demo.example import Example, make
from demo.expected import patterns
from demo.manifest import Manifest
from demo.period import END, START
from demo.writing import write_csv, write_parquet
from records import kind_named

LIST = "deliveries.csv"
SEED = 2026


@dataclass(frozen=True)
class _Delivery:
    kind: str
    partner: str
    name: str
    frame: pd.DataFrame


def _by_year(kind: str, partner: str, frame: pd.DataFrame, dated: str) -> Iterator[_Delivery]:
    for year, part in frame.groupby(frame[dated].dt.year, sort=True):
        yield _Delivery(kind, partner, str(year), part)


def _by_partner(kind: str, frame: pd.DataFrame, dated: str) -> Iterator[_Delivery]:
    for partner, part in frame.groupby("partner", sort=True):
        if partner == "politie" and kind == "incident":
            yield from _by_year(kind, str(partner), part, dated)
        else:
            yield _Delivery(kind, str(partner), "2023-2026", part)


def _all(example: Example) -> Iterator[_Delivery]:
    """Yield the deliveries in the order in which they are taken in."""
    yield _Delivery("area_figure", "cbs", "adressen-en-bedrijven", example.hexagons)
    yield _Delivery("area_figure", "cbs", "inwoners", example.inhabitants)
    yield _Delivery("area_figure", "fiu", "verdachte-transacties", example.suspicious)
    yield _Delivery("area_figure", "cbs", "open-cijfers", example.open_figures)
    yield _Delivery("area_figure", "bzk", "leefbaarheid", example.livability)
    yield _Delivery("area_figure", "cbs", "kenmerken-voor-de-toets", example.characteristics)
    yield _Delivery("business", "kvk", "vestigingen", example.business)
    yield from _by_year("property_transaction", "kadaster", example.property_transaction, "date")
    yield from _by_year("trade_declaration", "douane", example.trade_declaration, "date")
    yield from _by_partner("incident", example.incident, "registered")
    yield from _by_partner("inspection", example.inspection, "date")


PARQUET = ("business", "trade_declaration")
"""Kinds that are delivered as Parquet with lon and lat; the others as CSV with RD New."""


def _write(delivery: _Delivery, folder: Path) -> str:
    suffix = "parquet" if delivery.kind in PARQUET else "csv"
    file = f"{delivery.partner.replace(':', '-')}_{delivery.kind}_{delivery.name}.{suffix}"
    writer = write_parquet if suffix == "parquet" else write_csv
    writer(delivery.frame, kind_named(delivery.kind), folder / file)
    return file


def write(
    folder: Path,
    seed: int = SEED,
    progress: Callable[[str], None] | None = None,
    scale: float = 1.0,
) -> Manifest:
    """Write the example deliveries, deliveries.csv (kind;file;partner, in intake order) and
    manifest.json into ``folder``, which is made where it does not exist.

    The same seed gives the same bytes. ``scale`` multiplies the volumes of records (not of the
    area figures); the patterns have their numbers at scale 1. ``progress`` hears what is made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    say = progress or (lambda _: None)
    example = make(seed, scale, say)
    say("files")
    lines = ["kind;file;partner"]
    volumes: dict[str, int] = {}
    for delivery in _all(example):
        lines.append(f"{delivery.kind};{_write(delivery, folder)};{delivery.partner}")
        volumes[delivery.kind] = volumes.get(delivery.kind, 0) + len(delivery.frame)
    (folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    manifest = Manifest(seed, (str(START), str(END)), volumes, patterns(example, scale))
    manifest.write(folder)
    return manifest
