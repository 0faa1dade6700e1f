"""Links to exports: signed, for one reader in one browser, for one file, for a short time.

The key lives in this process only: there is nothing on disk to steal, and a restart ends all links.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from hashlib import sha256
from urllib.parse import urlencode

from itsdangerous import BadData, URLSafeSerializer

from errors import WeerbeeldError
from exports import ExportRequest

PATH = "/export"
LIFETIME_SECONDS = 10 * 60
LONGEST = 2000


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
        self._signer = URLSafeSerializer(
            secrets.token_bytes(32),
            salt="weerbeeld export",
            signer_kwargs={"key_derivation": "hmac", "digest_method": sha256},
        )

    def make(self, reader: Reader, browser: str, request: ExportRequest) -> str:
        """Return the link of a file for a reader, in the browser that carries ``browser``."""
        end = int(self._clock()) + LIFETIME_SECONDS
        content = [end, *astuple(reader), _mark(browser), *astuple(request)]
        return f"{PATH}?{urlencode({'link': self._signer.dumps(content)})}"

    def open(self, link: str, browser: str) -> LinkContent:
        """Return whom and what a link was made for.

        Raises LinkRefusedError when it was not made here, was altered, is too old or came to
        another browser.
        """
        if len(link) > LONGEST:
            raise LinkRefusedError("This link was not made here.", "forged")
        try:
            end, sign_in, example, mark, *request = self._signer.loads(link)
        except BadData:
            raise LinkRefusedError("This link was not made here.", "forged") from None
        content = Reader(sign_in, example), ExportRequest(*request)
        if self._clock() >= end:
            raise LinkRefusedError("This link is too old.", "expired", content)
        if not browser or not secrets.compare_digest(mark, _mark(browser)):
            raise LinkRefusedError("This link is another browser's.", "foreign", content)
        return content
