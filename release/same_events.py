"""Counts an event that two partners told of once, and says about how often that happened.

Two records are one event when partners gave them the same number, sort, day and place (within
250 m). Equal numbers alone are two events. The account of the partner that told first counts, as
that partner corrected it since.

Readers learn which partner tells what another told, in three words, never how often. The words
change at limits that are drawn with the key of the noise, for each partner and kind: whoever adds
records of his own cannot count his way to a limit.
"""

import hmac
from collections.abc import Mapping
from typing import Literal

import duckdb
import pandas as pd

from geo.same_place import same_place
from records import KINDS, RecordKind
from store.evidence.of_records import SameEvents

Part = Literal["some", "most", "all"]

LEAST = (10, 30)
MOST = (0.4, 0.6)
ALL = (0.9, 0.98)
"""Between which the limits are drawn: of events in common, and of the part that they are of all."""

LARGEST_DRAW = 2**32


def count_once(con: duckdb.DuckDBPyConnection, secret: bytes) -> list[SameEvents]:
    """Remove from each located ``raw_<kind>`` what was told before by another ``deliverer``.

    Returns what readers may know of it, for each kind and two partners.
    """
    found: list[SameEvents] = []
    for kind in KINDS.values():
        if kind.located:
            told = _told_before(con, kind)
            found += _common(con, kind, told, secret)
            con.register("told", told[["row"]].drop_duplicates())
            con.execute(f"DELETE FROM raw_{kind.name} WHERE row IN (SELECT row FROM told)")
            con.unregister("told")
    return found


def _told_before(con: duckdb.DuckDBPyConnection, kind: RecordKind) -> pd.DataFrame:
    """Return row, deliverer and first (who told before) of each record that was told before."""
    equal = [*kind.key, kind.dated, *([kind.sort] if kind.sort else [])]
    on = " AND ".join(f'b."{name}" = a."{name}"' for name in equal)
    pairs = con.execute(
        "SELECT b.row, b.deliverer, a.deliverer AS first, a.lon, a.lat,"
        f" b.lon AS other_lon, b.lat AS other_lat FROM raw_{kind.name} a JOIN raw_{kind.name} b"
        f" ON {on} AND a.deliverer <> b.deliverer"
        " AND (a.told, a.deliverer) < (b.told, b.deliverer) ORDER BY b.row, a.told"
    ).df()
    near = same_place(pairs["lon"], pairs["lat"], pairs["other_lon"], pairs["other_lat"])
    told: pd.DataFrame = pairs.loc[near, ["row", "deliverer", "first"]]
    return told


def _common(
    con: duckdb.DuckDBPyConnection, kind: RecordKind, told: pd.DataFrame, secret: bytes
) -> list[SameEvents]:
    totals: Mapping[str, int] = dict(
        con.execute(f"SELECT deliverer, count(*) FROM raw_{kind.name} GROUP BY 1").fetchall()
    )
    found = []
    for (partner, first), rows in told.groupby(["deliverer", "first"], sort=True):
        of = f"{kind.name} {partner} {first}"
        part = _part(len(rows), len(rows) / totals[str(partner)], of, secret)
        if part:
            found.append(SameEvents(kind.name, str(partner), str(first), part))
    return found


def _part(events: int, share: float, of: str, secret: bytes) -> Part | None:
    """Return the word for a number of events in common; None where they are too few to mention."""
    if events < _limit(LEAST, f"least {of}", secret):
        return None
    if share < _limit(MOST, f"most {of}", secret):
        return "some"
    return "most" if share < _limit(ALL, f"all {of}", secret) else "all"


def _limit(between: tuple[float, float], what: str, secret: bytes) -> float:
    drawn = hmac.digest(secret, f"same events: {what}".encode(), "sha256")[:4]
    low, high = between
    return low + (high - low) * int.from_bytes(drawn, "big") / LARGEST_DRAW
