"""Misuse of logistics: containers, haulage and storage that carry what nobody declared."""

from bilingual import Text
from phenomena.barriers import (
    CONTAINER_RELEASE,
    EMPLOYER_SCREENS,
    JOINT_CHECK,
    LANDLORD_ASKS,
    SAFE_TO_REPORT,
    TAX_LOOKS,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import BARRIER_MODELS, EU_PORTS, SECURE_CHAIN, SOCTA

PHENOMENON = Phenomenon(
    code="logistics",
    name=Text("Misbruik van logistiek", "Misuse of logistics"),
    meaning=Text(
        "Vervoer, opslag en verhuur worden gebruikt voor goederen die niemand aangeeft. De meeste ondernemers weten daar niets van.",
        "Transport, storage and rental are used for goods that nobody declares. Most entrepreneurs know nothing of it.",
    ),
    focus_areas=("logistics",),
    steps=(
        Step(
            name=Text("Een eigen vervoersbedrijf", "A transport firm of one's own"),
            meaning=Text(
                "Een nieuw bedrijf rijdt gewone ladingen als dekmantel, soms zonder vergunning of eigen voertuig.",
                "A new firm carries ordinary loads as a cover, sometimes without a licence or a vehicle of its own.",
            ),
            stage="front",
            indicators=("LO01", "LO08"),
            misused=("company_registration", "haulier"),
            barriers=(
                Barrier(
                    Text(
                        "Onderzoek bij twijfel of de vervoerder echt op zijn adres gevestigd is en voertuigen heeft.",
                        "In doubt look into whether the haulier really is at its address and has vehicles.",
                    ),
                    "niwo",
                    "haulage_licence",
                ),
                TAX_LOOKS,
            ),
        ),
        Step(
            name=Text("Loods, box of garage", "Shed, box or garage"),
            meaning=Text(
                "Opslagruimte wordt gehuurd op een andere naam, vaak contant betaald en zelden bezocht.",
                "Storage is rented in another name, often paid in cash and seldom visited.",
            ),
            stage="location",
            indicators=("BD11",),
            misused=("storage", "landlord"),
            barriers=(
                LANDLORD_ASKS,
                JOINT_CHECK,
                Barrier(
                    Text(
                        "Houd het gebruik van boxen en loodsen aan het omgevingsplan.",
                        "Hold the use of boxes and sheds to the zoning plan.",
                    ),
                    "gemeente",
                    "zoning",
                ),
            ),
        ),
        Step(
            name=Text("Chauffeurs en planners", "Drivers and planners"),
            meaning=Text(
                "Medewerkers worden betaald, misleid of onder druk gezet om een rit te maken of informatie te geven.",
                "Staff are paid, misled or pressed to make a trip or give information.",
            ),
            stage="staff",
            indicators=(),
            misused=("employer", "haulier"),
            barriers=(EMPLOYER_SCREENS, SAFE_TO_REPORT),
        ),
        Step(
            name=Text("Tussen gewone lading", "Between ordinary cargo"),
            meaning=Text(
                "De verboden goederen reizen met een echte zending, in een container, trailer of pakket.",
                "The forbidden goods travel with a real shipment, in a container, trailer or parcel.",
            ),
            stage="transport",
            indicators=(),
            misused=("shipping_line", "forwarder", "parcel_service", "terminal"),
            barriers=(
                CONTAINER_RELEASE,
                Barrier(
                    Text(
                        "Scan en doorzoek ladingen, gekozen op risico en deels willekeurig.",
                        "Scan and search loads, chosen by risk and partly at random.",
                    ),
                    "douane",
                    "customs_check",
                ),
            ),
        ),
        Step(
            name=Text("Gehuurde voertuigen", "Rented vehicles"),
            meaning=Text(
                "Huurauto's en bestelbussen staan op naam van een ander en wisselen vaak.",
                "Rented cars and vans are in another's name and change often.",
            ),
            stage="transport",
            indicators=("LO07",),
            misused=("car_rental",),
            barriers=(
                Barrier(
                    Text(
                        "Verhuur alleen aan wie zich legitimeert en zelf rijdt, en meld wat niet klopt.",
                        "Rent only to drivers who show proof of identity, and report what is not right.",
                    ),
                    "trader",
                    "reporting_point",
                ),
            ),
        ),
        Step(
            name=Text("De opdracht op het laatste moment", "The order at the last moment"),
            meaning=Text(
                "De chauffeur krijgt onderweg te horen dat de lading naar een ander adres moet.",
                "The driver is told on the way to unload elsewhere.",
            ),
            stage="communication",
            indicators=(),
            misused=("forwarder", "messaging"),
            barriers=(
                Barrier(
                    Text(
                        "Spreek af dat een ander losadres altijd bij de opdrachtgever wordt nagevraagd.",
                        "Agree that another place of unloading is always checked with the client.",
                    ),
                    "forwarder",
                    "integrity_policy",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Vervoer en opslag worden per rit, per dag of per kilo betaald. Gewone bedrijven moeten concurreren met prijzen die niet uit kunnen.",
        "Transport and storage are paid by the trip, the day or the kilo. Ordinary firms must compete with prices that do not cover the cost.",
    ),
    constructions=Text(
        "Bedrijven met een korte levensduur, onderaanneming in lagen, en huur op naam van een stroman.",
        "Firms with a short life, layers of subcontractors, and leases in the name of a straw tenant.",
    ),
    communicating=Text(
        "Opdrachten lopen via tussenpersonen; het vrachtdocument zegt iets anders dan de afspraak.",
        "Orders go through intermediaries; the freight document says something else than the agreement.",
    ),
    transport=Text(
        "Zeehavens, luchthavens, binnenvaart en snelwegen naar het achterland; ook kleine havens en vliegvelden.",
        "Seaports, airports, inland shipping and motorways to the hinterland; also small harbours and airfields.",
    ),
    sources=(
        Source(
            "Ondermijning in de transportbranche",
            "Politie",
            None,
            "https://www.politie.nl/onderwerpen/ondermijning-in-de-transportbranche.html",
        ),
        Source(
            "Transportsector wapenen tegen criminaliteit",
            "Transport en Logistiek Nederland",
            None,
            "https://www.tln.nl/actueel/transportsector-wapenen-tegen-criminaliteit",
        ),
        Source(
            "Criminele inmenging in het mkb: casusonderzoek naar de faciliterende rol van bonafide ondernemingen in het criminele bedrijfsproces",
            "Tijdschrift voor Veiligheid",
            2022,
        ),
        EU_PORTS,
        SECURE_CHAIN,
        SOCTA,
        BARRIER_MODELS,
    ),
)
