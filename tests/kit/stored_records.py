"""Small sets of stored records for tests: random points in real gemeenten, as intake keeps them."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from frames import DTYPES, cells_of, parsed

from geo import hexagons
from geo.areas import gemeenten
from records import KINDS, RecordKind
from records.area_figure import FLOWS
from records.examples import example_records
from release.tables import Source

ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
}
PARTNERS = {
    "business": ["kvk"],
    "property_transaction": ["kadaster"],
    "trade_declaration": ["douane"],
    "incident": ["politie", "gemeente", "kmar"],
    "inspection": ["belastingdienst", "fiod"],
}
BRANCHES = (
    *("96021", "49410", "53201", "56101", "62010"),
    *("46723", "47711", "47772", "52101", "64200", "77111"),
)
ALIKE = ["firm_id", "direction", "hs6", "value_eur", "weight_kg", "date"]
"""What a declaration that is handed in twice has in common with the first, but for some days."""

TOWNS = ("GM0363", "GM0599", "GM0518", "GM0344", "GM0983", "GM0014", "GM1680", "GM0060")


def pseudonyms(rng: np.random.Generator, count: int, distinct: int | None = None) -> list[str]:
    salt = rng.integers(0, 2**31)
    numbers = rng.integers(0, distinct, count) if distinct else rng.permutation(count)
    return [sha256(f"{salt}-{n}".encode()).hexdigest()[:32] for n in numbers]


def points(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points scattered around a spot in each of TOWNS, so that hexagons hold several."""
    areas = gemeenten().set_index("code").loc[list(TOWNS)]
    spots = areas.geometry.representative_point().to_crs("EPSG:4326")
    town = rng.integers(0, len(TOWNS), count)
    lon = spots.x.to_numpy()[town] + rng.normal(0, 0.006, count)
    lat = spots.y.to_numpy()[town] + rng.normal(0, 0.004, count)
    return lon, lat


def _dates(rng: np.random.Generator, count: int, first: str, last: str) -> pd.Series:
    days = pd.date_range(first, last)
    picked = pd.Series(days[rng.integers(0, len(days), count)])
    picked.iloc[0], picked.iloc[1] = days[0], days[-1]
    return picked


