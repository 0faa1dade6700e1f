"""Row security on PostgreSQL: a second safeguard beneath the conditions of the gateway.

The database checks again which areas a viewer may read, so that a query with a wrong condition
still returns nothing outside the grant. It stops mistakes in queries, not an attacker who runs any
SQL as the web process: that can name any viewer.
"""

from sqlalchemy import Engine

from store.kept import kept
from store.postgresql import VIEWER
from store.release import LEVEL_NUMBERS, Area, Figure, KeyFigure, Pattern, Score, Stability

PLACED = tuple(model.__tablename__ for model in (Figure, Pattern, Score, Stability, KeyFigure))
"""Tables whose rows get a column GEMEENTE, because looking it up in ``area`` takes longer."""

SECURED = (Area.__tablename__, *PLACED)

GEMEENTE = "gemeente_number"
"""Which of GEMEENTEN, counted from 1, the area of a row lies in."""

COMPARED = LEVEL_NUMBERS["gemeente"]
"""The finest level that every recipient may read everywhere."""

GEMEENTEN = (
    f"SELECT code, row_number() OVER (ORDER BY id) AS number FROM area WHERE level = {COMPARED}"
)

HELD = "unnest(string_to_array(current_setting('weerbeeld.viewer', true), '+')) AS held"
"""The roles of the viewer, as in ``Viewer.label``; none when no viewer was named."""

OWN = ("riec", "gemeente")
"""Roles with an area; the table of areas has a column of the same name."""


def _is(role: str) -> str:
    return f"starts_with(held, '{role}:')"


def _own() -> str:
    """Return the condition on an area that it lies in a granted RIEC or gemeente."""
    codes = {role: f"SELECT split_part(held, ':', 2) FROM {HELD} WHERE {_is(role)}" for role in OWN}
    return " OR ".join(f"{role} IN ({areas})" for role, areas in codes.items())


def policy(table: str) -> str:
    """Return the statement that makes rows of ``table`` visible within a grant only.

    Each SELECT in it is worked out once for a query, not for each row: for figures, whether each
    of GEMEENTEN was granted.
    """
    receives = " OR ".join(["held = 'nsoc'", *map(_is, OWN)])
    granted = f"SELECT array_agg({_own()} ORDER BY id) FROM area WHERE level = {COMPARED}"
    return (
        f"CREATE POLICY within_grant ON {table} FOR SELECT USING ("
        f"(level <= {COMPARED} AND (SELECT count(*) > 0 FROM {HELD} WHERE {receives})) OR "
        f"(level < {LEVEL_NUMBERS['hex9']} AND"
        f" (SELECT count(*) > 0 FROM {HELD} WHERE held = 'nsoc')) OR "
        f"{f'({granted})[{GEMEENTE}]' if table in PLACED else _own()})"
    )


def secure(table: str) -> list[str]:
    """Return the statements that put row security on a table of a release."""
    return [policy(table), f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]


@kept(64)
def as_seen_by(engine: Engine, label: str) -> Engine:
    """Return ``engine`` for the viewer with ``label``; SQLite files have no row security."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(**{VIEWER: label})
