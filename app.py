"""The dashboard as an ASGI application, listening on this machine only."""

import socket
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.web.bootstrap import load_config_options

from errors import WeerbeeldError
from settings import Settings
from web.desk import Desk, desk
from web.exporting import Exporting
from web.guard import Guard
from web.health import Health
from web.links import PATH
from web.map_code import files
from web.maps import BOUNDS, FIGURES, GROUND, NAMES, SHAPES, STREETS, Maps, code, map_paths
from web.messages import Messages
from web.oidc import auth_secrets, check_sign_in
from web.renewal import CALLBACK, Renewal
from web.shell import Shell
from web.shut_in import shut_in
from web.site import Site, shell_paths, site_of
from web.sockets import Turnstile
from web.wire import Requests, Sockets

ROOT = Path(__file__).resolve().parent
SCRIPT = ROOT / "web" / "dashboard.py"
OPTIONS = ROOT / ".streamlit" / "config.toml"
ADDRESS = "127.0.0.1"
LONGEST_MESSAGE = 1_100_000
"""Bytes that a browser may send at once: maxWidgetStateSize of our options, and its envelope."""

NEEDED = ("/_stcore/health", "/_stcore/host-config")
SIGN_IN = ("/auth/login", "/auth/logout", CALLBACK)
"""What Streamlit's own page asks for besides files and its websocket; to sign in, these too."""

HEALTH = "/health"
FAVOURITES = "/_stcore/bidi-components/weerbeeld.bewaard/entry.js"
"""What Streamlit's page loads to draw what a reader keeps in the browser."""


def streamlit_options(settings: Settings, site: Site) -> dict[str, object]:
    """Return Streamlit's options from our file, whatever the working directory is."""
    sections = tomllib.loads(OPTIONS.read_text(encoding="utf-8"))
    options: dict[str, object] = {
        f"{section}.{name}": value
        for section, values in sections.items()
        for name, value in values.items()
    }
    return options | {
        "server.port": settings.port,
        "server.address": ADDRESS,
        "server.allowedHosts": sorted(site.hosts),
    }


def site_served(held: Desk) -> Site:
    """Return what the server answers to."""
    signing_in = SIGN_IN if held.signs_in else ()
    routes = {*NEEDED, HEALTH, PATH, FAVOURITES, *map_paths(), *signing_in}
    return site_of(held.settings, frozenset(routes))


@asynccontextmanager
async def _to_the_end(held: Desk, _: object) -> AsyncIterator[None]:
    """Serve; then write what was only counted, while the process still can."""
    yield
    held.unsigned.settle()


def create(held: Desk) -> st.App:
    """Return the application: our routes before Streamlit's, the guard before both."""
    maps = Maps(held)
    own = [
        Route(HEALTH, Health(held).answer),
        Route(PATH, Exporting(held).answer),
        Route(SHAPES, maps.shapes),
        Route(NAMES, maps.names),
        Route(GROUND, maps.ground),
        Route(STREETS, maps.streets),
        Route(FIGURES, maps.figures),
        Route(BOUNDS, maps.bounds),
        *(Route(path, code) for path in files()),
    ]
    shell = Shell(held.browsers).answer
    site = site_served(held)
    load_config_options(streamlit_options(held.settings, site))
    return st.App(
        SCRIPT,
        routes=[*own, *(Route(path, shell) for path in sorted(shell_paths()))],
        middleware=[
            Middleware(Guard, site=site),
            Middleware(Renewal, browsers=held.browsers, deep_links=held.deep_links),
            Middleware(Turnstile, browsers=held.browsers, note=held.socket_refused),
            Middleware(Messages),
        ],
        secrets=auth_secrets(held.settings),
        lifespan=partial(_to_the_end, held),
    )


def run() -> None:
    """Serve until stopped, on 127.0.0.1 at the port of the settings."""
    held = desk()
    settings = held.settings
    check_sign_in(settings)
    shut_in(settings.folders.work)
    app = create(held)
    try:
        listener = socket.create_server((ADDRESS, settings.port), backlog=2048)
    except OSError as error:
        raise WeerbeeldError(
            f"Port {settings.port} cannot be used: {error.strerror}. Stop what uses it, or choose "
            "another with WEERBEELD_PORT."
        ) from None
    with listener:
        config = uvicorn.Config(
            app,
            lifespan="on",
            server_header=False,
            access_log=False,
            log_level="warning",
            http=Requests,
            ws=Sockets,
            proxy_headers=site_served(held).behind_proxy,
            forwarded_allow_ips=ADDRESS,
            ws_max_size=LONGEST_MESSAGE,
        )
        print(f"Weerbeeld: {settings.public_url}", flush=True)
        uvicorn.Server(config).run(sockets=[listener])
