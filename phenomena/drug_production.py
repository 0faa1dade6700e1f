"""Production of synthetic drugs and cannabis, and its waste: context beside the score."""

from bilingual import Text
from phenomena.barriers import CONFISCATION, DAMOCLES, LANDLORD_ASKS
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import BARRIER_MODELS, BUILDINGS, SOCTA

PHENOMENON = Phenomenon(
    code="drug_production",
    name=Text("Productie van drugs en drugsafval", "Drug production and drug waste"),
    meaning=Text(
        "Synthetische drugs en hennep worden gemaakt in schuren, loodsen en woningen. Het afval wordt gedumpt of geloosd, zelden bij de plek van productie.",
        "Synthetic drugs and cannabis are made in barns, sheds and dwellings. The waste is dumped or drained, seldom near the place of production.",
    ),
    focus_areas=("context",),
    steps=(
        Step(
            name=Text("Grondstoffen en apparatuur", "Chemicals and equipment"),
            meaning=Text(
                "Stoffen en apparatuur die ook gewoon gebruik kennen, worden gekocht op naam van een bedrijf.",
                "Substances and equipment that have ordinary uses too are bought in the name of a firm.",
            ),
            stage="front",
            indicators=(),
            misused=("chemicals", "company_registration"),
            barriers=(
                Barrier(
                    Text(
                        "Meld ongebruikelijke bestellingen van chemicaliën, en lever niet bij twijfel.",
                        "Report unusual orders of chemicals, and do not deliver in doubt.",
                    ),
                    "trader",
                    "precursors",
                ),
                Barrier(
                    Text(
                        "Controleer invoer van stoffen die als grondstof bekend zijn.",
                        "Check imports of substances known as precursors.",
                    ),
                    "douane",
                    "precursors",
                ),
            ),
        ),
        Step(
            name=Text("De plek van productie", "The place of production"),
            meaning=Text(
                "Een afgelegen schuur, een loods of een woning wordt gehuurd, soms van iemand in geldnood.",
                "A remote barn, a shed or a dwelling is rented, sometimes from somebody short of money.",
            ),
            stage="location",
            indicators=("DR07",),
            misused=("landlord", "storage"),
            barriers=(
                LANDLORD_ASKS,
                DAMOCLES,
                Barrier(
                    Text(
                        "Bezoek eigenaren van leegstaande schuren en loodsen, en help bij een andere bestemming.",
                        "Visit owners of vacant barns and sheds, and help them to find another use.",
                    ),
                    "gemeente",
                    "information",
                ),
            ),
        ),
        Step(
            name=Text("Uitvoerders", "Workers"),
            meaning=Text(
                "Wie bouwt, bewaakt of opruimt kent zelden de opdrachtgever, en loopt het gevaar van brand en gif.",
                "Those who build, guard or clean seldom know the principal, and run the risk of fire and poison.",
            ),
            stage="staff",
            indicators=(),
            misused=("messaging",),
            barriers=(
                Barrier(
                    Text(
                        "Bied wie eruit wil een weg, en onderzoek de opdrachtgever.",
                        "Offer a way out to anyone who wants one, and investigate the principal.",
                    ),
                    "politie",
                    "prosecution",
                ),
            ),
        ),
        Step(
            name=Text("Afval dumpen of lozen", "Dumping or draining waste"),
            meaning=Text(
                "Vaten liggen in de natuur, langs wegen of op bedrijventerreinen. Lozen op riool of bodem blijft meestal onzichtbaar.",
                "Drums lie in nature, along roads or on business estates. Draining into sewer or soil mostly stays unseen.",
            ),
            stage="transport",
            indicators=("DR03",),
            misused=("car_rental",),
            barriers=(
                Barrier(
                    Text(
                        "Behandel elke dumping als plaats delict en deel de vondst met buurgemeenten.",
                        "Treat each dumping as a crime scene and share the find with neighbouring municipalities.",
                    ),
                    "politie",
                    "prosecution",
                ),
                Barrier(
                    Text(
                        "Vergoed het opruimen, zodat vinden en melden niemand op kosten jaagt.",
                        "Pay for the clean-up, so that finding and reporting costs nobody money.",
                    ),
                    "provincie",
                    "clean_up",
                ),
            ),
        ),
        Step(
            name=Text("Verkoop", "Sale"),
            meaning=Text(
                "Verkoop loopt via vaste relaties en online; een groot deel gaat naar het buitenland.",
                "Sales go through fixed relations and online; a large part goes abroad.",
            ),
            stage="communication",
            indicators=(),
            misused=("parcel_service", "messaging"),
            barriers=(
                Barrier(
                    Text(
                        "Controleer uitgaande post en pakketten op risico.",
                        "Check outgoing mail and parcels by risk.",
                    ),
                    "douane",
                    "customs_check",
                ),
            ),
        ),
        Step(
            name=Text("De opbrengst", "The proceeds"),
            meaning=Text(
                "Het geld gaat naar nieuwe productie, bedrijven en vastgoed.",
                "The money goes to new production, firms and property.",
            ),
            stage="money",
            indicators=(),
            misused=("bank", "notary"),
            barriers=(CONFISCATION,),
        ),
    ),
    earning_model=Text(
        "Maken kost weinig en de prijs stijgt met de afstand. De kosten van het afval zijn voor de samenleving.",
        "Making costs little and the price rises with the distance. The cost of the waste falls on society.",
    ),
    constructions=Text(
        "Koop, bouw, productie, afval en verkoop zijn werk van verschillende groepen die elkaar niet hoeven te kennen.",
        "Buying, building, making, waste and selling are the work of different groups that need not know each other.",
    ),
    communicating=Text(
        "Versleutelde berichten tussen opdrachtgever, leverancier en uitvoerders.",
        "Encrypted messages between principal, supplier and workers.",
    ),
    transport=Text(
        "Grondstoffen komen ook van buiten de EU; het product gaat per auto, vracht en pakket de wereld over; het afval reist in bestelbussen.",
        "Chemicals also come from outside the EU; the product goes worldwide by car, freight and parcel; the waste travels in vans.",
    ),
    sources=(
        Source(
            "Elke dump is een plaats delict: Dumping en lozing van synthetisch drugsafval",
            "Politie en Wetenschap",
            2016,
            "https://www.politieenwetenschap.nl/publicatie/politiekunde/2016/elke-dump-is-een-plaats-delict-278",
        ),
        Source(
            "Waar een klein land groot in kan zijn: Nederland en synthetische drugs in de afgelopen 50 jaar",
            "Politieacademie",
            2018,
        ),
        Source(
            "Samenwerken bij aanpak drugscriminaliteit",
            "CCV",
            None,
            "https://hetccv.nl/themas/georganiseerde-criminaliteit-en-ondermijning/drugscriminaliteit/samenwerken-bij-aanpak-drugscriminaliteit/",
        ),
        BUILDINGS,
        SOCTA,
        BARRIER_MODELS,
    ),
)
