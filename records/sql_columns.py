"""The columns of records as SQL types: what the build loads, and what a SELECT finds."""

from records.contract import RecordKind

SQL_TYPES = {
    "text": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,2)",
    "boolean": "BOOLEAN",
}
LOCATION = {"lon": "DOUBLE", "lat": "DOUBLE", "cell": "BIGINT"}


def sql_columns(kind: RecordKind) -> dict[str, str]:
    """Return the SQL type of each column of a kind of record, its location included."""
    own = {column.name: SQL_TYPES[column.type] for column in kind.columns}
    return own | (LOCATION if kind.located else {})
