"""What the web process holds between clicks: settings, links, sign-ins, requested pages."""

from functools import cache, partial

from access.gateways import Gateways
from access.session import (
    Logbook,
    example_gateways,
    logbook,
    sessions_ended,
    signed_in_gateways,
)
from settings import Settings
from store.home import Served
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

    def actor(self, reader: Reader) -> str:
        """Return how the logs name a reader; SignInEndedError when its sign-in ended."""
        if self.signs_in:
            return self._person(reader)
        return f"example {reader.example}"

    def why_ended(self, key: str) -> Why | None:
        """Return why a sign-in no longer holds, also where an administrator ended it."""
        self.sign_ins.end_before(key, partial(sessions_ended, self.served))
        return self.sign_ins.why_ended(key)

    def _person(self, reader: Reader) -> str:
        self.why_ended(reader.sign_in)
        return self.sign_ins.person(reader.sign_in)

    def log(self, actor: str, origin: str) -> Logbook:
        """Return what writes the audit log; when a line fails, what it is about must not go on."""
        return logbook(self.served, actor, origin)

    def gateways(self, reader: Reader, origin: str) -> Gateways:
        """Return the gateways that the grants of a reader open now.

        Raises SignInEndedError when its sign-in ended, and WeerbeeldError when there is no
        release or no such viewer.
        """
        if self.signs_in:
            person = self._person(reader)
            return signed_in_gateways(self.served, person, origin=origin)
        env = self.settings.env
        return example_gateways(self.served, reader.example, env=env, origin=origin)


@cache
def desk() -> Desk:
    """Return the desk of this process, with the settings of its environment."""
    return Desk(Settings())
