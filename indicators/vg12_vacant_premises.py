"""Vacant shops and business space, over all of it. Administrative vacancy."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import CC_BY, EVERYONE, HIGHER, OPEN_DATA

STATE = "SELECT place, level, moment, value AS amount FROM figure_at WHERE figure = "

INDICATOR = Indicator(
    code="VG12",
    name=Text("Leegstand winkels en bedrijfsruimte", "Vacant shops and business space"),
    focus_area="financial_services",
    theme=Text("Vastgoed", "Property"),
    counting="stock",
    numerator=state(f"{STATE}'premises_vacant'", open_figure=True),
    denominator=state(f"{STATE}'premises'", open_figure=True),
    numerator_text=Text("leegstaande winkels en bedrijfspanden", "vacant premises"),
    denominator_text=Text("winkels en bedrijfspanden", "premises for shops and business"),
    unit=Text("% leeg", "% vacant"),
    per=100,
    least_denominator=20,
    levels="NRGW",
    recipients=EVERYONE,
    partners=("cbs", "kvk"),
    source=Text("CBS, Landelijke Monitor Leegstand", "CBS, national vacancy monitor"),
    legal_basis=OPEN_DATA,
    licence=CC_BY,
    delivery=Text("Jaarlijks", "Yearly"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Zegt iets over gelegenheid, niet over misbruik: kwart gewicht",
        "About opportunity, not abuse: a quarter of the weight",
    ),
    evidence="literature",
    innocent=Text(
        "Leegstand volgt de winkelmarkt en nieuwbouw. Administratieve leegstand: een pand zonder inschrijving kan toch in gebruik zijn. In 2020 veranderde de methode.",
        "Vacancy follows the market and new building. It is administrative: premises without registration may be in use. The method changed in 2020.",
    ),
    action=Text(
        "Ga na wie lege panden huurt of koopt; bespreek met vastgoedeigenaren en het leegstandsteam.",
        "See who rents or buys vacant premises; talk with owners and the vacancy team.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
