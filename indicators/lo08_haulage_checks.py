"""Checks of transport and storage firms that found an irregularity, over such checks."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import CHECKERS, EVERYONE, HIGHER, NOT_PUBLIC, TRANSPORT, WGS

CHECKED = f"""SELECT place, date, received, partner, 1 AS amount, unit, firm_id AS firm
    FROM inspection WHERE discovery <> 'steered_check' AND {TRANSPORT}"""

INDICATOR = Indicator(
    code="LO08",
    name=Text("Uitkomst van transportcontroles", "Outcome of haulage checks"),
    focus_area="logistics",
    theme=Text("Logistiek", "Logistics"),
    counting="flow",
    numerator=events(f"{CHECKED} AND irregular", "firm"),
    denominator=events(CHECKED, "firm"),
    numerator_text=Text(
        "controles van vervoer, opslag en koeriers met een onregelmatigheid",
        "checks of transport, storage and couriers with an irregularity",
    ),
    denominator_text=Text(
        "controles van vervoer, opslag en koeriers", "checks of transport, storage and couriers"
    ),
    unit=Text("% van de controles", "% of checks"),
    per=100,
    least_denominator=10,
    levels="NRG",
    recipients=EVERYONE,
    partners=CHECKERS,
    source=Text("Gezamenlijke transportcontroles", "Joint haulage checks"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Na elke actie, circa 2 maanden later", "After each action, some 2 months later"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Vastgesteld ter plaatse, maar wie gecontroleerd wordt is gekozen: kwart gewicht",
        "Found on the spot, but who is checked was chosen: a quarter of the weight",
    ),
    evidence="expert",
    innocent=Text(
        "Controles zijn geen steekproef: wie gericht kiest, vindt meer. Een onregelmatigheid kan klein zijn, zoals rijtijden of een ontbrekend papier. Controles waar deze kaart toe leidde tellen niet mee.",
        "Checks are no sample: who chooses well finds more. An irregularity may be small, such as driving hours or a missing paper. Checks that this map led to do not count.",
    ),
    action=Text(
        "Vraag de controleurs hoe bedrijven gekozen zijn en wat er bleek; zet er een aselecte controle naast; betrek ILT en NIWO.",
        "Ask the inspectors how firms were chosen and what was found; put a random check beside it; involve ILT and NIWO.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
