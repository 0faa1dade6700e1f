"""Laundering through trade: value moves in goods and invoices instead of in money."""

from bilingual import Text
from phenomena.barriers import BANK_KNOWS_CLIENT, CUSTOMS_RISK, REGISTER_REFUSES, TAX_LOOKS
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import PROFESSIONALS, RISK_ASSESSMENT, TBML_INDICATORS, TBML_TRENDS

PHENOMENON = Phenomenon(
    code="trade",
    name=Text("Witwassen via handel", "Laundering through trade"),
    meaning=Text(
        "Waarde gaat de grens over in goederen en facturen. De aangegeven prijs, hoeveelheid of soort klopt niet, of dezelfde zending wordt meer dan eens betaald.",
        "Value crosses the border in goods and invoices. The declared price, quantity or kind is not right, or the same shipment is paid for more than once.",
    ),
    focus_areas=("tbml", "financial_services"),
    steps=(
        Step(
            name=Text("Een handelsbedrijf oprichten", "Founding a trading firm"),
            meaning=Text(
                "Een jong bedrijf handelt meteen in grote bedragen, in goederen die niet bij zijn branche passen.",
                "A young firm trades in large sums at once, in goods that do not fit its line of business.",
            ),
            stage="front",
            indicators=("BD04",),
            misused=("company_registration", "accountant"),
            barriers=(REGISTER_REFUSES, TAX_LOOKS),
        ),
        Step(
            name=Text("Een adres zonder handel", "An address without trade"),
            meaning=Text(
                "Het bedrijf staat op een adres waar geen goederen kunnen zijn: een woning of een postadres.",
                "The firm is at an address where goods cannot be: a dwelling or a mail address.",
            ),
            stage="location",
            indicators=("BD03", "TB01"),
            misused=("domicile", "landlord"),
            barriers=(
                REGISTER_REFUSES,
                Barrier(
                    Text(
                        "Ga kijken of er op het adres opslag, personeel en goederen zijn.",
                        "Go and see whether there are storage, staff and goods at the address.",
                    ),
                    "gemeente",
                    "joint_check",
                ),
            ),
        ),
        Step(
            name=Text("Bestuurders op papier", "Directors on paper"),
            meaning=Text(
                "De mensen in het register beslissen niet zelf. Bestuurders wisselen vaak.",
                "The people in the register do not decide themselves. Directors change often.",
            ),
            stage="staff",
            indicators=(),
            misused=("company_registration", "trust_office"),
            barriers=(REGISTER_REFUSES,),
        ),
        Step(
            name=Text("Zendingen die niet kloppen", "Shipments that are not right"),
            meaning=Text(
                "Route, goed, gewicht en vervoer passen niet bij elkaar, of de zending bestaat alleen op papier.",
                "Route, goods, weight and transport do not fit together, or the shipment exists on paper only.",
            ),
            stage="transport",
            indicators=("TB03",),
            misused=("customs_agent", "forwarder", "shipping_line"),
            barriers=(
                CUSTOMS_RISK,
                Barrier(
                    Text(
                        "Ken de opdrachtgever, en weiger een zending waarvan de papieren elkaar tegenspreken.",
                        "Know the client, and refuse a shipment whose papers contradict one another.",
                    ),
                    "forwarder",
                    "integrity_policy",
                ),
            ),
        ),
        Step(
            name=Text("Betalen via derden", "Paying through third parties"),
            meaning=Text(
                "De factuur wordt betaald door een bedrijf of persoon die met de handel niets te maken heeft, soms contant.",
                "The invoice is paid by a firm or person that has nothing to do with the trade, sometimes in cash.",
            ),
            stage="money",
            indicators=("FI01",),
            misused=("bank", "payment_service", "exchange_office"),
            barriers=(
                BANK_KNOWS_CLIENT,
                Barrier(
                    Text(
                        "Leg aangiften naast betalingen: onderzoek wie betaalde voor goederen van een ander.",
                        "Put declarations beside payments: look into who paid for another's goods.",
                    ),
                    "fiod",
                    "prosecution",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Te veel betalen voor goederen verplaatst waarde naar de verkoper; te weinig betalen naar de koper. De dienst wordt tegen een deel van de waarde aangeboden.",
        "Paying too much for goods moves value to the seller; paying too little moves it to the buyer. The service is offered for a share of the value.",
    ),
    constructions=Text(
        "Kleine handelsbedrijven in meer landen, tussenpersonen zonder eigen handel, en facturen die elkaar opheffen.",
        "Small trading firms in several countries, intermediaries without trade of their own, and invoices that cancel out.",
    ),
    communicating=Text(
        "Facturen, vrachtpapieren en berichten tussen bedrijven die van dezelfde mensen zijn.",
        "Invoices, freight papers and messages between firms that belong to the same people.",
    ),
    transport=Text(
        "Gewone routes over zee, door de lucht en over de weg, of een omweg via een land dat de goederen niet maakt en niet gebruikt.",
        "Usual routes by sea, air and road, or a detour through a country that neither makes nor uses the goods.",
    ),
    sources=(
        TBML_INDICATORS,
        TBML_TRENDS,
        Source(
            "Wat is witwassen via Trade Based Money Laundering?",
            "Anti Money Laundering Centre",
            None,
            "https://www.amlc.nl/witwassen-via-trade-based-money-laundering/wat-is-witswassen-via-trade-based-money-laundering/",
        ),
        PROFESSIONALS,
        RISK_ASSESSMENT,
    ),
)
