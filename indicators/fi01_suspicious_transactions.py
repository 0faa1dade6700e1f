"""Transactions that FIU-Nederland declared suspicious, over inhabitants."""

from indicators._contract import Both, Indicator
from indicators._shared import EVERYONE, HIGHER, INHABITANTS, OPEN_DATA, flow_of

INDICATOR = Indicator(
    code="FI01",
    name=Both("Verdachte transacties", "Suspicious transactions"),
    focus_area="financial_services",
    theme=Both("Geldstromen", "Money flows"),
    counting="flow",
    numerator=flow_of("suspicious_transactions"),
    denominator=INHABITANTS,
    numerator_text=Both(
        "door de FIU verdacht verklaarde transacties", "transactions declared suspicious by the FIU"
    ),
    denominator_text=Both("inwoners", "inhabitants"),
    unit=Both("per 10.000 inwoners", "per 10,000 inhabitants"),
    per=10_000,
    share=False,
    levels="NRG",
    recipients=EVERYONE,
    source=Both(
        "FIU-Nederland via Zicht op Ondermijning", "FIU-Netherlands via Zicht op Ondermijning"
    ),
    legal_basis=OPEN_DATA,
    licence=Both("Openbaar op gemeenteniveau", "Public at municipal level"),
    delivery=Both("Per kwartaal, circa 3 maanden later", "Quarterly, about 3 months later"),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Both(
        "Beoordeeld door een bevoegde instantie", "Assessed by a competent authority"
    ),
    evidence="expert",
    innocent=Both(
        "'Verdacht verklaard' is een term uit de wet en niet bewezen. De plaats van registratie is niet altijd de plaats van het feit. Meer meldende instellingen geeft meer meldingen.",
        "'Declared suspicious' is a legal term and not proof. The place of registration is not always where it happened. More reporting institutions give more reports.",
    ),
    action=Both(
        "Vergelijk met gemeenten van gelijke omvang; vraag de FIU of het RIEC welk type transacties overheerst.",
        "Compare with municipalities of the same size; ask the FIU or the RIEC which type of transaction prevails.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
