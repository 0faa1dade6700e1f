"""The dashboard as an ASGI application, listening on this machine only."""

from pathlib import Path

import streamlit as st

from settings import Settings

SCRIPT = Path(__file__).resolve().parent / "web" / "dashboard.py"

app = st.App(SCRIPT)


def run(settings: Settings) -> None:
    """Serve until stopped, on 127.0.0.1 at the port of the settings."""
    app.run(config={"server.port": settings.port, "server.address": "127.0.0.1"})


if __name__ == "__main__":
    run(Settings())
