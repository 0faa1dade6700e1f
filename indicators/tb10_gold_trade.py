"""Traders in gold and precious metals, over trading firms. Most are jewellers: corrected for shops."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK, NOT_PUBLIC, WGS
from indicators.subjects import ESTABLISHMENT, ESTABLISHMENTS

UNITS = f"""SELECT place, moment, {ESTABLISHMENTS},
    CASE WHEN sbi LIKE '47%' THEN 'shops' ELSE 'wholesale' END AS stratum
    FROM business_at WHERE regexp_matches(sbi, '^(46|47|2441)')"""
GOLD = "regexp_matches(sbi, '^(2441|4648|4672|4777)')"

INDICATOR = Indicator(
    code="TB10",
    name=Text("Goudhandel", "Gold trade"),
    focus_area="tbml",
    theme=Text("Handel", "Trade"),
    counting="stock",
    numerator=state(f"{UNITS} AND {GOLD}", *ESTABLISHMENT),
    denominator=state(UNITS, *ESTABLISHMENT),
    numerator_text=Text(
        "vestigingen in edelmetaal, metalen en sieraden (SBI 24.41, 46.48, 46.72 en 47.77)",
        "establishments in precious metal, metals and jewellery (SBI 24.41, 46.48, 46.72, 47.77)",
    ),
    denominator_text=Text("handelsbedrijven en winkels", "trading firms and shops"),
    unit=Text("per 1.000 handelsbedrijven", "per 1,000 trading firms"),
    per=1_000,
    least_denominator=20,
    strata=Text("het aandeel winkels", "the share of shops"),
    levels="NRGH",
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
        "Goud is klein, duur en om te smelten (FATF 2015), maar de meesten zijn juwelier: kwart gewicht",
        "Gold is small, dear and can be melted (FATF 2015), but most are jewellers: a quarter of the weight",
    ),
    evidence="literature",
    innocent=Text(
        "De meesten zijn juweliers in een winkelstraat, en 46.72 is vooral staal en schroot. Een juweliersbuurt of een goudsmidschool trekt er meer aan. Voor het aandeel winkels is gecorrigeerd.",
        "Most are jewellers in a shopping street, and 46.72 is mostly steel and scrap. A jewellers' quarter or a school for goldsmiths attracts more. The share of shops is corrected for.",
    ),
    action=Text(
        "Loop het opkoopregister na met de politie; vraag de Douane naar in- en uitvoer van goud; overweeg een vergunningplicht voor opkopers.",
        "Go through the register of bought goods with the police; ask Customs about gold imported and exported; consider a permit duty for buyers.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
