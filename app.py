"""The dashboard as an ASGI application, listening on this machine only."""

import tomllib
from pathlib import Path

import streamlit as st

from settings import Settings

ROOT = Path(__file__).resolve().parent
SCRIPT = ROOT / "web" / "dashboard.py"
OPTIONS = ROOT / ".streamlit" / "config.toml"

app = st.App(SCRIPT)


def streamlit_options(settings: Settings) -> dict[str, object]:
    """Return Streamlit's options from our file, whatever the working directory is."""
    sections = tomllib.loads(OPTIONS.read_text(encoding="utf-8"))
    options: dict[str, object] = {
        f"{section}.{name}": value
        for section, values in sections.items()
        for name, value in values.items()
    }
    return options | {"server.port": settings.port, "server.address": "127.0.0.1"}


def run(settings: Settings) -> None:
    """Serve until stopped, on 127.0.0.1 at the port of the settings."""
    app.run(config=streamlit_options(settings))


if __name__ == "__main__":
    run(Settings())
