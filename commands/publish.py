"""``weerbeeld build``: what is published."""

from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(build)


def build(
    again: Annotated[bool, typer.Option("--again", help="also when nothing changed")] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            help="count on the Dask cluster of this scheduler, such as tcp://10.0.0.5:8786"
        ),
    ] = None,
) -> None:
    """Count, protect, analyse and publish a release of all deliveries."""
    from intake.progress import progress_bar
    from operations.build import build as build_release

    settings = choices()
    with progress_bar() as progress:
        published = build_release(
            settings.folders, again=again, say=progress, k=settings.k, cluster=cluster
        )
    state = "Published" if published.fresh else "Already published"
    typer.echo(f"{state} release {published.name} in {published.path}.")
