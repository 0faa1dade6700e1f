"""``weerbeeld grant``: who may see what."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Who may see what.")
    group.command("add")(add)
    group.command("list")(list_)
    group.command("revoke")(revoke)
    app.add_typer(group, name="grant")


Person = Annotated[str, typer.Argument(help="the 'sub' of the account at the sign-in service")]
WHAT = "nsoc, riec:limburg, gemeente:GM0599, gegevensbeheerder or auditor"


def _day(text: str | None) -> date | None:
    from errors import WeerbeeldError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WeerbeeldError(f"'{text}' is not a date. Write it as 2027-12-31.") from None


def add(
    person: Person,
    role: Annotated[str, typer.Argument(help=WHAT)],
    until: Annotated[str | None, typer.Option(help="last day, e.g. 2027-12-31")] = None,
) -> None:
    """Give a person a role."""
    from access.grants import Giver, add_grant
    from store.access import open_access
    from store.console import ORIGIN, os_account

    engine = open_access(Settings().folders)
    add_grant(engine, person, role, Giver(os_account(), ORIGIN), _day(until))
    typer.echo(f"{person} is {role}{f' until {until}' if until else ''}.")


def list_() -> None:
    """List the grants in force, a line per grant."""
    from access.grants import written
    from store.access import open_access
    from store.grants import grants_in_force

    engine = open_access(Settings().folders)
    for grant in grants_in_force(engine, datetime.now(UTC).date()):
        given = f"given by {grant.given_by} on {grant.given_at.date()}"
        last = f"until {grant.until}" if grant.until else "no last day"
        typer.echo(f"{grant.person}\t{written(grant)}\t{last}\t{given}")


def revoke(
    person: Person,
    role: Annotated[str | None, typer.Argument(help=f"{WHAT}; all when left out")] = None,
) -> None:
    """Take a role back, or all of them; it ends at the person's next click."""
    from access.grants import Giver, revoke_grants
    from store.access import open_access
    from store.console import ORIGIN, os_account

    engine = open_access(Settings().folders)
    revoked = revoke_grants(engine, person, role, Giver(os_account(), ORIGIN))
    typer.echo(f"{person} no longer is {', '.join(revoked)}.")
