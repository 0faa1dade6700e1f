"""A RIEC region: what stands out in its gemeenten, and each indicator beside the country."""

from access.facts import Area
from pages.kit.blocks import draw_finding
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.parts.finding import finding


def draw_region(view: PartnerView, area: Area, period: str) -> None:
    """Draw the finding of a region, and the way to its picture."""
    found = view.gateway.verdicts("gemeente", period, area.code)
    draw_finding(view, *finding(view, found, "gemeente", f"RIEC {area.name}"))
    label = view.say("Het beeld van deze regio", "The picture of this region")
    lead_to(view, "beeld", label, binnen=area.code, gebied=None, kaart=None)
