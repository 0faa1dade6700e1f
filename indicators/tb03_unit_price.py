"""Declared value whose price per kilo lies outside the usual band of its goods, direction and year."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.fatf import DOCUMENTS, by_fatf
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS

CUT_OFF, LEAST = 3.5, 50
"""As `analysis.price_band`, which says why."""

PRICED = f"""
    WITH priced AS (
        SELECT *, year(date) AS jaar, ln(value_eur::DOUBLE / weight_kg::DOUBLE) AS price
        FROM trade_declaration WHERE weight_kg > 0 AND value_eur > 0),
    band AS (
        SELECT hs6, direction, jaar, median(price) AS middle, 1.4826 * mad(price) AS spread
        FROM priced GROUP BY ALL HAVING count(*) >= {LEAST} AND mad(price) > 0)
    SELECT place, date, received, partner, value_eur AS amount, unit, firm_id AS firm
    FROM priced JOIN band USING (hs6, direction, jaar)"""

INDICATOR = Indicator(
    code="TB03",
    name=Text("Eenheidsprijs buiten de band", "Unit price outside the band"),
    focus_area="tbml",
    theme=Text("Handel", "Trade"),
    counting="value",
    numerator=events(
        f"{PRICED} WHERE abs(price - middle) > {CUT_OFF} * spread", "firm", together="hs6"
    ),
    denominator=events(PRICED, "firm", together="hs6"),
    numerator_text=Text(
        "aangegeven waarde met een kiloprijs ver buiten wat voor goed, richting en jaar gewoon is",
        "declared value with a price per kg far from what is usual for its goods, direction and year",
    ),
    denominator_text=Text(
        "aangegeven waarde met een gewicht en genoeg vergelijkbare aangiften",
        "declared value with a weight and enough comparable declarations",
    ),
    unit=Text("% van de aangegeven waarde", "% of the declared value"),
    per=100,
    least_denominator=10,
    levels="NRG",
    recipients=EVERYONE,
    partners=("douane",),
    source=Text("Douane, aangiften in- en uitvoer", "Customs, import and export declarations"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text(
        "Maandelijks, circa 6 weken na de aangifte", "Monthly, about 6 weeks after the declaration"
    ),
    direction=HIGHER,
    weight=1.0,
    weight_reason=by_fatf(
        DOCUMENTS,
        Text("Een verkeerde prijs verplaatst waarde", "A wrong price moves value"),
    ),
    evidence="literature",
    innocent=Text(
        "Verschil in kwaliteit binnen een goederencode, monsters en retouren, of een tikfout in het gewicht. Met minder dan 50 aangiften van goed, richting en jaar is er te weinig om te vergelijken. De plaats is die van de aangever.",
        "Differences in quality within one goods code, samples and returns, or a slip in the weight. With fewer than 50 declarations of goods, direction and year there is too little to compare. The place is the declarant's.",
    ),
    action=Text(
        "Leg de goederencodes voor aan de Douane; een gemeente kijkt mee via het RIEC.",
        "Put the goods codes to Customs; a municipality takes part through the RIEC.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
