"""Writes a release file: whole or not at all, and named before it is written."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, Table, create_engine, insert

from folders import make_folder
from release.contents import Contents
from release.evidence_gate import evidence_rows
from store.content import checksum_path, content_of_frames, file_hash
from store.evidence.grains import Known
from store.files import put
from store.release import (
    LEVEL_NUMBERS,
    Area,
    Attribution,
    Base,
    Breaks,
    DeliveryStatus,
    Evidence,
    Figure,
    Info,
    KeyFigure,
    Passport,
    Pattern,
    Peer,
    Period,
    Place,
    Score,
    Stability,
)

BATCH = 100_000


def _dicts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _fill(connection: Connection, model: type[Base], frame: pd.DataFrame) -> None:
    """Write a frame of numbers in batches; SQLite keeps NaN as NULL."""
    table = cast(Table, model.__table__)
    columns = [column.name for column in table.columns]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    for start in range(0, len(frame), BATCH):
        piece = frame.iloc[start : start + BATCH]
        rows = zip(*(piece[name].tolist() for name in columns), strict=True)
        connection.exec_driver_sql(statement, list(rows))


def _filling(
    connection: Connection, model: type[Base], frames: Iterable[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Write frames as they are asked for."""
    for frame in frames:
        _fill(connection, model, frame)
        yield frame


def _write(connection: Connection, contents: Contents, evidence: list[dict[str, Any]]) -> str:
    connection.execute(insert(Passport), list(contents.passports))
    connection.execute(insert(Period), list(contents.periods))
    outlines = [None if o is None else json.dumps(o) for o in contents.areas["outline"]]
    level = contents.areas["level"].map(LEVEL_NUMBERS)
    areas = contents.areas.assign(level=level, outline=pd.Series(outlines, dtype=object))
    _fill(connection, Area, areas)
    numbers: dict[type[Base], Iterable[pd.DataFrame]] = {
        Figure: contents.figures,
        Pattern: [contents.patterns],
        Score: [contents.scores],
        Stability: [contents.stability],
    }
    digest = content_of_frames(
        {model: _filling(connection, model, frames) for model, frames in numbers.items()}
    )
    info = contents.info | {"content": digest}
    connection.execute(insert(Info), [{"key": k, "value": v} for k, v in sorted(info.items())])
    _fill(connection, Peer, contents.peers)
    _fill(connection, KeyFigure, contents.key_figures)
    if evidence:
        connection.execute(insert(Evidence), evidence)
    names = ("indicator_id", "level", "kind", "limits")
    limits = [dict(zip(names, row, strict=True)) for row in contents.breaks]
    if limits:
        connection.execute(insert(Breaks), limits)
    connection.execute(insert(DeliveryStatus), list(contents.deliveries))
    connection.execute(insert(Place), _dicts(contents.places))
    lines = [{"id": n, "line": line} for n, line in enumerate(contents.attributions, start=1)]
    connection.execute(insert(Attribution), lines)
    return digest


def _known(contents: Contents) -> Known:
    """Return the words that evidence may hold."""
    return {
        **contents.words,
        "indicator": [passport["code"] for passport in contents.passports],
        "period": [period["code"] for period in contents.periods],
    }


def _put_beside_checksum(partial: Path, path: Path) -> None:
    """Give a finished file its own name, with its checksum beside it.

    When it replaces a release of that name both checksums stand there in between, so that a
    build killed halfway leaves a file that is known.
    """
    checksum = checksum_path(path)
    fresh = file_hash(partial)
    known = checksum.read_text(encoding="ascii") if checksum.exists() and path.exists() else ""
    put(checksum, f"{fresh}\n{known}")
    partial.replace(path)
    put(checksum, f"{fresh}\n")


def write_release(contents: Contents, path: Path, prove: Callable[[Path], None]) -> str:
    """Write ``contents`` to ``path`` and return the content hash.

    The file appears under its own name only when it is complete and on disk, with its checksum, and
    when ``prove``, which gets it under another name, raised nothing.
    WeerbeeldError when its evidence is not as declared: then nothing is written.
    """
    evidence = evidence_rows(contents.evidence, _known(contents))
    make_folder(path.parent)
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
                digest = _write(connection, contents, evidence)
                connection.exec_driver_sql("ANALYZE")  # what readers' queries are planned by
        engine.dispose()
        prove(partial)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        _put_beside_checksum(partial, path)
    finally:
        engine.dispose()
        partial.unlink(missing_ok=True)
    return digest
