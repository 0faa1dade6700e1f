"""A small invented installation, delivered as partners do, that builds within seconds."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from frames import parsed
from numpy.typing import NDArray
from shapely import Polygon
from stored_records import TOWNS, frame_of

import operations.build as build_module
from geo import hexagons
from geo.areas import gemeenten
from geo.coordinates import to_rd
from indicators import CATALOGUE
from intake.receive import receive
from records import KINDS, RecordKind
from records.examples import example_records
from release.placing import Placer
from store.home import Home

TODAY = date(2026, 7, 1)
PARTNER = dict.fromkeys(KINDS, "gemeente:GM0599") | {
    "area_figure": "cbs",
    "business": "kvk",
    "incident": "politie",
    "inspection": "belastingdienst",
    "property_transaction": "kadaster",
    "trade_declaration": "douane",
}

ROTTERDAM = (92_500.0, 437_500.0)
"""Where the records of its gemeente lie, in RD New."""

INDICATORS = ("BD01", "CV01", "DR03", "VG01")


@cache
def _some_land() -> NDArray[np.int64]:
    towns = gemeenten().set_index("code").loc[list(TOWNS[:3])].to_crs("EPSG:4326")
    parts = [part for part in towns.geometry.explode() if isinstance(part, Polygon)]
    return np.unique(np.concatenate([hexagons.cells_within(part) for part in parts]))


def shrink(replace: Callable[[object, str, object], None] = setattr) -> None:
    """Build four indicators, and hexagons in three towns: a build then takes two seconds."""
    shrink_land(replace)
    replace(build_module, "CATALOGUE", {code: CATALOGUE[code] for code in INDICATORS})


def shrink_land(replace: Callable[[object, str, object], None] = setattr) -> None:
    """Build hexagons in three towns, and those with records; every indicator stays.

    Most of a build's time goes to the hexagons of the whole country, whatever was delivered.
    """
    replace(Placer, "land", lambda _: _some_land())


def identifier(kind: str, column: str, number: int) -> str:
    """Return an identifier that occurs nowhere else; firms are shared by every kind."""
    scope = "" if column == "firm_id" else f"{kind}-"
    return f"VERZONNEN-{scope}{column}-{number:06d}"


def records(kind: RecordKind, count: int, seed: int = 1) -> pd.DataFrame:
    """Return records as a partner has them: identifiers, and x and y in RD New."""
    rng = np.random.default_rng([seed, len(kind.name)])
    if not kind.located:
        codes = gemeenten()["code"].head(count)
        return pd.DataFrame(
            {
                "figure": "inhabitants",
                "level": "gemeente",
                "area": codes,
                "date": pd.Timestamp("2024-01-01"),
                "months": 0,
                "value": rng.integers(5_000, 500_000, len(codes)),
                "source": "VERZONNEN bron",
            }
        )
    frame = frame_of(kind, rng, count)
    for column in kind.pseudonymised:
        own = column in kind.key
        numbers = np.arange(count) if own else rng.integers(0, max(count // 6, 1), count)
        frame[column] = [identifier(kind.name, column, int(n)) for n in numbers]
    if kind.name == "business":
        frame["dissolved"] = frame["dissolved"].where(frame["dissolved"] <= pd.Timestamp(TODAY))
    x, y = to_rd(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    if PARTNER[kind.name].startswith("gemeente:"):
        x, y = rng.normal(ROTTERDAM, 400.0, (count, 2)).T
    return frame.drop(columns=["lon", "lat", "cell"]).assign(x=np.round(x), y=np.round(y))


def as_csv(frame: pd.DataFrame) -> bytes:
    """Return records as a delivered file."""
    written = frame.copy()
    for name in written:
        if pd.api.types.is_datetime64_any_dtype(written[name]):
            written[name] = written[name].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_bool_dtype(written[name]):
            written[name] = written[name].map({True: "ja", False: "nee"})
    return written.to_csv(sep=";", decimal=",", index=False).encode()


def deliver(home: Home, kind: str, frame: pd.DataFrame, folder: Path, name: str = "") -> Path:
    """Take records in, however hard they are to believe; returns the delivered file."""
    file = folder / f"{name or kind}.csv"
    file.write_bytes(as_csv(frame))
    receive(kind, file, PARTNER[kind], home, today=TODAY, confirm=True)
    return file


def fix_keys(home: Home) -> None:
    """Give a home keys that are always the same: they decide the noise, and so what stands out."""
    home.work.mkdir(parents=True, exist_ok=True)
    for file in (home.key_file, home.noise_key_file):
        file.write_text("5eed" * 16, encoding="ascii")


def furnish(home: Home, folder: Path, count: int = 120) -> None:
    """Take in one delivery of every kind."""
    for kind in KINDS.values():
        deliver(home, kind.name, records(kind, count), folder)


def furnish_busy(home: Home, folder: Path) -> None:
    """Take in so many records of INDICATORS that some of their hexagons stand alone."""
    for kind, count in (("business", 900), ("incident", 600)):
        deliver(home, kind, records(KINDS[kind], count), folder)
    deliver(home, "property_transaction", purchases(1_200), folder)


def purchases(count: int) -> pd.DataFrame:
    """Return purchases by private buyers over two years, in the towns of the small home."""
    kind, rng = KINDS["property_transaction"], np.random.default_rng(8)
    frame = records(kind, count)
    told = parsed(kind, example_records(kind, 1)).iloc[0]
    for column in kind.columns:
        if not column.pseudonymised:
            frame[column.name] = told[column.name]
    frame["date"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 730, count), "D")
    frame["mortgage_eur"] = np.where(rng.random(count) < 0.3, 0.0, told["mortgage_eur"])
    return frame.assign(deed="sale", buyer_type="private")
