"""Underground banking: paying out elsewhere without the money travelling, outside all supervision."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CASH_DECLARED,
    CONFISCATION,
    CUSTOMS_RISK,
    JOINT_CHECK,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import GOLD_NSOC, RISK_ASSESSMENT, UNDERGROUND_AMLC

PHENOMENON = Phenomenon(
    code="underground_banking",
    name=Text("Ondergronds bankieren", "Underground banking"),
    meaning=Text(
        "Geld dat hier wordt afgegeven, wordt elders uitbetaald, zonder bank en zonder vergunning. De bankiers strepen hun schulden onderling weg.",
        "Money that is handed in here is paid out elsewhere, without a bank and without a licence. The bankers set off their debts against each other.",
    ),
    focus_areas=("financial_services", "tbml"),
    steps=(
        Step(
            name=Text("Een gewone zaak als loket", "An ordinary business as a counter"),
            meaning=Text(
                "Een winkel of kantoor met veel contant geld kan ook geld aannemen en uitbetalen.",
                "A shop or office with much cash may also take in and pay out money.",
            ),
            stage="front",
            indicators=("BD01",),
            misused=("exchange_office", "company_registration"),
            barriers=(
                Barrier(
                    Text(
                        "Treed op tegen wie betaaldiensten aanbiedt zonder vergunning.",
                        "Act against anyone who offers payment services without a licence.",
                    ),
                    "dnb",
                    "licence_dnb",
                ),
                JOINT_CHECK,
            ),
        ),
        Step(
            name=Text("Tellen en bewaren", "Counting and keeping"),
            meaning=Text(
                "Contant geld ligt korte tijd in een woning, box of bedrijfsruimte.",
                "Cash lies in a dwelling, box or business space for a short time.",
            ),
            stage="location",
            indicators=(),
            misused=("landlord", "storage"),
            barriers=(CONFISCATION,),
        ),
        Step(
            name=Text("Tussenpersonen en koeriers", "Brokers and couriers"),
            meaning=Text(
                "Klant en bankier spreken elkaar zelden. Tussenpersonen regelen, koeriers brengen en halen.",
                "Client and banker seldom meet. Brokers arrange, couriers bring and fetch.",
            ),
            stage="staff",
            indicators=(),
            misused=("messaging",),
            barriers=(
                Barrier(
                    Text(
                        "Volg in een onderzoek ook de ontmoetingen en het netwerk, niet alleen het gevonden geld.",
                        "In an investigation follow the meetings and the network too, not only the money found.",
                    ),
                    "politie",
                    "prosecution",
                ),
            ),
        ),
        Step(
            name=Text("Geld over de weg en door de lucht", "Money by road and by air"),
            meaning=Text(
                "Wat niet weg te strepen is, reist: in auto's, bagage en vracht.",
                "What cannot be set off travels: in cars, luggage and freight.",
            ),
            stage="transport",
            indicators=(),
            misused=("passenger_flight", "haulier", "car_rental"),
            barriers=(
                CASH_DECLARED,
                Barrier(
                    Text(
                        "Let bij toezicht aan de grens en op luchthavens op grote bedragen aan contant geld, ook in vracht.",
                        "Look out for large sums of cash in checks at borders and airports, also in freight.",
                    ),
                    "kmar",
                    "prosecution",
                ),
            ),
        ),
        Step(
            name=Text("Afspraken buiten beeld", "Agreements out of sight"),
            meaning=Text(
                "Overdracht gebeurt op een teken, zonder namen. De administratie is summier.",
                "Money is handed over on a sign, without names. The accounts are scant.",
            ),
            stage="communication",
            indicators=(),
            misused=("messaging",),
            barriers=(
                Barrier(
                    Text(
                        "Deel nieuwe kenmerken met banken en andere melders, zodat zij gericht kunnen melden.",
                        "Share new features with banks and other reporters, so that they can report well.",
                    ),
                    "fiu",
                    "information",
                ),
            ),
        ),
        Step(
            name=Text("Verrekenen met handel of crypto", "Settling with trade or crypto"),
            meaning=Text(
                "Schulden tussen bankiers worden ook verrekend met goederen, goud, facturen of crypto.",
                "Debts between bankers are also settled with goods, gold, invoices or crypto.",
            ),
            stage="money",
            indicators=("TB03", "FI01"),
            misused=("bank", "crypto_service", "gold_trader", "wholesaler"),
            barriers=(BANK_KNOWS_CLIENT, CUSTOMS_RISK),
        ),
    ),
    earning_model=Text(
        "De bankier rekent een commissie en verdient op de wisselkoers.",
        "The banker charges a commission and earns on the exchange rate.",
    ),
    constructions=Text(
        "Netwerken van bankiers in meer landen die op vertrouwen werken. Een deel van het geld dat zo reist, is niet uit misdrijven.",
        "Networks of bankers in several countries that work on trust. Part of the money that travels so is not from crime.",
    ),
    communicating=Text(
        "Versleutelde berichten en afgesproken tekens; klant en bankier blijven voor elkaar onbekend.",
        "Encrypted messages and agreed signs; client and banker stay unknown to each other.",
    ),
    transport=Text(
        "Zo weinig mogelijk. Wat overblijft gaat met koeriers over de weg en door de lucht.",
        "As little as possible. What remains goes with couriers by road and by air.",
    ),
    sources=(
        UNDERGROUND_AMLC,
        GOLD_NSOC,
        Source(
            "The Role of Hawala and Other Similar Service Providers in Money Laundering and Terrorist Financing",
            "FATF",
            2013,
        ),
        RISK_ASSESSMENT,
        Source(
            "Ondergronds bankieren (witwastypologieën)",
            "FIU-Nederland",
            2016,
            "https://www.fiu-nederland.nl/nl/wetgeving/witwastypologieen/ondergronds-bankieren",
        ),
        Source(
            "Witwassen als bedrijfsmatige activiteit: de verborgen netwerken van witwassers",
            "Tijdschrift voor Criminologie 62 (4)",
            2020,
            "https://tijdschriften.boomcriminologie.nl/tijdschrift/tijdschriftcriminologie/2020/4/TvC_0165-182X_2020_062_004_001",
        ),
    ),
)
