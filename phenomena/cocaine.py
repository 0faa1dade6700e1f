"""Cocaine through ports and airports: hidden in ordinary trade, taken out by local hands."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CONFISCATION,
    CONTAINER_RELEASE,
    CUSTOMS_RISK,
    DAMOCLES,
    EMPLOYER_SCREENS,
    LANDLORD_ASKS,
    PORT_ACCESS,
    SCHOOLS_INFORMED,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import CLOSURES, EU_PORTS, ROTTERDAM_PORT, SECURE_CHAIN, SOCTA

PHENOMENON = Phenomenon(
    code="cocaine",
    name=Text("Cocaïne via havens en luchthavens", "Cocaine through ports and airports"),
    meaning=Text(
        "Cocaïne uit Latijns-Amerika reist mee in gewone handel over zee en door de lucht. In de haven wordt zij uit de lading gehaald.",
        "Cocaine from Latin America travels with ordinary trade by sea and air. In the port it is taken out of the load.",
    ),
    focus_areas=("logistics", "corruption_violence", "context"),
    steps=(
        Step(
            name=Text("Een importeur of vervoerder", "An importer or haulier"),
            meaning=Text(
                "Een bedrijf met een gewone handelsstroom geeft dekking; vaak weet het bedrijf dat niet.",
                "A firm with an ordinary flow of trade gives cover; often the firm does not know it.",
            ),
            stage="front",
            indicators=("LO01",),
            misused=("wholesaler", "company_registration", "haulier"),
            barriers=(
                Barrier(
                    Text(
                        "Onderzoek nieuwe importeurs zonder eerdere handel in dit goed.",
                        "Look into new importers without earlier trade in these goods.",
                    ),
                    "douane",
                    "customs_check",
                ),
            ),
        ),
        Step(
            name=Text("Opslag en bewerking", "Storage and processing"),
            meaning=Text(
                "In een loods of schuur in het achterland worden de drugs bewaard, bewerkt en verdeeld.",
                "The drugs are kept, processed and divided in a shed or barn in the hinterland.",
            ),
            stage="location",
            indicators=("DR07",),
            misused=("storage", "landlord"),
            barriers=(LANDLORD_ASKS, DAMOCLES),
        ),
        Step(
            name=Text("Hulp van binnen", "Help from inside"),
            meaning=Text(
                "Werknemers van haven of luchthaven geven toegang of informatie, voor geld of onder druk.",
                "Employees of the port or airport give access or information, for money or under pressure.",
            ),
            stage="staff",
            indicators=(),
            misused=("employer", "terminal"),
            barriers=(EMPLOYER_SCREENS, PORT_ACCESS),
        ),
        Step(
            name=Text("Uithalers", "Extractors"),
            meaning=Text(
                "Mensen worden geworven om op het terrein de lading te zoeken en weg te brengen.",
                "People are recruited to find the load on the site and take it away.",
            ),
            stage="staff",
            indicators=(),
            misused=("social_media", "terminal"),
            barriers=(
                Barrier(
                    Text(
                        "Houd aan wie zonder reden op een haventerrein is (138aa Wetboek van Strafrecht).",
                        "Arrest anyone who is on a port site without a reason (138aa Penal Code).",
                    ),
                    "politie",
                    "prosecution",
                ),
                SCHOOLS_INFORMED,
            ),
        ),
        Step(
            name=Text("In de container of bagage", "In the container or luggage"),
            meaning=Text(
                "De drugs zitten tussen of in de lading, aan het schip, in bagage of in luchtvracht.",
                "The drugs are between or in the load, on the ship, in luggage or in air freight.",
            ),
            stage="transport",
            indicators=(),
            misused=("shipping_line", "forwarder", "passenger_flight", "haulier"),
            barriers=(
                CONTAINER_RELEASE,
                CUSTOMS_RISK,
                Barrier(
                    Text(
                        "Controleer passagiers, bagage en luchtvracht op risicovluchten.",
                        "Check passengers, luggage and air freight on flights at risk.",
                    ),
                    "douane",
                    "customs_check",
                ),
            ),
        ),
        Step(
            name=Text("Geweld om een partij", "Violence over a load"),
            meaning=Text(
                "Een verloren of gestolen partij leidt tot bedreiging en aanslagen, ook ver van de haven.",
                "A lost or stolen load leads to threats and attacks, also far from the port.",
            ),
            stage="communication",
            indicators=("CV01", "CV02", "CV09"),
            misused=("messaging",),
            barriers=(
                Barrier(
                    Text(
                        "Sluit een woning waar geweld de openbare orde ernstig verstoort.",
                        "Close a dwelling where violence seriously disturbs public order.",
                    ),
                    "gemeente",
                    "closure",
                ),
            ),
        ),
        Step(
            name=Text("De opbrengst", "The proceeds"),
            meaning=Text(
                "Contant geld uit heel Europa wordt verplaatst en witgewassen, vaak via andere fenomenen van deze lijst.",
                "Cash from all over Europe is moved and laundered, often through other phenomena of this list.",
            ),
            stage="money",
            indicators=(),
            misused=("bank", "exchange_office", "gold_trader"),
            barriers=(BANK_KNOWS_CLIENT, CONFISCATION),
        ),
    ),
    earning_model=Text(
        "De prijs stijgt met elke stap op weg naar de gebruiker. Een zending die aankomt, maakt veel verlies goed.",
        "The price rises with every step towards the user. A load that arrives makes up for much loss.",
    ),
    constructions=Text(
        "Netwerken werken per zending samen. Kopen, vervoeren, uithalen en verkopen is werk van verschillende groepen.",
        "Networks cooperate by shipment. Buying, carrying, extracting and selling are the work of different groups.",
    ),
    communicating=Text(
        "Versleutelde diensten. Een deel is door opsporingsdiensten gelezen en heeft netwerken zichtbaar gemaakt.",
        "Encrypted services. Investigators read part of them, which made networks visible.",
    ),
    transport=Text(
        "Containers via de Noordzeehavens, ook kleinere; luchtvracht en passagiers via luchthavens; daarna over de weg door Europa.",
        "Containers through the North Sea ports, also smaller ones; air freight and passengers through airports; then by road through Europe.",
    ),
    sources=(
        ROTTERDAM_PORT,
        EU_PORTS,
        Source(
            "The illicit trade of cocaine from Latin America to Europe - from oligopolies to free-for-all? (Cocaine Insights 1)",
            "UNODC, Europol",
            2021,
        ),
        SECURE_CHAIN,
        CLOSURES,
        Source(
            "Uithalerswet biedt politie meer grip op drugssmokkel in de haven",
            "Ministerie van Justitie en Veiligheid",
            2025,
            "https://www.nederlandtegengeorganiseerdemisdaad.nl/actueel/verhalen-uit-de-praktijk/weblog/2025/uithalerswet-biedt-politie-meer-grip-op-drugssmokkel-in-de-haven",
        ),
        SOCTA,
    ),
)
