"""Stands before all routes: refuses requests that are not ours, and adds our headers to answers.

Deny by default: only known methods, hosts, origins and paths come through. That closes what the
framework would serve by itself (media, uploads, metrics, components, its interface for agents).
"""

import logging
import re
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.former import address_now
from web.headers import security_headers
from web.notice import notice
from web.site import Site

log = logging.getLogger(__name__)

HOST = re.compile(r"(?P<name>[a-z0-9-]+(\.[a-z0-9-]+)*)(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
METHODS = ("GET", "HEAD")
STREAM = "/_stcore/stream"


class Guard:
    """ASGI middleware around the whole site."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        self._headers = security_headers(over_tls=site.over_tls)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; either way the answer gets our headers."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"].endswith("http.response.start"):
                message["headers"] = self._dress(message.get("headers", []))
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, dressed)
            return
        try:
            await self._app(scope, receive, dressed)
        except Exception as error:
            log.error("%s at %r", type(error).__name__, scope["path"])
            if started or scope["type"] == "websocket":
                raise
            await notice(HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        path: str = scope["path"]
        if name_of(headers.get("host", "")) not in self._site.hosts:
            return notice(HTTPStatus.MISDIRECTED_REQUEST)
        if scope["type"] == "websocket":
            origin = headers.get("origin", "")
            own = origin in self._site.origins and urlsplit(origin).netloc == headers["host"]
            return None if own and path == STREAM else notice(HTTPStatus.FORBIDDEN)
        if scope["method"] not in METHODS:
            refusal = notice(HTTPStatus.METHOD_NOT_ALLOWED)
            refusal.headers["allow"] = ", ".join(METHODS)
            return refusal
        return None if self._site.knows(path) else self._elsewhere(path, scope["query_string"])

    def _elsewhere(self, path: str, asked: bytes) -> Response:
        """Lead from an address that nearly is ours, or was, to the one that is."""
        query, bare = asked.decode("latin-1"), path.rstrip("/")
        if bare in self._site.shells:
            return RedirectResponse(f"{bare}?{query}" if query else bare, 308)
        now = address_now(bare, query)
        return RedirectResponse(now, 308) if now else notice(HTTPStatus.NOT_FOUND)

    def _dress(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Return headers with ours added, and cookies that end with the browser's session."""
        ours = {name for name, _ in self._headers}
        dressed = [
            (name, self._cookie(value) if name.lower() == b"set-cookie" else value)
            for name, value in headers
            if name.lower() not in ours
        ]
        return [*dressed, *self._headers]

    def _cookie(self, value: bytes) -> bytes:
        """Return a cookie that goes over TLS only, where there is TLS, and is kept no longer."""
        text = value.decode("latin-1")
        name, *attributes = (part.strip() for part in text.split(";"))
        parts = [a for a in attributes if a.lower() != "secure"]
        if "max-age=0" not in (a.lower() for a in parts):
            parts = [a for a in parts if a.split("=")[0].lower() not in ("max-age", "expires")]
        if self._site.over_tls:
            parts.append("Secure")
        return "; ".join([name, *parts]).encode("latin-1")


def name_of(host: str) -> str:
    """Return the name in a Host header, in lower case; '' when it is no name with a port.

    >>> name_of("Localhost:8501"), name_of("localhost:1@evil.example"), name_of("[::1]:80")
    ('localhost', '', '')
    """
    found = HOST.fullmatch(host)
    return found["name"].lower() if found else ""