def _columns(kind: RecordKind, rng: np.random.Generator, count: int) -> dict[str, object]:
    columns: dict[str, object] = {}
    for column in kind.columns:
        if column.pseudonymised:
            spread = None if column.name in kind.key else max(count // 6, 1)
            columns[column.name] = pseudonyms(rng, count, spread)
        elif column.codes:
            columns[column.name] = rng.choice(column.codes, count)
        elif column.type == "boolean":
            columns[column.name] = rng.random(count) < 0.4
        elif column.type == "decimal":
            columns[column.name] = (rng.lognormal(6, 1, count)).round(2)
        elif column.type == "date":
            columns[column.name] = _dates(rng, count, "2024-01-01", "2025-12-31")
        else:
            columns[column.name] = np.repeat(column.example, count)
    return columns


def _keeping_rules(kind: RecordKind, frame: pd.DataFrame) -> pd.DataFrame:
    """Give rows that break a rule of their kind the values of its example, but for identifiers."""
    typed = frame.astype({column.name: DTYPES[column.type] for column in kind.columns})
    broken = ~kind.keeps_rules(cells_of(typed))
    own = [column.name for column in kind.columns if not column.pseudonymised]
    frame.loc[broken, own] = parsed(kind, example_records(kind, 1))[own].iloc[0].tolist()
    return frame


def frame_of(kind: RecordKind, rng: np.random.Generator, count: int) -> pd.DataFrame:
    frame = pd.DataFrame(_columns(kind, rng, count))
    if kind.name == "business":
        frame["sbi"] = rng.choice(BRANCHES, count)
        frame["founded"] = _dates(rng, count, "2015-01-01", "2025-12-31")
        gone = rng.random(count) < 0.2
        frame["dissolved"] = (frame["founded"] + pd.Timedelta(days=400)).where(gone)
    if kind.name == "inspection":
        frame["sbi"] = np.resize(["96021", "49410"], count)
    if kind.name == "property_transaction":
        frame["mortgage_eur"] = np.where(rng.random(count) < 0.3, 0.0, frame["mortgage_eur"])
    if kind.name == "trade_declaration":
        frame["hs6"] = rng.choice(["710812", "070310"], count)
        frame["country"] = "DE"
        frame.loc[::97, "value_eur"] *= 1_000
        frame.loc[1::50, ALIKE] = frame.loc[:, ALIKE].shift().loc[1::50]
        frame.loc[1::50, "date"] += pd.Timedelta(days=10)
    if kind.name == "incident":
        frame["registered"] = frame["date"] + pd.Timedelta(days=2)
    frame = _keeping_rules(kind, frame)
    lon, lat = points(rng, count)
    return frame.assign(lon=lon, lat=lat, cell=hexagons.index_points(lon, lat))


STATES = ("dwellings", "firms", "premises", "premises_vacant")


def area_figures(rng: np.random.Generator) -> pd.DataFrame:
    """Every public flow and some states of every gemeente; addresses around TOWNS."""
    codes = gemeenten()["code"]
    people = pd.DataFrame({"figure": "inhabitants", "area": codes, "date": "2024-01-01"})
    people["value"] = rng.integers(5_000, 500_000, len(codes))
    months = pd.date_range("2024-01-01", "2025-12-01", freq="MS").strftime("%Y-%m-%d")
    flows = pd.MultiIndex.from_product(
        [FLOWS, codes, months], names=["figure", "area", "date"]
    ).to_frame(index=False)
    flows["value"] = rng.poisson(3, len(flows))
    states = pd.MultiIndex.from_product([STATES, codes], names=["figure", "area"])
    stocks = states.to_frame(index=False).assign(date="2024-01-01")
    stocks["value"] = rng.integers(900, 50_000, len(stocks))
    stocks.loc[stocks["figure"] == "premises_vacant", "value"] = rng.integers(1, 90, len(codes))
    lon, lat = points(rng, 600)
    cells = sorted(set(hexagons.to_text(hexagons.index_points(lon, lat))))
    homes = pd.DataFrame({"figure": "addresses", "area": cells, "date": "2023-12-01"})
    homes["value"] = rng.integers(1, 900, len(cells))
    frame = pd.concat([people, flows, stocks, homes], ignore_index=True)
    level = np.where(frame["figure"] == "addresses", "hex9", "gemeente")
    covered = np.where(frame["figure"].isin(FLOWS), 1, 0)
    day = pd.to_datetime(frame["date"])
    return frame.assign(level=level, source="test", date=day, months=covered)


def store(kind: RecordKind, frame: pd.DataFrame, partner: str, path: Path) -> None:
    fields = [pa.field(c.name, ARROW[c.type]) for c in kind.columns]
    if kind.located:
        fields += [pa.field("lon", pa.float64()), pa.field("lat", pa.float64())]
        fields += [pa.field("cell", pa.int64())]
    fields.append(pa.field("partner", pa.string()))
    frame = frame.assign(partner=partner)
    arrays = []
    for field in fields:
        values = frame[field.name]
        if pa.types.is_decimal(field.type):
            cents = pa.array(values.astype(float).map("{:.2f}".format).to_list())
            arrays.append(cents.cast(field.type))
        else:
            arrays.append(pa.Array.from_pandas(values, type=field.type))
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), path)


def write_sources(folder: Path, seed: int = 7, count: int = 3_000) -> list[Source]:
    """Write records of every kind below ``folder`` and return them as the build reads them."""
    rng = np.random.default_rng(seed)
    sources: list[Source] = []
    for kind in KINDS.values():
        if kind.located:
            frame = frame_of(kind, rng, count)
            partners = PARTNERS.get(kind.name, ["gemeente"])
            parts = np.array_split(np.arange(count), len(partners))
            pieces = [(name, frame.iloc[p]) for name, p in zip(partners, parts, strict=True)]
        else:
            pieces = [("cbs", area_figures(rng))]
        for partner, piece in pieces:
            path = folder / kind.name / f"{partner}.parquet"
            store(kind, piece, partner, path)
            sources.append(Source(kind.name, partner, path, len(sources) + 1))
    return sources
