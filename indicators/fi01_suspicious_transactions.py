"""Transactions that FIU-Nederland declared suspicious, over inhabitants."""

from bilingual import Text
from indicators.contract import Indicator
from indicators.shared import EVERYONE, HIGHER, INHABITANTS, OPEN_DATA, flow_of

INDICATOR = Indicator(
    code="FI01",
    name=Text("Verdachte transacties", "Suspicious transactions"),
    focus_area="financial_services",
    theme=Text("Geldstromen", "Money flows"),
    counting="flow",
    numerator=flow_of("suspicious_transactions"),
    denominator=INHABITANTS,
    numerator_text=Text(
        "door de FIU verdacht verklaarde transacties", "transactions declared suspicious by the FIU"
    ),
    denominator_text=Text("inwoners", "inhabitants"),
    unit=Text("per 10.000 inwoners", "per 10,000 inhabitants"),
    per=10_000,
    least_denominator=200,
    share=False,
    levels="NRG",
    recipients=EVERYONE,
    partners=("fiu",),
    source=Text(
        "FIU-Nederland via Zicht op Ondermijning", "FIU-Netherlands via Zicht op Ondermijning"
    ),
    legal_basis=OPEN_DATA,
    licence=Text("Openbaar op gemeenteniveau", "Public at municipal level"),
    delivery=Text("Per kwartaal, circa 3 maanden later", "Quarterly, about 3 months later"),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text(
        "Beoordeeld door een bevoegde instantie", "Assessed by a competent authority"
    ),
    evidence="expert",
    innocent=Text(
        "'Verdacht verklaard' is een term uit de wet en niet bewezen. De plaats van registratie is niet altijd de plaats van het feit. Meer meldende instellingen geeft meer meldingen.",
        "'Declared suspicious' is a legal term and not proof. The place of registration is not always where it happened. More reporting institutions give more reports.",
    ),
    action=Text(
        "Vergelijk met gemeenten van gelijke omvang; vraag de FIU of het RIEC welk type transacties overheerst.",
        "Compare with municipalities of the same size; ask the FIU or the RIEC which type of transaction prevails.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
