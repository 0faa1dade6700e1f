"""Objects sold again within six months (A-B-C). Inheritance and restructuring are not sales."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS
from indicators.subjects import PURCHASE, PURCHASES

SALES = """
    SELECT *, lag(date) OVER (PARTITION BY object_id ORDER BY date, transaction_id) AS previous
    FROM property_transaction WHERE deed IN ('sale', 'abc_b_leg')"""

INDICATOR = Indicator(
    code="VG02",
    name=Text("Snelle doorverkoop (ABC)", "Rapid resale (A-B-C)"),
    focus_area="financial_services",
    theme=Text("Vastgoed", "Property"),
    counting="flow",
    numerator=events(
        f"SELECT place, date, received, partner, {PURCHASES} FROM ({SALES})"
        " WHERE date <= previous + INTERVAL 6 MONTH",
        *PURCHASE,
        together="object_id",
    ),
    denominator=events(
        f"SELECT place, date, {PURCHASES} FROM ({SALES})", *PURCHASE, together="object_id"
    ),
    numerator_text=Text(
        "verkopen van een object dat minder dan 6 maanden eerder al werd verkocht",
        "sales of an object that was sold less than 6 months before",
    ),
    denominator_text=Text("alle verkopen", "all sales"),
    unit=Text("% van de verkopen", "% of sales"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
    finest_hexagon=8,
    history_months=6,
    recipients=EVERYONE,
    partners=("kadaster",),
    source=Text("Kadaster, Basisregistratie Kadaster", "Land registry (Kadaster)"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Maandelijks, circa 1 maand na de akte", "Monthly, about 1 month after the deed"),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text("Een van meerdere vastgoedsignalen", "One of several property signals"),
    evidence="literature",
    innocent=Text(
        "Projectontwikkeling, renoveren en doorverkopen, scheiding of verhuizing. Erfenissen en herstructurering van bedrijven zijn geen verkoop en tellen niet mee.",
        "Property development, renovating and reselling, divorce or relocation. Inheritances and corporate restructuring are not sales and do not count.",
    ),
    action=Text(
        "Vergelijk met de regio; let op herhaling rond dezelfde straat; bespreek met het RIEC en de notariskamer.",
        "Compare with the region; look for repetition around the same street; discuss with the RIEC and the notaries' chamber.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
