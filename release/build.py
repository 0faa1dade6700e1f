"""The build, from accepted deliveries to a published release, in the order it happens."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from errors import WeerbeeldError
from geo import areas
from indicators import CATALOGUE, Indicator
from intake.pseudonyms import existing_key
from release.analysing import analyse
from release.counting import count_indicator
from release.gazetteer import hexagon_areas
from release.periods import Period
from release.placing import Placer
from release.protection import perturbation_table, protect
from release.publishing import Contents, make_current, write_release
from release.scoring import score
from release.tables import Prepared, Source, prepare
from store.engine import work_engine
from store.home import Home
from store.release import SCHEMA
from store.work import Delivery, deliveries, records_path

Say = Callable[[str, int, int], None]
"""Told which step is at hand, how far it is, and of how many."""

ROOMS = ("errors.py", "records", "geo", "indicators", "analysis", "release", "store/release.py")
"""The code that decides what is in a release."""

STEPS = len(CATALOGUE) + 4
MEMORY = "900MB"
THREADS = 2


@dataclass(frozen=True)
class Published:
    """A release: its name, its file, and whether it stood there already."""

    name: str
    path: Path
    fresh: bool


def code_hash() -> str:
    """Return the sha256 of the code that decides what is in a release."""
    root = Path(__file__).resolve().parent.parent
    digest = sha256()
    for room in ROOMS:
        place = root / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def release_name(accepted: list[Delivery], borders: dict[str, str], key: bytes) -> str:
    """Return the name of a release: the hash of its inputs, its key and its code."""
    parts = [f"{d.sequence} {d.kind} {d.partner} {d.sha256}" for d in accepted]
    parts += [f"{name} {digest}" for name, digest in sorted(borders.items())]
    parts += [sha256(key).hexdigest(), code_hash(), SCHEMA]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _connect(home: Home) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": str(home.work / "spill"),
            "preserve_insertion_order": False,
        }
    )


def _figures(
    con: duckdb.DuckDBPyConnection, home: Home, prepared: Prepared, say: Say
) -> tuple[pd.DataFrame, list[tuple[int, int, str, list[float]]]]:
    """Count, protect and analyse every indicator; exact counts go to the work store only."""
    home.counts.mkdir(parents=True, exist_ok=True)
    by_level = prepared.official.groupby("level")["id"]
    ids = {str(level): [int(number) for number in numbers] for level, numbers in by_level}
    frames, breaks = [], []
    for number, (code, indicator) in enumerate(CATALOGUE.items(), start=1):
        say(f"count {code}", number + 1, STEPS)
        exact = count_indicator(con, indicator, ids)
        exact.to_parquet(home.counts / f"{code}.parquet", index=False)
        guarded = protect(
            exact,
            value=indicator.counting == "value",
            share=indicator.share,
            open_below=indicator.denominator.open,
        )
        figures, limits = analyse(guarded, indicator, prepared.periods)
        frames.append(figures.assign(indicator_id=number))
        breaks += [(number, level, kind, values) for (level, kind), values in limits.items()]
    return pd.concat(frames, ignore_index=True), breaks


def _passports() -> list[dict[str, Any]]:
    return [
        {"id": number, "code": code, "passport": passport(indicator)}
        for number, (code, indicator) in enumerate(CATALOGUE.items(), start=1)
    ]


def passport(indicator: Indicator) -> dict[str, Any]:
    """Return what readers may know of an indicator: all but its queries."""
    sheet = asdict(indicator) | {
        "level_names": list(indicator.level_names),
        "reads": list(indicator.reads),
    }
    return {
        name: value for name, value in sheet.items() if name not in ("numerator", "denominator")
    }


def _status(accepted: list[Delivery]) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "kind": delivery.kind,
            "partner": delivery.partner,
            "received": delivery.received_at.date(),
            "rows": delivery.rows,
            "first_date": delivery.first_date,
            "last_date": delivery.last_date,
        }
        for number, delivery in enumerate(accepted, start=1)
    ]


def _contents(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    accepted: list[Delivery],
    prepared: Prepared,
    placer: Placer,
    say: Say,
) -> Contents:
    figures, breaks = _figures(con, home, prepared, say)
    con.close()
    say("score", STEPS - 2, STEPS)
    windows = [period.id for period in prepared.periods if period.kind == "year"]
    figures["contribution"], scores, limits = score(figures, CATALOGUE, windows)
    used = prepared.hexagons[prepared.hexagons["id"].isin(figures["area_id"])]
    places = areas.places().rename(columns={"longitude": "lon", "latitude": "lat"})
    return Contents(
        info=_info(accepted, prepared.periods),
        passports=_passports(),
        periods=[vars(period) for period in prepared.periods],
        areas=pd.concat([prepared.official, hexagon_areas(used, placer)], ignore_index=True),
        figures=figures,
        scores=scores,
        breaks=breaks + [(0, level, "year", values) for level, values in limits.items()],
        deliveries=_status(accepted),
        places=places.assign(id=range(1, len(places) + 1)),
        attributions=areas.attributions(home.boundaries),
    )


def _info(accepted: list[Delivery], periods: list[Period]) -> dict[str, str]:
    invented = [delivery.invented for delivery in accepted]
    return {
        "schema": SCHEMA,
        "built": datetime.now(UTC).date().isoformat(),
        "until": max(period.end for period in periods).isoformat(),
        "invented": "yes" if any(invented) else "no",
        "only_invented": "yes" if all(invented) else "no",
        "perturbation": json.dumps(perturbation_table().round(6).tolist()),
    }


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing."""


def build(home: Home, *, again: bool = False, say: Say = _silent) -> Published:
    """Build and publish a release from the deliveries in ``home``.

    When a release with the same inputs and code exists it is made current and nothing is done,
    unless ``again``. A build that stops halfway leaves the current release as it was.

    Raises WeerbeeldError when nothing was delivered, or nothing with a date.
    """
    accepted = deliveries(work_engine(home)) if home.work_db.exists() else []
    if not accepted:
        raise WeerbeeldError(
            f"Nothing was delivered to {home.root} yet. Take deliveries in with 'weerbeeld "
            "intake', or write and take in invented examples with 'weerbeeld demo --load'."
        )
    key = existing_key(home)
    if key is None:
        raise WeerbeeldError(
            f"The key of the pseudonyms is not in {home.key_file}. Restore it from a backup, or "
            "set WEERBEELD_PSEUDONYM_KEY to the key that the deliveries were taken in with."
        )
    name = release_name(accepted, areas.fingerprint(home.boundaries), key)
    path = home.releases / f"{name}.db"
    if path.exists() and not again:
        make_current(path)
        return Published(name, path, fresh=False)
    sources = [Source(d.kind, d.partner, records_path(home, d), d.sequence) for d in accepted]
    say("place the records", 1, STEPS)
    placer = Placer(home.boundaries)
    with _connect(home) as con:
        prepared = prepare(con, sources, placer, key)
        contents = _contents(con, home, accepted, prepared, placer, say)
    say("publish", STEPS - 1, STEPS)
    write_release(replace(contents, info=contents.info | {"name": name}), path)
    make_current(path)
    say("done", STEPS, STEPS)
    return Published(name, path, fresh=True)
