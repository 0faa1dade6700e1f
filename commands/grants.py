"""``weerbeeld grant``: who may see what."""

import csv
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from commands import choices

if TYPE_CHECKING:
    from access.grants import Giver


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Who may see what.")
    group.command("add")(add)
    group.command("confirm")(confirm)
    group.command("list")(list_)
    group.command("review")(review)
    group.command("revoke")(revoke)
    pilot = typer.Typer(no_args_is_help=True, help="A pilot in which one person grants alone.")
    pilot.command("start")(pilot_start)
    pilot.command("stop")(pilot_stop)
    group.add_typer(pilot, name="pilot")
    app.add_typer(group, name="grant")


Person = Annotated[str, typer.Argument(help="the 'sub' of the account at the sign-in service")]
WHAT = "nsoc, riec:limburg, gemeente:GM0599, gegevensbeheerder or auditor"
LAST = "last day, e.g. 2027-12-31"


def giver() -> "Giver":
    """Return who changes grants here, as the audit log names them."""
    from access.grants import Giver
    from store.console import ORIGIN, os_account

    return Giver(os_account(), ORIGIN)


def _day(text: str) -> date:
    from errors import WeerbeeldError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WeerbeeldError(f"'{text}' is not a date. Write it as 2027-12-31.") from None


def add(
    person: Person,
    role: Annotated[str, typer.Argument(help=WHAT)],
    organisation: Annotated[str, typer.Option(help="for which organisation the person works")],
    purpose: Annotated[str, typer.Option(help="what for, and on what legal ground")],
    until: Annotated[str | None, typer.Option(help=f"{LAST}; a year when left out")] = None,
    break_glass: Annotated[
        str, typer.Option(help="why it cannot wait for a second person; it ends tomorrow")
    ] = "",
) -> None:
    """Give a person a role; of NSOC or gegevensbeheerder once a second person confirms it."""
    from access.grants import Wanted, add_grant
    from store.carrying import open_grants

    last = _day(until) if until else None
    wanted = Wanted(person, role, organisation, purpose, last, break_glass)
    grant = add_grant(open_grants(choices().folders), wanted, giver())
    if grant.waits:
        typer.echo(f"Grant {grant.id} waits: a second person runs 'weerbeeld grant confirm'.")
    else:
        alone = {"pilot": ", alone, in a pilot", "glass": ", alone: THE GLASS WAS BROKEN"}
        typer.echo(f"{person} is {role} until {grant.until}{alone.get(grant.alone, '')}.")


def confirm(
    number: Annotated[int, typer.Argument(help="the number of the grant, see 'grant list'")],
) -> None:
    """Confirm a grant as the second person, under an account of your own."""
    from access.grants import confirm_grant, written
    from store.carrying import open_grants

    grant = confirm_grant(open_grants(choices().folders), number, giver())
    typer.echo(f"{grant.person} is {written(grant)} until {grant.until}.")


def list_() -> None:
    """List the grants in force, a line per grant, then those that wait for a second person."""
    from access.grants import today_utc, written
    from store.grant_changes import grants_in_force, grants_waiting
    from store.grants import read_grants

    book, today = read_grants(choices().folders), today_utc()
    for grant in (*grants_in_force(book, today), *grants_waiting(book, today)):
        given = f"given by {grant.given_by} on {grant.given_at.date()}"
        waits = f"\tWAITS to be confirmed: grant {grant.id}" if grant.waits else ""
        about = f"{grant.organisation}\t{grant.purpose}"
        last = f"until {grant.until}"
        typer.echo(f"{grant.person}\t{written(grant)}\t{last}\t{about}\t{given}{waits}")


def review(
    done: Annotated[
        bool, typer.Option("--done", help="note that all of it was gone through")
    ] = False,
) -> None:
    """Write the list to go through each year, as CSV: who, what, for whom, what for, last seen."""
    from access.oversight import note_review
    from access.reviewing import review_rows
    from exports.csv import defused
    from store.carrying import open_grants
    from store.grants import read_grants

    home = choices().folders
    if done:
        typer.echo(f"Noted: {note_review(open_grants(home), giver())} grants were gone through.")
        return
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    for row in review_rows(read_grants(home)):
        writer.writerow([defused(cell) for cell in row])


def pilot_start(
    until: Annotated[str, typer.Option(help=f"{LAST}; half a year at most")],
    why: Annotated[str, typer.Option(help="why there is no second person")],
) -> None:
    """Let one person give every grant alone until a day; those grants end with it."""
    from access.oversight import start_pilot
    from store.carrying import open_grants

    start_pilot(open_grants(choices().folders), _day(until), why, giver())
    typer.echo(f"Until {until} one person gives grants alone; the log says so of each.")


def pilot_stop() -> None:
    """End the pilot: from now on a second person confirms grants of NSOC and gegevensbeheerder."""
    from access.oversight import stop_pilot
    from store.carrying import open_grants

    stop_pilot(open_grants(choices().folders), giver())
    typer.echo("The pilot is over. Go through 'weerbeeld grant list' and revoke what is no longer.")


def revoke(
    person: Person,
    role: Annotated[str | None, typer.Argument(help=f"{WHAT}; all when left out")] = None,
) -> None:
    """Take a role back, or all of them; it ends at the person's next click."""
    from access.grants import revoke_grants
    from store.carrying import open_grants

    revoked = revoke_grants(open_grants(choices().folders), person, role, giver())
    typer.echo(f"{person} no longer is {', '.join(revoked)}.")
