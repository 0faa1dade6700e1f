"""Public sources on which several phenomena rest. What only one needs stands in its own file."""

from phenomena.contract import Source

BARRIER_MODELS = Source("Barrièremodellen", "CCV", None, "https://www.barrieremodellen.nl")
RISK_ASSESSMENT = Source("National Risk Assessment Witwassen 2019", "WODC", 2020)
TBML_TRENDS = Source(
    "Trade-Based Money Laundering: Trends and Developments", "FATF, Egmont Group", 2020
)
TBML_INDICATORS = Source(
    "Trade-Based Money Laundering: Risk Indicators",
    "FATF, Egmont Group",
    2021,
    "https://www.fatf-gafi.org/publications/methodsandtrends/documents/trade-based-money-laundering-indicators.html",
)
CONCEALED_OWNERS = Source(
    "Concealment of Beneficial Ownership",
    "FATF, Egmont Group",
    2018,
    "https://www.fatf-gafi.org/publications/methodandtrends/documents/concealment-beneficial-ownership.html",
)
PROFESSIONALS = Source("Professional Money Laundering", "FATF", 2018)
SOCTA = Source("EU Serious and Organised Crime Threat Assessment", "Europol", 2025)
EU_PORTS = Source(
    "Criminal Networks in EU Ports: Risks and challenges for Law Enforcement",
    "Europol",
    2023,
    "https://www.europol.europa.eu/publications-events/publications/criminal-networks-in-eu-ports-risks-and-challenges-for-law-enforcement",
)
ROTTERDAM_PORT = Source(
    "Drugscriminaliteit in de Rotterdamse haven: aard en aanpak van het fenomeen",
    "Erasmus Universiteit Rotterdam",
    2019,
)
SECURE_CHAIN = Source("Vertrouwensketen", "Vertrouwensketen", None, "https://vertrouwensketen.nl")
BUILDINGS = Source(
    "Criminele gebouwen: De faciliterende rol van woningen & bedrijfsruimten bij ondermijnende criminaliteit in Nederland en vier EU-landen",
    "WODC",
    2020,
)
GOLD_NSOC = Source(
    "Kennisdocument malafide goudhandel",
    "NSOC",
    2024,
    "https://www.tegenondermijnendecriminaliteit.nl/actueel/nieuws/2024/01/11/kennisdocument-malafide-goudhandel",
)
UNDERGROUND_AMLC = Source(
    "Wat is witwassen via ondergronds bankieren?",
    "Anti Money Laundering Centre",
    None,
    "https://www.amlc.nl/witwassen-via-ondergronds-bankieren/wat-is-witwassen-via-ondergronds-bankieren/",
)
CASH_LIMIT_ACT = Source(
    "Besluit van 3 november 2025 tot vaststelling van het tijdstip van inwerkingtreding van de Wet plan van aanpak witwassen",
    "Staatsblad 2025, 362",
    2025,
)
CLOSURES = Source(
    "FAQ sluitingsbevoegdheid",
    "CCV",
    2023,
    "https://hetccv.nl/themas/georganiseerde-criminaliteit-en-ondermijning/faq-sluitingsbevoegdheid/algemene-vragen",
)
