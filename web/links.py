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
    """A link that is not valid, or not any more. ``reader`` is whose it was, if known."""

    def __init__(self, message: str, why: str, reader: "Reader | None" = None) -> None:
        super().__init__(message)
        self.why = why
        self.reader = reader


@dataclass(frozen=True)
class Reader:
    """Who may use a link: the key of a sign-in, or an example viewer; '' for the other."""

    sign_in: str = ""
    example: str = ""


def _mark(browser: str) -> str:
    """Return the digest that stands in a link for the number in a browser's cookie."""
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
        """Return the link of a file for a reader, in the browser that holds ``browser``."""
        end = int(self._clock()) + LIFETIME_SECONDS
        content = [end, *astuple(reader), _mark(browser), *astuple(request)]
        return f"{PATH}?{urlencode({'link': self._signer.dumps(content)})}"

    def open(self, link: str, browser: str) -> tuple[Reader, ExportRequest]:
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
        reader = Reader(sign_in, example)
        if self._clock() >= end:
            raise LinkRefusedError("This link is too old.", "expired", reader)
        if not browser or not secrets.compare_digest(mark, _mark(browser)):
            raise LinkRefusedError("This link is another browser's.", "foreign", reader)
        return reader, ExportRequest(*request)
