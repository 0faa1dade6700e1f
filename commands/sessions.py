"""``weerbeeld session``: ending the sign-ins of a person."""

from typing import Annotated

import typer

from commands import choices
from commands.grants import giver


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Sign-ins of people.")
    group.callback()(lambda: None)
    group.command("end")(end)
    app.add_typer(group, name="session")


def end(
    person: Annotated[str, typer.Argument(help="the 'sub' of the account")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="of every person")] = False,
) -> None:
    """End every sign-in of a person within a minute; the grants stay until they are revoked."""
    from access.oversight import end_sessions
    from errors import WeerbeeldError
    from store.carrying import open_grants

    if bool(person) == everybody:
        raise WeerbeeldError("Name one person, or say --everybody.")
    end_sessions(open_grants(choices().folders), person, giver())
    typer.echo(f"Sign-ins of {person or 'everybody'} have ended.")
