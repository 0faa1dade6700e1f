"""The console command ``weerbeeld``: every error it can name ends with exit code 2."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from access.session import example_gateway
from errors import WeerbeeldError
from exports import Sheaf, export_named
from settings import Settings

app = typer.Typer(
    name="weerbeeld",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Where in the Netherlands signals of undermining crime stand out, and why.",
)
boundaries_app = typer.Typer(no_args_is_help=True, help="Borders of wijken and buurten.")
app.add_typer(boundaries_app, name="boundaries")

SHOWN = ["area", "period", "numerator", "denominator", "rate", "smoothed", "low", "high"]
SHOWN += ["percentile", "since", "name"]


class Level(StrEnum):
    """Levels of borders that can be imported."""

    WIJK = "wijk"
    BUURT = "buurt"


Format = Annotated[str, typer.Option("--format", help="csv or json")]


def _out(sheaf: Sheaf, name: str) -> None:
    sys.stdout.write(export_named(name).write(sheaf).decode())


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="where the files go")] = None,
    load: Annotated[bool, typer.Option("--load", help="take them in as well")] = False,
    seed: Annotated[int, typer.Option(help="same seed, same files")] = 2026,
) -> None:
    """Write invented example deliveries, as partners would send them."""
    from demo import deliveries as example

    target = folder or Settings().folders.root / "demo"
    example.write(target, seed=seed, progress=typer.echo)
    typer.echo(f"Invented deliveries are in {target}.")
    if load:
        listed = pd.read_csv(target / "deliveries.csv", sep=";", dtype=str)
        _take_in(target, listed)


def _take_in(folder: Path, listed: pd.DataFrame) -> None:
    """Take in the files of a list with columns kind, file and partner, in its order."""
    from intake.progress import progress_bar
    from intake.receive import receive

    home, rows = Settings().folders, 0
    with progress_bar() as progress:
        for number, (kind, file, partner) in enumerate(
            zip(listed["kind"], listed["file"], listed["partner"], strict=True), start=1
        ):
            progress(f"take in {file}", number, len(listed))
            rows += receive(kind, folder / file, partner, home).rows
    typer.echo(f"Took in {len(listed)} deliveries with {rows:,} records.")


@app.command()
def intake(
    kind: Annotated[str, typer.Argument(help="kind of record")],
    file: Annotated[Path, typer.Argument(help="CSV or Parquet file")],
    partner: Annotated[str, typer.Option(help="who delivers, e.g. politie or gemeente:GM0599")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check only, keep nothing")] = False,
) -> None:
    """Take in one delivery, or list everything that is wrong with it."""
    from intake.progress import progress_bar
    from intake.receive import receive

    with progress_bar() as progress:
        receipt = receive(kind, file, partner, Settings().folders, dry_run, progress)
    typer.echo("\n".join(receipt.lines))


@app.command()
def build(
    again: Annotated[bool, typer.Option("--again", help="also when nothing changed")] = False,
) -> None:
    """Count, protect, analyse and publish a release of all deliveries."""
    from intake.progress import progress_bar
    from release.build import build as build_release

    with progress_bar() as progress:
        published = build_release(Settings().folders, again=again, say=progress)
    state = "Published" if published.fresh else "Already published"
    typer.echo(f"{state} release {published.name} in {published.path}.")


@boundaries_app.command("import")
def import_boundaries(
    file: Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON or Shapefile of CBS")],
    level: Annotated[Level, typer.Option(help="wijk or buurt")],
    year: Annotated[int, typer.Option(help="year of the borders")],
) -> None:
    """Take in borders of wijken or buurten; the next build has that level everywhere."""
    from geo import areas, importing

    folder = Settings().folders.boundaries
    report = importing.import_boundaries(file, level.value, year, folder, areas.gemeenten())
    typer.echo("\n".join(report.lines))
    typer.echo("Run 'weerbeeld build' to publish a release with this level.")


@app.command()
def show(
    indicator: Annotated[str, typer.Argument(help="code of an indicator, e.g. VG01")],
    level: Annotated[str, typer.Option(help="nederland, riec, gemeente, wijk, buurt, hex7-9")],
    as_: Annotated[str, typer.Option("--as", help="example viewer: nsoc, riec:limburg, ...")],
    period: Annotated[str | None, typer.Option(help="2026-06, 2026-Q2 or 2026-06-12m")] = None,
    format_: Format = "csv",
) -> None:
    """Print what a viewer may see of an indicator (example data only)."""
    export_named(format_)
    gateway = example_gateway(Settings().folders.releases, as_)
    rows = gateway.figures(indicator.upper(), level, period)[SHOWN]
    _out(Sheaf(rows, gateway.facts().invented), format_)


@app.command()
def indicators(format_: Annotated[str, typer.Option("--format", help="csv or json")] = "") -> None:
    """List the catalogue."""
    from indicators import CATALOGUE

    rows = [
        {
            "code": indicator.code,
            "name_nl": indicator.name.nl,
            "name_en": indicator.name.en,
            "focus_area": indicator.focus_area,
            "counting": indicator.counting,
            "unit": indicator.unit.en,
            "levels": " ".join(indicator.level_names),
            "recipients": " ".join(indicator.recipients),
            "weight": indicator.weight,
            "evidence": indicator.evidence,
        }
        for indicator in CATALOGUE.values()
    ]
    if format_:
        _out(Sheaf(pd.DataFrame(rows), invented=False), format_)
        return
    table = Table("code", "name", "focus area", "counting", "unit", "levels")
    for row in rows:
        table.add_row(
            *(str(row[c]) for c in ("code", "name_en", "focus_area", "counting")),
            str(row["unit"]),
            str(row["levels"]),
        )
    Console().print(table)


@app.command()
def serve() -> None:
    """Serve the dashboard on 127.0.0.1."""
    from app import run

    run(Settings())


def main() -> None:
    """Run the command; a WeerbeeldError is printed and ends with exit code 2."""
    try:
        app()
    except WeerbeeldError as error:
        typer.echo(f"weerbeeld: {error}", err=True)
        raise SystemExit(2) from None
