"""Newly founded transport and storage firms, over all such firms."""

from indicators._contract import Both, Indicator, events, state
from indicators._shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS

TRANSPORT = "(sbi LIKE '494%' OR sbi LIKE '52%' OR sbi LIKE '53%')"

INDICATOR = Indicator(
    code="LO01",
    name=Both("Nieuw opgerichte transportbedrijven", "Newly founded transport firms"),
    focus_area="logistics",
    theme=Both("Logistiek", "Logistics"),
    counting="flow",
    numerator=events(
        "SELECT place, founded AS date, received, partner, 1 AS amount, unit"
        f" FROM business WHERE {TRANSPORT}"
    ),
    denominator=state(
        f"SELECT place, moment, 1 AS amount, unit FROM business_at WHERE {TRANSPORT}"
    ),
    numerator_text=Both(
        "in de periode opgerichte vestigingen in vervoer, opslag en koeriers",
        "establishments in transport, storage and couriers founded in the period",
    ),
    denominator_text=Both(
        "vestigingen in vervoer, opslag en koeriers aan het eind van de periode",
        "establishments in transport, storage and couriers at the end of the period",
    ),
    unit=Both("% nieuw", "% new"),
    per=100,
    share=False,
    levels="NRGWH",
    finest_hexagon=8,
    recipients=EVERYONE,
    source=Both(
        "KvK, Handelsregister (SBI 49.4, 52, 53)", "Trade register, KvK (SBI 49.4, 52, 53)"
    ),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Both("Maandelijks, zonder vertraging", "Monthly, without delay"),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Both(
        "Enige logistieke indicator tot nu toe", "The only logistics indicator so far"
    ),
    evidence="expert",
    innocent=Both(
        "Pakketkoeriers als zzp'er vormen het grootste deel; een nieuw distributiecentrum trekt nieuwe vervoerders.",
        "Self-employed parcel couriers are the larger part; a new distribution centre attracts new hauliers.",
    ),
    action=Both(
        "Kijk of vergunningen (NIWO) en voertuigen (RDW) er zijn; plan een gezamenlijke transportcontrole.",
        "See whether licences (NIWO) and vehicles (RDW) exist; plan a joint haulage check.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
