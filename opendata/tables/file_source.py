"""A source that a person downloads: a table by gemeente and period.

Columns are recognised by their names, and a file without them is refused with what is expected:
these services have no documented download, so nothing about their files is taken for granted.
"""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from errors import printable, shortened
from opendata import left_out as why
from opendata.contract import Fetcher, OpenSource, SourceData, SourceFailedError, UpdateRequest
from opendata.files.codes import period_code
from opendata.files.downloaded_files import codes_of, gemeenten_meant, read_count
from opendata.files.opened_file import OpenedFile, open_table
from opendata.files.periods import read_period
from opendata.left_out import LeftOut
from opendata.tables.columns import squeezed
from opendata.tables.gathered_figures import GatheredFigures

AREAS = ("gemeentecode", "gemeente", "gemeentenaam", "regio", "municipality")
PERIODS = ("periode", "kwartaal", "jaar", "peildatum", "period", "quarter", "year")
NAMED = 20
"""Most names that a message spells out."""

NOT_OURS = {"former": why.FORMER, "other area": why.OTHER_LEVEL, "nowhere": why.NOWHERE}
"""Why the figures of an area that is understood, and no gemeente since 2020, are left out."""

FORMATS = (".csv", ".xlsx", ".parquet")


class FileSource(OpenSource):
    """A source whose figures are columns of a file; ``columns`` has their names, per figure.

    A file needs not have all of them.
    """

    by_name = by_hand = True
    columns: ClassVar[Mapping[str, tuple[str, ...]]]

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the figures of ``request.file``; SourceFailedError when it is not as expected."""
        del fetcher
        if request.file is None:
            raise SourceFailedError(
                f"'{self.name}' is downloaded by hand from {self.page}. Hand it in with:"
                f" weerbeeld update {self.name} --file PATH"
            )
        where = f"The file {printable(request.file.name)}"
        wanted = tuple(chain.from_iterable(self.columns.values()))
        names = {squeezed(name): name for name in (*AREAS, *PERIODS, *wanted)}
        listed = ", ".join((*AREAS, *PERIODS, *wanted))
        opened = open_table(request.file, lambda name: squeezed(name) in names, listed)
        there = {c: names[squeezed(c)] for c in opened.rows.columns if squeezed(c) in names}
        table = opened.rows[list(there)].rename(columns=there)
        area, moment = _column(opened, table, AREAS), _column(opened, table, PERIODS)
        _column(opened, table, wanted)
        found = {
            figure: next(name for name in names if name in table)
            for figure, names in self.columns.items()
            if any(name in table for name in names)
        }
        rows = table[table[area].notna() | table[moment].notna()]
        gathered = GatheredFigures(self.attribution)
        codes = _codes(rows[area], where, gathered.left_out, len(found))
        known = rows.assign(code=codes, period=rows[moment].map(str))[codes.notna()]
        _check(known, rows[area], where)
        for text, here in known.groupby("period", sort=False):
            period = read_period(period_code(str(text)) or "")
            if period is None:
                raise SourceFailedError(
                    f"{where} has the period '{shortened(str(text))}'. Expected a year (2025), a"
                    " quarter (2025Q1) or a month (2025-03)."
                )
            for figure, column in found.items():
                gathered.add(figure, period, here["code"], here[column].map(read_count))
        return gathered.source_data(where)


def given_file(source: OpenSource, folder: Path) -> Path | None:
    """Return the newest file of a source in ``folder``, named after it, or None."""
    files = [folder / f"{source.name}{ending}" for ending in FORMATS]
    there = [file for file in files if file.is_file()]
    return max(there, key=lambda file: file.stat().st_mtime, default=None)


def _codes(
    areas: "pd.Series[str]", where: str, left_out: LeftOut, figures: int
) -> "pd.Series[Any]":
    """Return the codes of gemeenten, null for rows of other areas, which are counted as left out.

    SourceFailedError names what is not understood: it may be a gemeente whose figure would be lost.
    """
    named = gemeenten_meant(areas)
    kinds = named.map(lambda one: one.meant, na_action="ignore").fillna("nowhere")
    if (kinds == "unclear").any():
        unclear = areas[kinds == "unclear"].unique()
        more = f" and {len(unclear) - NAMED:,} more" if len(unclear) > NAMED else ""
        named_here = "; ".join(map(shortened, unclear[:NAMED]))
        raise SourceFailedError(
            f"{where} names areas that are not understood: {named_here}{more}. Expected codes such "
            "as GM0599, or names as CBS writes them, such as Utrecht (gemeente) or Bergen (NH.)."
        )
    for kind, reason in NOT_OURS.items():
        left_out.add(reason, int((kinds == kind).sum()) * figures)
    return codes_of(areas)


def _check(known: pd.DataFrame, areas: "pd.Series[str]", where: str) -> None:
    if known.empty:
        there = ", ".join(shortened(str(area)) for area in areas.head(3))
        raise SourceFailedError(
            f"{where} names no gemeente that there is, but: {there or 'nothing'}. Expected codes"
            " such as GM0599, or names."
        )
    twice = known[known.duplicated(["code", "period"])]
    if len(twice):
        raise SourceFailedError(
            f"{where} has {twice['code'].iloc[0]} in {twice['period'].iloc[0]} more than once;"
            " expected one row for each gemeente and period."
        )


def _column(opened: OpenedFile, table: pd.DataFrame, names: tuple[str, ...]) -> str:
    for name in names:
        if name in table:
            return name
    raise SourceFailedError(
        f"{opened.where} lacks a column. Expected one named {' or '.join(names)}; it has:"
        f" {opened.there}."
    )
