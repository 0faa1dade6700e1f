"""Tables over OData v4 of CBS: one row an observation, turned into the rows of v3.

From the quick-start guide of CBS OData v4: ``Dimensions``, ``MeasureCodes``, ``<Dimension>Codes``
and ``Observations`` (Measure, Value, StringValue, ValueAttribute and a column for each dimension).
An answer is a page; ``@odata.nextLink`` leads to the next. What has no figure has a null or no row.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from opendata.contract import SourceFailedError
from opendata.tables.calls import Call
from opendata.tables.columns import Category, Dimension, Measure, kind_of
from opendata.tables.odata_answers import Row, query, read_all, texts
from opendata.tables.service_table import ServiceTable

CBS4 = "datasets.cbs.nl"


class OData4Table(ServiceTable):
    """A table of ``https://HOST/odata/v1/CBS/TABLE``."""

    most_rows: ClassVar[int] = 100_000

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every row of MeasureCodes."""
        rows = self._rows("MeasureCodes", ("Identifier", "Title"))
        return tuple(
            Measure(
                str(row["Identifier"]), str(row["Title"]).strip(), (), str(row.get("Unit") or "")
            )
            for row in rows
        )

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every row of Dimensions."""
        rows = self._rows("Dimensions", ("Identifier", "Title", "Kind"))
        return tuple(
            Dimension(
                str(row["Identifier"]),
                str(row["Title"]).strip(),
                kind_of(row["Kind"], row["Identifier"]),
            )
            for row in rows
        )

    def _read_categories(self, dimension: Dimension) -> list[Category]:
        rows = self._rows(f"{dimension.key}Codes", ("Identifier", "Title"))
        return [Category(str(row["Identifier"]), str(row["Title"]).strip()) for row in rows]

    def _read(self, calls: Sequence[Call], measures: Sequence[Measure]) -> list[list[Row]]:
        either = " or ".join(f"Measure eq '{measure.key}'" for measure in measures)
        names = ("Measure", "Value", *(d.key for d in self.dimensions))
        urls = [
            self._url(
                "Observations",
                filter=" and ".join(filter(None, (call.filter, f"({either})"))),
                select=",".join(names),
            )
            for call in calls
        ]
        answers = read_all(self.fetcher, urls, self.where)
        return [self._wide(rows, measures, names) for rows in answers]

    def _wide(
        self, rows: list[Row], measures: Sequence[Measure], names: tuple[str, ...]
    ) -> list[Row]:
        """Return one row for each place, with a column for each measure."""
        texts(rows, names, f"{self.where}, Observations")
        places = [dimension.key for dimension in self.dimensions]
        empty = {measure.key: None for measure in measures}
        wide: dict[tuple[str, ...], Row] = {}
        for row in rows:
            place = tuple(row[key] for key in places)
            there = wide.setdefault(place, dict(zip(places, place, strict=True)) | empty)
            if row["Measure"] not in empty or there[row["Measure"]] is not None:
                raise SourceFailedError(
                    f"{self.where} answers {row['Measure']} of {' '.join(place)}, which was not"
                    " asked for or came before."
                )
            there[row["Measure"]] = row["Value"]
        return list(wide.values())

    def _rows(self, name: str, columns: tuple[str, ...]) -> list[Row]:
        (rows,) = read_all(self.fetcher, [self._url(name)], self.where)
        texts(rows, columns, f"{self.where}, {name}")
        return rows

    def _url(self, name: str, **options: str) -> str:
        asked = f"?{query(**options)}" if options else ""
        return f"https://{self.host}/odata/v1/CBS/{self.table}/{name}{asked}"
