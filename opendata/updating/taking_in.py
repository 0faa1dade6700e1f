"""Takes in what a source brought: borders through the importer, figures through the intake."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo import areas, importing
from intake.area_codes import existing_areas
from intake.progress import Progress
from intake.receive import receive
from opendata import left_out as why
from opendata.contract import COLUMNS, Borders, Fetcher, OpenSource, SourceData, SourceFailedError
from records.area_figure import KIND
from store.console import log_change
from store.files import put
from store.home import Home

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("figure", "level", "area")),
        ("date", pa.date32()),
        ("months", pa.int64()),
        ("value", pa.float64()),
        ("source", pa.string()),
    ]
)


@dataclass(frozen=True)
class Taken:
    """What was taken in: rows that are new or changed, rows that were known, levels of borders.

    ``figures`` is how many figures of the source are held now; ``left_out`` adds to that of
    ``SourceData`` what is of unknown areas.
    """

    new: int
    unchanged: int
    borders: tuple[str, ...]
    figures: int
    left_out: tuple[tuple[str, int], ...]


def take(
    home: Home, source: OpenSource, brought: SourceData, fetcher: Fetcher, told: Progress
) -> Taken:
    """Take in borders, then figures; WeerbeeldError when a check refuses them."""
    _check_columns(source, brought.figures)
    levels = _take_borders(home, source, brought.borders)
    if brought.regions is not None:
        levels = (*levels, *_take_regions(home, source, brought.regions))
    figures, unknown = _of_known_areas(brought.figures)
    left_out = dict(brought.left_out)
    if unknown:
        left_out[why.UNKNOWN_AREA] = left_out.get(why.UNKNOWN_AREA, 0) + unknown
    path = home.open / "taken" / f"{source.name}.parquet"
    before = pd.read_parquet(path) if path.exists() else _typed(brought.figures.head(0))
    both = figures.merge(before, on=list(COLUMNS), how="left", indicator="known")
    fresh = figures[(both["known"] == "left_only").to_numpy()]
    after = _latest(before, fresh)
    if len(fresh):
        file = fetcher.file_for(f"{source.name}.parquet")
        _write(fresh, file, _digest(path) if path.exists() else "")
        receive(KIND.name, file, source.partner, home, progress=told)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        _write(after, partial, _digest(file))
        partial.replace(path)
    counts = tuple(sorted(left_out.items()))
    return Taken(len(fresh), len(figures) - len(fresh), levels, len(after), counts)


def _check_columns(source: OpenSource, figures: pd.DataFrame) -> None:
    if tuple(figures.columns) != COLUMNS:
        found = ", ".join(map(str, figures.columns))
        raise SourceFailedError(f"{source.name} brought the columns {found}, not {COLUMNS}.")


def _take_borders(home: Home, source: OpenSource, borders: Sequence[Borders]) -> tuple[str, ...]:
    """Import the borders that are not installed yet: all of them, or none."""
    wanted = [border for border in borders if not _installed(home, border)]
    if not wanted:
        return ()
    home.boundaries.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.work, prefix="borders-") as folder:
        staged = Path(folder)
        for border in wanted:
            level = cast(importing.Level, border.level)
            importing.import_boundaries(
                border.file, level, border.year, staged, areas.gemeenten(), former=border.former
            )
        named = ", ".join(f"{border.level} {border.year}" for border in wanted)
        log_change(home, "boundaries import", f"{named} from {source.name}")
        for ending in ("parquet", "json"):
            for path in sorted(staged.glob(f"*.{ending}")):
                path.replace(home.boundaries / path.name)
    return tuple(border.stem.replace("_", " ") for border in wanted)


def _take_regions(home: Home, source: OpenSource, regions: pd.DataFrame) -> tuple[str, ...]:
    """Keep which RIEC each gemeente belongs to, if that is not what is kept already."""
    text = regions[["gemeente", "riec"]].to_csv(index=False, lineterminator="\n")
    file = home.boundaries / areas.RIEC_TABLE
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return ()
    home.boundaries.mkdir(mode=0o700, parents=True, exist_ok=True)
    log_change(home, "boundaries import", f"riec of each gemeente from {source.name}")
    put(file, text)
    return ("riec",)


def _installed(home: Home, border: Borders) -> bool:
    """Tell whether the borders of this very file are kept."""
    with suppress(OSError, ValueError):
        text = (home.boundaries / f"{border.stem}.json").read_text(encoding="utf-8")
        sheet = json.loads(text)
        return (sheet.get("year"), sheet.get("sha256")) == (border.year, _digest(border.file))
    return False


def _of_known_areas(figures: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the figures of areas that there are, in one order, and how many are of others."""
    typed = _typed(figures)
    known = pd.Series(False, index=typed.index)
    for level, rows in typed.groupby("level")["area"]:
        there = existing_areas(str(level), list(rows.unique()))
        known.loc[rows.index] = rows.isin(there)
    kept = typed[known].sort_values(list(KIND.key), ignore_index=True)
    return kept, int((~known).sum())


def _typed(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with one type a column, whatever a source brought them in."""
    moments = pd.to_datetime(figures["date"]).dt.date
    try:
        table = pa.Table.from_pandas(
            figures.assign(date=moments), schema=SCHEMA, preserve_index=False
        )
    except (pa.ArrowInvalid, pa.ArrowTypeError) as odd:
        raise SourceFailedError(f"A figure is not what its column holds: {odd}.") from None
    typed: pd.DataFrame = table.to_pandas()
    return typed


def _latest(before: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    every = pd.concat([before, fresh]) if len(before) else fresh
    return every.drop_duplicates(list(KIND.key), keep="last").sort_values(
        list(KIND.key), ignore_index=True
    )


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()


def _write(figures: pd.DataFrame, file: Path, after: str) -> None:
    """Write figures that came ``after`` a file (its digest).

    The same rows after the same file give the same bytes, so that intake knows them again; after
    another they are news, though they were told before: a figure may go back to what it was.
    """
    schema = SCHEMA.with_metadata({"after": after})
    pq.write_table(pa.Table.from_pandas(figures, schema=schema, preserve_index=False), file)
