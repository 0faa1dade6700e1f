"""``weerbeeld intake`` and ``boundaries import``: what comes in."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import choices
from errors import WeerbeeldError

if TYPE_CHECKING:
    from intake.listing import Listed


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
    kind: Annotated[str, typer.Argument(help="kind of record")] = "",
    file: Annotated[Path | None, typer.Argument(help="CSV, Excel (.xlsx) or Parquet file")] = None,
    partner: Annotated[
        str, typer.Option(help="who delivers, e.g. politie or gemeente:GM0599")
    ] = "",
    list_: Annotated[
        Path | None, typer.Option("--list", help="a CSV of many: kind;file;partner on each line")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check only, keep nothing")] = False,
    accept_valid: Annotated[
        bool, typer.Option("--accept-valid", help="keep the sound rows, set the others aside")
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="take in what is hard to believe: somebody looked")
    ] = False,
) -> None:
    """Take in one delivery, or a list of them, or list everything that is wrong."""
    from intake.listing import Listed, read_list
    from intake.progress import progress_bar
    from intake.receive import receive

    settings = choices()

    def take(one: Listed) -> None:
        with progress_bar() as progress:
            receipt = receive(
                one.kind,
                one.file,
                one.partner,
                settings.folders,
                dry_run,
                progress,
                accept_valid=accept_valid,
                confirm=confirm,
                set_aside=settings.set_aside_outside_of,
            )
        typer.echo("\n".join(receipt.lines))

    if list_ and not (kind or file or partner):
        _take_all(read_list(list_), take)
    elif kind and file and partner and not list_:
        take(Listed(kind, file, partner))
    else:
        raise WeerbeeldError(
            "Say what to take in: KIND FILE --partner PARTNER for one delivery, or --list FILE "
            "alone for a list with these of each."
        )


def _take_all(listed: "Sequence[Listed]", take: "Callable[[Listed], None]") -> None:
    """Take in each of a list, whole or not at all; what is refused stops none of the others."""
    from store.logs import LogFailedError

    refused = 0
    for number, one in enumerate(listed, start=1):
        typer.echo(f"{number} of {len(listed)}: {one.file.name}")
        try:
            take(one)
        except LogFailedError:
            raise
        except WeerbeeldError as error:
            refused += 1
            typer.echo(str(error), err=True)
    if refused:
        raise WeerbeeldError(
            f"{refused} of {len(listed)} deliveries were refused, for the reasons above. Mend "
            "those and give the same list again: what was taken in is not taken in twice."
        )


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

    folder = choices().folders.boundaries
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
