"""How large places are: their surface, and their addresses where an open figure counts them."""

import duckdb

from release.gazetteer import HEXAGON_LEVELS
from release.hindsight import Extents, surfaces
from release.placing import Placer
from release.tables import Prepared


def extents_of(con: duckdb.DuckDBPyConnection, prepared: Prepared, placer: Placer) -> Extents:
    """Return km2, and addresses where they are known, of gemeenten and hexagons by area id."""
    parts = " UNION ALL ".join(
        f"SELECT {level} AS id, sum(value)::DOUBLE AS addresses FROM figure_at JOIN place USING"
        " (place) WHERE figure = 'addresses' AND level = 'hex9'"
        f" AND moment = (SELECT max(moment) FROM moments) AND {level} > 0 GROUP BY 1"
        for level in ("gemeente", *HEXAGON_LEVELS)
    )
    addresses = con.execute(parts).df().set_index("id")["addresses"]
    area = {"area": surfaces(prepared.official, prepared.hexagons, placer.layers["gemeente"])}
    return area | ({"addresses": addresses} if len(addresses) else {})
