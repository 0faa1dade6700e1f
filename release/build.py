"""The build, from accepted deliveries to a published release, in the order it happens."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from errors import WeerbeeldError
from geo import areas
from indicators import CATALOGUE, Indicator
from indicators.contract import PUBLIC_KIND
from intake.pseudonyms import existing_key
from records.contract import INVENTED_SOURCE
from release.area_figures import spread_rows
from release.fairness import fairness
from release.gazetteer import hexagon_areas
from release.in_use import in_use
from release.key_figures import figure_sources, key_figures
from release.measuring import Materials, measure
from release.noise import DEFAULT_K, checked_k, level_noise, published_noise
from release.other_grids import grid_stability
from release.peers import peer_frame
from release.periods import Period
from release.placing import Placer
from release.publishing import Contents, write_release
from release.robustness import score_steps, stability
from release.score_hindcast import score_hindcast_rows
from release.scoring import score
from release.surroundings import surroundings
from release.tables import Prepared, Source, inhabited_hexagons, prepare
from release.worth import extents_of
from store.console import log_change, processed
from store.engine import open_for_writing
from store.home import Home
from store.publication import BUILD_WAIT_SECONDS, publication_lock
from store.release import SCHEMA
from store.releases import INPUTS, current_name, make_current, mirror, refuse_withdrawn, sweep
from store.work import Delivery, deliveries, records_path

Say = Callable[[str, int, int], None]
"""Told which step is at hand, how far it is, and of how many."""

ROOMS = ("errors.py", "records", "geo", "indicators", "analysis", "release", "store/release.py")
"""The code that decides what is in a release."""

STEPS = len(CATALOGUE) + 5
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


def release_name(accepted: list[Delivery], borders: dict[str, str], key: bytes, k: int) -> str:
    """Return the name of a release: the hash of its inputs, its key, its k and its code."""
    parts = [
        f"{d.sequence} {d.kind} {d.partner} {d.sha256} {d.revision} {d.received_at:%Y-%m-%d}"
        for d in accepted
    ]
    parts += [f"{name} {digest}" for name, digest in sorted(borders.items())]
    parts += [sha256(key).hexdigest(), str(checked_k(k)), code_hash(), SCHEMA]
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


def _passports(chosen: dict[str, Indicator]) -> list[dict[str, Any]]:
    return [
        {"id": number, "code": code, "passport": passport(indicator)}
        for number, (code, indicator) in enumerate(chosen.items(), start=1)
    ]


def passport(indicator: Indicator) -> dict[str, Any]:
    """Return what readers may know of an indicator: all but its queries."""
    sheet = asdict(indicator) | {
        "level_names": list(indicator.level_names),
        "reads": list(indicator.reads),
        "open": indicator.open,
    }
    kept = ("numerator", "denominator", "otherwise")
    return {name: value for name, value in sheet.items() if name not in kept}


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
    accepted: list[Delivery],
    prepared: Prepared,
    placer: Placer,
    folder: Path,
    say: Say,
    k: int,
) -> Contents:
    extents = extents_of(con, prepared, placer)
    chosen, waiting = in_use(con, CATALOGUE)
    if not chosen:
        raise WeerbeeldError(
            "No indicator has what it counts yet, so there is nothing to publish. Take a delivery "
            "in with 'weerbeeld intake', or fetch open data with 'weerbeeld update'."
        )
    around = surroundings(prepared, placer)
    given = Materials(con, prepared, chosen, around, extents, k)
    analysed = measure(given, folder, lambda step, number: say(step, number + 1, STEPS))
    figures = analysed.figures
    told = _told(prepared.periods, figures)
    inhabited = inhabited_hexagons(con)
    say("score", STEPS - 3, STEPS)
    windows = [period.id for period in prepared.periods if period.kind == "year"]
    figures["contribution"], scores, limits = score(figures, chosen, windows)
    held, evidence = stability(figures, chosen, max(windows, default=0))
    noise = level_noise(k)
    peers = peer_frame(con, prepared.official, noise, placer.layers["gemeente"])
    evidence |= analysed.evidence
    evidence["fairness"] = fairness(con, scores, prepared.official) if len(scores) else []
    evidence["hindcast_score"] = score_hindcast_rows(
        scores, analysed.incidents, chosen, prepared.periods, extents
    )
    evidence["steps"] = score_steps()
    evidence["waiting"] = waiting
    evidence["not_carried"] = prepared.lost
    evidence["spread"] = spread_rows(con)
    evidence["figure_sources"] = figure_sources(con)
    sources = {str(row["source"]) for row in evidence["figure_sources"]}
    published = sorted(sources - {INVENTED_SOURCE})
    keys = key_figures(con)
    say("compare grids", STEPS - 2, STEPS)
    evidence["grids"] = [
        {"score": row["base"], **row}
        for row in grid_stability(con, figures, prepared, chosen, noise, analysed.complete, folder)
    ]
    con.close()
    used = prepared.hexagons[
        prepared.hexagons["id"].isin(figures["area_id"]) | prepared.hexagons["id"].isin(inhabited)
    ]
    places = areas.places().rename(columns={"longitude": "lon", "latitude": "lat"})
    return Contents(
        info=_info(accepted, prepared.periods, k) | {"name": folder.name},
        passports=_passports(chosen),
        periods=[vars(period) for period in told],
        areas=pd.concat([prepared.official, hexagon_areas(used, placer)], ignore_index=True),
        figures=figures,
        patterns=analysed.patterns,
        scores=scores,
        stability=held,
        peers=peers,
        key_figures=keys,
        evidence=evidence,
        breaks=analysed.breaks + [(0, level, "year", values) for level, values in limits.items()],
        deliveries=_status(accepted),
        places=places.assign(id=range(1, len(places) + 1)),
        attributions=list(dict.fromkeys([*areas.attributions(placer.folder), *published])),
    )


def _told(periods: list[Period], figures: pd.DataFrame) -> list[Period]:
    """Return the periods that readers can choose: months, and others that hold any figure.

    WeerbeeldError when there is no 12-month window among them, on which every page opens.
    """
    known = set(figures["period_id"])
    told = [period for period in periods if period.kind == "month" or period.id in known]
    if not any(period.kind == "year" for period in told):
        first, last = min(period.start for period in periods), max(period.end for period in periods)
        raise WeerbeeldError(
            "No indicator has a figure over 12 months that end with a quarter. What was taken in "
            f"covers {first} to {last}. Take in at least 15 months of one kind of record, or fetch "
            "open data with 'weerbeeld update'; until then the release in use stays."
        )
    return told


def _info(accepted: list[Delivery], periods: list[Period], k: int) -> dict[str, str]:
    invented = [delivery.invented for delivery in accepted]
    return {
        "schema": SCHEMA,
        "built": datetime.now(UTC).date().isoformat(),
        "until": max(period.end for period in periods).isoformat(),
        "invented": "yes" if any(invented) else "no",
        "public": "yes" if all(d.invented or d.kind == PUBLIC_KIND for d in accepted) else "no",
        INPUTS: json.dumps([[d.sequence, d.revision, d.sha256] for d in accepted]),
        "noise": json.dumps(published_noise(k)),
    }


def _fresh_counts(home: Home, name: str) -> Path:
    """Return an empty folder for the exact counts of a release; keep those of one before it."""
    home.counts.mkdir(parents=True, exist_ok=True)
    others = [path for path in home.counts.iterdir() if path.name != name]
    for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    folder = home.counts / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing."""


