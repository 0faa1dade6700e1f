"""What maps show beside figures: the shipped ground, and the streets that are installed."""

import streamlit as st

from pages.kit.view import PartnerView
from pages.kit.words import plain


def draw_ground(view: PartnerView) -> None:
    """Draw whose land, roads and railways a map shows, and which streets are installed, if any."""
    st.header(
        view.say("Wegen en straten op de kaart", "Roads and streets on the map"), anchor=False
    )
    st.markdown("\n".join(f"- {line}" for line in ground_lines(view)))


def ground_lines(view: PartnerView) -> list[str]:
    """Return what there is to say of the ground, a line each, as Markdown."""
    shipped = view.say(
        f"Buitenland, hoofdwegen en spoor: {view.gateway.ground().credit} (ODbL 1.0), vereenvoudigd, "
        "meegeleverd. Om te weten waar u kijkt: een weg kan enkele honderden meters naast de echte liggen.",
        f"Land abroad, main roads and railways: {view.gateway.ground().credit} (ODbL 1.0), simplified, "
        "shipped. To know where you look: a road may lie some hundreds of metres beside the real one.",
    )
    codes = view.say(
        "Postcodes (vier cijfers) wijzen naar de plaats waar ze bij horen, niet naar een wijk: "
        "GeoNames, countries-states-cities-database (ODbL 1.0).",
        "Postcodes (four digits) point to the place that they belong to, not to a district: "
        "GeoNames, countries-states-cities-database (ODbL 1.0).",
    )
    streets = view.gateway.streets()
    if streets is None:
        own = view.say(
            "Straten: niet geïnstalleerd. De gegevensbeheerder kan ze toevoegen met "
            "`weerbeeld update ground` of `weerbeeld ground import BESTAND`.",
            "Streets: not installed. The data steward can add them with "
            "`weerbeeld update ground` or `weerbeeld ground import FILE`.",
        )
    else:
        many, day = view.number(streets.streets), view.day(streets.day)
        own = plain(
            view.say(
                f"Straten: {streets.credit}, van {day}, {many} straten ({streets.licence}).",
                f"Streets: {streets.credit}, of {day}, {many} streets ({streets.licence}).",
            )
        )
    return [plain(shipped), plain(codes), own]
