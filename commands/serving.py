"""``weerbeeld serve``: the dashboard."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(serve)


def serve() -> None:
    """Serve the dashboard on 127.0.0.1."""
    from app import run

    run()
