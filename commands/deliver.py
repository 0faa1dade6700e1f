"""``weerbeeld intake`` and ``boundaries import``: what comes in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(intake)
    group = typer.Typer(no_args_is_help=True, help="Borders of gemeenten, wijken and buurten.")
    group.command("import")(import_boundaries)
    app.add_typer(group, name="boundaries")


class Level(StrEnum):
    """Levels of borders that can be imported."""

    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"


def intake(
    kind: Annotated[str, typer.Argument(help="kind of record")],
    file: Annotated[Path, typer.Argument(help="CSV, Excel (.xlsx) or Parquet file")],
    partner: Annotated[str, typer.Option(help="who delivers, e.g. politie or gemeente:GM0599")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check only, keep nothing")] = False,
    accept_valid: Annotated[
        bool, typer.Option("--accept-valid", help="keep the sound rows, set the others aside")
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="take in what is hard to believe: somebody looked")
    ] = False,
) -> None:
    """Take in one delivery, or list everything that is wrong with it."""
    from intake.progress import progress_bar
    from intake.receive import receive

    settings = Settings()
    with progress_bar() as progress:
        receipt = receive(
            kind,
            file,
            partner,
            settings.folders,
            dry_run,
            progress,
            accept_valid=accept_valid,
            confirm=confirm,
            set_aside=settings.set_aside_outside_of,
        )
    typer.echo("\n".join(receipt.lines))


def import_boundaries(
    file: Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON, Shapefile or zip of CBS")],
    level: Annotated[Level, typer.Option(help="gemeente, wijk or buurt")],
    year: Annotated[int, typer.Option(help="year of the borders")],
    strict: Annotated[
        bool, typer.Option("--strict", help="refuse a file that needs mending")
    ] = False,
    former: Annotated[
        bool,
        typer.Option("--former", help="of another year: only to carry its figures over"),
    ] = False,
) -> None:
    """Take in borders of a level, mended; the next build uses them everywhere."""
    from geo import areas, importing

    folder = Settings().folders.boundaries
    report = importing.import_boundaries(
        file, level.value, year, folder, areas.gemeenten(folder), strict=strict, former=former
    )
    typer.echo("\n".join(report.lines))
    in_use = {sheet.level for sheet in areas.installed(folder)}
    if former and level.value not in in_use:
        typer.echo(
            f"These borders only serve to carry figures over, and no {level.value} borders are in "
            f"use to carry them to. Take those in first: 'weerbeeld boundaries import FILE --level "
            f"{level.value} --year YEAR', or 'weerbeeld update'."
        )
    elif former:
        typer.echo("They only serve to carry figures over. Run 'weerbeeld build' to do so.")
    else:
        typer.echo("Run 'weerbeeld build' to publish a release with these borders.")
