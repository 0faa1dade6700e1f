"""What the web process holds between clicks: settings, links, sign-ins, requested pages."""

from functools import cache

from access.gateways import Gateways
from access.session import Logbook, example_gateways, logbook, signed_in_gateways
from settings import Settings
from store.home import Served
from web.deep_links import DeepLinks
from web.links import Links, Reader
from web.oidc import signs_in
from web.sign_ins import SignIns


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
        self.sign_ins = SignIns(settings.idle_minutes * 60)

    def actor(self, reader: Reader) -> str:
        """Return how the logs name a reader; SignInEndedError when its sign-in ended."""
        if self.signs_in:
            return self.sign_ins.person(reader.sign_in)
        return f"example {reader.example}"

    def log(self, actor: str, origin: str) -> Logbook:
        """Return what writes the audit log; when a line fails, what it is about must not go on."""
        return logbook(self.served, actor, origin)

    def gateways(self, reader: Reader, origin: str) -> Gateways:
        """Return the gateways that the grants of a reader open now.

        Raises SignInEndedError when its sign-in ended, and WeerbeeldError when there is no
        release or no such viewer.
        """
        if self.signs_in:
            person = self.sign_ins.person(reader.sign_in)
            return signed_in_gateways(self.served, person, origin=origin)
        env = self.settings.env
        return example_gateways(self.served, reader.example, env=env, origin=origin)


@cache
def desk() -> Desk:
    """Return the desk of this process, with the settings of its environment."""
    return Desk(Settings())
