"""Gives a browser a new number when it comes back signed in.

Whatever was known of it before, perhaps planted by somebody else, means nothing any more.
"""

from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.browsers import SESSION_COOKIES, Browsers
from web.deep_links import DeepLinks

CALLBACK = "/oauth2callback"


class Renewal:
    """ASGI middleware around the address to which the sign-in service sends readers back."""

    def __init__(self, app: ASGIApp, browsers: Browsers, deep_links: DeepLinks) -> None:
        self._app = app
        self._browsers = browsers
        self._deep_links = deep_links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the cookie to an answer that signs a reader in."""
        if scope["type"] != "http" or scope["path"] != CALLBACK:
            await self._app(scope, receive, send)
            return

        async def renewed(message: Message) -> None:
            if message["type"] == "http.response.start" and _signs_in(message):
                number = self._browsers.renew()
                self._deep_links.move(self._browsers.number(HTTPConnection(scope).cookies), number)
                cookie = cookie_of(self._browsers.name, number)
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, renewed)


def cookie_of(name: str, number: str) -> str:
    """Return the cookie that gives a browser its number; the guard adds ``Secure`` over TLS."""
    return f"{name}={number}; HttpOnly; Path=/; SameSite=lax"


def _signs_in(message: Message) -> bool:
    """Return whether an answer sets the claims of a sign-in, rather than clearing them."""
    for name, value in message["headers"]:
        if name.lower() == b"set-cookie":
            cookies = SimpleCookie(value.decode("latin-1"))
            if any(n.startswith(SESSION_COOKIES) and m.value for n, m in cookies.items()):
                return True
    return False
