"""Tables over OData v3, as CBS and its third parties serve them.

What the service is known to do (documentation of CBS Open Data v3, and what its users report):
one call answers at most 10,000 rows, more is an error; ``$skip``, ``$orderby`` and comparisons of
codes with ``ge`` are not to be trusted; keys are padded with spaces to a width of each dimension.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from opendata.contract import SourceFailedError
from opendata.tables.calls import Call
from opendata.tables.columns import Category, Dimension, Measure, kind_of
from opendata.tables.odata_answers import Row, query, read_all, texts
from opendata.tables.service_table import ServiceTable

CBS = "opendata.cbs.nl"
THIRD_PARTIES = "dataderden.cbs.nl"


class OData3Table(ServiceTable):
    """A table of ``https://HOST/ODataApi/odata/TABLE``."""

    most_rows: ClassVar[int] = 10_000

    @cached_property
    def title(self) -> str:
        """The title of the table, from TableInfos."""
        (row,) = self._list("TableInfos", ("Title",))[:1] or [("",)]
        return row[0]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every topic of DataProperties, with the topic groups above it."""
        groups = {
            str(row["ID"]): (str(row["Title"]).strip(), str(row.get("ParentID")))
            for row in self._properties
            if row["Type"] == "TopicGroup"
        }
        return tuple(
            Measure(
                str(row["Key"]),
                str(row["Title"]).strip(),
                _path(groups, str(row.get("ParentID"))),
                str(row.get("Unit") or ""),
            )
            for row in self._properties
            if row["Type"] == "Topic"
        )

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every dimension of DataProperties."""
        return tuple(
            Dimension(str(row["Key"]), str(row["Title"]).strip(), kind_of(row["Type"], row["Key"]))
            for row in self._properties
            if re.fullmatch(r"(Geo|Time)?Dimension|GeoDetail", str(row["Type"]))
        )

    @cached_property
    def _properties(self) -> list[Row]:
        (rows,) = read_all(self.fetcher, [self._url("DataProperties")], self.where)
        texts(rows, ("ID", "Type", "Key", "Title"), f"{self.where}, DataProperties")
        return rows

    def _read_categories(self, dimension: Dimension) -> list[Category]:
        found = self._list(dimension.key, ("Key", "Title"))
        if len(found) == self.most_rows:
            raise SourceFailedError(
                f"{self.where} lists exactly {self.most_rows:,} codes of '{dimension.title}': it"
                " seems cut off.",
                "truncated",
            )
        return [Category(key, title.strip()) for key, title in found]

    def _read(self, calls: Sequence[Call], measures: Sequence[Measure]) -> list[list[Row]]:
        names = [*(d.key for d in self.dimensions), *(m.key for m in measures)]
        options = {"format": "json", "select": ",".join(names)}
        urls = [
            self._url("TypedDataSet", **({"filter": call.filter} if call.filter else {}), **options)
            for call in calls
        ]
        return read_all(self.fetcher, urls, self.where)

    def _list(self, name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        (rows,) = read_all(self.fetcher, [self._url(name)], self.where)
        return texts(rows, columns, f"{self.where}, {name}")

    def _url(self, name: str, **options: str) -> str:
        options = options or {"format": "json"}
        return f"https://{self.host}/ODataApi/odata/{self.table}/{name}?{query(**options)}"


def _path(groups: dict[str, tuple[str, str]], parent: str) -> tuple[str, ...]:
    """Return the titles from the outermost group to that of ``parent``."""
    path: list[str] = []
    while parent in groups and len(path) < len(groups):
        title, parent = groups[parent]
        path.insert(0, title)
    return tuple(path)
