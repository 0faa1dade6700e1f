"""The import of the borders, and of the RIEC of each gemeente, that a source gave."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pandas as pd

from folders import make_folder
from geo import areas, importing
from opendata.contract import Borders, OpenSource
from opendata.updating.figure_files import digest
from store.console import log_change
from store.files import put
from store.home import Home


def import_borders(home: Home, source: OpenSource, borders: Sequence[Borders]) -> tuple[str, ...]:
    """Import the borders that are not installed yet: all of them, or none."""
    wanted = [border for border in borders if not _installed(home, border)]
    if not wanted:
        return ()
    make_folder(home.boundaries)
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


def import_regions(
    home: Home, source: OpenSource, regions: pd.DataFrame, year: int
) -> tuple[str, ...]:
    """Keep which RIEC each gemeente belongs to, if that is not what is kept already."""
    text = regions[["gemeente", "riec"]].to_csv(index=False, lineterminator="\n")
    file = home.boundaries / areas.RIEC_TABLE
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return ()
    make_folder(home.boundaries)
    log_change(home, "boundaries import", f"riec of each gemeente from {source.name}")
    put(home.boundaries / areas.RIEC_CREDIT, source.attribution.format(year=year) + "\n")
    put(file, text)
    return ("riec",)


def _installed(home: Home, border: Borders) -> bool:
    """Return whether the borders of this very file are kept."""
    with suppress(OSError, ValueError):
        text = (home.boundaries / f"{border.stem}.json").read_text(encoding="utf-8")
        about = json.loads(text)
        return (about.get("year"), about.get("sha256")) == (border.year, digest(border.file))
    return False
