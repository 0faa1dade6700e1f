"""Violence with explosives: an order, a broker and a hand, at a door in a street."""

from bilingual import Text
from phenomena.barriers import PLATFORM_REMOVES, SCHOOLS_INFORMED
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import CLOSURES, SOCTA

PHENOMENON = Phenomenon(
    code="explosives",
    name=Text("Geweld met explosieven", "Violence with explosives"),
    meaning=Text(
        "Een explosie bij een woning of zaak is een dreigement. Een deel komt uit conflicten om drugs; ruzies tussen bekenden, buren of ondernemers komen ook voor.",
        "An explosion at a dwelling or business is a threat. Part comes from conflicts over drugs; quarrels between acquaintances, neighbours or entrepreneurs occur too.",
    ),
    focus_areas=("corruption_violence", "context"),
    steps=(
        Step(
            name=Text("De plek van de aanslag", "The place of the attack"),
            meaning=Text(
                "Woningen en zaken zijn doelwit, soms het verkeerde adres. Herhaling in dezelfde straat komt voor.",
                "Dwellings and businesses are targets, sometimes the wrong address. Repeats in the same street occur.",
            ),
            stage="location",
            indicators=("CV01", "CV02", "CV09"),
            misused=("landlord",),
            barriers=(
                Barrier(
                    Text(
                        "Sluit de woning als de openbare orde ernstig verstoord is of dat dreigt, zo kort als kan.",
                        "Close the dwelling where public order is or may be seriously disturbed, as briefly as possible.",
                    ),
                    "gemeente",
                    "closure",
                ),
                Barrier(
                    Text(
                        "Zorg met de gemeente voor nazorg, herstel en waar nodig ander onderdak.",
                        "See to aftercare, repairs and, where needed, other shelter together with the municipality.",
                    ),
                    "housing_association",
                    "aftercare",
                ),
            ),
        ),
        Step(
            name=Text("Werven van uitvoerders", "Recruiting somebody to do it"),
            meaning=Text(
                "De uitvoerder krijgt weinig geld en kent de opdrachtgever zelden.",
                "The person who does it gets little money and seldom knows the principal.",
            ),
            stage="staff",
            indicators=(),
            misused=("social_media", "messaging"),
            barriers=(
                SCHOOLS_INFORMED,
                Barrier(
                    Text(
                        "Onderzoek ook wie wierf, regelde en opdracht gaf.",
                        "Investigate the recruiter, the broker and the principal too.",
                    ),
                    "politie",
                    "prosecution",
                ),
            ),
        ),
        Step(
            name=Text("Zwaar vuurwerk over de grens", "Heavy fireworks across the border"),
            meaning=Text(
                "Vaak gaat het om zwaar illegaal vuurwerk uit het buitenland, dat in woonwijken of boxen ligt.",
                "Often heavy illegal fireworks from abroad are used, kept in residential areas or boxes.",
            ),
            stage="transport",
            indicators=(),
            misused=("parcel_service", "storage", "car_rental"),
            barriers=(
                Barrier(
                    Text(
                        "Controleer grensverkeer, pakketten en opslag op zwaar vuurwerk, het hele jaar.",
                        "Check border traffic, parcels and storage for heavy fireworks, all year.",
                    ),
                    "politie",
                    "joint_check",
                ),
            ),
        ),
        Step(
            name=Text("De opdracht", "The order"),
            meaning=Text(
                "Opdrachten en adressen gaan via berichten en sociale media, met tussenpersonen.",
                "Orders and addresses go by messages and social media, with intermediaries.",
            ),
            stage="communication",
            indicators=(),
            misused=("social_media", "messaging"),
            barriers=(PLATFORM_REMOVES,),
        ),
        Step(
            name=Text("Afpersen en betalen", "Extorting and paying"),
            meaning=Text(
                "De dreiging moet geld of zwijgen opleveren. De uitvoerder krijgt zijn deel achteraf, of niets.",
                "The threat is to bring money or silence. The person who did it is paid afterwards, or not at all.",
            ),
            stage="money",
            indicators=(),
            misused=("payment_service",),
            barriers=(
                Barrier(
                    Text(
                        "Bied ondernemers een vast aanspreekpunt om afpersing veilig te melden.",
                        "Offer entrepreneurs one fixed person to report extortion to, safely.",
                    ),
                    "politie",
                    "reporting_point",
                ),
                Barrier(
                    Text(
                        "Verhaal de schade op wie pleegde en wie opdracht gaf.",
                        "Recover the damage from those who did it and those who ordered it.",
                    ),
                    "om",
                    "seizure",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Geweld is hier een dienst: de opdrachtgever koopt angst voor weinig geld.",
        "Violence is a service here: the principal buys fear for little money.",
    ),
    constructions=Text(
        "Een keten van opdrachtgever, tussenpersoon, werver, leverancier en uitvoerder, die elkaar niet hoeven te kennen.",
        "A chain of principal, intermediary, recruiter, supplier and the person who does it; they need not know each other.",
    ),
    communicating=Text(
        "Sociale media en berichtendiensten, met accounts die snel verdwijnen.",
        "Social media and messaging services, with accounts that soon disappear.",
    ),
    transport=Text(
        "Zwaar vuurwerk komt over de weg en per pakket uit het buitenland en ligt hier korte tijd opgeslagen.",
        "Heavy fireworks come by road and parcel from abroad and are stored here for a short time.",
    ),
    sources=(
        Source(
            "Mogelijke verdubbeling explosie-incidenten",
            "Politie",
            2023,
            "https://www.politie.nl/nieuws/2023/juli/16/mogelijke-verdubbeling-explosie-incidenten.html",
        ),
        Source(
            "Actieplan voor gericht en consistent optreden tegen explosies",
            "Gemeente.nu",
            2025,
            "https://www.gemeente.nu/veiligheid/actieplan-voor-gericht-en-consistent-optreden-tegen-explosies/",
        ),
        CLOSURES,
        SOCTA,
    ),
)
