"""Laundering through property: money from crime becomes a building, rent or a profit on a sale."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CONFISCATION,
    NOTARY_ASKS,
    REGISTER_REFUSES,
    TAX_LOOKS,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import BARRIER_MODELS, BUILDINGS, CONCEALED_OWNERS, RISK_ASSESSMENT

PHENOMENON = Phenomenon(
    code="property",
    name=Text("Witwassen via vastgoed", "Laundering through property"),
    meaning=Text(
        "Geld uit misdrijven wordt een pand, huur of winst op een verkoop. De prijs van een pand staat nooit helemaal vast, en één koop verplaatst een groot bedrag.",
        "Money from crime becomes a building, rent or a profit on a sale. The price of a building is never quite fixed, and one purchase moves a large sum.",
    ),
    focus_areas=("financial_services",),
    steps=(
        Step(
            name=Text("Kopen op een andere naam", "Buying in another name"),
            meaning=Text(
                "Een vennootschap of stroman staat in de akte, zodat de echte koper niet te zien is.",
                "A company or straw buyer is in the deed, so that the real buyer is not seen.",
            ),
            stage="front",
            indicators=("BD03",),
            misused=("company_registration", "notary", "trust_office"),
            barriers=(REGISTER_REFUSES, NOTARY_ASKS),
        ),
        Step(
            name=Text("Een geschikt pand vinden", "Finding a fitting building"),
            meaning=Text(
                "Leegstand en achterstallig onderhoud maken een lage of hoge prijs aannemelijk.",
                "Vacancy and overdue maintenance make a low or a high price plausible.",
            ),
            stage="location",
            indicators=("VG12",),
            misused=("estate_agent",),
            barriers=(
                Barrier(
                    Text(
                        "Onderzoek met de Wet Bibob kopers, huurders en pachters van grond en panden van de gemeente.",
                        "Screen buyers, tenants and leaseholders of municipal property under the Bibob Act.",
                    ),
                    "gemeente",
                    "bibob",
                ),
                Barrier(
                    Text(
                        "Houd toezicht op makelaars: kennen zij hun klant en melden zij wat ongebruikelijk is.",
                        "Supervise estate agents: do they know their client and report what is unusual.",
                    ),
                    "bureau_toezicht_wwft",
                    "wwft_supervision",
                ),
            ),
        ),
        Step(
            name=Text("Kopen zonder zichtbare lening", "Buying without a visible loan"),
            meaning=Text(
                "Er is geen hypotheek, of de lening komt van een eigen vennootschap: geld dat de koper aan zichzelf leent.",
                "There is no mortgage, or the loan comes from the buyer's own company: money lent to oneself.",
            ),
            stage="money",
            indicators=("VG01", "FI01"),
            misused=("notary", "lender", "bank"),
            barriers=(
                NOTARY_ASKS,
                BANK_KNOWS_CLIENT,
                Barrier(
                    Text(
                        "Laat zien waar kopen zonder hypotheek boven het gewone uitkomt.",
                        "Show where purchases without a mortgage are above what is usual.",
                    ),
                    "kadaster",
                    "land_register",
                ),
            ),
        ),
        Step(
            name=Text("Snel doorverkopen", "Selling on quickly"),
            meaning=Text(
                "Het pand gaat in korte tijd van A via B naar C. De winst lijkt verdiend en is uit te leggen.",
                "The building goes from A by way of B to C in a short time. The profit looks earned and can be explained.",
            ),
            stage="money",
            indicators=("VG02",),
            misused=("notary", "estate_agent"),
            barriers=(NOTARY_ASKS, TAX_LOOKS),
        ),
        Step(
            name=Text("Huur en verbouwing", "Rent and renovation"),
            meaning=Text(
                "Hoge huur op papier en verbouwingen die contant betaald zijn, brengen nieuw geld in het pand.",
                "High rent on paper and renovation that was paid in cash bring new money into the building.",
            ),
            stage="money",
            indicators=(),
            misused=("landlord", "accountant"),
            barriers=(TAX_LOOKS, CONFISCATION),
        ),
    ),
    earning_model=Text(
        "Het pand bewaart de waarde, levert huur op en geeft bij verkoop een bedrag met een verklaring.",
        "The building keeps the value, brings in rent and gives a sum with an explanation when it is sold.",
    ),
    constructions=Text(
        "Vennootschappen in verschillende landen, een lening aan zichzelf, een stroman als eigenaar en reeksen van verkopen.",
        "Companies in several countries, a loan to oneself, a straw owner, and chains of sales.",
    ),
    communicating=Text(
        "De afspraken die tellen staan niet in de akte. Betrokkenen kennen elkaar vaak van eerdere aankopen.",
        "The agreements that count are not in the deed. Those involved often know each other from earlier purchases.",
    ),
    transport=Text(
        "Het pand blijft waar het is. Geld en eigendom gaan via rekeningen en akten de grens over.",
        "The building stays where it is. Money and ownership cross the border through accounts and deeds.",
    ),
    sources=(
        Source(
            "Wat is witwassen via vastgoed?",
            "Anti Money Laundering Centre",
            None,
            "https://www.amlc.nl/witwassen-via-vastgoed/vastgoed/",
        ),
        Source(
            "Guidance for a Risk-Based Approach to the Real Estate Sector",
            "FATF",
            2022,
            "https://www.fatf-gafi.org/publications/documents/Guidance-RBA-Real-Estate-Sector.html",
        ),
        Source(
            "Malafide activiteiten in de vastgoedsector: Een exploratief onderzoek naar aard, actoren en aanpak",
            "Advies- en Onderzoeksgroep Beke, Erasmus Universiteit Rotterdam",
            2007,
        ),
        BUILDINGS,
        CONCEALED_OWNERS,
        RISK_ASSESSMENT,
        BARRIER_MODELS,
    ),
)
