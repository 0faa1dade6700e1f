"""Writes a played table as the files that a person downloads of it from StatLine."""

import csv
from collections.abc import Sequence
from pathlib import Path

from odata_tables import PlayedDimension, PlayedMeasure, PlayedTable

MISSING = "."
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def raw_file(table: PlayedTable, folder: Path) -> Path:
    """Return the *onbewerkte dataset*: codes padded to their width, a point for no figure."""
    keys = [d.key for d in table.dimensions]
    lines = [["ID", *keys, *(m.key for m in table.measures)]]
    for number, row in enumerate(table.rows):
        figures = [_point(table.figure(m.key, row)) for m in table.measures]
        lines.append([str(number), *(row[key] for key in keys), *(f.rjust(8) for f in figures)])
    return _written(folder / f"{table.table}_UntypedDataSet_27112026_101500.csv", lines)


def named_file(table: PlayedTable, folder: Path, coding: bool = False) -> Path:
    """Return the *CSV zonder statistische symbolen*: names and units, a decimal comma.

    ``coding`` adds the column with the code of each area, where the table has one.
    """
    titles = {d.key: dict(d.codes) for d in table.dimensions}
    heads = [d.title for d in table.dimensions]
    extra = ["Regioaanduiding/Codering (code)"] if coding else []
    lines = [[*heads, *extra, *map(_called, table.measures)]]
    for row in table.rows:
        codes = {key: code.strip() for key, code in row.items()}
        names = [_name(titles[d.key], codes[d.key], d) for d in table.dimensions]
        own = [codes[_areas(table.dimensions).key]] if coding else []
        figures = [table.figure(m.key, row) for m in table.measures]
        lines.append([*names, *own, *("" if f is None else _comma(f) for f in figures)])
    return _written(folder / f"{table.title}_27112026_101500.csv".replace("; ", "__"), lines)


def _areas(dimensions: Sequence[PlayedDimension]) -> PlayedDimension:
    return next(d for d in dimensions if d.kind.startswith("Geo") or d.key == "RegioS")


def _name(titles: dict[str, str], code: str, dimension: PlayedDimension) -> str:
    if dimension.key != "Perioden":
        return {t[0].strip(): t[1] for t in titles.items()}[code]
    kind, number = code[4:6], int(code[6:])
    return {
        "JJ": code[:4],
        "KW": f"{code[:4]} {number}e kwartaal*",
        "MM": f"{code[:4]} {MONTHS[max(number, 1) - 1]}*",
    }[kind]


def _called(measure: PlayedMeasure) -> str:
    return f"{'/'.join((*measure.groups, measure.title))} ({measure.unit or 'naam'})"


def _point(figure: object) -> str:
    return (
        MISSING if figure is None else f"{figure:g}" if isinstance(figure, float) else str(figure)
    )


def _comma(figure: object) -> str:
    return _point(figure).replace(".", ",")


def _written(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(lines)
    return path
