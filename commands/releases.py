"""``weerbeeld release``: which releases there are, going back to one, taking one back."""

from typing import Annotated

import typer

from commands import choices

Name = Annotated[str, typer.Argument(help="name of a release, as 'release list' shows it")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Published releases.")
    group.command("list")(list_releases)
    group.command("use")(use_release)
    group.command("withdraw")(withdraw_release)
    app.add_typer(group, name="release")


def list_releases() -> None:
    """List the releases, newest first: name, built, covered until, and what became of it."""
    from store.releases import current_name, published, withdrawn

    home = choices().folders
    current = current_name(home)
    for release in published(home):
        state = "current" if release.name == current else ""
        state = state if release.readable else f"{state} damaged".strip()
        if not release.of_this_form:
            state = f"{state} of another version, which alone reads it".strip()
        built, until = release.built or "?", release.until or "?"
        typer.echo(f"{release.name}  built {built}  until {until}  {state}".rstrip())
    for gone in withdrawn(home):
        typer.echo(f"{gone.name}  withdrawn {gone.at:%Y-%m-%d}: {gone.why}")
    if current is None:
        typer.echo("No release is current: readers see nothing until the next 'weerbeeld build'.")


def use_release(name: Name) -> None:
    """Make a release current at once, for example the one before a bad one."""
    from store.releases import use

    use(choices().folders, name)
    typer.echo(f"Release {name} is current. The next build makes its own release current again;")
    typer.echo("withdraw a release that must not come back.")


def withdraw_release(
    name: Name,
    why: Annotated[str, typer.Option(help="why, for the list and the audit log")] = "not said",
) -> None:
    """Remove a release for good: no reader opens it and no build publishes it again."""
    from store.releases import withdraw

    current = withdraw(choices().folders, name, why)
    typer.echo(f"Release {name} is withdrawn and its file is removed.")
    typer.echo(
        f"Release {current} is current."
        if current
        else "No release is current: readers see nothing until the next 'weerbeeld build'."
    )
