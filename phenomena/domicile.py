"""Misuse of trust and domicile: companies without a business, at an address where nobody works."""

from bilingual import Text
from phenomena.barriers import BANK_KNOWS_CLIENT, NOTARY_ASKS, REGISTER_REFUSES, TAX_LOOKS
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import CONCEALED_OWNERS, PROFESSIONALS, RISK_ASSESSMENT, TBML_INDICATORS

PHENOMENON = Phenomenon(
    code="domicile",
    name=Text("Misbruik van trust en domicilie", "Misuse of trust and domicile"),
    meaning=Text(
        "Een vennootschap zonder bedrijf staat op een adres waar niemand werkt. Zij verbergt wie de eigenaar is en geeft geldstromen een naam.",
        "A company without a business is at an address where nobody works. It hides who the owner is and gives flows of money a name.",
    ),
    focus_areas=("financial_services", "tbml"),
    steps=(
        Step(
            name=Text("Vennootschappen in serie", "Companies in series"),
            meaning=Text(
                "In korte tijd worden vennootschappen opgericht of lege vennootschappen gekocht.",
                "Within a short time companies are founded or empty companies bought.",
            ),
            stage="front",
            indicators=("BD04",),
            misused=("notary", "company_registration", "adviser"),
            barriers=(NOTARY_ASKS, REGISTER_REFUSES),
        ),
        Step(
            name=Text("Een adres voor velen", "One address for many"),
            meaning=Text(
                "Veel bedrijven staan op één adres, terwijl er geen gedeeld gebouw of vergund kantoor is.",
                "Many firms are at one address, where there is no shared building or licensed office.",
            ),
            stage="location",
            indicators=("BD03",),
            misused=("domicile", "landlord", "trust_office"),
            barriers=(
                Barrier(
                    Text(
                        "Controleer of domicilieverleners hun klant kennen en melden wat ongebruikelijk is.",
                        "Check that domicile providers know their client and report what is unusual.",
                    ),
                    "bureau_toezicht_wwft",
                    "wwft_supervision",
                ),
                Barrier(
                    Text(
                        "Treed op tegen wie een adres met bestuur of administratie levert zonder vergunning als trustkantoor.",
                        "Act against anyone who offers an address with management or bookkeeping but has no trust licence.",
                    ),
                    "dnb",
                    "licence_dnb",
                ),
            ),
        ),
        Step(
            name=Text("Bestuurders op afstand", "Directors at a distance"),
            meaning=Text(
                "Eén bestuurder staat bij veel vennootschappen ingeschreven en beslist zelf niet.",
                "One director is registered with many companies and does not decide.",
            ),
            stage="staff",
            indicators=(),
            misused=("trust_office", "company_registration"),
            barriers=(
                REGISTER_REFUSES,
                Barrier(
                    Text(
                        "Meld het aan KvK als de eigenaar volgens het register niet de echte is.",
                        "Report to the KvK when the owner in the register is not the real one.",
                    ),
                    "bank",
                    "trade_register",
                ),
            ),
        ),
        Step(
            name=Text("Post en telefoon doorsturen", "Forwarding mail and calls"),
            meaning=Text(
                "Post, telefoon en berichten gaan door naar een plaats die niemand kent.",
                "Mail, calls and messages are passed on to a place that nobody knows.",
            ),
            stage="communication",
            indicators=(),
            misused=("domicile",),
            barriers=(
                Barrier(
                    Text(
                        "Weet wie de post ophaalt, en zeg de klant op die dat niet wil zeggen.",
                        "Know who collects the mail, and end the contract with a client who will not say.",
                    ),
                    "service_provider",
                    "wwft_services",
                ),
            ),
        ),
        Step(
            name=Text("Geld erdoorheen", "Money passing through"),
            meaning=Text(
                "Grote bedragen komen binnen en gaan snel verder, zonder personeel, voorraad of winst.",
                "Large sums come in and soon go on, without staff, stock or profit.",
            ),
            stage="money",
            indicators=("FI01",),
            misused=("bank", "payment_service", "accountant"),
            barriers=(
                BANK_KNOWS_CLIENT,
                TAX_LOOKS,
                Barrier(
                    Text(
                        "Houd toezicht op boekhouders en adviseurs die de stukken maken.",
                        "Supervise bookkeepers and advisers who make the papers.",
                    ),
                    "bft",
                    "wwft_supervision",
                ),
            ),
        ),
        Step(
            name=Text("Leeg achterlaten", "Leaving an empty shell"),
            meaning=Text(
                "De vennootschap stopt met schulden of blijft leeg staan tot iemand haar koopt.",
                "The company ends with debts or stays empty until somebody buys it.",
            ),
            stage="money",
            indicators=("BD06",),
            misused=("company_registration", "adviser"),
            barriers=(
                Barrier(
                    Text(
                        "Ontbind vennootschappen die geen stukken leveren en onbereikbaar zijn.",
                        "Dissolve companies that file no papers and cannot be reached.",
                    ),
                    "kvk",
                    "trade_register",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "Een adres, een bestuurder en een rekening worden als pakket verhuurd. De klant betaalt om niet gezien te worden.",
        "An address, a director and an account are rented out together. The client pays for not being seen.",
    ),
    constructions=Text(
        "Ketens van vennootschappen in meer landen, diensten die over aanbieders verdeeld zijn zodat geen vergunning nodig lijkt, en bestuurders op papier.",
        "Chains of companies in several countries, services divided over providers so that no licence seems needed, and directors on paper.",
    ),
    communicating=Text(
        "Via de dienstverlener: de klant verschijnt zelf niet.",
        "Through the service provider: the client does not appear.",
    ),
    transport=Text(
        "Alleen geld en papier. Goederen op naam van zo'n bedrijf komen niet langs zijn adres.",
        "Money and paper only. Goods in the name of such a firm do not pass its address.",
    ),
    sources=(
        Source(
            "Illegale trustdienstverlening",
            "SEO Economisch Onderzoek",
            2021,
            "https://www.seo.nl/publicaties/illegale-trustdienstverlening/",
        ),
        Source(
            "De toekomst van de trustsector",
            "SEO Economisch Onderzoek",
            2022,
            "https://www.seo.nl/publicaties/de-toekomst-van-de-trustsector/",
        ),
        Source(
            "Domicilieverleners en de Wet ter voorkoming van witwassen en financieren van terrorisme (Wwft)",
            "Belastingdienst",
        ),
        CONCEALED_OWNERS,
        PROFESSIONALS,
        TBML_INDICATORS,
        RISK_ASSESSMENT,
    ),
)
