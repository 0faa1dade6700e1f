"""Establishments in cash-intensive branches. A home-based hairdresser is not a shop: left out."""

from bilingual import Text
from indicators.contract import Fallback, Indicator, state
from indicators.shared import CBS, CC_BY, EVERYONE, FIRMS, HIGHER, NOT_PUBLIC, OPEN_DATA, WGS
from indicators.subjects import ESTABLISHMENT, EVERY_ESTABLISHMENT

BRANCHES = (
    "('96021', '96022', '96040', '96012', '56101', '56102', '56300', '45112', '45204',"
    " '47772', '47422', '77111', '92009')"
)

INDICATOR = Indicator(
    code="BD01",
    name=Text("Contant-intensieve branches", "Cash-intensive branches"),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="stock",
    numerator=state(
        f"{EVERY_ESTABLISHMENT} WHERE sbi IN {BRANCHES} AND premises_use <> 'dwelling'",
        *ESTABLISHMENT,
    ),
    denominator=state(EVERY_ESTABLISHMENT, *ESTABLISHMENT),
    numerator_text=Text(
        "vestigingen in branches waar veel contant wordt betaald",
        "establishments in branches with many cash payments",
    ),
    denominator_text=Text("alle vestigingen", "all establishments"),
    unit=Text("% van de vestigingen", "% of establishments"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
    recipients=EVERYONE,
    partners=("kvk",),
    source=Text("KvK, Handelsregister", "Trade register (KvK)"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Maandelijks, zonder vertraging", "Monthly, without delay"),
    direction=HIGHER,
    weight=0.5,
    weight_reason=Text(
        "Zegt iets over gelegenheid, niet over misbruik: half gewicht",
        "About opportunity, not abuse: half weight",
    ),
    evidence="literature",
    innocent=Text(
        "Winkelstraten, uitgaansgebieden en stationsbuurten hebben altijd meer horeca en kappers. Thuiskappers tellen niet mee.",
        "Shopping streets, nightlife and station areas always have more catering and hairdressers. Home hairdressers do not count.",
    ),
    action=Text(
        "Kijk naar de mix in de straat; plan een integrale controle; overweeg een vergunningplicht voor branches die zich concentreren.",
        "Look at the mix in the street; plan a joint inspection; consider a permit duty for branches that concentrate.",
    ),
    owner="NSOC",
    review="2027-06-01",
    fallback=Fallback(
        numerator=state(
            "SELECT place, level, moment, value AS amount FROM figure_at"
            " WHERE figure = 'firms_cash_intensive'",
            open_figure=True,
        ),
        denominator=FIRMS,
        levels="NRG",
        source=CBS,
        legal_basis=OPEN_DATA,
        licence=CC_BY,
        delivery=Text(
            "Per kwartaal, per branche van twee cijfers", "Quarterly, by two-digit branch"
        ),
        innocent=Text(
            "Winkelstraten, uitgaansgebieden en stationsbuurten hebben altijd meer horeca en kappers. De branches zijn hier grof (twee cijfers) en tellen thuiskappers mee.",
            "Shopping streets, nightlife and station areas always have more catering and hairdressers. The branches are coarse here (two digits) and count home hairdressers.",
        ),
    ),
)
