"""Permits refused or withdrawn on integrity, over decisions. A plan that does not fit is left out."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS

DECIDED = """SELECT place, date, received, partner, 1 AS amount, unit, firm_id AS firm
    FROM vergunning"""

INDICATOR = Indicator(
    code="BD13",
    name=Text("Vergunning geweigerd of ingetrokken (Bibob)", "Permit refused or withdrawn (Bibob)"),
    focus_area="corruption_violence",
    theme=Text("Bedrijven", "Businesses"),
    counting="flow",
    numerator=events(
        f"{DECIDED} WHERE ground IN ('bibob', 'bad_conduct', 'false_statement')", "firm"
    ),
    denominator=events(DECIDED, "firm"),
    numerator_text=Text(
        "weigeringen en intrekkingen wegens Bibob, slecht levensgedrag of onjuiste gegevens",
        "refusals and withdrawals for Bibob, bad conduct or a false statement",
    ),
    denominator_text=Text("besluiten over vergunningen", "decisions on permits"),
    unit=Text("% van de besluiten", "% of decisions"),
    per=100,
    least_denominator=20,
    levels="NRG",
    recipients=EVERYONE,
    partners=("gemeente", "riec"),
    source=Text("Gemeente en RIEC", "Municipality and RIEC"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Maandelijks, na het besluit", "Monthly, after the decision"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Getoetst door een bevoegd bestuur, maar wie vaker toetst weigert vaker: kwart gewicht",
        "Examined by a competent authority, but who examines more refuses more: a quarter of the weight",
    ),
    evidence="expert",
    innocent=Text(
        "Een gemeente die vaker Bibob toepast weigert meer zonder dat er meer is. Besluiten kunnen in bezwaar sneuvelen. Weigeringen om het plan, overlast of andere redenen tellen niet mee.",
        "A municipality that applies Bibob more often refuses more without more being there. Decisions may fall on objection. Refusals for the plan, nuisance or other reasons do not count.",
    ),
    action=Text(
        "Vraag de Bibob-coördinator waar aanvragers naar uitweken; deel met het RIEC en buurgemeenten; vraag het Landelijk Bureau Bibob om advies.",
        "Ask the Bibob coordinator where applicants turned to; share with the RIEC and neighbouring municipalities; ask the national Bibob office for advice.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
