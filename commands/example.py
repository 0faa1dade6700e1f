"""``weerbeeld demo``: the invented example."""

from pathlib import Path
from typing import Annotated

import typer

from commands import choices
from errors import WeerbeeldError


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(demo)


def demo(
    folder: Annotated[Path | None, typer.Option(help="where the files go")] = None,
    load: Annotated[bool, typer.Option("--load", help="take them in as well")] = False,
    seed: Annotated[int, typer.Option(help="same seed, same files")] = 2026,
    size: Annotated[str, typer.Option(help="example, or national: as large as the country")] = (
        "example"
    ),
) -> None:
    """Write invented example deliveries, as partners would send them."""
    from demo import deliveries as example
    from demo.sizes import SIZES

    if size not in SIZES:
        raise WeerbeeldError(
            f"There is no size '{size}' of the example. Choose {' or '.join(SIZES)}."
        )
    target = folder or choices().folders.root / "demo"
    example.write(target, seed=seed, progress=typer.echo, size=SIZES[size])
    typer.echo(f"Invented deliveries are in {target}.")
    if load:
        _take_in(target / example.LIST)


def _take_in(path: Path) -> None:
    """Take in a list of deliveries."""
    from intake.listing import read_list
    from intake.progress import progress_bar
    from intake.receive import receive

    home, rows, listed = choices().folders, 0, read_list(path)
    with progress_bar() as progress:
        for number, (kind, file, partner) in enumerate(listed, start=1):
            progress(f"take in {file.name}", number, len(listed))
            rows += receive(kind, file, partner, home).rows
    typer.echo(f"Took in {len(listed)} deliveries with {rows:,} records.")
