"""Files of figures: what a source gave, in one type a column and one order, to be taken in."""

from hashlib import file_digest
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from intake.area_codes import existing_areas
from opendata.contract import SourceFailedError
from records.area_figure import KIND

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("figure", "level", "area")),
        ("date", pa.date32()),
        ("months", pa.int64()),
        ("value", pa.float64()),
        ("source", pa.string()),
    ]
)


def of_known_areas(figures: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the figures of areas that there are, in one order, and how many are of others."""
    typed = typed_figures(figures)
    known = pd.Series(False, index=typed.index)
    for level, rows in typed.groupby("level")["area"]:
        there = existing_areas(str(level), list(rows.unique()))
        known.loc[rows.index] = rows.isin(there)
    kept = typed[known].sort_values(list(KIND.key), ignore_index=True)
    return kept, int((~known).sum())


def typed_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with one type a column, whatever types a source gave them."""
    moments = pd.to_datetime(figures["date"]).dt.date
    try:
        table = pa.Table.from_pandas(
            figures.assign(date=moments), schema=SCHEMA, preserve_index=False
        )
    except (pa.ArrowInvalid, pa.ArrowTypeError) as odd:
        raise SourceFailedError(f"A figure is not what its column holds: {odd}.") from None
    typed: pd.DataFrame = table.to_pandas()
    return typed


def latest(before: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of ``before`` with ``fresh`` ones in the place of their predecessors."""
    every = pd.concat([before, fresh]) if len(before) else fresh
    return every.drop_duplicates(list(KIND.key), keep="last").sort_values(
        list(KIND.key), ignore_index=True
    )


def digest(file: Path) -> str:
    """Return the sha256 of a file."""
    with file.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()


def write_figures(figures: pd.DataFrame, file: Path, after: str) -> None:
    """Write figures that came ``after`` a file (its digest).

    The same rows after the same file give the same bytes, so that intake knows them again; after
    another they are new, though they were taken in before: a figure may go back to what it was.
    """
    schema = SCHEMA.with_metadata({"after": after})
    pq.write_table(pa.Table.from_pandas(figures, schema=schema, preserve_index=False), file)
