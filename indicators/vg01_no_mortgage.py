"""Purchases by private buyers without a mortgage. The B leg of an A-B-C sale needs no loan: left out."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS
from indicators.subjects import PURCHASE, PURCHASES

PRIVATE = "FROM property_transaction WHERE deed = 'sale' AND buyer_type = 'private'"

INDICATOR = Indicator(
    code="VG01",
    name=Text("Aankoop zonder hypotheek", "Property bought without mortgage"),
    focus_area="financial_services",
    theme=Text("Vastgoed", "Property"),
    counting="flow",
    numerator=events(
        f"SELECT place, date, received, partner, {PURCHASES} {PRIVATE} AND mortgage_eur = 0",
        *PURCHASE,
    ),
    denominator=events(f"SELECT place, date, {PURCHASES} {PRIVATE}", *PURCHASE),
    numerator_text=Text(
        "aankopen door particulieren zonder hypotheek",
        "purchases by private buyers without mortgage",
    ),
    denominator_text=Text("aankopen door particulieren", "purchases by private buyers"),
    unit=Text("% van de aankopen", "% of purchases"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
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
        "Overwaarde van een vorige woning, een erfenis of een schenking. Bij een ABC-verkoop heeft de tussenkoper normaal geen lening: die telt niet mee.",
        "Equity from an earlier home, an inheritance or a gift. In an A-B-C sale the middle buyer normally needs no loan and is left out.",
    ),
    action=Text(
        "Bekijk of meer vastgoedsignalen samenvallen; vraag bij twijfel het RIEC om duiding; toets nieuwe vergunningen met de Wet Bibob.",
        "See whether other property signals coincide; ask the RIEC to interpret; use the Bibob Act for new permits.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