def build(home: Home, *, again: bool = False, say: Say = _silent, k: int = DEFAULT_K) -> Published:
    """Build and publish a release from the deliveries in ``home``.

    When a release with the same inputs and code exists it is made current and nothing is done,
    unless ``again``. A build that stops halfway leaves the current release as it was. Fewer than
    ``k`` subjects are protected. The exact counts of this release and the one before are kept in
    the work store, so that ``weerbeeld attack`` can measure what an attacker finds.

    Raises WeerbeeldError when nothing was delivered, or nothing with a date, when the release was
    withdrawn, and when borders changed while it was built.
    """
    with publication_lock(home, BUILD_WAIT_SECONDS), processed(home, "publish", "build"):
        sweep(home)
        published = _build(home, again, say, k)
        mirror(home)
        return published


def _build(home: Home, again: bool, say: Say, k: int) -> Published:
    accepted = deliveries(open_for_writing(home)) if home.has_work_store else []
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
    borders = areas.fingerprint(home.boundaries)
    name = release_name(accepted, borders, key, k)
    refuse_withdrawn(home, name)
    path = home.releases / f"{name}.db"
    if path.exists() and not again:
        if current_name(home) != name:
            log_change(home, "publish", name)
            make_current(path)
        return Published(name, path, fresh=False)
    sources = [
        Source(d.kind, d.partner, records_path(home, d), d.sequence, d.received_at.date())
        for d in accepted
    ]
    say("place the records", 1, STEPS)
    placer = Placer(home.boundaries)
    with _connect(home) as con:
        prepared = prepare(con, sources, placer, key)
        folder = _fresh_counts(home, name)
        contents = _contents(con, accepted, prepared, placer, folder, say, k)
    if areas.fingerprint(home.boundaries) != borders:
        raise WeerbeeldError(
            "Other borders were taken in while the release was built, so its name would not say "
            "what is in it. Run 'weerbeeld build' again; until then the release in use stays."
        )
    say("publish", STEPS - 1, STEPS)
    write_release(contents, path)
    log_change(home, "publish", name)
    make_current(path)
    say("done", STEPS, STEPS)
    return Published(name, path, fresh=True)
