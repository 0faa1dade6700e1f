"""The search box for places to look at."""

from pages.kit.choices import choose_or_none
from pages.kit.view import PartnerView


def find_point(view: PartnerView, within: str | None) -> tuple[float, float] | None:
    """Draw the search box; return longitude and latitude of the chosen place."""
    places = view.gateway.places(0, within)
    where = {f"{place.name} ({place.gemeente})": (place.lon, place.lat) for place in places}
    chosen = choose_or_none(
        view,
        "plaats",
        view.say("Zoek een plaats", "Find a place"),
        list(where),
        lambda label: label.rsplit(" (", 1)[0],
        view.say("Typ een naam", "Type a name"),
    )
    return where[chosen] if chosen else None
