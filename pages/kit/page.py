"""What a page is: where it lives, who it is for, what it reads, and how it is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from streamlit.navigation.page import StreamlitPage

from access.audit_views import VIEW
from access.gateway import Gateway
from access.gateways import Gateways
from access.partner import PartnerGateway
from access.viewer import PARTNERS, Role
from bilingual import Language, Text
from exports import ExportRequest
from pages.kit.asked import asked_words, check_asked
from pages.kit.choices import show
from pages.kit.tab import name_tab
from pages.kit.view import MapSource, PartnerView, View

Opened = TypeVar("Opened", bound=Gateway)


@dataclass(frozen=True)
class Page(Generic[Opened]):
    """One page. ``path`` is its place in the URL; ``roles`` see it in the menu, others a notice.

    ``gateway`` is what it reads, e.g. ``Gateways.partner``: ``render`` gets a view through that one
    and cannot reach another.
    """

    path: str
    title: Text
    order: int
    roles: frozenset[Role]
    gateway: Callable[[Gateways], Opened]
    render: Callable[[View[Opened]], None]
    formerly: tuple[str, ...] = ()
    """Paths that lead here, so that links to pages that there were still work."""

    def draw(
        self,
        gateways: Gateways,
        language: Language,
        export_link: Callable[[ExportRequest], str] | None = None,
        *,
        asks_reason: bool = False,
        maps: MapSource | None = None,
        others: Mapping[str, StreamlitPage] | None = None,
    ) -> str:
        """Draw the page for a viewer; AccessRefusedError where its gateway is not for the viewer.

        ``others`` are the pages that it may lead to, by their path. Returns what it shows, by name.
        """
        gateway = self.gateway(gateways)
        view = View(language, gateway, self.path, export_link, asks_reason, maps, others or {})
        if isinstance(view.gateway, PartnerGateway):
            check_asked(cast(PartnerView, view))
        view.gateway.notes.note(VIEW, " ".join([self.path, *asked_words()]), "ok")
        self.render(view)
        names = [*view.tab, self.title.in_(language)]
        name_tab(*names)
        show()
        return " · ".join(names)


EVERYONE: frozenset[Role] = frozenset(PARTNERS)
