"""Attacks with explosives, over addresses. Registered late, and over half are not organised crime."""

from bilingual import Text
from indicators.contract import Fallback, Indicator, events, state
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS
from indicators.subjects import SPOT

INDICATOR = Indicator(
    code="CV01",
    name=Text("Aanslagen met explosieven", "Attacks with explosives"),
    focus_area="corruption_violence",
    theme=Text("Geweld", "Violence"),
    counting="flow",
    numerator=events(
        f"SELECT place, date, registered, partner, 1 AS amount, unit, {SPOT}"
        " FROM incident WHERE type = 'explosive_attack' AND discovery <> 'steered_check'",
        "spot",
    ),
    denominator=state(
        "SELECT place, moment, value AS amount FROM spread_at WHERE figure = 'addresses'",
        open_figure=True,
    ),
    fallback=Fallback(
        denominator=state(
            "SELECT place, moment, value AS amount FROM spread_at WHERE figure = 'dwellings'",
            open_figure=True,
        ),
        denominator_text=Text("woningen", "dwellings"),
        unit=Text("per 10.000 woningen", "per 10,000 dwellings"),
    ),
    numerator_text=Text("aanslagen met explosieven", "attacks with explosives"),
    denominator_text=Text("adressen", "addresses"),
    unit=Text("per 10.000 adressen", "per 10,000 addresses"),
    per=10_000,
    least_denominator=200,
    share=False,
    levels="NRGWBH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=("politie",),
    source=Text("Politie", "Police"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text(
        "Maandelijks; late registratie tot een jaar", "Monthly; registered up to a year late"
    ),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text(
        "Zichtbaarste vorm van ondermijnend geweld", "Most visible form of undermining violence"
    ),
    evidence="validated",
    innocent=Text(
        "Meer dan de helft heeft geen direct verband met georganiseerde misdaad (ruzies, relaties, vuurwerk). Recente maanden zijn nog niet compleet.",
        "More than half has no direct link with organised crime (quarrels, relationships, fireworks). Recent months are incomplete.",
    ),
    action=Text(
        "Bespreek in de driehoek; kijk naar herhaling binnen 200 meter; zorg voor nazorg in de buurt.",
        "Discuss with police and prosecutor; look for repeats within 200 metres; see to aftercare in the neighbourhood.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
