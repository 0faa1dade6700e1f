"""Triggers that make a table append-only: a line is added at the end, never changed or removed.

They stop mistakes and ordinary access. Whoever may alter the structure of the database can drop
them; the hash chain then shows what was changed.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from store.postgresql import ACCESS

WORDS = "is append-only"


def append_only(dialect: str, table: str) -> Sequence[str]:
    """Return the statements that make ``table``, numbered by ``sequence``, append-only."""
    return _postgresql(table) if dialect == "postgresql" else _sqlite(table)


def trigger_names(dialect: str, table: str) -> tuple[str, ...]:
    """Return the names of the triggers that ``append_only`` makes."""
    made = [statement.split() for statement in append_only(dialect, table)]
    return tuple(words[2] for words in made if words[1] == "TRIGGER")


def missing_triggers(connection: Connection, table: str) -> list[str]:
    """Return the names of the triggers of ``table`` that are gone or do something else."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        query = text(
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = to_regclass(:on) AND tgenabled = 'O'"
        )
        bodies = {s.split("$$")[1] for s in _postgresql(table) if "$$" in s}
        kept = connection.execute(query, {"on": f"{ACCESS}.{table}"})
        whole = {row.tgname for row in kept if row.prosrc in bodies}
        return [name for name in trigger_names(dialect, table) if name not in whole]
    made = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    present = set(connection.execute(made).scalars())
    return [statement.split()[2] for statement in _sqlite(table) if statement not in present]


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {WORDS}'); END"
    wrong = f"NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM {table})"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE would otherwise overwrite a line without a DELETE trigger.
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN {wrong} {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    refuse = f"EXECUTE FUNCTION {table}_refuse()"
    error = f"RAISE EXCEPTION '{table} {WORDS}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" {error}; END $$",
        f"CREATE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NEW.sequence IS DISTINCT FROM"  # the schema, or a temporary table could stand in
        f" (SELECT coalesce(max(sequence), 0) + 1 FROM {ACCESS}.{table})"
        f" THEN {error}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION {table}_next()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
    ]
