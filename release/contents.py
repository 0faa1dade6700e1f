"""From accepted deliveries to all that a release holds: count, protect, analyse, score."""

import hmac
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bilingual import Text
from errors import WeerbeeldError
from geo import areas
from indicators import Indicator
from indicators.contract import PUBLIC_KIND, Count, Fallback
from indicators.subjects import listed, widening
from records.contract import INVENTED_SOURCE
from release.credits import credits_of
from release.delivery_status import delivery_status
from release.evidence import ByKind, by_kind, release_evidence
from release.extents import extents_of
from release.figures import Figures
from release.gazetteer import hexagon_areas
from release.hindsight import Ground
from release.in_use import in_use
from release.key_figures import key_figures
from release.measuring import ClassLimits, Materials, measure
from release.noise import published_noise, stock_noise, window_noise
from release.open_facts import open_facts
from release.other_grids import grid_stability
from release.parts import Spread
from release.peers import peer_frame
from release.periods import Period
from release.placing import Placer
from release.scoring_levels import score_levels
from release.standing import Standing
from release.steps import Steps
from release.support import supported
from release.surroundings import surroundings
from release.tables import Source, inhabited_hexagons, prepare
from store.evidence.grains import Known
from store.release import SCHEMA
from store.releases import INPUTS
from store.work import Delivery


@dataclass(frozen=True)
class Inputs:
    """What a release is made from: deliveries and records, borders, indicators, noise key and k.

    ``boundaries`` is the folder of imported borders; ``standing`` what stands from before.
    """

    accepted: Sequence[Delivery]
    sources: Sequence[Source]
    boundaries: Path
    catalogue: dict[str, Indicator]
    key: bytes
    k: int
    standing: Standing | None = None


@dataclass(frozen=True)
class Contents:
    """All that goes into a release, as frames whose columns carry the tables' names.

    ``figures`` gives them an indicator at a time, in the order of their keys.
    ``words`` holds what evidence may name beside the indicators and periods of the release.
    """

    info: dict[str, str]
    passports: Sequence[dict[str, Any]]
    periods: Sequence[dict[str, Any]]
    areas: pd.DataFrame
    figures: Iterable[pd.DataFrame]
    patterns: pd.DataFrame
    scores: pd.DataFrame
    stability: pd.DataFrame
    peers: pd.DataFrame
    key_figures: pd.DataFrame
    evidence: ByKind
    breaks: ClassLimits
    deliveries: Sequence[dict[str, Any]]
    places: pd.DataFrame
    attributions: Sequence[str]
    words: Known


def contents_of(
    con: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    folder: Path,
    steps: Steps,
    spread: Spread | None = None,
) -> Contents:
    """Return all that goes into the release that is named as ``folder`` is.

    ``con`` is an empty database, in which the records are counted and which keeps the figures;
    ``folder`` keeps the exact counts; ``spread`` counts in parts. WeerbeeldError when nothing
    can be counted or nothing with a date was delivered.
    """
    steps.place()
    placer = Placer(inputs.boundaries)
    prepared = prepare(con, inputs.sources, placer, inputs.key)
    chosen, waiting = in_use(con, inputs.catalogue)
    if not chosen:
        raise WeerbeeldError(
            "No indicator has what it counts yet, so there is nothing to publish. Take a delivery "
            "in with 'weerbeeld intake', or fetch open data with 'weerbeeld update'."
        )
    ground = Ground(extents_of(con, prepared, placer), surroundings(prepared, placer))
    support = supported(con)
    given = Materials(con, prepared, chosen, ground, inputs.k, support, inputs.standing, spread)
    figures = Figures(con)
    measured = measure(given, folder, steps, figures)
    periods = _published_periods(prepared.periods, set(figures.distinct("period_id")))
    inhabited = inhabited_hexagons(con)
    steps.score()
    scored = score_levels(figures, chosen, prepared.periods)
    noise = window_noise(stock_noise(inputs.k))
    peers = peer_frame(con, prepared.official, noise, placer.layers["gemeente"])
    keys = key_figures(con)
    facts = open_facts(con)
    found = [
        *(*measured.evidence, *scored.evidence, *prepared.same_events, *waiting),
        *release_evidence(prepared, chosen, measured, scored.scores, facts, ground.extents),
    ]
    steps.compare_grids()
    found += grid_stability(con, figures, prepared, chosen, inputs.k, measured.complete)
    evidence = by_kind(found, [period.code for period in periods])
    known = {*figures.distinct("area_id"), *inhabited}
    used = prepared.hexagons[prepared.hexagons["id"].isin(known)]
    named = {source for *_, source in facts.sources} - {INVENTED_SOURCE}
    places = areas.places().rename(columns={"longitude": "lon", "latitude": "lat"})
    return Contents(
        info=_info(inputs, prepared.periods) | {"name": folder.name},
        passports=_passports(chosen),
        periods=[vars(period) for period in periods],
        areas=pd.concat([prepared.official, hexagon_areas(used, placer)], ignore_index=True),
        figures=figures,
        patterns=measured.patterns,
        scores=scored.scores,
        stability=scored.stability,
        peers=peers,
        key_figures=keys,
        evidence=evidence,
        breaks=measured.breaks
        + [(0, level, "year", values) for level, values in scored.limits.items()],
        deliveries=delivery_status(inputs.accepted, prepared.periods[0].start),
        places=places.assign(id=range(1, len(places) + 1)),
        attributions=list(dict.fromkeys([*areas.attributions(placer.folder), *credits_of(named)])),
        words=words_of(inputs.catalogue, [source for *_, source in facts.sources]),
    )


