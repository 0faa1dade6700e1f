"""Declarations that repeat one of the last 30 days to the cent. A standing order repeats: left out."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.fatf import DOCUMENTS, by_fatf
from indicators.shared import HIGHER, NOT_PUBLIC, WGS

ALIKE = "PARTITION BY firm_id, direction, hs6, weight_kg, value_eur ORDER BY date RANGE BETWEEN"
UNITS = "SELECT place, date, received, partner, 1 AS amount, unit, firm_id AS firm"
REPEATED = f"""{UNITS} FROM trade_declaration WHERE weight_kg > 0 AND value_eur > 0
    QUALIFY count(*) OVER ({ALIKE} INTERVAL 30 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING) > 0
    AND count(DISTINCT date) OVER
        ({ALIKE} INTERVAL 1 YEAR PRECEDING AND INTERVAL 1 YEAR FOLLOWING) < 4"""
"""Of one day are the equal containers of one shipment; on four days or more, a standing order."""

INDICATOR = Indicator(
    code="TB05",
    name=Text("Dubbele facturering", "Multiple invoicing"),
    focus_area="tbml",
    theme=Text("Handel", "Trade"),
    counting="flow",
    numerator=events(REPEATED, "firm", together="firm_id"),
    denominator=events(f"{UNITS} FROM trade_declaration", "firm"),
    numerator_text=Text(
        "aangiften met hetzelfde bedrijf, goed, gewicht en bedrag als een in de 30 dagen ervoor",
        "declarations with the firm, goods, weight and value of one in the 30 days before",
    ),
    denominator_text=Text("alle aangiften", "all declarations"),
    unit=Text("% van de aangiften", "% of declarations"),
    per=100,
    least_denominator=20,
    levels="NR",
    history_months=1,
    recipients=("nsoc", "riec"),
    partners=("douane",),
    source=Text("Douane, aangiften in- en uitvoer", "Customs, import and export declarations"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text(
        "Maandelijks, circa 6 weken na de aangifte", "Monthly, about 6 weeks after the declaration"
    ),
    direction=HIGHER,
    weight=0.0,
    weight_reason=by_fatf(
        DOCUMENTS,
        Text(
            "Een zending twee keer op papier verplaatst twee keer geld. Gemeenten ontvangen het niet, en de score is voor iedereen dezelfde: geen gewicht",
            "A shipment twice on paper moves money twice. Gemeenten do not receive it, and the score is the same for all: no weight",
        ),
    ),
    evidence="literature",
    innocent=Text(
        "Vaste prijzen en volle containers geven gelijke aangiften, en een verbeterde aangifte kan dubbel staan. Een reeks van vier dagen of meer in een jaar is een vaste order en telt niet mee; gelijke aangiften van een dag evenmin.",
        "Fixed prices and full containers give equal declarations, and a corrected one may stand twice. A series of four days or more within a year is a standing order and does not count, nor do equal declarations of one day.",
    ),
    action=Text(
        "Vraag de Douane of er twee zendingen waren; leg facturen naast vrachtpapieren; bij twijfel naar de FIOD.",
        "Ask Customs whether there were two shipments; put invoices beside freight papers; in doubt to the FIOD.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
