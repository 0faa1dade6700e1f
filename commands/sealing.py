"""``weerbeeld log seal``: signed heads of the logs, for where nobody here can change them."""

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="The audit log and the processing log.")
    group.callback()(lambda: None)
    group.command("seal")(seal)
    app.add_typer(group, name="log")


def seal() -> None:
    """Sign the heads of both logs, print the seal, and export it to WEERBEELD_SEALS.

    With WEERBEELD_TIMESTAMP_URL a time-stamping service says when. Run it every hour: what is
    written between two seals is what a rewritten log can still hide.
    """
    from operations import seals
    from operations.timestamps import stamper
    from store.publication import seal_lock

    settings = choices()
    home = settings.folders
    stamp = None
    if settings.timestamp_url:
        stamp = stamper(settings.timestamp_url, settings.timestamp_authority)
    with seal_lock(home):
        try:
            typer.echo(seals.seal(home, stamp).written)
        finally:
            if settings.seals is not None:
                seals.export_seals(home, settings.seals)
