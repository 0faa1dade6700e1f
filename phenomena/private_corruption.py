"""Private-sector corruption: an employee sells access, information or an eye closed."""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    CONTAINER_RELEASE,
    EMPLOYER_SCREENS,
    PORT_ACCESS,
    SAFE_TO_REPORT,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import EU_PORTS, ROTTERDAM_PORT, SECURE_CHAIN, SOCTA

PHENOMENON = Phenomenon(
    code="private_corruption",
    name=Text("Niet-ambtelijke corruptie", "Private-sector corruption"),
    meaning=Text(
        "Een werknemer van een bedrijf doet iets of laat iets na, in ruil voor geld of onder druk. Een deur openen of een aankomsttijd doorgeven is al genoeg.",
        "An employee of a firm does something or leaves it, for money or under pressure. Opening a door or passing on a time of arrival is enough.",
    ),
    focus_areas=("corruption_violence", "logistics"),
    steps=(
        Step(
            name=Text("Een bedrijf in de keten", "A firm in the chain"),
            meaning=Text(
                "Een eigen of overgenomen bedrijf geeft een gewone reden om in de keten te zijn.",
                "A firm that was founded or taken over gives an ordinary reason to be in the chain.",
            ),
            stage="front",
            indicators=("LO01",),
            misused=("company_registration", "haulier", "forwarder"),
            barriers=(
                CONTAINER_RELEASE,
                Barrier(
                    Text(
                        "Controleer nieuwe partijen voordat zij toegang tot terreinen of systemen krijgen.",
                        "Check new parties before they get access to sites or systems.",
                    ),
                    "port",
                    "access",
                ),
            ),
        ),
        Step(
            name=Text("Plaatsen met toegang", "Places with access"),
            meaning=Text(
                "Terminals, loodsen, vrachtafdelingen en kantoren waar één pas of wachtwoord veel opent.",
                "Terminals, sheds, freight departments and offices where one pass or password opens much.",
            ),
            stage="location",
            indicators=(),
            misused=("terminal", "storage", "passenger_flight"),
            barriers=(
                PORT_ACCESS,
                Barrier(
                    Text(
                        "Beperk op de luchthaven wie bij bagage en vracht komt, en controleer ook personeel.",
                        "Limit at the airport who gets to luggage and freight, and check staff too.",
                    ),
                    "airport",
                    "access",
                ),
            ),
        ),
        Step(
            name=Text("Een medewerker benaderen", "Approaching an employee"),
            meaning=Text(
                "Het begint met een gunst of een klein bedrag. Daarna volgt druk, tot bedreiging toe.",
                "It begins with a favour or a small sum. Pressure follows, up to threats.",
            ),
            stage="staff",
            indicators=(),
            misused=("employer",),
            barriers=(EMPLOYER_SCREENS, SAFE_TO_REPORT),
        ),
        Step(
            name=Text("Informatie doorgeven", "Passing on information"),
            meaning=Text(
                "Plaats en tijd van een container, een code of een klantgegeven gaat naar buiten.",
                "The place and time of a container, a code or a client's data goes out.",
            ),
            stage="communication",
            indicators=(),
            misused=("terminal", "shipping_line", "bank", "messaging"),
            barriers=(
                Barrier(
                    Text(
                        "Laat zien wie wat opzoekt, en vraag na waarom.",
                        "Make visible who looks up what, and ask why.",
                    ),
                    "employer",
                    "access",
                ),
                CONTAINER_RELEASE,
            ),
        ),
        Step(
            name=Text("De betaling", "The payment"),
            meaning=Text(
                "De medewerker krijgt contant geld, een dienst of een aflossing van schuld.",
                "The employee gets cash, a service or a debt paid off.",
            ),
            stage="money",
            indicators=(),
            misused=("bank", "payment_service"),
            barriers=(
                BANK_KNOWS_CLIENT,
                Barrier(
                    Text(
                        "Vervolg gever en ontvanger: omkoping van werknemers is strafbaar (328ter Wetboek van Strafrecht).",
                        "Prosecute giver and taker: bribing employees is an offence (328ter Penal Code).",
                    ),
                    "om",
                    "prosecution",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Voor de omkoper is één handeling een fractie van de waarde van de lading; voor de medewerker is het veel geld.",
        "To the briber one act is a fraction of the value of the load; to the employee it is much money.",
    ),
    constructions=Text(
        "Tussenpersonen die medewerkers kennen, schijnbanen en bedrijven die voor de toegang zijn opgericht.",
        "Intermediaries who know employees, sham jobs, and firms founded for the access.",
    ),
    communicating=Text(
        "Eerst in de eigen kring of op sociale media, daarna versleuteld.",
        "First in one's own circle or on social media, then encrypted.",
    ),
    transport=Text(
        "De corruptie hoort bij de route: zeehavens, luchthavens, en bedrijven in het achterland.",
        "The corruption belongs to the route: seaports, airports, and firms in the hinterland.",
    ),
    sources=(
        Source(
            "Kennisdocument Niet-ambtelijke corruptie in het Noordzeekanaalgebied",
            "NSOC",
            2024,
            "https://www.tegenondermijnendecriminaliteit.nl/documenten/publicaties/2024/06/24/kennisdocument-niet-ambtelijke-corruptie-in-het-noordzeekanaalgebied",
        ),
        Source(
            "Corruptie en geweld",
            "NSOC",
            None,
            "https://www.tegenondermijnendecriminaliteit.nl/onderwerpen/corruptie-en-geweld",
        ),
        Source(
            "Brief regering: Anti-corruptieaanpak (Kamerstuk 29 911, nr. 472)",
            "Ministerie van Justitie en Veiligheid, Ministerie van BZK",
            2025,
        ),
        EU_PORTS,
        ROTTERDAM_PORT,
        SECURE_CHAIN,
        SOCTA,
    ),
)
