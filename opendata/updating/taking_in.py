"""Takes in what a source gave: borders through the importer, figures through the intake."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from bilingual import Text
from folders import make_folder
from intake.progress import Progress
from intake.receive import receive
from opendata import left_out as why
from opendata.contract import COLUMNS, Fetcher, OpenSource, SourceData, SourceFailedError
from opendata.updating.border_import import import_borders, import_regions
from opendata.updating.figure_files import (
    digest,
    latest,
    of_known_areas,
    typed_figures,
    write_figures,
)
from opendata.updating.street_import import take_in_streets
from records.area_figure import KIND
from store.home import Home


@dataclass(frozen=True)
class Taken:
    """What was taken in: rows that are new or changed, rows that were known, levels of borders.

    ``figures`` is how many figures of the source are held now; ``left_out`` adds to that of
    ``SourceData`` the figures of unknown areas; ``remarks`` are those of ``SourceData``.
    """

    new: int
    unchanged: int
    borders: tuple[str, ...]
    figures: int
    left_out: tuple[tuple[Text, int], ...]
    remarks: tuple[str, ...] = ()


def take_in(
    home: Home, source: OpenSource, data: SourceData, fetcher: Fetcher, progress: Progress
) -> Taken:
    """Take in borders, then figures; WeerbeeldError when a check refuses them."""
    _check_columns(source, data.figures)
    levels = import_borders(home, source, data.borders)
    if data.regions is not None:
        year = data.until.year if data.until else date.today().year  # noqa: DTZ011
        levels = (*levels, *import_regions(home, source, data.regions, year))
    if data.streets is not None:
        levels = (*levels, *take_in_streets(home, source, data.streets, data.until))
    figures, unknown = of_known_areas(data.figures)
    left_out = dict(data.left_out)
    if unknown:
        left_out[why.UNKNOWN_AREA] = left_out.get(why.UNKNOWN_AREA, 0) + unknown
    path = home.open / "taken" / f"{source.name}.parquet"
    before = pd.read_parquet(path) if path.exists() else typed_figures(data.figures.head(0))
    both = figures.merge(before, on=list(COLUMNS), how="left", indicator="known")
    fresh = figures[(both["known"] == "left_only").to_numpy()]
    after = latest(before, fresh)
    if len(fresh):
        file = fetcher.file_for(f"{source.name}.parquet")
        write_figures(fresh, file, digest(path) if path.exists() else "")
        receive(KIND.name, file, source.partner, home, progress=progress, confirm=True)
        make_folder(path.parent)
        partial = path.with_suffix(".partial")
        write_figures(after, partial, digest(file))
        partial.replace(path)
    counts = tuple(sorted(left_out.items(), key=lambda counted: counted[0].en))
    return Taken(len(fresh), len(figures) - len(fresh), levels, len(after), counts, data.remarks)


def _check_columns(source: OpenSource, figures: pd.DataFrame) -> None:
    if tuple(figures.columns) != COLUMNS:
        found = ", ".join(map(str, figures.columns))
        raise SourceFailedError(f"{source.name} gave the columns {found}, not {COLUMNS}.")
