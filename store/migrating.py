"""Brings a store of an earlier version up to date, with Alembic."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from errors import WeerbeeldError
from store.engine import MIGRATIONS, writing

_MIGRATING = Lock()
"""Alembic keeps what it migrates in the module: one migration at a time in a process."""


def migration_config(connection: Connection, folder: Path = MIGRATIONS) -> Config:
    """Return Alembic's settings for one open connection and a folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, folder: Path) -> None:
    """Carry out the migrations in ``folder`` that a store lacks.

    Raises WeerbeeldError when the store was made by a newer Weerbeeld.
    """
    try:
        with _MIGRATING, writing(engine) as session:
            command.upgrade(migration_config(session.connection(), folder), "head")
    except CommandError:
        raise WeerbeeldError(
            f"The store {engine.url.database} was made by a newer Weerbeeld. "
            "Update Weerbeeld, or choose another home folder."
        ) from None
