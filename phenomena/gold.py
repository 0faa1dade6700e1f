"""Gold trade: much value in little weight, that can be melted and sold everywhere."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CASH_DECLARED,
    CASH_LIMIT,
    CUSTOMS_RISK,
    JOINT_CHECK,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import CASH_LIMIT_ACT, GOLD_NSOC, TBML_TRENDS, UNDERGROUND_AMLC

PHENOMENON = Phenomenon(
    code="gold",
    name=Text("Misbruik van de goudhandel", "Misuse of the gold trade"),
    meaning=Text(
        "Goud heeft veel waarde in weinig gewicht, houdt zijn waarde en is om te smelten. NSOC vond dat alle fasen van de gewone goudketen kwetsbaar zijn.",
        "Gold has much value in little weight, keeps its value and can be melted. NSOC found every phase of the ordinary gold chain vulnerable.",
    ),
    focus_areas=("tbml", "financial_services"),
    steps=(
        Step(
            name=Text("Een zaak die goud koopt", "A shop that buys gold"),
            meaning=Text(
                "Juweliers en opkopers kopen sieraden en sloopgoud van het publiek, vaak contant.",
                "Jewellers and buyers purchase jewellery and scrap gold from the public, often for cash.",
            ),
            stage="front",
            indicators=("BD04", "TB10"),
            misused=("gold_trader", "company_registration"),
            barriers=(
                Barrier(
                    Text(
                        "Controleer of elke inkoop in het opkopersregister staat en vergelijk met wat gestolen is.",
                        "Check that each purchase is in the register of purchases and compare with what was stolen.",
                    ),
                    "politie",
                    "purchase_register",
                ),
                JOINT_CHECK,
            ),
        ),
        Step(
            name=Text("Omsmelten", "Melting"),
            meaning=Text(
                "Na het smelten is niet meer te zien waar het goud vandaan kwam.",
                "Once melted, gold no longer shows where it came from.",
            ),
            stage="location",
            indicators=(),
            misused=("gold_trader",),
            barriers=(
                Barrier(
                    Text(
                        "Kijk of een smelterij past in het omgevingsplan en wie er levert.",
                        "See whether a smelter fits the zoning plan, and who supplies it.",
                    ),
                    "gemeente",
                    "zoning",
                ),
                Barrier(
                    Text(
                        "Vraag de leverancier naar de eerdere eigenaar, en weiger goud waarvan de geschiedenis onbekend is.",
                        "Ask the supplier for the earlier owner, and refuse gold without a history.",
                    ),
                    "trader",
                    "integrity_policy",
                ),
            ),
        ),
        Step(
            name=Text("Koeriers", "Couriers"),
            meaning=Text(
                "Reizigers en vrachtzendingen nemen sloopgoud, sieraden en contant geld mee.",
                "Travellers and air freight carry scrap gold, jewellery and cash.",
            ),
            stage="staff",
            indicators=(),
            misused=("passenger_flight", "parcel_service"),
            barriers=(CASH_DECLARED,),
        ),
        Step(
            name=Text("Invoer en uitvoer van goud", "Import and export of gold"),
            meaning=Text(
                "De aangegeven prijs per gram past niet bij de beurskoers, of hetzelfde goud gaat heen en weer.",
                "The declared price per gram does not fit the market, or the same gold goes to and fro.",
            ),
            stage="transport",
            indicators=("TB03",),
            misused=("customs_agent", "forwarder"),
            barriers=(
                CUSTOMS_RISK,
                Barrier(
                    Text(
                        "Leg btw-aangiften naast in- en uitvoer van goud, ook met andere landen.",
                        "Put VAT returns beside imports and exports of gold, also with other countries.",
                    ),
                    "belastingdienst",
                    "tax",
                ),
            ),
        ),
        Step(
            name=Text("Van geld naar goud en terug", "From money to gold and back"),
            meaning=Text(
                "Contant of giraal geld wordt goud. Bij verkoop in een ander land is het weer geld, met een factuur.",
                "Cash or money in accounts becomes gold. Sold in another country it is money again, with an invoice.",
            ),
            stage="money",
            indicators=("FI01",),
            misused=("gold_trader", "bank", "exchange_office"),
            barriers=(
                CASH_LIMIT,
                BANK_KNOWS_CLIENT,
                Barrier(
                    Text(
                        "Ken als bemiddelaar in edelmetaal de klant en meld ongebruikelijke transacties.",
                        "As a broker of precious metal, know the client and report unusual transactions.",
                    ),
                    "trader",
                    "wwft_services",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Geld wordt verplaatst of bewaard zonder bank. Soms is er winst op gestolen goud of op btw die nooit betaald is.",
        "Money is moved or kept without a bank. Sometimes there is a profit on stolen gold or on VAT that was never paid.",
    ),
    constructions=Text(
        "NSOC noemt vijf vormen, waaronder direct kopen van goud, ondergronds bankieren met goud, fraudecarrousels en mijnbouw of export elders.",
        "NSOC names five forms, among them buying gold directly, underground banking with gold, fraud carousels, and mining or export elsewhere.",
    ),
    communicating=Text(
        "Een kleine wereld van handelaren die elkaar kennen, over landsgrenzen heen.",
        "A small world of traders who know each other, across borders.",
    ),
    transport=Text(
        "In handbagage en vracht door de lucht, en over de weg binnen de EU; vaak naar handelsplaatsen buiten de EU.",
        "In hand luggage and freight by air, and by road within the EU; often to trading places outside the EU.",
    ),
    sources=(
        GOLD_NSOC,
        Source(
            "Malafide goudhandel",
            "Anti Money Laundering Centre",
            None,
            "https://www.amlc.nl/malafide-goudhandel/",
        ),
        Source(
            "Money laundering and terrorist financing risks and vulnerabilities associated with gold",
            "FATF, Asia/Pacific Group on Money Laundering",
            2015,
        ),
        Source(
            "De goudhandelaar",
            "FIU-Nederland",
            None,
            "https://www.fiu-nederland.nl/knowledge_base/de-goudhandelaar/",
        ),
        UNDERGROUND_AMLC,
        TBML_TRENDS,
        CASH_LIMIT_ACT,
    ),
)
