"""``weerbeeld ground import``: streets for maps and search, from a file."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Streets for maps and the search.")
    group.command("import")(import_ground)
    group.callback()(lambda: None)
    app.add_typer(group, name="ground")


def import_ground(
    file: Annotated[Path, typer.Argument(help="GeoPackage, MBTiles or PMTiles with streets")],
    layer: Annotated[
        str | None, typer.Option(help="which layer, where several have lines with names")
    ] = None,
    credit: Annotated[str | None, typer.Option(help="whose it is, as maps must say")] = None,
    licence: Annotated[str | None, typer.Option(help="under which licence it may be shown")] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="of which day; else that of the file"),
    ] = None,
) -> None:
    """Take in the streets of a file, in the place of those installed before."""
    from geo.streets.importing import Wanted, import_streets
    from store.console import log_change

    home = choices().folders
    wanted = Wanted(layer, credit, licence, day.date() if day else None)
    report = import_streets(
        file,
        home.served.streets,
        wanted,
        before=lambda: log_change(home, "ground import", file.name),
    )
    typer.echo("\n".join(report.text))
