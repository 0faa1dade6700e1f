"""Writes a release file: whole or not at all, and named before it is written."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, Table, create_engine, insert

from store.release import (
    LEVEL_NUMBERS,
    POINTER,
    Area,
    Attribution,
    Base,
    Breaks,
    DeliveryStatus,
    Figure,
    Info,
    Passport,
    Period,
    Place,
    Score,
)

BATCH = 100_000


@dataclass(frozen=True)
class Contents:
    """All that goes into a release, as frames whose columns carry the tables' names.

    ``figures`` and ``scores`` name their level, period, area and indicator by code; ``info`` is
    what is true of the whole.
    """

    info: dict[str, str]
    passports: Sequence[dict[str, Any]]
    periods: pd.DataFrame
    areas: pd.DataFrame
    figures: pd.DataFrame
    scores: pd.DataFrame
    breaks: Sequence[tuple[str, str, str, list[float]]]
    deliveries: Sequence[dict[str, Any]]
    places: pd.DataFrame
    attributions: Sequence[str]


def _numbered(contents: Contents) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures and scores with numbers instead of codes, in the order of their keys."""
    indicator = {sheet["code"]: sheet["id"] for sheet in contents.passports}
    period = contents.periods.set_index("code")["id"]
    areas = contents.areas.assign(level=contents.areas["level"].map(LEVEL_NUMBERS))
    area = areas[["level", "code", "id"]].rename(columns={"code": "area", "id": "area_id"})

    def keyed(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
        numbered = frame.assign(
            level=frame["level"].map(LEVEL_NUMBERS), period_id=frame["period"].map(period)
        )
        if "indicator" in frame:
            numbered["indicator_id"] = frame["indicator"].map(indicator)
        return numbered.merge(area, on=["level", "area"]).sort_values(keys, ignore_index=True)

    place = ["level", "period_id", "area_id"]
    scores = keyed(contents.scores, place) if len(contents.scores) else contents.scores
    return keyed(contents.figures, ["indicator_id", *place]), scores


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterable[list[tuple[object, ...]]]:
    """Yield batches of tuples with None for missing values and whole numbers where they are."""
    for start in range(0, len(frame), BATCH):
        piece = frame.iloc[start : start + BATCH]
        values = [piece[name].astype(object).where(piece[name].notna(), None) for name in columns]
        yield list(zip(*values, strict=True))


def _fill(connection: Connection, model: type[Base], frame: pd.DataFrame) -> None:
    table = cast(Table, model.__table__)
    columns = [column.name for column in table.columns]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    for batch in _rows(frame, columns):
        connection.exec_driver_sql(statement, batch)


def content_hash(figures: pd.DataFrame, scores: pd.DataFrame) -> str:
    """Return the sha256 over the ordered rows of figures and scores."""
    digest = sha256()
    for frame in (figures, scores):
        ordered = frame.reindex(columns=sorted(frame.columns))
        digest.update(pd.util.hash_pandas_object(ordered, index=False).to_numpy().tobytes())
    return digest.hexdigest()


def _write(connection: Connection, contents: Contents) -> str:
    figures, scores = _numbered(contents)
    digest = content_hash(figures, scores)
    info = contents.info | {"content": digest}
    connection.execute(insert(Info), [{"key": k, "value": v} for k, v in sorted(info.items())])
    connection.execute(insert(Passport), list(contents.passports))
    periods: list[dict[str, Any]] = contents.periods.to_dict("records")
    connection.execute(insert(Period), periods)
    areas = contents.areas.assign(level=contents.areas["level"].map(LEVEL_NUMBERS))
    rows: list[dict[str, Any]] = areas.to_dict("records")
    connection.execute(insert(Area), rows)
    _fill(connection, Figure, figures)
    if len(scores):
        _fill(connection, Score, scores)
    numbers = {sheet["code"]: sheet["id"] for sheet in contents.passports} | {"score": 0}
    limits = [
        {"indicator_id": numbers[code], "level": LEVEL_NUMBERS[level], "kind": kind, "limits": top}
        for code, level, kind, top in contents.breaks
    ]
    connection.execute(insert(Breaks), limits)
    connection.execute(insert(DeliveryStatus), list(contents.deliveries))
    places: list[dict[str, Any]] = contents.places.to_dict("records")
    connection.execute(insert(Place), places)
    lines = [{"id": n, "line": line} for n, line in enumerate(contents.attributions, start=1)]
    connection.execute(insert(Attribution), lines)
    return digest


def write_release(contents: Contents, path: Path) -> str:
    """Write ``contents`` to ``path`` and return the content hash.

    The file appears under its own name only when it is complete and on disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{partial}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = OFF")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            connection.commit()
            with connection.begin():
                Base.metadata.create_all(connection)
                digest = _write(connection, contents)
        engine.dispose()
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        engine.dispose()
        partial.unlink(missing_ok=True)
    return digest


def make_current(path: Path) -> None:
    """Point readers to the release at ``path``, in one step."""
    pointer = path.parent / POINTER
    fresh = pointer.with_suffix(".partial")
    with fresh.open("w", encoding="utf-8") as target:
        target.write(path.stem + "\n")
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(pointer)
