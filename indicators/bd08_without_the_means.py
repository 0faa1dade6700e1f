"""Checked firms whose stated turnover does not fit seats, staff and hours. Who was not looked at is left out."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import CHECKERS, EVERYONE, HIGHER, NOT_PUBLIC, WGS

LOOKED_AT = """SELECT place, date, received, partner, 1 AS amount, unit, firm_id AS firm
    FROM inspection WHERE discovery <> 'steered_check' AND means_fit IS NOT NULL"""

INDICATOR = Indicator(
    code="BD08",
    name=Text(
        "Zaak zonder zaak (kapper zonder stoelen)", "Business without the means to do business"
    ),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="flow",
    numerator=events(f"{LOOKED_AT} AND NOT means_fit", "firm"),
    denominator=events(LOOKED_AT, "firm"),
    numerator_text=Text(
        "controles waar stoelen, personeel en openingstijden niet bij de opgegeven omzet passen",
        "checks where seats, staff and opening hours do not fit the stated turnover",
    ),
    denominator_text=Text(
        "controles waarbij daarnaar is gekeken", "checks at which that was looked at"
    ),
    unit=Text("% van de controles", "% of checks"),
    per=100,
    least_denominator=10,
    levels="NRGWB",
    recipients=EVERYONE,
    partners=CHECKERS,
    source=Text("Gemeentelijke controles, Belastingdienst", "Municipal checks, tax administration"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Na elke controle, circa 2 maanden later", "After each check, 2 months later"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Omzet zonder middelen kan geld van elders zijn, maar is alleen bekend waar is gecontroleerd: kwart gewicht",
        "Turnover without means may be money from elsewhere, but is known only where was checked: a quarter of the weight",
    ),
    evidence="expert",
    innocent=Text(
        "Een rustige dag, een verbouwing of werk op afspraak en bij klanten thuis. Omzet uit een webwinkel of een tweede zaak zie je niet. Controles zijn geen steekproef: wie gericht kiest, vindt meer.",
        "A quiet day, a renovation, or work by appointment and at clients' homes. Turnover of a web shop or a second business is not seen. Checks are no sample: who chooses well finds more.",
    ),
    action=Text(
        "Praat met de ondernemer; vraag de Belastingdienst naar de omzet; toets bij een vergunning met de Wet Bibob; zet er een aselecte controle naast.",
        "Talk with the owner; ask the tax administration about the turnover; use the Bibob Act for a permit; put a random check beside it.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
