"""SQL that reads looks at the areas of one level from the tables of a count (`release.cubes`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.subjects import AT_PLACES
from release.cubes import Cube, stock_day
from release.looks import KEY_RANGE

WHEN = {
    "date": 'u.date BETWEEN p.start AND p."end"',
    "moment": 'u.date = p."end"',
    "period": "u.date = p.code",
    "always": "true",
}
"""How the rows of a count meet a period, by ``Count.when``."""

SUMS = (
    ", sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,"
    f" (sum(key) % {KEY_RANGE})::BIGINT AS key"
)


PLACES = "place"
"""The table with the areas of each place."""


@dataclass(frozen=True)
class LookSql:
    """Queries on a cube: of a ``level``, over periods of some ``kinds``, ``by`` what is looked at.

    ``by``: area_id, look, and stratum where strata are counted apart. Of a stock days are looked
    at, whatever the kind of period. ``places``: the table with the areas of each place.
    """

    cube: Cube
    level: str
    kinds: Sequence[str]
    by: str
    places: str = PLACES

    def looks(self, *, value: bool) -> str:
        """Return a SELECT of amount, units, key, subjects and most of each look.

        With ``value`` also largest, second and owner: the two largest amounts, and the key of the
        larger one's owner.
        """
        largest = f" JOIN ({self._largest()}) USING ({self.by})" if value else ""
        columns = ", largest, second, owner" if value else ""
        return self._behind(f"amount, units, key{columns}, ", SUMS, largest)

    def subjects(self) -> str:
        """Return a SELECT of subjects and most of each look."""
        return self._behind("", "", "")

    def _behind(self, shown: str, sums: str, joins: str) -> str:
        """Return a SELECT of what is ``shown``, subjects and most; 0 behind open figures."""
        words = self.cube.count.subjects
        alone = "".join(
            f", sum(alone_{word}) AS alone_{word}, max(most_{word}) AS most_{word}"
            for word in words
        )
        cells = f"SELECT {self.by}{sums}{alone} FROM {self.cube.cells} c{self._joined} GROUP BY ALL"
        roaming = "".join(f" LEFT JOIN ({self._roaming(word)}) USING ({self.by})" for word in words)
        subjects = ", ".join(
            f"coalesce(alone_{word}, 0) + coalesce(roam_{word}, 0)" for word in words
        )
        most = ", ".join(
            "1" if word in AT_PLACES else f"greatest(most_{word}, largest_{word})" for word in words
        )
        return (
            f"SELECT {self.by}, {shown}"
            f"{f'least({subjects})' if words else '0'}::BIGINT AS subjects,"
            f" {f'greatest({most})' if words else '0'}::BIGINT AS most"
            f" FROM ({cells}){roaming}{joins}"
        )

    def _roaming(self, word: str) -> str:
        each = (
            f"SELECT {self.by}, subject, sum(units) AS units FROM {self.cube.roaming(word)} c"
            f"{self._joined} GROUP BY ALL"
        )
        return (
            f"SELECT {self.by}, count(*) AS roam_{word}, max(units) AS largest_{word} FROM ({each})"
            " GROUP BY ALL"
        )

    def _largest(self) -> str:
        """Return a SELECT of the largest amounts; whose an amount is, is its first subject."""
        each = (
            f"SELECT {self.by}, owner, sum(amount) AS amount FROM {self.cube.owners} c"
            f"{self._joined} GROUP BY ALL"
        )
        return (
            f"SELECT {self.by}, max(amount)::DOUBLE AS largest,"
            " coalesce(max(amount, 2)[2], 0)::DOUBLE AS second,"
            f" (arg_max(owner, amount) % {KEY_RANGE})::BIGINT AS owner FROM ({each}) GROUP BY ALL"
        )

    @property
    def _joined(self) -> str:
        return (
            f" JOIN (SELECT place, {self.level} AS area_id FROM {self.places}"
            f" WHERE {self.level} > 0) USING (place)"
            f" JOIN ({self._looks_at()}) d ON c.date IS NOT DISTINCT FROM d.date"
        )

    def _looks_at(self) -> str:
        """Return a SELECT of the dates of the cube, and of the looks that each belongs to."""
        count = self.cube.count
        if count.when == "moment":
            day = stock_day(count)
            return f"SELECT DISTINCT {day} AS date, {day}::VARCHAR AS look FROM period"
        listed = ", ".join(f"'{kind}'" for kind in self.kinds)
        return (
            f"SELECT u.date, p.code AS look FROM (SELECT DISTINCT date FROM {self.cube.cells}) u"
            f" JOIN period p ON {WHEN[count.when]} AND p.kind IN ({listed})"
        )
