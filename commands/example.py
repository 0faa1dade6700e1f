"""``weerbeeld demo``: the invented example."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(demo)


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
