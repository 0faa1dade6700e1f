"""Key figures of neighbourhoods: CBS *Kerncijfers wijken en buurten*, a new table every year.

CBS rounds counts to five and leaves out those of very few; establishments by branch it publishes
where an area has 20 or more. The newest year has no incomes yet.
The shares are read for the fairness test alone (P1): that of origin counts inhabitants whose land
of origin is outside the Netherlands, from 2024 on; these tables have no single-parent households.
"""

from dataclasses import replace
from datetime import date
from functools import reduce
from operator import add

import pandas as pd

from bilingual import Text
from opendata import left_out as why
from opendata.contract import (
    CC_BY,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.files.periods import Period
from opendata.files.year_of_file import year_of
from opendata.tables.branch_columns import (
    ABOVE,
    CBS_TITLES,
    KWB_COLUMNS,
    OPTIONAL,
    PDOK_COLUMNS,
)
from opendata.tables.columns import Measure
from opendata.tables.file_table import FileTable, Layout
from opendata.tables.gathered_figures import LEVEL_OF_PREFIX, GatheredFigures
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.yearly_tables import table_of_year

TABLES = {2022: "85318NED", 2023: "85618NED", 2024: "85984NED", 2025: "86165NED"}

COUNTS = {
    "inhabitants": ("Aantal inwoners", "", 1.0),
    "dwellings": ("Woningvoorraad", "", 1.0),
    "firms": ("Bedrijfsvestigingen totaal", "", 1.0),
    "land_km2": ("Oppervlakte land", "ha", 0.01),
}
"""Figures: the name of the column, its unit where that matters, and what to multiply by."""

AGE = "15 tot 25 jaar"
LOW_INCOME = "Huishoudens met een laag inkomen"
ORIGINS = ("Europa (exclusief Nederland)", "Buiten Europa")

FILE_COLUMNS = {
    "a_inw": Measure("a_inw", COUNTS["inhabitants"][0]),
    "aant_inw": Measure("aant_inw", COUNTS["inhabitants"][0]),
    "inwoners": Measure("inwoners", COUNTS["inhabitants"][0]),
    "a_woning": Measure("a_woning", COUNTS["dwellings"][0]),
    "a_bedv": Measure("a_bedv", COUNTS["firms"][0]),
    "aantal_bedrijfsvestigingen": Measure("", COUNTS["firms"][0]),
    "a_lan_ha": Measure("a_lan_ha", COUNTS["land_km2"][0], unit="ha"),
    "opp_land": Measure("opp_land", COUNTS["land_km2"][0], unit="ha"),
    "oppervlakte_land_in_ha": Measure("", COUNTS["land_km2"][0], unit="ha"),
    "oppervlakteLandHa": Measure("", COUNTS["land_km2"][0], unit="ha"),
    **{
        column: Measure(column, CBS_TITLES[figure], (ABOVE,))
        for names in (KWB_COLUMNS, PDOK_COLUMNS)
        for figure, column in names.items()
    },
    "a_15_24": Measure("a_15_24", AGE),
    "p_hh_li": Measure("p_hh_li", LOW_INCOME, unit="%"),
    "a_eur_al": Measure("a_eur_al", ORIGINS[0], ("Herkomst",)),
    "a_neu_al": Measure("a_neu_al", ORIGINS[1], ("Herkomst",)),
}
"""Columns of files that CBS publishes beside StatLine (kwb, wijk- en buurtkaart), as StatLine's."""

KEY_FIGURES = Layout(measures=FILE_COLUMNS, wanted=tuple(name for name, *_ in COUNTS.values()))


class KeyFigures(OpenSource):
    """Inhabitants, dwellings, establishments and land of gemeenten, wijken and buurten."""

    name = "cbs_key_figures"
    title = Text("Kerncijfers wijken en buurten (CBS)", "Key figures of neighbourhoods (CBS)")
    brings = (
        *COUNTS,
        *CBS_TITLES,
        "share_age_15_to_24",
        "share_low_income",
        "share_origin_outside_nl",
    )
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, Kerncijfers wijken en buurten"
    page = "https://www.cbs.nl/nl-nl/dossier/nederland-regionaal/wijk-en-buurtstatistieken"
    fresh_days = 730

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the key figures of ``request.year``, or those of a file, whichever it has."""
        gathered = GatheredFigures(self.attribution)
        title, year = "Kerncijfers wijken en buurten", request.year
        remarks: tuple[str, ...] = ()
        if request.file:
            file = FileTable(request.file, KEY_FIGURES)
            year, remarks = year_of(file.title, request, TABLES)
            gathered.left_out.add(why.FORMER, file.unknown)
            table: StatisticsTable = file
        else:
            table = table_of_year(fetcher, TABLES, title, year)
        counts = _counts(table, partly=request.file is not None)
        branches = _branches(table, partly=request.file is not None)
        shares = _shares(table)
        areas = [c for c in table.categories(table.areas) if c.code[:2] in LEVEL_OF_PREFIX]
        columns = [*counts.values(), *branches.values()]
        columns += [measure for parts in shares.values() for measure in parts]
        frame = table.rows(columns, {table.areas: areas})
        moment = Period(date(year, 1, 1), 12)
        codes = frame[table.areas.key].astype(object).to_list()
        for figure, measure in {**counts, **branches}.items():
            factor = COUNTS[figure][2] if figure in COUNTS else 1.0
            gathered.add(figure, moment, codes, frame[measure.key].to_list(), factor=factor)
        absent = len(CBS_TITLES) + len(COUNTS) - len(branches) - len(counts)
        gathered.left_out.add(why.NO_COLUMN, len(codes) * absent)
        for figure, parts in shares.items():
            if parts and (figure == "share_low_income" or "inhabitants" in counts):
                share = reduce(add, (_numbers(frame, part) for part in parts))
                if figure != "share_low_income":
                    inhabitants = _numbers(frame, counts["inhabitants"])
                    share = 100 * share / inhabitants.where(inhabitants > 0)
                gathered.add(figure, moment, codes, share)
            else:
                gathered.left_out.add(why.NO_COLUMN, len(codes))
        return replace(gathered.source_data(table.where), remarks=remarks)


def _counts(table: StatisticsTable, *, partly: bool) -> dict[str, Measure]:
    """Return the columns of counts; of a file those that it has.

    SourceFailedError when one is not there, or none in a file.
    """
    wanted = {
        figure: (name, unit)
        for figure, (name, unit, _) in COUNTS.items()
        if not partly or table.has_any(name)
    }
    if not wanted:
        raise SourceFailedError(
            f"{table.where} has no column of a key figure. Known are: {', '.join(FILE_COLUMNS)},"
            " and the names of StatLine."
        )
    return {figure: table.measure(name, unit=unit) for figure, (name, unit) in wanted.items()}


def _branches(table: StatisticsTable, *, partly: bool) -> dict[str, Measure]:
    """Return the columns of establishments by branch, none in a year without any of them.

    SourceFailedError when one is there twice or, but in a file, some are there and another is not.
    """
    there = {figure for figure, title in CBS_TITLES.items() if table.has_any(title, ABOVE)}
    return {
        figure: table.measure(title, ABOVE)
        for figure, title in CBS_TITLES.items()
        if figure in there or (there and figure not in OPTIONAL and not partly)
    }


def _shares(table: StatisticsTable) -> dict[str, list[Measure]]:
    """Return the columns of each share, none where the table does not have them."""
    return {
        "share_age_15_to_24": [table.measure(AGE)] if table.has_one(AGE) else [],
        "share_low_income": (
            [table.measure(LOW_INCOME, unit="%")] if table.has_one(LOW_INCOME) else []
        ),
        "share_origin_outside_nl": (
            [table.measure(name, "Herkomst") for name in ORIGINS]
            if all(table.has_one(name, "Herkomst") for name in ORIGINS)
            else []
        ),
    }


def _numbers(frame: pd.DataFrame, measure: Measure) -> "pd.Series[float]":
    return pd.to_numeric(frame[measure.key], errors="coerce").astype(float)


SOURCE = KeyFigures()
