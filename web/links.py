"""Links to exports and passes for maps: signed, for one reader in one browser, for a short time.

A link is for one file; a pass for whatever the grants of its reader open when it is used.

The key lives in this process only: there is nothing on disk to steal, and a restart ends all links.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from itsdangerous import BadData, URLSafeSerializer

from errors import WeerbeeldError
from exports import ExportRequest

PATH = "/export"
LIFETIME_SECONDS = 10 * 60
LONGEST = 2000

REFUSALS = {
    "forged": "This link was not made here.",
    "expired": "This link is too old.",
    "foreign": "This link is another browser's.",
}


class LinkRefusedError(WeerbeeldError):
    """A link that is not valid, or not any more; ``content`` is whose and what, if it is ours."""

    def __init__(self, message: str, why: str, content: "LinkContent | None" = None) -> None:
        super().__init__(message)
        self.why = why
        self.content = content


@dataclass(frozen=True)
class Reader:
    """Who may use a link: the key of a sign-in, or an example viewer; '' for the other."""

    sign_in: str = ""
    example: str = ""


LinkContent = tuple[Reader, ExportRequest]
"""Whom and what a link was made for."""


def _mark(browser: str) -> str:
    """Return the digest that stands in a link for what a browser carries."""
    return sha256(browser.encode()).hexdigest()[:32]


class Links:
    """Makes links, and says what a link was made for."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        key = secrets.token_bytes(32)
        self._exports, self._passes = (
            _signer(key, "weerbeeld export"),
            _signer(key, "weerbeeld map"),
        )

    def make(self, reader: Reader, browser: str, request: ExportRequest) -> str:
        """Return the link of a file for a reader, in the browser that carries ``browser``."""
        signed = self._sign(self._exports, reader, browser, astuple(request))
        return f"{PATH}?{urlencode({'link': signed})}"

    def make_pass(self, reader: Reader, browser: str) -> str:
        """Return what lets the maps of a reader ask for data, in the browser of ``make``."""
        return self._sign(self._passes, reader, browser)

    def open(self, link: str, browser: str) -> LinkContent:
        """Return whom and what a link was made for.

        Raises LinkRefusedError when it was not made here, was altered, is too old or came to
        another browser.
        """
        whose, request, why = self._open(self._exports, link, browser)
        content = whose, ExportRequest(*request)
        if why:
            raise LinkRefusedError(REFUSALS[why], why, content)
        return content

    def open_pass(self, signed: str, browser: str) -> Reader:
        """Return whom a pass was made for; raises LinkRefusedError as ``open`` does."""
        whose, _, why = self._open(self._passes, signed, browser)
        if why:
            raise LinkRefusedError(REFUSALS[why], why)
        return whose

    def _sign(
        self,
        signer: URLSafeSerializer,
        reader: Reader,
        browser: str,
        more: tuple[str, ...] = (),
    ) -> str:
        end = int(self._clock()) + LIFETIME_SECONDS
        return str(signer.dumps([end, *astuple(reader), _mark(browser), *more]))

    def _open(
        self, signer: URLSafeSerializer, link: str, browser: str
    ) -> tuple[Reader, list[Any], str]:
        """Return whose a link is, what it is for, and why it is refused, '' if it is not."""
        try:
            content = signer.loads(link) if len(link) <= LONGEST else None
        except BadData:
            content = None
        if content is None:
            raise LinkRefusedError(REFUSALS["forged"], "forged")
        end, sign_in, example, mark, *more = content
        own = bool(browser) and secrets.compare_digest(mark, _mark(browser))
        why = "expired" if self._clock() >= end else "" if own else "foreign"
        return Reader(sign_in, example), more, why


def _signer(key: bytes, salt: str) -> URLSafeSerializer:
    how = {"key_derivation": "hmac", "digest_method": sha256}
    return URLSafeSerializer(key, salt=salt, signer_kwargs=how)
