"""What several passports say in the same words, and the public figures that they share."""

from bilingual import Text
from indicators.contract import Count, Recipient, published, state

EVERYONE: tuple[Recipient, ...] = ("nsoc", "riec", "gemeente")

CHECKERS = ("gemeente", "belastingdienst", "politie", "douane")
"""Partners who check firms, together or each by itself."""

WGS = Text(
    "Wet gegevensverwerking door samenwerkingsverbanden (RIEC)",
    "Act on data processing by partnerships (RIEC)",
)
NOT_PUBLIC = Text("Niet openbaar; alleen dit beeld", "Not public; only this picture")
HIGHER = Text("Hoger vraagt meer aandacht", "Higher asks for more attention")
CONTEXT = Text("Context: staat naast de score, niet erin", "Context: beside the score, not in it")

KVK = Text("KvK, Handelsregister", "Trade register (KvK)")
KVK_AND_BAG = Text(
    "KvK, Handelsregister en BAG", "Trade register (KvK) and addresses register (BAG)"
)
AT_ONCE = Text("Maandelijks, zonder vertraging", "Monthly, without delay")

TRANSPORT = "(sbi LIKE '494%' OR sbi LIKE '52%' OR sbi LIKE '53%')"
"""SQL for firms in transport by road, storage and couriers."""

OPEN_DATA = Text("Openbare gegevens; geen persoonsgegevens", "Public data; no personal data")
CC_BY = Text("CC BY 4.0, met bronvermelding", "CC BY 4.0, with attribution")
CBS = Text("CBS, StatLine", "Statistics Netherlands (CBS), StatLine")
CBS_POLICE = Text("Politie, via CBS (tabel 47022NED)", "Police, by way of CBS (table 47022NED)")
POLICE_DELIVERY = Text("Maandelijks, circa 2 maanden later", "Monthly, about 2 months later")

INHABITANTS = state(
    "SELECT place, level, moment, value AS amount FROM figure_at WHERE figure = 'inhabitants'",
    open_figure=True,
)
DWELLINGS = state(
    "SELECT place, level, moment, value AS amount FROM figure_at WHERE figure = 'dwellings'",
    open_figure=True,
)
FIRMS = state(
    "SELECT place, level, moment, value AS amount FROM figure_at WHERE figure = 'firms'",
    open_figure=True,
)


def flow_of(figure: str) -> Count:
    """Count a public flow of areas, at every level that its source publishes."""
    return published(
        f"SELECT place, level, period, value AS amount FROM figure_over WHERE figure = '{figure}'"
    )
