"""Newly founded transport and storage firms, over all such firms."""

from bilingual import Text
from indicators.contract import Indicator, events, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, NOT_PUBLIC, TRANSPORT, WGS
from indicators.subjects import ESTABLISHMENT, ESTABLISHMENTS, EVERY_ESTABLISHMENT

INDICATOR = Indicator(
    code="LO01",
    name=Text("Nieuw opgerichte transportbedrijven", "Newly founded transport firms"),
    focus_area="logistics",
    theme=Text("Logistiek", "Logistics"),
    counting="flow",
    numerator=events(
        f"SELECT place, founded AS date, received, partner, {ESTABLISHMENTS} FROM business"
        f" WHERE {TRANSPORT}",
        *ESTABLISHMENT,
    ),
    denominator=state(f"{EVERY_ESTABLISHMENT} WHERE {TRANSPORT}", *ESTABLISHMENT),
    numerator_text=Text(
        "in de periode opgerichte vestigingen in vervoer, opslag en koeriers",
        "establishments in transport, storage and couriers founded in the period",
    ),
    denominator_text=Text(
        "vestigingen in vervoer, opslag en koeriers aan het eind van de periode",
        "establishments in transport, storage and couriers at the end of the period",
    ),
    unit=Text("% nieuw", "% new"),
    per=100,
    least_denominator=10,
    share=False,
    levels="NRGWH",
    finest_hexagon=8,
    recipients=EVERYONE,
    partners=("kvk",),
    source=Text(
        "KvK, Handelsregister (SBI 49.4, 52, 53)", "Trade register, KvK (SBI 49.4, 52, 53)"
    ),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text(
        "Het begin van een dekmantel in vervoer, en eenvoudig te toetsen",
        "The beginning of a cover in transport, and easy to check",
    ),
    evidence="expert",
    innocent=Text(
        "Pakketkoeriers als zzp'er vormen het grootste deel; een nieuw distributiecentrum trekt nieuwe vervoerders.",
        "Self-employed parcel couriers are the larger part; a new distribution centre attracts new hauliers.",
    ),
    action=Text(
        "Kijk of vergunningen (NIWO) en voertuigen (RDW) er zijn; plan een gezamenlijke transportcontrole.",
        "See whether licences (NIWO) and vehicles (RDW) exist; plan a joint haulage check.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
