"""Plays PDOK and the police with real Dutch data of 2024, from the folder of test data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from odata_tables import PlayedDimension, PlayedMeasure, PlayedTable, play_v3
from pdok import NEIGHBOURHOODS, PLURAL, collection
from server import Services

YEAR = 2024
YEARS = (2021, 2022, 2023)
MISSING = -99997

Feature = dict[str, Any]


@dataclass(frozen=True)
class RealCountry:
    """Areas of three levels with their key figures, and offences by area and year."""

    folder: Path

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Key figures by level, indexed by code."""
        found = {}
        for level in ("buurt", "wijk", "gemeente"):
            file = self.folder / f"kerncijfers_{PLURAL[level]}_{YEAR}.csv"
            frame = pd.read_csv(file)
            code = "gemeente_code" if level == "gemeente" else f"{level}code"
            name = "gemeente_naam" if level == "gemeente" else f"{level}naam"
            found[level] = frame.rename(columns={code: "code", name: "name"}).set_index("code")
        return found

    @cached_property
    def borders(self) -> dict[str, "pd.Series[Any]"]:
        """Borders by level; wijken and gemeenten are dissolved from the buurten."""
        buurten = gpd.read_file(self.folder / f"buurten_{YEAR}.gpkg").set_index("buurtcode")
        shapes = buurten.geometry.make_valid().to_crs("EPSG:4326")
        return {
            "buurt": shapes,
            "wijk": shapes.groupby(buurten["wijkcode"]).agg(_union),
            "gemeente": shapes.groupby(buurten["gemeente_code"]).agg(_union),
        }

    def features(self, level: str) -> list[Feature]:
        """Return the features of a collection, as PDOK writes them."""
        shapes, table = self.borders[level], self.tables[level]
        return [
            {
                "type": "Feature",
                "id": f"{level}-{code}",
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
                "properties": {
                    f"{level}code": code,
                    f"{level}naam": str(table.at[code, "name"]),
                    "gemeentecode": f"GM{code[2:6]}",
                    "water": "NEE",
                    "jaarcode": YEAR,
                    "aantal_inwoners": _or_missing(table.at[code, "inwoners"]),
                    "aantal_bedrijfsvestigingen": MISSING,
                    "oppervlakte_land_in_ha": _or_missing(table.at[code, "oppervlakteLandHa"]),
                },
            }
            for code, shape in zip(map(str, shapes.index), shapes, strict=True)
            if code in table.index
        ]

    @cached_property
    def offences(self) -> pd.DataFrame:
        """Registered offences by code (all levels) and year; NaN where not published."""
        columns = {f"misdrijven_{year}": year for year in YEARS}
        parts = [
            self.tables[level][list(columns)].rename(columns=columns)
            for level in ("gemeente", "buurt")
        ]
        buurten = self.tables["buurt"]
        wijken = buurten.groupby("wijkcode")[list(columns)].sum(min_count=1)
        return pd.concat([*parts, wijken.rename(columns=columns)])

    def serve(self, services: Services) -> None:
        """Serve the three collections of PDOK and the yearly table of the police."""
        for level, name in PLURAL.items():
            address = NEIGHBOURHOODS.format(year=YEAR, name=name)
            services.serve(address, collection(address, self.features(level), 1000))
        offences = self.offences

        def value(_: str, codes: dict[str, str]) -> float | None:
            if codes["SoortMisdrijf"] != "0.0.0":
                return None
            found: Any = offences.at[codes["WijkenEnBuurten"], int(codes["Perioden"][:4])]
            return None if pd.isna(found) else float(found)

        play_v3(services, _quick(list(offences.index), value), "dataderden.cbs.nl")


def _union(shapes: "pd.Series[Any]") -> Any:  # noqa: ANN401 - any shape
    return shapely.union_all(shapely.make_valid(shapes.to_numpy()), grid_size=1e-6)


def _or_missing(value: Any) -> float:  # noqa: ANN401 - a cell of a table
    return MISSING if pd.isna(value) else float(value)


class _Quick(PlayedTable):
    """A played table that looks its filter up by column, for many thousands of areas."""

    @cached_property
    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows)

    def chosen(self, condition: str) -> list[dict[str, str]]:
        found = self.frame
        for key in found.columns:
            starts = re.findall(rf"startswith\({key},'([^']*)'\)", condition)
            exact = re.findall(rf"\b{key} eq '([^']*)'", condition)
            if starts or exact:
                fits = found[key].isin(exact)
                fits |= found[key].str.startswith(tuple(starts)) if starts else False
                found = found[fits]
        return [{str(k): str(v) for k, v in row.items()} for row in found.to_dict("records")]


def _quick(codes: list[str], value: Callable[[str, dict[str, str]], float | None]) -> PlayedTable:
    kinds = (
        ("0.0.0", "Totaal misdrijven"),
        ("3.1.1", "Drugshandel"),
        ("1.6.1", "Brand/ontploffing"),
    )
    areas = PlayedDimension(
        "WijkenEnBuurten", "Wijken en buurten", "GeoDetail", [(c, c) for c in codes], 10
    )
    return _Quick(
        "47018NED",
        "Geregistreerde misdrijven; wijken en buurten, jaarcijfers",
        [
            PlayedDimension("SoortMisdrijf", "Soort misdrijf", "Dimension", kinds, 6),
            areas,
            PlayedDimension(
                "Perioden", "Perioden", "TimeDimension", [(f"{y}JJ00", str(y)) for y in YEARS]
            ),
        ],
        [PlayedMeasure("GeregistreerdeMisdrijven_1", "Geregistreerde misdrijven")],
        value,
    )
