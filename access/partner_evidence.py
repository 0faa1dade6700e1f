"""What partners read of the worth of a release, and of how its counts deviate."""

from typing import Any

from sqlalchemy import Engine, select

from access.door import door
from access.partner_search import SearchGateway
from access.reading import rows
from store import release as stored
from store.evidence import KINDS, Evidence
from store.evidence.contract import indicators_of, scored_levels_of
from store.evidence.keeping import Kind, from_json
from store.kept import kept


class EvidenceGateway(SearchGateway):
    """Reads evidence, as far as it is for the viewer, and the noise that everybody may know."""

    @door
    def evidence(self, kind: type[Kind]) -> list[Kind]:
        """Return the evidence of a kind, as far as it is for this reader; [] where there is none.

        A row that names indicators is for who receives all of them, one about the score of a level
        for who may read that.
        """
        known = self.passports()
        return [
            row
            for row in _evidence_of(self._of_all, kind.__name__)
            if isinstance(row, kind)
            and all(code in known for code in indicators_of(row))
            and all(self.scored(level) for level in scored_levels_of(row))
        ]

    @door
    def perturbation(self) -> list[list[float]]:
        """Return the chance of each deviation of a count over 12 months, up to gemeente level.

        Row c is for counts of c, the last row also for larger ones; columns run from the largest
        downward deviation to the largest upward one.
        """
        return self._deviations("gemeente", "year")

    def _deviations(self, level: str, kind: str) -> list[list[float]]:
        """Return the table of counts of a level and kind of period, as ``perturbation``."""
        noise = self._noise
        table: list[list[float]] = noise["tables"][str(noise["levels"][level][kind])]
        return table


@kept(64)
def _evidence_of(release: Engine, name: str) -> tuple[Evidence, ...]:
    """Return all evidence of a kind in a release, whoever may know of it: read once."""
    query = select(stored.Evidence.rows).where(stored.Evidence.name == name)
    kept: list[list[dict[str, Any]]] = rows(release, query, list)
    return tuple(from_json(KINDS[name], row) for row in (kept[0] if kept else ()))
