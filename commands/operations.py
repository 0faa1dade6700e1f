"""``weerbeeld backup``, ``restore`` and ``doctor``: keeping an installation healthy."""

from pathlib import Path
from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def backup(
    file: Annotated[Path, typer.Argument(help="where the backup goes; must not exist")],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="put the keys in it as well")
    ] = False,
) -> None:
    """Copy deliveries, records, releases, borders, grants and logs into one file."""
    from operations.backup import back_up

    made = back_up(choices().folders, file, with_key)
    typer.echo(
        f"{made.path}: {made.files:,} files, {made.size / 2**20:,.1f} MB, for its owner only"
    )
    if made.with_key:
        typer.echo(
            "It holds the keys of the pseudonyms and of the noise: whoever has this file can link "
            "identifiers, and take the noise off what was published."
        )
    else:
        typer.echo("The keys of pseudonyms and noise are not in it. Keep them elsewhere.")


def restore(
    file: Annotated[Path, typer.Argument(help="a backup")],
    home: Annotated[Path, typer.Option(help="the folder to restore to: new or empty")],
) -> None:
    """Bring a backup back to an empty folder: verified first, and whole or not at all."""
    from operations.restore import restore as bring_back

    manifest = bring_back(file, home)
    typer.echo(f"Restored {len(manifest.files):,} files of {manifest.made} to {home}.")
    if not manifest.with_key:
        typer.echo(f"Put pseudonym.key, and noise.key where there was one, in {home / 'work'}.")
    typer.echo(
        "Run 'weerbeeld retention run' there, and repeat each 'weerbeeld subject delete' since"
    )
    typer.echo("then: a backup brings back what was deleted after it was made. Then run 'doctor'.")


def doctor() -> None:
    """Look at everything and say what is well, what asks for attention and what is broken."""
    from operations.doctor import examine

    states = []
    for check in examine(choices().folders):
        states.append(check.state)
        typer.echo(f"{check.state:9}  {check.what}: {check.words}")
    if "broken" in states:
        raise typer.Exit(2)