def words_of(catalogue: Mapping[str, Indicator], sources: Iterable[str]) -> Known:
    """Return what evidence may name beside the indicators and periods of its release."""
    names = [name for i in catalogue.values() for name in (i.name.nl, i.name.en)]
    return {
        "indicator of the catalogue": list(catalogue),
        "name of an indicator": names,
        "source": set(sources),
    }


def _published_periods(periods: list[Period], known: Collection[int]) -> list[Period]:
    """Return the periods that readers can choose: months, and others that hold any figure.

    WeerbeeldError when there is no 12-month window among them, on which every page opens.
    """
    published = [period for period in periods if period.kind == "month" or period.id in known]
    if not any(period.kind == "year" for period in published):
        first, last = min(period.start for period in periods), max(period.end for period in periods)
        raise WeerbeeldError(
            "No indicator has a figure over 12 months that end with a quarter. What was taken in "
            f"covers {first} to {last}. Take in at least 15 months of one kind of record, or fetch "
            "open data with 'weerbeeld update'; until then the release in use stays."
        )
    return published


def _info(inputs: Inputs, periods: list[Period]) -> dict[str, str]:
    invented = [delivery.invented for delivery in inputs.accepted]
    return {
        "schema": SCHEMA,
        "built": datetime.now(UTC).date().isoformat(),
        "until": max(period.end for period in periods).isoformat(),
        "invented": "yes" if any(invented) else "no",
        "public": "yes"
        if all(d.invented or d.kind == PUBLIC_KIND for d in inputs.accepted)
        else "no",
        "open": "yes"
        if any(d.kind == PUBLIC_KIND and not d.invented for d in inputs.accepted)
        else "no",
        INPUTS: json.dumps(
            [[d.sequence, d.revision, _keyed(d.sha256, inputs.key)] for d in inputs.accepted]
        ),
        "noise": json.dumps(published_noise(inputs.k)),
    }


def _keyed(digest: str, key: bytes) -> str:
    """Return a digest that only who has the key can hold against a file."""
    return hmac.digest(key, digest.encode(), "sha256").hex()


def _passports(chosen: dict[str, Indicator]) -> list[dict[str, Any]]:
    return [
        {"id": number, "code": code, "passport": passport(indicator)}
        for number, (code, indicator) in enumerate(chosen.items(), start=1)
    ]


def passport(indicator: Indicator) -> dict[str, Any]:
    """Return what readers may know of an indicator: all but its queries and what holds one."""
    known = {field.name: getattr(indicator, field.name) for field in fields(indicator)}
    return {
        name: asdict(value) if isinstance(value, Text) else value
        for name, value in known.items()
        if not isinstance(value, Count | Fallback)
    } | {
        "level_names": list(indicator.level_names),
        "reads": list(indicator.reads),
        "open": indicator.open,
        "votes": indicator.votes,
        "over": list(indicator.over),
        "protected": asdict(listed(indicator.subjects)),
        "widening": asdict(listed(widening(indicator.subjects))),
        "finding": asdict(listed(indicator.finding)),
    }
