"""What the web process holds between clicks: settings, links, sign-ins, requested pages."""

from functools import cache, partial

from sqlalchemy import Engine

from access.gateways import Gateways
from access.session import (
    example_gateways,
    logbook,
    sessions_ended,
    signed_in_gateways,
)
from access.unsigned import NOBODY, Unsigned, Write
from settings import Settings
from store.home import Served
from web.browsers import Browsers, cookie_name
from web.deep_links import DeepLinks
from web.links import Links, Reader
from web.oidc import signs_in
from web.sign_ins import SignIns, Why


class Desk:
    """Shared by the routes and the dashboard's script; one per process.

    Of the installation's folders it knows only those of the releases and of the access store.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.served: Served = settings.folders.served
        self.signs_in = signs_in(settings)
        self.links = Links()
        self.deep_links = DeepLinks()
        levels = frozenset(settings.oidc_acr.split())
        self.sign_ins = SignIns(settings.idle_minutes * 60, levels=levels)
        over_tls = settings.public_url.startswith("https://")
        self.browsers = Browsers(cookie_name(over_tls=over_tls), self.sign_ins)
        self.unsigned = Unsigned(lambda actor, origin: logbook(self.served, actor, origin))

    @property
    def access(self) -> Engine:
        """The access store."""
        return logbook(self.served, NOBODY).engine

    def named(self, reader: Reader) -> str:
        """Return how the logs name a reader, also after its sign-in ended."""
        if self.signs_in:
            return self.sign_ins.whose(reader.sign_in) or NOBODY
        return f"example {reader.example}"

    def why_ended(self, key: str) -> Why | None:
        """Return why a sign-in no longer holds, also where an administrator ended it."""
        self.sign_ins.end_before(key, partial(sessions_ended, self.served))
        return self.sign_ins.why_ended(key)

    def _person(self, reader: Reader) -> str:
        self.why_ended(reader.sign_in)
        return self.sign_ins.person(reader.sign_in)

    def asker(self, number: str, reader: Reader | None = None) -> str:
        """Return how the logs name who asks with the browser of this number; else ``reader``."""
        person = self.browsers.person(number) if self.signs_in else None
        return person or (self.named(reader) if reader else NOBODY)

    def log(self, actor: str, origin: str) -> Write:
        """Return what writes the audit log; when a line fails, what it is about must not go on.

        Lines of who did not sign in are written up to a bound, and counted beyond it.
        """
        if self.signs_in and actor != NOBODY:
            return logbook(self.served, actor, origin)
        return self.bounded(actor, origin)

    def bounded(self, actor: str, origin: str) -> Write:
        """Return what writes lines that can be caused without end: beyond a bound, counts."""
        return lambda *line: self.unsigned.write(actor, origin, line)

    def socket_refused(self, number: str, network: str, why: str) -> None:
        """Write in the audit log that a socket of a browser was refused or cut off."""
        self.bounded(self.asker(number), f"socket {network}")("open a window", why, "refused")

    def gateways(self, reader: Reader, origin: str) -> Gateways:
        """Return the gateways that the grants of a reader open now.

        Raises SignInEndedError when its sign-in ended, and WeerbeeldError when there is no
        release or no such viewer.
        """
        if self.signs_in:
            person = self._person(reader)
            return signed_in_gateways(self.served, person, origin=origin)
        env = self.settings.env
        write = self.log(self.named(reader), origin)
        return example_gateways(self.served, reader.example, env=env, write=write)


@cache
def desk() -> Desk:
    """Return the desk of this process, with the settings of its environment."""
    return Desk(Settings())
