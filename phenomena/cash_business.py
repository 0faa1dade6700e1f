"""Laundering through businesses with many cash payments: turnover that no customer brought."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CASH_LIMIT,
    JOINT_CHECK,
    LANDLORD_ASKS,
    TAX_LOOKS,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import BARRIER_MODELS, BUILDINGS, CASH_LIMIT_ACT, RISK_ASSESSMENT

PHENOMENON = Phenomenon(
    code="cash_business",
    name=Text(
        "Witwassen via bedrijven met veel contant geld", "Laundering through cash-intensive firms"
    ),
    meaning=Text(
        "Soms boekt een zaak waar veel contant betaald wordt meer omzet dan haar klanten brengen. Verreweg de meeste van zulke zaken zijn gewone ondernemingen.",
        "Some businesses with many cash payments book more turnover than their customers bring. By far most businesses of this kind are ordinary firms.",
    ),
    focus_areas=("financial_services",),
    steps=(
        Step(
            name=Text("Een zaak beginnen of overnemen", "Starting or taking over a business"),
            meaning=Text(
                "De zaak zit in een branche waar contant betalen gewoon is. Hoe de overname betaald is, blijft onduidelijk.",
                "The business is in a branch where cash is usual. How the takeover was paid for stays unclear.",
            ),
            stage="front",
            indicators=("BD01", "BD04"),
            misused=("company_registration", "accountant"),
            barriers=(
                Barrier(
                    Text(
                        "Vraag bij de vergunning hoe de zaak betaald is, en weiger of trek in bij ernstig gevaar voor misbruik.",
                        "Ask with the permit how the business was paid for; refuse or withdraw it at a serious risk of misuse.",
                    ),
                    "gemeente",
                    "bibob",
                ),
                Barrier(
                    Text(
                        "Stel een vergunning verplicht in een straat of branche waar dat nodig en goed te onderbouwen is.",
                        "Require a permit in a street or branch where that is needed and can be well founded.",
                    ),
                    "gemeente",
                    "permit",
                ),
            ),
        ),
        Step(
            name=Text("Een pand in de straat", "Premises in the street"),
            meaning=Text(
                "Leegstand en een verhuurder die weinig vraagt, maken snel beginnen mogelijk.",
                "Vacancy and a landlord who asks little make a quick start possible.",
            ),
            stage="location",
            indicators=("VG12",),
            misused=("landlord", "estate_agent"),
            barriers=(LANDLORD_ASKS, JOINT_CHECK),
        ),
        Step(
            name=Text("Personeel dat er niet is", "Staff that is not there"),
            meaning=Text(
                "Stoelen, personeel en openingstijden passen niet bij de omzet: de zaak zonder zaak.",
                "Seats, staff and opening hours do not fit the turnover: the business without business.",
            ),
            stage="staff",
            indicators=("BD08",),
            misused=("accountant",),
            barriers=(JOINT_CHECK, TAX_LOOKS),
        ),
        Step(
            name=Text("Omzet die niemand bracht", "Turnover that nobody brought"),
            meaning=Text(
                "Contant geld van elders komt als omzet in de kas en op de bank.",
                "Cash from elsewhere goes into the till and the bank as turnover.",
            ),
            stage="money",
            indicators=("BD08", "FI01"),
            misused=("bank", "payment_service"),
            barriers=(BANK_KNOWS_CLIENT, TAX_LOOKS, CASH_LIMIT),
        ),
        Step(
            name=Text("Stoppen en opnieuw beginnen", "Ending and starting again"),
            meaning=Text(
                "De zaak gaat failliet of stopt met schulden. Op hetzelfde adres begint een volgende.",
                "The business goes bankrupt or ends with debts. Another one starts at the same address.",
            ),
            stage="money",
            indicators=("BD06", "BD10"),
            misused=("company_registration", "adviser"),
            barriers=(
                Barrier(
                    Text(
                        "Vraag de rechter na een faillissement met misbruik om een bestuursverbod.",
                        "Ask the court for a ban on directors after a bankruptcy with misuse.",
                    ),
                    "om",
                    "director_ban",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Over de omzet wordt belasting betaald; wat overblijft is geld met een verklaring. De zaak kan ook ontmoetingsplek of opslag zijn.",
        "Tax is paid on the turnover; what remains is money with an explanation. The business may also be a meeting place or storage.",
    ),
    constructions=Text(
        "Een eigenaar op papier, leningen van bekenden bij de overname, en meer zaken met dezelfde mensen erachter.",
        "An owner on paper, loans from acquaintances at the takeover, and several businesses with the same people behind them.",
    ),
    communicating=Text(
        "In en om de zaak zelf, tussen mensen die elkaar kennen.",
        "In and around the business itself, between people who know each other.",
    ),
    transport=Text(
        "Contant geld wordt in kleine bedragen gebracht en met de gewone kas naar de bank.",
        "Cash is brought in small sums and goes to the bank with the ordinary takings.",
    ),
    sources=(
        RISK_ASSESSMENT,
        BUILDINGS,
        CASH_LIMIT_ACT,
        Source("Handreiking APV en ondermijning", "VNG", 2020),
        BARRIER_MODELS,
    ),
)
