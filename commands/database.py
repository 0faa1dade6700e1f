"""``weerbeeld database``: a PostgreSQL database instead of SQLite files."""

from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="A PostgreSQL database instead of files.")
    group.callback()(lambda: None)
    group.command("prepare")(prepare)
    app.add_typer(group, name="database")


def prepare(
    roles_sql: Annotated[
        bool, typer.Option("--roles-sql", help="only print what an administrator runs first")
    ] = False,
) -> None:
    """Make schemas, tables and rights in the database of WEERBEELD_DATABASE; harmless to repeat.

    Run it as the role of the build, before anything else and after each update of Weerbeeld.
    """
    from errors import WeerbeeldError
    from store import database
    from store.console import log_change
    from store.publication import publication_lock
    from store.releases import mirror

    if roles_sql:
        typer.echo(database.ROLES_SQL, nl=False)
        return
    home = choices().folders
    if not home.database:
        raise WeerbeeldError(
            "There is no database to prepare: set WEERBEELD_DATABASE to its address, such as "
            "postgresql://weerbeeld_build@/weerbeeld?host=/run/postgresql."
        )
    database.prepare(home.database)
    with publication_lock(home):
        log_change(home, "database prepare", "schemas, tables and rights")
        mirror(home)
    typer.echo("The database is ready.")
