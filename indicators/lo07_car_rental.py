"""Car-rental establishments, over all of them. Airports and stations explain peaks."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK, NOT_PUBLIC, WGS
from indicators.subjects import ESTABLISHMENT, EVERY_ESTABLISHMENT

INDICATOR = Indicator(
    code="LO07",
    name=Text("Autoverhuur", "Car rental"),
    focus_area="logistics",
    theme=Text("Logistiek", "Logistics"),
    counting="stock",
    numerator=state(f"{EVERY_ESTABLISHMENT} WHERE sbi LIKE '771%'", *ESTABLISHMENT),
    denominator=state(EVERY_ESTABLISHMENT, *ESTABLISHMENT),
    numerator_text=Text(
        "vestigingen van autoverhuur en lease (SBI 77.1)",
        "establishments of car rental and leasing (SBI 77.1)",
    ),
    denominator_text=Text("alle vestigingen", "all establishments"),
    unit=Text("per 1.000 vestigingen", "per 1,000 establishments"),
    per=1_000,
    least_denominator=20,
    levels="NRGWBH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=("kvk",),
    source=KVK,
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Een huurauto maakt anoniem vervoer mogelijk, maar een vestiging is nog geen misbruik: kwart gewicht",
        "A rental car makes anonymous transport possible, but an establishment is no abuse: a quarter of the weight",
    ),
    evidence="expert",
    innocent=Text(
        "Luchthavens, stations en hotels trekken verhuurders, en garages en leasemaatschappijen verhuren erbij. Verhuur van fietsen, kleding of machines telt niet mee.",
        "Airports, stations and hotels attract rental firms, and garages and leasing companies rent out as well. Rental of bicycles, clothes or machines does not count.",
    ),
    action=Text(
        "Controleer samen met RDW en Belastingdienst het huurregister; bespreek een keurmerk of een vergunningplicht met de branche.",
        "Check the register of hirers with RDW and the tax administration; talk with the branch about a quality mark or a permit duty.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
