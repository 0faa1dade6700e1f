"""What an export is: a table on its way out in one format, with what a reader must know of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

import pandas as pd

INVENTED_NOTE = "VERZONNEN VOORBEELD / INVENTED EXAMPLE"
MARK = "data"
"""What a file calls its note that the rows are invented."""

Outline = dict[str, Any]
"""A GeoJSON Polygon or MultiPolygon, in degrees."""


@dataclass(frozen=True)
class ExportTable:
    """Rows, and what holds for all of them: what they are, whose, and on what terms.

    A text is '' where there is nothing to say: only areas have a ``level``, and nobody else's
    licence rests on the audit log. ``note`` says what the rows alone do not: what a 0 means, or of
    which day a public state is, where that is not of their period. ``attribution`` names those
    whose borders, place names and open figures the release is made of. ``outlines`` are those of
    the places, by their code in the column ``area``; only formats that draw places get them.
    """

    rows: pd.DataFrame
    invented: bool
    title: str = ""
    unit: str = ""
    level: str = ""
    period: str = ""
    note: str = ""
    source: str = ""
    licence: str = ""
    attribution: str = ""
    release: str = ""
    outlines: Mapping[str, Outline] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, str]:
        """All that there is to say of the rows, by name, the mark of invented ones last."""
        texts = {name: getattr(self, name) for name in ABOUT}
        texts[MARK] = INVENTED_NOTE if self.invented else ""
        return {name: text for name, text in texts.items() if text}

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The rows as JSON has them, six decimals; each says that it is invented if it is."""
        rows = self.rows.assign(**({MARK: INVENTED_NOTE} if self.invented else {}))
        for position, dtype in enumerate(rows.dtypes):
            if pd.api.types.is_object_dtype(dtype):
                rows.isetitem(position, rows.iloc[:, position].map(_written).array)
        text = rows.to_json(orient="records", double_precision=6, date_format="iso")
        objects: list[dict[str, Any]] = json.loads(text)
        return objects

    @classmethod
    def read_back(
        cls,
        rows: pd.DataFrame,
        about: Mapping[str, str],
        outlines: Mapping[str, Outline] | None = None,
    ) -> Self:
        """Return the table that a file holds, from its rows and its ``about``."""
        texts = {name: about.get(name, "") for name in ABOUT}
        return cls(rows, MARK in about, **texts, outlines=outlines or {})


ABOUT = ("title", "unit", "level", "period", "note", "source", "licence", "attribution", "release")
"""The texts of a table, in the order and under the names that they have in a file."""


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Export:
    """One format. A file in this folder that defines one is offered wherever files are.

    ``name`` stands in commands and in the audit log, ``label`` on pages, ``ending`` behind the
    dot of a file's name. ``write`` returns the bytes of a file; they hold all of
    ``ExportTable.about``. ``read`` returns the table of such a file, with any column that the
    format added, so that tests can hold what was written against what was shown. ``places``: it
    draws the places, so a table without them does not fit.
    """

    name: str
    label: str
    media_type: str
    ending: str
    write: Callable[[ExportTable], bytes]
    read: Callable[[bytes], ExportTable]
    places: bool = False

    def fits(self, level: str) -> bool:
        """Return whether the format can hold a table of places of ``level``, '' for another one."""
        return bool(level) or not self.places
