"""What a page is drawn with: one gateway, and the language of its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from streamlit.navigation.page import StreamlitPage

from access.auditor import AuditorGateway
from access.gateway import Gateway
from access.keeper import KeeperGateway
from access.partner import PartnerGateway
from exports import ExportRequest
from pages.kit.words import Words

Gateway_co = TypeVar("Gateway_co", bound=Gateway, covariant=True)


@dataclass(frozen=True)
class MapSource:
    """Where the maps of one reader in one browser come from: paths on this server.

    ``code`` is the module that draws, after ``libraries`` were run in this order; ``link`` lets
    the reader, in this browser and for a short time, ask for what is drawn.
    """

    code: str
    libraries: tuple[str, ...]
    shapes: str
    names: str
    figures: str
    bounds: str
    link: str
    ground: str = ""
    streets: str = ""


@dataclass(frozen=True)
class View(Words, Generic[Gateway_co]):
    """One viewer's look, on one page, through one gateway.

    ``export_link`` makes the link under which this viewer, and nobody else, finds a table as a
    file for a short time; with ``asks_reason`` only once it says why. ``maps`` is where its maps
    come from, None in a browser that takes no cookies. ``others`` are the pages that this viewer
    may go to, by their path. ``tab`` names what is looked at, the finest first; ``read`` keeps what
    this run of a page read before, for itself only.
    """

    gateway: Gateway_co
    page: str
    export_link: Callable[[ExportRequest], str] | None = None
    asks_reason: bool = False
    maps: MapSource | None = None
    others: Mapping[str, StreamlitPage] = field(default_factory=dict, compare=False, repr=False)
    tab: list[str] = field(default_factory=list, compare=False, repr=False)
    read: dict[tuple[str, ...], Any] = field(default_factory=dict, compare=False, repr=False)


PartnerView = View[PartnerGateway]
KeeperView = View[KeeperGateway]
AuditorView = View[AuditorGateway]
