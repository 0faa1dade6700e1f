"""``weerbeeld demo``: the invented example."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

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
        _take_in(example.listed(target))


def _take_in(listed: Sequence[tuple[str, Path, str]]) -> None:
    """Take in files, each with its kind and partner, in their order."""
    from intake.progress import progress_bar
    from intake.receive import receive

    home, rows = Settings().folders, 0
    with progress_bar() as progress:
        for number, (kind, file, partner) in enumerate(listed, start=1):
            progress(f"take in {file.name}", number, len(listed))
            rows += receive(kind, file, partner, home).rows
    typer.echo(f"Took in {len(listed)} deliveries with {rows:,} records.")
