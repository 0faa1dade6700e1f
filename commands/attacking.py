"""``weerbeeld attack``: what an attacker finds in what is published."""

from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(attack)


def attack(
    releases: Annotated[
        list[str] | None, typer.Argument(help="successive releases; the last two when none")
    ] = None,
    gemeenten: Annotated[int, typer.Option(min=0, help="taken on by the solver; 0 is all")] = 20,
    seed: Annotated[int, typer.Option(help="same seed, same sample")] = 2026,
) -> None:
    """Attack releases as one who knows all outside a gemeente; exit code 2 when one gives way."""
    from attack.knowledge import attackable
    from attack.report import attack as attack_releases
    from errors import WeerbeeldError
    from intake.progress import progress_bar

    home = choices().folders
    with progress_bar() as progress:
        names = releases or attackable(home)
        found = attack_releases(home, names, gemeenten=gemeenten, seed=seed, progress=progress)
    typer.echo("\n".join(found.lines))
    if not found.holds:
        raise WeerbeeldError(
            f"Release {found.names[-1]} gives away more than it may: see the lines above. "
            "Withdraw it with 'weerbeeld release withdraw', and build with a larger WEERBEELD_K."
        )
